"""A person who does what a guided calibration says, with a pad that answers in straight lines."""

from typing import Final

import numpy as np
import numpy.typing as npt

from calibration import Command, Procedure, Setup, State, weighed
from calibration.plan import Step
from calibration.procedure import Event

Array = npt.NDArray[np.float64]

RATE_HZ: Final = 10.0
NOISE: Final = 60.0
GAINS: Final = np.array([4000.0, 5000.0])
MIX: Final = np.array([[1.0, 0.02], [0.03, 1.0]])
ZERO: Final = np.array([-30_000.0, 80_000.0])
SETUP: Final = Setup(
    ("hallux", "toes"),
    (weighed("1 kg", 1.0, 1.0), weighed("2 kg", 2.0, 1.0), weighed("5 kg", 5.0, 2.0)),
    full_scale_counts=1_000_000,
)
LOADS: Final = (("1 kg",), ("2 kg",), ("5 kg",))


class Person:
    """Acts on one instruction at a time; the clock is the samples'."""

    def __init__(self, setup: Setup = SETUP, seed: int = 1) -> None:
        self.setup, self.seed = setup, seed
        self.blocks = 0
        self.force_n = np.zeros(len(setup.cells))
        self.mistaken: dict[tuple[str, int], float] = {}
        """Masses that are put on once in place of the right ones, by load and cycle."""

    def act(self, procedure: Procedure) -> tuple[Event, ...]:
        """Do what is said now."""
        said = procedure.instruction()
        match said.state:
            case State.CHOOSE:
                return procedure.choose(LOADS, 2, with_creep=False)
            case State.PLACE:
                assert said.step is not None
                self.load(said.step)
                return procedure.command(Command.NEXT)
            case State.READ:
                return procedure.feed(*self.block())
            case State.REFUSED:
                return procedure.command(Command.NEXT)
            case State.ABORTED:
                return procedure.command(Command.RESUME)
            case State.FINISHED:
                return ()

    def finish(self, procedure: Procedure, most: int = 3000) -> int:
        """Act until the calibration is finished; return after how many acts."""
        for count in range(most):
            if procedure.instruction().state is State.FINISHED:
                return count
            self.act(procedure)
        raise AssertionError(f"not finished: {procedure.instruction()}")

    def load(self, step: Step) -> None:
        """Put the weights of a step on the pad."""
        masses = {weight.name: weight.mass_kg for weight in self.setup.weights}
        mass_kg = sum(masses[name] for name in step.weights)
        mass_kg = self.mistaken.pop(("+".join(step.weights), step.cycle), mass_kg)
        self.force_n[:] = 0.0
        self.force_n[self.setup.cells.index(step.place)] = 9.80665 * mass_kg

    def block(self, seconds: float = 6.0) -> tuple[Array, Array]:
        """Return the next samples; the same ones in every run with the same seed."""
        count = round(seconds * RATE_HZ)
        rng = np.random.default_rng((self.seed, self.blocks))
        time_s = (self.blocks * count + np.arange(count)) / RATE_HZ
        self.blocks += 1
        still = ZERO + GAINS * (MIX @ self.force_n)
        return time_s, still + rng.normal(0, NOISE, (count, len(still)))
