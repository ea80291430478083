"""The reader at emulated chips that do not do as they should."""

import contextlib
import statistics
from collections.abc import Sequence
from itertools import pairwise

import pytest

from tests.unit.sources.pinworld import NAMES, World, code_of, make_world
from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import Doubt, PinsFaultError
from trainer.sources.pins.emulated import EmulatedData
from trainer.sources.pins.emulator import Habits
from trainer.sources.pins.job import Driver
from trainer.sources.pins.pincells import PinCells
from trainer.sources.pins.reader import Reader, Row

BOTH = pytest.mark.parametrize("driver", [Driver.HX711_GPIO, Driver.HX711_SPI])


def _read(world: World, duration_s: float, reader: Reader | None = None) -> list[Row]:
    reader = reader or Reader(world.cells, world.time.now_ns)
    end_ns = world.time.now_ns() + duration_s * 1e9
    rows: list[Row] = []
    while world.time.now_ns() < end_ns:
        row = world.turn(reader)
        if row is not None:
            assert row.counts == world.truth()
            rows.append(row)
    return rows


def _fault_of(world: World) -> tuple[PinsFaultError, float]:
    """Return the fault that ends the reading, and after how many seconds."""
    start_ns = world.time.now_ns()
    with pytest.raises(PinsFaultError) as caught:
        _read(world, 60.0)
    return caught.value, (world.time.now_ns() - start_ns) / 1e9


@BOTH
@pytest.mark.parametrize("rate_hz", [10.0, 67.2, 80.0, 92.8])
def test_the_period_is_measured_whatever_the_rate(driver: Driver, rate_hz: float) -> None:
    world = make_world(driver, [Habits(rate_hz)])
    reader = Reader(world.cells, world.time.now_ns)
    rows = _read(world, 400 / rate_hz, reader)
    assert 1e9 / reader.period_ns == pytest.approx(rate_hz, rel=0.005)
    assert len(rows) >= 380
    steps = [after.stamp_ns - before.stamp_ns for before, after in pairwise(rows)]
    assert statistics.mean(steps) == pytest.approx(1e9 / rate_hz, rel=0.002)
    assert max(steps) - min(steps) < 2e6


@BOTH
def test_two_to_three_looks_per_conversion_suffice(driver: Driver) -> None:
    world = make_world(driver, [Habits(88.0)])
    reader = Reader(world.cells, world.time.now_ns)
    _read(world, 2.0, reader)
    looks, accepted = reader.looks, reader.accepted
    _read(world, 5.0, reader)
    assert reader.looks - looks <= 3 * (reader.accepted - accepted)


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_cells_of_different_rates_are_read_together_at_the_slowest(cells: int) -> None:
    world = make_world(Driver.HX711_GPIO, [Habits(90.0 - 5 * cell) for cell in range(cells)])
    rows = _read(world, 5.0)
    assert len(rows) == pytest.approx(5.0 * (95 - 5 * cells), abs=30)
    assert len(set(rows[-1].counts)) == cells


@BOTH
@pytest.mark.parametrize("seed", range(8))
def test_cells_of_one_rate_are_read_whatever_their_phases(driver: Driver, seed: int) -> None:
    world = make_world(driver, [Habits(88.0, jitter=0.0)] * 2, seed=seed)
    assert len(_read(world, 1.0)) > 50


@pytest.mark.parametrize("seed", range(4))
def test_a_chip_set_to_10_hz_among_faster_ones_spoils_none(seed: int) -> None:
    world = make_world(Driver.HX711_GPIO, [Habits(88.0), Habits(10.0)], seed=seed)
    # By chance of their phases it is an error, or they are read at 10 Hz.
    with contextlib.suppress(PinsFaultError):
        _read(world, 20.0)
    assert world.chips[0].readings > 50


@BOTH
def test_the_ends_of_the_range_are_saturated(driver: Driver) -> None:
    ends = (0x7FFFFF, -0x800000)
    world = make_world(driver, [Habits()], code=lambda _: lambda number: 3 * ends[number % 2])
    rows = _read(world, 1.0)
    assert {row.counts[0] for row in rows} == set(ends)
    assert all(row.status == 1 for row in rows)


@BOTH
@pytest.mark.parametrize("count", [0, -1, 1, 0x7FFFFE, -0x7FFFFF, 0x7FFF, -0x8000])
def test_counts_that_look_like_faults_are_counts(driver: Driver, count: int) -> None:
    world = make_world(driver, [Habits()], code=lambda _: lambda _: count)
    rows = _read(world, 0.5)
    assert len(rows) > 20
    assert {(row.counts[0], row.status) for row in rows} == {(count, 0)}


@BOTH
@pytest.mark.parametrize("cells", [(0,), (0, None), (None, 0)])
def test_a_line_stuck_low_is_an_error_within_a_second(
    driver: Driver, cells: Sequence[int | None]
) -> None:
    error, after_s = _fault_of(make_world(driver, [Habits(stuck=level) for level in cells]))
    assert error.reason is SourceFault.REFUSED
    assert "stuck low" in str(error)
    assert after_s < 4.0


@BOTH
@pytest.mark.parametrize("place", [0, 1])
def test_an_unplugged_cell_is_named(driver: Driver, place: int) -> None:
    habits = [Habits(), Habits()]
    habits[place] = Habits(stuck=1)
    error, after_s = _fault_of(make_world(driver, habits))
    assert error.reason is SourceFault.NOT_FOUND
    assert str(error).startswith(f"{NAMES[place]}: no conversion for")
    assert after_s < 3.0


@BOTH
def test_a_cell_that_falls_silent_under_way_is_lost_after_three_seconds(driver: Driver) -> None:
    world = make_world(driver, [Habits(), Habits()])
    reader = Reader(world.cells, world.time.now_ns)
    assert len(_read(world, 1.0, reader)) > 50
    world.chips[1].habits = Habits(stuck=1)
    fell_ns = world.time.now_ns()
    with pytest.raises(PinsFaultError) as caught:
        _read(world, 60.0, reader)
    assert caught.value.reason is SourceFault.LOST
    assert 2.9 < (world.time.now_ns() - fell_ns) / 1e9 < 3.5
    assert reader.silent == (NAMES[1],)


@BOTH
def test_a_cell_that_comes_back_in_time_goes_on_after_it_has_settled(driver: Driver) -> None:
    world = make_world(driver, [Habits(is_loud=True)])
    reader = Reader(world.cells, world.time.now_ns)
    _read(world, 1.0, reader)
    world.chips[0].habits = Habits(stuck=1)
    assert _read(world, 2.0, reader) == []
    assert reader.silent == (NAMES[0],)
    world.chips[0].habits = Habits(is_loud=True)
    rows = _read(world, 1.0, reader)
    assert len(rows) > 60
    assert rows[0].missed > 150
    assert reader.doubts[Doubt.MISSED] > 150


@BOTH
@pytest.mark.parametrize("cells", [1, 2])
def test_a_glitch_on_a_data_line_gives_no_wrong_value_and_is_counted(
    driver: Driver, cells: int
) -> None:
    world = make_world(driver, [Habits(glitch=2e-4)] * cells)
    reader = Reader(world.cells, world.time.now_ns)
    rows = _read(world, 30.0, reader)
    assert reader.doubts[Doubt.UNCHECKED] > 10
    assert len(rows) > 1000


class _Flipped:
    """A data line of which one reading is wrong."""

    def __init__(self, data: EmulatedData, wrong: int) -> None:
        self._data = data
        self._wrong = wrong
        self.reads = 0

    @property
    def value(self) -> int:
        self.reads += 1
        return self._data.value ^ (self.reads == self._wrong)


@pytest.mark.parametrize("count", [0, -1, 0x7FFFFF, -0x800000, 0x2AAAAA, -0x2AAAAB])
def test_one_wrong_level_anywhere_in_a_reading_by_gpio_is_found_out(count: int) -> None:
    seen: list[Doubt | None] = []
    for wrong in range(1, 100):
        world = make_world(Driver.HX711_GPIO, [Habits()], code=lambda _: lambda _: count)
        assert world.clock is not None
        world.time.wait_until(world.time.now_ns() + 2e9)
        data = _Flipped(EmulatedData(world.chips, world.time, world.clock), wrong)
        into = [0]
        shift = PinCells(world.clock, data, ("toes",), world.time.now_ns).shift(into)
        if wrong > data.reads:
            assert (shift.doubt, into) == (None, [count])
            break
        seen.append(shift.doubt)
    # Before the first pulse, in each and after each.
    assert seen == [Doubt.UNCHECKED] * (1 + 25 + 25)


@BOTH
def test_every_conversion_is_taken_or_counted(driver: Driver) -> None:
    world = make_world(driver, [Habits(88.0)])
    reader = Reader(world.cells, world.time.now_ns)
    rows = _read(world, 10.0, reader)
    served = [code_of(0)(number) for number in range(900)]
    first, last = served.index(rows[0].counts[0]), served.index(rows[-1].counts[0])
    assert last - first + 1 == len(rows) + sum(row.missed for row in rows)
    assert reader.doubts.total() - reader.doubts[Doubt.SETTLING] <= 5


def test_another_rate_is_learned_under_way() -> None:
    world = make_world(Driver.HX711_GPIO, [Habits(80.0)])
    reader = Reader(world.cells, world.time.now_ns)
    _read(world, 1.0, reader)
    world.chips[0]._period_ns = 1e9 / 60  # noqa: SLF001 - somebody cools it with a spray
    _read(world, 2.0, reader)
    assert 1e9 / reader.period_ns == pytest.approx(60.0, rel=0.01)


@BOTH
def test_a_reading_that_another_process_left_unfinished_spoils_none(driver: Driver) -> None:
    world = make_world(driver, [Habits()])
    chip = world.chips[0]
    chip.set_clock(0, world.time.now_ns())
    now_ns = world.time.now_ns() + 100_000_000
    for number in range(20):
        chip.set_clock(1 - number % 2, now_ns + 1000 * number)
    world.time.wait_until(now_ns + 100_000)
    assert len(_read(world, 2.0)) > 100
    assert chip.power_downs == 1


@pytest.mark.parametrize("pause_ns", [0, 100_000, 30_000_000])
def test_a_reset_by_gpio_powers_down_whenever_it_is_interrupted(pause_ns: int) -> None:
    for place in range(1, 9):
        world = make_world(Driver.HX711_GPIO, [Habits()])
        world.time.pause_after(place, pause_ns)
        world.cells.reset()
        world.cells.look()
        assert world.chips[0].power_downs == 1, f"paused at operation {place}"


def test_a_machine_that_is_too_slow_for_gpio_is_told_to_use_spi() -> None:
    # Each operation takes 30 us: three of them hold the clock high for longer than the chip bears.
    world = make_world(Driver.HX711_GPIO, [Habits()], operation_ns=15_000)
    error, after_s = _fault_of(world)
    assert error.reason is SourceFault.REFUSED
    assert "held the clock high too long" in str(error)
    assert "SPI" in str(error)
    assert after_s < 9.0


def _lost_after(world: World, reader: Reader) -> tuple[PinsFaultError, float]:
    """Return the fault that ends a reading that went well, and after how many seconds."""
    fell_ns = world.time.now_ns()
    with pytest.raises(PinsFaultError) as caught:
        _read(world, 60.0, reader)
    return caught.value, (world.time.now_ns() - fell_ns) / 1e9


def test_a_machine_that_gets_too_slow_for_gpio_under_way_is_lost_after_three_seconds() -> None:
    world = make_world(Driver.HX711_GPIO, [Habits(), Habits(85.0)])
    reader = Reader(world.cells, world.time.now_ns)
    assert len(_read(world, 1.0, reader)) > 50
    assert world.clock is not None
    world.clock.cost_ns = 15_000
    error, after_s = _lost_after(world, reader)
    assert error.reason is SourceFault.LOST
    assert "held the clock high too long" in str(error)
    assert "SPI" in str(error)
    assert 2.9 < after_s < 3.5


@BOTH
def test_a_line_that_is_disturbed_for_good_under_way_is_lost_after_three_seconds(
    driver: Driver,
) -> None:
    world = make_world(driver, [Habits(is_loud=True)])
    reader = Reader(world.cells, world.time.now_ns)
    assert len(_read(world, 1.0, reader)) > 50
    world.chips[0].habits = Habits(is_loud=True, glitch=0.02)
    error, after_s = _lost_after(world, reader)
    assert error.reason is SourceFault.LOST
    assert "without the ones that end each" in str(error)
    assert 2.9 < after_s < 3.5


@BOTH
def test_short_troubles_do_not_add_up_to_a_lost_pad(driver: Driver) -> None:
    world = make_world(driver, [Habits()])
    reader = Reader(world.cells, world.time.now_ns)
    for _ in range(4):
        world.chips[0].habits = Habits()
        assert len(_read(world, 2.0, reader)) > 50
        world.chips[0].habits = Habits(stuck=1)
        assert _read(world, 1.5, reader) == []
