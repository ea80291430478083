"""What cannot be: limits that tell a lying unit from a run, each with its reason.

A field beyond its limit is dropped and said; without a start and a duration there is no run.
"""

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from trainer.core.diary.running import Run
from trainer.running.measures import Found, Measures, Refused

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Before the first watches that kept runs; a clock that was never set says 1970 or 1989."""
AHEAD: Final = timedelta(days=1)
"""A wall clock without a zone may be a day ahead of ours."""
SHORTEST_S: Final = 10.0
LONGEST_S: Final = 6 * 86_400.0
"""Six-day races are the longest that are run on a watch."""
SLOWEST_M_S: Final = 0.5
"""Half an hour a kilometre: standing."""
FASTEST_M_S: Final = ((0.0, 7.93), (755.0, 6.63), (7235.0, 5.84), (86_400.0, 3.70))
"""From so many seconds on nobody has run faster: the men's world records over 800 m (1:40.91),
5,000 m (12:35.36), the marathon (2:00:35) and 24 h (319.6 km)."""
SAME_STEP: Final = 0.15
"""Measured step against speed over cadence: they agree within 2 % where both are right."""
LONGEST_WORD: Final = 60
"""Characters of a shoe's or a surface's name."""
MILE_KM: Final = 1.609344
AIRBORNE: Final = 1.1
"""Contact over the time of a step: above 1 both feet are down, which is walking."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a field may be, and what a value beyond it looks like."""

    low: float
    high: float
    unit: str
    below: str = "too little"
    above: str = "too much"


LIMITS: Final = {
    # 220 steps of both feet are 110 of one: below that it may be one foot's. Sprinters reach 260,
    # nobody keeps 240.
    "spm": Limit(110, 240, "steps/min", "one foot's strides, or walking", "counted twice"),
    # Sprinters at full speed reach 2.7 m.
    "step_m": Limit(0.3, 2.8, "m", "another unit", "millimetres, centimetres or strides"),
    # Sprinters have some 90 ms; walkers 500 and more.
    "gct_ms": Limit(80, 500, "ms", "seconds", "walking, or another unit"),
    "gct_cv_pct": Limit(0, 60, "%"),
    # The scale of the makers ends within 45 to 55 %; a limp of 60:40 is seen from afar.
    "gct_balance_pct": Limit(40, 60, "%"),
    # The scale of the makers goes from 60 to 130 mm.
    "vo_mm": Limit(20, 200, "mm", "centimetres", "another unit"),
    # The same scale: 6 to 10 %.
    "vertical_ratio_pct": Limit(2, 25, "%", "a share, not percent", "another unit"),
}


def judge(told: Measures, sha256: str, now: datetime, home: tzinfo) -> Found | Refused:
    """Return the run with what cannot be left out of it; refused without a start or a duration.

    `home` is the zone of starts that have none, and of those in UTC.
    """
    start, why = _start(told.start, now, home)
    if start is None:
        return Refused(why)
    duration_s = told.duration_s
    if duration_s is None or not SHORTEST_S <= duration_s <= LONGEST_S:
        said = "nothing" if duration_s is None else f"{duration_s:.6g} s"
        return Refused(f"its duration is {said}; allowed: {SHORTEST_S:g} s to 6 days")
    doubts: list[str] = []
    kept = {name: _kept(told, name, limit, doubts) for name, limit in LIMITS.items()}
    run = Run(
        sha256,
        told.source,
        duration_s,
        _distance(told.km, duration_s, doubts),
        kept["spm"],
        kept["step_m"],
        gct_ms=kept["gct_ms"],
        gct_cv_pct=kept["gct_cv_pct"],
        gct_balance_pct=kept["gct_balance_pct"],
        vo_mm=kept["vo_mm"],
        vertical_ratio_pct=kept["vertical_ratio_pct"],
        shoe=word(told.shoe),
        surface=word(told.surface),
    )
    return Found(start, replace(_cross_checked(run, doubts), doubts=tuple(doubts)))


def word(text: str) -> str:
    """Return a name as it is kept: in one line, printable, of bounded length."""
    tidy = " ".join(text.split())[:LONGEST_WORD]
    return "".join(letter for letter in tidy if letter.isprintable())


def _start(start: datetime | None, now: datetime, home: tzinfo) -> tuple[datetime | None, str]:
    if start is None:
        return None, "it does not say when it began, or the clock was never set"
    at = start
    try:
        if start.tzinfo is None:
            at = start.replace(tzinfo=home)
        elif start.tzinfo is UTC:
            at = start.astimezone(home)
        is_known = EARLIEST <= at <= now + AHEAD
    except (OverflowError, ValueError):
        is_known = False
    if is_known:
        return at, ""
    return None, (
        f"it began {start.date()}, which is before 2000 or in the future: the watch's clock was "
        "not set"
    )


def _kept(told: Measures, name: str, limit: Limit, doubts: list[str]) -> float | None:
    value = getattr(told, name)
    if value is None:
        return None
    if math.isfinite(value) and limit.low <= value <= limit.high:
        return float(value)
    looks = limit.below if value < limit.low else limit.above
    doubts.append(
        f"{name} {value:.6g} left out: allowed {limit.low:g} to {limit.high:g} {limit.unit} "
        f"({looks if math.isfinite(value) else 'no number'})"
    )
    return None


def _distance(km: float | None, duration_s: float, doubts: list[str]) -> float | None:
    if km is None:
        return None
    m_s = km * 1000 / duration_s
    fastest_m_s = next(m_s for from_s, m_s in reversed(FASTEST_M_S) if duration_s >= from_s)
    if math.isfinite(m_s) and SLOWEST_M_S <= m_s <= fastest_m_s:
        return float(km)
    if not math.isfinite(m_s) or km <= 0:
        looks = "no distance"
    elif m_s < SLOWEST_M_S:
        looks = "kilometres for metres, or standing"
    else:
        looks = "metres, km/h for m/s, minutes for seconds, or a vehicle"
    doubts.append(
        f"km {km:.6g} left out: {m_s:.3g} m/s, allowed {SLOWEST_M_S:g} to {fastest_m_s:g} ({looks})"
    )
    return None


def _cross_checked(run: Run, doubts: list[str]) -> Run:
    """Return the run with step, speed and cadence in agreement, and contact within a step."""
    if run.gct_ms is not None and run.spm is not None and run.gct_ms > AIRBORNE * 60e3 / run.spm:
        doubts.append(
            f"gct_ms {run.gct_ms:.4g} left out: longer than a step at {run.spm:.0f} steps/min"
        )
        run = replace(run, gct_ms=None, gct_cv_pct=None)
    if run.km is None or run.spm is None:
        return run
    derived_m = run.km * 1000 / run.duration_s * 60 / run.spm
    if run.step_m is None:
        return _derived(run, derived_m)
    ratio = run.step_m / derived_m
    if abs(math.log(ratio)) <= math.log1p(SAME_STEP):
        return run
    if abs(math.log(ratio / MILE_KM)) <= math.log1p(SAME_STEP):
        doubts.append(
            f"km {run.km:.6g} left out: step and cadence say {ratio:.2f} times it (miles)"
        )
        return replace(run, km=None)
    doubts.append(
        f"step_m {run.step_m:.4g} left out: speed over cadence is {derived_m:.2f} m, off by more "
        f"than {SAME_STEP:.0%}"
    )
    return _derived(run, derived_m)


def _derived(run: Run, step_m: float) -> Run:
    is_real = LIMITS["step_m"].low <= step_m <= LIMITS["step_m"].high
    return replace(run, step_m=step_m if is_real else None, is_step_derived=is_real)
