"""`footspring calibrate`: what is calibrated or checked, on which screen, and what is printed."""

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from calibration import (
    ANYWHERE,
    Calibration,
    CalibrationError,
    Check,
    Gravity,
    MassClass,
    Progress,
    Record,
    RefusedError,
    Setup,
    State,
    Weight,
    due_again,
    gravity_at,
    of_class,
    weighed,
)
from calibration.view import View
from trainer.app.calfile import read_calibration
from trainer.app.calibrating import Choice, Guide, Job, Keeping, PutOn, Wizard, choice_of
from trainer.app.calibrating import kept_readings as keep_other_cells
from trainer.app.calibrationrun import CalibrationRun
from trainer.app.calibrationshelf import CalibrationShelf, Checked, Unfinished, fitting
from trainer.app.checking import Checker, CheckJob
from trainer.app.screens import STOP_SIGNALS, choose_screen
from trainer.core.arrays import FloatArray
from trainer.core.clock import SystemClock
from trainer.core.errors import SettingsError, UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.packets import StreamInfo
from trainer.core.ports import Clock
from trainer.core.settings import Settings, read_settings
from trainer.sources.catalog import Opened, Wanted, find_source
from trainer.sources.sim.config import SimConfig, unloaded
from trainer.sources.sim.hand import Hand
from trainer.sources.sim.source import SimSource

if TYPE_CHECKING:
    from trainer.terminal.keyboard import Keys

SIM: Final = "sim"
SIM_KG: Final = (1.0, 2.0, 5.0)
SIM_LIMIT_G: Final = 1.0
LEAST_WEIGHTS: Final = 3


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
    check_kg: float | None = None
    latitude_deg: float | None = None
    height_m: float = 0.0
    speed: float | None = 1.0
    seed: int = 1
    screen: str = "auto"


def run_calibrate(order: CalibrateOrder) -> int:
    """Calibrate or check the pad and return the exit status. Raises TrainerError."""
    folders = user_folders()
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty()
    wanted = order.screen
    if wanted == "auto":
        wanted = "terminal" if is_terminal else "lines"
    shown = choose_screen(wanted, is_terminal=is_terminal)
    if shown == "lines" and order.source != SIM:
        raise UsageError(
            f"--source {order.source}: somebody must put weights on it. Run this in a terminal, "
            "or with --screen window."
        )
    bench = Bench(order, folders, SystemClock())
    with telling():
        run = bench.prepare(is_alone=shown == "lines")
        view = _show_on(shown, run, folders)
    for line in _end_lines(view):
        _say(line)
    return bench.status(view)


def list_calibrations(pad: str | None) -> int:
    """Print the calibrations and checks of a pad, of all for None; return 0."""
    shelf = CalibrationShelf(user_folders().calibrations)
    rows = [(record.made_at, _record_row(path.stem, record)) for path, record in shelf.records(pad)]
    rows += [
        (datetime.fromisoformat(str(table["at"])), _check_row(table)) for table in shelf.checks(pad)
    ]
    for _, row in sorted(rows, key=lambda entry: entry[0], reverse=True):
        _say(row)
    if not rows:
        _say("no calibrations yet: `footspring calibrate` makes one")
    return 0


def tell_due(pad: str) -> int:
    """Print whether a pad is due for calibration, and why; return 1 where it is."""
    shelf = CalibrationShelf(user_folders().calibrations)
    found = due_again(shelf.newest(pad), SystemClock().now(), shelf.events(pad))
    for one in found:
        _say(f"{pad}: due again. {one.reason}")
    if not found:
        _say(f"{pad}: not due.")
    return int(bool(found))


class Bench:
    """Pad, weights and shelf of one order."""

    def __init__(self, order: CalibrateOrder, folders: Folders, clock: Clock) -> None:
        self._order = order
        self._clock = clock
        self._folders = folders
        self._shelf = CalibrationShelf(folders.calibrations)
        self._check: Check | None = None
        self._hand = Hand(order.seed) if order.source == SIM else None

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
        weights = () if left or order.cells else self._weights()

        def make(info: StreamInfo) -> Guide:
            newest = self._shelf.newest(order.source, info.channels)
            if left is not None:
                job = self._resumed(left)
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
        setup = Setup(info.channels, weights, self._gravity(), label=self._label())
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
            from trainer.app.shelf import write_private  # noqa: PLC0415 - loads the report
            from trainer.report.calibrationpage import render_calibration  # noqa: PLC0415 - as above

            write_private(page, render_calibration(record))
            self._shelf.forget_unfinished(job.pad)
            return f"calibration: {path}\nreport: {page}"

        return Keeping(keep_progress, keep_record, self._clock.now)

    def _checker(self) -> Callable[[StreamInfo], Guide]:
        order = self._order
        mass_kg = order.check_kg or 0.0
        (weight,) = self._known_as((mass_kg,))

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

            job = CheckJob(calibration, cell, weight, self._gravity())
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

    def _weights(self) -> tuple[Weight, ...]:
        masses_kg = self._order.masses_kg or (SIM_KG if self._hand else ())
        if len(masses_kg) < LEAST_WEIGHTS:
            told = ", ".join(f"{mass:g}" for mass in masses_kg) or "none"
            raise UsageError(
                f"--weights: {told}; expected {LEAST_WEIGHTS} or more masses in kg, as in "
                "--weights 1,2,5. Fewer do not show whether the line is straight."
            )
        return self._known_as(tuple(sorted(masses_kg)))

    def _known_as(self, masses_kg: tuple[float, ...]) -> tuple[Weight, ...]:
        order = self._order
        names = _names(masses_kg)
        if order.mass_class is not None:
            grade = MassClass(order.mass_class)
            return tuple(of_class(n, m, grade) for n, m in zip(names, masses_kg, strict=True))
        limit_g = order.limit_g
        if limit_g is None and self._hand is None:
            raise UsageError(
                "--weigh-tolerance: how well the weights are known is not said. Give it, as in "
                "--weigh-tolerance 5g for a kitchen scale that is right within 5 g, or --class M1 "
                "for weights of an OIML class."
            )
        told_g = SIM_LIMIT_G if limit_g is None else limit_g
        return tuple(weighed(n, m, told_g) for n, m in zip(names, masses_kg, strict=True))

    def _gravity(self) -> Gravity:
        if self._order.latitude_deg is None:
            return ANYWHERE
        return gravity_at(self._order.latitude_deg, self._order.height_m)

    def _label(self) -> str:
        return f"{self._order.source}, {self._clock.now().astimezone():%Y-%m-%d %H:%M}"


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Turn what a calibration refuses into an error that the command can tell."""
    try:
        yield
    except RefusedError as error:
        raise UsageError(str(error)) from error
    except CalibrationError as error:
        raise SettingsError(str(error)) from error


def _show_on(shown: str, run: CalibrationRun, folders: Folders) -> View:
    def stop(_number: int, _frame: object) -> None:
        run.leave()

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        _load_screen(shown, run, folders)()
        run.leave()
        return run.join()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _load_screen(shown: str, run: CalibrationRun, folders: Folders) -> Callable[[], object]:
    """Return what shows the run until it is over; the run begins with it."""
    if shown == "window":
        from trainer.dashboard.calibrationstart import show_calibration  # noqa: PLC0415 - loads Qt

        settings = read_settings(folders.settings, Settings).display
        run.start()
        return lambda: show_calibration(run, settings)
    from trainer.terminal.calibration import follow_lines, follow_live  # noqa: PLC0415 - loads rich

    if shown == "lines":
        run.start()
        return lambda: follow_lines(run, _say, time.sleep)

    def live() -> None:
        from rich.console import Console  # noqa: PLC0415 - as above

        from trainer.terminal.keyboard import Keyboard  # noqa: PLC0415 - as above

        with Keyboard(sys.stdin.fileno()) as found:
            keys: Keys = found
            follow_live(run, keys, Console(highlight=False))

    run.start()
    return live


def _end_lines(view: View) -> list[str]:
    from trainer.terminal.calibration import end_lines  # noqa: PLC0415 - loads rich

    lines = end_lines(view)
    if view.result:
        return lines
    if view.instruction.state is State.REFUSED:
        return [*lines, view.instruction.text]
    return [*lines, "not finished; what was read is kept: `footspring calibrate --resume` goes on"]


def _names(masses_kg: Sequence[float]) -> list[str]:
    """Return a name for each weight; equal masses are told apart by a letter."""
    names: list[str] = []
    for number, mass_kg in enumerate(masses_kg):
        twins = masses_kg[:number].count(mass_kg) if isinstance(masses_kg, tuple) else 0
        names.append(f"{mass_kg:g} kg" + (f" ({twins + 1})" if twins else ""))
    return names


def _record_row(name: str, record: Record) -> str:
    worst = max(cell.expanded_n for cell in record.report.cells)
    cells = ", ".join(record.setup.cells)
    return (
        f"{record.made_at.astimezone():%Y-%m-%d %H:%M}  {record.pad}  calibration of {cells}; "
        f"U at the largest load {worst:.2f} N at most; {name}"
    )


def _check_row(table: "dict[str, object] | object") -> str:
    found = dict(table) if isinstance(table, dict) else {}
    verdict = "passed" if found.get("passed") else "FAILED"
    at = datetime.fromisoformat(str(found["at"])).astimezone()
    return (
        f"{at:%Y-%m-%d %H:%M}  {found['pad']}  check of {found['cell']} {verdict}: "
        f"{float(str(found['found_n'])):.2f} N found, {float(str(found['force_n'])):.2f} N known, "
        f"limit {float(str(found['limit_n'])):.2f} N"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
