"""Everything that the weeks have shown of one athlete, ready to be written as text or as a page."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from trainer.core.texts import tr, trn
from trainer.progress.error import VISITS
from trainer.progress.load import WeekLoad
from trainer.progress.metrics import Head
from trainer.progress.verdicts import Shown

WRONG: Final = 0.05
"""Share of verdicts that call a change where there is none."""


@dataclass(frozen=True, slots=True)
class MuscleLoad:
    """A week's impulse on one muscle; a set counts for each of its muscles."""

    target: str
    left_n_s: float
    right_n_s: float


@dataclass(frozen=True, slots=True)
class Overview:
    """What the weeks have shown."""

    athlete: str
    today: date
    is_simulated: bool
    visits: int
    """That count."""
    practice_visits: int
    shown: tuple[Shown, ...] = ()
    runs: tuple[Shown, ...] = ()
    loads: tuple[WeekLoad, ...] = ()
    wheel: tuple[MuscleLoad, ...] = ()
    """Of this week."""
    habit: str = ""
    """How the sessions are kept."""
    warnings: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to show."""
        return not (self.shown or self.runs or self.loads)

    @property
    def is_runs_only(self) -> bool:
        """Return whether there are runs, and nothing of the foot beside them."""
        return bool(self.runs) and not (self.shown or self.loads)

    def under(self, head: Head) -> tuple[Shown, ...]:
        """Return what is shown under a head."""
        return tuple(one for one in self.shown if one.series.metric.head is head)


def tell_head(head: Head) -> str:
    """Return a head's title."""
    titles = {
        Head.ARCH: tr("Arch resilience"),
        Head.TOE_OFF: tr("Toe-off stability"),
        Head.TRANSFER: tr("Transfer of force"),
    }
    return titles[head]


def tell_visits(overview: Overview) -> str:
    """Return how many visits there are, practice apart."""
    counted = trn("{n} visit that counts", "{n} visits that count", overview.visits)
    practice = trn(
        "{n} practice visit, shown apart and compared with nothing",
        "{n} practice visits, shown apart and compared with nothing",
        overview.practice_visits,
    )
    return f"{counted}; {practice}."


def tell_how_to_read() -> str:
    """Return what the figures are, in two sentences."""
    return tr(
        "Weeks, not days: there is no score of the day. MDC95 is the smallest difference of two "
        "visits that is more than the figure's own error; below it no change is seen yet."
    )


def tell_unknown(overview: Overview) -> str:
    """Return how an error that is not known gets known; empty where all are."""
    if all(shown.mdc95 is not None for shown in overview.shown):
        return ""
    text = tr(
        "Where the MDC95 is not known there is no verdict: about {visits} visits of both feet that "
        "count, each within a fortnight of the one before, tell it."
    )
    return text.format(visits=VISITS)


def tell_chance(overview: Overview) -> str:
    """Return how many of the verdicts would be changes by chance alone; empty with few."""
    verdicts = sum(shown.verdicts for shown in overview.shown)
    by_chance = round(WRONG * verdicts)
    if not by_chance:
        return ""
    text = tr(
        "Of {n} verdicts about {wrong} would call a change where there is none: look for several "
        "that agree."
    )
    return text.format(n=verdicts, wrong=by_chance)
