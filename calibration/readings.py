"""What a calibration is made from: readings of a still pad, and what is known beside them."""

from dataclasses import dataclass
from enum import StrEnum

from calibration.gravity import ANYWHERE, Gravity
from calibration.weights import Weight


class Phase(StrEnum):
    """What a reading is for."""

    PRELOAD = "preload"
    """The heaviest load once, so that the cell has moved before it is measured; not used."""
    UNLOADED = "unloaded"
    UP = "up"
    DOWN = "down"
    CREEP = "creep"
    """The same load again, minutes after it was put on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Counts of all cells while one load stood still on one cell."""

    place: str
    """Name of the cell that carries the load."""
    weights: tuple[str, ...]
    """Names of the weights on it; none for an unloaded reading."""
    phase: Phase
    cycle: int
    """Number of the run up and down on this cell, from 1."""
    at_s: float
    """Middle of the reading, on one clock for all readings of a cycle."""
    duration_s: float
    mean_counts: tuple[float, ...]
    """Per cell."""
    spread_counts: tuple[float, ...]
    """Standard deviation of single samples, per cell."""
    temperature_c: float | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What is known of pad, weights and place before the first reading."""

    cells: tuple[str, ...]
    """In the order of the counts."""
    weights: tuple[Weight, ...]
    gravity: Gravity = ANYWHERE
    common_mass_pct: float = 0.0
    """Limit of an error that all weights share, as that of the scale they were weighed on."""
    span_pct_per_k: float = 0.02
    """Limit of the gain's change per kelvin; that of cheap cells, our choice."""
    away_k: float = 5.0
    """How far the temperature in use may lie from that of the calibration, either way."""
    creep_pct: float = 0.05
    """Limit of creep while a load stays, for cells without a reading of it (data sheets)."""
    full_scale_counts: int = 0x7FFFFF
    """Largest count of the converter."""
    label: str = "calibrated"
