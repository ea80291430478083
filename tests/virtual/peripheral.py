"""What every virtual peripheral has: a controller on the radio, a table, advertisements, a link."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bumble import hci
from bumble.device import AdvertisingType, Connection, Device, LegacyAdvertiser
from bumble.gatt import Characteristic, Service

from tests.virtual.radiocontroller import RadioController, make_device
from tests.virtual.radiolink import RadioLink

NOTIFICATION: Final = 0x1B
"""Opcode, Bluetooth Core 5.4, Vol 3, Part F, 3.4.7.1."""
INDICATION: Final = 0x1D
"""Ibid. 3.4.7.2."""
ADVERT_BYTES: Final = 31
FLAGS: Final = bytes([2, 0x01, 0x06])
"""Generally discoverable, no classic Bluetooth."""


class Peripheral:
    """A device that advertises, takes one connection and notifies."""

    def __init__(self, link: RadioLink, address: str, name: str, mtu: int, queue: int) -> None:
        self.link = link
        self.address = address
        self.controller = RadioController(name, link, queue)
        self.device: Device = make_device(self.controller, address, name, mtu)
        self.connection: Connection | None = None
        self.connections = 0
        """Links made so far."""
        self.on_change: Callable[[], None] = _do_nothing
        """Called when a link came or went."""
        self._queue = queue
        self.device.on("connection", self._on_connection)

    async def power_on(self) -> None:
        """Start the controller; it does not advertise by itself."""
        await self.device.power_on()

    def offer(self, services: Mapping[str, Sequence[Characteristic[Any]]]) -> None:
        """Make the table of services and their characteristics."""
        for uuid_text, characteristics in services.items():
            self.device.add_service(Service(uuid_text, list(characteristics)))

    def advertise(self, advert: bytes, answer: bytes, interval_ms: int) -> None:
        """Advertise these bytes, answer a scan with those."""
        advertiser = self.controller.le_legacy_advertiser
        advertiser.advertising_data = advert
        advertiser.scan_response_data = answer
        advertiser.advertising_interval_min = interval_ms
        advertiser.own_address_type = hci.Address.RANDOM_DEVICE_ADDRESS
        advertiser.start()
        # So that the host knows by which address it was found: it warns of each link otherwise.
        self.device.legacy_advertiser = LegacyAdvertiser(
            self.device,
            AdvertisingType.UNDIRECTED_CONNECTABLE_SCANNABLE,
            hci.OwnAddressType.RANDOM,
            hci.Address.ANY,
            auto_restart=False,
        )

    def stop_advertising(self) -> None:
        """Be silent."""
        self.controller.le_legacy_advertiser.stop()

    @property
    def is_advertising(self) -> bool:
        """Return whether it advertises."""
        return self.controller.le_legacy_advertiser.enabled

    def opcode_for(self, characteristic: Characteristic[Any]) -> int:
        """Return how the host of this link wants to be told; 0 where it does not."""
        if self.connection is None:
            return 0
        found = self.device.gatt_server.subscribers.get(self.connection, {})
        wanted = found.get(characteristic.handle, b"\0")[0]
        return NOTIFICATION if wanted & 1 else INDICATION if wanted & 2 else 0

    def has_room(self) -> bool:
        """Return whether the controller takes another packet."""
        queue = self.device.host.le_acl_packet_queue
        return queue is not None and queue.pending < self._queue

    def notify(self, characteristic: Characteristic[Any], data: bytes) -> bool:
        """Send a notification, cut to what the link carries; return whether it was taken."""
        connection = self.connection
        opcode = self.opcode_for(characteristic)
        if connection is None or not opcode or not self.has_room():
            return False
        head = bytes([opcode]) + characteristic.handle.to_bytes(2, "little")
        body = data[: connection.att_mtu - len(head)]
        self.device.gatt_server.send_gatt_pdu(connection, head + body)
        return True

    def walk_away(self) -> None:
        """Leave everybody's reach."""
        self.link.walk_away(self.controller)

    def come_back(self) -> None:
        """Be in reach again."""
        self.link.come_back(self.controller)

    async def drop(self) -> None:
        """End the link in good order, as a device does that is switched off by its button."""
        if self.connection is not None:
            await self.connection.disconnect()

    def _on_connection(self, connection: Connection) -> None:
        self.connection = connection
        self.connections += 1
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)
        self.on_change()

    def _on_disconnection(self, _reason: int) -> None:
        self.connection = None
        self.on_change()


def advert_of(
    name: str, services: Iterable[str], makers: Mapping[int, bytes]
) -> tuple[bytes, bytes]:
    """Return advertisement and scan response; what does not fit in the one goes into the other."""
    parts = [FLAGS]
    parts += [_field(*_service(uuid_text)) for uuid_text in services]
    parts += [
        _field(0xFF, company.to_bytes(2, "little") + data) for company, data in makers.items()
    ]
    if name:
        parts.append(_field(0x09, name.encode()))
    advert = answer = b""
    for part in parts:
        if len(advert) + len(part) <= ADVERT_BYTES:
            advert += part
        else:
            answer += part
    if len(answer) > ADVERT_BYTES:
        raise ValueError(f"{name}: {len(answer)} bytes of scan response, {ADVERT_BYTES} fit")
    return advert, answer


def _field(kind: int, data: bytes) -> bytes:
    return bytes([len(data) + 1, kind]) + data


def _service(uuid_text: str) -> tuple[int, bytes]:
    if uuid_text.startswith("0000") and uuid_text.endswith("-0000-1000-8000-00805f9b34fb"):
        return 0x03, bytes.fromhex(uuid_text[4:8])[::-1]
    return 0x07, uuid.UUID(uuid_text).bytes[::-1]


def _do_nothing() -> None:
    """Do nothing."""
