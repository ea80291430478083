"""What was said in a session, read back from the notes of its recording: sets, reps, maxima."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trainer.core.cues import (
    Cue,
    MaxPressAsked,
    MvcMeasured,
    PressAsked,
    RejectReason,
    RelaxAsked,
    RepCounted,
    RepRejected,
    RepTakenBack,
    SetStarted,
    Side,
    TareAsked,
)
from trainer.core.events import HoldSettled
from trainer.core.hold import Hold
from trainer.detect.tempo import AskedRep
from trainer.recording.recording import Note


@dataclass(frozen=True, slots=True)
class NotedRep:
    """A hold that was counted or not, by the times noted when it was settled."""

    rep: int
    start_s: float
    end_s: float
    is_counted: bool
    reject_reason: RejectReason | None = None


@dataclass(slots=True)
class NotedSet:
    """One set as it was noted."""

    number: int
    side: str
    asked_reps: int
    target_n: float | None = None
    reps: list[NotedRep] = field(default_factory=list)
    asked: list[AskedRep] = field(default_factory=list)
    """The presses that were asked for, with their cues."""


@dataclass(slots=True)
class Logbook:
    """All that the notes tell."""

    sets: list[NotedSet] = field(default_factory=list)
    mvcs: list[tuple[str, float, float]] = field(default_factory=list)
    """Foot, newtons, stream time."""


def read_logbook(notes: Iterable[Note]) -> Logbook:
    """Return what the notes of a session tell; notes that tell nothing of it are passed over."""
    book = Logbook()
    span = (0.0, 0.0)
    for note in notes:
        body = note.body
        match note.kind:
            case SetStarted.__name__:
                book.sets.append(
                    NotedSet(_whole(body["set_number"]), str(body["side"]), _whole(body["reps"]))
                )
            case HoldSettled.__name__:
                span = _span(body["hold"])
            case _:
                _take_cue(book, note, span)
    return book


def recorded_cues(notes: Iterable[Note]) -> tuple[Cue, ...]:
    """Return what the coach said that the stages must know: tares, which foot, which target."""
    cues: list[Cue] = []
    for note in notes:
        body = note.body
        match note.kind:
            case TareAsked.__name__:
                cues.append(TareAsked(_number(body["at_s"]), _number(body["duration_s"])))
            case SetStarted.__name__:
                number, sets, reps = (_whole(body[key]) for key in ("set_number", "sets", "reps"))
                side = Side(str(body["side"]))
                cues.append(SetStarted(_number(body["at_s"]), side, number, sets, reps))
            case PressAsked.__name__:
                cues.append(_press(body))
            case MaxPressAsked.__name__:
                trial, trials = _whole(body["trial"]), _whole(body["trials"])
                at_s, lasts_s = _number(body["at_s"]), _number(body["duration_s"])
                cues.append(MaxPressAsked(at_s, Side(str(body["side"])), trial, trials, lasts_s))
            case _:
                pass
    return tuple(cues)


def recorded_target_n(notes: Iterable[Note]) -> float | None:
    """Return the last target that was asked for, in newtons; None where none was."""
    asked = (note.body["target_n"] for note in notes if note.kind == PressAsked.__name__)
    return next((_number(target) for target in reversed([*asked]) if target is not None), None)


def match_hold(rep: NotedRep, holds: Sequence[Hold]) -> Hold | None:
    """Return the recomputed hold that overlaps a noted one the most, None where none does."""
    best, longest_s = None, 0.0
    for hold in holds:
        shared_s = min(rep.end_s, hold.end_s) - max(rep.start_s, hold.start_s)
        if shared_s > longest_s:
            best, longest_s = hold, shared_s
    return best


def _take_cue(book: Logbook, note: Note, span: tuple[float, float]) -> None:
    body = note.body
    current = book.sets[-1] if book.sets else None
    match note.kind:
        case MvcMeasured.__name__:
            mvc = (str(body["side"]), _number(body["mvc_n"]), _number(body["at_s"]))
            book.mvcs.append(mvc)
        case PressAsked.__name__ if current:
            current.asked.append(AskedRep(_number(body["at_s"]), _number(body["hold_s"])))
            if body["target_n"] is not None:
                current.target_n = _number(body["target_n"])
        case RelaxAsked.__name__ if current and current.asked:
            current.asked[-1] = replace(current.asked[-1], relax_at_s=_number(body["at_s"]))
        case RepCounted.__name__ if current:
            current.reps.append(NotedRep(_whole(body["rep"]), *span, is_counted=True))
        case RepRejected.__name__ if current:
            rep = len([r for r in current.reps if r.is_counted]) + 1
            reason = RejectReason(str(body["reason"]))
            current.reps.append(NotedRep(rep, *span, is_counted=False, reject_reason=reason))
        case RepTakenBack.__name__ if current:
            _take_back(current)
        case _:
            pass


def _press(body: Mapping[str, object]) -> PressAsked:
    target_n = None if body["target_n"] is None else _number(body["target_n"])
    lasts_s = _number(body["hold_s"])
    return PressAsked(_number(body["at_s"]), _whole(body["rep"]), target_n, lasts_s)


def _take_back(current: NotedSet) -> None:
    for index in reversed(range(len(current.reps))):
        if current.reps[index].is_counted:
            current.reps[index] = replace(current.reps[index], is_counted=False)
            return


def _span(hold: object) -> tuple[float, float]:
    assert isinstance(hold, dict)
    return _number(hold["start_s"]), _number(hold["end_s"])


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _whole(value: object) -> int:
    return round(_number(value))
