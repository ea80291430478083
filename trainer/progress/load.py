"""What was trained, week by week: impulse of each foot, sets and sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import EndedBy, SetLog


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One week's load, Monday to Sunday of the athlete's own days."""

    monday: date
    left_n_s: float
    right_n_s: float
    """A set of both feet counts half to each."""
    sessions: int
    sets: int
    """All that were begun, warm-up and cooldown too."""
    unmeasured_sets: int
    """Those of them that the clock led: their impulse is not known, and not 0."""
    compensated_pct: float | None
    """Of the counted reps; None without one."""

    @property
    def total_n_s(self) -> float:
        """Return the impulse of both feet."""
        return self.left_n_s + self.right_n_s


def weekly_loads(entries: Sequence[Entry[SetLog]]) -> tuple[WeekLoad, ...]:
    """Return the weeks from the first with a set to the last, those without one as well."""
    by_week: dict[date, list[SetLog]] = {}
    for entry in entries:
        monday = entry.local_day - timedelta(days=entry.local_day.weekday())
        by_week.setdefault(monday, []).append(entry.said)
    if not by_week:
        return ()
    first, last = min(by_week), max(by_week)
    mondays = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return tuple(_week(monday, by_week.get(monday, [])) for monday in mondays)


def _week(monday: date, logs: Sequence[SetLog]) -> WeekLoad:
    feet = dict.fromkeys(Side, 0.0)
    for log in logs:
        for side in (log.side,) if log.side else tuple(Side):
            feet[side] += log.impulse_n_s / (1 if log.side else 2)
    reps = sum(log.counted_reps for log in logs)
    helped = sum(log.compensated_reps for log in logs)
    begun = [log for log in logs if log.ended_by is not EndedBy.SKIPPED]
    return WeekLoad(
        monday,
        feet[Side.LEFT],
        feet[Side.RIGHT],
        len({log.session_id for log in logs}),
        len(begun),
        sum(not log.is_measured for log in begun),
        100 * helped / reps if reps else None,
    )
