"""Bytes of a notification to packets and back, whatever the radio did to them."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from trainer.core.packets import CountsPacket, Status, Stream
from trainer.wire import footwire
from trainer.wire.frames import decode_frames, encode_packet, split_frames

TOP = {Stream.FORCE: 2**23, Stream.IMU: 2**15}


@st.composite
def packets(draw: st.DrawFn) -> CountsPacket:
    """Draw any packet that a frame can carry, with the ends of every range made likely."""
    stream = draw(st.sampled_from(Stream))
    top = TOP[stream]
    shape = draw(st.tuples(st.integers(1, 12), st.integers(1, 6)))
    ends = st.sampled_from([-top, -top + 1, -1, 0, 1, top - 2, top - 1])
    counts = draw(hnp.arrays(np.int32, shape, elements=ends | st.integers(-top, top - 1)))
    return CountsPacket(
        stream,
        draw(st.sampled_from([0, 0xFFFF]) | st.integers(0, 0xFFFF)),
        draw(st.sampled_from([0, 0xFFFFFFFF]) | st.integers(0, 0xFFFFFFFF)),
        draw(st.sampled_from([0, 0xFFFFFFFF]) | st.integers(0, 0xFFFFFFFF)),
        draw(st.sampled_from([0, 0xFFFF]) | st.integers(0, 0xFFFF)),
        Status(draw(st.integers(0, 255))),
        counts,
        3.5,
    )


@given(st.lists(packets(), max_size=4))
def test_what_was_encoded_comes_back_exactly(sent: list[CountsPacket]) -> None:
    data = b"".join(encode_packet(p) for p in sent)
    batch = split_frames(data, 3.5)
    assert batch.bad_bytes == 0
    assert b"".join(packet.frame for packet in batch.packets) == data
    assert_same(batch.packets, sent)


@given(st.lists(st.tuples(packets(), st.integers(1, 4), st.integers(0, 9)), max_size=5))
def test_many_notifications_at_once_hold_what_each_of_them_does(
    runs: list[tuple[CountsPacket, int, int]],
) -> None:
    notifications: list[bytes] = []
    for packet, copies, damage in runs:
        frame = encode_packet(packet)
        damaged = {7: b"", 8: frame[:-1], 9: b"\x11" + frame}.get(damage, frame)
        notifications += [frame] * copies + [damaged]
    arrivals_s = [0.5 * number for number in range(len(notifications))]
    found = decode_frames(notifications, arrivals_s)
    assert len(found) == len(notifications)
    for packet_found, data, arrival_s in zip(found, notifications, arrivals_s, strict=True):
        expected = split_frames(data, arrival_s).packets
        if packet_found is None:
            assert expected == ()
            continue
        assert_same((packet_found,), [expected[0]])
        assert (packet_found.arrival_s, packet_found.frame) == (arrival_s, expected[0].frame)


@given(packets())
def test_node_and_host_write_the_same_bytes(packet: CountsPacket) -> None:
    kind = footwire.FORCE if packet.stream is Stream.FORCE else footwire.IMU
    writer = footwire.FrameWriter(kind, packet.counts.shape[1], packet.counts.shape[0])
    writer.seq = packet.seq
    for row in packet.counts.tolist():
        writer.add(packet.tick_us, row)
    size = writer.close(int(packet.status), packet.period_us16, packet.dropped_total)
    assert encode_packet(packet) == writer.buffer[:size]


@given(st.binary(max_size=600))
@example(b"\x11" * 512)
@example(b"\x12" * 17)
@example(b"")
def test_any_bytes_are_counted_and_never_raise(data: bytes) -> None:
    batch = split_frames(data, 0.0)
    assert batch.bad_bytes + sum(len(encode_packet(p)) for p in batch.packets) == len(data)


@given(st.lists(packets(), min_size=1, max_size=3), st.data())
def test_a_damaged_stretch_costs_only_the_frames_it_touches(
    sent: list[CountsPacket], data: st.DataObject
) -> None:
    frames = [encode_packet(p) for p in sent]
    hurt = data.draw(st.integers(0, len(frames) - 1))
    frame = bytearray(frames[hurt])
    # A burst of up to 16 bits is what this checksum finds with certainty.
    place = data.draw(st.integers(0, len(frame) - 1))
    frame[place] ^= data.draw(st.integers(1, 255))
    frames[hurt] = bytes(frame)
    batch = split_frames(b"".join(frames), 3.5)
    assert batch.bad_bytes == len(frame)
    assert_same(batch.packets, [p for i, p in enumerate(sent) if i != hurt])


@given(st.lists(st.binary(max_size=15), min_size=3, max_size=3), packets(), packets())
def test_foreign_bytes_around_frames_are_skipped(
    foreign: list[bytes], first: CountsPacket, second: CountsPacket
) -> None:
    before, between, after = (
        f.replace(b"\x11", b"\x00").replace(b"\x12", b"\x00") for f in foreign
    )
    data = before + encode_packet(first) + between + encode_packet(second) + after
    batch = split_frames(bytearray(data), 3.5)
    assert batch.bad_bytes == len(before + between + after)
    assert_same(batch.packets, [first, second])


def test_a_stream_of_mutated_frames_never_raises_and_loses_no_byte() -> None:
    random = np.random.default_rng(20260101)
    clean = b"".join(encode_packet(packet_of(row)) for row in range(40))
    for _ in range(60):
        data = bytearray(clean)
        for place in random.integers(0, len(data), 30).tolist():
            match int(random.integers(3)):
                case 0:
                    data[place % len(data)] = int(random.integers(256))
                case 1:
                    del data[place % len(data)]
                case _:
                    data.insert(place % len(data), int(random.integers(256)))
        batch = split_frames(bytes(data), 0.0)
        assert 0 < len(batch.packets) < 40
        read = sum(len(encode_packet(p)) for p in batch.packets)
        assert read + batch.bad_bytes == len(data)


def test_a_frame_of_an_unknown_version_is_counted_as_bad_bytes() -> None:
    frame = bytearray(encode_packet(packet_of(1)))
    frame[0] = 2 << 4 | footwire.FORCE
    frame[-2:] = footwire.checksum(bytes(frame[:-2])).to_bytes(2, "little")
    batch = split_frames(bytes(frame), 0.0)
    assert (batch.packets, batch.bad_bytes) == ((), len(frame))


def test_packets_keep_no_hold_of_the_buffer_they_came_from() -> None:
    for stream in Stream:
        buffer = bytearray(encode_packet(packet_of(5, stream)))
        (packet,) = split_frames(buffer, 0.0).packets
        buffer[:] = bytes(len(buffer))
        assert packet.frame == encode_packet(packet)
        assert packet.counts.tolist() == [[5, -5]]
        assert packet.counts.dtype == np.int32


@pytest.mark.parametrize(
    ("stream", "counts"),
    [
        (Stream.FORCE, [[2**23]]),
        (Stream.FORCE, [[-(2**23) - 1]]),
        (Stream.IMU, [[2**15]]),
        (Stream.IMU, [[0], [-(2**15) - 1]]),
    ],
)
def test_a_count_beyond_the_converter_is_refused(stream: Stream, counts: list[list[int]]) -> None:
    packet = CountsPacket(stream, 0, 0, 16, 0, Status.OK, np.array(counts, dtype=np.int32), 0.0)
    with pytest.raises(ValueError, match="Limit them as the converter does"):
        encode_packet(packet)


@pytest.mark.parametrize("shape", [(0, 4), (256, 1), (1, 0), (1, 17)])
def test_a_shape_beyond_the_header_is_refused(shape: tuple[int, int]) -> None:
    packet = CountsPacket(Stream.FORCE, 0, 0, 16, 0, Status.OK, np.zeros(shape, np.int32), 0.0)
    with pytest.raises(ValueError, match="Cut the packet"):
        encode_packet(packet)


def packet_of(count: int, stream: Stream = Stream.FORCE) -> CountsPacket:
    counts = np.array([[count, -count]], dtype=np.int32)
    return CountsPacket(stream, count, 12500 * count, 172506, 0, Status.OK, counts, 0.0)


def assert_same(found: tuple[CountsPacket, ...], expected: list[CountsPacket]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.stream is other.stream
        assert one.status == other.status
        assert one.counts.tolist() == other.counts.tolist()
        for name in ("seq", "tick_us", "period_us16", "dropped_total", "arrival_s"):
            assert getattr(one, name) == getattr(other, name), name
