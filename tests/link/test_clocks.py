"""The time that a sample is given: right to milliseconds, whatever the node's clock does."""

import pytest

from tests.link.judge import judge
from tests.link.scene import Ear, are_unbroken, first_comes, numbers, play
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.core.packets import Stream

RIGHT_S = 0.003
"""What 99 of 100 samples must keep to."""


BEGUN = 300
"""Samples of about three seconds, in which the first answers of the clock come."""
AT_FIRST_S = 0.0244
"""What the very first keep to: half an interval of the slowest link here."""


def assert_right(foot: FootPeripheral, ear: Ear) -> None:
    """Assert that both streams are complete and timed right."""
    for info, chip in zip(ear.source.streams, (foot.converter, foot.imu), strict=True):
        assert chip is not None
        verdict = judge(ear.packets, info, chip)
        assert verdict.is_complete
        assert (verdict.lost_samples, verdict.gaps) == (0, 0)
        assert verdict.p99_s(1.0) <= AT_FIRST_S
        del verdict.errors_s[:BEGUN]
        assert verdict.p99_s() <= RIGHT_S


@pytest.mark.parametrize("skew_ppm", [-40.0, 0.0, 40.0])
def test_a_clock_that_runs_fast_or_slow_is_followed(skew_ppm: float) -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(60.0)
        assert_right(foot, ear)

    play(scene, FootOptions(skew_ppm=skew_ppm, clock_us=123_456_789))


def test_clock_and_frame_numbers_may_wrap() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(20.0)
        ticks_us = [frame.tick_us for frame in ear.frames(Stream.FORCE)]
        seqs = [frame.seq for frame in ear.frames(Stream.FORCE)]
        assert ticks_us[-1] < ticks_us[0]
        assert seqs[-1] < seqs[0]
        assert_right(foot, ear)

    # Both wrap while it streams: at 40 frames and ten seconds after it was switched on.
    play(scene, FootOptions(clock_us=2**32 - 10_000_000, first_seqs=(65_500, 65_490)))


def test_clock_and_frame_numbers_may_wrap_while_the_link_is_lost() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(6.5)
        rig.link.silence()
        await ear.for_s(2.0)
        rig.link.clear()
        await ear.for_s(6.0)
        frames = first_comes(ear.frames(Stream.FORCE))
        assert frames[-1].tick_us < frames[0].tick_us
        assert are_unbroken(numbers(frames), Stream.FORCE)
        assert_right(foot, ear)

    play(scene, FootOptions(clock_us=2**32 - 10_000_000, first_seqs=(65_400, 65_400)))


def test_the_clock_stays_right_over_a_lost_link() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        for _ in range(5):
            await ear.for_s(8.0)
            rig.link.silence()
            await ear.for_s(1.5)
            rig.link.clear()
        await ear.for_s(8.0)
        assert_right(foot, ear)

    play(scene, FootOptions(skew_ppm=40.0))


def test_a_slow_link_gives_right_times_too() -> None:
    async def scene(_rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(60.0)
        assert_right(foot, ear)

    play(scene, FootOptions(skew_ppm=20.0), least_interval_s=0.04875)
