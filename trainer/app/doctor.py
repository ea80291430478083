"""`footspring doctor`: which pad is examined, on which screen, and what is printed of it."""

import asyncio
import contextlib
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trainer.app.calibrationshelf import CalibrationShelf
from trainer.app.examination import Examination, Examined
from trainer.app.machinefacts import gather
from trainer.app.screenchoice import choose_screen
from trainer.core.clock import SystemClock
from trainer.core.errors import SourceError, SourceFault, UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.ports import Clock
from trainer.core.settings import Settings, read_settings
from trainer.core.texts import tr
from trainer.doctor.examine import in_order, no_source
from trainer.doctor.finding import Finding, Verdict, worst_of
from trainer.doctor.machine import Machine, machine_findings
from trainer.doctor.steps import Picture
from trainer.sources.catalog import Opened, Wanted, find_source
from trainer.sources.sim.config import SimConfig, unloaded
from trainer.sources.sim.source import SimSource

if TYPE_CHECKING:
    from trainer.dashboard.checkview import CheckView
    from trainer.dashboard.stage import Stage
    from trainer.sources.ble.transport import BleTransport

FORMAT: Final = 1
STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_SIM: Final = "sim"

Make = Callable[[Callable[[Picture], None]], Examination]
"""Makes an examination that tells its pictures."""


@dataclass(frozen=True, slots=True)
class DoctorOrder:
    """What a person wants examined."""

    source: str = _SIM
    seconds: float = 60.0
    calibration: Path | None = None
    seed: int = 1
    is_json: bool = False
    screen: str = "auto"
    """auto, window, terminal or lines."""


def run_doctor(order: DoctorOrder) -> int:
    """Examine, show what is found and return the exit status. Raises TrainerError."""
    folders = user_folders()
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty() and not order.is_json
    shown = "lines" if order.is_json or order.screen == "auto" else order.screen
    if order.screen == "auto" and is_terminal:
        shown = "terminal"
    shown = choose_screen(shown, is_terminal=is_terminal)
    found = _examine_on(shown, order, folders)
    if order.is_json:
        sys.stdout.write(as_json(order.source, found) + "\n")
    return int(worst_of(found) is Verdict.FAIL)


def as_json(source: str, findings: tuple[Finding, ...]) -> str:
    """Return the findings as JSON; keys and meanings stand in doctor.schema.json."""
    told = {
        "format": FORMAT,
        "source": source,
        "verdict": worst_of(findings).value,
        "findings": [asdict(found) for found in findings],
    }
    return json.dumps(told, indent=1, allow_nan=False)


class CheckRun:
    """An examination in a thread of its own, for a window that looks in (CheckPort)."""

    def __init__(self, make: Make) -> None:
        self._picture = Picture()
        self._examination = make(self._take)
        self._thread = threading.Thread(target=self._run, name="examination", daemon=True)
        self._error: BaseException | None = None
        self._findings: tuple[Finding, ...] = ()

    @property
    def picture(self) -> Picture:
        """Return the newest picture."""
        return self._picture

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End it early."""
        self._examination.stop()

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found once it is over; raises what ended it."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._findings

    def _take(self, picture: Picture) -> None:
        self._picture = picture

    def _run(self) -> None:
        try:
            self._findings = asyncio.run(self._examination.run())
        except BaseException as error:  # noqa: BLE001 - raised anew in the thread that waits for it
            self._error = error
            self._picture = Picture(tr("ENDED"), str(error), is_done=True)


def open_pad(
    order: DoctorOrder, folders: Folders, clock: Clock, transport: "BleTransport | None" = None
) -> Opened:
    """Return the pad to examine; the simulated one stands alone and does not wait."""
    if order.source == _SIM:
        sim = SimSource(unloaded(SimConfig(seed=order.seed)), speed=None, clock=clock)
        return Opened(_SIM, sim, sim.calibration, None)
    speed = None if order.source.startswith("replay:") else 1.0
    wanted = Wanted(order.source, None, speed, order.seed, folders.pins)
    return find_source(wanted, clock, transport)


def prepare(
    order: DoctorOrder, folders: Folders, *, is_watched: bool
) -> Make | tuple[Finding, ...]:
    """Return what makes the ordered examination; findings where its pad cannot be opened.

    `is_watched` says that somebody is there to press and to tilt. Raises UsageError.
    """
    transport = _transport(order.source)
    clock = SystemClock()
    kind = order.source.partition(":")[0]

    async def facts() -> Machine:
        machine = await asyncio.to_thread(gather, folders.data, kind)
        if transport is None:
            return machine
        state = await transport.recovery.adapter_state()
        return replace(machine, adapter_trouble=state.trouble)

    is_guided = is_watched and kind not in {_SIM, "replay"}
    try:
        if transport is not None:
            # A pad is looked for a whole minute, in vain where the radio is off.
            asyncio.run(_check_radio(transport))
        opened = open_pad(order, folders, clock, transport)
    except SourceError as error:
        if error.reason is SourceFault.UNKNOWN:
            raise UsageError(str(error)) from error
        # What keeps a pad from being opened is a finding too, and the machine may tell why.
        return in_order([no_source(str(error)), *machine_findings(asyncio.run(facts()))])
    made = CalibrationShelf(folders.calibrations).newest(order.source)
    if made is not None and order.calibration is None:
        opened = replace(opened, calibration=made.calibration)
    own = folders.calibration if folders.calibration.exists() else None
    path = order.calibration or (own if opened.calibration is None else None)
    examined = Examined(opened, path, order.seconds, is_guided)

    return lambda tell: Examination(examined, clock, facts, tell)


def _examine_on(shown: str, order: DoctorOrder, folders: Folders) -> tuple[Finding, ...]:
    made = prepare(order, folders, is_watched=shown != "lines")
    if isinstance(made, tuple):
        return _show_alone(made, order)
    if shown == "window":
        settings = read_settings(folders.settings, Settings).display
        from trainer.dashboard.stage import Stage  # noqa: PLC0415 - loads Qt

        return check_in_window(made, Stage(settings), is_simulated=order.source == _SIM)
    return _in_terminal(made, order, is_live=shown == "terminal")


async def _check_radio(transport: "BleTransport") -> None:
    """Raise SourceError where Bluetooth does not work."""
    state = await transport.recovery.adapter_state()
    if state.trouble:
        raise SourceError(state.trouble, SourceFault.LOST)


def _show_alone(findings: tuple[Finding, ...], order: DoctorOrder) -> tuple[Finding, ...]:
    from trainer.terminal.doctor import check_view  # noqa: PLC0415 - loads rich

    with check_view(is_live=False, is_silent=order.is_json) as view:
        view.show(Picture(tr("DONE"), findings=findings, share=1.0, is_done=True))
    return findings


def _in_terminal(make: Make, order: DoctorOrder, *, is_live: bool) -> tuple[Finding, ...]:
    from trainer.terminal.doctor import check_view  # noqa: PLC0415 - loads rich

    with check_view(is_live=is_live, is_silent=order.is_json) as view:
        examination = make(view.show)
        with _stopping(examination):
            return asyncio.run(examination.run())


def check_in_window(
    make: Make,
    stage: "Stage",
    *,
    is_simulated: bool,
    attend: Callable[[], None] = lambda: None,
) -> tuple[Finding, ...]:
    """Show an examination until its window is closed; return its findings, raise what ended it."""
    from trainer.dashboard.checkstart import show_check  # noqa: PLC0415 - loads Qt

    run = CheckRun(make)
    run.start()
    with _stopping(run):
        show_check(run, stage, is_simulated=is_simulated, on_ready=_close_at_signals, attend=attend)
    return run.findings()


def _close_at_signals(window: "CheckView") -> None:
    """Let Ctrl-C and SIGTERM close the window, which ends what it shows."""
    for number in STOP_SIGNALS:
        # The window's timer runs Python often enough for signals to be acted on at once.
        signal.signal(number, lambda *_: window.close())


@contextlib.contextmanager
def _stopping(examination: Examination | CheckRun) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end it early; what was measured is still judged."""

    def stop(_number: int, _frame: object) -> None:
        examination.stop()

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _transport(source: str) -> "BleTransport | None":
    if source.partition(":")[0] != "ble":
        return None
    from trainer.sources.ble.bluez import system_transport  # noqa: PLC0415 - takes 0.2 s to load

    return system_transport()
