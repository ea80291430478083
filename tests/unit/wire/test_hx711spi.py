"""One HX711 clocked by SPI: every count, and every disturbance of a reading."""

from hypothesis import given
from hypothesis import strategies as st

from trainer.wire.hx711spi import (
    HIGHEST,
    LOOK,
    LOWEST,
    NOT_READY,
    POWER_DOWN,
    READ,
    RESET,
    SATURATED,
    decode,
    is_waiting,
)

COUNTS = st.integers(LOWEST, HIGHEST)


def _answer(count: int) -> bytearray:
    """Return what a chip answers to READ, written apart from the decoder: one bit at a time."""
    bits = "0" * 8
    for place in range(23, -1, -1):
        bits += str(count >> place & 1) * 2
    bits += "1" * 8
    return bytearray(int(bits[i : i + 8], 2) for i in range(0, 64, 8))


def _pulses(sent: bytes) -> int:
    bits = "".join(f"{byte:08b}" for byte in sent)
    return f"0{bits}".count("01")


@given(COUNTS)
def test_every_count_is_read_as_it_is(count: int) -> None:
    into = [0, 0]
    status = decode(_answer(count), into, 1)
    assert into == [0, count]
    assert status == (SATURATED if count in (LOWEST, HIGHEST) else 0)


@given(COUNTS, st.integers(0, 63))
def test_one_wrong_bit_anywhere_is_found_out(count: int, place: int) -> None:
    received = _answer(count)
    received[place // 8] ^= 0x80 >> place % 8
    into = [7]
    assert decode(received, into, 0) in (NOT_READY, POWER_DOWN)
    assert into == [7]


def test_a_line_stuck_at_either_level_gives_no_count() -> None:
    assert decode(bytes(8), [0], 0) == POWER_DOWN
    assert decode(b"\xff" * 8, [0], 0) == NOT_READY


def test_a_reading_has_25_pulses_a_look_none_and_a_reset_one_long_one() -> None:
    assert (_pulses(READ), _pulses(LOOK), _pulses(RESET)) == (25, 0, 1)
    assert len(RESET) * 8 - 8 > 60


def test_a_conversion_waits_where_the_line_is_low_throughout() -> None:
    assert is_waiting(b"\x00\x00")
    assert not is_waiting(b"\xff\xff")
    assert not is_waiting(b"\x00\x01")
