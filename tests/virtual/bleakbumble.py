"""A bleak backend over a virtual controller, so that a program's own bleak calls meet our radio.

bleak takes a class and constructs it itself, so the adapter reaches scanner and client as an
attribute of a class that is made for it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, ClassVar, Final, TypeVar

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import (
    AdvertisementData,
    AdvertisementDataCallback,
    BaseBleakScanner,
)
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)
from bumble import att, core, hci
from bumble.core import AdvertisingData
from bumble.device import Advertisement, Connection, ConnectionParametersPreferences, Peer

from tests.virtual.adapter import Adapter, FoundService, uuid_text

Answer = TypeVar("Answer")

WANTED_MTU: Final = 517
"""What BlueZ asks for."""
PREFERENCES: Final = ConnectionParametersPreferences(
    connection_interval_min=30.0, connection_interval_max=50.0, supervision_timeout=420
)
"""What Linux 6.1 opens a link with, as seen on the wire; the shorter interval is what one gets."""
SERVICE_LISTS: Final = (
    AdvertisingData.Type.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
)


class Scanner(BaseBleakScanner):
    """Scans by the adapter; bound to one by `backends`."""

    adapter: ClassVar[Adapter]

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        _scanning_mode: str,
        **_options: object,
    ) -> None:
        super().__init__(detection_callback, service_uuids)

    async def start(self) -> None:
        """Start scanning; one scan at a time, as with BlueZ."""
        adapter = self.adapter
        if not adapter.is_powered:
            raise BleakBluetoothNotAvailableError(
                "Bluetooth is off", BleakBluetoothNotAvailableReason.POWERED_OFF
            )
        if adapter.is_scanning:
            raise BleakDBusError("org.bluez.Error.InProgress", ["Operation already in progress"])
        adapter.is_scanning = True
        self.seen_devices = {}
        adapter.device.on("advertisement", self._on_advertisement)
        await adapter.device.start_scanning(legacy=True, active=False)

    async def stop(self) -> None:
        """Stop scanning; safe when it is not."""
        adapter = self.adapter
        if adapter.is_scanning:
            adapter.is_scanning = False
            adapter.device.remove_listener("advertisement", self._on_advertisement)
            await adapter.device.stop_scanning(legacy=True)

    def _on_advertisement(self, heard: Advertisement) -> None:
        if self.adapter.is_deaf or not self.adapter.is_powered:
            return
        name = _name(heard.data)
        services = _services(heard.data)
        said = AdvertisementData(name, _makers(heard.data), {}, services, None, heard.rssi, ())
        address = heard.address.to_string(with_type_qualifier=False)
        self.adapter.known.add(address)
        device = self.create_or_update_device(address, address, name, {}, said)
        if self.is_allowed_uuid(services):
            self.call_detection_callbacks(device, said)


class Client(BaseBleakClient):
    """Connects by the adapter; bound to one by `backends`."""

    adapter: ClassVar[Adapter]

    def __init__(self, target: BLEDevice | str, **options: Any) -> None:  # noqa: ANN401 - bleak hands over what it likes
        super().__init__(
            target,
            disconnected_callback=options.get("disconnected_callback"),
            timeout=options.get("timeout", 30.0),
        )
        self._connection: Connection | None = None
        self._gone: asyncio.Future[None] | None = None
        self._mtu = att.ATT_DEFAULT_MTU
        self._configurations: dict[int, int | None] = {}
        self._subscribed: set[str] = set()

    @property
    def name(self) -> str:
        """Return the address, written as a name."""
        return self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        """Return 23 whatever is true, as on BlueZ: ask the characteristics instead."""
        return att.ATT_DEFAULT_MTU

    @property
    def is_connected(self) -> bool:
        """Return whether the link stands."""
        return self._connection is not None

    async def connect(self, pair: bool, **_options: object) -> None:  # noqa: ARG002 - an open link needs no pairing
        """Connect and discover."""
        adapter = self.adapter
        if self._connection or self in adapter.open_clients:
            raise BleakError("Client is already connected")
        if self.address not in adapter.known:
            message = f"Device with address {self.address} was not found."
            raise BleakDeviceNotFoundError(self.address, message)
        if adapter.busy_connects:
            adapter.busy_connects -= 1
            raise BleakDBusError("org.bluez.Error.InProgress", ["In Progress"])
        if adapter.hanging_connects:
            adapter.hanging_connects -= 1
            await asyncio.Event().wait()
        async with asyncio.timeout(self._timeout):
            await self._link()
        try:
            self.services = self._collection(await self._io(self._prepare()))
        except BaseException:
            await self._unlink()
            raise
        adapter.open_clients.add(self)

    async def _link(self) -> None:
        adapter = self.adapter
        async with adapter.connecting:
            attempt = asyncio.ensure_future(
                adapter.device.connect_le(
                    hci.Address(self.address),
                    {hci.Phy.LE_1M: PREFERENCES},
                    timeout=None,
                )
            )
            try:
                connection = await asyncio.shield(attempt)
            except asyncio.CancelledError:
                # Bumble does not type this one.
                await adapter.device.cancel_connection()  # type: ignore[no-untyped-call]
                await asyncio.wait({attempt})
                if not attempt.cancelled() and attempt.exception() is None:
                    await attempt.result().disconnect()
                raise
            except core.ConnectionError as error:
                raise BleakDBusError("org.bluez.Error.Failed", [str(error)]) from error
        adapter.connections_made += 1
        self._connection = connection
        self._gone = asyncio.get_running_loop().create_future()
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)

    async def _prepare(self) -> tuple[FoundService, ...]:
        assert self._connection is not None
        peer = Peer(self._connection)
        self._mtu = await peer.request_mtu(WANTED_MTU)
        return await self.adapter.discover(self.address, peer)

    def _collection(self, table: tuple[FoundService, ...]) -> BleakGATTServiceCollection:
        found = BleakGATTServiceCollection()
        for row in table:
            service = BleakGATTService(row, row.handle, row.uuid)
            found.add_service(service)
            for each in row.characteristics:
                characteristic = BleakGATTCharacteristic(
                    each,
                    each.handle,
                    each.uuid,
                    list(each.properties),
                    lambda: self._mtu - 3,
                    service,
                )
                found.add_characteristic(characteristic)
                self._configurations[each.handle] = each.configuration_handle
                for uuid, handle in each.descriptors:
                    found.add_descriptor(BleakGATTDescriptor(None, handle, uuid, characteristic))
        return found

    def _on_disconnection(self, _reason: int) -> None:
        self._connection = None
        self.services = None
        assert self._gone is not None
        self._gone.set_result(None)
        # For every end: one of our own making, and one in the middle of connecting, too.
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def disconnect(self) -> None:
        """Close the link where it stands, and in any case give up what the daemon keeps."""
        if self._connection is not None and self.adapter.disconnect_s:
            await asyncio.sleep(self.adapter.disconnect_s)
        try:
            await self._unlink()
        finally:
            self.adapter.open_clients.discard(self)
            for characteristic in self._subscribed:
                self.adapter.unregister(self.address, characteristic)
            self._subscribed.clear()

    async def _unlink(self) -> None:
        if self._connection is not None:
            await self._connection.disconnect()

    async def pair(self, *_args: object, **_options: object) -> None:
        """Refuse: nothing here is paired."""
        raise NotImplementedError

    async def unpair(self) -> None:
        """Refuse: nothing here is paired."""
        raise NotImplementedError

    async def _io(self, call: Coroutine[Any, Any, Answer]) -> Answer:
        """Return the outcome of a call, or raise as soon as the link is gone."""
        if self._gone is None or self._gone.done():
            call.close()
            raise BleakError("Not connected")
        task = asyncio.ensure_future(call)
        try:
            ends: set[asyncio.Future[Any]] = {task, self._gone}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not task.done():
                task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            if not self._gone.done():
                raise
            raise BleakError("disconnected") from None
        except att.ATT_Error as error:
            raise BleakGATTProtocolError(error.error_code) from error

    def _peer(self) -> Any:  # noqa: ANN401 - bumble's client, which it does not type
        if self._connection is None:
            raise BleakError("Not connected")
        return self._connection.gatt_client

    async def read_gatt_char(
        self,
        characteristic: BleakGATTCharacteristic,
        *,
        use_cached: bool = False,  # noqa: ARG002 - nothing is cached
        **_options: object,
    ) -> bytearray:
        """Return what a characteristic holds."""
        return bytearray(await self._io(self._peer().read_value(characteristic.handle)))

    async def read_gatt_descriptor(
        self,
        descriptor: BleakGATTDescriptor,
        *,
        use_cached: bool = False,  # noqa: ARG002 - nothing is cached
        **_options: object,
    ) -> bytearray:
        """Return what a descriptor holds."""
        return bytearray(await self._io(self._peer().read_value(descriptor.handle)))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        """Write to a characteristic."""
        peer = self._peer()
        await self._io(peer.write_value(characteristic.handle, bytes(data), response))

    async def write_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, data: SizedBuffer
    ) -> None:
        """Write to a descriptor."""
        await self._io(self._peer().write_value(descriptor.handle, bytes(data), True))

    async def start_notify(
        self,
        characteristic: BleakGATTCharacteristic,
        callback: NotifyCallback,
        **_options: object,
    ) -> None:
        """Subscribe; each registration that the daemon has of this kind delivers every packet."""
        key = (self.address, characteristic.uuid)
        registrations = self.adapter.registrations

        def deliver(data: bytes) -> None:
            for _ in range(registrations[key]):
                callback(bytearray(data))

        configuration = self._configurations[characteristic.handle]
        if configuration is None or characteristic.uuid in self._subscribed:
            raise BleakDBusError("org.bluez.Error.NotSupported", ["Operation is not supported"])
        peer = self._peer()
        is_notified = "notify" in characteristic.properties
        subscribers = peer.notification_subscribers if is_notified else peer.indication_subscribers
        subscribers[characteristic.handle] = {deliver}
        self._subscribed.add(characteristic.uuid)
        self.adapter.register(*key)
        wanted = b"\x01\x00" if is_notified else b"\x02\x00"
        await self._io(peer.write_value(configuration, wanted, True))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe."""
        if characteristic.uuid in self._subscribed:
            self._subscribed.discard(characteristic.uuid)
            self.adapter.unregister(self.address, characteristic.uuid)
            peer = self._peer()
            peer.notification_subscribers.pop(characteristic.handle, None)
            peer.indication_subscribers.pop(characteristic.handle, None)
            configuration = self._configurations[characteristic.handle]
            await self._io(peer.write_value(configuration, b"\x00\x00", True))


def backends(adapter: Adapter) -> tuple[type[Scanner], type[Client]]:
    """Return scanner and client classes, for bleak's `backend=`, that work on one adapter."""
    scanner = type("VirtualScanner", (Scanner,), {"adapter": adapter})
    client = type("VirtualClient", (Client,), {"adapter": adapter})
    return scanner, client


def _name(data: AdvertisingData) -> str | None:
    complete = data.get(AdvertisingData.Type.COMPLETE_LOCAL_NAME)
    found = complete or data.get(AdvertisingData.Type.SHORTENED_LOCAL_NAME)
    return str(found) if found else None


def _services(data: AdvertisingData) -> list[str]:
    found: list[str] = []
    for kind in SERVICE_LISTS:
        for listed in data.get_all(kind):
            found += [uuid_text(each) for each in listed]
    return found


def _makers(data: AdvertisingData) -> dict[int, bytes]:
    said = data.get_all(AdvertisingData.Type.MANUFACTURER_SPECIFIC_DATA)
    return dict(said)
