"""Findings: what is concluded from holds, from taps and from stance."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Witness(StrEnum):
    """What shows that the ankle did the toes' work."""

    MOMENT = "ankle moment"
    HEEL = "heel unloaded"
    PITCH = "heel rise"


@dataclass(frozen=True, slots=True)
class Compensation:
    """Whether the ankle did the work of one hold; None where the pad cannot tell."""

    is_compensated: bool | None = None
    witness: Witness | None = None
    """The strongest one that spoke; None where none did."""
    ankle_excess_nm: float | None = None
    """Ankle moment minus the clean ratio times the toe moment."""
    ankle_excess_u_nm: float | None = None
    """Its standard uncertainty: the spread of the person's own clean holds."""
    pitch_change_deg: float | None = None
    """Hold minus rest; a heel that rises is positive."""
    is_rigid: bool | None = None
    """High force without any movement of the centre of pressure or of the foot."""
    slip_cm: float | None = None
    """Largest jump of the centre of pressure within the hold."""
    ankle_lead_s: float | None = None
    """By how much the ankle moved before the toes pressed; negative after them."""
    pulses: int | None = None
    """How often the force came back within the hold after it had dropped by a quarter."""


NOT_JUDGED: Final = Compensation()
"""Of a hold that nobody judged, or where the pad cannot tell."""


@dataclass(frozen=True, slots=True)
class Fatigue:
    """What one set shows of fatigue; hold numbers count all holds of the recording from 1."""

    onset_s: float | None
    """Start of the first lowered hold; None without an onset, as the three numbers are."""
    onset_rep: int | None
    onset_rep_low: int | None
    """Bounds of an 80 % interval."""
    onset_rep_high: int | None
    decline_pct: float
    """100 (1 - mean plateau of the last 5 / mean of those before the onset, or of the first 8)."""
    is_abrupt: bool
    """A quarter or more lost within two reps."""


@dataclass(frozen=True, slots=True)
class Squeeze:
    """The longest hold of an arch squeeze."""

    hold: int
    """Its number, from 1."""
    time_in_band_s: float | None
    """Within 10 % of the target; None without one."""
    cv_pct: float | None
    decay_pct: float | None
    """Force lost from the begin of the plateau to its end, from a line."""


@dataclass(frozen=True, slots=True)
class Taps:
    """Foot taps; figures are None where there are too few to tell."""

    count: int
    rate_hz: float | None
    """(count - 1) / (last - first)"""
    interval_cv_pct: float | None
    slowing_pct: float | None
    """100 (1 - rate at the end / at the start), from a line through the rates."""
    times_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sway:
    """Quiet stance: of the centre of pressure, of the inertial sensor, or of both."""

    path_cm: float | None = None
    mean_speed_cm_s: float | None = None
    rms_cm: float | None = None
    ellipse95_cm2: float | None = None
    mean_frequency_hz: float | None = None
    tilt_rate_rms_dps: float | None = None
    medial_excursions: int | None = None
