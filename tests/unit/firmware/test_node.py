"""The node's main loop with parts that only pretend."""

from itertools import pairwise

import footwire
import pytest
from footnode import lamp
from footnode.beacon import FAST_MS, SLOW_MS
from footnode.status import (
    IMU_FAULT,
    LOW_BATTERY,
    NOT_READY,
    POWER_DOWN,
    QUEUE_OVERFLOW,
    SATURATED,
)

from tests.unit.firmware.fakes import Chip, Rig, build_node
from trainer.core.packets import Status

SECOND_US = 1_000_000


def _start(rig: Rig, streams: int = 3, mode: int = footwire.FRESH) -> None:
    rig.radio.connect()
    rig.run(10_000)
    rig.tell(footwire.encode_start(streams, mode))


def _frames(rig: Rig, kind: int, first: int = 0) -> list[tuple[int, int, int, int, int, int]]:
    decoded = [footwire.decode(frame) for frame in rig.radio.sent[first:]]
    return [(*frame[:5], len(frame[6])) for frame in decoded if frame[0] == kind]


def _numbers(rig: Rig, kind: int, first: int = 0) -> list[int]:
    return [frame[2] for frame in _frames(rig, kind, first)]


def _awake(rig: Rig) -> tuple[bool, bool]:
    return rig.converter.is_awake, rig.imu.is_awake


def _report(rig: Rig) -> tuple[int, int, int, int, int, int, int, int]:
    rig.tell(footwire.encode_ping(9))
    return footwire.decode_report(rig.radio.reports[-1])


def test_info_says_what_the_node_is() -> None:
    rig = Rig(name="Left")
    assert footwire.decode_info(rig.radio.info) == (
        (0, 1, 0),
        footwire.PAD,
        255,
        1,
        b"chip #",
        800,
        1040,
        [1, 4],
        "Left",
    )


def test_a_node_without_a_name_has_one_all_the_same() -> None:
    assert footwire.decode_info(Rig().radio.info)[-1] == "FootNode"


def test_nothing_is_measured_or_sent_before_start() -> None:
    rig = Rig()
    rig.radio.connect()
    rig.run(2 * SECOND_US)
    assert rig.radio.sent == []
    assert _awake(rig) == (False, False)


def test_both_streams_come_in_frames_of_five_at_their_own_rates() -> None:
    rig = Rig()
    _start(rig)
    rig.run(10 * SECOND_US)
    for kind, period_us in ((footwire.FORCE, 11_400), (footwire.IMU, 9615)):
        frames = _frames(rig, kind)
        assert len(frames) == pytest.approx(10e6 / period_us / 5, abs=4)
        assert {frame[5] for frame in frames} == {5}
        assert {frame[1] for frame in frames} == {0}
        steps_us = [b[3] - a[3] for a, b in pairwise(frames[4:])]
        assert max(abs(step_us - 5 * period_us) for step_us in steps_us) < 600
        assert frames[-1][4] / 16 == pytest.approx(period_us, rel=0.002)


def test_a_sample_is_stamped_when_it_was_ready() -> None:
    rig = Rig(start_us=5_000_000_000)
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US)
    kind, _, _, tick_us, _, _ = _frames(rig, footwire.FORCE)[0]
    assert kind == footwire.FORCE
    # Four periods until the first conversion, then four that settle.
    ready_us = rig.converter.woken_us + 8 * 11_400
    assert -600 < tick_us - (ready_us & 0xFFFFFFFF) < 1500


def test_the_first_conversions_are_thrown_away() -> None:
    rig = Rig()
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US)
    first = footwire.decode(rig.radio.sent[0])[6][0]
    assert first == [5, -4]


def test_frame_numbers_begin_at_random_and_wrap() -> None:
    rig = Rig(random_u16=65_530)
    _start(rig)
    rig.run(SECOND_US)
    assert _numbers(rig, footwire.FORCE)[:8] == [65530, 65531, 65532, 65533, 65534, 65535, 0, 1]
    assert _numbers(rig, footwire.IMU)[:2] == [1, 2]


def test_only_the_streams_that_are_wanted_are_measured() -> None:
    rig = Rig()
    _start(rig, 2)
    rig.run(SECOND_US)
    assert _frames(rig, footwire.FORCE) == []
    assert _frames(rig, footwire.IMU)
    assert _awake(rig) == (False, True)


def test_a_missed_conversion_ends_the_frame_and_shows_in_the_next_clock() -> None:
    rig = Rig()
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US + 30_000)
    first = len(rig.radio.sent)
    # The loop is held up for 40 ms, as by a radio.
    rig.clock.us += 40_000
    rig.run(SECOND_US)
    frames = _frames(rig, footwire.FORCE, first)
    short = next(place for place, frame in enumerate(frames) if frame[5] < 5)
    hole_us = frames[short + 1][3] - frames[short][3] - (frames[short][5] - 1) * 11_400
    assert hole_us / 11_400 == pytest.approx(round(hole_us / 11_400), abs=0.1)
    assert hole_us > 2 * 11_400
    assert {frame[5] for frame in frames[short + 1 :]} == {5}


def test_a_saturated_sample_is_sent_and_flagged() -> None:
    rig = Rig()
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US)
    rig.converter.bits = [SATURATED]
    first = len(rig.radio.sent)
    rig.run(SECOND_US)
    flagged = [frame for frame in _frames(rig, footwire.FORCE, first) if frame[1]]
    assert [(frame[1], frame[5]) for frame in flagged] == [(SATURATED, 5)]


def test_a_chip_that_lost_power_settles_again_and_the_next_frame_says_so() -> None:
    rig = Rig()
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US + 30_000)
    rig.converter.bits = [POWER_DOWN]
    first = len(rig.radio.sent)
    rig.run(SECOND_US)
    frames = _frames(rig, footwire.FORCE, first)
    flagged = [place for place, frame in enumerate(frames) if frame[1] & POWER_DOWN]
    assert len(flagged) == 1
    before, after = frames[flagged[0] - 1], frames[flagged[0]]
    assert after[3] - before[3] == pytest.approx((before[5] + 5) * 11_400, abs=600)


def test_a_silent_sensor_is_reported_and_the_other_stream_goes_on() -> None:
    rig = Rig()
    _start(rig)
    rig.run(SECOND_US)
    rig.imu.is_mute = True
    rig.run(SECOND_US // 2)
    first = len(rig.radio.sent)
    rig.run(SECOND_US // 2)
    assert _frames(rig, footwire.IMU, first) == []
    assert {frame[1] for frame in _frames(rig, footwire.FORCE, first)} == {IMU_FAULT}
    assert _report(rig)[0] == IMU_FAULT
    assert rig.light.state == lamp.FAULT


def test_a_silent_converter_is_woken_anew_each_second_until_it_answers() -> None:
    rig = Rig()
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US)
    rig.converter.is_mute = True
    rig.run(SECOND_US * 7 // 2)
    assert rig.converter.wakings == 4
    assert _report(rig)[0] == NOT_READY
    rig.converter.is_mute = False
    rig.run(SECOND_US)
    assert _report(rig)[0] == 0


def test_a_ping_is_answered_with_both_times_and_what_was_lost() -> None:
    rig = Rig(start_us=0x1_0000_0000)
    rig.radio.connect()
    rig.run(10_000)
    rig.radio.room = 0
    rig.tell(footwire.encode_start(3, footwire.FRESH))
    rig.run(8 * SECOND_US)
    asked_us = rig.clock.us
    status, mark, received_us, sent_us, battery_mv, force, imu, waiting = _report(rig)
    assert mark == 9
    assert asked_us <= received_us <= sent_us <= rig.clock.us
    assert status & QUEUE_OVERFLOW
    assert battery_mv == 3900
    assert force > 20
    assert imu > 20
    assert waiting == 210


def test_a_full_queue_keeps_the_frames_and_an_overflow_drops_the_oldest() -> None:
    rig = Rig()
    _start(rig)
    rig.run(SECOND_US)
    sent = len(rig.radio.sent)
    rig.radio.room = 0
    rig.run(7 * SECOND_US)
    assert len(rig.radio.sent) == sent
    rig.radio.room = 1_000_000
    rig.run(SECOND_US)
    for kind, slots in ((footwire.FORCE, 100), (footwire.IMU, 110)):
        before, after = _numbers(rig, kind)[:], _numbers(rig, kind, sent)
        lost = after[0] - before[-len(after) - 1] - 1
        assert lost > 0
        assert after == list(range(after[0], after[0] + len(after)))
        assert len(after) >= slots
        told = [footwire.decode(f)[5] for f in rig.radio.sent if f[0] & 0xF == kind]
        assert told[-1] == lost
        assert any(frame[1] & QUEUE_OVERFLOW for frame in _frames(rig, kind, sent))


def test_a_short_loss_of_the_link_loses_nothing() -> None:
    rig = Rig()
    _start(rig)
    rig.run(3 * SECOND_US)
    sent = len(rig.radio.sent)
    rig.radio.lose()
    rig.run(2 * SECOND_US)
    rig.radio.connect()
    rig.run(100_000)
    assert len(rig.radio.sent) == sent
    rig.tell(footwire.encode_start(3, footwire.RESUME))
    rig.run(SECOND_US)
    for kind in (footwire.FORCE, footwire.IMU):
        resumed = _numbers(rig, kind, sent)
        last = _numbers(rig, kind)[: -len(resumed)][-1]
        # The last 16 may have died in the radio's queue.
        assert resumed[:17] == list(range(last - 15, last + 2))
        assert resumed == list(range(resumed[0], resumed[0] + len(resumed)))
        assert {footwire.decode(f)[5] for f in rig.radio.sent} == {0}


def test_a_loss_between_two_turns_is_noticed_by_the_count_of_links() -> None:
    rig = Rig()
    _start(rig)
    rig.run(SECOND_US)
    sent = len(rig.radio.sent)
    rig.radio.connect()
    rig.run(SECOND_US)
    assert len(rig.radio.sent) == sent


def test_a_fresh_start_begins_with_an_empty_ring() -> None:
    rig = Rig()
    _start(rig, footwire.FORCE)
    rig.run(SECOND_US)
    rig.radio.lose()
    rig.run(2 * SECOND_US)
    sent = len(rig.radio.sent)
    last = _numbers(rig, footwire.FORCE)[-1]
    _start(rig, footwire.FORCE)
    started_us = rig.clock.us
    rig.run(SECOND_US)
    frames = _frames(rig, footwire.FORCE, sent)
    assert frames[0][2] > last + 20
    assert frames[0][3] >= started_us


def test_after_a_long_loss_the_chips_sleep_and_a_resumed_start_begins_anew() -> None:
    rig = Rig()
    _start(rig)
    rig.run(SECOND_US)
    rig.radio.lose()
    rig.run(4 * SECOND_US)
    assert _awake(rig) == (True, True)
    rig.run(3 * SECOND_US)
    assert _awake(rig) == (False, False)
    sent = len(rig.radio.sent)
    _start(rig, 3, footwire.RESUME)
    started_us = rig.clock.us
    rig.run(SECOND_US)
    frames = _frames(rig, footwire.FORCE, sent)
    assert frames[0][3] >= started_us
    last = _numbers(rig, footwire.FORCE)[: -len(frames)][-1]
    # What was gathered and never sent is told as dropped, so no jump is left unexplained.
    told = footwire.decode(rig.radio.sent[-1])[5], frames[0][2] - last - 1
    assert told[1] > 80
    assert {footwire.decode(f)[5] for f in rig.radio.sent[sent:] if f[0] & 3 == 1} == {told[1]}


def test_chips_asleep_are_left_alone() -> None:
    # Each word to a chip on I2C keeps the bus and the processor awake.
    rig = Rig()
    _start(rig)
    rig.radio.lose()
    rig.run(8 * SECOND_US)
    before = rig.converter.sleepings, rig.imu.sleepings
    rig.run(2 * SECOND_US)
    assert (rig.converter.sleepings, rig.imu.sleepings) == before


def test_stop_puts_the_chips_to_sleep() -> None:
    rig = Rig()
    _start(rig)
    rig.run(SECOND_US)
    rig.tell(footwire.encode_stop())
    sent = len(rig.radio.sent)
    rig.run(SECOND_US)
    assert len(rig.radio.sent) == sent
    assert _awake(rig) == (False, False)


def test_start_asks_for_a_short_interval() -> None:
    rig = Rig()
    _start(rig)
    assert rig.radio.intervals_ms == [15]


def test_a_new_name_is_kept_told_and_advertised_after_the_link() -> None:
    rig = Rig()
    _start(rig)
    rig.tell(footwire.encode_rename("Linker"))
    assert rig.memory.name == "Linker"
    assert footwire.decode_info(rig.radio.info)[-1] == "Linker"
    adverts = len(rig.radio.adverts)
    rig.radio.lose()
    rig.run(100_000)
    assert rig.radio.adverts[adverts:] == [("Linker", FAST_MS)]


def test_it_advertises_fast_for_a_minute_then_slowly_and_dark() -> None:
    rig = Rig()
    rig.run(59 * SECOND_US)
    assert rig.radio.adverts == [("FootNode", FAST_MS)]
    assert rig.light.state == lamp.WAITING
    rig.run(2 * SECOND_US)
    assert rig.radio.adverts == [("FootNode", FAST_MS), ("FootNode", SLOW_MS)]
    assert rig.light.state == lamp.OFF
    assert rig.node.step() == 250_000
    rig.radio.connect()
    rig.run(SECOND_US)
    assert rig.radio.is_silent
    assert rig.light.state == lamp.LINKED
    rig.radio.lose()
    rig.run(SECOND_US)
    assert rig.radio.adverts[2:] == [("FootNode", FAST_MS)]


def test_a_low_battery_is_told_in_frames_and_reports() -> None:
    rig = Rig()
    _start(rig)
    rig.battery.mv = 3499
    rig.run(11 * SECOND_US)
    assert {frame[1] for frame in _frames(rig, footwire.FORCE)[-10:]} == {LOW_BATTERY}
    assert _report(rig)[0] == LOW_BATTERY
    assert rig.light.state == lamp.LOW


def test_an_unknown_battery_is_not_low() -> None:
    rig = Rig()
    rig.battery.mv = 0
    _start(rig)
    rig.run(11 * SECOND_US)
    assert _report(rig)[0] == 0


def test_blink_shows_for_five_seconds_which_node_it_is() -> None:
    rig = Rig()
    rig.radio.connect()
    rig.run(SECOND_US)
    rig.tell(footwire.encode_blink())
    rig.run(SECOND_US)
    assert rig.light.state == lamp.BLINKING
    rig.run(5 * SECOND_US)
    assert rig.light.state == lamp.LINKED


@pytest.mark.parametrize("foreign", [b"", b"\x63", b"\x02\x00\x00", b"\x04\xff\xfe", b"\x01" * 20])
def test_foreign_bytes_are_no_command_and_do_no_harm(foreign: bytes) -> None:
    rig = Rig()
    _start(rig)
    rig.tell(foreign)
    rig.run(SECOND_US)
    assert _frames(rig, footwire.FORCE)
    assert rig.memory.name == ""


def test_a_node_may_lack_either_sensor() -> None:
    rig = Rig()

    def converter(rig: Rig) -> Chip:
        return rig.converter

    build_node(rig, converter)
    assert footwire.decode_info(rig.radio.info)[5:8] == (800, 0, [1, 4])
    build_node(rig, lambda _: None)
    assert footwire.decode_info(rig.radio.info)[3:8] == (0, b"chip #", 0, 0, [])


def test_the_status_bits_are_those_of_the_host() -> None:
    assert [bit.value for bit in Status] == [
        SATURATED,
        NOT_READY,
        POWER_DOWN,
        QUEUE_OVERFLOW,
        IMU_FAULT,
        LOW_BATTERY,
    ]
