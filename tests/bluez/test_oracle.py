"""What the guest's scenarios judge by must itself see a doubled, a lacking and a late frame."""

import numpy as np
import pytest

from tests.bluez.channel import Lines, Said, line
from tests.bluez.guest.host import Crossed
from tests.bluez.guest.record import Counts, Lane, judge
from trainer.core.packets import CountsPacket, Status, Stream


def frame(number: int, dropped: int = 0) -> CountsPacket:
    """Return one of frames 50 ms apart."""
    counts = np.full((5, 4), number, dtype=np.int32)
    tick_us = number * 50_000
    return CountsPacket(
        Stream.FORCE, number, tick_us, 160_000, dropped, Status.OK, counts, tick_us / 1e6
    )


def counts(*numbers: int) -> Counts:
    lane = Lane()
    for number in numbers:
        lane.add(frame(number))
    return lane.counts()


def test_frames_sent_again_after_a_lost_link_are_counted_once() -> None:
    found = counts(1, 2, 3, 2, 3, 4)
    assert (found.received, found.taken, found.doubled, found.missing) == (6, 4, 2, 0)
    judge({Stream.FORCE: found}, {"force": Crossed(frames=6, numbers=4)}, may_lack=False)


def test_a_notification_that_comes_twice_fails_although_the_pipeline_drops_it() -> None:
    found = counts(1, 1, 2, 2, 3, 3)
    with pytest.raises(AssertionError, match="more received than were sent"):
        judge({Stream.FORCE: found}, {"force": Crossed(frames=3, numbers=3)}, may_lack=False)


def test_doubled_frames_fail_also_where_as_many_others_did_not_come() -> None:
    found = counts(1, 1, 2, 2)
    with pytest.raises(AssertionError, match="doubled"):
        judge({Stream.FORCE: found}, {"force": Crossed(frames=4, numbers=4)}, may_lack=False)


def test_a_frame_that_lacks_fails_unless_it_crossed_and_reached_nobody() -> None:
    found = counts(1, 2, 4)
    with pytest.raises(AssertionError, match="frames lack"):
        judge({Stream.FORCE: found}, {"force": Crossed(frames=4, numbers=4)}, may_lack=False)
    judge({Stream.FORCE: found}, {"force": Crossed(frames=4, numbers=4)}, may_lack=True)
    with pytest.raises(AssertionError, match="frames lack"):
        judge({Stream.FORCE: found}, {"force": Crossed(frames=3, numbers=3)}, may_lack=True)


def test_a_frame_that_the_node_dropped_is_not_the_programs_fault() -> None:
    lane = Lane()
    for number, dropped in ((1, 0), (2, 0), (4, 1)):
        lane.add(frame(number, dropped))
    found = lane.counts()
    assert (found.missing, found.dropped) == (1, 1)
    judge({Stream.FORCE: found}, {"force": Crossed(frames=3, numbers=3)}, may_lack=False)


def test_frames_in_another_order_fail_whether_the_pipeline_takes_the_late_one_or_not() -> None:
    found = counts(1, 3, 2, 4)
    with pytest.raises(AssertionError, match=r"out of order|frames lack"):
        judge({Stream.FORCE: found}, {"force": Crossed(frames=4, numbers=4)}, may_lack=False)


def test_lines_of_the_channel_come_together_from_any_pieces() -> None:
    sent: list[Said] = [{"ask": "drop"}, {"result": {"name": "stream"}}]
    data = b"".join(map(line, sent))
    for size in (1, 7, len(data)):
        lines = Lines()
        pieces = [data[place : place + size] for place in range(0, len(data), size)]
        assert [said for piece in pieces for said in lines.push(piece)] == sent
