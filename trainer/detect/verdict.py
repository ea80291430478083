"""Which excursions are holds: by their force and edges, and beside the recording's other holds.

An excursion stands out of rest by its plateau alone, or by a lower plateau with a sharp rise and a
sharp fall, since sway and shifts of the rest level are slow. A short one needs more force, since
fidgets are short. Where none stands out clearly, fidgets are all that there is: no hold at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.hold import Hold

UPPER_SHARE: Final = 0.4
"""A plateau of at least this share of the second largest belongs to the typical holds."""

ENOUGH: Final = 3
"""Of fewer holds none can be told to be a stamp on the pad."""

LEAST_SHARE: Final = 0.1
"""A hold has at least this share of the typical plateau: a press at 10 % of the maximum still has
.13 of it where the others are at 75 %."""

ASKED_SHARE: Final = 0.3
"""... or this share of the force that was asked for, if that is less: a light press after strong
ones is one where it was asked for. Nobody was asked for anything in most recordings."""

FIDGET_S: Final = 0.3
"""A shorter hold needs more force, up to three times as much at 0.1 s: fidgets last 60 to 300 ms
and reach 5 N, a low press of the same force lasts longer."""

SPREAD_SHARE: Final = 1.2
"""A hold has this many times what stood out of rest in most of the recording, and not only in the
seconds before it. With .9 six times the false holds in strong sway (simulated recordings)."""

SHARP_SPREADS: Final = 3.5
EDGE_SPREADS: Final = 4.0
"""... or this many standard deviations of rest, with edges of this many of its rise."""

CLEAR_SPREADS: Final = 7.0
SURE_SPREADS: Final = 12.0
"""A hold is clear with this many standard deviations and sharp edges, or with so many without; a
short one needs more as by FIDGET_S, squared. Of resting feet alone two false holds an hour are
left of twenty and more (simulated recordings)."""

TRAIN: Final = 6
TRAIN_S: Final = 20.0
TRAIN_RATIO: Final = 2.0
"""So many sharp excursions within so many seconds, none this many times as strong as another, are
taps or quick presses, however weak and short: of two fidgets a minute six come so close by chance
once in fourteen hours, alike or not."""

RECENT: Final = 30
"""Holds that count as recent when a level is learned live: one set and a half."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An excursion that may be a hold."""

    hold: Hold
    edge_n: float
    """The smaller of its rise and its fall within a fifth of a second."""
    aim_n: float | None = None
    """What was asked for when it began; None where nobody said."""


@dataclass(frozen=True, slots=True)
class Spreads:
    """What rest is like in most of the recording, in newtons."""

    least_n: float
    """Plateau that stands out however slowly it rises."""
    level_n: float
    """Standard deviation of rest about its level."""
    rise_n: float
    """That of its rise within a fifth of a second."""

    def stands_out(self, candidate: Candidate) -> bool:
        """Return whether it is no sway."""
        plateau_n = candidate.hold.plateau_n
        if plateau_n >= SPREAD_SHARE * self.least_n:
            return True
        needed_n = SHARP_SPREADS * _shortness(candidate.hold) * self.level_n
        return plateau_n >= needed_n and self.is_sharp(candidate)

    def is_clear(self, candidate: Candidate) -> bool:
        """Return whether it is a hold whatever else the recording shows."""
        needed_n = _shortness(candidate.hold) ** 2 * self.level_n
        plateau_n = candidate.hold.plateau_n
        if plateau_n >= SURE_SPREADS * needed_n:
            return True
        return plateau_n >= CLEAR_SPREADS * needed_n and self.is_sharp(candidate)

    def is_press(self, candidate: Candidate) -> bool:
        """Return whether it teaches nothing about rest, hold or not."""
        return self.is_sharp(candidate) or self.is_clear(candidate)

    def is_sharp(self, candidate: Candidate) -> bool:
        """Return whether it rises and falls as sway does not."""
        return candidate.edge_n >= EDGE_SPREADS * self.rise_n


def typical_plateau_n(holds: Iterable[Hold]) -> float:
    """Return the median plateau of the strong cluster in newtons, 0 without holds.

    Where there are ENOUGH, the second largest is the yardstick: a stamp on the pad hides no hold.
    Nor do any that overload the converter, however many: what they weigh is not known.
    """
    plateaus = sorted(hold.plateau_n for hold in holds if not hold.is_saturated)
    if not plateaus:
        return 0.0
    yardstick = plateaus[-2] if len(plateaus) >= ENOUGH else plateaus[-1]
    strong = [plateau for plateau in plateaus if plateau >= UPPER_SHARE * yardstick]
    return (strong[(len(strong) - 1) // 2] + strong[len(strong) // 2]) / 2


def expected_n(aim_n: float | None, typical_n: float) -> float:
    """Return the plateau to expect, in newtons: what was asked for, if it is less than usual."""
    return min(aim_n, typical_n) if aim_n else typical_n


def is_hold(candidate: Candidate, typical_n: float) -> bool:
    """Return whether it stands out beside holds of the typical plateau, or what was asked for."""
    hold = candidate.hold
    least_n = LEAST_SHARE * typical_n
    if candidate.aim_n:
        least_n = min(least_n, ASKED_SHARE * candidate.aim_n)
    return hold.plateau_n >= _shortness(hold) * least_n


def is_train(candidates: Sequence[Candidate], spreads: Spreads) -> bool:
    """Return whether these, TRAIN in number, are too alike and too close to be fidgets."""
    if len(candidates) < TRAIN or not all(map(spreads.is_sharp, candidates)):
        return False
    plateaus = [candidate.hold.plateau_n for candidate in candidates]
    first, last = candidates[0].hold, candidates[-1].hold
    is_alike = max(plateaus) < TRAIN_RATIO * min(plateaus)
    return is_alike and abs(last.start_s - first.start_s) < TRAIN_S


def judge(candidates: Sequence[Candidate], spreads: Spreads) -> tuple[Hold, ...]:
    """Return the candidates that are holds, given all of the recording's."""
    standing = [candidate for candidate in candidates if spreads.stands_out(candidate)]
    if not any(map(spreads.is_clear, standing)) and not _has_train(standing, spreads):
        return ()
    typical_n = typical_plateau_n(candidate.hold for candidate in standing)
    return tuple(candidate.hold for candidate in standing if is_hold(candidate, typical_n))


def _has_train(standing: Sequence[Candidate], spreads: Spreads) -> bool:
    starts = range(len(standing) - TRAIN + 1)
    return any(is_train(standing[start : start + TRAIN], spreads) for start in starts)


def _shortness(hold: Hold) -> float:
    """Return how much more force so short a hold needs; how long a cut one lasted nobody knows."""
    return max(1.0, FIDGET_S / hold.duration_s) if hold.is_finished else 1.0
