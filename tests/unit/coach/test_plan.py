"""Plans: the foot of each set."""

import pytest

from tests.unit.coach.person import EXERCISE
from trainer.coach.plan import Feet, make_plan, other, sides_of
from trainer.core.cues import Side
from trainer.core.errors import UsageError

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def test_one_foot_does_all_sets() -> None:
    assert sides_of(Feet.RIGHT, 3) == (RIGHT, RIGHT, RIGHT)
    assert sides_of(Feet.LEFT, 2, RIGHT) == (LEFT, LEFT)


def test_both_feet_take_turns_and_each_does_all_sets() -> None:
    assert sides_of(Feet.BOTH, 3) == (LEFT, RIGHT, LEFT, RIGHT, LEFT, RIGHT)
    assert sides_of(Feet.BOTH, 1, RIGHT) == (RIGHT, LEFT)


def test_the_other_foot_of_the_other_foot_is_the_foot() -> None:
    assert [other(other(side)) for side in Side] == list(Side)


def test_a_plan_takes_the_exercises_own_sets_and_reps() -> None:
    plan = make_plan(EXERCISE, athlete="Ann")
    assert plan.sides == (LEFT, LEFT, LEFT)
    assert plan.reps == 20
    assert make_plan(EXERCISE, athlete="Ann", feet=Feet.BOTH, sets=1, reps=5).reps == 5


@pytest.mark.parametrize(("sets", "reps", "said"), [(0, 1, "sets: is 0"), (1, 101, "1 to 100")])
def test_a_plan_out_of_bounds_is_refused(sets: int, reps: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        make_plan(EXERCISE, athlete="Ann", sets=sets, reps=reps)
