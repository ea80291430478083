"""Standard sets as the plan looks at them: one figure each, and the own error of such a figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean, stdev

from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import Block, EndedBy, SessionKind, SessionLog, SetLog
from trainer.plan.records import StandardResult
from trainer.progress.error import Visit, standing_error

_UNTOLD = frozenset({EndedBy.SKIPPED, EndedBy.CUT_OFF})
"""Sets that say nothing of the foot."""


@dataclass(frozen=True, slots=True)
class StandardVisit:
    """The standard sets of one day, of both feet: the impulse of each trial, newton seconds."""

    session: Entry[SessionLog]
    trials: dict[Side, list[float]] = field(default_factory=dict[Side, list[float]])


def standard_visits(
    sessions: Iterable[Entry[SessionLog]], sets: Iterable[Entry[SetLog]]
) -> tuple[StandardVisit, ...]:
    """Return the measured standard sets of the newest protocol, in order of time."""
    found = [entry for entry in sessions if entry.said.kind is SessionKind.STANDARD_SET]
    # Results of two versions of the protocol are not compared.
    version = found[-1].said.protocol_version if found else 0
    # Several of one day are one visit: only days apart tell how a foot repeats its figures.
    days: dict[date, StandardVisit] = {}
    visits = {
        entry.said.session_id: days.setdefault(entry.local_day, StandardVisit(entry))
        for entry in found
        if entry.said.protocol_version == version
    }
    for entry in sets:
        said = entry.said
        is_trial = said.is_measured and said.block is Block.WORK and said.ended_by not in _UNTOLD
        if is_trial and said.side is not None and said.session_id in visits:
            visits[said.session_id].trials.setdefault(said.side, []).append(said.impulse_n_s)
    return tuple(visit for visit in days.values() if visit.trials)


def standard_results(visits: Sequence[StandardVisit]) -> tuple[StandardResult, ...]:
    """Return the mean impulse of a trial at each visit, newton seconds, over both feet."""
    return tuple(
        StandardResult(visit.session.at, fmean(fmean(each) for each in visit.trials.values()))
        for visit in visits
    )


def standard_mdc95(visits: Sequence[StandardVisit]) -> float | None:
    """Return the smallest change beyond the own error, newton seconds; None until it is known.

    That of one foot: both share the day's form, so their mean is hardly surer than either.
    """
    feet = [[_visit(visit, side) for visit in visits if side in visit.trials] for side in Side]
    error = standing_error(feet, None)
    return None if error is None else error.mdc95()


def _visit(visit: StandardVisit, side: Side) -> Visit:
    trials = visit.trials[side]
    spread = stdev(trials) if len(trials) > 1 else None
    return Visit(visit.session.local_day, fmean(trials), len(trials), spread)
