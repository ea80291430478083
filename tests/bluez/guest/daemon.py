"""Starts and kills bluetoothd in the guest, and looks at its bus."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

_LOG: Final = Path("/run/bluetoothd.log")
_ADAPTER: Final = "org.bluez.Adapter1"
_BUS: Final = "org.freedesktop.DBus"


class Daemon:
    """The guest's bluetoothd."""

    def __init__(self) -> None:
        self._packages = Path(os.environ["PACKAGES"])
        self._log = _LOG.open("ab")
        self._running: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it with Debian's settings, and wait until its adapter is on."""
        program = self._packages / "usr/libexec/bluetooth/bluetoothd"
        settings = self._packages / "etc/bluetooth/main.conf"
        beside = ":".join(
            str(self._packages / folder / "x86_64-linux-gnu") for folder in ("usr/lib", "lib")
        )
        self._running = await asyncio.create_subprocess_exec(
            *(str(program), "--nodetach", "--configfile", str(settings)),
            env={**os.environ, "LD_LIBRARY_PATH": beside},
            stdout=self._log,
            stderr=self._log,
        )
        await asyncio.wait_for(self._until_on(), timeout=60)

    async def kill(self) -> None:
        """Kill it, as a crash would."""
        assert self._running is not None
        self._running.kill()
        await self._running.wait()

    async def restart(self) -> None:
        """Kill it and start it anew."""
        await self.kill()
        await self.start()

    async def _until_on(self) -> None:
        while not await switch_on():  # noqa: ASYNC110 - nobody tells when it can be switched
            await asyncio.sleep(0.2)


async def switch_on() -> bool:
    """Switch the first adapter on; return whether there is one and it did."""
    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    try:
        asked = _call("org.bluez", "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
        path = _adapter(await bus.call(asked))
        if path is None:
            return False
        asked = _call("org.bluez", path, "org.freedesktop.DBus.Properties", "Set")
        asked.signature, asked.body = "ssv", [_ADAPTER, "Powered", Variant("b", value=True)]
        answer = await bus.call(asked)
        return answer.message_type is MessageType.METHOD_RETURN
    finally:
        bus.disconnect()


async def bus_names() -> int:
    """Return how many connections the bus has, the one that asks not counted."""
    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    try:
        answer = await bus.call(_call(_BUS, "/org/freedesktop/DBus", _BUS, "ListNames"))
        assert answer is not None
        names: list[str] = answer.body[0]
        return sum(name.startswith(":") for name in names) - 1
    finally:
        bus.disconnect()


def _call(destination: str, path: str, interface: str, member: str) -> Message:
    return Message(destination=destination, path=path, interface=interface, member=member)


def _adapter(answer: Message | None) -> str | None:
    if answer is None or answer.message_type is not MessageType.METHOD_RETURN:
        return None
    objects: Mapping[str, Mapping[str, object]] = answer.body[0]
    return next((path for path, kinds in objects.items() if _ADAPTER in kinds), None)
