"""Caps for new users: the peak force of a set, and the impulse of each foot in a week.

The plantar fascia adapts slowly; nobody has measured by how much a week is too much. The caps are
proposals (settings), shares of the foot's own maximum so that they fit every foot.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from trainer.core.texts import tr


@dataclass(frozen=True, slots=True)
class Caps:
    """What a foot may do; None where the user is not new, or the maximum is not known."""

    peak_n: float | None
    week_n_s: float | None


def caps(
    first_day: date | None, today: date, mvc_n: float | None, limits: tuple[int, float, float]
) -> Caps:
    """Return the caps of a foot; `limits` are weeks, percent of the maximum, and seconds at it."""
    weeks, peak_pct, week_s = limits
    is_new = first_day is None or today < first_day + timedelta(weeks=weeks)
    if not is_new or mvc_n is None:
        return Caps(None, None)
    return Caps(peak_pct / 100 * mvc_n, week_s * mvc_n)


def beyond(limit: Caps, peak_n: float | None, week_n_s: float) -> tuple[str, ...]:
    """Return what is beyond a foot's caps, with value, limit and what to do; empty: nothing."""
    found = []
    if limit.peak_n is not None and peak_n is not None and peak_n > limit.peak_n:
        found.append(
            tr("peak {peak:.0f} N is above the {cap:.0f} N of your first weeks: press less").format(
                peak=peak_n, cap=limit.peak_n
            )
        )
    if limit.week_n_s is not None and week_n_s > limit.week_n_s:
        found.append(
            tr(
                "{load:.0f} N s in seven days is above the {cap:.0f} N s of your first weeks: no "
                "loaded set until it is below"
            ).format(load=week_n_s, cap=limit.week_n_s)
        )
    return tuple(found)
