"""A foot node on the virtual radio: the firmware's own main loop between virtual parts."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from bumble import core
from bumble.gatt import Characteristic, CharacteristicValue

from tests.virtual import footfirmware
from tests.virtual.footparts import Battery, Chip, Converter, DeviceClock, Light, Memory
from tests.virtual.peripheral import Peripheral, advert_of
from tests.virtual.radiolink import RadioLink
from trainer.wire import footwire

IDLE_REST_S: Final = 0.05
"""Between turns of a node that is connected and samples nothing; a command wakes it at once."""
SIMULATED: Final = 255


@dataclass
class FootOptions:
    """What a virtual node is like."""

    name: str = "FootNode"
    address: str = "F0:00:00:00:00:01"
    cells: tuple[int, ...] = (1, 2, 3, 4)
    force_hz: float = 95.0
    imu_hz: float = 104.0
    """0: no inertial sensor."""
    skew_ppm: float = 0.0
    clock_us: int = 0
    """Of the device clock at the first boot."""
    first_seqs: tuple[int, ...] = (100, 200)
    """What the random number of a boot is, in turn."""
    battery_mv: int = 3900
    mtu: int = 247
    queue_packets: int = 8
    """Notifications that the chip's radio takes beforehand."""
    supervision_ms: float = 420.0
    """Asked together with the interval; CircuitPython leaves what the host has chosen."""
    missing: frozenset[str] = frozenset()
    """Characteristics that its table lacks."""
    patch_info: Callable[[bytes], bytes] = bytes
    """Makes another firmware's INFO of this one's."""
    disturb: Callable[[int, bytes], Iterable[bytes]] | None = None
    """Makes what is really notified of a frame: nothing, several, something else."""


class FootPeripheral:
    """A node and its radio; also the `radio` part of the firmware's node."""

    def __init__(self, link: RadioLink, options: FootOptions) -> None:
        self._loop = asyncio.get_running_loop()
        self.options = options
        self.link = link
        self.air = Peripheral(
            link, options.address, options.name, options.mtu, options.queue_packets
        )
        self.air.on_change = self.kick
        self.battery = Battery(options.battery_mv)
        self.light = Light()
        self.memory = Memory()
        self.commands: list[bytes] = []
        """Everything that was ever written to CONTROL."""
        self.sent_frames = 0
        """Frames that the radio has taken."""
        self._waiting: deque[bytes] = deque()
        self._info = b""
        self._random = deque(options.first_seqs)
        self._turn: asyncio.Handle | None = None
        self._is_on = False
        self._asking: set[asyncio.Task[None]] = set()
        self._boot(options.clock_us)
        self._offer()

    async def power_on(self) -> None:
        """Switch the node on."""
        await self.air.power_on()
        self._start()

    def _boot(self, clock_us: int) -> None:
        options, now_s = self.options, self._loop.time
        self.clock = DeviceClock(now_s, options.skew_ppm, clock_us)
        self.converter = Converter(options.force_hz, options.cells, now_s)
        self.imu = Chip(options.imu_hz, 6, 16, now_s) if options.imu_hz else None

    def _start(self) -> None:
        settings = footfirmware.make_settings(footwire.PAD, SIMULATED, 1, b"\1\2\3\4\5\6")
        settings.name = self.options.name
        parts = (self.converter, self.imu, self, self.battery, self.light, self.memory)
        self._is_on = True
        self.node = footfirmware.make_node(settings, parts, self.clock.now_us, self._draw)
        self.kick()

    def _draw(self) -> int:
        self._random.rotate(-1)
        return self._random[-1]

    def switch_off(self) -> None:
        """Cut the power: the link dies without a word."""
        # First: a link that vanishes kicks, and what is off must not do another turn.
        self._is_on = False
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
        self.air.stop_advertising()
        self.link.vanish(self.air.controller)
        self._waiting.clear()

    async def reboot(self, off_s: float = 0.5) -> None:
        """Cut the power and give it back; clock and numbers begin anew."""
        self.switch_off()
        await asyncio.sleep(off_s)
        self._boot(0)
        self._start()

    def kick(self) -> None:
        """Let the node do a turn at once; one that is off does none."""
        if not self._is_on:
            return
        if self._turn is not None:
            self._turn.cancel()
        self._turn = self._loop.call_soon(self._step)

    def _step(self) -> None:
        rest_s = self.node.step() / 1e6
        chips = [chip for chip in (self.converter, self.imu) if chip and chip.is_awake]
        if chips:
            # Turns between two samples would change nothing and cost most of a run.
            due_s = min(chip.next_s() for chip in chips) - self._loop.time()
            rest_s = max(due_s, rest_s if due_s <= 0.0 else 0.0)
        elif self.is_connected:
            rest_s = IDLE_REST_S
        self._turn = self._loop.call_later(rest_s, self._step)

    @property
    def is_connected(self) -> bool:
        """Return whether a link stands."""
        return self.air.connection is not None

    @property
    def connections(self) -> int:
        """Return the links made so far."""
        return self.air.connections

    def advertise(self, name: str, interval_ms: int) -> None:
        """Advertise under a name."""
        advert, answer = advert_of(name, [footwire.SERVICE_UUID], {})
        self.air.advertise(advert, answer, interval_ms)

    def stop_advertising(self) -> None:
        """Be silent."""
        self.air.stop_advertising()

    def set_info(self, data: bytes) -> None:
        """Hold these bytes for whoever reads INFO."""
        self._info = self.options.patch_info(data)

    def send(self, kind: int, data: bytes | bytearray | memoryview) -> bool:
        """Take a frame; False where there is no room."""
        characteristic = self._streams.get(kind)
        frame = bytes(data)
        if characteristic is None or not self.air.has_room():
            return False
        if self.options.disturb is None:
            is_taken = self.air.notify(characteristic, frame)
        else:
            is_taken = True
            for other in self.options.disturb(kind, frame):
                self.air.notify(characteristic, other)
        self.sent_frames += is_taken
        return is_taken

    def report(self, data: bytes) -> None:
        """Send on CLOCK."""
        if self._clock_report is not None:
            self.air.notify(self._clock_report, data)

    def receive(self) -> bytes | None:
        """Return the next command."""
        return self._waiting.popleft() if self._waiting else None

    def ask_interval(self, interval_ms: int) -> None:
        """Ask the host for an interval."""
        connection = self.air.connection
        if connection is None:
            return
        # An earlier question that died with its link would forbid this one.
        self.air.device.l2cap_channel_manager.connection_parameters_update_response = None
        task = self._loop.create_task(
            connection.update_parameters(
                interval_ms, interval_ms, 0, self.options.supervision_ms, use_l2cap=True
            )
        )
        connection.once(connection.EVENT_DISCONNECTION, lambda _: task.cancel())
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def _command(self, _connection: object, data: bytes) -> None:
        self.commands.append(data)
        self._waiting.append(data)
        self.kick()

    def _offer(self) -> None:
        notify, read, write = (
            Characteristic.Properties.NOTIFY,
            Characteristic.Properties.READ,
            Characteristic.Properties.WRITE,
        )
        readable, writeable = Characteristic.READABLE, Characteristic.WRITEABLE
        table: list[Characteristic[Any]] = [
            Characteristic(footwire.FORCE_UUID, notify, readable, b""),
            Characteristic(footwire.IMU_UUID, notify, readable, b""),
            Characteristic(footwire.CLOCK_UUID, notify, readable, b""),
            Characteristic(
                footwire.INFO_UUID, read, readable, CharacteristicValue(read=lambda _: self._info)
            ),
            Characteristic(
                footwire.CONTROL_UUID, write, writeable, CharacteristicValue(write=self._command)
            ),
        ]
        offered = {
            each.uuid: each
            for each in table
            if each.uuid not in {core.UUID(uuid) for uuid in self.options.missing}
        }
        self.air.offer({footwire.SERVICE_UUID: list(offered.values())})
        kinds = {footwire.FORCE: footwire.FORCE_UUID, footwire.IMU: footwire.IMU_UUID}
        self._streams = {
            kind: offered[core.UUID(uuid)]
            for kind, uuid in kinds.items()
            if core.UUID(uuid) in offered
        }
        self._clock_report = offered.get(core.UUID(footwire.CLOCK_UUID))
