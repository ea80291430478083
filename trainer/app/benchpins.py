"""What reading the Pi's pins costs: wake-ups and processor time per conversion, at emulated chips.

The emulated chips run in the same thread; what they cost is measured on its own, with as many
operations as the reader made, and taken off. What the pins themselves cost (a call into the system
for each level) is not in it: that takes a Pi.
"""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from trainer.app.figures import Figure
from trainer.sources.pins.cells import Cells
from trainer.sources.pins.emulated import EmulatedClock, EmulatedData, EmulatedSpi, RealTime
from trainer.sources.pins.emulator import Habits, Hx711Chip
from trainer.sources.pins.pincells import PinCells
from trainer.sources.pins.pump import Outlet, Words, pump
from trainer.sources.pins.spicells import SpiCells
from trainer.wire import footwire
from trainer.wire.hx711spi import READ

DURATION_S: Final = 5.0
RATE_HZ: Final = 88.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a reader was at some moment."""

    at_s: float
    rows: int
    looks: int
    wakeups: int
    """Times that the thread slept, as the system counts them."""
    busy_s: float
    """Processor time of reader and chips."""
    operations: tuple[int, ...]
    """On the emulated pins or bus."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a reader cost between two moments, the learning of the rates left out."""

    title: str
    first: Mark
    last: Mark
    not_taken: int
    """Conversions, over all."""
    chips_s: float
    """Processor time of the chips alone."""


class SleepingTicker:
    """Real time and real sleep, over after some seconds."""

    def __init__(self, duration_s: float) -> None:
        self._end_ns = time.monotonic_ns() + duration_s * 1e9

    @property
    def is_over(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic_ns() > self._end_ns

    def now_ns(self) -> int:
        """Return monotonic nanoseconds."""
        return time.monotonic_ns()

    def wait_until(self, due_ns: float) -> None:
        """Sleep until then."""
        left_s = (due_ns - time.monotonic_ns()) * 1e-9
        if left_s > 0.0:
            time.sleep(left_s)


def measure_pins(
    duration_s: float = DURATION_S, gpio_cells: Sequence[int] = (1, 4)
) -> Iterator[Figure]:
    """Measure one cell by SPI, and some by GPIO; the first second of each is not counted."""
    yield from _figures(_by_spi(duration_s))
    for cells in gpio_cells:
        yield from _figures(_by_gpio(cells, duration_s))


def _figures(cost: Cost) -> Iterator[Figure]:
    first, last = cost.first, cost.last
    rows = last.rows - first.rows
    duration_s = last.at_s - first.at_s
    if not rows:
        for what in ("wake-ups per row", "processor time of the reader"):
            note = f"no row in {duration_s:.1f} s: too much else runs on this machine"
            yield Figure(f"{cost.title}: {what}", None, "", note=note)
        return
    yield Figure(
        f"{cost.title}: wake-ups per row",
        (last.wakeups - first.wakeups) / rows,
        "",
        limit="3 for one cell, 3 for each where phases differ",
        note=f"{rows} rows in {duration_s:.1f} s, {(last.looks - first.looks) / rows:.2f} looks "
        f"per row; {cost.not_taken} conversions not taken since the start",
    )
    yield Figure(
        f"{cost.title}: processor time of the reader",
        100 * (last.busy_s - first.busy_s - cost.chips_s) / duration_s,
        "% of one core",
        floor="emulated chips alone, taken off",
        floor_value=100 * cost.chips_s / duration_s,
    )


def _by_spi(duration_s: float) -> Cost:
    bus = EmulatedSpi(_chips(1)[0], RealTime())
    cells = SpiCells([bus], ("toes",), time.monotonic_ns)
    first, last, not_taken = _run(cells, duration_s, lambda: (bus.bytes,))
    other = EmulatedSpi(_chips(1)[0], RealTime())
    chips_s = _time_s(lambda: _exchange(other, last.operations[0] - first.operations[0]))
    return Cost("HX711 by SPI, 1 cell", first, last, not_taken, chips_s)


def _by_gpio(cells: int, duration_s: float) -> Cost:
    clock, data = _pins(cells)
    names = [f"cell {place + 1}" for place in range(cells)]
    driver = PinCells(clock, data, names, time.monotonic_ns)
    first, last, not_taken = _run(driver, duration_s, lambda: (clock.writes, data.reads))
    writes, reads = (
        after - before for before, after in zip(first.operations, last.operations, strict=True)
    )
    other_clock, other_data = _pins(cells)
    chips_s = _time_s(lambda: _toggle(other_clock, other_data, writes, reads))
    title = f"HX711 by GPIO, {cells} cell{'s' * (cells > 1)}"
    return Cost(title, first, last, not_taken, chips_s)


def _pins(cells: int) -> tuple[EmulatedClock, EmulatedData]:
    chips = _chips(cells)
    clock = EmulatedClock(chips, RealTime())
    return clock, EmulatedData(chips, RealTime(), clock)


def _chips(cells: int) -> list[Hx711Chip]:
    rng = Random(1)  # noqa: S311 - a seeded simulation
    return [
        Hx711Chip(Habits(RATE_HZ * (1 - 0.02 * cell)), lambda number: number, rng)
        for cell in range(cells)
    ]


def _run(
    cells: Cells, duration_s: float, operations: Callable[[], tuple[int, ...]]
) -> tuple[Mark, Mark, int]:
    """Return the first and the last mark, a second apart or more, and conversions not taken."""
    marks: list[Mark] = []

    def mark(words: Words) -> None:
        rows, looks = words.get("accepted"), words.get("looks")
        if isinstance(rows, int) and isinstance(looks, int):
            used = resource.getrusage(resource.RUSAGE_THREAD)
            marks.append(
                Mark(
                    time.monotonic(),
                    rows,
                    looks,
                    used.ru_nvcsw,
                    time.thread_time(),
                    operations(),
                )
            )

    reader = pump(footwire.FORCE, cells, Outlet(lambda _: True, mark), SleepingTicker(duration_s))
    # The first words come before the rates are known.
    known = [each for each in marks if each.rows] or marks
    return known[0] if len(known) > 1 else marks[0], marks[-1], reader.doubts.total()


def _time_s(action: Callable[[], None]) -> float:
    start_s = time.thread_time()
    action()
    return time.thread_time() - start_s


def _exchange(bus: EmulatedSpi, count: int) -> None:
    # In pieces as long as a reading; a look is a quarter of one.
    for _ in range(count // len(READ)):
        bus.exchange(READ)


def _toggle(clock: EmulatedClock, data: EmulatedData, writes: int, reads: int) -> None:
    for number in range(writes):
        clock.value = number & 1
    for _ in range(reads):
        _ = data.value
