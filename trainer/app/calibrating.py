"""The wizard: a pad's packets and what a person says become a calibration; no device, no screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import numpy as np

from calibration import (
    Calibration,
    Captured,
    Command,
    Phase,
    Procedure,
    Progress,
    Reading,
    Record,
    Setup,
    State,
    Weight,
    make_record,
)
from calibration.plan import SETTLE_S, Step
from calibration.procedure import Event
from calibration.progress import Load
from calibration.stillness import READ_S, SWING
from calibration.view import View
from trainer.app.counts import CountReader
from trainer.core.arrays import FloatArray
from trainer.core.packets import Packet, StreamInfo

LOOK_S: Final = 1.0
"""Over which the stillness that is shown is taken: a person sees at once what a step does."""

NEWEST_S: Final = 0.25
"""Over which the reading that is shown is averaged."""


class Guide(Protocol):
    """What leads a person through a calibration or a check."""

    def take(self, packets: Sequence[Packet]) -> None:
        """Take the next packets."""
        ...

    def say(self, word: Command) -> None:
        """Do what the person says, where it may be said now."""
        ...

    def allowed(self) -> frozenset[Command]:
        """Return what may be said now; quick, unlike `view`."""
        ...

    def view(self) -> View:
        """Return what there is to see."""
        ...


PutOn = Callable[[str, Sequence[Weight]], None]
"""The hand of a simulated pad: leaves these weights on a cell."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which loads, and how often."""

    loads: tuple[Load, ...]
    cycles: int
    with_creep: bool


@dataclass(frozen=True, slots=True)
class Job:
    """One calibration to be made."""

    pad: str
    setup: Setup
    choice: Choice
    progress: Progress | None = None
    """Of one that was left, or with cells whose readings are kept from the last one."""
    start_s: float = 0.0
    """What the clock of the readings shows when the first sample comes."""
    known: Calibration | None = None
    """The one in use until now: it tells newtons from the first sample on."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where what is read and what comes out of it goes."""

    progress: Callable[[Progress], None]
    record: Callable[[Record], str]
    """Returns where it lies, as one sentence."""
    now: Callable[[], datetime]


class Wizard:
    """Leads through one calibration; every reading is kept as soon as it is there."""

    def __init__(
        self, info: StreamInfo, job: Job, keeping: Keeping, put_on: PutOn | None = None
    ) -> None:
        self._job = job
        self._keeping = keeping
        self._put_on = put_on
        self._reader = CountReader(info, job.start_s)
        self._procedure = Procedure(job.setup, job.progress)
        self._recent = RecentCounts(len(info.channels))
        self._kept = ""
        self._record: Record | None = None
        self._choose()

    def take(self, packets: Sequence[Packet]) -> None:
        """Take the next packets."""
        for time_s, counts in self._reader.read(packets):
            self._recent.push(time_s, counts)
            self._note(self._procedure.feed(time_s, counts))

    def say(self, word: Command) -> None:
        """Do what the person says, where it may be said now."""
        if word not in self.allowed():
            return
        if self._procedure.fitted is not None and word is Command.NEXT:
            assert self._record is not None
            self._kept = self._keeping.record(self._record)
            return
        step = self._procedure.instruction().step
        if word is Command.NEXT and step is not None and self._put_on is not None:
            names = {weight.name: weight for weight in self._job.setup.weights}
            self._put_on(step.place, [names[name] for name in step.weights])
        self._note(self._procedure.command(word))
        self._choose()
        self._keeping.progress(self._procedure.progress)

    def allowed(self) -> frozenset[Command]:
        """Return what may be said now; a calibration that is done waits to be kept."""
        if self._kept:
            return frozenset()
        keep = frozenset({Command.NEXT} if self._procedure.fitted else ())
        return keep | (self._procedure.commands() - {Command.ABORT, Command.RESUME})

    def view(self) -> View:
        """Return what there is to see."""
        said = self._procedure.instruction()
        live_n, expanded_n = self._live_n(said.live_counts)
        whole_s = READ_S + (said.step.wait_s if said.step else SETTLE_S)
        is_reading = said.state is State.READ
        return View(
            instruction=said,
            cells=self._job.setup.cells,
            live_n=live_n,
            expanded_n=expanded_n,
            stillness=self._recent.stillness(),
            read_share=max(0.0, 1 - said.remaining_s / whole_s) if is_reading else 0.0,
            allowed=self.allowed(),
            record=self._record,
            result=self._kept,
            is_done=bool(self._kept),
        )

    def _choose(self) -> None:
        """Take the loads that were ordered, at the start and where they must be read anew."""
        if self._procedure.instruction().state is State.CHOOSE:
            choice = self._job.choice
            self._note(
                self._procedure.choose(choice.loads, choice.cycles, with_creep=choice.with_creep)
            )
        self._settle()

    def _note(self, events: Sequence[Event]) -> None:
        if any(isinstance(event, Captured) for event in events):
            self._keeping.progress(self._procedure.progress)
        if events:
            self._settle()

    def _settle(self) -> None:
        """Make the record as soon as the readings give one; none where they no longer do."""
        if self._procedure.fitted is None:
            self._record = None
        elif self._record is None:
            job, readings = self._job, self._procedure.progress.readings()
            self._record = make_record(job.pad, self._keeping.now(), job.setup, readings)

    def _live_n(
        self, above: tuple[float, ...]
    ) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
        """Return newtons and their U, by the fit, else by the last one, else a guess."""
        cells = self._job.setup.cells
        nothing: tuple[None, ...] = (None,) * len(cells)
        if not above:
            return nothing, nothing
        known = self._record.calibration if self._record else self._job.known
        if known is None:
            readings = self._procedure.progress.readings()
            gains = [rough_gain(self._job.setup, readings, cell) for cell in cells]
            guess = (x / gain if gain else None for x, gain in zip(above, gains, strict=True))
            return tuple(guess), nothing
        force_n = known.matrix() @ np.array(above)
        expanded_n = known.expanded_n(force_n)
        told = nothing if expanded_n is None else tuple(float(value) for value in expanded_n)
        return tuple(float(value) for value in force_n), told


class RecentCounts:
    """The last second of counts, and how still it is."""

    def __init__(self, channels: int) -> None:
        self._time = np.empty(0)
        self._counts: FloatArray = np.empty((0, channels))

    def push(self, time_s: FloatArray, counts: FloatArray) -> None:
        """Take the next samples."""
        self._time = np.concatenate([self._time, time_s])
        self._counts = np.concatenate([self._counts, counts])
        kept = self._time > self._time[-1] - LOOK_S
        self._time, self._counts = self._time[kept], self._counts[kept]

    def newest(self) -> FloatArray | None:
        """Return the mean (channel,) counts of the last quarter second; None before the first."""
        if not len(self._counts):
            return None
        return np.asarray(self._counts[self._time > self._time[-1] - NEWEST_S].mean(axis=0))

    def stillness(self) -> float:
        """Return 1 where the scatter is that of noise from sample to sample, else towards 0."""
        if len(self._counts) < 3:  # noqa: PLR2004 - two differences at least
            return 0.0
        noise = np.sqrt((np.diff(self._counts, axis=0) ** 2).mean(axis=0) / 2)
        ratio = float((self._counts.std(axis=0) / np.maximum(noise, 1.0)).max())
        return min(1.0, SWING / max(ratio, 1e-9))


def rough_gain(setup: Setup, readings: Sequence[Reading], cell: str) -> float | None:
    """Return counts per newton of one cell by what was read so far; None before that."""
    own = setup.cells.index(cell)
    masses = {weight.name: weight.mass_kg for weight in setup.weights}
    zero: float | None = None
    slopes: list[float] = []
    for reading in readings:
        if reading.place != cell:
            continue
        if reading.phase is Phase.UNLOADED:
            zero = reading.mean_counts[own]
        elif zero is not None and reading.weights:
            force_n = setup.gravity.value_ms2 * sum(masses[name] for name in reading.weights)
            slopes.append((reading.mean_counts[own] - zero) / force_n)
    return float(np.median(slopes)) if slopes else None


def kept_readings(record: Record, cells: Sequence[str]) -> Progress:
    """Return the progress in which all is there but what `cells` give: they are read anew."""
    choice = choice_of(record)
    start = Progress(record.setup.cells).chosen(
        choice.loads, choice.cycles, with_creep=choice.with_creep
    )
    known: dict[tuple[object, ...], list[Reading]] = {}
    for reading in record.readings:
        known.setdefault(_key(reading), []).append(reading)
    for index, step in enumerate(start.plan()):
        # Both unloaded readings of a cycle have one key: they come in their order.
        found = known.get(_key(step), [])
        if step.place not in cells and found:
            start = start.with_outcome(index, found.pop(0))
    return start


def choice_of(record: Record) -> Choice:
    """Return the loads of a calibration, lightest first."""
    masses = {weight.name: weight.mass_kg for weight in record.setup.weights}
    loads = {reading.weights for reading in record.readings if reading.weights}
    return Choice(
        tuple(sorted(loads, key=lambda load: sum(masses[name] for name in load))),
        max(reading.cycle for reading in record.readings),
        any(reading.phase is Phase.CREEP for reading in record.readings),
    )


def _key(one: Reading | Step) -> tuple[object, ...]:
    return one.place, one.weights, one.phase, one.cycle
