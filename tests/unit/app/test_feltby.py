"""A squeeze that no cell of its own feels is a share of the toes' maximum."""

from collections.abc import Container
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.route.rig import Home
from trainer.app.circuitorder import CircuitOrder, plan_circuit
from trainer.app.feltby import felt_drills
from trainer.app.programmes import shipped_foundation
from trainer.app.shelf import shipped_exercises
from trainer.coach.circuitplan import maximum_of
from trainer.coach.plan import Feet, make_plan
from trainer.coach.programme import Sensor
from trainer.library.library import open_library

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
CURL = shipped_exercises()["toe_curl"]


@pytest.mark.parametrize(
    ("cells", "sensor"),
    [
        (None, Sensor.TOES),
        (frozenset({"hallux", "toes"}), Sensor.TOES),
        (frozenset({"toes", "dome"}), Sensor.DOME),
    ],
)
def test_only_a_dome_cell_feels_a_dome(cells: Container[str] | None, sensor: Sensor) -> None:
    found = felt_drills(shipped_foundation().drills, cells)
    assert found["arch_squeeze"].sensor is sensor
    assert found["hallux_press"].sensor is Sensor.HALLUX


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_the_squeezes_of_a_baseline_on_the_simulated_pad_have_the_toes_maximum(home: Home) -> None:
    base = make_plan(CURL, athlete="Ann", feet=Feet.BOTH, sets=None, reps=None, known_mvc=())
    with open_library(home.folders) as library:
        plan = plan_circuit(
            CircuitOrder("baseline", cells=None), base, library.diary, home.folders, NOW
        )
    squeezes = [item for item in plan.agenda if item.drill.id == "arch_squeeze"]
    assert {maximum_of(item, CURL) for item in squeezes} == {""}
