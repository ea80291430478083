"""What bluetoothd keeps for a program, and what can go wrong with it: a test turns the switches."""

import asyncio
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Final

from bleak.assigned_numbers import CharacteristicPropertyName, gatt_char_props_to_strs
from bumble import core
from bumble.device import Device, Peer
from bumble.gatt_client import CharacteristicProxy, ServiceProxy

CLIENT_CONFIGURATION: Final = "00002902-0000-1000-8000-00805f9b34fb"
"""The descriptor by which one subscribes."""


@dataclass(frozen=True)
class FoundCharacteristic:
    """A characteristic of a device, as discovered."""

    uuid: str
    handle: int
    properties: tuple[CharacteristicPropertyName, ...]
    descriptors: tuple[tuple[str, int], ...]

    @property
    def configuration_handle(self) -> int | None:
        """Return the handle by which one subscribes, where there is one."""
        return dict(self.descriptors).get(CLIENT_CONFIGURATION)


@dataclass(frozen=True)
class FoundService:
    """A service of a device, as discovered."""

    uuid: str
    handle: int
    characteristics: tuple[FoundCharacteristic, ...]


class Adapter:
    """A Bluetooth adapter and its daemon, as far as a program can notice.

    Like BlueZ it keeps the table of each device until that device is forgotten, and the
    registrations of each client until that client is closed, whether or not its link stands.
    """

    def __init__(self, device: Device) -> None:
        self.device = device
        self.open_clients: set[object] = set()
        """Clients that were connected and never disconnected, lost links included."""
        self.registrations: Counter[tuple[str, str]] = Counter()
        """Subscriptions by address and characteristic; each delivers every packet once."""
        self.most_registrations = 0
        """The most that one characteristic ever had."""
        self.known: set[str] = set()
        self.tables: dict[str, tuple[FoundService, ...]] = {}
        self.is_scanning = False
        self.connecting = asyncio.Lock()
        """The controller takes one connection attempt at a time."""
        self.connections_made = 0
        self.forgotten: list[str] = []
        """Addresses in the order in which they were forgotten."""
        self.power_cycles = 0
        # Faults, each until it has worn off.
        self.is_powered = True
        self.is_deaf = False
        """Finds nothing until it is power cycled."""
        self.busy_connects = 0
        """How many attempts to connect are answered by InProgress."""
        self.hanging_connects = 0
        """How many attempts to connect never return."""
        self.stale: dict[str, frozenset[str]] = {}
        """Characteristics that an outdated table lacks, by address, until it is forgotten."""
        self.disconnect_s = 0.0
        """How long closing a link that stands takes; 2.2 to 2.8 s with BlueZ 5.66."""

    async def forget(self, address: str) -> None:
        """Drop a device and what was cached of it, as bluetoothd's RemoveDevice does."""
        self.forgotten.append(address)
        self.known.discard(address)
        self.tables.pop(address, None)
        self.stale.pop(address, None)
        await self._disconnect(address)

    async def power_cycle(self) -> None:
        """Switch the adapter off and on: all links end, deafness too."""
        self.power_cycles += 1
        await self.power(is_on=False)
        await self.power(is_on=True)

    async def power(self, *, is_on: bool) -> None:
        """Switch the adapter."""
        self.is_powered = is_on
        if not is_on:
            self.is_deaf = False
            await self._disconnect(None)

    async def _disconnect(self, address: str | None) -> None:
        for connection in list(self.device.connections.values()):
            if address in (None, connection.peer_address.to_string(with_type_qualifier=False)):
                await connection.disconnect()

    def table_of(self, address: str) -> tuple[FoundService, ...] | None:
        """Return what is cached of a device, without what a stale cache lacks."""
        table = self.tables.get(address)
        lacking = self.stale.get(address, frozenset())
        if table is None or not lacking:
            return table
        return tuple(
            FoundService(
                service.uuid,
                service.handle,
                tuple(each for each in service.characteristics if each.uuid not in lacking),
            )
            for service in table
        )

    async def discover(self, address: str, peer: Peer) -> tuple[FoundService, ...]:
        """Return a device's table, asked for only where it is not cached."""
        if address not in self.tables:
            services = await peer.discover_services()
            self.tables[address] = tuple([await _look_into(service) for service in services])
        found = self.table_of(address)
        assert found is not None
        return found

    def register(self, address: str, characteristic: str) -> None:
        """Count one more subscription."""
        self.registrations[address, characteristic] += 1
        most = max(self.registrations.values())
        self.most_registrations = max(self.most_registrations, most)

    def unregister(self, address: str, characteristic: str) -> None:
        """Count one less."""
        self.registrations[address, characteristic] -= 1


def uuid_text(found: core.UUID) -> str:
    """Return a UUID as bleak writes it: 128 bits, lower case."""
    return str(uuid.UUID(bytes=found.to_bytes(force_128=True)[::-1]))


async def _look_into(service: ServiceProxy) -> FoundService:
    found = await service.discover_characteristics()
    rows = tuple([await _look_at(characteristic) for characteristic in found])
    return FoundService(uuid_text(service.uuid), service.handle, rows)


async def _look_at(characteristic: CharacteristicProxy[bytes]) -> FoundCharacteristic:
    descriptors = await characteristic.discover_descriptors()
    return FoundCharacteristic(
        uuid_text(characteristic.uuid),
        characteristic.handle,
        tuple(sorted(gatt_char_props_to_strs(int(characteristic.properties)))),
        tuple((uuid_text(each.type), each.handle) for each in descriptors),
    )
