"""Which circuit is done, and which is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.coach.circuits import COOLDOWN, DRILLS, WARM_UP, circuit, plan
from trainer.app.circuitorder import (
    draw_luck,
    find_circuit,
    measure_anew,
    own_devices,
    spare,
)
from trainer.app.leftopen import hint
from trainer.app.programmes import load_programme
from trainer.coach.agenda import make_agenda
from trainer.coach.plan import Feet
from trainer.coach.programme import Programme, Sides, Step
from trainer.core.cues import Side
from trainer.core.diary.devices import Device
from trainer.core.diary.entry import Entry
from trainer.core.diary.session import Progress
from trainer.core.diary.training import PainReport, PainSite, SessionKind
from trainer.core.errors import UsageError
from trainer.library.diary import Diary, Noting
from trainer.library.store import Store

LONG = Step("curl", sets=9, reps=50, sides=Sides.ALTERNATE, target_pct_mvc=30.0)


def programme(kind: SessionKind = SessionKind.TRAINING) -> Programme:
    long = circuit(WARM_UP, LONG, COOLDOWN, kind=kind)
    return Programme("mine", "Mine", DRILLS, {"long": long, "small": circuit()}, ())


def test_a_circuit_of_more_than_the_cap_is_refused_with_both_figures() -> None:
    with pytest.raises(UsageError, match=r"takes \d+\.\d min .* allowed: up to 15 min"):
        find_circuit(programme(), "long")


def test_a_baseline_may_take_longer() -> None:
    kind = SessionKind.BASELINE
    assert find_circuit(programme(kind), "long").kind is kind


def test_an_unknown_circuit_is_told_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="known: long, small"):
        find_circuit(programme(), "lon")


def test_the_hint_names_the_set_and_the_command() -> None:
    said = Progress("S", "", "small", "both", 3, 6, 1.0, 300.0, 400.0)
    at = datetime(2026, 5, 1, tzinfo=UTC) - timedelta(hours=1)
    told = hint(Entry(1, "Ann", at, "UTC", 0, is_simulated=False, said=said))
    assert told == "small was left at set 3 of 6: `footspring run --resume` goes on there."


def test_a_baseline_measures_its_maxima_anew_and_nothing_else_does() -> None:
    known = plan()
    assert measure_anew(known, "small").known_mvc == ()
    assert measure_anew(known, "another") == known
    resumed = replace(known, first=2)
    assert measure_anew(resumed, "small") == resumed


def test_chance_is_the_same_for_the_same_seed_alone() -> None:
    assert draw_luck(1) == draw_luck(1)
    assert draw_luck(None) != draw_luck(None)


def test_a_device_that_hurt_is_not_used_and_a_substitute_takes_its_place(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.sqlite")
    diary = Diary(store)
    at = datetime(2026, 5, 4, 8, tzinfo=UTC)
    diary.note(Noting("Ada", at, Device("my-dome", "inflation_dome"), key="my-dome"))
    assert own_devices(diary, "Ada") == ({"inflation_dome": "my-dome"}, frozenset())
    pain = PainReport(PainSite.ARCH, Side.LEFT, 7.0, is_sharp=True, device="my-dome")
    diary.note(Noting("Ada", at + timedelta(days=1), pain))
    own, closed = own_devices(diary, "Ada")
    assert not own
    assert closed == {"inflation_dome"}
    foundation = load_programme(None)
    standard = foundation.circuits["standard"]
    assert any(step.device == "inflation_dome" for step in standard.steps)
    spared = spare(standard, foundation, closed)
    assert len(spared.steps) == len(standard.steps)
    assert not any(step.device == "inflation_dome" for step in spared.steps)
    store.close()


@pytest.mark.parametrize("kind", ["inflation_dome", "band", "spreader", "balance_pad"])
def test_each_shipped_circuit_goes_on_without_a_kind_of_device(kind: str) -> None:
    foundation = load_programme(None)
    for shipped in foundation.circuits.values():
        spared = spare(shipped, foundation, frozenset({kind}))
        agenda = make_agenda(spared, foundation.drills, Feet.BOTH)
        assert len(agenda) == len(make_agenda(shipped, foundation.drills, Feet.BOTH))


def test_a_blocked_device_without_a_substitute_is_refused() -> None:
    drills = {**DRILLS, "curl": replace(DRILLS["curl"], devices=("cord",))}
    loaded = circuit(WARM_UP, Step("curl", reps=5, device="cord"), COOLDOWN)
    with pytest.raises(UsageError, match="nothing takes its place"):
        spare(loaded, replace(programme(), drills=drills), frozenset({"cord"}))
