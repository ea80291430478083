"""A pad of two cells as packets, and weights on it: what a wizard is tried with."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np

from calibration import Command, Progress, Record, Setup, Weight, weighed
from calibration.progress import Load
from trainer.app.calibrating import Choice, Job, Keeping, Wizard
from trainer.core.packets import CountsPacket, Status, Stream, StreamInfo
from trainer.core.units import Unit

CELLS: Final = ("hallux", "toes")
INFO: Final = StreamInfo(Stream.FORCE, CELLS, Unit.COUNTS)
WEIGHTS: Final = (weighed("1 kg", 1.0, 1.0), weighed("2 kg", 2.0, 1.0), weighed("5 kg", 5.0, 2.0))
LOADS: Final[tuple[Load, ...]] = (("1 kg",), ("1 kg", "2 kg"), ("1 kg", "2 kg", "5 kg"))
SETUP: Final = Setup(CELLS, WEIGHTS, label="pad on the bench")
CHOICE: Final = Choice(LOADS, 2, with_creep=False)
NOW: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)

RATE_HZ: Final = 20.0
FRAME: Final = 20
GAINS: Final = np.array([4000.0, 5000.0])
MIX: Final = np.array([[1.0, 0.02], [0.03, 1.0]])
ZERO: Final = np.array([-30_000.0, 80_000.0])
NOISE: Final = 60.0


class Pad:
    """Answers in straight lines, a frame of a second at a time."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = np.random.default_rng(seed)
        self._frames = 0
        self.force_n = np.zeros(2)

    def put(self, cell: str, weights: Sequence[Weight]) -> None:
        """Leave these weights on a cell and nothing on the other."""
        self.force_n[:] = 0.0
        self.force_n[CELLS.index(cell)] = 9.80665 * sum(weight.mass_kg for weight in weights)

    def frame(self) -> list[CountsPacket]:
        """Return the next second."""
        counts = ZERO + GAINS * (MIX @ self.force_n) + self._rng.normal(0, NOISE, (FRAME, 2))
        period_us = 1e6 / RATE_HZ
        packet = CountsPacket(
            stream=Stream.FORCE,
            seq=self._frames % 2**16,
            tick_us=round(self._frames * FRAME * period_us) % 2**32,
            period_us16=round(16 * period_us),
            dropped_total=0,
            status=Status.OK,
            counts=np.rint(counts).astype(np.int32),
            arrival_s=float(self._frames),
        )
        self._frames += 1
        return [packet]


class Kept:
    """What a wizard hands out to be kept."""

    def __init__(self) -> None:
        self.progress: list[Progress] = []
        self.records: list[Record] = []

    def keeping(self) -> Keeping:
        """Return where a wizard keeps things."""

        def keep(record: Record) -> str:
            self.records.append(record)
            return "kept"

        return Keeping(self.progress.append, keep, lambda: NOW)


def make_wizard(pad: Pad, kept: Kept, job: Job | None = None) -> Wizard:
    """Return a wizard whose weights are put on by the pad's own hand."""
    return Wizard(INFO, job or Job("bench", SETUP, CHOICE), kept.keeping(), pad.put)


def go_on(wizard: Wizard, pad: Pad, most_frames: int = 2000, until: int | None = None) -> None:
    """Say next and let time pass until it is over, or until so many readings are there."""
    for _ in range(most_frames):
        view = wizard.view()
        if view.is_done or (until is not None and view.instruction.number > until):
            return
        if Command.NEXT in wizard.allowed():
            wizard.say(Command.NEXT)
        wizard.take(pad.frame())
    raise AssertionError(f"not over: {wizard.view()}")
