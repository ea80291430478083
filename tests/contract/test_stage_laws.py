"""The two laws of every stage: any cutting gives the same, and an empty block changes nothing."""

import dataclasses
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, Protocol

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calibration import Calibration, identity
from trainer.core.arrays import FloatArray
from trainer.core.block import Block, ForceBlock, Quality
from trainer.core.events import (
    Event,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    SamplesRejected,
    SaturationSeen,
)
from trainer.core.hold import Hold
from trainer.core.packets import Stream, StreamInfo
from trainer.core.settings import DetectionSettings
from trainer.core.units import NEWTON_PER_KG, Unit
from trainer.detect.holds import HoldDetector
from trainer.signal.bank import FilterBank
from trainer.signal.guard import Guard

TOLERANCE: Final = 1e-9

WHOLE: Final = (1_000_000,)

PAD: Final = Calibration(
    channels=("hallux", "toes", "ball", "heel"),
    zero_counts=(84_000.0, -31_000.0, 5_000.0, 120_500.0),
    matrix_n_per_count=(
        (2.1e-4, 3e-6, 0.0, 1e-6),
        (-2e-6, 1.9e-4, 4e-6, 0.0),
        (0.0, 5e-6, 2.4e-4, -3e-6),
        (1e-6, 0.0, -4e-6, 2.2e-4),
    ),
)

SCALE: Final = identity(("force",), NEWTON_PER_KG)


class Stage(Protocol):
    """A stage, or several in a row, as this suite sees it."""

    def push(self, block: Block) -> tuple[FloatArray, tuple[Event, ...]]: ...

    def finish(self) -> tuple[Event, ...]: ...

    def holds(self) -> tuple[Hold, ...]: ...

    def reset(self) -> None: ...


@dataclasses.dataclass(frozen=True)
class Signal:
    """Runs of samples with a gap between them, and what is known of their converter."""

    calibration: Calibration
    rate_hz: float
    runs: tuple[Block, ...]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """All that a stage gave for a signal."""

    values: FloatArray
    """(n, whatever the stage gives for a sample)"""
    events: tuple[Event, ...]
    holds: tuple[Hold, ...]


class GuardAlone:
    def __init__(self, signal: Signal) -> None:
        self._guard = Guard(signal.calibration)

    def push(self, block: Block) -> tuple[FloatArray, tuple[Event, ...]]:
        guarded = self._guard.push(block)
        return columns(guarded.block, guarded.block.data), guarded.events

    def finish(self) -> tuple[Event, ...]:
        return ()

    def holds(self) -> tuple[Hold, ...]:
        return ()

    def reset(self) -> None:
        self._guard.reset()


class BankAlone:
    def __init__(self, signal: Signal) -> None:
        self._bank = FilterBank(signal.calibration, signal.rate_hz)

    def push(self, block: Block) -> tuple[FloatArray, tuple[Event, ...]]:
        return force_columns(self._bank.push(block)), ()

    def finish(self) -> tuple[Event, ...]:
        return ()

    def holds(self) -> tuple[Hold, ...]:
        return ()

    def reset(self) -> None:
        self._bank.reset()


class DetectorAlone:
    def __init__(self, signal: Signal) -> None:
        self._calibration = signal.calibration
        self._detector = HoldDetector(DetectionSettings(), signal.rate_hz)

    def push(self, block: Block) -> tuple[FloatArray, tuple[Event, ...]]:
        events = self._detector.push(unfiltered(block, self._calibration))
        return columns(block, np.empty((len(block.time_s), 0))), events

    def finish(self) -> tuple[Event, ...]:
        return self._detector.finish()

    def holds(self) -> tuple[Hold, ...]:
        return (*self._detector.candidates, *self._detector.verdict())

    def reset(self) -> None:
        self._detector.reset()


class Chain:
    def __init__(self, signal: Signal) -> None:
        self._guard = Guard(signal.calibration)
        self._bank = FilterBank(signal.calibration, signal.rate_hz)
        self._detector = HoldDetector(DetectionSettings(), signal.rate_hz)

    def push(self, block: Block) -> tuple[FloatArray, tuple[Event, ...]]:
        guarded = self._guard.push(block)
        force = self._bank.push(guarded.block)
        return force_columns(force), (*guarded.events, *self._detector.push(force))

    def finish(self) -> tuple[Event, ...]:
        return self._detector.finish()

    def holds(self) -> tuple[Hold, ...]:
        return (*self._detector.candidates, *self._detector.verdict())

    def reset(self) -> None:
        self._guard.reset()
        self._bank.reset()
        self._detector.reset()


STAGES: Final[tuple[Callable[[Signal], Stage], ...]] = (GuardAlone, BankAlone, DetectorAlone, Chain)

every_stage = pytest.mark.parametrize("stage", STAGES)

# Each of these runs a stage twice; the first law alone has the profile's full number.
fewer = settings(max_examples=settings().max_examples // 3)

sizes = st.lists(st.integers(0, 150), min_size=1, max_size=12).filter(any).map(tuple)

signals = st.sampled_from(("pad", "noisy pad", "coarse scale"))


@every_stage
@given(name=signals, cutting=sizes)
@example(name="pad", cutting=(1,))
@example(name="noisy pad", cutting=(1,))
@example(name="coarse scale", cutting=(1,))
@example(name="pad", cutting=(8,))
@example(name="pad", cutting=(0, 64, 65))
def test_any_cutting_gives_what_the_whole_at_once_gives(
    stage: Callable[[Signal], Stage], name: str, cutting: Sequence[int]
) -> None:
    signal = make_signal(name)
    found = run(stage(signal), cut(signal, cutting))
    expected = outcome_of_the_whole(stage, name)
    np.testing.assert_allclose(found.values, expected.values, rtol=TOLERANCE, atol=TOLERANCE)
    assert_alike(by_stage(found.events), by_stage(expected.events))
    assert_alike(found.holds, expected.holds)


@every_stage
@fewer
@given(name=signals, cutting=sizes)
@example(name="pad", cutting=(1,))
@example(name="pad", cutting=WHOLE)
def test_the_same_cutting_gives_the_same_bits(
    stage: Callable[[Signal], Stage], name: str, cutting: Sequence[int]
) -> None:
    signal = make_signal(name)
    first = run(stage(signal), cut(signal, cutting))
    # Live, the samples lie elsewhere in memory than in a replay.
    second = run(stage(signal), map(elsewhere, cut(signal, cutting)))
    assert_identical(first, second)


@every_stage
@fewer
@given(
    name=signals,
    cutting=sizes,
    empty_after=st.sets(st.integers(0, 40), min_size=1),
    is_start=st.booleans(),
)
@example(name="pad", cutting=(7,), empty_after=set(range(1000)), is_start=False)
def test_an_empty_block_gives_nothing_and_changes_nothing(
    stage: Callable[[Signal], Stage],
    name: str,
    cutting: Sequence[int],
    empty_after: set[int],
    is_start: bool,
) -> None:
    signal = make_signal(name)
    blocks = [block for block in cut(signal, cutting) if len(block.time_s)]
    plain, disturbed = stage(signal), stage(signal)
    expected = run(plain, blocks)
    with_empty: list[Block] = []
    for position, block in enumerate(blocks):
        if position in empty_after:
            with_empty.append(empty_before(block, is_start=is_start))
        with_empty.append(block)
    assert_identical(run(disturbed, with_empty), expected)


@every_stage
@pytest.mark.parametrize("is_start", [False, True])
def test_a_new_stage_gives_nothing_for_an_empty_block(
    stage: Callable[[Signal], Stage], is_start: bool
) -> None:
    signal = make_signal("pad")
    fresh = stage(signal)
    values, events = fresh.push(empty_before(signal.runs[0], is_start=is_start))
    assert len(values) == 0
    assert events == ()
    assert values.shape[1] == outcome_of_the_whole(stage, "pad").values.shape[1]
    assert fresh.finish() == ()


@every_stage
@fewer
@given(seen=st.integers(1, 250), cutting=sizes)
def test_a_reset_stage_is_as_new(
    stage: Callable[[Signal], Stage], seen: int, cutting: Sequence[int]
) -> None:
    signal = make_signal("pad")
    used = stage(signal)
    run_open(used, itertools.islice(cut(signal, (3, 17)), seen))
    used.reset()
    # Without the mark of a run's start, on which a stage would forget by itself.
    again = [dataclasses.replace(block, starts_run=False) for block in cut(signal, cutting)]
    assert_identical(run(used, again), run(stage(signal), again))


@every_stage
def test_a_stage_never_edits_the_block_it_is_given(stage: Callable[[Signal], Stage]) -> None:
    signal = make_signal("pad")
    given_blocks = list(map(elsewhere, cut(signal, (50,))))
    for block in given_blocks:
        for array in (block.time_s, block.data, block.quality):
            array.flags.writeable = False
    found = run(stage(signal), given_blocks)
    assert_identical(found, run(stage(signal), cut(signal, (50,))))


@pytest.mark.parametrize("name", ["pad", "noisy pad"])
def test_the_signals_hold_everything_that_can_go_wrong(name: str) -> None:
    outcome = outcome_of_the_whole(Chain, name)
    kinds = {type(event) for event in outcome.events}
    assert kinds >= {HoldStarted, HoldReleased, HoldSettled, SamplesRejected, SaturationSeen}
    settled = [event.hold for event in outcome.events if isinstance(event, HoldSettled)]
    assert len(settled) >= 6
    # Cut off by the gap, begun in it, cut off by the end.
    assert [hold.is_finished for hold in settled].count(False) == 3
    assert any(hold.is_saturated for hold in settled)
    assert any(hold.lost_samples for hold in settled)


def test_the_coarse_scale_has_holds_too() -> None:
    outcome = outcome_of_the_whole(Chain, "coarse scale")
    assert sum(isinstance(event, HoldSettled) for event in outcome.events) >= 6


@cache
def make_signal(name: str) -> Signal:
    """Return two runs with holds, drift, glitches, saturation, losses and a gap between them."""
    if name == "coarse scale":
        return make_scale(rng=np.random.default_rng(3), rate_hz=100.0)
    noise_n, seed = (0.05, 1) if name == "pad" else (0.6, 2)
    return make_pad(np.random.default_rng(seed), 80.0, noise_n)


def make_pad(rng: np.random.Generator, rate_hz: float, noise_n: float) -> Signal:
    press_n = presses(rate_hz, rng)
    count = len(press_n)
    drift_n = np.linspace(0.0, 2.5, count) + 0.3 * np.sin(np.arange(count) / rate_hz)
    shares = np.array([0.55, 0.45, -0.1, -0.3])
    force_n = press_n[:, None] * shares + drift_n[:, None] + np.array([3.0, 2.0, 40.0, 90.0])
    force_n += rng.normal(0.0, noise_n, force_n.shape)
    counts = force_n @ np.linalg.inv(PAD.matrix()).T + PAD.zero()
    full = PAD.full_scale_counts
    glitches = np.array([0, -1, 0xFFFF, full, -full - 1, 300_000])
    rows = rng.choice(count, 24, replace=False)
    counts[rows, rng.integers(0, 4, 24)] = rng.choice(glitches, 24)
    middle = round(9.9 * rate_hz)
    counts[middle : middle + round(1.2 * rate_hz), 0] = full
    quality = np.zeros(count, dtype=np.uint8)
    lost = round(3.0 * rate_hz)
    counts[lost : lost + 3] = counts[lost - 1]
    quality[lost : lost + 3] = Quality.HELD
    data = np.rint(counts).clip(-full - 1, full)
    return with_gap(PAD, rate_hz, data, quality, rng)


def make_scale(rng: np.random.Generator, rate_hz: float) -> Signal:
    """Return a bought scale that shows tenths of a kilogram: most neighbours are equal."""
    press_kg = presses(rate_hz, rng) / NEWTON_PER_KG
    data = np.round(press_kg + 1.23 + rng.normal(0.0, 0.03, len(press_kg)), 1)[:, None]
    return with_gap(SCALE, rate_hz, data, np.zeros(len(data), dtype=np.uint8), rng)


def presses(rate_hz: float, rng: np.random.Generator) -> FloatArray:
    """Return newtons above rest: eight holds, one across 16 s, the last without an end."""
    time_s = np.arange(round(30.5 * rate_hz)) / rate_hz
    force_n = np.zeros_like(time_s)
    for start_s, duration_s, height_n in (
        (2.2, 1.7, 30.0),
        (5.6, 0.6, 12.0),
        (7.4, 0.35, 45.0),
        (9.3, 2.4, 38.0),
        (15.0, 3.0, 33.0),
        (20.1, 1.9, 28.0),
        (24.4, 2.2, 31.0),
        (29.2, 9.9, 35.0),
    ):
        rise = np.clip((time_s - start_s) / 0.15, 0.0, 1.0)
        fall = np.clip((start_s + duration_s - time_s) / 0.2, 0.0, 1.0)
        shake = 1 + 0.02 * np.sin(2 * np.pi * (9.0 + rng.random()) * time_s)
        force_n += height_n * np.minimum(rise, fall) * shake
    # A light tap that is no hold.
    return force_n + 1.5 * np.exp(-(((time_s - 13.3) / 0.05) ** 2))


def with_gap(
    calibration: Calibration,
    rate_hz: float,
    data: FloatArray,
    quality: np.ndarray,
    rng: np.random.Generator,
) -> Signal:
    info = StreamInfo(Stream.FORCE, calibration.channels, Unit.COUNTS)
    count = len(data)
    time_s = 100.0 + np.arange(count) / rate_hz + rng.uniform(-1e-4, 1e-4, count)
    # Not on the detectors' grid of samples: the second run starts in the middle of a cell.
    gap = round(16.0 * rate_hz) + 3
    time_s[gap:] += 4.7
    first, second = slice(gap), slice(gap, count)
    return Signal(
        calibration,
        rate_hz,
        tuple(
            Block(
                info,
                1_003 + part.indices(count)[0],
                time_s[part],
                data[part],
                quality[part],
                starts_run=True,
            )
            for part in (first, second)
        ),
    )


def cut(signal: Signal, cutting: Sequence[int]) -> Iterator[Block]:
    """Yield the signal in blocks of these sizes, again and again; none crosses the gap."""
    wanted = itertools.cycle(cutting)
    for whole in signal.runs:
        start, count = 0, len(whole.time_s)
        while start < count:
            stop = min(count, start + next(wanted))
            yield Block(
                whole.info,
                whole.first_index + start,
                whole.time_s[start:stop],
                whole.data[start:stop],
                whole.quality[start:stop],
                starts_run=start == 0 and stop > 0,
            )
            start = stop


def empty_before(block: Block, *, is_start: bool) -> Block:
    return dataclasses.replace(
        block,
        time_s=block.time_s[:0],
        data=block.data[:0],
        quality=block.quality[:0],
        starts_run=is_start,
    )


def elsewhere(block: Block) -> Block:
    """Return the block with its samples at another place in memory, oddly aligned."""
    room = np.empty(block.data.size + 3)
    data = room[3:].reshape(block.data.shape)
    data[:] = block.data
    return dataclasses.replace(
        block, time_s=block.time_s.copy(), data=data, quality=block.quality.copy()
    )


def unfiltered(block: Block, calibration: Calibration) -> ForceBlock:
    """Return force that each sample gives by itself, so that the detector is tested alone."""
    gains = calibration.matrix().diagonal()
    cells_n = (block.data - calibration.zero()) * gains
    detected_n = cells_n[:, 0] + cells_n[:, 1] if len(gains) > 1 else cells_n[:, 0]
    force_n = np.column_stack([cells_n, detected_n])
    return ForceBlock(
        calibration.channels,
        block.first_index,
        block.time_s,
        force_n,
        force_n,
        0.02 * force_n,
        np.zeros_like(force_n),
        block.quality,
        block.starts_run,
    )


def columns(block: Block | ForceBlock, *arrays: FloatArray) -> FloatArray:
    """Return everything a block says of each sample, side by side."""
    index = block.first_index + np.arange(len(block.time_s))
    told = (index, block.time_s, block.quality, *arrays)
    return np.column_stack([np.asarray(array, dtype=np.float64) for array in told])


def force_columns(block: ForceBlock) -> FloatArray:
    return columns(block, block.force_n, block.lowpass_n, block.band_n, block.slope_n_s)


def run_open(stage: Stage, blocks: Iterable[Block]) -> tuple[list[FloatArray], list[Event]]:
    """Push the blocks, and leave the stage in the middle of the signal."""
    values: list[FloatArray] = []
    events: list[Event] = []
    for block in blocks:
        part, found = stage.push(block)
        assert len(part) == len(block.time_s)
        assert found == () or len(part), "an empty block gave an event"
        values.append(part)
        events += found
    return values, events


def run(stage: Stage, blocks: Iterable[Block]) -> Outcome:
    values, events = run_open(stage, blocks)
    events += stage.finish()
    return Outcome(np.concatenate(values), tuple(events), stage.holds())


@cache
def outcome_of_the_whole(stage: Callable[[Signal], Stage], name: str) -> Outcome:
    signal = make_signal(name)
    return run(stage(signal), cut(signal, WHOLE))


def by_stage(events: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """Return the guard's events and the detector's: of each block the guard's come first."""
    is_guarded = [isinstance(event, SamplesRejected | SaturationSeen) for event in events]
    pairs = list(zip(events, is_guarded, strict=True))
    return [e for e, is_guard in pairs if is_guard], [e for e, is_guard in pairs if not is_guard]


def assert_alike(found: object, expected: object) -> None:
    """Compare to the tolerance, all the way down."""
    assert type(found) is type(expected), f"{found} is not {expected}"
    if dataclasses.is_dataclass(found) and dataclasses.is_dataclass(expected):
        for field in dataclasses.fields(found):
            assert_alike(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(found, list | tuple) and isinstance(expected, list | tuple):
        assert len(found) == len(expected), f"{found} is not {expected}"
        for one, other in zip(found, expected, strict=True):
            assert_alike(one, other)
    elif isinstance(found, float) and isinstance(expected, float):
        assert math.isclose(found, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    else:
        assert found == expected


def assert_identical(found: Outcome, expected: Outcome) -> None:
    """Compare bit by bit."""
    np.testing.assert_array_equal(found.values, expected.values)
    assert found.events == expected.events
    assert found.holds == expected.holds
