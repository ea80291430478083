"""Foot results by the day, from the sets of the diary, for a line of time beside the runs."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import Block, SetLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr


def result_name(result: str) -> str:
    """Return what a result of a set is called, with its unit."""
    return {
        "plateau_n": tr("plateau force (N)"),
        "peak_n": tr("peak force (N)"),
        "impulse_n_s": tr("impulse of a set (N s)"),
        "tempo_error_s": tr("tempo error (s)"),
        "tempo_cv_pct": tr("tempo CV (%)"),
        "decline_pct": tr("decline within a set (%)"),
        "onset_rep": tr("rep of the onset of fatigue"),
    }[result]


def results(
    sets: Sequence[Entry[SetLog]],
    name: str,
    exercise: str | None = None,
    side: Side | None = None,
) -> tuple[tuple[date, float], ...]:
    """Return one result of the measured sets of one exercise, by the athlete's day."""
    return tuple(
        (entry.local_day, float(value))
        for entry in sets
        if _counts(entry.said)
        and (exercise is None or entry.said.exercise == exercise)
        and (side is None or entry.said.side is side)
        and (value := getattr(entry.said, name)) is not None
    )


def usual_exercise(sets: Sequence[Entry[SetLog]], named: str | None) -> str:
    """Return the exercise that was named, or the one with the most sets. Raises UsageError."""
    done = Counter(entry.said.exercise for entry in sets if _counts(entry.said))
    if named is not None and named in done:
        return named
    if not done:
        raise UsageError(
            "there are no measured sets yet to hold the runs against: `footspring run` trains one."
        )
    if named is not None:
        raise UsageError(
            f"exercise {named!r}: no measured set of it; there are: {', '.join(sorted(done))}."
        )
    return min(done, key=lambda exercise: (-done[exercise], exercise))


def _counts(log: SetLog) -> bool:
    return log.is_measured and log.block is Block.WORK
