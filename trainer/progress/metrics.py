"""The metrics of the standard circuit: heads, units, which way is better, published errors."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Head(StrEnum):
    """What a metric is shown under."""

    ARCH = "arch resilience"
    TOE_OFF = "toe-off stability"
    TRANSFER = "transfer of force"


class Better(StrEnum):
    """Which way a better result lies."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"
    """It tells something, and there is no better end of it."""


@dataclass(frozen=True, slots=True)
class Published:
    """The spread between people and the reliability that stand in for an own error."""

    sd: float
    """Between people, in the metric's unit."""
    icc_low: float
    icc_high: float
    source: str

    @property
    def sem(self) -> tuple[float, float]:
        """Return the standard errors of measurement at the higher and the lower reliability."""
        return self.sd * (1 - self.icc_high) ** 0.5, self.sd * (1 - self.icc_low) ** 0.5


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric."""

    id: str
    title: str
    unit: str
    head: Head
    better: Better = Better.HIGHER
    published: Published | None = None
    is_proxy: bool = False
    decimals: int = 1
    note: str = ""
    """What a reader must know of it."""


ICC_LOW: Final = 0.80
ICC_HIGH: Final = 0.95
"""Toe dynamometers: .73 to .95 between sessions (IJSPT 2023), .90 to 1.00 on a bench (QuHalEx)."""

_RIDGE: Final = "Ridge 2017 (n = 21), reliability .80 to .95"
_HALLUX: Final = Published(24.5, ICC_LOW, ICC_HIGH, _RIDGE)
_TOES: Final = Published(22.54, ICC_LOW, ICC_HIGH, _RIDGE)
_DOME: Final = Published(47.04, ICC_LOW, ICC_HIGH, _RIDGE)

_PROXY: Final = "A proxy: a watch's or a sensor's figure, not the strike or the economy itself."

_TOGETHER: Final = "Its cell's share of a press of all toes, not of a press of its own."

_ARCH, _TOE_OFF, _TRANSFER = Head.ARCH, Head.TOE_OFF, Head.TRANSFER
_LOWER, _NEITHER = Better.LOWER, Better.NEITHER

_ALL: Final = (
    Metric("onset_rep", "rep of the onset of fatigue", "rep", _ARCH, decimals=0),
    Metric("onset_s", "time to the onset of fatigue", "s", _ARCH),
    Metric(
        "endurance_pct",
        "endurance index",
        "%",
        _ARCH,
        note="Force of the last five curls beside that of the first five.",
    ),
    Metric("squeeze_in_band_s", "squeeze: time in band", "s", _ARCH),
    Metric("squeeze_cv_pct", "squeeze: unsteadiness (CV)", "%", _ARCH, _LOWER),
    Metric("squeeze_decay_pct", "squeeze: decay", "%", _ARCH, _LOWER),
    Metric("hold_in_band_s", "endurance hold: time in band", "s", _ARCH),
    Metric("hold_cv_pct", "endurance hold: unsteadiness (CV)", "%", _ARCH, _LOWER),
    Metric("hold_decay_pct", "endurance hold: decay", "%", _ARCH, _LOWER),
    Metric("mvc_dome_n", "maximal doming", "N", _ARCH, published=_DOME),
    Metric("dome_rise_s", "dome: rise time", "s", _ARCH, _NEITHER, decimals=2),
    Metric(
        "dome_release_n_s",
        "dome: steepest release",
        "N/s",
        _ARCH,
        _LOWER,
        note="Steepest loss of force while the dome is let down.",
    ),
    Metric("medial_excursions", "medial ankle excursions, 30 s", "", _ARCH, _LOWER, decimals=0),
    Metric("sway_cm_s", "one-leg stance: sway speed", "cm/s", _TOE_OFF, _LOWER, decimals=2),
    Metric(
        "frontal_rate_dps",
        "one-leg stance: frontal-plane rate (RMS)",
        "deg/s",
        _TOE_OFF,
        _LOWER,
        decimals=2,
    ),
    Metric("tempo_error_s", "curls: tempo error", "s", _TOE_OFF, _LOWER, decimals=2),
    Metric("tempo_cv_pct", "curls: unevenness of the tempo", "%", _TOE_OFF, _LOWER),
    Metric(
        "smoothness_pct",
        "curls: smoothness",
        "%",
        _TOE_OFF,
        note="100: one rise and one fall, with nothing between.",
    ),
    Metric("compensated_pct", "curls that the calf helped", "%", _TOE_OFF, _LOWER, decimals=0),
    Metric("flexion_pct", "control of flexion", "%", _TOE_OFF, decimals=0),
    Metric("adduction_pct", "control of adduction", "%", _TOE_OFF, decimals=0),
    Metric("abduction_pct", "control of abduction", "%", _TOE_OFF, decimals=0),
    Metric("taps", "foot taps, 30 s", "", _TOE_OFF, decimals=0),
    Metric("tap_cv_pct", "foot taps: unevenness (CV)", "%", _TOE_OFF, _LOWER),
    Metric("tap_slowing_pct", "foot taps: slowing", "%", _TOE_OFF, _LOWER),
    Metric("reaction_s", "reaction time", "s", _TOE_OFF, _LOWER, decimals=3),
    Metric("mvc_n", "maximal press, all toes", "N", _TRANSFER),
    Metric(
        "mvc_hallux_n",
        "maximal press, great toe",
        "N",
        _TRANSFER,
        published=_HALLUX,
        note=_TOGETHER,
    ),
    Metric(
        "mvc_toes_n",
        "maximal press, lesser toes",
        "N",
        _TRANSFER,
        published=_TOES,
        note=_TOGETHER,
    ),
    Metric("rfd_n_s", "rate of force development", "N/s", _TRANSFER, decimals=0),
    Metric("peak_speed_n_s", "steepest rise of force", "N/s", _TRANSFER, decimals=0),
    Metric("tracking_pct", "error against the target", "%", _TRANSFER, _LOWER),
    Metric(
        "left_share_pct",
        "left foot's share of the maximum",
        "%",
        _TRANSFER,
        _NEITHER,
        is_proxy=True,
        note="A proxy of what is shared at push-off.",
    ),
    Metric("ankle_lead_s", "ankle before toes", "s", _TRANSFER, _NEITHER, decimals=2),
    Metric(
        "gct_ms",
        "ground contact time",
        "ms",
        _TRANSFER,
        _NEITHER,
        is_proxy=True,
        decimals=0,
        note=_PROXY,
    ),
    Metric(
        "gct_cv_pct",
        "spread of the contact time",
        "%",
        _TRANSFER,
        _LOWER,
        is_proxy=True,
        note=_PROXY,
    ),
    Metric(
        "gct_balance_pct",
        "left foot's share of the contact time",
        "%",
        _TRANSFER,
        _NEITHER,
        is_proxy=True,
        note=_PROXY,
    ),
    Metric(
        "vertical_ratio_pct",
        "vertical oscillation over step length",
        "%",
        _TRANSFER,
        _NEITHER,
        is_proxy=True,
        note=_PROXY,
    ),
)

METRICS: Final = {metric.id: metric for metric in _ALL}
"""By id, in the order in which they are shown."""
