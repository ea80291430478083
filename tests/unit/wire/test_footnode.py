"""The foot node's dialect: what is asked when, what an answer leads to, which node is refused."""

import struct
from collections.abc import Sequence

import numpy as np
import pytest

from trainer.core.link import Health
from trainer.core.packets import (
    IMU_AXES,
    ClockPacket,
    CountsPacket,
    Status,
    Stream,
    StreamInfo,
)
from trainer.core.units import Unit
from trainer.wire import footwire
from trainer.wire.dialect import Advert, Heard, Read, Request, Wish, Write
from trainer.wire.footnode import FOOT, PACKET_BYTES, FootSpeech
from trainer.wire.frames import encode_packet

ADVERT = Advert("C0:00:00:00:00:01", "ToeNode", 0.0, (footwire.SERVICE_UUID,))


def info(
    *,
    roles: Sequence[int] = (1, 2, 3, 4),
    force_rate: int = 950,
    imu_rate: int = 1040,
    converter: int = footwire.HX711,
) -> bytes:
    return footwire.encode_info(
        (
            (1, 2, 3),
            footwire.PAD,
            255,
            converter,
            bytes(6),
            force_rate,
            imu_rate,
            list(roles),
            "ToeNode",
        )
    )


def report(mark: int, *, battery_mv: int = 3900, status: int = 0, received_us: int = 10) -> bytes:
    return footwire.encode_report((status, mark, received_us, received_us + 5, battery_mv, 0, 0, 0))


def frame(status: Status = Status.OK) -> bytes:
    counts = np.arange(20, dtype=np.int32).reshape(5, 4)
    return encode_packet(CountsPacket(Stream.FORCE, 7, 99, 168_421, 0, status, counts, 0.0))


def greeted(wish: Wish | None = None, data: bytes | None = None) -> tuple[FootSpeech, Heard]:
    """Return a speech that has read INFO, and what that led to."""
    speech = FootSpeech(ADVERT, wish or Wish())
    assert speech.greet() == (Read(footwire.INFO_UUID),)
    return speech, speech.hear(footwire.INFO_UUID, info() if data is None else data, 0.5)


def mark_of(requests: Sequence[Request]) -> int:
    [ping] = requests
    assert isinstance(ping, Write)
    what, mark, _, _ = footwire.decode_command(ping.data)
    assert what == footwire.PING
    return mark


def answered(speech: FootSpeech, requests: Sequence[Request], asked_s: float, at_s: float) -> Heard:
    """Send the ping and let the node answer."""
    [ping] = requests
    speech.sending(ping, asked_s)
    return speech.hear(footwire.CLOCK_UUID, report(mark_of(requests)), at_s)


def test_a_node_is_known_by_its_service_whatever_its_name() -> None:
    assert FOOT.matches(Advert("a", "", 0.0, (footwire.SERVICE_UUID,)))
    assert not FOOT.matches(Advert("a", "ToeNode", 0.0, ()))


def test_the_conversation_asks_what_the_node_is_then_the_time_and_then_starts() -> None:
    speech, heard = greeted()
    assert speech.streams == (
        StreamInfo(Stream.FORCE, ("hallux", "toes", "ball", "heel"), Unit.COUNTS, None, 2.0),
        StreamInfo(Stream.IMU, IMU_AXES, Unit.COUNTS),
    )
    heard = answered(speech, heard.requests, 1.0, 1.04)
    assert heard.packets == (ClockPacket(Stream.FORCE, 1.0, 10, 15, 1.04),)
    assert heard.requests == (
        Write(footwire.CONTROL_UUID, footwire.encode_start(3, footwire.FRESH)),
    )
    again = answered(speech, speech.tick(2.0), 2.0, 2.04)
    assert len(again.packets) == 1
    assert again.requests == ()
    assert speech.part() == (Write(footwire.CONTROL_UUID, footwire.encode_stop()),)


def test_after_a_lost_link_the_node_is_asked_to_go_on() -> None:
    speech, heard = greeted(Wish(is_resumed=True))
    heard = answered(speech, heard.requests, 1.0, 1.04)
    assert heard.requests == (
        Write(footwire.CONTROL_UUID, footwire.encode_start(3, footwire.RESUME)),
    )


@pytest.mark.parametrize(
    ("stream", "bits", "data"),
    [(Stream.FORCE, 1, footwire.FORCE_UUID), (Stream.IMU, 2, footwire.IMU_UUID)],
)
def test_only_what_is_wanted_is_subscribed_and_started(
    stream: Stream, bits: int, data: str
) -> None:
    speech, heard = greeted(Wish(frozenset({stream}), clock=1))
    assert speech.characteristics == (data, footwire.CLOCK_UUID)
    assert [(info.stream, info.clock) for info in speech.streams] == [(stream, 1)]
    heard = answered(speech, heard.requests, 1.0, 1.04)
    assert heard.requests == (
        Write(footwire.CONTROL_UUID, footwire.encode_start(bits, footwire.FRESH)),
    )
    assert [packet.stream for packet in heard.packets] == [stream]


def test_the_time_is_asked_often_at_first_and_seldom_later() -> None:
    speech, heard = greeted()
    answered(speech, heard.requests, 0.0, 0.03)
    asked_s: list[float] = []
    for step in range(2400):
        at_s = 0.25 * step
        requests = speech.tick(at_s)
        if requests:
            asked_s.append(at_s)
            answered(speech, requests, at_s, at_s + 0.03)
    gaps_s = np.diff(asked_s)
    assert gaps_s[:10] == pytest.approx(0.25)
    assert gaps_s[20:40] == pytest.approx(2.0)
    assert gaps_s[-10:] == pytest.approx(5.0)


def test_a_ping_that_is_lost_is_asked_again_before_the_start() -> None:
    speech, heard = greeted()
    speech.sending(heard.requests[0], 1.0)
    assert speech.tick(1.5) == ()
    again = speech.tick(2.5)
    assert mark_of(again) != mark_of(heard.requests)
    assert len(answered(speech, again, 2.5, 2.6).requests) == 1


def test_before_the_node_said_what_it_is_nothing_is_asked() -> None:
    assert FootSpeech(ADVERT, Wish()).tick(10.0) == ()


def test_an_answer_to_an_older_question_tells_the_battery_and_no_time() -> None:
    speech, heard = greeted()
    speech.sending(heard.requests[0], 1.0)
    late = speech.hear(footwire.CLOCK_UUID, report(999, battery_mv=3410, status=32), 1.1)
    assert late.packets == ()
    assert late.health == Health(3.41, is_battery_low=True)


def test_a_battery_that_is_not_measured_is_not_invented() -> None:
    speech, _ = greeted()
    heard = speech.hear(footwire.CLOCK_UUID, report(1, battery_mv=0), 1.0)
    assert heard.health == Health()


def test_frames_come_through_and_a_battery_that_sinks_is_told_once() -> None:
    speech, _ = greeted()
    good = speech.hear(footwire.FORCE_UUID, frame(), 2.0)
    low = speech.hear(footwire.FORCE_UUID, frame(Status.LOW_BATTERY), 2.1)
    still = speech.hear(footwire.FORCE_UUID, frame(Status.LOW_BATTERY), 2.2)
    assert [len(heard.packets) for heard in (good, low, still)] == [1, 1, 1]
    assert [heard.health for heard in (good, still)] == [None, None]
    assert low.health == Health(is_battery_low=True)
    assert good.packets[0].arrival_s == 2.0


def test_a_frame_of_four_cells_and_five_samples_needs_the_room_that_is_asked_for() -> None:
    assert len(frame()) == PACKET_BYTES == FOOT.packet_bytes


def test_two_frames_in_one_notification_come_apart_and_damage_is_counted() -> None:
    speech, _ = greeted()
    heard = speech.hear(footwire.FORCE_UUID, frame() + b"xyz" + frame(), 2.0)
    assert len(heard.packets) == 2
    assert heard.bad_bytes == 3


@pytest.mark.parametrize(
    ("table", "wire", "says"),
    [
        (2, 1, "firmware 9.8.7 speaks table 2 and frame 1; this program speaks table 1"),
        (1, 2, "Update footspring."),
        (0, 1, "footspring node install"),
    ],
)
def test_a_node_of_another_version_is_refused_with_both_versions_and_the_next_step(
    table: int, wire: int, says: str
) -> None:
    _, heard = greeted(data=bytes([table, wire, 9, 8, 7]) + b"something new")
    assert says in heard.refusal
    assert ADVERT.address in heard.refusal


@pytest.mark.parametrize(
    "data", [b"", b"\x01\x01\x00", info()[:-1], info() + b"x", info(roles=(1, 1)), info(roles=(9,))]
)
def test_a_node_that_talks_nonsense_of_itself_is_refused(data: bytes) -> None:
    speech, heard = greeted(data=data)
    assert "damaged" in heard.refusal
    assert heard.bad_bytes == len(data)
    assert speech.streams == ()


def test_a_balance_board_is_refused_where_force_is_wanted() -> None:
    board = info(roles=(), force_rate=0)
    _, heard = greeted(Wish(frozenset({Stream.FORCE})), board)
    assert "no force sensor" in heard.refusal
    speech, heard = greeted(Wish(frozenset({Stream.IMU})), board)
    assert heard.refusal == ""
    assert [info.stream for info in speech.streams] == [Stream.IMU]


def test_another_converter_has_another_delay() -> None:
    speech, _ = greeted(data=info(converter=footwire.NAU7802))
    assert speech.streams[0].delay_periods == 0.0


@pytest.mark.parametrize("uuid", [footwire.CLOCK_UUID, footwire.FORCE_UUID, "0000-unknown"])
def test_foreign_bytes_are_counted_wherever_they_come(uuid: str) -> None:
    speech, _ = greeted()
    data = struct.pack("<4Q", 1, 2, 3, 4)
    heard = speech.hear(uuid, data, 1.0)
    assert heard.bad_bytes == len(data)
    assert heard.packets == ()
