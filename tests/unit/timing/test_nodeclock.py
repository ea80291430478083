"""A node's clock in host seconds: right to a millisecond or so, and never worse than it says."""

from dataclasses import replace

import pytest

from tests.unit.timing.radio import FRAME, RATE_HZ, WRAP, Radio
from trainer.core.packets import ClockPacket, CountsPacket, Stream
from trainer.timing.nodeclock import NodeClock


def errors_ms(radio: Radio, for_s: float, *, asks: bool = True) -> list[float]:
    """Return how far each sample's host time is off, as it is known when its frame arrives."""
    clock = NodeClock()
    frames = list(radio.frames(for_s))
    truth = {id(frame): first_s for frame, first_s in frames}
    packets: list[CountsPacket | ClockPacket] = [frame for frame, _ in frames]
    packets += radio.answers(for_s) if asks else ()
    found: list[float] = []
    for packet in sorted(packets, key=lambda packet: packet.arrival_s):
        clock.push(packet)
        if isinstance(packet, CountsPacket):
            for sample in range(FRAME):
                tick_us = packet.tick_us + round(sample * 1e6 / RATE_HZ)
                host_s = clock.host_s(tick_us % WRAP)
                assert host_s is not None
                found.append(1e3 * (host_s - truth[id(packet)] - sample / RATE_HZ))
    return found


@pytest.mark.parametrize("interval_s", [0.015, 0.03, 0.05])
@pytest.mark.parametrize("phase_s", [0.0, 0.004, 0.013])
def test_samples_are_placed_within_three_milliseconds(interval_s: float, phase_s: float) -> None:
    found = sorted(map(abs, errors_ms(Radio(interval_s=interval_s, phase_s=phase_s), 120.0)))
    assert len(found) > 10_000
    assert found[round(0.99 * len(found))] < 3.0


def test_without_questions_the_way_of_the_packets_is_taken_for_nothing() -> None:
    late = errors_ms(Radio(), 30.0, asks=False)
    asked = errors_ms(Radio(), 30.0)
    assert abs(asked[-1]) < abs(late[-1])


def test_the_drift_of_the_node_is_found() -> None:
    clock = NodeClock()
    for frame, _ in Radio(skew_ppm=-35.0).frames(120.0):
        clock.push(frame)
    assert clock.skew_ppm == pytest.approx(35.0, abs=5.0)


def test_a_clock_that_wraps_goes_on() -> None:
    radio = Radio(offset_s=WRAP * 1e-6 - 30.0)
    assert max(map(abs, errors_ms(radio, 60.0)[2000:])) < 3.0


def test_what_is_sent_again_after_a_lost_link_moves_nothing() -> None:
    clock = NodeClock()
    frames = [frame for frame, _ in Radio().frames(20.0)]
    for frame in frames:
        clock.push(frame)
    before_s = clock.host_s(frames[-1].tick_us)
    for frame in frames[-16:]:
        clock.push(replace(frame, arrival_s=frames[-1].arrival_s + 1.0))
    assert clock.host_s(frames[-1].tick_us) == before_s


def test_a_node_that_was_switched_off_and_on_has_a_new_clock() -> None:
    clock = NodeClock()
    for frame, _ in Radio(offset_s=700.0).frames(20.0):
        clock.push(frame)
    again = Radio(offset_s=2.0)
    for frame, first_s in again.frames(5.0):
        clock.push(replace(frame, arrival_s=frame.arrival_s + 25.0))
        host_s = clock.host_s(frame.tick_us)
        assert host_s is not None
        assert host_s == pytest.approx(first_s + 25.0, abs=0.1)


def test_the_bounds_are_as_far_apart_as_the_shortest_ways() -> None:
    clock = NodeClock()
    packets = Radio(interval_s=0.015).packets(20.0)
    for packet in sorted(packets, key=lambda packet: packet.arrival_s):
        clock.push(packet)
    width_s = clock.width_s
    assert width_s is not None
    assert 0.0 <= width_s < 0.006


def test_a_question_that_was_long_under_way_tells_nothing() -> None:
    clock = NodeClock()
    clock.push(ClockPacket(Stream.FORCE, 0.0, 1_000_000, 1_000_100, 0.9))
    assert clock.width_s is None


def test_before_the_first_packet_nothing_is_known() -> None:
    assert NodeClock().host_s(0) is None
    assert NodeClock().width_s is None
