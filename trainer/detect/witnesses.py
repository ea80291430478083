"""What the witnesses say of one hold: the ankle's excess moment, the heel, the pitch.

Each has a strength: more than 1 speaks for the ankle's work, None cannot tell. A heel that nearly
rises brings the excess's limit down, so that two that nearly speak count together.
"""

import math
from dataclasses import dataclass
from typing import Final

from trainer.core.findings import Compensation, Witness
from trainer.core.hold import Hold
from trainer.detect.cleanpress import LEAST_NM, SURE
from trainer.detect.heelrise import CleanPitch
from trainer.detect.statics import Statics

HEEL_OFF_SHARE: Final = 0.1
"""A heel with less than this share of its rest load has come off."""

HEEL_REST_N: Final = 10.0
"""Least rest load for that: of less, a leg that pulls by 6 N takes half without any calf."""

JUST_OVER: Final = math.nextafter(1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Excess:
    """The ankle moment of one hold beyond the person's clean press."""

    excess_nm: float
    spread_nm: float
    """Standard deviation of clean presses of the same toe moment."""
    limit_nm: float
    evidence: float
    """Log of the odds of a helped press against a clean one."""


def judge_hold(
    hold: Hold, statics: Statics, excess: Excess | None, pitch_deg: float, clean: CleanPitch
) -> Compensation:
    """Return the judgement of one hold; NaN where its pitch is not known."""
    strengths: dict[Witness, float] = {}
    has_pitch = math.isfinite(pitch_deg)
    if has_pitch:
        strengths[Witness.PITCH] = pitch_deg / clean.limit_deg
    if excess is not None:
        by_pitch = clean.evidence(pitch_deg) if has_pitch else 0.0
        by_moment = Witness.MOMENT if statics.has_moment else Witness.HEEL
        strengths[by_moment] = _excess_strength(excess, by_pitch)
    off = _heel_strength(hold, statics, excess)
    if off is not None:
        strengths[Witness.HEEL] = max(off, strengths.get(Witness.HEEL, off))
    strongest = max(strengths, key=lambda witness: strengths[witness], default=None)
    is_compensated = None if strongest is None else strengths[strongest] > 1.0
    shown = excess if statics.has_moment else None
    return Compensation(
        is_compensated=is_compensated,
        witness=strongest if is_compensated else None,
        ankle_excess_nm=None if shown is None else shown.excess_nm,
        ankle_excess_u_nm=None if shown is None else shown.spread_nm,
        pitch_change_deg=pitch_deg if has_pitch else None,
    )


def _excess_strength(excess: Excess, by_pitch: float) -> float:
    """Return the excess as a multiple of its limit, which a heel that nearly rises brings down."""
    strength = excess.excess_nm / excess.limit_nm
    is_odd = excess.excess_nm > max(LEAST_NM, excess.spread_nm)
    if is_odd and by_pitch > 0 and excess.evidence + by_pitch > SURE:
        return max(strength, JUST_OVER)
    return strength


def _heel_strength(hold: Hold, statics: Statics, excess: Excess | None) -> float | None:
    """Return more than 1 for a heel that came off; None where that cannot be seen."""
    if hold.heel_change_n is None or hold.is_saturated or not hold.cell_rest_n:
        return None
    rest_n = statics.heel_of(hold.cell_rest_n)
    if rest_n < HEEL_REST_N:
        return None
    # A leg that is lifted takes ball and heel along: then the ankle moment stays a clean one.
    if statics.has_moment and excess is not None and excess.excess_nm < excess.spread_nm:
        return 0.0
    return -hold.heel_change_n / rest_n / (1 - HEEL_OFF_SHARE)
