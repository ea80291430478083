"""Silences and lost links: what the ring holds is delivered late, and what it lost is told."""

import asyncio

import pytest

from tests.link.judge import judge
from tests.link.scene import COUNTED, Ear, are_unbroken, first_comes, numbers, play
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.core.events import FramesDropped, GapFound
from trainer.core.packets import Status, Stream

BACK_S = 2.0
"""A link that is lost while its node is near must be back by then."""


def lost_and_back(ear: Ear, lost_s: float) -> float:
    """Return how long after the loss the first new frame came."""
    return min(at_s for at_s in ear.arrived_s if at_s > lost_s + 0.05) - lost_s


def test_a_silence_shorter_than_the_supervision_timeout_loses_nothing() -> None:
    async def scene(rig: Rig, _foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        for _ in range(5):
            await ear.for_s(1.0)
            rig.link.silence()
            await ear.for_s(0.35)
            rig.link.clear()
        await ear.for_s(1.0)
        assert rig.adapter.connections_made == 1
        assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)
        assert are_unbroken(numbers(ear.frames(Stream.IMU)), Stream.IMU)

    play(scene)


@pytest.mark.parametrize("silent_s", [0.5, 1.0, 3.0])
def test_a_silence_shorter_than_the_ring_loses_nothing(silent_s: float) -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(5.0)
        rig.link.silence()
        await ear.for_s(silent_s)
        rig.link.clear()
        await ear.for_s(6.0)
        assert rig.adapter.connections_made == 2
        assert ear.source.vitals.reconnects == 1
        for info, chip in zip(ear.source.streams, (foot.converter, foot.imu), strict=True):
            assert chip is not None
            frames = ear.frames(info.stream)
            assert are_unbroken(numbers(first_comes(frames)), info.stream)
            # What was sent again is what the node rewinds, and no notification came doubled.
            assert 0 < len(frames) - len(first_comes(frames)) <= 16
            verdict = judge(ear.packets, info, chip)
            assert verdict.is_complete
            assert (verdict.gaps, verdict.lost_samples) == (0, 0)

    play(scene)


def test_a_silence_longer_than_the_ring_is_one_gap() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(5.0)
        rig.link.silence()
        await ear.for_s(12.0)
        assert not foot.converter.is_awake
        rig.link.clear()
        await ear.for_s(6.0)
        for info, chip in zip(ear.source.streams, (foot.converter, foot.imu), strict=True):
            assert chip is not None
            verdict = judge(ear.packets, info, chip)
            assert (verdict.gaps, verdict.lost_samples) == (1, 0)
            gap = next(event for event in verdict.events if isinstance(event, GapFound))
            assert 10.0 < gap.end_s - gap.start_s < 15.0
            assert verdict.numbers == sorted(set(verdict.numbers))

    play(scene)


def test_a_lost_link_is_back_within_two_seconds() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        for _ in range(5):
            await ear.for_s(3.0)
            await foot.air.drop()
            lost_s = asyncio.get_running_loop().time()
            await ear.for_s(3.0)
            assert lost_and_back(ear, lost_s) < BACK_S
        assert rig.adapter.connections_made == 6
        assert are_unbroken(numbers(first_comes(ear.frames(Stream.FORCE))), Stream.FORCE)

    play(scene)


def test_a_node_that_walks_away_and_comes_back_goes_on() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        foot.air.walk_away()
        await ear.for_s(30.0)
        assert any("looking for it for" in news for news in ear.news)
        foot.air.come_back()
        back_s = asyncio.get_running_loop().time()
        await ear.for_s(4.0)
        assert lost_and_back(ear, back_s) < BACK_S
        assert ear.source.vitals.news == ""
        verdict = judge(ear.packets, ear.source.streams[0], foot.converter)
        assert verdict.gaps == 1

    play(scene)


def test_a_node_that_is_gone_for_minutes_is_found_when_it_is_back() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        foot.air.walk_away()
        await asyncio.sleep(600.0)
        foot.air.come_back()
        back_s = asyncio.get_running_loop().time()
        await ear.for_s(8.0)
        # By now the node advertises once a second only.
        assert lost_and_back(ear, back_s) < BACK_S + 1.0

    play(scene)


def test_a_reboot_begins_a_new_clock_and_mixes_nothing() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(5.0)
        before = foot.converter
        await foot.reboot(0.5)
        await ear.for_s(8.0)
        frames = ear.frames(Stream.FORCE)
        old = [frame for frame in frames if frame.seq < 1000]
        new = [frame for frame in frames if frame.seq >= 1000]
        assert frames == old + new
        assert before.newest - numbers(old)[-1] <= 60
        assert are_unbroken(numbers(first_comes(new)), Stream.FORCE)
        verdict = judge(ear.packets, ear.source.streams[0], foot.converter)
        assert verdict.gaps == 1
        # The numbers began anew too, which the judge takes for a wrap.
        wrap_s = COUNTED[Stream.FORCE] / foot.options.force_hz
        assert max(abs(error_s + wrap_s) for error_s in verdict.errors_s[-100:]) < 0.01

    play(scene, FootOptions(clock_us=3_000_000_000, first_seqs=(100, 100, 9000, 9000)))


def test_a_radio_that_is_too_slow_costs_motion_first_and_says_how_much() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(60.0)
        assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)
        frames = ear.frames(Stream.IMU)
        assert frames[-1].dropped_total > 0
        assert any(frame.status & Status.QUEUE_OVERFLOW for frame in frames)
        assert foot.imu is not None
        verdict = judge(ear.packets, ear.source.streams[1], foot.imu)
        told = sum(event.count for event in verdict.events if isinstance(event, FramesDropped))
        missing = frames[-1].seq - frames[0].seq + 1 - len(frames)
        assert told == missing
        assert verdict.numbers == sorted(set(verdict.numbers))

    # 22 packets a second where the node makes 40.
    play(scene, packets_per_event=1, least_interval_s=0.045)


def test_a_full_queue_for_a_moment_loses_nothing() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(2.0)
        rig.link.silence()
        await ear.for_s(0.4)
        assert not foot.air.has_room()
        rig.link.clear()
        await ear.for_s(2.0)
        assert are_unbroken(numbers(ear.frames(Stream.FORCE)), Stream.FORCE)
        assert ear.frames(Stream.FORCE)[-1].dropped_total == 0

    play(scene, FootOptions(queue_packets=4))


def mute(_kind: int, _frame: bytes) -> tuple[bytes, ...]:
    """Let no frame out; answers of the clock go on."""
    return ()


def test_a_node_that_falls_silent_is_told_of_after_a_second() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        foot.options.disturb = mute
        await ear.for_s(1.5)
        assert "silent for 1 s" in ear.source.vitals.news
        foot.options.disturb = None
        await ear.for_s(1.0)
        assert ear.source.vitals.news == ""
        assert rig.adapter.connections_made == 1

    play(scene)


def test_a_node_that_stays_silent_is_connected_anew_after_three_seconds() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        loop = asyncio.get_running_loop()
        await ear.open()
        await ear.for_s(3.0)
        began_s = loop.time()
        foot.options.disturb = mute
        await ear.for_s(2.8)
        assert rig.adapter.connections_made == 1
        while rig.adapter.connections_made == 1 and loop.time() < began_s + 10.0:
            await ear.for_s(0.05)
        assert loop.time() - began_s < 3.0 + BACK_S
        foot.options.disturb = None
        await ear.for_s(3.0)
        assert ear.source.vitals.reconnects == 1
        assert ear.source.vitals.news == ""

    play(scene)
