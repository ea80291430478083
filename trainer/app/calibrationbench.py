"""The bench of one ordered calibration or check: pad, weights, shelf, and what leads through it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from calibration import Calibration, Check, Progress, Record, Setup, Weight
from calibration.view import View
from trainer.app.calfile import read_calibration
from trainer.app.calibrating import Choice, Guide, Job, Keeping, PutOn, Wizard, choice_of
from trainer.app.calibrating import kept_readings as keep_other_cells
from trainer.app.calibrationorder import SIM, CalibrateOrder
from trainer.app.calibrationrun import CalibrationRun
from trainer.app.calibrationshelf import CalibrationShelf, Checked, Unfinished, fitting
from trainer.app.checking import Checker, CheckJob
from trainer.app.privatefile import write_private
from trainer.core.arrays import FloatArray
from trainer.core.errors import SettingsError, UsageError
from trainer.core.folders import Folders
from trainer.core.packets import StreamInfo
from trainer.core.ports import Clock
from trainer.sources.catalog import Opened, Wanted, find_source
from trainer.sources.sim.config import SimConfig, unloaded
from trainer.sources.sim.hand import Hand
from trainer.sources.sim.source import SimSource


class Bench:
    """Pad, weights and shelf of one order."""

    def __init__(self, order: CalibrateOrder, folders: Folders, clock: Clock) -> None:
        self._order = order
        self._clock = clock
        self._folders = folders
        self._shelf = CalibrationShelf(folders.calibrations)
        self._check: Check | None = None
        self._hand = Hand(order.seed) if order.is_simulated else None

    def prepare(self, *, is_alone: bool) -> CalibrationRun:
        """Return what runs it; nothing is connected yet. Raises UsageError, CalibrationError."""
        order, opened = self._order, self._open()
        if opened.source.is_replay:
            raise UsageError(
                f"--source {order.source}: nobody can put weights on a recording. Give the pad."
            )
        make = self._checker() if order.check_kg is not None else self._wizard()
        return CalibrationRun(opened.source, make, self._clock, is_alone=is_alone)

    def status(self, view: View) -> int:
        """Return the exit status: 1 for a failed check, and for what was not finished."""
        if self._check is not None:
            return int(not self._check.has_passed())
        return int(not view.result)

    def _open(self) -> Opened:
        order = self._order
        if self._hand is not None:
            config = unloaded(SimConfig(seed=order.seed))
            sim = SimSource(config, speed=order.speed, clock=self._clock, hand=self._hand)
            return Opened(SIM, sim, None, None)
        return find_source(
            Wanted(order.source, None, order.speed, order.seed, self._folders.pins), self._clock
        )

    def _put_on(self) -> PutOn | None:
        hand = self._hand
        if hand is None:
            return None

        def put(cell: str, weights: Sequence[Weight]) -> None:
            hand.put(cell, {weight.name: weight.mass_kg for weight in weights})

        return put

    def _wizard(self) -> Callable[[StreamInfo], Guide]:
        order = self._order
        left = self._shelf.unfinished(order.source) if order.is_resumed else None
        if order.is_resumed and left is None:
            raise UsageError(
                f"--resume: no calibration of {order.source} was left unfinished. Leave it out."
            )
        last = self._shelf.newest(order.source) if order.is_like_last else None
        weights = () if left or last or order.cells else order.weights()

        def make(info: StreamInfo) -> Guide:
            newest = self._shelf.newest(order.source, info.channels)
            if left is not None:
                job = self._resumed(left)
            elif last is not None:
                setup = replace(last.setup, label=self._label())
                job = Job(order.source, setup, choice_of(last))
            elif order.cells:
                job = self._some_cells(newest)
            else:
                job = self._new(info, weights)
            known = newest.calibration.for_channels(info.channels) if newest else None
            if job.setup.cells != info.channels:
                raise SettingsError(
                    f"{order.source}: the calibration to go on with is of "
                    f"{', '.join(job.setup.cells)}; the pad has {', '.join(info.channels)}. "
                    "Begin a new one."
                )
            job = replace(job, known=known)
            return Wizard(info, job, self._keeping(job), self._put_on())

        return make

    def _new(self, info: StreamInfo, weights: tuple[Weight, ...]) -> Job:
        order = self._order
        names = [weight.name for weight in weights]
        # Stacked, each step up or down only adds or takes away: a swap would unload the cell.
        loads = tuple(tuple(names[: count + 1]) for count in range(len(names)))
        setup = Setup(info.channels, weights, order.gravity(), label=self._label())
        return Job(order.source, setup, Choice(loads, order.cycles, order.with_creep))

    def _resumed(self, left: Unfinished) -> Job:
        progress = left.progress
        readings = progress.readings()
        last_s = max((reading.at_s for reading in readings), default=0.0)
        away_s = (self._clock.now() - left.saved_at).total_seconds()
        choice = Choice(progress.loads, progress.cycles, progress.with_creep)
        # A drift goes on while nobody reads: so does the clock of the readings.
        start_s = last_s + max(1.0, away_s)
        return Job(left.pad, left.setup, choice, progress, start_s)

    def _some_cells(self, newest: Record | None) -> Job:
        order = self._order
        if newest is None:
            raise SettingsError(
                f"--cells {','.join(order.cells)}: {order.source} has no calibration whose other "
                "cells could be kept. Leave it out."
            )
        unknown = [cell for cell in order.cells if cell not in newest.setup.cells]
        if unknown:
            raise UsageError(
                f"--cells {unknown[0]}: unknown; the pad has {', '.join(newest.setup.cells)}."
            )
        progress: Progress = keep_other_cells(newest, order.cells)
        setup = replace(newest.setup, label=self._label())
        last_s = max(reading.at_s for reading in newest.readings)
        return Job(order.source, setup, choice_of(newest), progress, last_s + 1.0)

    def _keeping(self, job: Job) -> Keeping:
        def keep_progress(progress: Progress) -> None:
            self._shelf.keep_unfinished(Unfinished(job.pad, self._clock.now(), job.setup, progress))

        def keep_record(record: Record) -> str:
            path = self._shelf.keep(record)
            page = path.with_suffix(".html")
            from trainer.report.calibrationpage import (  # noqa: PLC0415 - loads matplotlib
                render_calibration,
            )

            write_private(page, render_calibration(record))
            self._shelf.forget_unfinished(job.pad)
            return f"calibration: {path}\nreport: {page}"

        return Keeping(keep_progress, keep_record, self._clock.now)

    def _checker(self) -> Callable[[StreamInfo], Guide]:
        order = self._order
        mass_kg = order.check_kg or 0.0
        (weight,) = order.known_as((mass_kg,))

        def make(info: StreamInfo) -> Guide:
            newest = self._shelf.newest(order.source, info.channels)
            calibration = self._in_use(info, newest)
            cell = order.cells[0] if order.cells else info.channels[0]
            made_at = calibration.made_at

            def keep(found: Check, moved_n: FloatArray) -> str:
                self._check = found
                moved = dict(zip(info.channels, (float(v) for v in moved_n), strict=True))
                checked = Checked(self._clock.now(), made_at, found, moved)
                self._shelf.keep_check(order.source, checked)
                return found.sentence()

            job = CheckJob(calibration, cell, weight, order.gravity())
            return Checker(info, job, keep, self._put_on())

        return make

    def _in_use(self, info: StreamInfo, newest: Record | None) -> Calibration:
        found = fitting(newest)
        if found is None and self._folders.calibration.exists():
            found = read_calibration(self._folders.calibration)
        fit = None if found is None else found.for_channels(info.channels)
        if fit is None:
            raise SettingsError(
                f"{self._order.source}: has no calibration that could be checked. Make one with "
                "`footspring calibrate`."
            )
        return fit

    def _label(self) -> str:
        return f"{self._order.source}, {self._clock.now().astimezone():%Y-%m-%d %H:%M}"
