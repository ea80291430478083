"""The node's service on CircuitPython's Bluetooth.

Rules, from CircuitPython 10's source (ports/nordic/common-hal/_bleio):
- A PacketBuffer sends one packet and gathers the next: several frames may leave together, and
  `write` waits while the gathered packet is full. So a link that has died silently stops the node
  for up to the host's supervision timeout, and the samples of that time are lost.
- After a lost link it may still believe that a packet is under way, and would then wait for ever.
  Any completed notification frees it. Hence reports, and the first frame of each link, go out by
  the characteristic's value, which sends at once.
- A write into a link that has just ended returns -1 or raises; both mean: not sent.
"""

import _bleio

import footwire
from footnode.advert import advertisement

_MOST_BYTES = 244
_INFO_BYTES = 64
_COMMAND_BYTES = 20
_COMMANDS = 8
_OPEN = _bleio.Attribute.OPEN
_CLOSED = _bleio.Attribute.NO_ACCESS


class Radio:
    """The Bluetooth adapter as a foot node."""

    def __init__(self, adapter: _bleio.Adapter) -> None:
        adapter.enabled = True
        self._adapter = adapter
        service = _bleio.Service(_bleio.UUID(footwire.SERVICE_UUID))
        notify = _bleio.Characteristic.NOTIFY
        self._frames = {
            footwire.FORCE: _add(service, footwire.FORCE_UUID, notify, _MOST_BYTES),
            footwire.IMU: _add(service, footwire.IMU_UUID, notify, _MOST_BYTES),
        }
        self._clock = _add(service, footwire.CLOCK_UUID, notify, footwire.REPORT_BYTES)
        self._info = _add(service, footwire.INFO_UUID, _bleio.Characteristic.READ, _INFO_BYTES)
        control = _add(service, footwire.CONTROL_UUID, _bleio.Characteristic.WRITE, _COMMAND_BYTES)
        self._buffers = {
            kind: _bleio.PacketBuffer(place, buffer_size=1, max_packet_size=_MOST_BYTES)
            for kind, place in self._frames.items()
        }
        self._commands = _bleio.PacketBuffer(
            control, buffer_size=_COMMANDS, max_packet_size=_COMMAND_BYTES
        )
        self._command = bytearray(_COMMAND_BYTES)
        self._links = 0
        self._was_connected = False
        self._begun = 0
        """Kinds that have sent their first frame over this link."""

    @property
    def is_connected(self) -> bool:
        """Return whether a host is connected."""
        self._watch()
        return self._was_connected

    @property
    def connections(self) -> int:
        """Return the links made since boot."""
        self._watch()
        return self._links

    def _watch(self) -> None:
        # No link can be made unseen: after a lost one nobody can connect until `advertise`.
        is_connected = self._adapter.connected
        if is_connected and not self._was_connected:
            self._links += 1
            self._begun = 0
        self._was_connected = is_connected

    def advertise(self, name: str, interval_ms: int) -> None:
        """Advertise, or go on under another name or interval."""
        self.stop_advertising()
        self._adapter.name = name
        self._adapter.start_advertising(
            advertisement(footwire.SERVICE_UUID, name), interval=interval_ms / 1000
        )

    def stop_advertising(self) -> None:
        """Be silent."""
        self._adapter.stop_advertising()

    def set_info(self, data: bytes) -> None:
        """Hold these bytes for whoever reads INFO."""
        self._info.value = bytearray(data)

    def send(self, kind: int, data: "bytes | bytearray | memoryview") -> bool:
        """Take a frame; False where the host has not subscribed or the link has ended."""
        try:
            if not self._begun & kind:
                self._frames[kind].value = bytearray(data)
                self._begun |= kind
                return True
            return self._buffers[kind].write(data) > 0
        except (OSError, ValueError, _bleio.BluetoothError):
            # ValueError: the host's packets are too short for a frame; it will refuse this link.
            return False

    def report(self, data: bytes) -> None:
        """Send on CLOCK, at once."""
        try:
            self._clock.value = bytearray(data)
        except (OSError, _bleio.BluetoothError):
            # The link has ended; the host asks again over the next one.
            return

    def receive(self) -> "bytes | None":
        """Return the next write to CONTROL, None where there is none."""
        count = self._commands.readinto(self._command)
        return bytes(self._command[:count]) if count > 0 else None

    def ask_interval(self, interval_ms: int) -> None:
        """Ask the host for a connection interval; it may refuse."""
        for connection in self._adapter.connections:
            try:
                connection.connection_interval = interval_ms
            except (OSError, _bleio.BluetoothError):
                return


def _add(
    service: _bleio.Service, uuid: str, properties: int, most_bytes: int
) -> _bleio.Characteristic:
    is_written = properties & _bleio.Characteristic.WRITE
    return _bleio.Characteristic.add_to_service(
        service,
        _bleio.UUID(uuid),
        properties=properties,
        read_perm=_CLOSED if is_written else _OPEN,
        write_perm=_OPEN if is_written else _CLOSED,
        max_length=most_bytes,
    )
