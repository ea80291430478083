"""Made-up runs as FIT bytes, for measuring and for tests: no person's run, no places.

Values are handed in as they are stored (contact in tenths of a millisecond and so on), so that a
lying unit can be written too.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from trainer.running.fitwalk import crc

EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
RUNNING: Final = 1
CYCLING: Final = 2
_ENUM, _U8, _U16, _U32 = (0x00, 1, "B"), (0x02, 1, "B"), (0x84, 2, "H"), (0x86, 4, "I")
_INVALID: Final = {"B": 0xFF, "H": 0xFFFF, "I": 0xFFFFFFFF}

_FILE_ID: Final = (0, ((0, _ENUM), (4, _U32)))
_RECORD: Final = (
    20,
    ((253, _U32), (4, _U8), (53, _U8), (41, _U16), (84, _U16), (39, _U16), (83, _U16), (85, _U16)),
)
_SESSION: Final = (
    18,
    ((253, _U32), (2, _U32), (5, _ENUM), (6, _ENUM), (7, _U32), (8, _U32), (9, _U32), (18, _U8)),
)
_ACTIVITY: Final = (34, ((253, _U32), (5, _U32)))


@dataclass(frozen=True, slots=True)
class Moment:
    """One record as stored; None is written as FIT's own 'invalid'."""

    cadence: int | None = 83
    fraction: int | None = 0
    """Of 128."""
    contact: int | None = 2500
    """Tenths of a millisecond."""
    balance: int | None = 5010
    """Hundredths of a percent."""
    oscillation: int | None = 900
    """Tenths of a millimetre."""
    ratio: int | None = 850
    """Hundredths of a percent."""
    step: int | None = 10_843
    """Tenths of a millimetre."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a file is to hold."""

    start: datetime = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
    seconds: int = 60
    metres: float = 180.0
    offset_s: int | None = 7200
    sport: int = RUNNING
    sub_sport: int = 0
    kind: int = 4
    moments: tuple[Moment, ...] = field(default=(Moment(),))
    """Repeated until the run is full."""


def write_fit(runs: Written | Sequence[Written] = Written()) -> bytes:
    """Return the bytes of a FIT file."""
    sessions = [runs] if isinstance(runs, Written) else list(runs)
    first = sessions[0]
    body = [_definition(0, _FILE_ID), _data(0, _FILE_ID, (first.kind, _at(first.start)))]
    body.append(_definition(1, _RECORD))
    for run in sessions:
        body.extend(_records(run))
    body.append(_definition(2, _SESSION))
    for run in sessions:
        began, length = _at(run.start), run.seconds * 1000
        values = (
            began + run.seconds, began, run.sport, run.sub_sport,
            length, length, round(run.metres * 100), None,
        )  # fmt: skip
        body.append(_data(2, _SESSION, values))
    end = _at(sessions[-1].start) + sessions[-1].seconds
    local = None if first.offset_s is None else end + first.offset_s
    body.extend((_definition(3, _ACTIVITY), _data(3, _ACTIVITY, (end, local))))
    return _framed(b"".join(body))


def _records(run: Written) -> Iterable[bytes]:
    for second in range(run.seconds):
        moment = run.moments[second % len(run.moments)]
        yield _data(
            1,
            _RECORD,
            (
                _at(run.start) + second, moment.cadence, moment.fraction, moment.contact,
                moment.balance, moment.oscillation, moment.ratio, moment.step,
            ),
        )  # fmt: skip


def _at(instant: datetime) -> int:
    return round((instant - EPOCH).total_seconds())


_Message = tuple[int, tuple[tuple[int, tuple[int, int, str]], ...]]


def _definition(local: int, message: _Message) -> bytes:
    number, fields = message
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
    return head + b"".join(struct.pack("<BBB", n, kind[1], kind[0]) for n, kind in fields)


def _data(local: int, message: _Message, values: Sequence[int | None]) -> bytes:
    forms = [kind[2] for _, kind in message[1]]
    filled = [_INVALID[f] if v is None else v for f, v in zip(forms, values, strict=True)]
    return struct.pack("<B" + "".join(forms), local, *filled)


def _framed(body: bytes) -> bytes:
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body))
