"""Long streams and many lost links: complete to the last sample, and nothing that grows."""

import asyncio
import gc
import threading
import tracemalloc

import pytest

from tests.link.judge import judge
from tests.link.scene import Ear, are_unbroken, first_comes, numbers, play
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.core.packets import Stream

GROWN_OBJECTS = 200
"""Most that the collector may see more of after many lost links: timers that are called off stay
with asyncio for a while. A client that is left open is 18 objects and 3.5 kB."""

CACHE_BYTES = 500_000
"""Python keeps 4096 names that were looked up, and bumble makes its handlers' names anew."""


@pytest.mark.parametrize("lasts_s", [120, pytest.param(600, marks=pytest.mark.soak)])
def test_minutes_of_four_cells_and_motion_are_complete_and_timed_right(lasts_s: int) -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await asyncio.sleep(lasts_s)
        assert rig.link.interval_s(foot.air.controller) == 0.03
        for info, chip in zip(ear.source.streams, (foot.converter, foot.imu), strict=True):
            assert chip is not None
            frames = ear.frames(info.stream)
            assert len(first_comes(frames)) == len(frames)
            verdict = judge(ear.packets, info, chip)
            assert verdict.is_complete
            assert len(verdict.numbers) >= lasts_s * chip.rate_10s // 10 - 60
            assert (verdict.lost_samples, verdict.gaps) == (0, 0)
            assert verdict.p99_s() <= 0.003
        assert rig.adapter.connections_made == 1
        assert ear.source.vitals.bad_bytes == 0

    play(scene, FootOptions(skew_ppm=40.0), least_interval_s=0.03)


async def lose_and_return(rig: Rig, foot: FootPeripheral, ear: Ear, times: int) -> None:
    """Lose the link again and again, in good order and not, and have it return each time."""
    for number in range(times):
        await asyncio.sleep(0.7)
        if number % 2:
            await foot.air.drop()
        else:
            rig.link.silence()
            await asyncio.sleep(0.5)
            rig.link.clear()
        made = rig.adapter.connections_made
        for _ in range(100):
            if rig.adapter.connections_made == made or foot.air.connection is None:
                await asyncio.sleep(0.05)
        assert rig.adapter.connections_made == made + 1
        assert len(rig.adapter.open_clients) <= 1
        forget_old(foot, ear)


def forget_old(foot: FootPeripheral, ear: Ear, kept: int = 400) -> None:
    """Keep of what was heard what the last turns need."""
    del ear.packets[: max(0, len(ear.packets) - kept)]
    del ear.arrived_s[: max(0, len(ear.arrived_s) - kept)]
    foot.commands.clear()


def weigh(foot: FootPeripheral, ear: Ear) -> tuple[int, int]:
    """Return objects and bytes that are in use when nothing is remembered."""
    forget_old(foot, ear, kept=0)
    gc.collect()
    return len(gc.get_objects()), tracemalloc.get_traced_memory()[0]


async def assert_nothing_grows(
    rig: Rig, foot: FootPeripheral, ear: Ear, times: int, grown_bytes: int
) -> None:
    """Assert that many lost links leave no client, task, thread or memory behind."""
    await ear.open()
    await lose_and_return(rig, foot, ear, 14)
    tasks = len(asyncio.all_tasks())
    threads = threading.active_count()
    tracemalloc.start()
    try:
        await lose_and_return(rig, foot, ear, 2)
        objects, used_bytes = weigh(foot, ear)
        await lose_and_return(rig, foot, ear, times)
        more_objects, more_bytes = weigh(foot, ear)
    finally:
        tracemalloc.stop()
    assert threading.active_count() == threads
    assert more_objects - objects < GROWN_OBJECTS
    assert more_bytes - used_bytes < grown_bytes
    assert abs(len(asyncio.all_tasks()) - tasks) <= 1
    await asyncio.sleep(3.0)
    assert are_unbroken(numbers(first_comes(ear.frames(Stream.FORCE))), Stream.FORCE)


def test_fifty_lost_links_leave_nothing_behind() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await assert_nothing_grows(rig, foot, ear, 50, 200_000)

    play(scene)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_thousand_lost_links_leave_nothing_behind() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await assert_nothing_grows(rig, foot, ear, 1000, CACHE_BYTES)

    play(scene, limit_s=20_000.0)
