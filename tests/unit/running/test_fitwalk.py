"""Records that are walked over are what the decoder finds in them, whatever their definition."""

import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import fitdecode  # type: ignore[import-untyped]  # shipped without types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.diary.running import Run
from trainer.running.fitwalk import BrokenFitError, crc, walk
from trainer.running.fitwriter import EPOCH, Moment, Written, write_fit
from trainer.running.measures import Found
from trainer.running.readers import Reader

READER = Reader(datetime(2026, 11, 29, tzinfo=UTC), UTC)
NAMES = {
    "cadence", "fractional_cadence", "vertical_oscillation", "stance_time", "vertical_ratio",
    "stance_time_balance", "step_length",
}  # fmt: skip
START = datetime(2026, 5, 4, 5, tzinfo=UTC)
TICK = round((START - EPOCH).total_seconds())
Field = tuple[int, int, int]
"""Number, size, base type."""


def decoded(told: bytes) -> list[tuple[datetime | None, dict[str, Any]]]:
    """Return what the decoder finds in the records."""
    found: list[tuple[datetime | None, dict[str, Any]]] = []
    for frame in fitdecode.FitReader(told, error_handling=fitdecode.ErrorHandling.IGNORE):
        if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
            values = {f.name: f.value for f in frame.fields if f.name in {*NAMES, "timestamp"}}
            at = values.pop("timestamp", None)
            known = {n: v for n, v in values.items() if v is not None and not isinstance(v, tuple)}
            found.append((at, known))
    return found


def walked(told: bytes) -> list[tuple[datetime | None, dict[str, Any]]]:
    return [
        (
            None if one.tick_s is None else EPOCH + timedelta(seconds=one.tick_s),
            {name: pytest.approx(value) for name, value in one.values.items()},
        )
        for one in walk(told).records
    ]


def framed(body: bytes) -> bytes:
    head = struct.pack("<BBHI4s", 12, 0x20, 2132, len(body), b".FIT")
    return head + body + struct.pack("<H", crc(head + body))


def defined(local: int, number: int, fields: Sequence[Field], order: str = "<") -> bytes:
    head = struct.pack(order + "BBBHB", 0x40 | local, 0, order == ">", number, len(fields))
    return head + b"".join(struct.pack("BBB", *one) for one in fields)


def app_fields(definition: bytes, fields: Sequence[Field]) -> bytes:
    """Return a definition with fields of an app besides."""
    more = bytes([len(fields)]) + b"".join(struct.pack("BBB", *one) for one in fields)
    return bytes([definition[0] | 0x20]) + definition[1:] + more


MOMENTS = st.builds(
    Moment,
    cadence=st.none() | st.integers(0, 254),
    fraction=st.none() | st.integers(0, 254),
    contact=st.none() | st.integers(0, 65_534),
    balance=st.none() | st.integers(0, 65_534),
    oscillation=st.none() | st.integers(0, 65_534),
    ratio=st.none() | st.integers(0, 65_534),
    step=st.none() | st.integers(0, 65_534),
)


@given(moments=st.lists(MOMENTS, min_size=1, max_size=5))
def test_any_values_are_what_the_decoder_finds(moments: list[Moment]) -> None:
    told = write_fit(Written(seconds=len(moments), moments=tuple(moments)))
    assert walked(told) == decoded(told)


@pytest.mark.parametrize("order", ["<", ">"])
def test_places_arrays_and_unknown_fields_are_stepped_over_in_either_byte_order(order: str) -> None:
    fields = [
        (0, 4, 0x85), (253, 4, 0x86), (1, 4, 0x85), (4, 1, 0x02), (250, 3, 0x0D),
        (41, 4, 0x84), (85, 2, 0x84), (39, 4, 0x88),
    ]  # fmt: skip
    body = defined(3, 20, fields, order) + struct.pack(
        order + "BiIiB3sHHHf", 3, 1, TICK, 2, 83, b"abc", 2500, 2600, 10_843, 90.0
    )
    told = framed(body)
    assert walked(told) == decoded(told)
    assert walk(told).records[0].values.keys() == {"cadence", "step_length", "vertical_oscillation"}


def test_a_time_of_five_bits_goes_on_from_the_last_whole_one() -> None:
    body = defined(0, 20, [(253, 4, 0x86), (4, 1, 0x02)]) + struct.pack("<BIB", 0, TICK, 80)
    body += defined(1, 20, [(4, 1, 0x02)])
    for second in (1, 2, 31, 33, 64):
        body += struct.pack("BB", 0x80 | 1 << 5 | (TICK + second) & 0x1F, 80 + second % 5)
    told = framed(body)
    assert walked(told) == decoded(told)


def test_a_record_without_a_time_has_none() -> None:
    body = defined(0, 20, [(253, 4, 0x86), (4, 1, 0x02)])
    told = framed(body + struct.pack("<BIB", 0, 0xFFFFFFFF, 80))
    assert walked(told) == decoded(told) == [(None, {"cadence": 80})]


def test_files_that_follow_each_other_are_one() -> None:
    told = write_fit(Written(seconds=3)) + write_fit(Written(seconds=4))
    assert walked(told) == decoded(told)
    assert len(walk(told).records) == 7


def pod_file(name: bytes) -> bytes:
    """Return a run whose contact time is in a field of an app of this name: 240 ms."""
    described = [(0, 1, 0x02), (1, 1, 0x02), (2, 1, 0x02), (3, 16, 0x07)]
    usual = write_fit(Written(seconds=60))
    rest = walk(usual).rest[12:-2]
    record = app_fields(defined(4, 20, [(253, 4, 0x86), (4, 1, 0x02)]), [(7, 2, 0)])
    body = rest + defined(5, 207, [(3, 1, 0x02)]) + bytes([5, 0])
    body += defined(6, 206, described) + struct.pack("<BBBB16s", 6, 0, 7, 0x84, name) + record
    for second in range(60):
        body += struct.pack("<BIBH", 4, TICK + second, 83, 240)
    return framed(body)


def only(told: bytes) -> Run:
    (found,) = READER.read(told)
    assert isinstance(found, Found), found
    return found.run


def test_a_foot_pods_own_field_is_read_and_any_other_apps_is_stepped_over() -> None:
    assert (only(pod_file(b"Ground Time")).gct_ms, only(pod_file(b"Ground Time")).spm) == (240, 166)
    other = only(pod_file(b"Mood"))
    assert (other.gct_ms, other.spm) == (None, 166)


@pytest.mark.parametrize(
    ("message", "count", "what"), [(20, 600_002, "600000 records"), (18, 20_001, "20000 messages")]
)
def test_a_file_of_more_messages_than_any_watch_writes_is_refused(
    message: int, count: int, what: str
) -> None:
    body = defined(0, message, [(4, 1, 0x02)]) + bytes((0, 80)) * count
    with pytest.raises(BrokenFitError, match=f"more than {what}"):
        walk(framed(body))


def test_a_message_beyond_the_end_is_no_file() -> None:
    body = defined(0, 20, [(253, 4, 0x86), (4, 200, 0x02)]) + bytes(20)
    with pytest.raises(BrokenFitError, match="longer than the file"):
        walk(framed(body))


@given(told=st.binary(max_size=200))
def test_any_body_is_walked_or_refused_as_broken(told: bytes) -> None:
    READER.read(framed(told))


def test_a_file_that_no_checksum_guards_is_refused() -> None:
    told = bytearray(write_fit(replace(Written(), seconds=30)))
    told[100] ^= 1
    with pytest.raises(BrokenFitError, match="checksum"):
        walk(bytes(told))
