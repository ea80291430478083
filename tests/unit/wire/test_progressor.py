"""Tindeq's Progressor: golden bytes by its published layout, and what it is never told."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wire.talks import WISH, an_advert, begin, forces, only, times_s
from trainer.core.link import Health
from trainer.core.units import Unit
from trainer.wire.dialect import Advert, Heard, Request, Speech, Wish, Write
from trainer.wire.progressor import PROGRESSOR

DATA = "7e4e1702-1ea6-40c9-9dcc-13d34ffead57"
CONTROL = "7e4e1703-1ea6-40c9-9dcc-13d34ffead57"
START, STOP, VERSION, TROUBLES, BATTERY, NUMBER = 0x65, 0x66, 0x6B, 0x6C, 0x6F, 0x70
HARMLESS = {START, STOP, VERSION, TROUBLES, BATTERY, NUMBER}


def command(opcode: int) -> Write:
    """Return the request that sends an opcode alone."""
    return Write(CONTROL, bytes([opcode]))


def send(speech: Speech, requests: tuple[Request, ...], at_s: float = 7.0) -> None:
    """Tell the conversation that its requests go out."""
    for request in requests:
        speech.sending(request, at_s)


def answer(speech: Speech, data: bytes) -> Heard:
    """Hand an answer to the conversation and do at once what it asks next."""
    heard = speech.hear(DATA, data, 7.1)
    send(speech, heard.requests)
    return heard


def a_measuring() -> Speech:
    """Return a conversation that has just said START, after a lost link."""
    speech = begin(PROGRESSOR, Wish(is_resumed=True))
    assert tuple(speech.greet()) == (command(START),)
    send(speech, (command(START),))
    return speech


def a_sample(mass_kg: float, tick_us: int) -> bytes:
    """Return one message of one sample, as those that are built like it send."""
    return b"\x01\x08" + struct.pack("<fI", mass_kg, tick_us)


def test_two_samples_by_hand() -> None:
    # 12.5 = 1.1001b x 2^3: sign 0, exponent 130, so 0x41480000; 123,456 us = 0x0001E240.
    # -0.25 = -1.0b x 2^-2: sign 1, exponent 125, so 0xBE800000; 134,856 us = 0x00020EC8.
    data = bytes.fromhex("01 10 00004841 40e20100 000080be c80e0200")
    heard = begin(PROGRESSOR).hear(DATA, data, 7.0)
    packet = only(heard.packets)
    assert forces(packet) == [12.5, -0.25]
    assert times_s(packet) == pytest.approx([0.123456, 0.134856], abs=1e-12)
    assert packet.arrival_s == 7.0
    assert heard.bad_bytes == 0


def test_it_delivers_one_cell_in_kilograms_on_a_clock_of_its_own() -> None:
    (stream,) = begin(PROGRESSOR, WISH).streams
    assert (stream.channels, stream.unit, stream.period_s) == (("force",), Unit.KILOGRAM, None)
    assert stream.clock == 3


def test_fifteen_samples_fill_a_notification() -> None:
    content = b"".join(struct.pack("<fI", n, 11_400 * n) for n in range(15))
    packet = only(begin(PROGRESSOR).hear(DATA, b"\x01\x78" + content, 7.0).packets)
    assert forces(packet) == [float(n) for n in range(15)]
    assert times_s(packet)[14] == pytest.approx(0.1596)


def test_a_clone_sends_samples_one_by_one() -> None:
    speech = a_measuring()
    got = [only(speech.hear(DATA, a_sample(n, 12_500 * n), 7.0).packets) for n in range(3)]
    assert [forces(packet) for packet in got] == [[0.0], [1.0], [2.0]]
    assert [times_s(packet)[0] for packet in got] == pytest.approx([0.0, 0.0125, 0.025])


def test_several_messages_in_one_notification_come_apart() -> None:
    heard = a_measuring().hear(DATA, a_sample(1.0, 10) + b"\x04\x00" + a_sample(2.0, 20), 7.0)
    assert [forces(only((packet,))) for packet in heard.packets] == [[1.0], [2.0]]
    assert heard.health == Health(is_battery_low=True)
    assert heard.bad_bytes == 0


def test_the_clock_goes_on_beyond_its_wrap_after_71_minutes_and_beyond_35() -> None:
    speech = a_measuring()
    ticks = [0, 2**31 - 1, 2**31, 2**32 - 1, 4_999]
    got_s = [
        times_s(only(speech.hear(DATA, a_sample(1.0, tick), 7.0).packets))[0] for tick in ticks
    ]
    expected_s = [0.0, 2147.483647, 2147.483648, 4294.967295, 4294.972295]
    assert got_s == pytest.approx(expected_s, abs=1e-9)


def test_a_step_back_of_the_clock_stays_a_step_back() -> None:
    speech = a_measuring()
    for tick, at_s in ((90_000_000, 90.0), (1_000, 0.001)):
        packet = only(speech.hear(DATA, a_sample(1.0, tick), 7.0).packets)
        assert times_s(packet) == pytest.approx([at_s])


def test_start_makes_the_clock_anew_though_it_had_run_for_an_hour() -> None:
    speech = a_measuring()
    speech.hear(DATA, a_sample(1.0, 3_600_000_000), 7.0)
    send(speech, (command(START),))
    assert times_s(only(speech.hear(DATA, a_sample(1.0, 5_000), 8.0).packets)) == [0.005]


def test_it_is_asked_who_it_is_one_question_after_the_other_and_then_started() -> None:
    speech = begin(PROGRESSOR)
    requests = tuple(speech.greet())
    assert requests == (command(STOP), command(VERSION))
    send(speech, requests)
    heard = answer(speech, b"\x00\x07" + b"1.2.3.4")
    assert heard.requests == (command(NUMBER),)
    # 0x00A1B2C3 little endian; its zero bytes at the end are not sent.
    heard = answer(speech, bytes.fromhex("00 03 c3b2a1"))
    assert heard.requests == (command(TROUBLES),)
    heard = answer(speech, b"\x00\x09" + b"none yet\0")
    assert heard.requests == (command(BATTERY),)
    # 3,712 mV = 0x00000E80
    heard = answer(speech, bytes.fromhex("00 04 800e0000"))
    assert heard.requests == (command(START),)
    about = "version 1.2.3.4, id a1b2c3, reports: none yet"
    assert heard.health == Health(battery_v=3.712, about=about)
    assert heard.bad_bytes == 0
    assert speech.tick(100.0) == ()


def test_a_question_without_an_answer_is_passed_over_after_a_second() -> None:
    speech = begin(PROGRESSOR)
    send(speech, tuple(speech.greet()), at_s=50.0)
    assert speech.tick(50.9) == ()
    asked: list[Request] = []
    for number in range(6):
        at_s = 51.0 + number
        requests = tuple(speech.tick(at_s))
        asked += requests
        send(speech, requests, at_s)
    assert asked == [command(op) for op in (NUMBER, TROUBLES, BATTERY, START)]


def test_an_answer_without_sense_is_bad_and_the_next_question_follows() -> None:
    speech = begin(PROGRESSOR)
    send(speech, tuple(speech.greet()))
    heard = answer(speech, b"\x00\x02\x07\xff")
    assert (heard.bad_bytes, heard.requests) == (4, (command(NUMBER),))
    assert answer(speech, b"\x00\x09" + b"123456789").bad_bytes == 11
    assert answer(speech, b"\x00\x01\xff").bad_bytes == 3
    # 1,000,000 mV
    heard = answer(speech, bytes.fromhex("00 04 40420f00"))
    assert (heard.bad_bytes, heard.health, heard.requests) == (6, None, (command(START),))


def test_an_answer_to_no_question_is_bad() -> None:
    speech = a_measuring()
    assert speech.hear(DATA, b"\x00\x04abcd", 7.0) == Heard(bad_bytes=6)


def test_an_empty_answer_answers_nothing() -> None:
    speech = begin(PROGRESSOR)
    send(speech, tuple(speech.greet()))
    assert answer(speech, b"\x00\x00") == Heard(bad_bytes=2)
    assert answer(speech, b"\x00\x031.0").requests == (command(NUMBER),)


def test_an_almost_empty_battery_is_told_beside_its_voltage() -> None:
    speech = a_measuring()
    assert speech.hear(DATA, b"\x04\x00", 7.0).health == Health(is_battery_low=True)


@pytest.mark.parametrize(
    "mass_kg", [float("nan"), float("inf"), -float("inf"), 331.0, -331.0, 3e38]
)
def test_what_no_cell_can_weigh_is_bad_and_its_neighbours_stand(mass_kg: float) -> None:
    content = struct.pack("<fIfIfI", 1.0, 100, mass_kg, 200, 3.0, 300)
    heard = a_measuring().hear(DATA, b"\x01\x18" + content, 7.0)
    packet = only(heard.packets)
    assert forces(packet) == [1.0, 3.0]
    assert times_s(packet) == pytest.approx([1e-4, 3e-4])
    assert heard.bad_bytes == 8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        b"\x01\x00",
        b"\x01\x08\x00\x00\x80\x3f\x00\x00\x00",
        b"\x01\x09" + bytes(9),
        b"\x01\x08" + b"\xff" * 8,
        b"\x02\x08" + bytes(8),
        b"\x03\x04" + bytes(4),
        b"\x05\x00",
        b"\x2a" * 20,
    ],
    ids=[
        "nothing",
        "half a head",
        "no samples",
        "a sample cut off",
        "a sample too long",
        "no number",
        "peak rate",
        "series of rates",
        "unknown kind",
        "noise",
    ],
)
def test_bytes_without_a_meaning_are_counted(data: bytes) -> None:
    assert a_measuring().hear(DATA, data, 7.0) == Heard(bad_bytes=len(data))


def test_another_characteristic_means_nothing() -> None:
    assert a_measuring().hear(CONTROL, a_sample(1.0, 0), 7.0) == Heard(bad_bytes=10)


def test_it_is_stopped_before_we_leave() -> None:
    assert tuple(begin(PROGRESSOR).part()) == (command(STOP),)


@given(
    st.lists(
        st.binary(max_size=40)
        | st.builds(
            lambda kind, body: bytes([kind, len(body)]) + body,
            st.integers(0, 5),
            st.binary(max_size=30),
        )
        | st.floats(0, 3),
        max_size=40,
    ),
    st.booleans(),
)
def test_whatever_it_says_only_harmless_commands_are_ever_sent(
    course: list[bytes | float], is_resumed: bool
) -> None:
    speech = begin(PROGRESSOR, Wish(is_resumed=is_resumed))
    sent = list(speech.greet())
    at_s = 10.0
    for request in tuple(sent):
        speech.sending(request, at_s)
    for event in course:
        if isinstance(event, bytes):
            requests = tuple(speech.hear(DATA, event, at_s).requests)
        else:
            at_s += event
            requests = tuple(speech.tick(at_s))
        for request in requests:
            speech.sending(request, at_s)
        sent += requests
    sent += speech.part()
    for request in sent:
        assert isinstance(request, Write)
        assert request.characteristic == CONTROL
        assert len(request.data) == 1
        assert request.data[0] in HARMLESS
    assert sent.count(command(START)) <= 1


def test_it_is_known_by_its_name_or_its_service() -> None:
    assert PROGRESSOR.matches(an_advert("Progressor_1719"))
    service = "7e4e1701-1ea6-40c9-9dcc-13d34ffead57"
    assert PROGRESSOR.matches(Advert("A", "", 0.0, services=(service,)))
    assert not PROGRESSOR.matches(an_advert("progress"))
