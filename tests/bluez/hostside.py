"""The host's side of the Bluetooth tests: the guest's controller, the node, what befalls them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Self

from bumble.transport import open_transport

from tests.bluez import channel
from tests.bluez.channel import Lines, Said
from tests.bluez.guestcontroller import GuestController
from tests.bluez.qemu import RADIO
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.radiolink import RadioLink
from trainer.wire import footwire


class HostSide:
    """Controller and node; an async context manager that holds the sockets qemu connects to."""

    def __init__(self, sockets: Path, on_result: Callable[[Said], None]) -> None:
        self._sockets = sockets
        self._on_result = on_result
        self._held = AsyncExitStack()
        self._radio = RadioLink()
        self._foot: FootPeripheral | None = None
        self._deeds: Mapping[str, Callable[[], Awaitable[None]]] = {
            "tally": self._nothing,
            "begin": self._begin,
            "off": self._off,
            "on": self._on,
            "old firmware": self._old_firmware,
            "drop": self._drop,
            "out of reach": self._out_of_reach,
            "no samples": self._no_samples,
            "reboot": self._reboot,
        }

    async def __aenter__(self) -> Self:
        line = await open_transport(f"unix-server:{self._sockets / RADIO}")
        await self._held.enter_async_context(line)
        self._controller = GuestController(self._radio, line)
        path = self._sockets / channel.SOCKET
        server = await asyncio.start_unix_server(self._serve, path)
        self._held.callback(server.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._off()
        await self._held.aclose()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = Lines()
        try:
            while data := await reader.read(4096):
                for said in lines.push(data):
                    await self._answer(said, writer)
        finally:
            writer.close()

    async def _answer(self, said: Said, writer: asyncio.StreamWriter) -> None:
        if "result" in said:
            self._on_result(said)
            return
        await self._deeds[str(said["ask"])]()
        writer.write(channel.line({"tally": self._controller.tally()}))
        await writer.drain()

    async def _nothing(self) -> None:
        pass

    async def _begin(self) -> None:
        """Bring all back to where a scenario begins, whatever the one before has left."""
        await self._on()
        self._controller.count_anew()

    async def _off(self) -> None:
        """Switch the node off: its link dies without a word."""
        if self._foot is not None:
            self._foot.switch_off()
            self._radio.remove_controller(self._foot.air.controller)
            self._foot = None

    async def _on(self) -> None:
        await self._switch_on(FootOptions())

    async def _old_firmware(self) -> None:
        """Switch a node on whose table has less in it, so that all further handles differ."""
        await self._switch_on(FootOptions(missing=frozenset({footwire.IMU_UUID})))

    async def _switch_on(self, options: FootOptions) -> None:
        await self._off()
        self._foot = FootPeripheral(self._radio, options)
        await self._foot.power_on()

    async def _drop(self) -> None:
        """Have the node end the link."""
        await self._node.air.drop()

    async def _out_of_reach(self) -> None:
        """Let nothing through until the link has timed out."""
        connection = self._node.air.connection
        assert connection is not None
        is_over = asyncio.Event()
        connection.once(connection.EVENT_DISCONNECTION, lambda _: is_over.set())
        self._radio.silence()
        await is_over.wait()
        self._radio.clear()

    async def _no_samples(self) -> None:
        """Let both converters of the node stand still until a new link is made."""
        node = self._node
        assert node.imu is not None
        chips = (node.converter, node.imu)

        def stick(*, is_stuck: bool) -> None:
            for chip in chips:
                chip.is_stuck = is_stuck

        stick(is_stuck=True)
        node.air.device.once("connection", lambda _: stick(is_stuck=False))

    async def _reboot(self) -> None:
        """Cut the node's power for half a second; its clock and its numbers begin anew."""
        await self._node.reboot()

    @property
    def _node(self) -> FootPeripheral:
        assert self._foot is not None
        return self._foot
