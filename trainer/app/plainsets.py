"""Notes the sets of a session of one exercise, and pain that stopped it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.app.circuitlog import NOT_SAID
from trainer.app.notebook import Notebook
from trainer.coach.agenda import Item
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.exercises import Exercise
from trainer.coach.programme import Circuit, Drill, Led, Step
from trainer.coach.results import SessionResult, SetResult
from trainer.coach.setlog import DoneSet, log_set
from trainer.core.cues import Side, StopReason
from trainer.core.diary.training import (
    NO_FIGURE,
    EndedBy,
    PainReport,
    PainSite,
    SessionKind,
    SessionLog,
    SetLog,
)

HURTING: Final = frozenset({StopReason.PAIN, StopReason.BUTTON})


@dataclass(frozen=True, slots=True)
class PlainSession:
    """What a session of one exercise was."""

    session_id: str
    exercise: Exercise
    device: str
    is_simulated: bool


def note_sets(book: Notebook, session: PlainSession, result: SessionResult) -> None:
    """Note each set, the session, and pain that stopped it. Raises StorageError."""
    logs = [*plain_logs(session, result)]
    if logs:
        whole = _session_log(session, result, logs)
        book.note(whole, key=session.session_id, is_simulated=session.is_simulated)
    for number, log in enumerate(logs, 1):
        key = f"{session.session_id}/{number}"
        book.note(log, key=key, is_simulated=session.is_simulated)
    if result.stop_reason is StopReason.PAIN:
        hurt = PainReport(
            PainSite.NOT_SAID,
            result.sets[-1].side if result.sets else Side.LEFT,
            NOT_SAID,
            is_sharp=True,
            session_id=session.session_id,
            device=session.device,
            words=NO_FIGURE,
        )
        book.note(hurt, is_simulated=session.is_simulated)


def _session_log(
    session: PlainSession, result: SessionResult, logs: Sequence[SetLog]
) -> SessionLog:
    """Return the record of the session; it is complete with warm-up and cooldown alone."""
    return SessionLog(
        session_id=session.session_id,
        kind=SessionKind.TRAINING,
        programme="",
        circuit="",
        is_complete=False,
        is_hard=any(log.counted_reps for log in logs),
        duration_s=max(0.0, _end_s(result.sets[-1]) - result.sets[0].start_s),
        stop_reason="" if result.stop_reason is None else result.stop_reason.value,
    )


def plain_logs(session: PlainSession, result: SessionResult) -> Iterator[SetLog]:
    """Yield the records of the sets in order."""
    exercise = session.exercise
    drill = Drill(exercise.id, exercise.title, exercise.how, Led.REPS)
    circuit = Circuit("", exercise.title, SessionKind.TRAINING, ())
    plan = CircuitPlan(
        circuit,
        (),
        exercise,
        result.athlete,
        session_id=session.session_id,
        recording=session.session_id,
    )
    for index, done in enumerate(result.sets):
        asked = done.asked_reps or 0
        step = Step(exercise.id, reps=asked, target_pct_mvc=exercise.target_pct_mvc)
        item = Item(index + 1, 0, step, drill, done.side, index + 1)
        page = DoneSet(
            item,
            done.side,
            _ended_by(done, asked, result.stop_reason),
            max(0.0, _end_s(done) - done.start_s),
            index,
            asked_reps=asked,
            asked_hold_s=exercise.hold_s,
            device=session.device,
            start_s=done.start_s,
            end_s=_end_s(done),
        )
        yield log_set(plan, page, result.sets)


def _end_s(done: SetResult) -> float:
    """Return the end of a set; of one that was stopped the end of its last hold."""
    if done.end_s is not None:
        return done.end_s
    return max((rep.hold.end_s for rep in done.reps), default=done.start_s)


def _ended_by(done: SetResult, asked: int, stop: StopReason | None) -> EndedBy:
    if done.end_s is None and stop is not None:
        return EndedBy.PAIN if stop in HURTING else EndedBy.CUT_OFF
    return EndedBy.DONE if len(done.counted) >= asked else EndedBy.ENDED
