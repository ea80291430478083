"""Results: what a session did."""

from tests.unit.coach.person import EXERCISE, at_work
from trainer.coach.plan import Feet
from trainer.core.commands import Next
from trainer.core.cues import Side
from trainer.core.snapshot import Phase


def test_a_result_holds_every_hold_of_every_set_with_its_target() -> None:
    person = at_work(feet=Feet.BOTH, sets=1, reps=2, mvc_n={Side.LEFT: 100.0})
    person.do_reps([40.0])
    person.press(0.2)
    person.do_reps([40.0])
    person.do(Next())
    person.wait_for(Phase.WORK)
    person.do_reps([30.0, 30.0])
    result = person.conductor.result()
    assert result.exercise_id == EXERCISE.id
    assert result.athlete == "Ann"
    assert (result.is_over, result.is_complete, result.stop_reason) == (True, True, None)
    left, right = result.sets
    assert (left.number, left.side, left.asked_reps) == (1, Side.LEFT, 2)
    assert [rep.rep for rep in left.reps] == [1, 2, 2]
    assert [rep.is_counted for rep in left.reps] == [True, False, True]
    assert len(left.counted) == 2
    assert left.target is not None
    assert left.target.middle_n == 40.0
    assert left.end_s is not None
    assert left.start_s < left.end_s < right.start_s
    assert (right.number, right.side) == (2, Side.RIGHT)
    assert right.target is None


def test_a_result_may_be_asked_for_at_any_time_and_does_not_change_afterwards() -> None:
    person = at_work(reps=2)
    person.press()
    result = person.conductor.result()
    person.press()
    assert not result.is_over
    assert len(result.sets[0].reps) == 1
    assert result.sets[0].end_s is None
