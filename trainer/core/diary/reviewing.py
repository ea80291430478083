"""What is noted of a goals review: what a reassessment has shown, and the goal from then on."""

from dataclasses import dataclass

from trainer.core.cues import Side


@dataclass(frozen=True, slots=True)
class ReviewedChange:
    """One change that was beyond its error."""

    metric: str
    side: Side | None
    change: float
    mdc95: float
    unit: str
    verdict: str
    """better, worse, more or less."""
    protocol: str = ""
    """Circuit that it was measured by."""


@dataclass(frozen=True, slots=True)
class GoalReview:
    """One review, once it was decided."""

    visit: str
    """Day of the newest visit that it looked at."""
    goal_before: str
    """Kind of the goal until then; empty where there was none."""
    goal_after: str
    changes: tuple[ReviewedChange, ...]
    not_seen: int
    """Figures without a change seen yet."""
    unknown: int
    """Figures whose error is not known."""
    next_step: str
    """What was advised, in one sentence."""
    goal_entry: int
    """Number of the goal's own entry that the review noted: taken back with it."""
    words: str = ""
