"""`footspring calibrate`: on which screen a pad is calibrated or checked, and what is printed."""

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator

from calibration import CalibrationError, RefusedError, State
from calibration.view import View
from trainer.app.again import SIGNALS
from trainer.app.calibrationbench import Bench
from trainer.app.calibrationorder import CalibrateOrder
from trainer.app.calibrationrun import CalibrationRun
from trainer.app.screenchoice import choose_screen
from trainer.core.clock import SystemClock
from trainer.core.errors import SettingsError, UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.settings import Settings, read_settings
from trainer.library.instance import InstanceLock


def run_calibrate(order: CalibrateOrder) -> int:
    """Calibrate or check the pad and return the exit status. Raises TrainerError."""
    folders = user_folders()
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty()
    wanted = order.screen
    if wanted == "auto":
        wanted = "terminal" if is_terminal else "lines"
    shown = choose_screen(wanted, is_terminal=is_terminal)
    if shown == "lines" and not order.is_simulated:
        raise UsageError(
            f"--source {order.source}: somebody must put weights on it. Run this in a terminal, "
            "or with --screen window."
        )
    bench = Bench(order, folders, SystemClock())
    # Two programs cannot share one pad; the simulated one is everybody's own.
    lock = contextlib.nullcontext() if order.is_simulated else InstanceLock(folders)
    with lock, telling():
        run = bench.prepare(is_alone=shown == "lines")
        view = follow(run, _load_screen(shown, run, folders, is_simulated=order.is_simulated))
    for line in _end_lines(view, is_check=order.check_kg is not None):
        _say(line)
    return bench.status(view)


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Turn what a calibration refuses into an error that the command can tell."""
    try:
        yield
    except RefusedError as error:
        raise UsageError(str(error)) from error
    except CalibrationError as error:
        raise SettingsError(str(error)) from error


def follow(run: CalibrationRun, show: Callable[[], object]) -> View:
    """Run it, shown until it is over or the person leaves; return its last view.

    Raises what ended it.
    """

    def stop(_number: int, _frame: object) -> None:
        run.leave()

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        run.start()
        show()
        run.leave()
        return run.join()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _load_screen(
    shown: str, run: CalibrationRun, folders: Folders, *, is_simulated: bool
) -> Callable[[], object]:
    """Return what shows the run until it is over."""
    if shown == "window":
        from trainer.dashboard.calibrationstart import show_calibration  # noqa: PLC0415 - loads Qt
        from trainer.dashboard.stage import Stage  # noqa: PLC0415 - as above

        stage = Stage(read_settings(folders.settings, Settings).display)
        return lambda: show_calibration(run, stage, is_simulated=is_simulated)
    from trainer.terminal.calibration import (  # noqa: PLC0415 - loads rich
        follow_lines,
        run_terminal,
    )

    if shown == "lines":
        return lambda: follow_lines(run, _say, time.sleep)
    return lambda: run_terminal(run)


def _end_lines(view: View, *, is_check: bool) -> list[str]:
    from trainer.terminal.calibration import end_lines  # noqa: PLC0415 - loads rich

    lines = end_lines(view)
    if view.result:
        return lines
    if is_check:
        return [*lines, "not finished: the calibration was not checked"]
    if view.instruction.state is State.REFUSED:
        return [*lines, view.instruction.text]
    return [*lines, "not finished; what was read is kept: `footspring calibrate --resume` goes on"]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
