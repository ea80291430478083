"""What a set shows beside its holds: taps, pulses, squeezes, reaction times, stance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import assert_never

from trainer.core.events import PulseSeen, SqueezeSeen, StanceSeen, TapSeen, TapsMeasured


@dataclass(slots=True)
class Marks:
    """Kept while the set is on; holds are named by their start."""

    asked: int = 0
    """Presses asked for, each time anew."""
    taps_s: list[float] = field(default_factory=list[float])
    taps: TapsMeasured | None = None
    pulses_s: list[float] = field(default_factory=list[float])
    squeezes: dict[float, SqueezeSeen] = field(default_factory=dict[float, SqueezeSeen])
    reactions_s: dict[float, float] = field(default_factory=dict[float, float])
    stance: StanceSeen | None = None
    loads_n: list[float] = field(default_factory=list[float])
    """What the foot bore in a sequence."""
    beats: int = 0
    """Of a sequence, those under the load that was asked for."""

    def take(self, event: TapSeen | TapsMeasured | PulseSeen | SqueezeSeen, from_s: float) -> None:
        """Take in what was seen since `from_s`, the begin of the set."""
        match event:
            case TapSeen() if event.at_s >= from_s:
                self.taps_s.append(event.at_s)
            case PulseSeen() if event.at_s >= from_s:
                self.pulses_s.append(event.at_s)
            case TapSeen() | PulseSeen():
                pass
            case TapsMeasured():
                self.taps = event
            case SqueezeSeen():
                self.squeezes[event.start_s] = event
            case _:
                assert_never(event)


def beat_error_s(times_s: Sequence[float], beat_s: float) -> float | None:
    """Return the median distance of the intervals from whole beats; None of fewer than two.

    Intervals, for everybody presses a little after the beat; whole beats, for one left out is no
    error of rhythm.
    """
    gaps_s = [b - a for a, b in pairwise(times_s)]
    if len(gaps_s) <= 1:
        return None
    return median(abs(gap_s - beat_s * max(1, round(gap_s / beat_s))) for gap_s in gaps_s)
