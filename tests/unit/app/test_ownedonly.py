"""Sets name devices that somebody owns, and no others."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.route.rig import Home
from trainer.app.circuitorder import CircuitOrder, plan_circuit
from trainer.app.launch import Launch, Place
from trainer.app.order import Order
from trainer.app.ownedonly import only_owned
from trainer.app.programmes import load_programme
from trainer.app.shelf import shipped_exercises
from trainer.coach.plan import Feet, make_plan
from trainer.coach.programme import Circuit, Step
from trainer.core.clock import SystemClock
from trainer.core.diary.devices import Device
from trainer.core.diary.training import SessionKind
from trainer.core.settings import Settings
from trainer.library.diary import Noting
from trainer.library.library import open_library

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
FOUNDATION = load_programme(None)
SQUEEZE = Step("arch_squeeze", duration_s=15, device="inflation_dome")
FLEX = Step("toe_flexion", reps=8, device="band")
ASKED = ("arch_squeeze", "toe_spread", "short_foot", "toes_spread_out")
CALIBRATION = """
channels = {cells}
zero_counts = [0]
matrix_n_per_count = [[0.001]]
"""
CIRCUIT = Circuit("mixed", "Mixed", SessionKind.TRAINING, (SQUEEZE, FLEX))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def done(owned: set[str], cells: set[str] | None) -> list[tuple[str, str]]:
    """Return exercise and device of each set."""
    found = only_owned(CIRCUIT, FOUNDATION, owned, cells)
    return [(step.exercise, step.device) for step in found.steps]


def test_what_is_owned_stays_and_what_nobody_owns_is_done_by_its_substitute() -> None:
    cells = {"hallux", "toes", "ball", "heel"}
    assert done({"band"}, cells) == [("short_foot", ""), ("toe_flexion", "band")]
    assert done({"inflation_dome"}, cells) == [("arch_squeeze", "inflation_dome"), ("toe_curl", "")]


def test_a_dome_cell_of_the_pad_is_itself_the_device_and_none_is_named() -> None:
    assert done(set(), {"dome"}) == [("arch_squeeze", ""), ("toe_curl", "")]


def test_the_simulated_pad_tries_every_exercise_with_no_device_named() -> None:
    assert done(set(), None) == [("arch_squeeze", ""), ("toe_flexion", "")]


def planned(home: Home, *devices: Device, cells: frozenset[str] | None) -> set[tuple[str, str]]:
    """Return exercise and device of the standard circuit's sets that would name one."""
    base = make_plan(
        shipped_exercises()["toe_curl"],
        athlete="Ann",
        feet=Feet.BOTH,
        sets=None,
        reps=None,
        known_mvc=(),
    )
    with open_library(home.folders) as library:
        for device in devices:
            library.diary.note(Noting("Ann", NOW, device, key=device.device_id))
        order = CircuitOrder("standard", cells=cells)
        plan = plan_circuit(order, base, library.diary, home.folders, NOW)
    used = {(i.drill.id, i.step.device) for i in plan.agenda if i.drill.id in ASKED}
    return {(exercise, plan.devices.get(kind, kind)) for exercise, kind in used}


def test_a_circuit_is_planned_with_own_devices_and_else_without_any(home: Home) -> None:
    assert planned(home, cells=frozenset()) == {("short_foot", ""), ("toes_spread_out", "")}
    assert planned(home, cells=None) == {("arch_squeeze", ""), ("toe_spread", "")}
    loop = Device("loop", "band")
    assert planned(home, loop, cells=frozenset()) == {("short_foot", ""), ("toe_spread", "loop")}


@pytest.mark.parametrize(
    ("source", "cells", "done_without"),
    [
        ("sim", "", {"arch_squeeze", "toe_spread"}),
        ("ble", "", {"short_foot", "toes_spread_out"}),
        ("ble", '["dome"]', {"arch_squeeze", "toes_spread_out"}),
    ],
)
def test_a_session_knows_by_its_calibration_whether_the_pad_is_a_dome(
    source: str, cells: str, done_without: set[str], home: Home
) -> None:
    if cells:
        home.folders.calibration.parent.mkdir(parents=True)
        home.folders.calibration.write_text(CALIBRATION.format(cells=cells), encoding="utf-8")
    order = Order(source=source, athlete="Ann", circuit="standard", feet="both")
    with open_library(home.folders) as library:
        plan = Launch(order, Place(home.folders, Settings(), SystemClock(), library)).plan
    assert plan is not None
    assert {item.step.device for item in plan.agenda} == {""}
    assert {item.drill.id for item in plan.agenda if item.drill.id in ASKED} == done_without
