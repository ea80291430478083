"""Two nodes at once: force of one, motion of the other, on one clock."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tests.link.judge import Verdict, judge
from tests.link.scene import Ear, are_unbroken, assert_left_nothing, first_comes, numbers
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig, make_rig
from tests.virtual.virtualtime import run_virtual
from trainer.core.errors import SourceError, SourceFault
from trainer.core.packets import Stream

PAD = FootOptions(name="Pad", address="F0:00:00:00:00:01", skew_ppm=40.0)
BAND = FootOptions(
    name="Band",
    address="F0:00:00:00:00:02",
    skew_ppm=-30.0,
    clock_us=2**32 - 20_000_000,
    first_seqs=(7, 8),
)
BEGUN = 300
"""Samples of about three seconds, in which the first answers of the clocks come."""
Scene = Callable[[Rig, FootPeripheral, FootPeripheral], Coroutine[Any, Any, None]]


def play(scene: Scene, pad: FootOptions = PAD, band: FootOptions = BAND) -> None:
    """Run a scene with two nodes."""

    async def run() -> None:
        rig = await make_rig(least_interval_s=0.015)
        await scene(rig, await rig.foot(pad), await rig.foot(band))
        assert_left_nothing(rig)

    run_virtual(run())


def verdicts(ear: Ear, pad: FootPeripheral, band: FootPeripheral) -> tuple[Verdict, Verdict]:
    """Return the verdicts on force and motion, each by its own node's clock."""
    force, motion = ear.source.streams
    assert band.imu is not None
    of_pad = [packet for packet in ear.packets if packet.stream is Stream.FORCE]
    of_band = [packet for packet in ear.packets if packet.stream is Stream.IMU]
    return judge(of_pad, force, pad.converter), judge(of_band, motion, band.imu)


def test_force_and_motion_of_two_nodes_lie_on_one_clock() -> None:
    async def scene(rig: Rig, pad: FootPeripheral, band: FootPeripheral) -> None:
        ear = Ear(rig, "Pad", "Band")
        await ear.open()
        await ear.for_s(40.0)
        force, motion = ear.source.streams
        assert force.clock != motion.clock
        for verdict in verdicts(ear, pad, band):
            assert verdict.is_complete
            assert (verdict.lost_samples, verdict.gaps) == (0, 0)
            del verdict.errors_s[:BEGUN]
            assert verdict.p99_s() <= 0.003
        await ear.close()

    play(scene)


def test_both_links_may_be_lost_at_once() -> None:
    async def scene(rig: Rig, pad: FootPeripheral, band: FootPeripheral) -> None:
        ear = Ear(rig, "Pad", "Band")
        await ear.open()
        await ear.for_s(5.0)
        rig.link.silence()
        await ear.for_s(1.0)
        rig.link.clear()
        await ear.for_s(6.0)
        assert ear.source.vitals.reconnects == 2
        for verdict in verdicts(ear, pad, band):
            assert verdict.is_complete
        await ear.close()

    play(scene)


def test_without_the_node_for_motion_force_goes_on() -> None:
    async def scene(rig: Rig, pad: FootPeripheral, band: FootPeripheral) -> None:
        ear = Ear(rig, "Pad", "Band")
        await ear.open()
        await ear.for_s(5.0)
        links = pad.air.connections
        band.switch_off()
        # Far longer than a silent room is taken for a deaf adapter.
        await ear.for_s(90.0)
        assert any("Band" in news for news in ear.news)
        assert rig.adapter.power_cycles == 0
        assert pad.air.connections == links
        assert band.air.connection is None
        assert are_unbroken(numbers(first_comes(ear.frames(Stream.FORCE))), Stream.FORCE)
        assert ear.arrived_s[-1] > asyncio.get_running_loop().time() - 0.2
        await ear.close()

    play(scene)


def test_two_nodes_of_one_name_are_told_apart_by_their_addresses() -> None:
    async def scene(rig: Rig, pad: FootPeripheral, band: FootPeripheral) -> None:
        ear = Ear(rig, "FootNode")
        with pytest.raises(SourceError) as caught:
            await ear.open()
        assert caught.value.reason is SourceFault.AMBIGUOUS
        for foot in (pad, band):
            assert foot.options.address in str(caught.value)
        await ear.close()
        ear = Ear(rig, band.options.address)
        await ear.open()
        await ear.for_s(2.0)
        assert (pad.connections, band.connections) == (0, 1)
        await ear.close()

    play(
        scene,
        FootOptions(address="F0:00:00:00:00:01"),
        FootOptions(address="F0:00:00:00:00:02"),
    )


def test_each_of_two_is_found_by_its_name() -> None:
    async def scene(rig: Rig, pad: FootPeripheral, band: FootPeripheral) -> None:
        ear = Ear(rig, "Band")
        await ear.open()
        await ear.for_s(1.0)
        assert (pad.connections, band.connections) == (0, 1)
        await ear.close()

    play(scene)
