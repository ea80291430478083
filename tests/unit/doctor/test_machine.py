"""The machine and the link: each fact has its own finding; the table of checks is whole."""

from dataclasses import replace

import pytest

from tests.architecture.route import ROOT
from tests.unit.doctor.pads import bad_of, make_pad
from trainer.core.link import Health, Vitals
from trainer.doctor.examine import CHECKS, examine
from trainer.doctor.finding import Check, Verdict, worst_of
from trainer.doctor.machine import Machine, machine_findings
from trainer.doctor.steps import REST, TILT, plan_steps
from trainer.doctor.table import page

WELL = Machine(
    free_bytes=10**10,
    fsync_ms=8.0,
    is_synced=True,
    wall_off_ms=0.1,
    is_private=True,
    folder="/home/pi/.local/share/footspring",
    missing_groups=(),
    has_groups=True,
    python=(3, 11),
    versions={"python": "3.11.2", "PySide6": "6.11.0"},
    throttled=0,
    adapter_trouble="",
)


def test_a_good_machine_gives_no_finding() -> None:
    found = machine_findings(WELL)
    assert {f.verdict for f in found} == {Verdict.OK}
    assert len(found) == 9


@pytest.mark.parametrize(
    ("change", "id_", "verdict"),
    [
        ({"free_bytes": 400 * 10**6}, "disk", Verdict.WARN),
        ({"free_bytes": 10**7}, "disk", Verdict.FAIL),
        ({"fsync_ms": 900.0}, "fsync", Verdict.WARN),
        ({"fsync_ms": None}, "fsync", Verdict.FAIL),
        ({"is_synced": False}, "synced", Verdict.WARN),
        ({"wall_off_ms": -3_600_000.0}, "wall", Verdict.WARN),
        ({"is_private": False}, "private", Verdict.WARN),
        ({"missing_groups": ("gpio", "spi")}, "groups", Verdict.WARN),
        ({"python": (3, 14)}, "versions", Verdict.FAIL),
        ({"versions": {"PySide6": "6.12.0"}}, "versions", Verdict.FAIL),
        ({"throttled": 0x1}, "supply", Verdict.FAIL),
        ({"throttled": 0x50000}, "supply", Verdict.WARN),
        ({"adapter_trouble": "Bluetooth is switched off"}, "adapter", Verdict.FAIL),
    ],
)
def test_each_fault_of_the_machine_is_named(
    change: dict[str, object], id_: str, verdict: Verdict
) -> None:
    found = machine_findings(replace(WELL, **change))  # type: ignore[arg-type] # fields by name
    assert bad_of(found) == {id_}
    bad = next(f for f in found if f.id == id_)
    assert bad.verdict is verdict
    assert bad.advice


def test_what_a_machine_does_not_have_is_left_out() -> None:
    found = {f.id for f in machine_findings(Machine(python=(3, 12), fsync_ms=1.0))}
    assert not {"supply", "groups", "adapter", "wall"} & found


@pytest.mark.parametrize(
    ("vitals", "id_"),
    [
        (Vitals(signal_dbm=-90), "signal"),
        (Vitals(signal_dbm=-60, reconnects=1), "reconnects"),
        (Vitals(signal_dbm=-60, bad_bytes=3), "bad_bytes"),
        (Vitals(Health(battery_v=3.3, is_battery_low=True)), "battery"),
    ],
)
def test_each_fault_of_the_link_is_named(vitals: Vitals, id_: str) -> None:
    found = examine(replace(make_pad(1, 22.0).evidence(), vitals=vitals))
    assert bad_of(found) == {id_}


def test_what_the_pad_says_of_itself_is_passed_on() -> None:
    vitals = Vitals(Health(battery_v=3.9, about="footnode 1.2"), signal_dbm=-60)
    found = {f.id: f for f in examine(replace(make_pad(1, 5.0).evidence(), vitals=vitals))}
    assert found["firmware"].shown == "footnode 1.2"
    assert found["battery"].shown == "3.90 V"
    assert found["signal"].shown == "-60 dBm (strong)"


def test_the_page_of_all_checks_is_not_stale() -> None:
    written = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
    assert written == page(), "write it anew: python -m trainer.doctor.table > docs/doctor.md"


def test_every_check_has_a_limit_a_source_and_an_advice() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check.title and check.limit and check.source for check in CHECKS)
    assert [check.id for check in CHECKS if not check.advice] == ["firmware"]
    assert all("|" not in check.limit + check.source + check.advice for check in CHECKS)


def test_a_limit_is_told_as_it_is_judged() -> None:
    check = Check("x", "X", "a paper", "do", "N", 1.0, 1200.0)
    assert check.limit == "at most 1 N; fails above 1,200"
    judged = [check.judge(value).verdict for value in (1.0, 1.1, 1200.0, 1201.0)]
    assert judged == [Verdict.OK, Verdict.WARN, Verdict.WARN, Verdict.FAIL]
    assert worst_of((check.judge(0.0), check.unknown("why"))) is Verdict.OK


def test_the_cells_that_are_as_bad_as_the_worst_are_named() -> None:
    check = Check("x", "X", "a paper", "do", "N", 1.0, 10.0)
    assert check.judge_cells({"a": 0.1, "b": 0.2}).shown == "0.2 N"
    assert check.judge_cells({"a": 2.0, "b": 0.2, "c": 3.0}).shown == "3 N (a, c)"
    assert check.judge_cells({"a": 2.0, "b": 20.0}).shown == "20 N (b)"


def test_nobody_is_asked_to_press_where_nobody_is_there() -> None:
    cells = ("hallux", "toes")
    alone = plan_steps(cells, 30.0, has_motion=True, is_guided=False)
    assert [(step.id, step.settle_s, step.measure_s) for step in alone] == [(REST, 0.0, 30.0)]
    guided = plan_steps(cells, 30.0, has_motion=True, is_guided=True)
    assert [step.id for step in guided] == [REST, "hallux", "toes", TILT]
    assert all(step.settle_s > 0 for step in guided)
