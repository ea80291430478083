"""The process pauses anywhere: no wrong value is accepted, every rejected one is counted."""

from random import Random

import pytest

from tests.unit.sources.pinworld import World, make_world
from trainer.sources.pins.cells import Doubt
from trainer.sources.pins.emulated import Pauses
from trainer.sources.pins.emulator import Habits
from trainer.sources.pins.job import Driver
from trainer.sources.pins.reader import Reader

PLACES = {
    Driver.HX711_GPIO: {
        "clock high",
        "clock low",
        "before the first edge",
        "in a time stamp",
        "asleep",
    },
    Driver.HX711_SPI: {"before a transfer", "after a transfer", "in a time stamp", "asleep"},
}
CHANCES = {Driver.HX711_GPIO: 1e-4, Driver.HX711_SPI: 1e-2}
"""At each operation: a reading by GPIO has 180 of them, one by SPI 8."""
ROUND = 1000
"""Readings of one pad; then come other chips."""


def _random_habits(rng: Random) -> Habits:
    return Habits(
        rate_hz=rng.uniform(80 / 1.16, 80 * 1.16),
        jitter=rng.uniform(0.0, 0.001),
        is_mixing=rng.random() < 0.5,
        is_loud=rng.random() < 0.5,
    )


def _judge_round(world: World, readings: int) -> tuple[int, int, int]:
    """Return accepted, wrong and rejected of a number of readings."""
    reader = Reader(world.cells, world.time.now_ns)
    wrong = 0
    done = 0
    while done < readings:
        row = world.turn(reader)
        done = reader.accepted + sum(reader.doubts.values()) - reader.doubts[Doubt.MISSED]
        if row is not None and row.counts != world.truth():
            wrong += 1
    return reader.accepted, wrong, done - reader.accepted


def _judge(driver: Driver, readings: int, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a seeded simulation
    accepted = rejected = 0
    paused: set[str] = set()
    for number in range(readings // ROUND):
        cells = rng.randint(1, 2 if driver is Driver.HX711_SPI else 4)
        habits = [_random_habits(rng) for _ in range(cells)]
        pauses = Pauses(CHANCES[driver])
        world = make_world(driver, habits, seed=seed + number, pauses=pauses)
        good, wrong, bad = _judge_round(world, ROUND)
        assert wrong == 0, f"round {number} of seed {seed}: {habits}"
        accepted += good
        rejected += bad
        paused |= set(world.time.paused)
    assert paused == PLACES[driver]
    assert accepted + rejected == readings // ROUND * ROUND
    assert accepted > 0.6 * readings
    print(f"{driver}: {accepted} of {readings} readings accepted, none wrong; the others counted")  # noqa: T201 - kept by make soak


@pytest.mark.parametrize("driver", [Driver.HX711_GPIO, Driver.HX711_SPI])
def test_no_pause_makes_a_wrong_value_in_10000_readings(driver: Driver) -> None:
    _judge(driver, 10_000, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("driver", [Driver.HX711_GPIO, Driver.HX711_SPI])
def test_no_pause_makes_a_wrong_value_in_half_a_million_readings(driver: Driver, seed: int) -> None:
    _judge(driver, 500_000, seed=seed * 1_000_000)


def test_without_the_guard_and_the_bounds_the_same_pauses_do_make_wrong_values() -> None:
    # What the chip gave, whatever the reader made of it: the world is as hostile as it should be.
    rng = Random(1)  # noqa: S311 - a seeded simulation
    habits = [_random_habits(rng)]
    world = make_world(Driver.HX711_GPIO, habits, pauses=Pauses(5e-4))
    wrong = 0
    for _ in range(1000):
        for _ in range(100):
            if world.cells.look()[0]:
                break
            world.time.wait_until(world.time.now_ns() + 1_000_000)
        into = [0]
        world.cells.shift(into)
        wrong += into != world.truth()
    assert wrong > 50
