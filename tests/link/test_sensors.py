"""Other makers' sensors end to end: from the force on the model to the product's packets."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest

from tests.link.scene import Ear, assert_left_nothing
from tests.virtual.devices import (
    Device,
    Entralpi,
    Extras,
    ForceBoard,
    MuscleMeter,
    Progressor,
    WeightScale,
)
from tests.virtual.rig import Rig, make_rig
from tests.virtual.sensorperipheral import SensorPeripheral
from tests.virtual.virtualtime import run_virtual
from trainer.core.packets import Stream
from trainer.core.units import NEWTON_PER_KG, NEWTON_PER_LB, Unit

Scene = Callable[[Rig, SensorPeripheral, Ear], Coroutine[Any, Any, None]]

NEWTON_PER = {Unit.KILOGRAM: NEWTON_PER_KG, Unit.POUND: NEWTON_PER_LB}


def rising(passed_s: float) -> float:
    """Return a force that is never the same twice."""
    return 20.0 + 5.0 * passed_s


def play(
    model: Device, rate_hz: float, wanted: str, scene: Scene, force_n: Callable[[float], float]
) -> None:
    """Run a scene with one sensor."""

    async def run() -> None:
        rig = await make_rig(least_interval_s=0.015)
        sensor = await rig.sensor(model, "F0:00:00:00:00:0B", rate_hz, force_n)
        ear = Ear(rig, wanted)
        try:
            await scene(rig, sensor, ear)
        finally:
            await ear.close()
        assert_left_nothing(rig)

    run_virtual(run())


def felt_n(ear: Ear) -> list[tuple[float, float]]:
    """Return stamp and newtons of each sample."""
    unit = ear.source.streams[0].unit
    return [
        (float(at_s), float(value) * NEWTON_PER[unit])
        for packet in ear.stamped()
        for at_s, value in zip(packet.time_s, packet.values[:, 0], strict=True)
    ]


def matched(ear: Ear, sensor: SensorPeripheral) -> list[int]:
    """Return which sample of the sensor each one is: the one whose force is nearest."""
    truth = [force_n for _, force_n in sensor.truth]
    return [
        min(range(len(truth)), key=lambda number: abs(truth[number] - force_n))
        for _, force_n in felt_n(ear)
    ]


@pytest.mark.parametrize(
    ("model", "rate_hz", "wanted", "step_n"),
    [
        (Progressor(), 80.0, "progressor", 0.001),
        (Progressor(batch=1), 80.0, "Progressor_1719", 0.001),
        (Progressor(start_us=2**32 - 3_000_000), 80.0, "progressor", 0.001),
        (Entralpi(), 10.0, "entralpi", 0.01 * NEWTON_PER_KG),
        (MuscleMeter(), 8.0, "musclemeter", 0.01 * NEWTON_PER_KG),
    ],
    ids=["tindeq", "clone", "wrap", "entralpi", "musclemeter"],
)
def test_every_sample_of_a_sensor_arrives_once_with_its_force(
    model: Device, rate_hz: float, wanted: str, step_n: float
) -> None:
    async def scene(_rig: Rig, sensor: SensorPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(10.0)
        found = matched(ear, sensor)
        assert len(found) == pytest.approx(10.0 * rate_hz, rel=0.1)
        steps = {later - earlier for earlier, later in pairwise(found)}
        assert steps == {1}
        for number, (_, force_n) in zip(found, felt_n(ear), strict=True):
            assert force_n == pytest.approx(sensor.truth[number][1], abs=step_n)

    play(model, rate_hz, wanted, scene, rising)


def test_the_time_between_a_progressors_samples_is_its_own_clocks() -> None:
    async def scene(_rig: Rig, sensor: SensorPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(10.0)
        found = matched(ear, sensor)
        stamps = [at_s for at_s, _ in felt_n(ear)]
        assert stamps[-1] - stamps[0] == pytest.approx((found[-1] - found[0]) / 80.0, abs=1e-5)

    play(Progressor(), 80.0, "progressor", scene, rising)


def test_a_force_board_tells_whole_pounds_at_an_even_pace() -> None:
    async def scene(_rig: Rig, sensor: SensorPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(10.0)
        felt = felt_n(ear)
        assert len(felt) == pytest.approx(800, rel=0.05)
        newest_s = sensor.truth[-1][0]
        for at_s, force_n in felt:
            assert at_s <= newest_s + 0.05
            assert force_n == pytest.approx(rising(at_s - sensor.truth[0][0]), abs=NEWTON_PER_LB)

    play(ForceBoard(), 80.0, "forceboard", scene, rising)


@pytest.mark.parametrize("extras", [Extras(), Extras(is_imperial=True), Extras(user=1)])
def test_a_weight_scale_tells_a_weight_once_it_has_settled(extras: Extras) -> None:
    async def scene(_rig: Rig, sensor: SensorPeripheral, ear: Ear) -> None:
        opening = asyncio.create_task(ear.open())
        await asyncio.sleep(30.0)
        await opening
        await asyncio.sleep(1.0)
        weights = [force_n for _, force_n in felt_n(ear)]
        assert weights
        assert weights == pytest.approx([700.0] * len(weights), abs=0.1)
        assert len(sensor.truth) > 200

    def stepped_on(passed_s: float) -> float:
        return 0.0 if passed_s % 10.0 < 5.0 else 700.0

    play(WeightScale(extras), 10.0, "weightscale", scene, stepped_on)


def test_a_progressor_is_started_stopped_and_never_asked_for_anything_dangerous() -> None:
    model = Progressor()

    async def scene(rig: Rig, _sensor: SensorPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        rig.link.silence()
        await ear.for_s(1.0)
        rig.link.clear()
        await ear.for_s(3.0)
        assert rig.adapter.connections_made == 2
        assert ear.source.vitals.health.battery_v == pytest.approx(3.912)

    play(model, 80.0, "progressor", scene, rising)
    assert model.refused == []
    assert model.commands[-1] == 0x66
    assert not model.is_measuring


def test_a_bought_sensor_is_back_within_two_seconds_of_a_lost_link() -> None:
    async def scene(rig: Rig, _sensor: SensorPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        rig.link.silence()
        await ear.for_s(0.5)
        rig.link.clear()
        lost_s = asyncio.get_running_loop().time()
        await ear.for_s(4.0)
        assert min(at_s for at_s in ear.arrived_s if at_s > lost_s) - lost_s < 2.0
        assert [packet.stream for packet in ear.packets] == [Stream.FORCE] * len(ear.packets)

    play(Progressor(), 80.0, "progressor", scene, rising)


def test_an_overheard_scale_that_is_switched_off_is_missed_and_found_again() -> None:
    async def scene(_rig: Rig, sensor: SensorPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        sensor.is_hushed = True
        await ear.for_s(5.0)
        assert "silent" in ear.source.vitals.news
        await ear.for_s(20.0)
        sensor.is_hushed = False
        await ear.for_s(5.0)
        assert ear.source.vitals.news == ""
        assert ear.source.vitals.reconnects == 1

    play(MuscleMeter(), 8.0, "musclemeter", scene, rising)
