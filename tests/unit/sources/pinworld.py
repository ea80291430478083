"""A Pi whose pins and buses end at emulated HX711s, in virtual time."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.virtual.i2cchips import EmulatedLsm6dsox, EmulatedNau7802, VirtualI2c, sleeping_in
from trainer.sources.pins.cells import Cells, PinsFaultError
from trainer.sources.pins.emulated import (
    EmulatedClock,
    EmulatedData,
    EmulatedSpi,
    Pauses,
    VirtualTime,
)
from trainer.sources.pins.emulator import Habits, Hx711Chip
from trainer.sources.pins.job import KINDS, Driver, Job
from trainer.sources.pins.lsm6ds import lsm6ds_on
from trainer.sources.pins.nau7802 import nau7802_on
from trainer.sources.pins.pincells import PinCells
from trainer.sources.pins.process import Worker
from trainer.sources.pins.pump import Outlet, Words, pump
from trainer.sources.pins.reader import Reader, Row
from trainer.sources.pins.spicells import SpiCells
from trainer.wire import footwire

NAMES = ("hallux", "toes", "ball", "heel")
_FACTOR = 2654435761
_CODES = 0xFFFFFE


def code_of(cell: int) -> Callable[[int], int]:
    """Return counts that are all different, over the whole range and both signs."""
    return lambda number: (number * _FACTOR + cell * 77_777_777) % _CODES - 0x7FFFFF


def number_of(cell: int, count: int) -> int:
    """Return which conversion of a cell has that count."""
    return (count + 0x7FFFFF - cell * 77_777_777) * pow(_FACTOR, -1, _CODES) % _CODES


@dataclass
class World:
    """Chips, the time they live in, and the driver that reads them."""

    time: VirtualTime
    chips: list[Hx711Chip]
    cells: Cells
    clock: EmulatedClock | None

    def turn(self, reader: Reader) -> Row | None:
        """Wait until it is due, and let the reader look."""
        if self.clock is not None:
            self.clock.place = "before the first edge"
        self.time.wait_until(reader.due_ns())
        return reader.turn()

    def truth(self) -> list[int | None]:
        """Return what the chips shifted out last; None for what was no settled, whole count."""
        return [chip.truth for chip in self.chips]


def make_world(
    driver: Driver,
    habits: Sequence[Habits],
    *,
    seed: int = 1,
    pauses: Pauses | None = None,
    code: Callable[[int], Callable[[int], int]] = code_of,
    operation_ns: int = EmulatedClock.COST_NS,
) -> World:
    """Return a world with one chip for each of the habits."""
    rng = Random(seed)  # noqa: S311 - a seeded simulation
    time = VirtualTime(rng, pauses)
    chips = [Hx711Chip(one, code(cell), rng) for cell, one in enumerate(habits)]
    names = NAMES[: len(chips)]
    if driver is Driver.HX711_SPI:
        spi = SpiCells([EmulatedSpi(chip, time) for chip in chips], names, time.now_ns)
        return World(time, chips, spi, None)
    clock = EmulatedClock(chips, time, operation_ns)
    data = EmulatedData(chips, time, clock)
    return World(time, chips, PinCells(clock, data, names, time.now_ns), clock)


def make_i2c_world(driver: Driver, cells: int, pauses: Pauses | None = None) -> World:
    """Return a world with that many NAU7802 of different paces, or with an LSM6DSOX."""
    time = VirtualTime(Random(1), pauses)  # noqa: S311 - a seeded simulation
    with sleeping_in(time):
        if driver is Driver.LSM6DS:
            imu = EmulatedLsm6dsox(time, lambda number: [number + axis for axis in range(6)])
            return World(time, [], lsm6ds_on(VirtualI2c(time, imu=imu), time.now_ns), None)
        naus = [EmulatedNau7802(time, code_of(cell), 1 - 0.02 * cell) for cell in range(cells)]
        found = nau7802_on(VirtualI2c(time, naus), NAMES[:cells], time.now_ns)
        return World(time, [], found, None)


class VirtualTicker:
    """Virtual time as the pump waits for it, over at some moment."""

    def __init__(self, time: VirtualTime, duration_s: float) -> None:
        self._time = time
        self._end_ns = time.now_ns() + duration_s * 1e9

    @property
    def is_over(self) -> bool:
        return self._time.now_ns() > self._end_ns

    def now_ns(self) -> int:
        return self._time.now_ns()

    def wait_until(self, due_ns: float) -> None:
        self._time.wait_until(due_ns)


@dataclass
class Outcome:
    """What a pump put out."""

    frames: list[bytes] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    status: int = 0


def run_pump(world: World, duration_s: float, kind: int = footwire.FORCE) -> Outcome:
    """Return what a pump makes of a world, with the fault that ended it."""
    outcome = Outcome()

    def take(data: bytes) -> bool:
        outcome.frames.append(data)
        return True

    outlet = Outlet(take, outcome.words.append)
    try:
        pump(kind, world.cells, outlet, VirtualTicker(world.time, duration_s))
        outcome.words.append({"over": 1})
    except PinsFaultError as fault:
        outcome.status = 1
        outcome.words.append({"fault": str(fault), "reason": fault.reason.value})
    return outcome


class FedWorker:
    """A worker that has done its work already."""

    def __init__(self, outcome: Outcome) -> None:
        self.frames = asyncio.StreamReader()
        self.words = asyncio.StreamReader()
        self.frames.feed_data(b"".join(outcome.frames))
        self.frames.feed_eof()
        for words in outcome.words:
            self.words.feed_data(json.dumps(words).encode() + b"\n")
        self.words.feed_eof()
        self._status = outcome.status
        self.ended = 0

    async def end(self) -> int:
        self.ended += 1
        return self._status


@cache
def outcome_of(driver: Driver, cells: int, duration_s: float, habits: Habits) -> Outcome:
    """Return what a pump makes of chips some percent apart in their rates; HX711s have habits."""
    if driver in {Driver.NAU7802, Driver.LSM6DS}:
        return run_pump(make_i2c_world(driver, cells), duration_s, KINDS[driver])
    chips = [
        Habits(habits.rate_hz * (1 - 0.03 * cell), stuck=habits.stuck) for cell in range(cells)
    ]
    return run_pump(make_world(driver, chips), duration_s)


async def start_emulated(job: Job, duration_s: float = 5.0, habits: Habits | None = None) -> Worker:
    """Start the emulated worker of a job, in this process and in no time."""
    return FedWorker(outcome_of(job.driver, len(job.names), duration_s, habits or Habits()))
