"""Levels, tensions, standing, ranking, checks, caps, try-outs and comparison."""

from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import TypeVar

import pytest

from trainer.core.cues import Side
from trainer.core.diary.devices import (
    Device,
    DeviceStanding,
    FitForm,
    Level,
    SafetyCheck,
    Standing,
    Tension,
)
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import Block, EndedBy, PainReport, PainSite, SetLog
from trainer.core.errors import SettingsError, UsageError
from trainer.devices.catalogue import Kind, kind_of, parse_catalogue
from trainer.devices.checks import faults, next_check, unanswered
from trainer.devices.comparison import by_device, with_and_without
from trainer.devices.levels import next_tension
from trainer.devices.newuser import Caps, beyond, caps
from trainer.devices.ranking import Candidate, rank
from trainer.devices.standing import advice, blocked_devices, substitutes
from trainer.devices.tryout import TriedSet, try_out

Said = TypeVar("Said")
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = date(2026, 3, 2)
SHARP = PainReport(PainSite.SESAMOIDS, Side.LEFT, 4, is_sharp=True, device="band1")
BANDS = (Tension("light"), Tension("medium", level=Level.MODERATE))


@pytest.fixture
def kinds() -> dict[str, Kind]:
    file = resources.files("trainer.devices").joinpath("catalogue.toml")
    return parse_catalogue(file.read_text(encoding="utf-8"), "catalogue.toml")


def entry(said: Said, hours: float = 0) -> Entry[Said]:
    return Entry(0, "Ada", AT + timedelta(hours=hours), "UTC", 0, False, said)


def test_the_catalogue_has_every_kind_and_marks_the_supports(kinds: dict[str, Kind]) -> None:
    assert set(kinds) == {
        "band", "spreader", "inflation_dome", "arch_dome", "wedge", "balance_pad",
        "mini_trampoline", "metatarsal_pad", "arch_support",
    }  # fmt: skip
    supports = {name for name, kind in kinds.items() if kind.is_assistive}
    assert supports == {"metatarsal_pad", "arch_support"}
    assert "without it" in kinds["arch_support"].reminder()
    assert "barefoot" in kinds["band"].reminder().lower()


def test_an_unknown_substitute_is_an_error_with_its_name() -> None:
    text = (
        '[kinds.a]\ntitle="a"\nuse="a"\nallows_splay=true\nlevel="entry"\nqualities=[]\nserves=[]\n'
    )
    with pytest.raises(SettingsError, match="names 'b', which is no kind"):
        parse_catalogue("format = 1\n" + text + 'substitutes=["b"]\n', "c.toml")


def test_a_misspelt_kind_is_proposed(kinds: dict[str, Kind]) -> None:
    with pytest.raises(UsageError, match="Did you mean 'spreader'"):
        kind_of(kinds, "spreder")


def test_the_next_tension_is_proposed_only_after_the_gate_and_on_an_open_level() -> None:
    step = next_tension(BANDS, "light", Level.MODERATE, is_gate_passed=True)
    assert step.tension == BANDS[1]
    assert next_tension(BANDS, "light", Level.MODERATE, is_gate_passed=False).tension is None
    assert next_tension(BANDS, "light", Level.ENTRY, is_gate_passed=True).tension is None
    assert next_tension(BANDS, "medium", Level.ADVANCED, is_gate_passed=True).tension is None
    assert next_tension(BANDS, "", Level.ENTRY, is_gate_passed=False).tension == BANDS[0]
    assert next_tension((), "", Level.ENTRY, is_gate_passed=True).tension is None


def test_sharp_pain_blocks_its_device_until_a_reason_frees_it() -> None:
    assert blocked_devices((), [entry(SHARP)])["band1"].is_sharp_pain
    free = DeviceStanding("band1", Standing.FREE, "softer edge")
    assert blocked_devices([entry(free, 1)], [entry(SHARP)]) == {}
    # At one instant, and where pain came after: blocked.
    assert "band1" in blocked_devices([entry(free)], [entry(SHARP)])
    assert "band1" in blocked_devices([entry(free)], [entry(SHARP, 1)])


def test_a_passed_check_frees_from_what_checks_found_alone() -> None:
    torn = DeviceStanding("band1", Standing.BLOCKED, "torn", is_by_check=True)
    passed = DeviceStanding("band1", Standing.FREE, "passed", is_by_check=True)
    assert blocked_devices([entry(torn), entry(passed, 1)], ()) == {}
    both = blocked_devices([entry(torn, 1)], [entry(SHARP)])["band1"]
    assert both.reason == "sharp pain, left sesamoids, 4 of 10; torn"
    assert (both.is_sharp_pain, both.is_by_check, both.since) == (True, False, AT)
    left = blocked_devices([entry(torn, 1), entry(passed, 2)], [entry(SHARP)])["band1"]
    assert left.reason == "sharp pain, left sesamoids, 4 of 10"


def test_what_was_not_looked_at_is_neither_passed_nor_a_fault() -> None:
    check = SafetyCheck("a", has_smooth_edges=True, holds_still=True, is_whole=None)
    assert not check.is_passed
    assert faults(check) == ()
    assert unanswered(check) == ("--whole",)


def test_dull_pain_and_pain_without_a_device_block_nothing() -> None:
    dull = PainReport(PainSite.ARCH, Side.LEFT, 4, device="band1")
    bare = PainReport(PainSite.ARCH, Side.LEFT, 4, is_sharp=True)
    assert blocked_devices((), [entry(dull), entry(bare)]) == {}


def test_own_free_devices_take_the_place_of_a_blocked_one(kinds: dict[str, Kind]) -> None:
    owned = [("band1", "band"), ("s1", "spreader"), ("d1", "arch_dome")]
    instead = substitutes(kinds["band"], kinds, owned, {"band1", "d1"}, Level.ADVANCED)
    assert instead == ("s1",)
    block = blocked_devices((), [entry(SHARP)])["band1"]
    told = advice("band1", block, instead)
    assert "Do not use it" in told
    assert "s1" in told
    assert "ask a clinician" in told


def test_own_open_devices_come_first_and_no_closed_kind_is_named(kinds: dict[str, Kind]) -> None:
    owned = [("band1", "band"), ("loop", "band"), ("puff", "inflation_dome"), ("d1", "arch_dome")]
    instead = substitutes(kinds["band"], kinds, owned, {"band1"}, Level.ENTRY)
    assert instead == ("loop", "puff", "Toe spreader")
    assert substitutes(kinds["band"], kinds, (), frozenset(), Level.ENTRY) == ("Toe spreader",)
    wanted = ("Toe spreader", "Arch dome")
    assert substitutes(kinds["band"], kinds, (), frozenset(), Level.MODERATE) == wanted


def test_the_ranking_puts_what_trains_the_weak_first_and_the_closed_last(
    kinds: dict[str, Kind],
) -> None:
    def one(name: str, kind: str, comfort: float = 5) -> Candidate:
        fit = FitForm(name, comfort, True, False, False)
        return Candidate(Device(name, kind), kinds[kind], fit)

    ranked = rank(
        [one("t", "mini_trampoline"), one("b", "band", 9), one("s", "spreader", 6)],
        ["adduction"],
        Level.ENTRY,
    )
    assert [each.device_id for each in ranked] == ["s", "b", "t"]
    assert [each.is_usable for each in ranked] == [True, True, False]
    assert "trains what is weak: adduction" in ranked[0].reasons
    assert "opens with a later gate" in ranked[2].reasons[0]


def test_a_device_that_failed_its_check_or_hurt_is_ranked_last(kinds: dict[str, Kind]) -> None:
    failed = SafetyCheck("a", has_smooth_edges=False, holds_still=True)
    block = blocked_devices((), [entry(SHARP)])["band1"]
    candidates = [
        Candidate(Device("a", "band"), kinds["band"], check=failed),
        Candidate(Device("b", "band"), kinds["band"], block=block),
        Candidate(Device("c", "arch_support"), kinds["arch_support"]),
    ]
    ranked = rank(candidates, [], Level.ADVANCED)
    assert [each.device_id for each in ranked if each.is_usable] == ["c"]
    assert faults(failed) == ("sharp edges",)


def test_a_check_is_due_after_a_quarter_and_at_first() -> None:
    assert next_check(None, DAY, 91).is_due
    assert not next_check(DAY, DAY + timedelta(days=90), 91).is_due
    assert next_check(DAY, DAY + timedelta(days=91), 91).is_due


def test_a_new_user_has_caps_of_peak_and_week_and_an_old_one_none() -> None:
    found = caps(DAY, DAY + timedelta(days=27), 100, (4, 70, 120))
    assert found == Caps(70, 12000)
    assert caps(DAY, DAY + timedelta(days=28), 100, (4, 70, 120)) == Caps(None, None)
    assert caps(None, DAY, None, (4, 70, 120)) == Caps(None, None)
    assert beyond(found, 70, 12000) == ()
    assert len(beyond(found, 71, 12001)) == 2


def test_a_try_out_is_suitable_when_comfortable_clean_and_without_pain() -> None:
    good = TriedSet(20, 3, 40.0, 5.0, 8.0)
    found = try_out("b", "s", 8, [good, good], (6, 20))
    assert found.is_suitable
    assert (found.counted_reps, found.compensated_reps, found.plateau_n) == (40, 6, 40)
    assert "suits you" in found.verdict


@pytest.mark.parametrize(
    ("comfort", "one", "why"),
    [
        (5, TriedSet(20, 0), "comfort 5 of 10"),
        (8, TriedSet(20, 5), "calf helped in 5 of 20"),
        (8, TriedSet(5, 0), "too few"),
        (8, TriedSet(20, 0, pain=4), "pain 4 of 10 is above 3"),
        (8, TriedSet(20, 0, ended_by=EndedBy.PAIN), "it hurt"),
    ],
)
def test_a_try_out_that_does_not_suit_says_why(comfort: float, one: TriedSet, why: str) -> None:
    found = try_out("b", "s", comfort, [one], (6, 20))
    assert not found.is_suitable
    assert why in found.verdict


def log(device: str, plateau_n: float, compensated: int = 0) -> SetLog:
    return SetLog(
        "s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60,
        counted_reps=20, compensated_reps=compensated, plateau_n=plateau_n, device=device,
    )  # fmt: skip


def test_supports_never_mix_with_other_results_and_stand_beside_the_bare_foot() -> None:
    logs = [log("", 40), log("", 42), log("sup", 60), log("sup", 62), log("band1", 45, 5)]
    results = by_device(logs, {"sup"})
    assert [(one.device, one.is_assistive, one.plateau_n) for one in results] == [
        ("", False, 41),
        ("band1", False, 45),
        ("sup", True, 61),
    ]
    assert results[1].compensated_pct == pytest.approx(25)
    (both,) = with_and_without(results)
    assert both.difference_n == 20
    assert "may cover a weakness" in both.sentence()


def test_the_own_error_stands_beside_a_single_set() -> None:
    (one,) = by_device([log("", 40)], (), {"toe_curl": 3.0})
    assert one.plateau_u_n == 3
    (bare,) = by_device([log("", 40)], ())
    assert bare.plateau_u_n is None


def test_a_small_difference_is_no_difference_yet() -> None:
    logs = [log("", 40), log("", 44), log("sup", 41), log("sup", 45)]
    (both,) = with_and_without(by_device(logs, {"sup"}))
    assert "no difference seen yet" in both.sentence()
