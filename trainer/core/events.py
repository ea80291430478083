"""Events: what the stages found. Consumers `match` and end in `assert_never`."""

from dataclasses import dataclass, field
from typing import TypeAlias

from trainer.core.findings import Witness
from trainer.core.hold import Hold


@dataclass(frozen=True, slots=True)
class ContactStarted:
    """Force may stand out of the rest: earlier than the lamp, and more often wrong."""

    at_s: float


@dataclass(frozen=True, slots=True)
class ContactEnded:
    """What was a contact is over, hold or not."""

    at_s: float


@dataclass(frozen=True, slots=True)
class HoldStarted:
    """The lamp: force stands out of the rest; provisional until settled or withdrawn."""

    at_s: float
    """Stamp of the sample that lit the lamp."""
    start_s: float
    """Provisional start of the rise."""
    rest_n: tuple[float, ...] = field(default=(), compare=False)
    """Rest level of each cell and of the detected force, which stays until the hold is over.

    Not compared: its last digits depend on how the signal was cut.
    """


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """The lamp went out; the settled hold follows within half a second."""

    at_s: float


@dataclass(frozen=True, slots=True)
class HoldSettled:
    """A hold with its settled times and measures."""

    at_s: float
    """Stamp of the sample at which it was settled."""
    hold: Hold


@dataclass(frozen=True, slots=True)
class HoldWithdrawn:
    """What lit the lamp turned out to be no hold: a bump, a shift of the rest level, a glitch."""

    at_s: float


@dataclass(frozen=True, slots=True)
class GapFound:
    """More than five periods without a sample, or a clock that stepped back."""

    start_s: float
    """Last stamp before the gap."""
    end_s: float
    """First stamp after it; below `start_s` where the clock stepped back."""


@dataclass(frozen=True, slots=True)
class SamplesLost:
    """Up to five periods were missing and are held."""

    at_s: float
    count: int


@dataclass(frozen=True, slots=True)
class SamplesRejected:
    """Glitches of the converter or lone impossible spikes, held instead."""

    at_s: float
    count: int


@dataclass(frozen=True, slots=True)
class SaturationSeen:
    """A cell reached the end of its converter's range."""

    at_s: float
    channel: str


@dataclass(frozen=True, slots=True)
class FramesDropped:
    """Frames that the node generated and we never received."""

    at_s: float
    count: int


@dataclass(frozen=True, slots=True)
class CompensationSeen:
    """The ankle has been doing the toes' work for a while, in a press that is still on."""

    at_s: float
    witness: Witness
    excess_nm: float | None
    """Ankle moment beyond the clean one; None where another witness spoke."""


@dataclass(frozen=True, slots=True)
class FatigueSeen:
    """The presses of the set have become weaker or less steady than its first ones."""

    at_s: float
    """Stamp at which the hold that showed it was settled."""
    decline_pct: float
    """How far the newest presses are below the set's first ones."""
    is_abrupt: bool


@dataclass(frozen=True, slots=True)
class MarginSeen:
    """How far the set still is from its onset of fatigue."""

    at_s: float
    margin_pct: float
    """100 with no sign of it, 0 where fatigue is told."""


@dataclass(frozen=True, slots=True)
class TapSeen:
    """A tap of the toes, told half a second after it; provisional."""

    at_s: float


@dataclass(frozen=True, slots=True)
class TapsMeasured:
    """The taps of a set, all of them known."""

    at_s: float
    count: int
    cv_pct: float | None
    """Of the intervals."""
    slowing_pct: float | None


@dataclass(frozen=True, slots=True)
class PulseSeen:
    """The force turned down again in a set of slow pulses."""

    at_s: float
    """Middle of the pulse's rise."""


@dataclass(frozen=True, slots=True)
class SqueezeSeen:
    """What a long hold that has just settled was like between its ends."""

    at_s: float
    start_s: float
    """Of the hold."""
    in_band_s: float | None
    decay_pct: float | None


@dataclass(frozen=True, slots=True)
class StanceSeen:
    """How somebody stands on one leg, told four times a second while it is asked for."""

    at_s: float
    is_standing: bool
    stood_s: float
    """Up to now, all stretches together."""
    step_offs: int = 0
    wobble_dps: float | None = None
    """Of the last seconds: root mean square of the turns to the side; None without a sensor."""
    frontal_rate_dps: float | None = None
    """The same over the longest stretch; None before two seconds of it."""
    sway_cm_s: float | None = None
    """Mean speed of the centre of pressure; None where the pad shows none."""
    medial_excursions: int | None = None


@dataclass(frozen=True, slots=True)
class LoadSeen:
    """What all cells bear together, told four times a second while a load is asked for."""

    at_s: float
    load_n: float


Event: TypeAlias = (
    ContactStarted
    | ContactEnded
    | HoldStarted
    | HoldReleased
    | HoldSettled
    | HoldWithdrawn
    | GapFound
    | SamplesLost
    | SamplesRejected
    | SaturationSeen
    | FramesDropped
    | CompensationSeen
    | FatigueSeen
    | MarginSeen
    | TapSeen
    | TapsMeasured
    | PulseSeen
    | SqueezeSeen
    | StanceSeen
    | LoadSeen
)
