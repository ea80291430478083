"""Converters on I2C, their libraries included: counts, pauses, and chips that do not answer."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from tests.unit.sources.pinworld import NAMES, VirtualTicker, code_of
from tests.virtual.i2cchips import EmulatedLsm6dsox, EmulatedNau7802, VirtualI2c, sleeping_in
from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import Cells, PinsFaultError
from trainer.sources.pins.driver import load_driver
from trainer.sources.pins.emulated import Pauses, VirtualTime
from trainer.sources.pins.lsm6ds import lsm6ds_on
from trainer.sources.pins.nau7802 import NauCells, nau7802_on
from trainer.sources.pins.pump import Outlet, pump
from trainer.sources.pins.reader import Reader, Row
from trainer.wire import footwire

PAUSES = Pauses(1e-3)


@dataclass
class _Bus:
    """A bus with NAU7802s, and who reads them."""

    time: VirtualTime
    naus: list[EmulatedNau7802]
    i2c: VirtualI2c

    def open(self) -> NauCells:
        with sleeping_in(self.time):
            return nau7802_on(self.i2c, NAMES[: len(self.naus)], self.time.now_ns)


def _bus(cells: int, pauses: Pauses | None = None, talk_ns: int = 150_000) -> _Bus:
    time = VirtualTime(Random(1), pauses)  # noqa: S311 - a seeded simulation
    naus = [EmulatedNau7802(time, code_of(cell), 1 - 0.02 * cell) for cell in range(cells)]
    return _Bus(time, naus, VirtualI2c(time, naus, talk_ns=talk_ns))


def _read(time: VirtualTime, cells: Cells, judge: Callable[[Row], None]) -> int:
    """Return how many rows come in 20 s; each is judged."""
    reader = Reader(cells, time.now_ns)
    end_ns = time.now_ns() + 20_000_000_000
    while time.now_ns() < end_ns:
        time.wait_until(reader.due_ns())
        row = reader.turn()
        if row is not None:
            judge(row)
    return reader.accepted


@pytest.mark.parametrize("pauses", [None, PAUSES])
@pytest.mark.parametrize(("cells", "talk_ns"), [(1, 500_000), (2, 250_000), (4, 100_000)])
def test_nau7802s_give_whole_counts_whatever_the_pauses(
    cells: int, talk_ns: int, pauses: Pauses | None
) -> None:
    bus = _bus(cells, pauses, talk_ns)

    def judge(row: Row) -> None:
        assert row.counts == [nau.truth for nau in bus.naus]

    assert _read(bus.time, bus.open(), judge) > 700


@pytest.mark.parametrize("pauses", [None, PAUSES])
def test_the_inertial_sensor_gives_whole_samples_whatever_the_pauses(pauses: Pauses | None) -> None:
    time = VirtualTime(Random(1), pauses)  # noqa: S311 - a seeded simulation
    imu = EmulatedLsm6dsox(time, lambda number: [number * 6 + axis for axis in range(6)])
    with sleeping_in(time):
        cells = lsm6ds_on(VirtualI2c(time, imu=imu, talk_ns=200_000), time.now_ns)

    def judge(row: Row) -> None:
        assert row.counts == list(range(row.counts[0], row.counts[0] + 6))
        assert row.counts[0] % 6 == 0

    assert _read(time, cells, judge) > 1500


def test_a_nau7802_at_an_end_of_its_range_says_so() -> None:
    bus = _bus(1)
    bus.naus[0].code = lambda number: (0x7FFFFF, -0x800000, 5)[number % 3]
    seen: set[tuple[int, int]] = set()
    _read(bus.time, bus.open(), lambda row: seen.add((row.counts[0], row.status)))
    assert seen == {(0x7FFFFF, 1), (-0x800000, 1), (5, 0)}


def test_a_nau7802_that_cannot_zero_itself_is_named() -> None:
    bus = _bus(2)
    bus.naus[1].has_cell = False
    with pytest.raises(PinsFaultError, match=r"^toes: the NAU7802 could not zero"):
        bus.open()


def test_the_shipped_library_gives_twice_the_count() -> None:
    # Red when a release mends it: then nau7802.py can do with less.
    bus = _bus(1)
    bus.naus[0].code = lambda _: 12345
    with sleeping_in(bus.time):
        switch = load_driver("adafruit_tca9548a").TCA9548A(bus.i2c)
        chip = load_driver("cedargrove_nau7802").NAU7802(switch[0])
    assert chip.read() == 24690


def test_a_nau7802_that_does_not_answer_is_named_with_its_branch() -> None:
    bus = _bus(2)
    bus.naus[1].is_there = False
    with pytest.raises(PinsFaultError, match=r"^toes: no NAU7802 answers on branch 1"):
        bus.open()


@pytest.mark.parametrize("what", ["switch", "chip"])
def test_what_is_unplugged_under_way_is_lost_and_hangs_nobody(what: str) -> None:
    bus = _bus(2)
    cells = bus.open()
    ticker = VirtualTicker(bus.time, 60.0)
    frames: list[bytes] = []

    def take(frame: bytes) -> bool:
        frames.append(frame)
        if len(frames) == 50:
            bus.i2c.has_switch = what != "switch"
            bus.naus[0].is_there = what != "chip"
        return True

    with pytest.raises(PinsFaultError, match="the bus has refused 100 times in a row") as caught:
        pump(footwire.FORCE, cells, Outlet(take, lambda _: None), ticker)
    assert caught.value.reason is SourceFault.LOST
    assert len(frames) in {50, 51}


def test_no_inertial_sensor_is_told_with_all_kinds_that_were_tried() -> None:
    time = VirtualTime(Random(1))  # noqa: S311 - a seeded simulation
    with pytest.raises(
        PinsFaultError, match=r"none answers at 0x6A \(LSM6DSOX.*LSM6DS33"
    ) as caught:
        lsm6ds_on(VirtualI2c(time), time.now_ns)
    assert caught.value.reason is SourceFault.NOT_FOUND
