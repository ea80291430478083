"""A packet: what a source delivered, as it was received, before anything is computed from it."""

from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from typing import Final, TypeAlias

from trainer.core.arrays import CountArray, FloatArray
from trainer.core.units import Unit

TOE_ROLES: Final = ("hallux", "toes")
"""Cells whose sum is the detected force."""

CELL_ROLES: Final = ("hallux", "toes", "ball", "heel", "dome", "force")
"""Every role a force channel may have; `force` is a single cell of unknown place."""

IMU_AXES: Final = ("ax_ms2", "ay_ms2", "az_ms2", "gx_dps", "gy_dps", "gz_dps")
"""The six columns of an inertial stream: x forward, y left, z up."""


class Stream(StrEnum):
    """Which converter a packet comes from."""

    FORCE = "force"
    IMU = "imu"


class Status(IntFlag):
    """What the node says of a frame; the bits of the frame's flag byte (wire/footwire.py)."""

    OK = 0
    SATURATED = 1
    NOT_READY = 2
    POWER_DOWN = 4
    QUEUE_OVERFLOW = 8
    IMU_FAULT = 16
    LOW_BATTERY = 32


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What is known of a stream before its first sample."""

    stream: Stream
    channels: tuple[str, ...]
    unit: Unit
    period_s: float | None = None
    """Mean sample period where it is known beforehand (a file that was read whole)."""
    delay_periods: float = 0.0
    """Mean delay of the converter in sample periods: 2 for an HX711 (4 conversions settle)."""
    clock: int = 0
    """Whose clock stamps the samples: streams with the same number share one."""


@dataclass(frozen=True, slots=True)
class CountsPacket:
    """Samples of a converter in raw counts, with the device's own clock."""

    stream: Stream
    seq: int
    """Frames generated, modulo 2^16."""
    tick_us: int
    """Device clock at data-ready of the first sample, microseconds modulo 2^32."""
    period_us16: int
    """Measured sample period in sixteenths of a microsecond."""
    dropped_total: int
    """Frames that the node dropped since it started, modulo 2^16."""
    status: Status
    counts: CountArray
    """(n, channel)"""
    arrival_s: float
    """Host monotonic time at which the packet was received."""
    frame: bytes = field(default=b"", compare=False, repr=False)
    """The bytes as received, to be recorded as they are; empty where a driver made the packet."""


@dataclass(frozen=True, slots=True)
class UnitPacket:
    """Samples in a physical unit with one device time each: bought sensors and files."""

    stream: Stream
    time_s: FloatArray
    """(n,) device time; may step back, need not be uniform."""
    values: FloatArray
    """(n, channel) in the unit of the stream; NaN = not delivered."""
    arrival_s: float
    """Host monotonic time at which the packet was received."""


@dataclass(frozen=True, slots=True)
class ClockPacket:
    """A node's answer to the question what time it is; four stamps, as in RFC 5905."""

    stream: Stream
    """A stream that is stamped by this clock."""
    asked_s: float
    """Host monotonic time at which the question went out."""
    received_us: int
    """Device clock when the question was seen; does not wrap."""
    sent_us: int
    """Device clock when the answer went out."""
    arrival_s: float
    """Host monotonic time at which the answer was received."""


Packet: TypeAlias = CountsPacket | UnitPacket | ClockPacket


def is_force(packet: Packet) -> bool:
    """Return whether the packet holds force: only that keeps a session alive."""
    return packet.stream is Stream.FORCE and not isinstance(packet, ClockPacket)


def detected_columns(channels: tuple[str, ...]) -> tuple[int, ...]:
    """Return the positions of the cells whose sum is the detected force.

    The toe cells where there are any, else `force`, else `dome`, else all.
    """
    for roles in (TOE_ROLES, ("force",), ("dome",)):
        found = tuple(i for i, name in enumerate(channels) if name in roles)
        if found:
            return found
    return tuple(range(len(channels)))
