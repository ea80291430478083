"""Frames in memory that is made once."""

from collections import deque

from footnode.ring import FrameRing
from hypothesis import given
from hypothesis import strategies as st


def _push(ring: FrameRing, number: int) -> None:
    ring.push(bytearray([number & 0xFF, number >> 8]), 2)


def _send_all(ring: FrameRing) -> list[int]:
    sent = []
    while ring.waiting:
        frame = ring.peek()
        sent.append(frame[0] | frame[1] << 8)
        ring.advance()
    return sent


def test_frames_come_out_in_order_and_once() -> None:
    ring = FrameRing(4, 2)
    for number in range(3):
        _push(ring, number)
    assert _send_all(ring) == [0, 1, 2]
    assert _send_all(ring) == []


def test_a_short_frame_comes_out_short() -> None:
    ring = FrameRing(4, 5)
    ring.push(bytearray(b"abcde"), 3)
    assert bytes(ring.peek()) == b"abc"


def test_the_oldest_frame_is_dropped_and_counted() -> None:
    ring = FrameRing(3, 2)
    for number in range(5):
        _push(ring, number)
    assert ring.dropped == 2
    assert _send_all(ring) == [2, 3, 4]


def test_a_rewound_ring_sends_the_last_frames_again() -> None:
    ring = FrameRing(10, 2)
    for number in range(8):
        _push(ring, number)
    _send_all(ring)
    _push(ring, 8)
    ring.rewind(3)
    assert _send_all(ring) == [5, 6, 7, 8]


def test_a_ring_rewinds_no_further_than_it_holds() -> None:
    ring = FrameRing(4, 2)
    for number in range(6):
        _push(ring, number)
        _send_all(ring)
    ring.rewind(16)
    assert _send_all(ring) == [2, 3, 4, 5]
    assert ring.dropped == 0


def test_a_frame_that_was_sent_before_is_not_counted_as_dropped() -> None:
    ring = FrameRing(3, 2)
    for number in range(3):
        _push(ring, number)
    _send_all(ring)
    ring.rewind(3)
    _push(ring, 3)
    _push(ring, 4)
    assert ring.dropped == 0
    assert _send_all(ring) == [2, 3, 4]


def test_a_cleared_ring_counts_what_was_never_sent() -> None:
    ring = FrameRing(4, 2)
    _push(ring, 0)
    _send_all(ring)
    _push(ring, 1)
    ring.clear()
    ring.rewind(16)
    assert (ring.waiting, ring.dropped) == (0, 1)


@given(st.integers(1, 8), st.lists(st.sampled_from(["push", "send", "rewind", "clear"])))
def test_a_ring_is_a_bounded_queue_whatever_is_done_with_it(slots: int, deeds: list[str]) -> None:
    ring = FrameRing(slots, 2)
    fresh: deque[int] = deque()
    made = dropped = 0
    for deed in deeds:
        if deed == "push":
            _push(ring, made)
            fresh.append(made)
            made += 1
            if len(fresh) > slots:
                fresh.popleft()
                dropped += 1
        elif deed == "send":
            new = [number for number in _send_all(ring) if number in fresh]
            assert new == list(fresh)
            fresh.clear()
        elif deed == "rewind":
            ring.rewind(2)
        else:
            ring.clear()
            dropped += len(fresh)
            fresh.clear()
        assert ring.dropped == dropped
        assert ring.is_full == (len(fresh) == slots)
        assert ring.waiting >= len(fresh)
