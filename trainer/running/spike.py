"""Single-run spikes: one run much longer than the longest of the 30 days before it.

From 5,205 runners (Frandsen 2025, 10.1136/bjsports-2024-109380): hazard ratios of an injury against
runs that were at most a tenth longer. It is an association in that group, no forecast for one
runner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run

WINDOW: Final = timedelta(days=30)
SPIKE: Final = 1.10
_STEPS: Final = ((1.30, 1.64), (2.00, 1.52), (float("inf"), 2.28))
"""Up to so many times the longest run, and the hazard ratio found there."""


@dataclass(frozen=True, slots=True)
class Spike:
    """One run beyond the rule."""

    at: datetime
    """As the clock on the wall showed it."""
    sha256: str
    km: float
    longest_km: float
    """The longest of the 30 days before."""
    hazard_ratio: float

    @property
    def beyond_pct(self) -> float:
        """Return by how many percent the run went beyond the longest."""
        return 100 * (self.km / self.longest_km - 1)


def spikes(runs: Sequence[Entry[Run]]) -> tuple[Spike, ...]:
    """Return the spikes among runs in order of time; a run without one before it is none."""
    known = [(entry, entry.said.km) for entry in runs if entry.said.km is not None]
    found: list[Spike] = []
    first = 0
    for place, (entry, km) in enumerate(known):
        while known[first][0].at < entry.at - WINDOW:
            first += 1
        before = [other_km for other, other_km in known[first:place] if other.at < entry.at]
        ratio = hazard_ratio(km, max(before)) if before else None
        if ratio is not None:
            found.append(Spike(entry.local_at, entry.said.sha256, km, max(before), ratio))
    return tuple(found)


def hazard_ratio(km: float, longest_km: float) -> float | None:
    """Return the ratio found for a run of this length, None for one within the rule."""
    # Rounded, so that 11 km after 10 km is exactly a tenth.
    times = round(km / longest_km, 9)
    if times <= SPIKE:
        return None
    return next(ratio for limit, ratio in _STEPS if times <= limit)


@dataclass(frozen=True, slots=True)
class Room:
    """How long the next run may be."""

    most_km: float
    base_km: float
    """The longest run of 30 days that was no spike itself."""
    left_out: tuple[Spike, ...] = ()
    """Longer runs of the 30 days: a spike is no base for the next one."""


def room(runs: Sequence[Entry[Run]], now: datetime) -> Room | None:
    """Return the longest run that would be no spike now; None without a measure in 30 days.

    The study's rule takes the longest run there was, a spike as well: after 16 km on top of 10 it
    would let 17.6 pass. Here a spike is left out until a run of its length was no spike any more.
    """
    recent = [e for e in runs if e.said.km is not None and now - WINDOW <= e.at <= now]
    beyond = {(spike.at, spike.sha256): spike for spike in spikes(runs)}
    kept, left_out = [], []
    for entry in recent:
        spike = beyond.get((entry.local_at, entry.said.sha256))
        if spike is None:
            kept.append(entry.said.km or 0.0)
        else:
            left_out.append(spike)
    base = max(kept, default=0.0) or min((spike.longest_km for spike in left_out), default=0.0)
    longer = tuple(spike for spike in left_out if spike.km > base)
    return Room(SPIKE * base, base, longer) if base else None
