"""Which circuit is done, and which is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.coach.circuits import COOLDOWN, DRILLS, WARM_UP, circuit
from trainer.app.circuitorder import draw_luck, find_circuit, hint
from trainer.coach.programme import Programme, Sides, Step
from trainer.core.diary.entry import Entry
from trainer.core.diary.session import Progress
from trainer.core.diary.training import SessionKind
from trainer.core.errors import UsageError

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
    assert told == "small was cut off at set 3 of 6: `footspring run --resume` goes on there."


def test_chance_is_the_same_for_the_same_seed_alone() -> None:
    assert draw_luck(1) == draw_luck(1)
    assert draw_luck(None) != draw_luck(None)
