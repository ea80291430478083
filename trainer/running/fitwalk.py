"""FIT bytes walked message by message: records by one `struct` each, all else passed on.

A record has up to forty fields, a run thousands of records, and a decoder that makes an object of
each field takes most of an import's time. Here positions are stepped over and never read.

Rules of the format (FIT SDK, protocol 2): a file is a header, messages and a CRC; several may
follow each other. A definition says number, byte order and fields of the messages that carry its
local number. A header byte with bit 7 is a message with the time in its last five bits.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

RECORD: Final = 20
MOST_RECORDS: Final = 600_000
"""Six days of a record a second, the longest race, and some more; a packed bomb has millions."""
MOST_OTHERS: Final = 20_000
"""Of the messages that are passed on; a file has some ten."""
_PASSED_ON: Final = frozenset({0, 18, 34, 206, 207})
"""file_id, session, activity; what names the fields of apps and pods, and who made them."""
_TIMESTAMP: Final = 253
_FIELDS: Final = {
    4: ("cadence", 1.0),
    53: ("fractional_cadence", 128.0),
    39: ("vertical_oscillation", 10.0),
    41: ("stance_time", 10.0),
    83: ("vertical_ratio", 100.0),
    84: ("stance_time_balance", 100.0),
    85: ("step_length", 10.0),
}
"""Of a record, by their number: name, and steps of a unit (strides/min, mm, ms, %)."""
_TYPES: Final = {
    0x00: ("B", 0xFF),
    0x01: ("b", 0x7F),
    0x02: ("B", 0xFF),
    0x0A: ("B", 0),
    0x83: ("h", 0x7FFF),
    0x84: ("H", 0xFFFF),
    0x8B: ("H", 0),
    0x85: ("i", 0x7FFFFFFF),
    0x86: ("I", 0xFFFFFFFF),
    0x8C: ("I", 0),
    0x88: ("f", math.nan),
    0x89: ("d", math.nan),
    0x8E: ("q", 0x7FFFFFFFFFFFFFFF),
    0x8F: ("Q", 0xFFFFFFFFFFFFFFFF),
    0x90: ("Q", 0),
}
"""Base types by their number: as `struct` has them, and the value that says 'invalid'."""
_HEADER: Final = struct.Struct("<BBHI4s")
_DEFINES: Final = 0x40
_HAS_APPS: Final = 0x20
_HAS_TIME: Final = 0x80


class BrokenFitError(ValueError):
    """Bytes that are no whole FIT file."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the course."""

    tick_s: int | None
    """Seconds of FIT's own clock."""
    values: dict[str, float]
    """By FIT's names, in its units; only what is there."""


@dataclass(slots=True)
class Walked:
    """What a file holds."""

    records: list[Record] = field(default_factory=list)
    rest: bytes = b""
    """A FIT file, or several, of the messages that are no records; their CRC is not set."""


@dataclass(frozen=True, slots=True)
class _Defined:
    number: int
    size: int
    raw: bytes
    tick: struct.Struct | None
    """Its padding and its timestamp, where it has one."""
    course: struct.Struct
    names: tuple[tuple[str, float, float], ...]
    """Of the course: name, steps of a unit, and the value for 'invalid'."""


def walk(told: bytes) -> Walked:
    """Return the records of a FIT file and the rest. Raises BrokenFitError, struct.error."""
    found = Walked()
    rest: list[bytes] = []
    at = 0
    while at < len(told):
        body = _body(told, at)
        kept = b"".join(_messages(told, body, found.records))
        rest.append(_HEADER.pack(_HEADER.size, 0x20, 0, len(kept), b".FIT") + kept + b"\0\0")
        at = body.stop + 2
    found.rest = b"".join(rest)
    return found


def _body(told: bytes, at: int) -> range:
    if len(told) - at < _HEADER.size:
        raise BrokenFitError("it ends within its header")
    size, _, _, length, mark = _HEADER.unpack_from(told, at)
    if mark != b".FIT" or size < _HEADER.size:
        raise BrokenFitError(f"no FIT header at byte {at}")
    body = range(at + size, at + size + length)
    if len(told) < body.stop + 2:
        raise BrokenFitError(f"it has {len(told) - at} bytes of {size + length + 2}")
    if crc(told[at : body.stop + 2]):
        raise BrokenFitError("its checksum does not agree")
    return body


def _messages(told: bytes, body: range, records: list[Record]) -> Iterator[bytes]:
    """Yield the messages that are passed on; records are appended."""
    defined: dict[int, _Defined] = {}
    last_s = others = 0
    at = body.start
    while at < body.stop:
        head = told[at]
        is_definition = head & (_HAS_TIME | _DEFINES) == _DEFINES
        if is_definition:
            one = defined[head & 0x0F] = _definition(told, at)
            end = at + len(one.raw)
        else:
            one = defined[(head >> 5) & 0x03 if head & _HAS_TIME else head & 0x0F]
            end = at + 1 + one.size
        if end > body.stop:
            raise BrokenFitError(f"the message at byte {at} is longer than the file")
        if one.number in _PASSED_ON:
            others += 1
            _bound(others, MOST_OTHERS, "messages")
            yield told[at:end]
        if not is_definition:
            tick_s = _tick_s(one, told, at, last_s)
            last_s = tick_s or last_s
            if one.number == RECORD:
                _bound(len(records), MOST_RECORDS, "records")
                records.append(Record(tick_s, _values(one, told, at + 1)))
        at = end


def _bound(count: int, most: int, what: str) -> None:
    if count > most:
        raise BrokenFitError(f"it has more than {most} {what}, as no watch writes")


def _tick_s(one: _Defined, told: bytes, at: int, last_s: int) -> int | None:
    """Return when a message was, by FIT's clock."""
    if told[at] & _HAS_TIME:
        return last_s + ((told[at] - last_s) & 0x1F)
    if one.tick is None:
        return None
    (tick_s,) = one.tick.unpack_from(told, at + 1)
    return None if tick_s == _TYPES[0x86][1] else int(tick_s)


def _definition(told: bytes, at: int) -> _Defined:
    order = ">" if told[at + 2] else "<"
    number, count = struct.unpack_from(order + "HB", told, at + 3)
    end = at + 6 + 3 * count
    fields = [(told[place], told[place + 1], told[place + 2]) for place in range(at + 6, end, 3)]
    size = sum(length for _, length, _ in fields)
    if told[at] & _HAS_APPS:
        apps = told[end]
        # Fields of apps and pods stand after all others: stepped over.
        size += sum(told[end + 2 + 3 * place] for place in range(apps))
        end += 1 + 3 * apps
    course, names = _course(order, fields)
    return _Defined(number, size, told[at:end], _tick(order, fields), course, names)


def _course(
    order: str, fields: list[tuple[int, int, int]]
) -> tuple[struct.Struct, tuple[tuple[str, float, float], ...]]:
    form, names = order, list[tuple[str, float, float]]()
    for number, size, kind in fields:
        code, invalid = _TYPES.get(kind, ("x", 0))
        if number in _FIELDS and kind in _TYPES and struct.calcsize(order + code) == size:
            form += code
            names.append((*_FIELDS[number], invalid))
        else:
            form += f"{size}x"
    return struct.Struct(form), tuple(names)


def _tick(order: str, fields: list[tuple[int, int, int]]) -> struct.Struct | None:
    before = 0
    for number, size, kind in fields:
        if number == _TIMESTAMP and (size, kind) == (4, 0x86):
            return struct.Struct(f"{order}{before}xI")
        before += size
    return None


def _values(one: _Defined, told: bytes, at: int) -> dict[str, float]:
    raw = one.course.unpack_from(told, at)
    return {
        name: value / steps
        for (name, steps, invalid), value in zip(one.names, raw, strict=True)
        if value != invalid and value == value  # noqa: PLR0124 - NaN is no value
    }


def crc(told: bytes) -> int:
    """Return the checksum of bytes, 0 where their own stands at their end (CRC-16/ARC)."""
    found = 0
    for byte in told:
        found = (found >> 8) ^ _CRC[(found ^ byte) & 0xFF]
    return found


def _crc_of(byte: int) -> int:
    found = byte
    for _ in range(8):
        found = (found >> 1) ^ (0xA001 if found & 1 else 0)
    return found


_CRC: Final = tuple(map(_crc_of, range(256)))
