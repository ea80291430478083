"""Whether a device has lost resistance since it was measured before, beyond what is uncertain."""

import math
from dataclasses import dataclass
from typing import Final

from scipy.stats import t as student

from trainer.core.diary.devices import Characteristic
from trainer.devices.stiffness import CONFIDENCE

SAME_STRETCH_MM: Final = 0.5
"""The ruler's own uncertainty: middles nearer than this are the same stretch."""


@dataclass(frozen=True, slots=True)
class Wear:
    """What changed from an earlier characteristic to a later one, in percent of the earlier."""

    loss_pct: float
    """Above 0: it has become softer."""
    u_pct: float
    """Expanded, 95 %, of both measurements together."""
    by: str
    """`force` at the same stretch, or `stiffness` where the stretches differ."""

    @property
    def has_lost(self) -> bool:
        """Return whether the loss is beyond the combined uncertainty."""
        return self.loss_pct > self.u_pct


def wear(before: Characteristic, now: Characteristic) -> Wear:
    """Return the wear between two characteristics of one device at one tension."""
    # The force at a stretch also sees a band that became longer but not softer.
    is_same = abs(before.stretch_mm - now.stretch_mm) <= SAME_STRETCH_MM
    if is_same:
        first, first_u = before.force_n, before.force_u_n
        last, last_u = now.force_n, now.force_u_n
    else:
        first, first_u = before.stiffness_n_mm, before.stiffness_u_n_mm
        last, last_u = now.stiffness_n_mm, now.stiffness_u_n_mm
    u = math.hypot(first_u, last_u)
    freedom = _freedom((first_u, before.steps - 2), (last_u, now.steps - 2))
    factor = float(student.ppf((1 + CONFIDENCE) / 2, freedom))
    scale = 100 / abs(first)
    return Wear((first - last) * scale, factor * u * scale, "force" if is_same else "stiffness")


def _freedom(*parts: tuple[float, int]) -> float:
    """Return the effective degrees of freedom (GUM, JCGM 100:2008, G.4.1, Welch-Satterthwaite)."""
    below = sum(u**4 / freedom for u, freedom in parts)
    total = sum(u**2 for u, _ in parts) ** 2
    return total / below if below > 0 else float(min(freedom for _, freedom in parts))
