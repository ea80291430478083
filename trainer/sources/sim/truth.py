"""What really happened: the simulated foot's own record, apart from any detector.

Times are on the clock of the stamps: the device's, from when its first sample was ready. The middle
of that sample's conversion lies two periods earlier.
"""

from dataclasses import dataclass
from enum import StrEnum

from trainer.core.cues import Side


class Purpose(StrEnum):
    """Why the foot pressed."""

    REP = "rep"
    MAX = "maximal press"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class PressTruth:
    """One press of the toes; forces are those of hallux and toes together."""

    start_s: float
    """Where the voluntary force rises through half of its plateau."""
    end_s: float
    """Where it falls through it; the time of asking while the press goes on."""
    plateau_n: float
    """Median of the voluntary force over the middle half of the press."""
    purpose: Purpose
    side: Side
    set_number: int
    """0 outside sets."""
    is_compensated: bool
    extra_moment_nm: float
    """What the calf adds about the ankle at the plateau."""
    is_early: bool
    """Begun before its cue."""
    is_late: bool
    is_weak: bool
    is_short: bool
    """Let go before the intended end."""
    is_lowered: bool
    """At or after the fatigue onset of its set."""
    is_finished: bool


@dataclass(frozen=True, slots=True)
class SetTruth:
    """One set: its presses in the list of all, and where fatigue set in."""

    set_number: int
    side: Side
    first_press: int
    """Index into the presses, counted from 1 over the whole stream."""
    last_press: int
    onset_press: int | None
    """The first lowered press, counted the same way; None where the set stayed fresh."""
    decline_per_rep: float


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Something that the foot did unasked."""

    kind: str
    """fidget, shift, resettle, stamp, foot off, foot on"""
    start_s: float
    end_s: float
    toe_n: float
    """Largest change of hallux and toes together; of the cell itself for a stamp."""


@dataclass(frozen=True, slots=True)
class FaultCounts:
    """What converter, node and link did wrong, in what was delivered or in place of it."""

    samples: int = 0
    """Delivered, each once."""
    lost_frames: int = 0
    lost_samples: int = 0
    """Those of lost frames and those that were never fetched."""
    gaps: int = 0
    """Jumps of more than five periods between delivered samples."""
    duplicates: int = 0
    glitches: int = 0
    spikes: int = 0
    saturated: int = 0
    """Samples with a cell at an end of its range, glitches not counted."""


@dataclass(frozen=True, slots=True)
class Truth:
    """All that the simulator knows of what it has delivered so far."""

    presses: tuple[PressTruth, ...]
    sets: tuple[SetTruth, ...]
    disturbances: tuple[Disturbance, ...]
    faults: FaultCounts
