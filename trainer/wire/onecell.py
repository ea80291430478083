"""What sensors with a single cell share: one stream, its packets, a battery level, few words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from trainer.core.link import Health
from trainer.core.packets import Stream, StreamInfo, UnitPacket
from trainer.core.units import Unit
from trainer.wire.dialect import Heard, Request, Wish

BATTERY_UUID: Final = "00002a19-0000-1000-8000-00805f9b34fb"
"""The battery level that many sensors offer: one byte, percent (Bluetooth assigned numbers)."""

_FULL_PCT: Final = 100

Reader: TypeAlias = Callable[[bytes, float], Heard]
"""Tells what the bytes of a notification mean, by its arrival, host monotonic seconds."""


def force_stream(unit: Unit, clock: int = 0) -> StreamInfo:
    """Return the stream of a cell of unknown place."""
    return StreamInfo(Stream.FORCE, ("force",), unit, clock=clock)


def force_packet(time_s: Sequence[float], forces: Sequence[float], arrival_s: float) -> UnitPacket:
    """Return a packet of the stream's samples, at least one, in the unit of the stream."""
    values = np.array(forces, np.float64)[:, np.newaxis]
    return UnitPacket(Stream.FORCE, np.array(time_s, np.float64), values, arrival_s)


@dataclass(frozen=True, slots=True)
class Habits:
    """What is always the same in the conversations with one kind of sensor."""

    force_uuid: str
    """Where its samples come from."""
    unit: Unit
    greeting: tuple[Request, ...] = ()
    farewell: tuple[Request, ...] = ()


class OneCellSpeech:
    """A conversation of a greeting and a farewell; between them the sensor only tells."""

    def __init__(self, habits: Habits, wish: Wish, read: Reader) -> None:
        self.characteristics = (habits.force_uuid,)
        self.streams = (force_stream(habits.unit, wish.clock),)
        self._habits = habits
        self._read = read

    def greet(self) -> Sequence[Request]:
        """Return the greeting."""
        return self._habits.greeting

    def sending(self, request: Request, at_s: float) -> None:
        """Take no notice: nothing depends on it."""

    def hear(self, characteristic: str, data: bytes, at_s: float) -> Heard:
        """Return the samples in a notification, or the battery level that was asked for."""
        if characteristic == self._habits.force_uuid:
            return self._read(data, at_s)
        if characteristic == BATTERY_UUID:
            return _hear_battery(data)
        return Heard(bad_bytes=len(data))

    def tick(self, at_s: float) -> Sequence[Request]:  # noqa: ARG002 - the protocol's signature
        """Return nothing: it speaks by itself."""
        return ()

    def part(self) -> Sequence[Request]:
        """Return the farewell."""
        return self._habits.farewell


def _hear_battery(data: bytes) -> Heard:
    if len(data) != 1 or data[0] > _FULL_PCT:
        return Heard(bad_bytes=len(data))
    return Heard(health=Health(battery_pct=float(data[0])))
