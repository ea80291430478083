"""The radio as the rest of this folder sees it: bleak, and how a stuck adapter is helped.

A test hands in another backend of bleak; everything above stays the same code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from trainer.core.ports import Clock
from trainer.wire.dialect import Advert

OnAdvert = Callable[[BLEDevice, Advert], None]


@dataclass(frozen=True, slots=True)
class AdapterState:
    """What is known of this computer's Bluetooth."""

    is_present: bool
    is_powered: bool = False
    trouble: str = ""
    """One sentence with the next step; empty where nothing is wrong."""


class Recovery(Protocol):
    """What can be done about a radio that does not work; nothing of it raises."""

    async def forget(self, address: str) -> None:
        """Let the system forget a device, and what it believes to know of its table."""
        ...

    async def power_cycle(self) -> None:
        """Switch the adapter off and on."""
        ...

    async def adapter_state(self) -> AdapterState:
        """Return how the adapter stands."""
        ...


class NoRecovery:
    """Where nothing can be done: another system, or none that answers."""

    async def forget(self, address: str) -> None:
        """Do nothing."""

    async def power_cycle(self) -> None:
        """Do nothing."""

    async def adapter_state(self) -> AdapterState:
        """Return an adapter of which nothing is known."""
        return AdapterState(is_present=True, is_powered=True)


@dataclass(frozen=True, slots=True)
class BleTransport:
    """Makes scanners and clients; the words are handed on to bleak as they are."""

    recovery: Recovery = field(default_factory=NoRecovery)
    scanner_kw: Mapping[str, Any] = field(default_factory=dict[str, Any])
    client_kw: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def scanner(self, clock: Clock, on_advert: OnAdvert) -> BleakScanner:
        """Return a scanner that tells of every advertisement."""

        def tell(device: BLEDevice, data: AdvertisementData) -> None:
            on_advert(device, _advert(device, data, clock.monotonic_s()))

        return BleakScanner(tell, **self.scanner_kw)

    def client(
        self, device: BLEDevice, timeout_s: float, on_lost: Callable[[], None]
    ) -> BleakClient:
        """Return a client of a device that was seen; it serves for one connection only."""

        def lost(_client: BleakClient) -> None:
            on_lost()

        return BleakClient(device, lost, timeout=timeout_s, **self.client_kw)


def _advert(device: BLEDevice, data: AdvertisementData, at_s: float) -> Advert:
    return Advert(
        device.address,
        data.local_name or device.name or "",
        at_s,
        tuple(uuid.lower() for uuid in data.service_uuids),
        dict(data.manufacturer_data),
        data.rssi,
    )
