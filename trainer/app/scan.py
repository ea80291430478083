"""Looking round on the radio until it is enough: what is shown of it, and what went wrong."""

import asyncio
import contextlib
import math
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.clock import SystemClock
from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock
from trainer.sources.ble.bluez import BluezRecovery
from trainer.sources.ble.finder import RADIO_ERRORS, Finder
from trainer.sources.ble.surroundings import Near, Surroundings
from trainer.sources.ble.transport import BleTransport
from trainer.terminal.scan import View, scan_view
from trainer.terminal.scanwords import Wants
from trainer.wire.dialect import Dialect
from trainer.wire.dialects import DIALECTS
from trainer.wire.footnode import FOOT

PIPED_S: Final = 10.0
"""A scan that nobody watches ends by itself: a drowsy node advertises once a second."""
LOOK_S: Final = 0.2
"""Between two looks: five pictures a second."""
DEAF_S: Final = 5.0
"""Nothing at all heard for so long: the adapter is asked whether it still works."""
STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """What a person wants to see."""

    seconds: float | None = None
    """None: until Ctrl-C in a terminal, else `PIPED_S`."""
    is_all: bool = False
    """Devices of unknown kinds too."""
    is_nodes_only: bool = False
    is_json: bool = False


class Scan:
    """One look round."""

    def __init__(
        self, transport: BleTransport, clock: Clock, dialects: Sequence[Dialect] = DIALECTS
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._finder = Finder(transport, clock, dialects)
        self._surroundings = Surroundings()
        self._enough = asyncio.Event()
        self._began_s = 0.0
        self._asked_s = 0.0

    def stop(self) -> None:
        """End it politely; what was found has been shown."""
        self._enough.set()

    async def run(self, view: View, for_s: float) -> tuple[Near, ...]:
        """Show what is near until the time is over or `stop`; return it.

        Raises SourceError where Bluetooth does not work, also where it ceases to.
        """
        self._began_s = self._asked_s = self._clock.monotonic_s()
        watching = asyncio.create_task(
            self._finder.watch(
                for_s, lambda _, sighting: self._surroundings.note(sighting), self._enough
            )
        )
        try:
            while not watching.done():
                await asyncio.wait({watching}, timeout=LOOK_S)
                self._show(view)
                await self._check()
        finally:
            self._enough.set()
            await asyncio.wait({watching})
        try:
            watching.result()
        except RADIO_ERRORS as error:
            raise await self._trouble(error) from error
        return self._show(view)

    def _show(self, view: View) -> tuple[Near, ...]:
        now_s = self._clock.monotonic_s()
        near = self._surroundings.near(now_s)
        view.show(near, now_s - self._began_s)
        return near

    async def _check(self) -> None:
        """Raise SourceError where nothing is heard because the adapter does not work."""
        now_s = self._clock.monotonic_s()
        if now_s - max(self._surroundings.heard_s or self._began_s, self._asked_s) < DEAF_S:
            return
        self._asked_s = now_s
        state = await self._transport.recovery.adapter_state()
        if state.trouble:
            raise SourceError(state.trouble, SourceFault.LOST)

    async def _trouble(self, error: Exception) -> SourceError:
        state = await self._transport.recovery.adapter_state()
        reason = str(error).partition("\n")[0] or type(error).__name__
        told = state.trouble or (
            f"Bluetooth does not scan ({reason}): another program may be using it. Close that, or "
            "switch Bluetooth off and on: bluetoothctl power off, bluetoothctl power on."
        )
        return SourceError(told, SourceFault.LOST)


def run_scan(order: ScanOrder, transport: BleTransport | None = None) -> int:
    """Scan and show until it is over; return the exit status. Raises SourceError."""
    is_live = sys.stdout.isatty() and not order.is_json
    for_s = order.seconds or (math.inf if is_live else PIPED_S)
    used = transport or BleTransport(BluezRecovery())
    wants = Wants(order.is_all, order.is_nodes_only, order.is_json)
    with scan_view(wants, is_live=is_live) as view:
        asyncio.run(_scan(order, used, view, for_s))
    return 0


async def _scan(order: ScanOrder, transport: BleTransport, view: View, for_s: float) -> None:
    dialects = (FOOT,) if order.is_nodes_only else DIALECTS
    scan = Scan(transport, SystemClock(), dialects)
    with _stopping(scan):
        await scan.run(view, for_s)


@contextlib.contextmanager
def _stopping(scan: Scan) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the scan politely meanwhile."""
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, scan.stop)
    try:
        yield
    finally:
        for number in STOP_SIGNALS:
            loop.remove_signal_handler(number)
