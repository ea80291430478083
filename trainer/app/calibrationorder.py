"""What a person ordered to be calibrated, and the weights and the gravity that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from calibration import ANYWHERE, Gravity, MassClass, Weight, gravity_at, of_class, weighed
from trainer.core.errors import UsageError

SIM: Final = "sim"
SIM_KG: Final = (1.0, 2.0, 5.0)
SIM_LIMIT_G: Final = 1.0
"""Of the simulated hand's weights, whose errors have an sd of a tenth of a gram per kilogram."""
LEAST_WEIGHTS: Final = 3
"""Fewer do not show whether the line is straight."""


@dataclass(frozen=True, slots=True)
class CalibrateOrder:
    """What a person ordered."""

    source: str = SIM
    masses_kg: tuple[float, ...] = ()
    limit_g: float | None = None
    """How well the weights are known, all alike."""
    mass_class: str | None = None
    """OIML class of the weights, in place of `limit_g`."""
    cycles: int = 2
    with_creep: bool = True
    cells: tuple[str, ...] = ()
    """Read anew; the others keep the readings of the last calibration. Empty for all."""
    is_resumed: bool = False
    is_like_last: bool = False
    """With the weights, gravity and loads of this pad's last calibration, where there is one."""
    check_kg: float | None = None
    latitude_deg: float | None = None
    height_m: float = 0.0
    speed: float | None = 1.0
    seed: int = 1
    screen: str = "auto"

    @property
    def is_simulated(self) -> bool:
        """Return whether a simulated hand puts the weights on."""
        return self.source == SIM

    def gravity(self) -> Gravity:
        """Return gravity at the place that was named, or anywhere. Raises CalibrationError."""
        if self.latitude_deg is None:
            return ANYWHERE
        return gravity_at(self.latitude_deg, self.height_m)

    def weights(self) -> tuple[Weight, ...]:
        """Return the weights, lightest first. Raises UsageError, CalibrationError."""
        masses_kg = self.masses_kg or (SIM_KG if self.is_simulated else ())
        if len(masses_kg) < LEAST_WEIGHTS:
            told = ", ".join(f"{mass:g}" for mass in masses_kg) or "none"
            raise UsageError(
                f"--weights: {told}; expected {LEAST_WEIGHTS} or more masses in kg, as in "
                "--weights 1,2,5. Fewer do not show whether the line is straight."
            )
        return self.known_as(tuple(sorted(masses_kg)))

    def known_as(self, masses_kg: tuple[float, ...]) -> tuple[Weight, ...]:
        """Return weights of these masses, known as well as it was said. Raises UsageError."""
        names = _names(masses_kg)
        if self.mass_class is not None:
            grade = MassClass(self.mass_class)
            return tuple(of_class(n, m, grade) for n, m in zip(names, masses_kg, strict=True))
        limit_g = self.limit_g
        if limit_g is None and not self.is_simulated:
            raise UsageError(
                "--weigh-tolerance: how well the weights are known is not said. Give it, as in "
                "--weigh-tolerance 5g for a kitchen scale that is right within 5 g, or --class M1 "
                "for weights of an OIML class."
            )
        told_g = SIM_LIMIT_G if limit_g is None else limit_g
        return tuple(weighed(n, m, told_g) for n, m in zip(names, masses_kg, strict=True))


def _names(masses_kg: Sequence[float]) -> list[str]:
    """Return a name for each weight; equal masses are told apart by a number."""
    names: list[str] = []
    for number, mass_kg in enumerate(masses_kg):
        twins = list(masses_kg[:number]).count(mass_kg)
        names.append(f"{mass_kg:g} kg" + (f" ({twins + 1})" if twins else ""))
    return names
