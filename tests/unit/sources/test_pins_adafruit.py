"""What the shipped adafruit_hx711 lacks on a Pi: each test goes red when a release mends it.

Then readfast.py can do with less. Version 1.1.2, on Blinka 10.0.0.
"""

import os
import time
from collections.abc import Callable, Iterator
from random import Random
from types import ModuleType
from typing import Any

import pytest

from trainer.sources.pins.driver import load_driver
from trainer.sources.pins.emulated import EmulatedClock, EmulatedData, VirtualTime
from trainer.sources.pins.emulator import Habits, Hx711Chip
from trainer.sources.pins.readfast import Shim

os.environ.setdefault("BLINKA_OS_AGNOSTIC", "1")
hx711 = load_driver("adafruit_hx711.hx711")
microcontroller = load_driver("microcontroller")


class _Wired:
    """A chip and the two pins at which the package reads it."""

    def __init__(self, count: int, habits: Habits | None = None) -> None:
        self.time = VirtualTime(Random(1))  # noqa: S311 - a seeded simulation
        self.chip = Hx711Chip(habits or Habits(), lambda _: count, Random(1))  # noqa: S311 - as above
        self.clock = EmulatedClock([self.chip], self.time)
        self.data = EmulatedData([self.chip], self.time, self.clock)


@pytest.fixture
def shipped() -> Iterator[ModuleType]:
    """Return the package's module as it is shipped, whoever has put a shim into it before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hx711, "microcontroller", microcontroller)
        yield hx711


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Callable[[_Wired], Any]:
    """Return a driver of the package with a shim below it, so that its further faults show."""

    def make(wired: _Wired) -> Any:  # noqa: ANN401 - the library has no types
        monkeypatch.setattr(hx711, "microcontroller", Shim(wired.time.now_ns))
        # Sleeping passes in the emulated world.
        sleeper = type("Time", (), {"sleep": lambda s: wired.time.pass_ns(int(s * 1e9), "asleep")})
        monkeypatch.setattr(hx711, "time", sleeper)
        return hx711.HX711(wired.data, wired.clock)

    return make


def test_fault_1_it_asks_blinka_for_interrupts_that_it_does_not_have(shipped: ModuleType) -> None:
    wired = _Wired(5)
    with pytest.raises(AttributeError, match="disable_interrupts"):
        shipped.read_fast(wired.clock, wired.data, 25)


def test_fault_2_minus_one_is_read_as_four_thousand_million(
    helped: Callable[[_Wired], Any],
) -> None:
    assert helped(_Wired(-1)).read() == 0xFFFFFFFF


def test_fault_3_its_delay_sleeps_while_the_clock_is_high(shipped: ModuleType) -> None:
    # delay_us(1) is a sleep: 78 us at the median (measured), where 60 power the chip down.
    lengths_ns = []
    for _ in range(50):
        before_ns = time.perf_counter_ns()
        shipped.microcontroller.delay_us(1)
        lengths_ns.append(time.perf_counter_ns() - before_ns)
    assert sorted(lengths_ns)[25] > 10_000, "a delay that spins is not as long: it has been mended"


def test_fault_4_read_throws_every_second_conversion_away(
    helped: Callable[[_Wired], Any],
) -> None:
    wired = _Wired(5)
    driver = helped(wired)
    driver.read()
    before = wired.chip.readings
    driver.read()
    assert wired.chip.readings - before == 2


def test_fault_5_it_waits_for_a_silent_chip_without_rest_and_without_end(
    helped: Callable[[_Wired], Any],
) -> None:
    class GivenUpError(Exception):
        pass

    class Silent:
        looks = 0

        @property
        def value(self) -> int:
            self.looks += 1
            if self.looks > 1000:
                raise GivenUpError
            return 1

    wired = _Wired(5)
    driver = helped(wired)
    driver._data_pin = Silent()  # noqa: SLF001 - unplugged under way
    before_ns = wired.time.now_ns()
    with pytest.raises(GivenUpError):
        driver.read()
    assert wired.time.now_ns() - before_ns < 10_000, "it slept between looks: mended"


def test_fault_6_making_one_resets_the_chip_and_costs_four_conversions(
    helped: Callable[[_Wired], Any],
) -> None:
    wired = _Wired(5)
    helped(wired)
    assert wired.chip.power_downs == 1
