"""A goals review: what has changed beyond its error, how that meets the goal, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from trainer.core.diary.planning import GoalKind
from trainer.core.diary.reviewing import ReviewedChange
from trainer.core.texts import tr
from trainer.progress.change import name_verdict
from trainer.progress.metrics import Better
from trainer.progress.verdicts import Shown

GOAL_METRICS: Final = {
    GoalKind.HYPERTROPHY: ("mvc_hallux_n", "mvc_toes_n", "mvc_dome_n"),
    GoalKind.ENDURANCE: (
        "onset_rep",
        "onset_s",
        "endurance_pct",
        "squeeze_in_band_s",
        "squeeze_cv_pct",
        "squeeze_decay_pct",
    ),
    GoalKind.INTEGRATION: (
        "sway_cm_s",
        "frontal_rate_dps",
        "tempo_error_s",
        "tempo_cv_pct",
        "smoothness_pct",
        "compensated_pct",
        "flexion_pct",
        "adduction_pct",
        "abduction_pct",
    ),
    GoalKind.FOUNDATION: ("tempo_error_s", "compensated_pct", "onset_rep", "mvc_toes_n"),
    GoalKind.POWER: ("rfd_n_s", "peak_speed_n_s", "reaction_s", "taps", "tap_slowing_pct"),
}
"""By which figures a goal is told to move: our choice, no paper's."""

_LEEWAY: Final = timedelta(days=3)
"""A reassessment a few days early is one."""


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to decide on."""

    beyond: tuple[ReviewedChange, ...]
    not_seen: int
    unknown: int
    goal_better: int
    """Of the goal's own figures."""
    goal_worse: int
    goal_not_seen: int
    next_step: str


def find_review(
    shown: Sequence[Shown], goal: GoalKind | None, adherence: float | None, least: float
) -> Review:
    """Return the review of the newest series; `adherence` and the least of it are shares."""
    own = GOAL_METRICS[goal] if goal else ()
    beyond: list[ReviewedChange] = []
    counts = {"not seen": 0, "unknown": 0, "goal not seen": 0}
    for one in (one for one in shown if not one.apart):
        metric = one.series.metric
        for foot in one.feet:
            change = foot.change
            if change is None or change.mdc95 is None:
                counts["unknown"] += change is not None
            elif change.is_seen:
                verdict = name_verdict(metric, change)
                beyond.append(
                    ReviewedChange(
                        metric.id,
                        foot.course.side,
                        change.difference,
                        change.mdc95,
                        metric.unit,
                        verdict,
                        one.series.condition.protocol,
                    )
                )
            else:
                counts["not seen"] += 1
                counts["goal not seen"] += metric.id in own
    better, worse = _judged(shown, beyond)
    goal_better = sum(one.metric in own for one in better)
    goal_worse = sum(one.metric in own for one in worse)
    step = _next_step(bool(worse), bool(goal_better), goal, adherence, least)
    if not (beyond or counts["not seen"] or counts["unknown"]):
        step = tr("Nothing to compare yet: the second visit that counts can show a change.")
    return Review(
        tuple(beyond),
        counts["not seen"],
        counts["unknown"],
        goal_better,
        goal_worse,
        counts["goal not seen"],
        step,
    )


def is_due(counted_days: Sequence[date], reviewed_on: date | None, weeks: int) -> bool:
    """Return whether a reassessment waits for its review: `weeks` after the last or the first."""
    if not counted_days:
        return False
    since = reviewed_on or min(counted_days)
    return max(counted_days) - since >= timedelta(weeks=weeks) - _LEEWAY


def _judged(
    shown: Sequence[Shown], beyond: Sequence[ReviewedChange]
) -> tuple[list[ReviewedChange], list[ReviewedChange]]:
    metrics = {one.series.metric.id: one.series.metric for one in shown}
    better: list[ReviewedChange] = []
    worse: list[ReviewedChange] = []
    for one in beyond:
        way = metrics[one.metric].better
        if way is not Better.NEITHER:
            is_better = (one.change > 0) is (way is Better.HIGHER)
            (better if is_better else worse).append(one)
    return better, worse


def _next_step(
    is_worse: bool,  # noqa: FBT001 - said by the caller's names
    is_goal_better: bool,  # noqa: FBT001
    goal: GoalKind | None,
    adherence: float | None,
    least: float,
) -> str:
    if is_worse:
        return tr(
            "Something is worse beyond its error: measure it again before anything gets harder, "
            "see `footspring plan why` for load and pain, and if it hurts ask a clinician."
        )
    if goal is None:
        return tr("Set a goal, so that the next review has something to hold the figures against.")
    if is_goal_better:
        return tr("The goal's own figures move: keep on; the next rung opens by its gate.")
    if adherence is not None and adherence < least:
        text = tr(
            "No change of the goal's figures is seen yet, and {share:.0f} % of the sessions were "
            "done: the sessions come first, nothing else changes."
        )
        return text.format(share=100 * adherence)
    return tr(
        "No change of the goal's figures is seen yet: that is usual, strength moved by week 4 at "
        "the earliest (Ridge 2019). Keep on until the next reassessment; where the weekly "
        "standard sets stand still, `footspring plan` changes one thing."
    )
