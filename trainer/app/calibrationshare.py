"""What the calibration adds to the uncertainty of every newton, and whether it knows the range."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from calibration import Calibration
from calibration.budget import standard_u
from calibration.due import LONGEST
from calibration.model import TWICE
from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold, Uncertainty
from trainer.core.packets import detected_columns
from trainer.detect.measures import RFD_WINDOW_S

SHARES: Final = (0.1, 0.5, 1.0)
"""Of the calibrated range: where U of the detected force is told."""

SHOWN_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Expanded:
    """U, for 95 %, at one detected force."""

    force_n: float
    expanded_n: float


@dataclass(frozen=True, slots=True)
class CalibrationFacts:
    """What a reader of the newtons must know of the calibration behind them."""

    label: str
    made_at: str | None
    is_known: bool
    """Whether it says how sure it is; without, no newton's uncertainty holds its share."""
    range_n: float | None
    """Largest detected force that was calibrated, all its cells loaded; None if not known."""
    expanded: tuple[Expanded, ...]
    """At SHARES of the range, that of a calibration without range at none."""
    share_pct: float | None
    """Standard uncertainty in per cent of the force, where that is all that is known."""
    parts: tuple[tuple[str, float], ...]
    """The largest of its own parts at half of the range, by name, in newtons (k = 1)."""
    is_extrapolated: bool | None
    """Whether a hold went beyond the range; None where the range is not known."""
    is_due: bool | None
    """Whether it was too old when the recording was made; None where no date is known."""


def facts_of(
    calibration: Calibration, holds: Sequence[Hold], recorded_at: datetime | None
) -> CalibrationFacts:
    """Return what is known of a calibration; `holds` are those that were shared out to."""
    budget = calibration.budget
    detected = detected_columns(calibration.channels)
    upper = np.array(budget.upper_n) if budget else np.zeros(0)
    steps = [share * upper for share in SHARES] if budget else []
    pct = calibration.uncertainty_pct
    marks = [hold.is_extrapolated for hold in holds]
    return CalibrationFacts(
        label=calibration.label,
        made_at=calibration.made_at,
        is_known=budget is not None or pct is not None,
        range_n=float(upper[list(detected)].sum()) if budget else None,
        expanded=tuple(_expanded(calibration, step, detected) for step in steps),
        share_pct=None if budget else pct,
        parts=_parts(calibration, upper / 2, detected) if budget else (),
        is_extrapolated=any(marks) if budget else None,
        is_due=_is_due(calibration.made_at, recorded_at),
    )


def tell(facts: CalibrationFacts) -> str:
    """Return what the uncertainties beside the newtons are made of, in one or two sentences."""
    own = "what foot and converter do by themselves beside the hold"
    if not facts.is_known:
        return (
            f"Calibration '{facts.label}': calibration uncertainty not known; \N{PLUS-MINUS SIGN} "
            f"(k = 1) is {own}, and that alone"
        )
    told = f"Calibration '{facts.label}': \N{PLUS-MINUS SIGN} (k = 1) is {own}, and its share"
    if facts.share_pct is not None:
        return f"{told}, {facts.share_pct:g} % of the force"
    steps = ", ".join(f"{one.expanded_n:.2f} N at {one.force_n:.0f} N" for one in facts.expanded)
    parts = ", ".join(f"{name} {u_n:.3f} N" for name, u_n in facts.parts)
    told += f". U of the calibration, for 95 %: {steps}; most of it by {parts} (k = 1, half way)"
    if facts.is_extrapolated:
        told += ". Holds marked as extrapolated went beyond what it was made with"
    return f"{told}. It was too old when this was recorded" if facts.is_due else told


def share_out(holds: Sequence[Hold], calibration: Calibration) -> tuple[Hold, ...]:
    """Return the holds with the calibration's share in `combined`; none where it is not known."""
    if calibration.budget is None and calibration.uncertainty_pct is None:
        return tuple(holds)
    return tuple(_shared(hold, calibration) for hold in holds)


def _shared(hold: Hold, calibration: Calibration) -> Hold:
    detected = list(detected_columns(calibration.channels))
    changes_n = np.array(hold.cell_changes_n)
    toe_n = float(changes_n[detected].sum()) if len(changes_n) else 0.0
    if toe_n <= 0 or hold.plateau_n <= 0:
        return hold

    def u_n(force_n: float) -> float:
        """Return the calibration's share at a detected force, the cells as in the plateau."""
        return _standard_n(calibration, changes_n * (force_n / toe_n), detected)

    own, plateau_u_n = hold.uncertainty, u_n(hold.plateau_n)
    rise_n = abs(hold.rfd_n_s or 0.0) * RFD_WINDOW_S
    loads_n = np.array(hold.cell_rest_n) + changes_n * (hold.peak_n / toe_n)
    return replace(
        hold,
        is_extrapolated=_is_beyond(calibration, loads_n, detected),
        combined=Uncertainty(
            start_s=own.start_s,
            end_s=own.end_s,
            peak_n=_both(own.peak_n, u_n(hold.peak_n)),
            plateau_n=_both(own.plateau_n, plateau_u_n),
            mean_n=_both(own.mean_n, u_n(hold.mean_n)),
            cv_pct=own.cv_pct,
            rfd_n_s=_both(own.rfd_n_s, u_n(rise_n) / RFD_WINDOW_S),
            impulse_n_s=_both(own.impulse_n_s, u_n(hold.mean_n) * hold.duration_s),
            tremor_n=_both(own.tremor_n, plateau_u_n / hold.plateau_n * (hold.tremor_n or 0.0)),
            decrement_pct=own.decrement_pct,
        ),
    )


def _standard_n(calibration: Calibration, cells_n: FloatArray, detected: Sequence[int]) -> float:
    names = [calibration.channels[index] for index in detected]
    if calibration.budget is not None:
        return standard_u(calibration.terms(cells_n, names))
    return (calibration.expanded_sum_n(cells_n, names) or 0.0) / TWICE


def _is_beyond(calibration: Calibration, loads_n: FloatArray, detected: Sequence[int]) -> bool:
    """Return whether a detected cell carries more, rest included, than was ever put on it."""
    if len(loads_n) != len(calibration.channels):
        return False
    return bool(calibration.is_extrapolated(loads_n)[list(detected)].any())


def _expanded(calibration: Calibration, cells_n: FloatArray, detected: Sequence[int]) -> Expanded:
    names = [calibration.channels[index] for index in detected]
    force_n = float(cells_n[list(detected)].sum())
    alone = np.zeros(len(cells_n))
    alone[list(detected)] = cells_n[list(detected)]
    return Expanded(force_n, calibration.expanded_sum_n(alone, names) or 0.0)


def _parts(
    calibration: Calibration, cells_n: FloatArray, detected: Sequence[int]
) -> tuple[tuple[str, float], ...]:
    names = [calibration.channels[index] for index in detected]
    alone = np.zeros(len(cells_n))
    alone[list(detected)] = cells_n[list(detected)]
    squares: dict[str, float] = {}
    for term in calibration.terms(alone, names):
        # Scatter and curve come cell by cell, with its number behind the name.
        name = term.name.rstrip("0123456789 ")
        squares[name] = squares.get(name, 0.0) + term.u_n**2
    ranked = sorted(squares.items(), key=lambda part: part[1], reverse=True)
    return tuple((name, math.sqrt(u2)) for name, u2 in ranked[:SHOWN_PARTS])


def _both(own: float | None, calibration: float) -> float | None:
    return None if own is None else math.hypot(own, calibration)


def _is_due(made_at: str | None, recorded_at: datetime | None) -> bool | None:
    if made_at is None or recorded_at is None:
        return None
    try:
        return recorded_at - datetime.fromisoformat(made_at) > LONGEST
    except (ValueError, TypeError):
        return None
