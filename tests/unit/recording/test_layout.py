"""Messages: a packet leaves the disk bit by bit as it arrived."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from trainer.core.arrays import CountArray, FloatArray
from trainer.core.packets import ClockPacket, CountsPacket, Status, Stream, UnitPacket
from trainer.recording.layout import Topic, pack_note, pack_packet, unpack_note, unpack_packet
from trainer.wire.frames import encode_packet

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SHAPES = npst.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=8)
INT24 = st.integers(-(2**23), 2**23 - 1)


@given(npst.arrays(np.int32, SHAPES, elements=INT24), FINITE)
def test_a_frame_comes_back_with_its_arrival_to_the_last_bit(
    counts: CountArray, arrival_s: float
) -> None:
    packet = CountsPacket(
        Stream.FORCE, 65535, 2**32 - 1, 200_001, 7, Status.SATURATED, counts, arrival_s
    )
    topic, message = pack_packet(packet)
    assert topic is Topic.FORCE_FRAMES
    assert message.endswith(encode_packet(packet))
    found = unpack_packet(topic, message)
    assert isinstance(found, CountsPacket)
    assert np.array_equal(found.counts, counts)
    assert found.arrival_s == arrival_s
    assert (found.seq, found.tick_us, found.period_us16) == (65535, 2**32 - 1, 200_001)
    assert (found.dropped_total, found.status) == (7, Status.SATURATED)


@given(npst.arrays(np.float64, SHAPES), FINITE)
def test_samples_in_a_unit_come_back_lost_ones_included(
    values: FloatArray, arrival_s: float
) -> None:
    time_s = np.linspace(5.0, 4.0, len(values))
    packet = UnitPacket(Stream.IMU, time_s, values, arrival_s)
    topic, message = pack_packet(packet)
    assert topic is Topic.IMU_SAMPLES
    found = unpack_packet(topic, message)
    assert isinstance(found, UnitPacket)
    assert found.stream is Stream.IMU
    assert np.array_equal(found.time_s, time_s)
    assert np.array_equal(found.values, values, equal_nan=True)
    assert found.arrival_s == arrival_s


@pytest.mark.parametrize("stream", Stream)
def test_an_answer_of_the_clock_comes_back_to_the_last_bit(stream: Stream) -> None:
    packet = ClockPacket(stream, 0.1 + 0.2, 2**63, 2**63 + 1, 1e6 / 3)
    topic, message = pack_packet(packet)
    assert topic is Topic.CLOCK
    assert unpack_packet(topic, message) == packet


def test_an_answer_for_an_unknown_stream_is_none() -> None:
    _, message = pack_packet(ClockPacket(Stream.FORCE, 0.0, 1, 2, 3.0))
    assert unpack_packet(Topic.CLOCK, message[:-1] + b"\x09") is None


def test_a_packet_without_rows_is_legal() -> None:
    packet = UnitPacket(Stream.FORCE, np.empty(0), np.empty((0, 3)), 1.0)
    found = unpack_packet(*pack_packet(packet))
    assert isinstance(found, UnitPacket)
    assert found.values.shape == (0, 3)


@pytest.mark.parametrize("topic", [*Topic, 99])
@pytest.mark.parametrize("message", [b"", b"123", bytes(15), bytes(8) + b"\x01" + bytes(7)])
def test_bytes_that_hold_no_packet_are_none_and_no_error(topic: int, message: bytes) -> None:
    assert unpack_packet(topic, message) is None


def test_a_note_comes_back() -> None:
    note = unpack_note(pack_note(3.5, "RepCounted", {"rep": 1, "plateau_n": 41.5}))
    assert note is not None
    assert (note.at_s, note.kind, dict(note.body)) == (
        3.5,
        "RepCounted",
        {"rep": 1, "plateau_n": 41.5},
    )


@pytest.mark.parametrize("message", [b"", b"{}", b"[1]", b"\xff", b'{"at_s": null}'])
def test_bytes_that_hold_no_note_are_none(message: bytes) -> None:
    assert unpack_note(message) is None


def test_a_note_may_say_that_a_number_is_unknown() -> None:
    note = unpack_note(pack_note(0.0, "x", {"cv_pct": math.nan}))
    assert note is not None
    assert math.isnan(float(str(note.body["cv_pct"])))
