"""Other makers' force sensors without a radio: what they advertise, answer and tell, byte by byte.

Written from what is published of the protocols, not from the decoders, so that the two check each
other. Times are those of any clock that goes on; forces are in newtons, as they act on the sensor.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

NEWTON_PER_KG = 9.80665
NEWTON_PER_LB = 4.4482216152605

Told: TypeAlias = list[tuple[str, bytes]]
"""Notifications: (characteristic, bytes)."""
Table: TypeAlias = dict[str, dict[str, tuple[str, ...]]]
"""Characteristics and what they allow, by service."""


def standard(number: int) -> str:
    """Return the long form of a number that the Bluetooth SIG assigned."""
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


BATTERY_SERVICE = standard(0x180F)
BATTERY_LEVEL = standard(0x2A19)


class Device(Protocol):
    """A sensor as its radio sees it."""

    @property
    def name(self) -> str:
        """Return the name in its advertisements."""
        ...

    @property
    def advertised(self) -> tuple[str, ...]:
        """Return the services in its advertisements."""
        ...

    @property
    def makers(self) -> dict[int, bytes]:
        """Return the manufacturer data in its advertisements, by company."""
        ...

    @property
    def table(self) -> Table:
        """Return what it offers once it is connected."""
        ...

    def written(self, uuid: str, data: bytes) -> Told:
        """Return what it tells when a characteristic is written."""
        ...

    def read(self, uuid: str) -> bytes:
        """Return what a characteristic holds."""
        ...

    def sample(self, force_n: float, at_s: float) -> Told:
        """Return what it tells when it measures a force."""
        ...

    def dropped(self) -> None:
        """Take notice that the link is gone."""
        ...


class Progressor:
    """Tindeq's Progressor; with a `batch` of 1, one of those that are built like it."""

    name = "Progressor_1719"
    service = "7e4e1701-1ea6-40c9-9dcc-13d34ffead57"
    data = "7e4e1702-1ea6-40c9-9dcc-13d34ffead57"
    control = "7e4e1703-1ea6-40c9-9dcc-13d34ffead57"
    advertised = (service,)

    def __init__(self, batch: int = 15, start_us: int = 0) -> None:
        control = ("write", "write-without-response")
        self.table: Table = {self.service: {self.data: ("notify",), self.control: control}}
        self.makers: dict[int, bytes] = {}
        self.battery_mv = 3_912
        self.number = 0x00005A17C3
        self.version = b"1.3.2.0"
        self.troubles = b"No crash registered"
        self.is_measuring = False
        self.commands: list[int] = []
        """All that was asked, in order."""
        self.refused: list[int] = []
        """Commands that would change or erase something, or that came at the wrong time."""
        self._batch = batch
        self._start_us = start_us
        self._first_s: float | None = None
        self._waiting: list[bytes] = []
        self._tare_kg = 0.0
        self._load_kg = 0.0
        self._answers: dict[int, Callable[[], bytes]] = {
            0x6B: lambda: self.version,
            0x6C: lambda: self.troubles,
            0x6F: lambda: struct.pack("<I", self.battery_mv),
            0x70: lambda: struct.pack("<Q", self.number).rstrip(b"\0"),
        }

    def written(self, uuid: str, data: bytes) -> Told:
        """Return the answer to a command."""
        assert uuid == self.control
        opcode = data[0]
        self.commands.append(opcode)
        if opcode in self._answers and not (opcode == 0x6F and self.is_measuring):
            content = self._answers[opcode]()
            return [(self.data, bytes([0, len(content)]) + content)]
        if opcode == 0x64:
            self._tare_kg = self._load_kg
        elif opcode in (0x65, 0x66):
            self._measure(is_on=opcode == 0x65)
        else:
            self.refused.append(opcode)
        return []

    def read(self, uuid: str) -> bytes:
        """Return nothing: it has nothing that can be read."""
        raise KeyError(uuid)

    def sample(self, force_n: float, at_s: float) -> Told:
        """Return a notification where it measures and a batch is full."""
        self._load_kg = force_n / NEWTON_PER_KG
        if not self.is_measuring:
            return []
        if self._first_s is None:
            self._first_s = at_s
        tick_us = round((at_s - self._first_s) * 1e6) + self._start_us
        self._waiting.append(struct.pack("<fI", self._load_kg - self._tare_kg, tick_us % 2**32))
        if len(self._waiting) < self._batch:
            return []
        content = b"".join(self._waiting)
        self._waiting = []
        return [(self.data, bytes([1, len(content)]) + content)]

    def dropped(self) -> None:
        """Stop measuring."""
        self._measure(is_on=False)

    def warn(self) -> Told:
        """Return the warning that the battery is nearly empty."""
        return [(self.data, b"\x04\x00")]

    def _measure(self, *, is_on: bool) -> None:
        self.is_measuring = is_on
        self._first_s = None
        self._waiting = []


class MuscleMeter:
    """The WH-C06 crane scale, which has nothing to connect to."""

    name = "IF_B7"
    advertised: tuple[str, ...] = ()

    def __init__(self, unit: int = 1) -> None:
        self.table: Table = {}
        self.unit = unit
        """On its display: 1 kg, 2 lb, 3 st, 4 jin."""
        self._counts = 0
        self._is_settled = False

    @property
    def makers(self) -> dict[int, bytes]:
        """Return the load that was measured last."""
        address = bytes.fromhex("aabbccddeeff")
        state = (0xA0 if self._is_settled else 0) | self.unit
        load = struct.pack(">hHB", self._counts, 0, state)
        return {0x0100: b"\x02\x03\x11" + address + b"\x01" + load + b"\0\0"}

    def written(self, uuid: str, data: bytes) -> Told:
        """Refuse: it cannot be written."""
        raise KeyError(uuid, data)

    def read(self, uuid: str) -> bytes:
        """Refuse: it cannot be read."""
        raise KeyError(uuid)

    def sample(self, force_n: float, at_s: float) -> Told:  # noqa: ARG002 - it has no clock
        """Take in a load for the next advertisement; tells nothing else."""
        counts = round(100 * force_n / NEWTON_PER_KG)
        self._is_settled = counts == self._counts
        self._counts = counts
        return []

    def dropped(self) -> None:
        """Do nothing: there is no link."""


class Entralpi:
    """The Entralpi plate."""

    name = "ENTRALPI"
    service = standard(0x181D)
    data = standard(0xFFF1)
    advertised = (service,)

    def __init__(self) -> None:
        self.table: Table = {
            self.service: {self.data: ("notify",)},
            BATTERY_SERVICE: {BATTERY_LEVEL: ("read",)},
        }
        self.makers: dict[int, bytes] = {}
        self.battery_pct = 76

    def written(self, uuid: str, data: bytes) -> Told:
        """Refuse: it cannot be written."""
        raise KeyError(uuid, data)

    def read(self, uuid: str) -> bytes:
        """Return the battery level."""
        assert uuid == BATTERY_LEVEL
        return bytes([self.battery_pct])

    def sample(self, force_n: float, at_s: float) -> Told:  # noqa: ARG002 - it has no clock
        """Return the load; it cannot tell one below zero."""
        counts = max(0, round(100 * force_n / NEWTON_PER_KG))
        return [(self.data, struct.pack(">H", counts))]

    def dropped(self) -> None:
        """Do nothing: it tells whoever subscribes."""


class ForceBoard:
    """PitchSix's Force Board."""

    name = "Force Board"
    force_service = "9a88d67f-8df2-4afe-9e0d-c2bbbe773dd0"
    data = "9a88d682-8df2-4afe-9e0d-c2bbbe773dd0"
    tare = "9a88d683-8df2-4afe-9e0d-c2bbbe773dd0"
    mode_service = "467a8516-6e39-11eb-9439-0242ac130002"
    mode = "467a8517-6e39-11eb-9439-0242ac130002"
    advertised = (force_service,)

    def __init__(self, batch: int = 4) -> None:
        self.table: Table = {
            self.force_service: {self.data: ("notify", "read"), self.tare: ("write",)},
            self.mode_service: {self.mode: ("write",)},
            BATTERY_SERVICE: {BATTERY_LEVEL: ("read",)},
        }
        self.makers: dict[int, bytes] = {}
        self.battery_pct = 55
        self.modes: list[int] = []
        """All that were set, in order: 4 stream, 7 idle."""
        self._batch = batch
        self._waiting: list[bytes] = []
        self._force_n = 0.0
        self._zero_n = 0.0

    def written(self, uuid: str, data: bytes) -> Told:
        """Change the mode, or zero the load; tells nothing."""
        if uuid == self.tare:
            self._zero_n = self._force_n
            return []
        assert uuid == self.mode
        self.modes.append(data[0])
        self._waiting = []
        return []

    def read(self, uuid: str) -> bytes:
        """Return the battery level."""
        assert uuid == BATTERY_LEVEL
        return bytes([self.battery_pct])

    def sample(self, force_n: float, at_s: float) -> Told:  # noqa: ARG002 - it has no clock
        """Return a bundle of whole pounds where it streams and one is full."""
        self._force_n = force_n
        if self.modes[-1:] != [4]:
            return []
        load_lb = round((force_n - self._zero_n) / NEWTON_PER_LB)
        self._waiting.append((load_lb % 2**24).to_bytes(3, "big"))
        if len(self._waiting) < self._batch:
            return []
        bundle = struct.pack(">H", len(self._waiting)) + b"".join(self._waiting)
        self._waiting = []
        return [(self.data, bundle)]

    def dropped(self) -> None:
        """Be idle."""
        self.modes.append(7)
        self._waiting = []


@dataclass(frozen=True, slots=True)
class Extras:
    """What a weight scale tells beside the weight."""

    is_imperial: bool = False
    stamp: tuple[int, int, int, int, int, int] | None = None
    """Year, month, day, hour, minute, second."""
    user: int | None = None


class WeightScale:
    """A scale of the Bluetooth standard: one weight each time a load has settled."""

    name = "Scale"
    service = standard(0x181D)
    data = standard(0x2A9D)
    advertised = (service,)
    settling_s = 1.0
    steady_kg = 0.2

    def __init__(self, extras: Extras | None = None) -> None:
        self.table: Table = {self.service: {self.data: ("indicate",), standard(0x2A9E): ("read",)}}
        self.makers: dict[int, bytes] = {}
        self._extras = extras or Extras()
        self._mass_kg = 0.0
        self._since_s: float | None = None
        self._is_told = True

    def written(self, uuid: str, data: bytes) -> Told:
        """Refuse: it cannot be written."""
        raise KeyError(uuid, data)

    def read(self, uuid: str) -> bytes:
        """Return the features: none is promised."""
        assert uuid == standard(0x2A9E)
        return bytes(4)

    def sample(self, force_n: float, at_s: float) -> Told:
        """Return the weight once it has been steady for a second; an empty scale tells nothing."""
        mass_kg = force_n / NEWTON_PER_KG
        if self._since_s is None or abs(mass_kg - self._mass_kg) > self.steady_kg:
            self._mass_kg, self._since_s, self._is_told = mass_kg, at_s, False
        if self._is_told or mass_kg < 1 or at_s - self._since_s < self.settling_s:
            return []
        self._is_told = True
        return [(self.data, self._measurement(force_n))]

    def failed(self) -> Told:
        """Return the message that a measurement was unsuccessful."""
        return [(self.data, b"\x00\xff\xff")]

    def dropped(self) -> None:
        """Weigh anew."""
        self._since_s = None

    def _measurement(self, force_n: float) -> bytes:
        extras = self._extras
        flags = extras.is_imperial | (extras.stamp is not None) << 1
        flags |= (extras.user is not None) << 2
        per_newton = 100 / NEWTON_PER_LB if extras.is_imperial else 200 / NEWTON_PER_KG
        message = struct.pack("<BH", flags, round(force_n * per_newton))
        if extras.stamp is not None:
            message += struct.pack("<HBBBBB", *extras.stamp)
        if extras.user is not None:
            message += bytes([extras.user])
        return message
