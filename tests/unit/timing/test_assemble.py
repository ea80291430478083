"""The laws of the assembler: no cutting of a stream changes what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.arrays import FlagArray, FloatArray
from trainer.core.block import Quality
from trainer.core.events import Event, FramesDropped, GapFound, SamplesLost
from trainer.core.packets import CountsPacket, Packet, Status, Stream, StreamInfo, UnitPacket
from trainer.core.units import Unit
from trainer.timing.assemble import Assembler

STAMPED: Final = StreamInfo(Stream.FORCE, ("hallux", "heel"), Unit.NEWTON)
FRAMED: Final = replace(STAMPED, unit=Unit.COUNTS, delay_periods=2.0)

STEPS: Final = st.sampled_from([1.0] * 30 + [0.9, 1.1, 1.5, 2.0, 3.1, 5.0, 5.4, 5.6, 9.0, 400.0])
ODD_STEPS: Final = st.sampled_from([0.0, 1e-9, 0.09, 0.11, 0.6, -0.04, -1.0, -50.0])


@dataclass(frozen=True)
class Whole:
    """All that came out, joined."""

    time_s: FloatArray
    data: FloatArray
    quality: FlagArray
    run_starts: tuple[int, ...]
    events: tuple[Event, ...]


@st.composite
def tables(draw: st.DrawFn) -> tuple[FloatArray, FloatArray]:
    """Draw stamps with every kind of step, and values with holes."""
    steps = draw(st.lists(STEPS | STEPS | STEPS | ODD_STEPS, min_size=1, max_size=150))
    seed = draw(st.integers(0, 2**16))
    random = np.random.default_rng(seed)
    time_s = np.cumsum(np.array(steps) * 0.011)
    values = random.normal(size=(len(steps), 2))
    values[random.random(values.shape) < draw(st.sampled_from([0.0, 0.02, 0.3]))] = np.nan
    time_s[random.random(time_s.shape) < draw(st.sampled_from([0.0, 0.02]))] = np.nan
    return time_s, values


@given(tables(), st.sampled_from([0.011, None]), st.data())
def test_any_cutting_of_stamped_samples_gives_the_same(
    table: tuple[FloatArray, FloatArray], period_s: float | None, data: st.DataObject
) -> None:
    info = replace(STAMPED, period_s=period_s, delay_periods=data.draw(st.sampled_from([0.0, 2.0])))
    time_s, values = table
    whole = run(info, [[UnitPacket(Stream.FORCE, time_s, values, 0.0)]])
    edges = data.draw(st.lists(st.integers(0, len(time_s)), max_size=40))
    packets = [
        UnitPacket(Stream.FORCE, time_s[start:end], values[start:end], 0.0)
        for start, end in pairwise([0, *sorted(edges), len(time_s)])
    ]
    pushes = gathered(packets, data)
    assert_same(run(info, pushes), whole, stamps_within_s=0.0)
    assert_sound(whole)


@st.composite
def streams(draw: st.DrawFn) -> list[CountsPacket]:
    """Draw the frames of a node with jitter, losses, restarts, silences and doubled frames."""
    random = np.random.default_rng(draw(st.integers(0, 2**16)))
    frames: list[CountsPacket] = []
    seq, dropped, now_us, clock_us, arrival_s = 65_530, 0, 0.0, 2**32 - 300_000, 50.0
    for _ in range(draw(st.integers(1, 25))):
        count = draw(st.sampled_from([8, 8, 8, 4, 1]))
        counts = random.integers(-(2**23), 2**23, (count, 2), dtype=np.int32)
        tick_us = round(clock_us + now_us + random.normal(0, 300)) % 2**32
        status = Status(draw(st.sampled_from([0, 0, 0, 1])))
        frames.append(
            CountsPacket(
                Stream.FORCE, seq % 2**16, tick_us, 172_600, dropped, status, counts, arrival_s
            )
        )
        now_us += count * 10_787.5
        arrival_s += count * 0.0107875
        seq += 1
        match draw(st.sampled_from(["", "", "", "", "miss", "drop", "queue", "restart", "twice"])):
            case "miss":
                now_us += draw(st.integers(1, 6)) * 10_787.5
            case "drop":
                seq += 1
                now_us += count * 10_787.5
            case "queue":
                dropped += 2
            case "restart":
                seq, dropped, now_us, clock_us = 0, 0, 0.0, 1000
            case "twice":
                frames.append(frames[-1])
            case _:
                pass
    return frames


@given(streams(), st.data())
def test_any_gathering_of_frames_gives_the_same(
    frames: list[CountsPacket], data: st.DataObject
) -> None:
    whole = run(FRAMED, [frames])
    pushes = gathered(frames, data)
    found = run(FRAMED, pushes)
    assert_same(found, whole, stamps_within_s=1e-9)
    assert_same(run(FRAMED, pushes), found, stamps_within_s=0.0)
    assert_sound(whole)


def test_a_cause_stands_before_its_effect_and_events_in_the_order_of_samples() -> None:
    counts = np.zeros((4, 2), np.int32)
    frames = [
        CountsPacket(Stream.FORCE, seq, 50_000 * seq, 200_000, 0, Status.OK, counts, 0.05 * seq)
        for seq in (0, 2, 3, 9, 11)
    ]
    events = run(FRAMED, [frames]).events
    kinds = [FramesDropped, SamplesLost, FramesDropped, GapFound, FramesDropped, SamplesLost]
    assert [type(event) for event in events] == kinds
    assert [event.count for event in events if isinstance(event, FramesDropped)] == [1, 5, 1]


def gathered(packets: Sequence[Packet], data: st.DataObject) -> list[Sequence[Packet]]:
    """Return the packets in pushes, some of them empty."""
    edges = data.draw(st.lists(st.integers(0, len(packets)), max_size=12))
    return [packets[start:end] for start, end in pairwise([0, *sorted(edges), len(packets)])]


def run(info: StreamInfo, pushes: Sequence[Sequence[Packet]]) -> Whole:
    """Assemble the pushes, look at each block, and join what came out."""
    assembler = Assembler(info)
    outputs = [assembler.push(packets) for packets in pushes]
    outputs.append(assembler.finish())
    blocks = [block for output in outputs for block in output.blocks]
    index = 0
    for block in blocks:
        assert block.info == info
        assert block.first_index == index
        assert block.data.shape == (len(block.time_s), 2)
        assert len(block.quality) == len(block.time_s) > 0
        index += len(block.time_s)
    events = tuple(event for output in outputs for event in output.events)
    whole = Whole(
        np.concatenate([np.empty(0), *(block.time_s for block in blocks)]),
        np.concatenate([np.empty((0, 2)), *(block.data for block in blocks)]),
        np.concatenate([np.empty(0, np.uint8), *(block.quality for block in blocks)]),
        tuple(block.first_index for block in blocks if block.starts_run),
        events,
    )
    assert assembler.gaps == sum(isinstance(event, GapFound) for event in events)
    lost = sum(event.count for event in events if isinstance(event, SamplesLost))
    assert assembler.lost_samples == lost == int((whole.quality == Quality.HELD).sum())
    return whole


def assert_same(found: Whole, wanted: Whole, *, stamps_within_s: float) -> None:
    assert found.time_s.shape == wanted.time_s.shape
    assert found.time_s == pytest.approx(wanted.time_s, rel=0, abs=stamps_within_s)
    assert np.array_equal(found.data, wanted.data)
    assert np.array_equal(found.quality, wanted.quality)
    assert found.run_starts == wanted.run_starts
    assert found.events == wanted.events


def assert_sound(whole: Whole) -> None:
    """Check what holds for every stream: finite numbers, rising stamps, a run after each gap."""
    assert np.isfinite(whole.time_s).all()
    assert np.isfinite(whole.data).all()
    gaps = sum(isinstance(event, GapFound) for event in whole.events)
    assert len(whole.run_starts) == (gaps + 1 if whole.time_s.size else 0)
    for start, end in pairwise([*whole.run_starts, whole.time_s.size]):
        assert (np.diff(whole.time_s[start:end]) > 0).all()
