"""What leaves the process at the pins: frames of the node, and words."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from tests.unit.sources.pinworld import VirtualTicker, World, make_world, outcome_of, run_pump
from trainer.core.block import Quality
from trainer.core.packets import CountsPacket, Status, Stream, StreamInfo
from trainer.core.units import Unit
from trainer.sources.pins.cells import Doubt, PinsFaultError, Shift
from trainer.sources.pins.emulated import Pauses
from trainer.sources.pins.emulator import Habits
from trainer.sources.pins.framer import Framer
from trainer.sources.pins.job import Driver
from trainer.sources.pins.pump import Outlet, pump
from trainer.sources.pins.reader import Row
from trainer.timing.assemble import Assembler
from trainer.wire import footwire
from trainer.wire.frames import split_frames

BOTH = pytest.mark.parametrize("driver", [Driver.HX711_GPIO, Driver.HX711_SPI])


def _packets(frames: Sequence[bytes]) -> list[CountsPacket]:
    batch = split_frames(b"".join(frames), 0.0)
    assert batch.bad_bytes == 0
    return list(batch.packets)


@BOTH
def test_frames_are_those_of_a_node_in_order_with_the_measured_period(driver: Driver) -> None:
    packets = _packets(outcome_of(driver, 2, 5.0, Habits()).frames)
    assert len(packets) > 180
    assert [packet.seq for packet in packets] == list(range(len(packets)))
    assert all(packet.counts.shape == (2, 2) for packet in packets[5:-1])
    slowest_us16 = 16e6 / (88.0 * 0.97)
    assert packets[-1].period_us16 == pytest.approx(slowest_us16, rel=0.005)
    steps_us = [after.tick_us - before.tick_us for before, after in pairwise(packets[:-1])]
    assert np.mean(steps_us) == pytest.approx(slowest_us16 / 8, rel=0.005)


def test_a_pause_makes_a_hole_that_the_clock_and_a_status_bit_show() -> None:
    world = make_world(
        Driver.HX711_SPI, [Habits()], pauses=Pauses(2e-3, 40_000_000, 60_000_000), seed=3
    )
    packets = _packets(run_pump(world, 10.0).frames)
    told = [packet for packet in packets if packet.status & Status.NOT_READY]
    assert told
    holes = [
        after
        for before, after in pairwise(packets)
        if after.tick_us - before.tick_us > (len(before.counts) + 1.5) * before.period_us16 / 16
    ]
    assert holes
    assert all(frame.status & Status.NOT_READY for frame in holes)


def test_a_stretched_clock_is_told_as_lost_power() -> None:
    world = make_world(Driver.HX711_GPIO, [Habits()], pauses=Pauses(1e-4))
    outcome = run_pump(world, 20.0)
    packets = _packets(outcome.frames)
    assert any(packet.status & Status.POWER_DOWN for packet in packets)
    counted = outcome.words[-2]["doubts"]
    assert isinstance(counted, dict)
    assert counted[str(Doubt.STRETCHED)] > 0


def test_a_full_pipe_drops_whole_frames_and_counts_them() -> None:
    taken: list[bytes] = []
    is_full = False

    def send(data: bytes) -> bool:
        if is_full:
            return False
        taken.append(data)
        return True

    framer = Framer(footwire.FORCE, 1, send)
    for number in range(12):
        is_full = number in {4, 5, 6, 7}
        framer.add(Row(number * 1.25e7, [number], 0, 0), 1.25e7, {})
    packets = _packets(taken)
    assert [packet.counts[0, 0] for packet in packets] == [0, 2, 8, 10]
    assert [packet.dropped_total for packet in packets] == [0, 0, 2, 2]
    assert [packet.seq for packet in packets] == [0, 1, 4, 5]
    assert [int(packet.status) for packet in packets] == [0, 0, Status.QUEUE_OVERFLOW, 0]


def test_the_clock_of_frames_wraps_as_a_nodes_does() -> None:
    taken: list[bytes] = []
    framer = Framer(footwire.FORCE, 1, lambda data: not taken.append(data))  # type: ignore[func-returns-value]
    framer.add(Row((2**32 + 5) * 1000.0, [1], 0, 0), 1.25e7, {})
    framer.close(1.25e7)
    assert _packets(taken)[0].tick_us == 5


@BOTH
def test_it_says_what_became_of_the_conversions_once_a_second(driver: Driver) -> None:
    outcome = outcome_of(driver, 2, 5.0, Habits())
    told = [words["accepted"] for words in outcome.words if "accepted" in words]
    counts = [count for count in told if isinstance(count, int)]
    assert len(counts) in {6, 7}
    assert counts == sorted(counts)
    assert counts[-1] == sum(len(packet.counts) for packet in _packets(outcome.frames))


def test_a_bus_that_refuses_now_and_then_is_borne_and_one_that_refuses_for_long_is_lost() -> None:
    class Refusing:
        names = ("toes",)
        channels = 1
        refusals = 0

        def look(self) -> Sequence[bool]:
            self.refusals += 1
            raise OSError(121, "Remote I/O error")

        def shift(self, into: list[int]) -> Shift:
            raise AssertionError(into)

        def reset(self) -> None: ...

        def close(self) -> None: ...

    world = make_world(Driver.HX711_SPI, [Habits()])
    cells = Refusing()
    outlet = Outlet(lambda _: True, lambda _: None)
    with pytest.raises(PinsFaultError, match="toes: the bus has refused 100 times in a row"):
        pump(footwire.FORCE, cells, outlet, VirtualTicker(world.time, 60.0))
    assert cells.refusals == 100


def test_frames_of_motion_are_of_their_kind() -> None:
    taken: list[bytes] = []
    framer = Framer(footwire.IMU, 6, lambda data: not taken.append(data))  # type: ignore[func-returns-value]
    framer.add(Row(1e9, [1, -2, 3, -4, 5, -0x8000], 0, 0), 9.6e6, {})
    framer.close(9.6e6)
    packet = _packets(taken)[0]
    assert packet.stream is Stream.IMU
    assert packet.counts.tolist() == [[1, -2, 3, -4, 5, -0x8000]]


@BOTH
def test_what_timing_makes_of_the_frames_has_every_sample_at_its_time(driver: Driver) -> None:
    # Each count is the moment at which its conversion ended, in 10 us.
    worlds: list[World] = []
    world = make_world(
        driver,
        [Habits(88.0)],
        pauses=Pauses(5e-5 if driver is Driver.HX711_GPIO else 2e-3),
        code=lambda _: lambda _: round(worlds[0].chips[0].ready_ns / 1e4),
    )
    worlds.append(world)
    packets = _packets(run_pump(world, 20.0).frames)
    info = StreamInfo(Stream.FORCE, ("toes",), Unit.COUNTS)
    late_s: list[float] = []
    for block in Assembler(info).push(packets).blocks:
        is_there = (block.quality & Quality.HELD) == 0
        late_s.extend(block.time_s[is_there] - block.data[is_there, 0] * 1e-5)
    assert len(late_s) > 1000
    assert np.ptp(late_s) < 3e-3
    assert np.std(late_s) < 0.5e-3
