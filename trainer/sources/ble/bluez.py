"""What BlueZ itself can do about a radio that does not work, asked over D-Bus.

Each call opens a connection of its own and closes it, for bluetoothd keeps what belongs to a
connection as long as that is open. Nothing raises: where there is no bus, no bluetoothd or no
adapter, nothing is done, and `adapter_state` says which of them lacks.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeAlias

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import DBusError, DBusFastError

from trainer.sources.ble.transport import AdapterState, BleTransport

ANSWER_S: Final = 10.0
"""bluetoothd gives an adapter up to 5 s to switch."""
ATTEMPTS: Final = 20
"""An adapter that refuses to be switched, mostly because it is busy, is asked so often ..."""
RETRY_S: Final = 0.25
"""... with such pauses."""

_BLUEZ: Final = "org.bluez"
_ADAPTER: Final = "org.bluez.Adapter1"
_DEVICE: Final = "org.bluez.Device1"
_OBJECTS: Final = "org.freedesktop.DBus.ObjectManager"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_BUS_ERRORS: Final = (OSError, EOFError, DBusFastError)
"""OSError includes a time-out."""

Pause: TypeAlias = Callable[[float], Awaitable[object]]
"""Waits so many seconds."""

_Objects: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Variant]]]
"""BlueZ's adapters and devices: path, interface, property, value."""


class _Trouble(Enum):
    """Why there is no working adapter, and what helps."""

    NO_BUS = "The system bus does not answer, so Bluetooth cannot be used: sudo apt install bluez"
    NO_SERVICE = (
        "The Bluetooth service does not run: sudo systemctl start bluetooth (where that is not "
        "known: sudo apt install bluez)"
    )
    NO_ADAPTER = (
        "The system sees no Bluetooth adapter: plug one in, or start this computer anew; "
        "bluetoothctl list names what it sees"
    )
    BLOCKED = "Bluetooth is switched off: rfkill unblock bluetooth"
    BLOCKED_BY_HAND = "Bluetooth is switched off by a switch or key of this computer: use that"
    OFF = "Bluetooth is switched off: bluetoothctl power on"


def system_transport() -> BleTransport:
    """Return the radio of this system.

    An advertisement that says the same as the one before counts too: a scale that only advertises
    would else fall silent under a steady load. bleak has BlueZ leave such ones out.
    """
    filters = {"filters": {"DuplicateData": True}}
    return BleTransport(BluezRecovery(), scanner_kw={"bluez": filters})


class BluezRecovery:
    """Helps the first adapter; of several the first that is on, which is bleak's choice too."""

    def __init__(
        self,
        bus_address: str | None = None,
        rfkill: Path = Path("/sys/class/rfkill"),
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bus_address = bus_address
        self._rfkill = rfkill
        self._pause = pause

    async def forget(self, address: str) -> None:
        """Let BlueZ forget a device, and what it believes to know of its table."""
        with suppress(*_BUS_ERRORS):
            async with self._asking() as bus:
                for path, adapter in _devices(await bus.objects(), address):
                    await bus.ask(adapter, _ADAPTER, "RemoveDevice", "o", [path])

    async def power_cycle(self) -> None:
        """Switch the adapter off and on; one that is off is switched on."""
        with suppress(*_BUS_ERRORS):
            async with self._asking() as bus:
                path = _adapter(await bus.objects())
                if path is not None:
                    await bus.switch(path, is_on=False)
                    await bus.switch(path, is_on=True)

    async def adapter_state(self) -> AdapterState:
        """Return how the adapter stands, and what to do where it does not work."""
        state = _absent(_Trouble.NO_BUS)
        with suppress(*_BUS_ERRORS):
            async with self._asking() as bus:
                state = _absent(_Trouble.NO_SERVICE)
                state = self._judge(await bus.objects())
        return state

    def _judge(self, objects: _Objects) -> AdapterState:
        path = _adapter(objects)
        if path is not None and objects[path][_ADAPTER]["Powered"].value:
            return AdapterState(is_present=True, is_powered=True)
        trouble = self._block() or (_Trouble.NO_ADAPTER if path is None else _Trouble.OFF)
        return AdapterState(is_present=path is not None, trouble=trouble.value)

    def _block(self) -> _Trouble | None:
        for folder in sorted(self._rfkill.glob("rfkill*")):
            if _said(folder / "type") == "bluetooth":
                if _said(folder / "hard") == "1":
                    return _Trouble.BLOCKED_BY_HAND
                if _said(folder / "soft") == "1":
                    return _Trouble.BLOCKED
        return None

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator["_Bus"]:
        """Open a connection and close it. Raises one of _BUS_ERRORS."""
        bus = MessageBus(bus_address=self._bus_address, bus_type=BusType.SYSTEM)
        try:
            async with asyncio.timeout(ANSWER_S):
                await bus.connect()
            yield _Bus(bus, self._pause)
        finally:
            await _close(bus)


class _Bus:
    """An open connection, and BlueZ at its other end."""

    def __init__(self, bus: MessageBus, pause: Pause) -> None:
        self._bus = bus
        self._pause = pause

    async def ask(
        self, path: str, interface: str, member: str, signature: str = "", body: Sequence[Any] = ()
    ) -> Sequence[Any]:
        """Return what BlueZ answers. Raises one of _BUS_ERRORS."""
        message = Message(_BLUEZ, path, interface, member, signature=signature, body=list(body))
        async with asyncio.timeout(ANSWER_S):
            answer = await self._bus.call(message)
        assert answer is not None
        if answer.message_type is MessageType.ERROR:
            raise DBusError(answer.error_name or "", f"{member}: {answer.body}")
        return answer.body

    async def objects(self) -> _Objects:
        """Return all that BlueZ knows."""
        (found,) = await self.ask("/", _OBJECTS, "GetManagedObjects")
        objects: _Objects = found
        return objects

    async def switch(self, path: str, *, is_on: bool) -> None:
        """Switch an adapter, again and again while it refuses: it may be busy."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self.ask(path, _PROPERTIES, "Set", "ssv", _powered(is_on=is_on))
            except DBusError:
                if attempt == ATTEMPTS:
                    raise
                await self._pause(RETRY_S)
            else:
                return


async def _close(bus: MessageBus) -> None:
    if bus.connected:
        bus.disconnect()
        with suppress(*_BUS_ERRORS):
            async with asyncio.timeout(ANSWER_S):
                await bus.wait_for_disconnect()  # type: ignore[no-untyped-call] # has no types


def _adapter(objects: _Objects) -> str | None:
    paths = sorted(path for path, kinds in objects.items() if _ADAPTER in kinds)
    powered = (path for path in paths if objects[path][_ADAPTER]["Powered"].value)
    return next(powered, next(iter(paths), None))


def _devices(objects: _Objects, address: str) -> list[tuple[str, str]]:
    """Return the paths of a device and of its adapter, once per adapter that knows it."""
    devices = ((path, kinds[_DEVICE]) for path, kinds in objects.items() if _DEVICE in kinds)
    wanted = address.casefold()
    return [
        (path, device["Adapter"].value)
        for path, device in devices
        if device["Address"].value.casefold() == wanted
    ]


def _absent(trouble: _Trouble) -> AdapterState:
    return AdapterState(is_present=False, trouble=trouble.value)


def _powered(*, is_on: bool) -> list[Any]:
    return [_ADAPTER, "Powered", Variant("b", is_on)]


def _said(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        return ""
