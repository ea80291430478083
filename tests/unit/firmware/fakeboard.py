"""CircuitPython's modules for a board that only pretends, with emulated chips on its buses.

The radio follows CircuitPython 10's source (ports/nordic/common-hal/_bleio/PacketBuffer.c): one
packet is under way and one is gathered; any completed notification lets every buffer send again;
after a lost link a buffer still believes that its packet is under way.
"""

from types import ModuleType, SimpleNamespace

from tests.unit.firmware.chips import EmulatedHx711, EmulatedLsm6


class FakeBluetoothError(Exception):
    """The radio's own error."""


class Adapter:
    """A Bluetooth adapter."""

    def __init__(self) -> None:
        self.enabled = False
        self.name = ""
        self.connected = False
        self.connections: list[SimpleNamespace] = []
        self.adverts: list[tuple[bytes, float]] = []
        self.is_advertising = False
        self.buffers: list[PacketBuffer] = []
        self.places: dict[str, Characteristic] = {}
        """Characteristics by UUID."""
        self.notified: list[tuple[str, bytes]] = []
        """Characteristic and bytes, as a host hears them."""
        self.under_way = 0

    def start_advertising(self, data: bytes, *, interval: float) -> None:
        assert not self.is_advertising
        assert len(data) <= 31
        self.is_advertising = True
        self.adverts.append((data, interval))

    def stop_advertising(self) -> None:
        self.is_advertising = False

    def connect(self) -> None:
        assert self.is_advertising
        self.is_advertising = False
        self.connected = True
        self.connections = [SimpleNamespace(connection_interval=48.75)]

    def lose(self) -> None:
        self.connected = False
        self.connections = []
        self.under_way = 0

    def transmit(self, uuid: str, data: bytes) -> None:
        self.notified.append((uuid, data))
        self.under_way += 1

    def complete(self) -> None:
        """Let all that is under way arrive, as long as a link stands."""
        while self.under_way:
            self.under_way = 0
            for buffer in self.buffers:
                buffer.completed()


class Characteristic:
    """A characteristic whose subscription is taken for granted."""

    READ, NOTIFY, WRITE = 2, 16, 8
    adapter: Adapter

    def __init__(self, uuid: str, properties: int, max_length: int) -> None:
        self.uuid = uuid
        self.properties = properties
        self.max_length = max_length
        self.held = b""

    @classmethod
    def add_to_service(
        cls,
        service: object,
        uuid: str,
        *,
        properties: int,
        read_perm: int,
        write_perm: int,
        max_length: int,
    ) -> "Characteristic":
        assert service
        assert (read_perm, write_perm) == ((0, 1) if properties & cls.WRITE else (1, 0))
        place = cls(uuid, properties, max_length)
        cls.adapter.places[uuid] = place
        return place

    @property
    def value(self) -> bytes:
        return self.held

    @value.setter
    def value(self, data: bytearray) -> None:
        assert len(data) <= self.max_length
        self.held = bytes(data)
        if self.properties & self.NOTIFY and self.adapter.connected:
            self.adapter.transmit(self.uuid, bytes(data))


class PacketBuffer:
    """Packets out of, or into, a characteristic."""

    def __init__(self, place: Characteristic, *, buffer_size: int, max_packet_size: int) -> None:
        self.place = place
        self.most_bytes = min(max_packet_size, place.max_length)
        self.pending = b""
        self.is_queued = False
        self.commands: list[bytes] = []
        self.buffer_size = buffer_size
        place.adapter.buffers.append(self)

    def write(self, data: bytes | bytearray | memoryview) -> int:
        adapter = self.place.adapter
        if not adapter.connected:
            return -1
        if len(data) + len(self.pending) > self.most_bytes:
            adapter.complete()
            # What a board would do for ever.
            assert not self.pending, "blocked"
        self.pending += bytes(data)
        if not self.is_queued:
            self.completed()
        return len(data)

    def completed(self) -> None:
        self.is_queued = False
        if self.pending and self.place.adapter.connected:
            self.place.adapter.transmit(self.place.uuid, self.pending)
            self.pending = b""
            self.is_queued = True

    def readinto(self, into: bytearray) -> int:
        if not self.commands:
            return 0
        command = self.commands.pop(0)
        into[: len(command)] = command
        return len(command)


class FakeBoard:
    """One board: its modules by name, and what hangs on its pins."""

    def __init__(self, board_id: str) -> None:
        self.adapter = Adapter()
        self.hx711 = {"D10": EmulatedHx711(100), "D1": EmulatedHx711(-200)}
        self.lsm6 = EmulatedLsm6()
        self.levels: dict[str, bool] = {}
        """Of the pins that are driven."""
        Characteristic.adapter = self.adapter
        names = ("_bleio", "board", "busio", "digitalio", "analogio", "microcontroller")
        self.modules = {name: ModuleType(name) for name in names}
        self._fill(board_id)

    def command(self, data: bytes) -> None:
        """Write to CONTROL."""
        self.adapter.buffers[-1].commands.append(data)

    def _fill(self, board_id: str) -> None:
        put = {name: module.__dict__ for name, module in self.modules.items()}
        put["board"]["board_id"] = board_id
        # A pin is its own name here.
        put["board"]["__getattr__"] = str
        put["busio"] |= {"SPI": self._spi, "I2C": self._i2c}
        put["digitalio"] |= {
            "DigitalInOut": self._pin,
            "DriveMode": SimpleNamespace(PUSH_PULL=0),
        }
        put["analogio"]["AnalogIn"] = lambda _: SimpleNamespace(value=26_000, reference_voltage=3.3)
        put["microcontroller"] |= {
            "nvm": bytearray(b"\xff" * 64),
            "cpu": SimpleNamespace(uid=b"\x01\x02\x03\x04\x05\x06\x07\x08"),
        }
        put["_bleio"] |= {
            "adapter": self.adapter,
            "Adapter": Adapter,
            "Service": lambda uuid: SimpleNamespace(uuid=uuid),
            "UUID": str,
            "Attribute": SimpleNamespace(OPEN=1, NO_ACCESS=0),
            "Characteristic": Characteristic,
            "PacketBuffer": PacketBuffer,
            "BluetoothError": FakeBluetoothError,
        }

    def _spi(self, _clock: str, mosi: str, _miso: str) -> SimpleNamespace:
        chip = self.hx711[mosi]
        chip.begin()
        return SimpleNamespace(
            try_lock=lambda: True,
            configure=lambda **_: None,
            deinit=chip.end,
            write_readinto=chip.exchange,
        )

    def _i2c(self, _scl: str, _sda: str, *, frequency: int) -> SimpleNamespace:
        assert frequency == 400_000

        def read(address: int, out: bytearray, into: bytearray) -> None:
            self._check(address)
            self.lsm6.read(out[0], into)

        def write(address: int, out: bytearray) -> None:
            self._check(address)
            self.lsm6.write(out[0], out[1])

        return SimpleNamespace(
            try_lock=lambda: True, unlock=lambda: None, writeto_then_readfrom=read, writeto=write
        )

    @staticmethod
    def _check(address: int) -> None:
        assert address == 0x6A

    def _pin(self, name: str) -> "FakePin":
        return FakePin(self.levels, name)


class FakePin:
    """A pin that is driven."""

    def __init__(self, levels: dict[str, bool], name: str) -> None:
        assert name not in levels, f"{name} is in use"
        self._levels = levels
        self._name = name

    def switch_to_output(self, *, value: bool, drive_mode: int = 0) -> None:
        assert drive_mode == 0
        self._levels[self._name] = value

    def deinit(self) -> None:
        del self._levels[self._name]

    @property
    def value(self) -> bool:
        return self._levels[self._name]

    @value.setter
    def value(self, value: bool) -> None:
        self._levels[self._name] = value
