"""A node's stream through the product: complete, in order, and polite at both ends."""

import asyncio

import pytest

from tests.link.scene import Ear, are_unbroken, numbers, play
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.core.packets import Status, Stream
from trainer.core.units import Unit
from trainer.wire import footwire


def test_every_sample_arrives_once_and_in_order() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(10.0)
        for stream, chip, rate_hz in (
            (Stream.FORCE, foot.converter, 95.0),
            (Stream.IMU, foot.imu, 104.0),
        ):
            assert chip is not None
            found = numbers(ear.frames(stream))
            assert are_unbroken(found, stream)
            # The first four settle; the last ones are in a frame or in the air.
            assert found[0] == 4
            assert chip.newest - found[-1] <= 15
            assert len(found) == pytest.approx(10.0 * rate_hz, abs=0.5 * rate_hz)

    play(scene)


def test_the_streams_are_what_the_node_says_it_is() -> None:
    async def scene(_rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        force, imu = ear.source.streams
        assert (force.stream, force.channels) == (Stream.FORCE, ("toes", "heel"))
        assert (force.unit, force.clock) == (Unit.COUNTS, imu.clock)
        assert imu.stream is Stream.IMU

    play(scene, FootOptions(cells=(2, 4)))


def test_a_node_without_inertial_sensor_streams_force_alone() -> None:
    async def scene(_rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        assert [info.stream for info in ear.source.streams] == [Stream.FORCE]
        assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)
        assert ear.frames(Stream.IMU) == []

    play(scene, FootOptions(imu_hz=0.0))


def test_the_node_is_told_to_stop_when_the_source_is_closed() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> FootPeripheral:
        await ear.open()
        await ear.for_s(1.0)
        return foot

    foot = play(scene)
    assert foot.commands[-1] == footwire.encode_stop()


def test_battery_and_signal_are_told() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        foot.air.controller.signal_dbm = -77
        await ear.open()
        await ear.for_s(2.0)
        assert ear.source.vitals.health.battery_v == 3.9
        assert ear.source.vitals.signal_dbm == -77
        foot.battery.shown_mv = 3400
        await ear.for_s(12.0)
        assert ear.source.vitals.health.is_battery_low
        assert ear.frames(Stream.FORCE)[-1].status & Status.LOW_BATTERY

    play(scene)


def test_the_clock_is_asked_again_and_again() -> None:
    async def scene(_rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(60.0)
        answers = ear.answers()
        assert len(answers) > 30
        assert all(answer.asked_s < answer.arrival_s for answer in answers)

    play(scene)


def test_a_node_that_is_switched_on_later_is_found() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        foot.switch_off()
        rig.adapter.known.clear()
        opening = asyncio.create_task(ear.open())
        await asyncio.sleep(20.0)
        assert "is it switched on?" in ear.source.vitals.news
        await foot.reboot(0.0)
        await opening
        await ear.for_s(2.0)
        assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)

    play(scene)
