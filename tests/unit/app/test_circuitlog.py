"""The diary beside a circuit: what may go on after an end, and what may not on that day."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.coach.circuits import plan
from tests.unit.coach.test_circuit import Doer
from trainer.app.circuitlog import Bearings, CircuitLog
from trainer.app.circuitorder import CircuitOrder, resume_order
from trainer.app.leftopen import find_progress
from trainer.core.commands import EndSession, Next, SkipStep
from trainer.core.cues import StopReason
from trainer.core.diary.session import Progress
from trainer.core.diary.training import DespitePain
from trainer.core.errors import UsageError
from trainer.core.snapshot import Phase
from trainer.library.diary import Diary, Noting
from trainer.library.store import Store

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    store = Store(tmp_path / "library.sqlite")
    yield Diary(store)
    store.close()


def in_second_set(diary: Diary) -> tuple[Doer, CircuitLog]:
    """Return somebody in the second set of curls, noted up to there."""
    doer = Doer(plan()).begin().reach(Phase.WORK)
    for _ in range(3):
        doer.rep()
    doer.reach(Phase.WORK)
    bearings = Bearings(CircuitOrder("small"), "S1", 6, is_simulated=True, now=lambda: NOW)
    log = CircuitLog(diary, doer.coach, bearings)
    log.keep()
    return doer, log


def left_at(diary: Diary) -> list[tuple[int, str]]:
    return [(e.said.number, e.said.stop_reason) for e in diary.entries("Ann", Progress)]


ENDS: list[tuple[Callable[[Doer], object], str]] = [
    (lambda doer: doer.do(EndSession()), "ended by the person"),
    (lambda doer: doer.coach.stop(StopReason.STALE, doer.at_s), "stale data"),
    (lambda doer: doer.coach.stop(StopReason.SATURATED, doer.at_s), "overload"),
]


@pytest.mark.parametrize(("end", "reason"), ENDS)
def test_what_was_ended_in_a_set_goes_on_with_that_set(
    diary: Diary, end: Callable[[Doer], object], reason: str
) -> None:
    doer, log = in_second_set(diary)
    end(doer)
    log.keep()
    assert left_at(diary) == [(3, reason)]
    assert resume_order(diary, "Ann", NOW + timedelta(hours=1)).circuit == "small"


def test_what_pain_stopped_goes_on_that_day_with_a_noted_reason_alone(diary: Diary) -> None:
    doer, log = in_second_set(diary)
    doer.coach.stop(StopReason.BUTTON, doer.at_s)
    log.keep()
    later = NOW + timedelta(hours=1)
    with pytest.raises(UsageError, match="ends the day"):
        resume_order(diary, "Ann", later)
    diary.note(Noting("Ann", later, DespitePain("I slipped"), is_simulated=False))
    assert resume_order(diary, "Ann", later).circuit == "small"


def test_what_was_ended_in_a_rest_goes_on_with_the_next_set(diary: Diary) -> None:
    doer, log = in_second_set(diary)
    for _ in range(3):
        doer.rep()
    assert doer.view().phase is Phase.REST
    doer.do(EndSession())
    log.keep()
    assert left_at(diary) == [(4, "ended by the person")]


def test_what_the_person_ended_asks_to_be_gone_on_with_on_that_day_alone(diary: Diary) -> None:
    doer, log = in_second_set(diary)
    doer.do(EndSession())
    log.keep()
    assert find_progress(diary, "Ann", NOW + timedelta(hours=1)) is not None
    later = NOW + timedelta(days=1)
    assert find_progress(diary, "Ann", later) is None
    assert resume_order(diary, "Ann", later).circuit == "small"


def test_a_pain_stop_ends_the_day_and_is_said_so(diary: Diary) -> None:
    doer, log = in_second_set(diary)
    doer.coach.stop(StopReason.PAIN, doer.at_s)
    log.keep()
    assert left_at(diary) == [(3, "pain")]
    with pytest.raises(UsageError, match="stopped for pain today, and that ends the day"):
        resume_order(diary, "Ann", NOW + timedelta(hours=3))
    assert find_progress(diary, "Ann", NOW + timedelta(days=1)) is None
    assert resume_order(diary, "Ann", NOW + timedelta(days=1)).circuit == "small"


def test_nothing_goes_on_after_a_whole_session_nor_while_it_is_only_asked_about(
    diary: Diary,
) -> None:
    doer, log = in_second_set(diary)
    doer.rep()
    doer.do(SkipStep())
    doer.reach(Phase.CLOCK)
    log.keep()
    assert left_at(diary) == [(6, "")]
    doer.wait(31.0)
    assert doer.view().question == "breath"
    log.keep()
    assert left_at(diary) == []
    doer.do(Next())
    log.keep()
    assert left_at(diary) == []
