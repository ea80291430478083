"""HX711 clocked by SPI, against a chip that is emulated pulse by pulse."""

import pytest
from footnode.hx711 import Hx711s
from footnode.status import NOT_READY, POWER_DOWN, SATURATED
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.firmware.chips import EmulatedHx711


def _read(*chips: EmulatedHx711) -> tuple[int, list[int]]:
    converter = Hx711s(chips, list(range(1, 1 + len(chips))))
    converter.wake()
    into = [0] * len(chips)
    return converter.read(into), into


@given(st.integers(-0x7FFFFF, 0x7FFFFE))
def test_every_count_is_read_as_it_is(count: int) -> None:
    assert _read(EmulatedHx711(count)) == (0, [count])


@pytest.mark.parametrize("count", [0x7FFFFF, -0x800000])
def test_the_ends_of_the_range_are_saturated(count: int) -> None:
    assert _read(EmulatedHx711(count)) == (SATURATED, [count])


def test_a_reading_takes_25_pulses_so_that_channel_a_stays() -> None:
    chip = EmulatedHx711(5)
    _read(chip)
    assert chip.log == [25]


def test_looking_whether_it_is_ready_clocks_nothing() -> None:
    chip = EmulatedHx711(-5)
    converter = Hx711s([chip], [1])
    converter.wake()
    assert converter.is_ready()
    assert converter.is_ready()
    assert chip.log == [0, 0]
    into = [0]
    assert converter.read(into) == 0
    assert into == [-5]
    assert not converter.is_ready()


def test_two_chips_are_waited_for_and_read_together() -> None:
    first, second = EmulatedHx711(1), EmulatedHx711(-2)
    second.is_ready = False
    converter = Hx711s([first, second], [1, 4])
    converter.wake()
    assert not converter.is_ready()
    second.is_ready = True
    assert converter.is_ready()
    into = [0, 0]
    assert converter.read(into) == 0
    assert into == [1, -2]


def test_a_chip_that_is_not_ready_gives_no_sample() -> None:
    chip = EmulatedHx711(7)
    chip.is_ready = False
    assert _read(chip) == (NOT_READY, [0])


def test_a_line_stuck_low_looks_ready_and_is_found_out_by_the_bits_after_the_last_pulse() -> None:
    chip = EmulatedHx711(7)
    chip.stuck = 0
    assert _read(chip) == (POWER_DOWN, [0])


def test_a_line_stuck_high_is_never_ready() -> None:
    chip = EmulatedHx711(7)
    chip.stuck = 1
    assert not Hx711s([chip], [1]).is_ready()


def test_a_pulse_too_few_is_found_out() -> None:
    class Slow(EmulatedHx711):
        def exchange(self, out: bytes, into: bytearray) -> None:
            self.pulses -= 1
            super().exchange(out, into)

    assert _read(Slow(-1 << 12))[0] & (NOT_READY | POWER_DOWN)


def test_sleep_gives_the_buses_back() -> None:
    chip = EmulatedHx711()
    converter = Hx711s([chip], [1])
    converter.wake()
    converter.sleep()
    assert not chip.is_powered
