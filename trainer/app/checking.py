"""A check of a calibration: the unloaded pad, one known weight on one cell, and both numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration import (
    Calibration,
    Check,
    Command,
    Gravity,
    Instruction,
    Phase,
    State,
    Weight,
    check,
    known_weight,
)
from calibration.instruction import placing_text, reading_text
from calibration.plan import SETTLE_S, Step
from calibration.stillness import READ_S, Stretch
from calibration.view import View
from calibration.watch import Watch
from trainer.app.calibrating import PutOn, RecentCounts
from trainer.app.counts import CountReader
from trainer.core.arrays import FloatArray
from trainer.core.packets import Packet, StreamInfo

_WHOLE_S: Final = SETTLE_S + READ_S


@dataclass(frozen=True, slots=True)
class CheckJob:
    """What is checked, with what."""

    calibration: Calibration
    """Of the pad's channels, in their order."""
    cell: str
    weight: Weight
    gravity: Gravity


class Checker:
    """Reads the pad unloaded and loaded, then tells once whether the calibration holds."""

    def __init__(
        self,
        info: StreamInfo,
        job: CheckJob,
        keep: Callable[[Check, FloatArray], str],
        put_on: PutOn | None = None,
    ) -> None:
        self._job = job
        self._keep = keep
        self._put_on = put_on
        self._reader = CountReader(info)
        self._recent = RecentCounts(len(info.channels))
        self._watch: Watch | None = None
        """Where the pad is read."""
        self._rest: Stretch | None = None
        self._result = ""
        self.found: Check | None = None
        """What came out, once it is over."""

    def take(self, packets: Sequence[Packet]) -> None:
        """Take the next packets."""
        for time_s, counts in self._reader.read(packets):
            self._recent.push(time_s, counts)
            if self._watch is not None:
                self._read(self._watch, time_s, counts)

    def say(self, word: Command) -> None:
        """Begin to read, or go back to the unloaded pad."""
        if word not in self.allowed():
            return
        if word is Command.UNDO:
            self._rest, self._watch = None, None
            return
        step = self._step()
        if self._put_on is not None:
            self._put_on(step.place, [self._job.weight] if step.weights else [])
        self._watch = Watch(len(self._job.calibration.channels), SETTLE_S)

    def view(self) -> View:
        """Return what there is to see."""
        calibration, above = self._job.calibration, self._above()
        force_n = calibration.matrix() @ above
        expanded_n = calibration.expanded_n(force_n)
        return View(
            instruction=self._instruction(above),
            cells=calibration.channels,
            live_n=tuple(float(value) for value in force_n),
            expanded_n=(None,) * len(above) if expanded_n is None else tuple(expanded_n.tolist()),
            stillness=self._recent.stillness(),
            read_share=max(0.0, 1 - self._watch.remaining_s() / _WHOLE_S) if self._watch else 0.0,
            allowed=self.allowed(),
            result=self._result,
            is_done=self.found is not None,
        )

    def allowed(self) -> frozenset[Command]:
        """Return what may be said now."""
        if self.found is not None:
            return frozenset()
        words = set() if self._watch else {Command.NEXT}
        return frozenset(words | ({Command.UNDO} if self._watch or self._rest else set()))

    def _step(self) -> Step:
        if self._rest is None:
            return Step(self._job.cell, (), Phase.UNLOADED, 1)
        return Step(self._job.cell, (self._job.weight.name,), Phase.UP, 1)

    def _instruction(self, above: FloatArray) -> Instruction:
        step, watch = self._step(), self._watch
        stretch = watch.last if watch else None
        unrest = stretch.unrest if stretch else None
        cell = self._job.calibration.channels[stretch.channel] if stretch else ""
        left_s = watch.remaining_s() if watch else 0.0
        if self.found is not None:
            return Instruction(State.FINISHED, self.found.sentence(), 2, 2, None)
        told = reading_text(step, left_s, unrest, cell)
        return Instruction(
            state=State.READ if watch else State.PLACE,
            text=told if watch else placing_text(step),
            number=1 if self._rest is None else 2,
            total=2,
            step=step,
            live_counts=tuple(float(value) for value in above),
            remaining_s=left_s,
            unrest=unrest,
            unrest_cell=cell,
        )

    def _above(self) -> FloatArray:
        zero = np.array(self._rest.mean_counts) if self._rest else self._job.calibration.zero()
        newest = self._recent.newest()
        return np.zeros(len(zero)) if newest is None else newest - zero

    def _read(self, watch: Watch, time_s: FloatArray, counts: FloatArray) -> None:
        job, rest = self._job, self._rest
        known = (rest.mean_counts, rest.spread_counts) if rest else None
        watch.push(time_s, counts, known, job.calibration.full_scale_counts)
        if watch.last is None or watch.last.unrest is not None:
            return
        self._watch = None
        if rest is None:
            self._rest = watch.last
            return
        force = known_weight(job.cell, job.weight, job.gravity)
        self.found = check(job.calibration, force, watch.last.mean_counts, rest.mean_counts)
        above_zero = np.array(rest.mean_counts) - job.calibration.zero()
        self._result = self._keep(self.found, job.calibration.matrix() @ above_zero)
