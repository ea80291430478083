"""After the last set: breath, posture, and what the session took the place of."""

import pytest

from tests.unit.coach.circuits import COOLDOWN, CURLS, WARM_UP, plan
from tests.unit.coach.test_circuit import Doer
from trainer.core.commands import Answer, EndSession, Next, Pause, Reply, SkipSet, SkipStep
from trainer.core.cues import StopReason
from trainer.core.diary.training import SessionKind
from trainer.core.snapshot import Phase

YES, NO = Reply(is_yes=True), Reply(is_yes=False)


def at_close(kind: SessionKind = SessionKind.TRAINING) -> Doer:
    """Return somebody who has just ended the cooldown."""
    doer = Doer(plan(WARM_UP, CURLS, COOLDOWN, kind=kind)).begin().reach(Phase.WORK)
    doer.rep()
    doer.do(SkipStep())
    doer.reach(Phase.CLOCK)
    doer.wait(COOLDOWN.duration_s + 0.1)
    return doer


def test_three_keys_after_the_cooldown_are_noted_with_the_session_and_end_it() -> None:
    doer = at_close()
    lasted_s = doer.coach.session_log().duration_s
    assert (doer.view().question, doer.view().is_yes_no) == ("breath", True)
    doer.do(YES)
    assert doer.view().question == "posture"
    doer.wait(3.0)
    doer.do(NO)
    assert doer.view().question == "replaced"
    assert not doer.coach.is_over
    doer.do(YES)
    assert doer.view().phase is Phase.DONE
    log = doer.coach.session_log()
    assert (log.breath, log.posture, log.replaced) == (True, False, "light mobility work")
    assert log.is_complete
    assert log.duration_s == lasted_s


def test_who_does_not_answer_is_not_kept_waiting_and_nothing_is_made_up() -> None:
    doer = at_close()
    doer.wait(20.5)
    assert doer.view().phase is Phase.DONE
    log = doer.coach.session_log()
    assert (log.breath, log.posture, log.replaced) == (None, None, "")
    assert log.is_complete


def test_a_question_is_passed_over_and_keys_of_figures_answer_too() -> None:
    doer = at_close()
    doer.do(SkipSet(), Answer(7.0))
    assert doer.view().question == "posture"
    doer.do(Answer(10.0), Answer(0.0))
    log = doer.coach.session_log()
    assert (log.breath, log.posture, log.replaced) == (None, True, "")
    assert doer.view().phase is Phase.DONE


def test_yes_and_no_mean_nothing_where_no_such_question_is_open() -> None:
    doer = Doer(plan()).begin().reach(Phase.WORK)
    before = doer.view()
    doer.do(YES, NO)
    assert doer.view().message == before.message


def test_the_questions_are_left_by_next_pause_end_and_pain_stop() -> None:
    assert at_close().coach.phase is Phase.REST
    for leave in (Next(), EndSession()):
        doer = at_close()
        doer.do(leave)
        assert doer.view().phase is Phase.DONE
    paused = at_close()
    paused.do(Pause())
    paused.wait(100.0)
    paused.do(Next())
    assert paused.view().question == "breath"
    hurt = at_close()
    hurt.coach.stop(StopReason.PAIN, hurt.at_s)
    assert hurt.view().phase is Phase.STOPPED


@pytest.mark.parametrize("kind", [SessionKind.ACTIVATION, SessionKind.TRY_OUT])
def test_what_has_no_cooldown_asks_nothing_of_it(kind: SessionKind) -> None:
    assert at_close(kind).view().phase is Phase.DONE


def test_who_leaves_the_cooldown_out_is_not_asked() -> None:
    doer = Doer(plan()).begin().reach(Phase.WORK)
    doer.do(SkipStep())
    doer.reach(Phase.CLOCK)
    doer.do(SkipSet())
    assert doer.view().phase is Phase.DONE


def test_a_key_that_is_held_answers_one_question_alone() -> None:
    doer = at_close()
    for _ in range(20):
        doer.do(YES)
        doer.wait(0.1)
    assert doer.view().question == "posture"
    doer.wait(0.7)
    doer.do(YES)
    assert doer.view().question == "replaced"


def test_a_figure_that_is_held_rates_how_the_feet_are_once() -> None:
    doer = Doer(plan())
    doer.do(Next(), Answer(2.0))
    doer.wait(0.5)
    doer.do(Answer(2.0))
    doer.wait(0.5)
    doer.do(Answer(2.0))
    assert doer.view().question == "stiffness"
    doer.do(Answer(3.0))
    assert doer.view().question == "tiredness"
