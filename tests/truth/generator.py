"""Recordings with known truth: a voluntary force, a foot's unrest, a converter and its faults.

Shares no code with the detectors nor with the simulated foot of `trainer/sources`. The truth is the
voluntary force before anything is added, sampled four times as densely as the converter does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.truth.laws import Random, Samples, as_samples
from tests.truth.presses import Exercise, Press, TrueHold, define, draw_presses
from tests.truth.scene import FOUR_CELLS, Scene
from tests.truth.unrest import Lift, draw_lifts, draw_unrest

FINE: Final = 4
"""Points of the fine grid per sample."""

BEYOND_S: Final = 30.0
"""The foot goes on before and after the recording."""

MARGIN_S: Final = 0.1
"""A hold is whole where this much beside it was recorded too."""

LEAST_CUT_S: Final = 0.15
"""Of a cut hold this much must be seen, by the definition, for it to be asked for: half as much
again as the shortest hold."""

KICK_S: Final = 0.05


class Kind(Enum):
    """How much of a hold was recorded."""

    WHOLE = auto()
    TAIL_CUT = auto()
    """Its end lies in a gap or after the recording."""
    HEAD_CUT = auto()
    """Its start does."""
    OPTIONAL = auto()
    """Too little of it to ask for."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One true hold, or a part of one, on the recording's own clock."""

    kind: Kind
    hold: TrueHold


@dataclass(frozen=True, slots=True)
class Take:
    """A recording and what is true of it."""

    scene: Scene
    time_s: Samples
    """(n,) stamps; a clock may step back"""
    cells_n: Samples
    """(n, channel) newtons, and what else was recorded; NaN where only the row was kept"""
    gain_n: float
    """Newtons per count of every cell, and next the counts of an unloaded one"""
    zero_counts: float
    full_s: Samples
    """Stamps of the samples at the end of a converter's range"""
    truths: tuple[Truth, ...]
    presses: tuple[tuple[float, float], ...]
    """From where to where it pressed more than 5 % of a hold's plateau, kicks included"""
    returns: tuple[tuple[float, float], ...]
    """From where to where a lifted foot came back to the pad"""

    def of_kind(self, kind: Kind) -> tuple[TrueHold, ...]:
        """Return the true holds of one kind."""
        return tuple(truth.hold for truth in self.truths if truth.kind is kind)


Draw: TypeAlias = Callable[[Scene, Random, float, float], Exercise]
"""Presses of a scene on a grid of a step, from an origin on; both in seconds."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What a foot did, on true time."""

    presses: tuple[Press, ...]
    lifts: tuple[Lift, ...]


def record(scene: Scene, seed: int, draw: Draw = draw_presses) -> Take:
    """Return one recording; the same scene and seed give the same samples.

    `draw` says what the foot is to do; by default it presses in sets, as the scene says.
    """
    random = np.random.default_rng(seed)
    step_s = 1 / (FINE * scene.rate_hz)
    count = round((scene.duration_s + 2 * BEYOND_S) / step_s)
    fine_s = as_samples(-BEYOND_S + np.arange(count) * step_s)
    exercise = Exercise((), ((30.0, 40.0), (60.0, 80.0)))
    if scene.mvc_n:
        exercise = draw(scene, random, step_s, -BEYOND_S)
    voluntary = np.zeros(len(fine_s))
    for press in exercise.presses:
        part = voluntary[press.first : press.first + len(press.curve_n)]
        part += press.curve_n[: len(part)]
    voluntary += _kicks(scene, random, exercise.presses, fine_s)
    lifts = draw_lifts(scene, random, exercise.rests_s)
    unrest = draw_unrest(scene, random, fine_s, voluntary, lifts)
    end_s = _end(scene, random, exercise.presses)
    at = np.arange(round(BEYOND_S * scene.rate_hz) * FINE, np.searchsorted(fine_s, end_s), FINE)
    width = FINE * int(random.choice([1, 3])) + 1
    cells = _cells(scene, random, voluntary, unrest, (at, width))
    return receive(scene, random, fine_s[at], cells, Foot(exercise.presses, lifts))


def _kicks(scene: Scene, random: Random, presses: tuple[Press, ...], fine_s: Samples) -> Samples:
    """Return (n,) newtons of impacts that some presses begin with; they are no truth."""
    kicks = np.zeros(len(fine_s))
    for press in presses:
        if random.random() < scene.kick_share:
            at_s = press.hold.onset_s - KICK_S
            first, stop = np.searchsorted(fine_s, (at_s, at_s + KICK_S))
            bump = np.sin(np.linspace(0, np.pi, stop - first)) ** 2
            kicks[first:stop] += random.uniform(0.1, 0.4) * press.hold.plateau_n * bump
    return kicks


def _end(scene: Scene, random: Random, presses: tuple[Press, ...]) -> float:
    """Return when the recording ends: within a press, where the scene says so."""
    if not scene.cuts_last:
        return scene.duration_s
    long = [p.hold for p in presses if p.hold.end_s - p.hold.start_s > 0.5]
    last = [hold for hold in long if hold.start_s < scene.duration_s][-1]
    return random.uniform(last.start_s + 0.25, last.end_s - 0.05)


def _cells(
    scene: Scene,
    random: Random,
    voluntary: Samples,
    unrest: Samples,
    sampling: tuple[npt.NDArray[np.int64], int],
) -> Samples:
    """Return (n, channel) newtons behind a converter that averages over `width` fine points."""
    at, width = sampling
    window = np.hanning(width + 2)[1:-1] if width > 2 * FINE else np.ones(width)
    window /= window.sum()
    pressed = as_samples(np.convolve(voluntary, window, mode="same")[at])
    rest = as_samples(np.convolve(unrest, window, mode="same")[at])
    share = random.uniform(0.3, 0.7)
    toes = np.column_stack([share * (pressed + rest), (1 - share) * (pressed + rest)])
    if scene.channels == FOUR_CELLS:
        ball = (
            1.3 * scene.mvc_n
            + random.uniform(80, 200)
            - random.uniform(0.5, 1.3) * pressed
            - 0.7 * rest
        )
        heel = random.uniform(80, 300) + random.uniform(-0.2, 0.3) * pressed + 0.4 * rest
        cells = np.column_stack([toes, ball, heel])
    elif len(scene.channels) == 2:
        cells = toes
    else:
        cells = (pressed + rest)[:, None]
    noise_n = random.uniform(0.0025, 0.015) * scene.unrest_n
    return np.asarray(cells + random.normal(0, noise_n, cells.shape))


def receive(scene: Scene, random: Random, true_s: Samples, cells_n: Samples, foot: Foot) -> Take:
    """Return the recording after glitches, losses, gaps and a clock that steps.

    `cells_n` may have more columns than cells: an inertial sensor's, which are lost with them.
    """
    count = len(true_s)
    period_s = 1 / scene.rate_hz
    glitches = np.flatnonzero(random.random(count) < scene.glitch_share)
    # What a converter that is read at the wrong moment gives: 2^k - 1, 0, -1, full scale.
    gain_n, zero = scene.range_n / 2**23, random.uniform(-0.05, 0.05) * 2**23
    most_n = (2**23 - 1 - zero) * gain_n
    forces = cells_n[:, : len(scene.channels)]
    np.minimum(forces, most_n, out=forces)
    is_full = (forces >= most_n).any(axis=1)
    codes = np.array([2**k - 1 for k in range(18, 24)] + [0, -1, -(2**23)])
    for index in glitches.tolist():
        column = int(random.integers(len(scene.channels)))
        cells_n[index, column] = gain_n * (float(random.choice(codes)) - zero)
    is_kept = np.ones(count, dtype=np.bool_)
    for first in np.flatnonzero(random.random(count) < scene.lost_share / 1.5).tolist():
        is_kept[first : first + int(random.integers(1, 3))] = False
    is_row = is_kept | (random.random(count) < 0.5)
    runs = _runs(scene, random, true_s)
    in_run = np.zeros(count, dtype=np.bool_)
    for first, stop in runs:
        in_run[first:stop] = True
    shift_s = np.full(count, random.choice([0.0, random.uniform(2e3, 1e4)]))
    if scene.steps_clock and len(runs) > 1:
        # The device starts anew: from zero, on a clock that it shares with nothing before.
        first = runs[int(random.integers(1, len(runs)))][0]
        shift_s[:first] = 1e4
        shift_s[first:] = -true_s[first]
    stamps = true_s + shift_s + random.normal(0, scene.jitter, count).clip(-0.4, 0.4) * period_s
    if random.random() < 0.3:
        stamps = np.round(stamps, 3)
    cells_n[~is_kept] = np.nan
    keep = is_row & in_run
    return Take(
        scene,
        stamps[keep],
        cells_n[keep],
        gain_n,
        zero,
        stamps[keep & is_full],
        truths=_part(foot.presses, runs, true_s, shift_s),
        presses=_on_clock(
            [(p.hold.begin_s - KICK_S, p.hold.release_s) for p in foot.presses], true_s, shift_s
        ),
        returns=_on_clock(
            [(lift.on_s, lift.on_s + lift.rise_s) for lift in foot.lifts], true_s, shift_s
        ),
    )


def _runs(scene: Scene, random: Random, true_s: Samples) -> list[tuple[int, int]]:
    """Return first and stop of the samples between gaps."""
    runs = [(0, len(true_s))]
    for _ in range(max(scene.gaps, int(scene.steps_clock))):
        first = int(random.integers(round(5 * scene.rate_hz), len(true_s)))
        stop = first + round(random.uniform(0.15, 2.0) * scene.rate_hz)
        whole = [run for run in runs if run[0] + 500 < first and stop + 500 < run[1]]
        for run in whole:
            runs.remove(run)
            runs += [(run[0], first), (stop, run[1])]
    return sorted(runs)


def _on_clock(
    spans: list[tuple[float, float]], true_s: Samples, shift_s: Samples
) -> tuple[tuple[float, float], ...]:
    """Return spans of true time on the recording's clock, as it was at their ends."""
    at = np.searchsorted(true_s, [end_s for _, end_s in spans]).clip(0, len(true_s) - 1)
    moved_s = shift_s[at].tolist()
    return tuple((a + by, b + by) for (a, b), by in zip(spans, moved_s, strict=True))


def _part(
    presses: tuple[Press, ...], runs: list[tuple[int, int]], true_s: Samples, shift_s: Samples
) -> tuple[Truth, ...]:
    """Return the holds as they were recorded: whole, cut by a gap or an end, or hardly at all."""
    truths: list[Truth] = []
    for first, stop in runs:
        from_s, to_s = float(true_s[first]), float(true_s[stop - 1])
        for press in presses:
            hold = press.hold
            if hold.end_s <= from_s or hold.start_s >= to_s:
                continue
            seen = _seen(press, from_s, to_s, true_s)
            truths.append(Truth(seen.kind, _moved(seen.hold, float(shift_s[first]))))
    return tuple(truths)


def _seen(press: Press, from_s: float, to_s: float, true_s: Samples) -> Truth:
    hold = press.hold
    if from_s < hold.start_s - MARGIN_S and hold.end_s + MARGIN_S < to_s:
        return Truth(Kind.WHOLE, hold)
    step_s = float(true_s[1] - true_s[0]) / FINE
    grid_s = as_samples(-BEYOND_S + (press.first + np.arange(len(press.curve_n))) * step_s)
    inside = (grid_s >= from_s) & (grid_s <= to_s)
    part = define(grid_s[inside], press.curve_n[inside], hold.plateau_n)
    if part is None:
        return Truth(Kind.OPTIONAL, replace(hold, start_s=max(hold.start_s, from_s)))
    part = replace(part, onset_s=hold.onset_s, release_s=min(hold.release_s, to_s))
    is_enough = part.end_s - part.start_s > LEAST_CUT_S and part.plateau_n > 0.6 * hold.plateau_n
    if not is_enough:
        return Truth(Kind.OPTIONAL, part)
    if hold.end_s > to_s:
        return Truth(Kind.TAIL_CUT, replace(part, end_s=to_s))
    return Truth(Kind.HEAD_CUT if hold.start_s < from_s else Kind.OPTIONAL, part)


def _moved(hold: TrueHold, by_s: float) -> TrueHold:
    return replace(
        hold,
        start_s=hold.start_s + by_s,
        end_s=hold.end_s + by_s,
        begin_s=hold.begin_s + by_s,
        onset_s=hold.onset_s + by_s,
        release_s=hold.release_s + by_s,
    )
