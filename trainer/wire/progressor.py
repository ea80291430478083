"""Tindeq Progressor and what is built like it: samples with a clock, answers, a careful tongue.

Rules (tindeq.com/progressor_api; numbers little endian):

 message  u8 kind, u8 bytes that follow, these bytes; a notification holds one or several
 0x00     the answer to a command. It does not say to which: so one is asked after the other
 0x01     n x (f32 kilograms, u32 microseconds since START modulo 2^32); n is 15 at most in the
          original, 1 in most others
 0x02/03  rates of force development, which nothing here asks for: bytes without a meaning
 0x04     the battery is nearly empty; it switches off soon

The conversation: STOP, for a sensor that still measures tells no battery; its version, number,
troubles and battery, each until it is answered or a second has passed (what is built like it does
not know all of them); START. After a lost link START alone. Nothing is tared: zeroing is done here.

Only the commands of `_Command` can be sent. Others add, set or erase the sensor's calibration, and
what is built like it gives their numbers other meanings: one erases its calibration at a command
that reads it in the original.
"""

import math
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Final

from trainer.core.link import Health
from trainer.core.units import Unit
from trainer.wire.dialect import Advert, Dialect, Heard, Request, Speech, Wish, Write
from trainer.wire.onecell import force_packet, force_stream

_NAME: Final = "Progressor"
_SERVICE_UUID: Final = "7e4e1701-1ea6-40c9-9dcc-13d34ffead57"
_DATA_UUID: Final = "7e4e1702-1ea6-40c9-9dcc-13d34ffead57"
_CONTROL_UUID: Final = "7e4e1703-1ea6-40c9-9dcc-13d34ffead57"

_ANSWER: Final = 0x00
_SAMPLES: Final = 0x01
_LOW_BATTERY: Final = 0x04
_HEAD_BYTES: Final = 2
_SAMPLE: Final = struct.Struct("<fI")
_WRAP_US: Final = 1 << 32
_MOST_KG: Final = 330.0
"""A tenth beyond the strongest it is built from, crane scales of 300 kg; the original ends at
150 kg."""
_MOST_MV: Final = 10_000
"""Beyond any cell that such a sensor runs on: then it is no voltage."""
_ID_BYTES: Final = 8
_PATIENCE_S: Final = 1.0


class _Command(IntEnum):
    """All that can be sent."""

    START = 0x65
    STOP = 0x66
    VERSION = 0x6B
    TROUBLES = 0x6C
    BATTERY = 0x6F
    ID = 0x70


_PLAN: Final = (
    _Command.VERSION,
    _Command.ID,
    _Command.TROUBLES,
    _Command.BATTERY,
    _Command.START,
)


class _Speech:
    """One conversation with a Progressor."""

    def __init__(self, _advert: Advert, wish: Wish) -> None:
        self.characteristics = (_DATA_UUID,)
        self.streams = (force_stream(Unit.KILOGRAM, wish.clock),)
        self._plan = [_Command.START] if wish.is_resumed else list(_PLAN)
        self._is_resumed = wish.is_resumed
        self._asked: _Command | None = None
        self._asked_s = math.inf
        self._health = Health()
        self._newest_us: int | None = None

    def greet(self) -> Sequence[Request]:
        """Return the first question, or START where the link was lost."""
        return self._next() if self._is_resumed else (_write(_Command.STOP), *self._next())

    def sending(self, request: Request, at_s: float) -> None:
        """Note when a question goes out; START sets the sensor's clock to zero."""
        if request == _write(_Command.START):
            self._newest_us = None
        elif self._asked is not None and request == _write(self._asked):
            self._asked_s = at_s

    def hear(self, characteristic: str, data: bytes, at_s: float) -> Heard:
        """Return what the messages of a notification mean."""
        if characteristic != _DATA_UUID:
            return Heard(bad_bytes=len(data))
        heard: list[Heard] = []
        place = 0
        while place + _HEAD_BYTES <= len(data):
            end = place + _HEAD_BYTES + data[place + 1]
            if end > len(data):
                break
            heard.append(self._hear_message(data[place], data[place + _HEAD_BYTES : end], at_s))
            place = end
        return _together(heard, len(data) - place)

    def tick(self, at_s: float) -> Sequence[Request]:
        """Return the next question where the last one stays without an answer."""
        return self._next() if at_s - self._asked_s >= _PATIENCE_S else ()

    def part(self) -> Sequence[Request]:
        """Return the end of the measurement."""
        return (_write(_Command.STOP),)

    def _next(self) -> tuple[Request, ...]:
        self._asked, self._asked_s = None, math.inf
        if not self._plan:
            return ()
        command = self._plan.pop(0)
        if command is not _Command.START:
            self._asked = command
        return (_write(command),)

    def _hear_message(self, kind: int, content: bytes, at_s: float) -> Heard:
        size = _HEAD_BYTES + len(content)
        if kind == _SAMPLES:
            return self._hear_samples(content, at_s)
        if kind == _ANSWER and content and self._asked is not None:
            return self._hear_answer(self._asked, content)
        if kind == _LOW_BATTERY:
            self._health = replace(self._health, is_battery_low=True)
            return Heard(bad_bytes=len(content), health=self._health)
        return Heard(bad_bytes=size)

    def _hear_samples(self, content: bytes, at_s: float) -> Heard:
        if len(content) % _SAMPLE.size:
            return Heard(bad_bytes=_HEAD_BYTES + len(content))
        # A comparison with what is no number is false.
        good = [
            (mass_kg, self._unwrap_s(tick_us))
            for mass_kg, tick_us in _SAMPLE.iter_unpack(content)
            if -_MOST_KG <= mass_kg <= _MOST_KG
        ]
        if not good:
            return Heard(bad_bytes=_HEAD_BYTES + len(content))
        packet = force_packet([at for _, at in good], [mass_kg for mass_kg, _ in good], at_s)
        return Heard((packet,), len(content) - len(good) * _SAMPLE.size)

    def _unwrap_s(self, tick_us: int) -> float:
        """Return device seconds that do not wrap: the shorter way from the newest."""
        newest_us = tick_us if self._newest_us is None else self._newest_us
        step_us = (tick_us - newest_us) % _WRAP_US
        self._newest_us = newest_us + step_us - (_WRAP_US if step_us >= _WRAP_US // 2 else 0)
        return self._newest_us * 1e-6

    def _hear_answer(self, asked: _Command, content: bytes) -> Heard:
        health = _READERS[asked](self._health, content)
        requests = self._next()
        if health is None:
            return Heard(bad_bytes=_HEAD_BYTES + len(content), requests=requests)
        self._health = health
        return Heard(requests=requests, health=health)


def _write(command: _Command) -> Write:
    return Write(_CONTROL_UUID, bytes([command]))


def _together(heard: Iterable[Heard], bad_bytes: int) -> Heard:
    """Return what several messages led to, and the bytes that made none."""
    whole = Heard(bad_bytes=bad_bytes)
    for part in heard:
        whole = Heard(
            whole.packets + part.packets,
            whole.bad_bytes + part.bad_bytes,
            whole.requests + part.requests,
            part.health or whole.health,
        )
    return whole


def _with_battery(health: Health, content: bytes) -> Health | None:
    battery_mv = int.from_bytes(content, "little")
    if len(content) != 4 or not 0 < battery_mv <= _MOST_MV:  # noqa: PLR2004 - a u32
        return None
    return replace(health, battery_v=battery_mv / 1000)


def _with_id(health: Health, content: bytes) -> Health | None:
    # Trailing zero bytes, the highest of the number, are not sent.
    if len(content) > _ID_BYTES:
        return None
    return _with_word(health, f"id {int.from_bytes(content, 'little'):x}")


def _with_version(health: Health, content: bytes) -> Health | None:
    text = _text(content)
    return _with_word(health, f"version {text}") if text else None


def _with_troubles(health: Health, content: bytes) -> Health | None:
    text = _text(content)
    return _with_word(health, f"reports: {text}") if text else None


def _with_word(health: Health, word: str) -> Health:
    return replace(health, about=f"{health.about}, {word}" if health.about else word)


def _text(content: bytes) -> str:
    """Return printable ASCII as one line; empty where it is none."""
    text = " ".join(content.rstrip(b"\0").decode("ascii", "replace").split())
    return text if text.isascii() and text.isprintable() else ""


_READERS: Final[dict[_Command, Callable[[Health, bytes], Health | None]]] = {
    _Command.VERSION: _with_version,
    _Command.ID: _with_id,
    _Command.TROUBLES: _with_troubles,
    _Command.BATTERY: _with_battery,
}


def _speak(advert: Advert, wish: Wish) -> Speech:
    return _Speech(advert, wish)


PROGRESSOR: Final = Dialect(
    "progressor",
    "Tindeq Progressor",
    matches=lambda advert: advert.name.startswith(_NAME) or _SERVICE_UUID in advert.services,
    speak=_speak,
)
