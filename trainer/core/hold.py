"""A hold: one settled press with its measures, and how sure each of them is."""

import math
from dataclasses import dataclass, field
from typing import Final

from trainer.core.findings import NOT_JUDGED, Compensation

COURSE_SLOT_S: Final = 0.05
"""Four samples at 80 Hz: times of a rise to a hundredth, jumps within a tenth of a second."""

COURSE_BEFORE_S: Final = 1.0
"""An ankle that helps moves within this before the toes press, or it did something else."""

COURSE_SLOTS: Final = 140
"""Six seconds of a hold: the course of a longer one is told by its begin."""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Standard uncertainties (k = 1) of a hold's measures; None where none can be given."""

    start_s: float | None = None
    end_s: float | None = None
    peak_n: float | None = None
    plateau_n: float | None = None
    mean_n: float | None = None
    cv_pct: float | None = None
    rfd_n_s: float | None = None
    impulse_n_s: float | None = None
    tremor_n: float | None = None
    decrement_pct: float | None = None

    @property
    def duration_s(self) -> float | None:
        """Return that of the time between the crossings in seconds."""
        known = self.start_s is not None and self.end_s is not None
        return math.hypot(self.start_s or 0.0, self.end_s or 0.0) if known else None


UNKNOWN: Final = Uncertainty()
"""Of a hold whose measures were not weighed."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A pressed excursion between its half-plateau crossings; forces are relative to rest."""

    start_s: float
    """Rising crossing of half the plateau, interpolated, on the recording's clock."""
    end_s: float
    """Falling crossing; the last stamp before the cut where `is_finished` is false."""
    peak_n: float
    plateau_n: float
    """Median of the middle half of the hold."""
    mean_n: float
    cv_pct: float | None
    """Coefficient of variation of the middle half after a linear detrend."""
    rfd_n_s: float | None
    """Rate of force development over 0-200 ms from the start of the rise."""
    impulse_n_s: float
    best_half_second_n: float | None
    """Highest 0.5 s mean: the figure a maximal press (MVC) is taken from."""
    tremor_n: float | None
    """RMS of the 4-12 Hz band in the middle half."""
    heel_change_n: float | None
    """Heel cell, hold minus rest, unloading negative; None without a heel cell."""
    trunk_push_n: float | None
    """Summed change of all cells; None with a single cell."""
    is_finished: bool
    """False where a gap or the end of the recording cut it off."""
    is_saturated: bool
    """A sample was at the end of the converter's range: never a rep."""
    lost_samples: int
    """Samples of the hold that were lost and held."""
    rest_n: float
    """Rest level at the start of the hold, in the calibrated force of the detected channel."""
    decrement_pct: float | None = None
    """100 (1 - mean of the last fifth of the plateau / mean of its first fifth)."""
    uncertainty: Uncertainty = UNKNOWN
    """By the unrest of foot and converter beside the hold; what the calibration adds is not in."""
    combined: Uncertainty = UNKNOWN
    """The same with the calibration's share; UNKNOWN where the calibration does not tell it."""
    is_extrapolated: bool = False
    """A detected cell carried more, its rest load included, than it was calibrated with."""
    cell_changes_n: tuple[float, ...] = ()
    """Each cell's median over the middle half minus its rest, in the order of the channels."""
    cell_rest_n: tuple[float, ...] = ()
    """Each cell's calibrated rest beside the hold: its load without the press."""
    course_n: tuple[tuple[float, ...], ...] = field(default=(), repr=False)
    """Mean calibrated force of every cell in slots of COURSE_SLOT_S, from COURSE_BEFORE_S before
    the start up to the end, as far as the samples reach and COURSE_SLOTS at most."""
    compensation: Compensation = NOT_JUDGED
    """Whether the ankle did the toes' work, as far as was known when the hold was judged."""

    @property
    def shown_uncertainty(self) -> Uncertainty:
        """Return what stands beside the measures: with the calibration's share where known."""
        return self.uncertainty if self.combined == UNKNOWN else self.combined

    @property
    def duration_s(self) -> float:
        """Return the time between the half-plateau crossings in seconds."""
        return self.end_s - self.start_s
