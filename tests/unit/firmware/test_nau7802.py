"""The NAU7802s of a node, their libraries included, on an emulated bus."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import footwire
import pytest
from footnode.status import NOT_READY, SATURATED
from footnode.stream import Stream

from tests.virtual.i2cchips import EmulatedNau7802, VirtualI2c, sleeping_in
from trainer.sources.pins.driver import load_driver
from trainer.sources.pins.emulated import VirtualTime


class Bench:
    """Two chips whose counts are their conversions' numbers, and the node's way to them."""

    def __init__(self, time: VirtualTime) -> None:
        self.time = time
        self.chips = [EmulatedNau7802(time, lambda number: number - 900) for _ in range(2)]
        self.bus = VirtualI2c(time, self.chips, needs_lock=True)
        self.nau = load_driver("footboard.nau7802").Nau7802s(self.bus, [2, 4])
        self.stream = Stream(footwire.FORCE, self.nau, 2, 4, 1000)

    def turn(self, seconds: float) -> int:
        """Let the node take what comes; return how many frames that gave."""
        end_ns = self.time.now_ns() + seconds * 1e9
        before = self.stream.ring.waiting
        while self.time.now_ns() < end_ns:
            self.time.wait_until(self.time.now_ns() + 1_000_000)
            self.stream.take(self.time.now_ns() // 1000, 0)
        return self.stream.ring.waiting - before


@contextmanager
def _bench() -> Iterator[Bench]:
    time = VirtualTime(Random(1))  # noqa: S311 - a seeded simulation
    with sleeping_in(time):
        bench = Bench(time)
        bench.stream.wake(time.now_ns() // 1000)
        yield bench


@pytest.mark.parametrize("count", [0, -1, 5, 0x7FFFFF, -0x800000, 0x400001, -0x400001])
def test_counts_are_the_chips_own(count: int) -> None:
    with _bench() as bench:
        for chip in bench.chips:
            chip.code = lambda _: count
        into = [0, 0]
        bits = bench.nau.read(into)
        assert into == [count, count]
        assert bits == (SATURATED if count in {0x7FFFFF, -0x800000} else 0)


@pytest.mark.parametrize("what", ["switch", "chip", "switch, asleep", "chip, asleep"])
def test_what_does_not_answer_is_silent_and_comes_back(what: str) -> None:
    with _bench() as bench:
        assert bench.turn(3.0) > 10
        if "asleep" in what:
            bench.stream.sleep()
        bench.bus.has_switch = not what.startswith("switch")
        bench.chips[1].is_there = not what.startswith("chip")
        if "asleep" in what:
            bench.stream.wake(bench.time.now_ns() // 1000)
        assert bench.turn(3.0) <= 1
        assert bench.stream.is_silent
        assert bench.nau.read([0, 0]) == NOT_READY
        bench.bus.has_switch = bench.chips[1].is_there = True
        assert bench.turn(8.0) > 10
        assert not bench.stream.is_silent


def test_a_chip_that_lost_its_power_is_set_up_again() -> None:
    with _bench() as bench:
        assert bench.turn(3.0) > 10
        before = [chip.settings for chip in bench.chips]
        bench.chips[0].lose_power()
        assert bench.chips[0].settings != before[0]
        assert bench.turn(8.0) > 10
        assert [chip.settings for chip in bench.chips] == before


def test_one_that_does_not_answer_keeps_no_other_awake() -> None:
    with _bench() as bench:
        bench.chips[0].is_there = False
        bench.stream.sleep()
        assert [chip.is_on for chip in bench.chips] == [True, False]
