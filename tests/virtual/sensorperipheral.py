"""Another maker's sensor on the virtual radio: a device model with a link, or with none."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from bumble.gatt import Characteristic, CharacteristicValue

from tests.virtual.devices import Device, Told
from tests.virtual.peripheral import Peripheral, advert_of
from tests.virtual.radiolink import RadioLink

ADVERTISING_MS: Final = 100
SELDOM_MS: Final = 10_000
"""By itself; a scale that only advertises does so when it has measured."""
QUEUE_PACKETS: Final = 8
PROPERTIES: Final = {
    "read": Characteristic.Properties.READ,
    "write": Characteristic.Properties.WRITE,
    "write-without-response": Characteristic.Properties.WRITE_WITHOUT_RESPONSE,
    "notify": Characteristic.Properties.NOTIFY,
    "indicate": Characteristic.Properties.INDICATE,
}


class SensorPeripheral:
    """A device model that measures a force over time, at its own rate."""

    def __init__(
        self,
        link: RadioLink,
        model: Device,
        address: str,
        rate_hz: float,
        force_n: Callable[[float], float],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self.model = model
        self.air = Peripheral(link, address, model.name, 247, QUEUE_PACKETS)
        self.air.on_change = self._on_change
        self.truth: list[tuple[float, float]] = []
        """Host time and newtons of every sample it took."""
        self.is_hushed = False
        """Whether it does not advertise, as when it is switched off."""
        self._rate_hz = rate_hz
        self._force_n = force_n
        self._began_s = self._loop.time()
        self._characteristics: dict[str, Characteristic[Any]] = {}
        self._turn: asyncio.Handle | None = None
        self._offer()

    async def power_on(self) -> None:
        """Switch it on."""
        await self.air.power_on()
        self._advertise()
        self._plan()

    def _plan(self) -> None:
        at_s = self._began_s + (len(self.truth) + 1) / self._rate_hz
        self._turn = self._loop.call_at(at_s, self._sample)

    def _sample(self) -> None:
        at_s = self._loop.time()
        force_n = self._force_n(at_s - self._began_s)
        self.truth.append((at_s, force_n))
        self._tell(self.model.sample(force_n, at_s))
        if self.is_hushed:
            self.air.stop_advertising()
        elif not self.model.table:
            # All it has to say stands in its advertisements: one for each measurement.
            self._advertise()
        self._plan()

    def _advert(self) -> tuple[bytes, bytes]:
        return advert_of(self.model.name, self.model.advertised, self.model.makers)

    def _advertise(self) -> None:
        self.air.advertise(*self._advert(), ADVERTISING_MS if self.model.table else SELDOM_MS)

    def _tell(self, told: Told) -> None:
        for uuid, data in told:
            self.air.notify(self._characteristics[uuid], data)

    def _on_change(self) -> None:
        if self.air.connection is None:
            self.model.dropped()
            self._advertise()

    def _offer(self) -> None:
        for table in self.model.table.values():
            for uuid, names in table.items():
                self._characteristics[uuid] = self._characteristic(uuid, names)
        self.air.offer(
            {
                service: [self._characteristics[uuid] for uuid in table]
                for service, table in self.model.table.items()
            }
        )

    def _characteristic(self, uuid: str, names: tuple[str, ...]) -> Characteristic[Any]:
        properties = Characteristic.Properties(0)
        for name in names:
            properties |= PROPERTIES[name]
        value: CharacteristicValue[bytes] = CharacteristicValue(
            read=partial(self._read, uuid), write=partial(self._write, uuid)
        )
        permissions = Characteristic.READABLE | Characteristic.WRITEABLE
        return Characteristic(uuid, properties, permissions, value)

    def _read(self, uuid: str, _connection: object) -> bytes:
        return self.model.read(uuid)

    def _write(self, uuid: str, _connection: object, data: bytes) -> None:
        self._tell(self.model.written(uuid, data))
