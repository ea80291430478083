"""The guided calibration without any device: samples and commands in, instructions out.

state     command  to
--------  -------  -------------------------------------------------------------------
CHOOSE    choose   PLACE
PLACE     next     READ
PLACE     skip     PLACE, or as after the last reading
READ      samples  PLACE; READ for a load that stays; after the last: FINISHED or REFUSED
READ      undo     PLACE of the same step
READ      skip     as PLACE
REFUSED   next     PLACE of the first step to repeat; CHOOSE where the loads were at fault
ABORTED   resume   where it was left
any       undo     before the last reading, skip, choice or repeat, if there was one
any       redo     after it, if it was undone
any       abort    ABORTED; all but FINISHED and ABORTED

Time is the samples' own. Any cutting of the samples gives the same readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from calibration.budget import FloatArray
from calibration.errors import CalibrationError, RefusedError
from calibration.fit import Fitted, fit
from calibration.instruction import Instruction, State, placing_text, reading_text
from calibration.plan import CYCLES, Step
from calibration.progress import Load, Open, Progress
from calibration.readings import Phase, Reading, Setup
from calibration.stillness import LOOK_S, Rest, Stretch, Unrest
from calibration.texts import noted, tr
from calibration.watch import Watch


class Command(StrEnum):
    """What a person may say, besides choosing loads."""

    NEXT = "next"
    SKIP = "skip"
    UNDO = "undo"
    REDO = "redo"
    ABORT = "abort"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Captured:
    """A load was read."""

    step: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Finished:
    """All readings are there and make a calibration."""

    fitted: Fitted


@dataclass(frozen=True, slots=True)
class Refused:
    """All readings are there and make none."""

    error: RefusedError
    steps: tuple[int, ...]
    """To repeat; none where other loads must be chosen."""


Event: TypeAlias = Captured | Finished | Refused


class Procedure:
    """One guided calibration; rules above."""

    def __init__(self, setup: Setup, progress: Progress | None = None) -> None:
        """Start anew, or where a stored progress was left."""
        self.setup = setup
        self._progress = progress or Progress(setup.cells)
        if self._progress.cells != setup.cells:
            raise CalibrationError(
                f"The stored calibration is of cells {', '.join(self._progress.cells)}; this pad "
                f"has {', '.join(setup.cells)}. Start a new one."
            )
        self._past: list[Progress] = []
        self._future: list[Progress] = []
        self._outcome: Finished | Refused | None = None
        self._state = State.CHOOSE
        self._watch: Watch | None = None
        """Where a load is read."""
        self._live: tuple[float, ...] = ()
        self._temperature_c: float | None = None
        self._arrive()

    @property
    def progress(self) -> Progress:
        """Return how far it has come: what to store, to take it up again."""
        return self._progress

    @property
    def fitted(self) -> Fitted | None:
        """Return the calibration; None before it is finished."""
        return self._outcome.fitted if isinstance(self._outcome, Finished) else None

    def commands(self) -> frozenset[Command]:
        """Return what may be said now; loads are chosen where the state is CHOOSE."""
        allowed = set(_ALLOWED[self._state])
        if self._state is not State.ABORTED:
            if self._past or self._state is State.READ:
                allowed.add(Command.UNDO)
            if self._future:
                allowed.add(Command.REDO)
        return frozenset(allowed)

    def choose(
        self, loads: Sequence[Load], cycles: int = CYCLES, *, with_creep: bool = True
    ) -> tuple[Event, ...]:
        """Take the loads, in any order, and how often to go up and down."""
        if self._state is not State.CHOOSE:
            raise CalibrationError(
                f"Loads cannot be chosen while the calibration is in '{self._state}'. Undo first, "
                "or start a new one."
            )
        masses = {weight.name: weight.mass_kg for weight in self.setup.weights}
        unknown = [name for load in loads for name in load if name not in masses]
        if unknown or not loads or not all(loads) or cycles < 1:
            raise CalibrationError(
                f"Loads {list(loads)}, {cycles} cycles: expected at least one load of weights "
                f"named {', '.join(masses)}, and one cycle. Choose again."
            )
        ordered = sorted(loads, key=lambda load: sum(masses[name] for name in load))
        self._settle(self._progress.chosen(tuple(ordered), cycles, with_creep=with_creep))
        return self._arrive()

    def command(self, said: Command) -> tuple[Event, ...]:
        """Do what a person says. Raises CalibrationError where it cannot be done now."""
        if said not in self.commands():
            raise CalibrationError(
                f"'{said}' is not possible while the calibration is in '{self._state}'; possible: "
                f"{', '.join(sorted(self.commands())) or 'choosing loads'}."
            )
        match said:
            case Command.NEXT:
                return self._go_on()
            case Command.SKIP:
                self._settle(self._progress.with_outcome(self._step_index(), Open.SKIPPED))
            case Command.UNDO:
                if self._state is not State.READ:
                    self._future.append(self._progress)
                    self._progress = self._past.pop()
            case Command.REDO:
                self._past.append(self._progress)
                self._progress = self._future.pop()
            case Command.ABORT:
                self._state, self._watch = State.ABORTED, None
                return ()
            case Command.RESUME:
                pass
        return self._arrive()

    def feed(
        self, time_s: FloatArray, counts: FloatArray, temperature_c: float | None = None
    ) -> tuple[Event, ...]:
        """Take (n,) times and (n, channel) counts; return what came of them."""
        if len(time_s) == 0:
            return ()
        self._temperature_c = temperature_c if temperature_c is not None else self._temperature_c
        recent = counts[time_s > time_s[-1] - LOOK_S]
        self._live = tuple(float(value) for value in recent.mean(axis=0))
        if self._state is not State.READ:
            return ()
        return self._read(time_s, counts)

    def instruction(self) -> Instruction:
        """Return what to do now."""
        plan = self._progress.plan()
        index = self._progress.next_step()
        step = plan[index] if index is not None else None
        stretch = self._watch.last if self._watch else None
        unrest = stretch.unrest if stretch else None
        cell = self.setup.cells[stretch.channel] if stretch and unrest else ""
        remaining_s = self._watch.remaining_s() if self._watch else 0.0
        rest = self._rest()
        zero = rest[0] if rest else (0.0,) * len(self._live)
        return Instruction(
            state=self._state,
            text=self._text(step, remaining_s, unrest, cell),
            number=sum(known is not Open.MISSING for known in self._progress.done)
            + (index is not None),
            total=len(plan),
            step=step if self._state in (State.PLACE, State.READ) else None,
            live_counts=tuple(a - b for a, b in zip(self._live, zero, strict=bool(self._live))),
            remaining_s=remaining_s,
            unrest=unrest,
            unrest_cell=cell,
        )

    def _text(self, step: Step | None, remaining_s: float, unrest: Unrest | None, cell: str) -> str:
        if isinstance(self._outcome, Refused) and self._state is State.REFUSED:
            again = (
                tr("Then say next to repeat it.")
                if self._outcome.steps
                else tr("Then say next to choose again.")
            )
            return f"{self._outcome.error} {again}"
        if step is not None and self._state is State.PLACE:
            return placing_text(step)
        if step is not None and self._state is State.READ:
            return reading_text(step, remaining_s, unrest, cell)
        return tr(_TEXTS[self._state])

    def _settle(self, progress: Progress) -> None:
        """Take a new progress that can be undone."""
        self._past.append(self._progress)
        self._future.clear()
        self._progress = progress

    def _arrive(self) -> tuple[Event, ...]:
        """Enter the state that the progress asks for."""
        self._watch = None
        self._outcome = None
        if not self._progress.loads:
            self._state = State.CHOOSE
            return ()
        if self._progress.next_step() is not None:
            self._state = State.PLACE
            return ()
        try:
            self._outcome = Finished(fit(self.setup, self._progress.readings()))
            self._state = State.FINISHED
        except RefusedError as error:
            self._outcome = Refused(error, self._to_repeat(error))
            self._state = State.REFUSED
        return (self._outcome,)

    def _go_on(self) -> tuple[Event, ...]:
        if self._state is State.PLACE:
            self._state = State.READ
            self._watch = Watch(len(self.setup.cells), self._step().wait_s)
            return ()
        steps = self._outcome.steps if isinstance(self._outcome, Refused) else ()
        start = Progress(self.setup.cells)
        self._settle(self._progress.without(steps) if steps else start)
        return self._arrive()

    def _to_repeat(self, error: RefusedError) -> tuple[int, ...]:
        """Return the steps of the cycles that the bad readings are in: the zero is theirs too."""
        plan, steps = self._progress.plan(), self._progress.steps_of_readings()
        bad = {(plan[i].place, plan[i].cycle) for i in (steps[index] for index in error.readings)}
        skipped = [i for i, known in enumerate(self._progress.done) if known is Open.SKIPPED]
        if not bad:
            bad = {(plan[i].place, plan[i].cycle) for i in skipped}
        return tuple(i for i, step in enumerate(plan) if (step.place, step.cycle) in bad)

    def _read(self, time_s: FloatArray, counts: FloatArray) -> tuple[Event, ...]:
        watch = self._watch
        assert watch is not None
        found_s = watch.push(time_s, counts, self._rest(), self.setup.full_scale_counts)
        if found_s is None or watch.last is None:
            return ()
        return self._capture(watch, watch.last, found_s)

    def _capture(self, watch: Watch, stretch: Stretch, time_s: FloatArray) -> tuple[Event, ...]:
        index, step = self._step_index(), self._step()
        reading = Reading(
            place=step.place,
            weights=step.weights,
            phase=step.phase,
            cycle=step.cycle,
            at_s=float(time_s[0] + time_s[-1]) / 2,
            duration_s=float(time_s[-1] - time_s[0]),
            mean_counts=stretch.mean_counts,
            spread_counts=stretch.spread_counts,
            temperature_c=self._temperature_c,
        )
        self._settle(self._progress.with_outcome(index, reading))
        events = (Captured(index, reading), *self._arrive())
        if self._state is State.PLACE and self._step().phase is Phase.CREEP:
            # The load is the one that was just read, and it stays.
            self._state = State.READ
            self._watch = Watch(len(self.setup.cells), self._step().wait_s, watch.ended_s())
            return (*events, *self._read(*watch.left()))
        return events

    def _rest(self) -> Rest | None:
        """Return mean and noise of the last unloaded reading before this step."""
        known = self._progress.done[: self._progress.next_step()]
        for reading in reversed(known):
            if isinstance(reading, Reading) and reading.phase is Phase.UNLOADED:
                return reading.mean_counts, reading.spread_counts
        return None

    def _step_index(self) -> int:
        index = self._progress.next_step()
        assert index is not None
        return index

    def _step(self) -> Step:
        return self._progress.plan()[self._step_index()]


_ALLOWED: Final = {
    State.CHOOSE: frozenset({Command.ABORT}),
    State.PLACE: frozenset({Command.NEXT, Command.SKIP, Command.ABORT}),
    State.READ: frozenset({Command.SKIP, Command.ABORT}),
    State.REFUSED: frozenset({Command.NEXT, Command.ABORT}),
    State.FINISHED: frozenset[Command](),
    State.ABORTED: frozenset({Command.RESUME}),
}

_TEXTS: Final = {
    State.CHOOSE: noted("Choose at least 3 masses, better 5, up to what you will press."),
    State.FINISHED: noted("The calibration is done."),
    State.ABORTED: noted("Stopped; what was read is kept. Say resume to go on."),
}
