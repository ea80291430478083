"""A peripheral that says what it is told to, and a host that listens by bleak."""

import asyncio
from collections.abc import Callable

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bumble.gatt import Characteristic, CharacteristicValue

from tests.virtual.peripheral import Peripheral, advert_of
from tests.virtual.rig import Rig

SERVICE = "f0180001-0000-4e7a-8163-000000000001"
STREAM = "f0180001-0000-4e7a-8163-000000000002"
CONTROL = "f0180001-0000-4e7a-8163-000000000003"
ADDRESS = "F0:00:00:00:00:0A"
MAKER = 0xFFFF


class Talker:
    """One notifying characteristic, one that is read and written."""

    def __init__(self, rig: Rig, mtu: int = 247, queue: int = 64) -> None:
        self.written: list[bytes] = []
        self.air = Peripheral(rig.link, ADDRESS, "Talker", mtu, queue)
        properties = Characteristic.Properties
        self.stream = Characteristic(STREAM, properties.NOTIFY, Characteristic.READABLE, b"")
        control: Characteristic[bytes] = Characteristic(
            CONTROL,
            properties.READ | properties.WRITE | properties.WRITE_WITHOUT_RESPONSE,
            Characteristic.READABLE | Characteristic.WRITEABLE,
            CharacteristicValue(read=lambda _: b"hello", write=self._write),
        )
        self.air.offer({SERVICE: [self.stream, control]})

    async def begin(self) -> None:
        """Switch it on and advertise."""
        await self.air.power_on()
        self.advertise()

    def advertise(self) -> None:
        """Advertise ten times a second."""
        advert, answer = advert_of("Talker", [SERVICE], {MAKER: b"\1\2\3"})
        self.air.advertise(advert, answer, 100)

    def say(self, data: bytes) -> bool:
        """Notify."""
        return self.air.notify(self.stream, data)

    async def say_numbers(self, rate_hz: float, seconds: float, size: int) -> int:
        """Notify numbers at a rate; return how many were taken."""
        taken = 0
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        for number in range(round(rate_hz * seconds)):
            await asyncio.sleep(began_s + number / rate_hz - loop.time())
            taken += self.say(number.to_bytes(4, "little") + bytes(size - 4))
        return taken

    def _write(self, _connection: object, data: bytes) -> None:
        self.written.append(data)


class Listener:
    """A client of a talker, and what it heard and when."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.heard: list[tuple[float, bytes]] = []
        self.lost_s: list[float] = []
        self.client: BleakClient | None = None

    async def find(self, seconds: float = 1.0) -> bool:
        """Scan; return whether the talker was seen, and take it as the device to connect."""
        seen = asyncio.Event()
        async with self._rig.transport.scanner(self._rig.clock, lambda *_: seen.set()) as scanner:
            try:
                await asyncio.wait_for(seen.wait(), seconds)
            except TimeoutError:
                return False
            self.device = scanner.discovered_devices[0]
        return True

    async def connect(self, timeout_s: float = 30.0) -> BleakClient:
        """Find, connect, subscribe; return the new client."""
        assert await self.find()
        client = await self.connect_only(timeout_s)
        await client.start_notify(STREAM, self._hear)
        return client

    async def connect_only(self, timeout_s: float = 30.0) -> BleakClient:
        """Connect to the device that was found before; return the new client."""
        loop = asyncio.get_running_loop()
        lose: Callable[[], None] = lambda: self.lost_s.append(loop.time())  # noqa: E731 - one line
        self.client = self._rig.transport.client(self.device, timeout_s, lose)
        await self.client.connect()
        return self.client

    @property
    def numbers(self) -> list[int]:
        """Return the numbers heard so far."""
        return [int.from_bytes(data[:4], "little") for _, data in self.heard]

    def _hear(self, _characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        self.heard.append((asyncio.get_running_loop().time(), bytes(data)))
