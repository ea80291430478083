"""Voluntary presses, drawn set by set, and what is true of each by the definition.

Plateau: median of the middle half of the hold; start and end: where half of it is crossed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.truth.laws import (
    FALLS,
    RISES,
    Random,
    Samples,
    as_samples,
    cosine_step,
    red_noise,
    tremor,
)
from tests.truth.scene import Scene

ONSET_SHARE: Final = 0.05
"""The lamp's latency counts from this share of a press's plateau."""


@dataclass(frozen=True, slots=True)
class TrueHold:
    """One voluntary press by the definition, or the part of it that was recorded."""

    start_s: float
    end_s: float
    plateau_n: float
    peak_n: float = 0.0
    begin_s: float = 0.0
    """Where any of it, a light press before it too, passes 5 % of the plateau."""
    onset_s: float = 0.0
    """Where the press proper, without a light one before it, passes 5 % of the plateau."""
    release_s: float = 0.0
    """Where all of it is below 5 % again."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press on the fine grid."""

    first: int
    curve_n: Samples
    """(n,) newtons of voluntary force"""
    hold: TrueHold


@dataclass(frozen=True, slots=True)
class Exercise:
    """All presses of a recording, and the rests between its sets."""

    presses: tuple[Press, ...]
    rests_s: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Pen:
    """Draws press after press on a grid."""

    scene: Scene
    random: Random
    step_s: float
    origin_s: float
    presses: list[Press]

    def chance(self, share: float) -> bool:
        """Return whether something of this probability happens."""
        return bool(self.random.random() < share)

    def press(self, start_s: float, level_n: float, hold_s: float) -> float:
        """Add one press; return when it is over, in seconds."""
        random, scene = self.random, self.scene
        is_slow = self.chance(scene.slow_share)
        rise_s = random.uniform(0.8, 2.0) if is_slow else min(0.12 + random.gamma(2.5, 0.12), 1.2)
        fall_s = min(0.08 + random.gamma(2.5, 0.06), 0.8)
        is_light = (self.chance(scene.light_share), self.chance(scene.light_share / 2))
        lights_s = [random.uniform(0.3, 1.5) * is_there for is_there in is_light]
        first = round((start_s - self.origin_s) / self.step_s)
        length_s = lights_s[0] + rise_s + hold_s + fall_s + lights_s[1]
        time = as_samples(np.arange(max(4, round(length_s / self.step_s)))) * self.step_s
        rise = RISES[int(random.integers(len(RISES)))]
        fall = FALLS[int(random.integers(len(FALLS)))]
        fall_at_s = lights_s[0] + rise_s + hold_s
        shape = rise(np.clip((time - lights_s[0]) / rise_s, 0, 1))
        shape = shape * fall(np.clip((time - fall_at_s) / fall_s, 0, 1))
        proper = level_n * shape * self._steadiness(time, lights_s[0] + rise_s, hold_s)
        curve = np.maximum(proper, level_n * self._lights(time, lights_s, fall_at_s + fall_s))
        grid_s = as_samples(self.origin_s + (first + np.arange(len(time))) * self.step_s)
        hold = define(grid_s, curve, level_n)
        if hold is not None and first >= 0:
            onset = int(np.argmax(proper > ONSET_SHARE * hold.plateau_n))
            whole = np.flatnonzero(curve > ONSET_SHARE * hold.plateau_n)
            hold = TrueHold(
                hold.start_s,
                hold.end_s,
                hold.plateau_n,
                hold.peak_n,
                float(grid_s[whole[0]]),
                float(grid_s[onset]),
                float(grid_s[whole[-1]]),
            )
            self.presses.append(Press(first, curve, hold))
        return start_s + length_s

    def _steadiness(self, time_s: Samples, top_s: float, hold_s: float) -> Samples:
        random, count = self.random, len(time_s)
        sag = 1 - random.uniform(0, 0.15) * np.clip((time_s - top_s) / max(hold_s, 3.0), 0, 1)
        wander = random.uniform(*self.scene.wander) * red_noise(count, self.step_s, 0.4, random)
        shake = random.uniform(0.003, 0.015) * tremor(
            count, self.step_s, random.uniform(7, 11), random
        )
        if hold_s > 0.6 and self.chance(self.scene.double_share):
            middle_s, width_s = top_s + hold_s / 2, random.uniform(0.05, 0.12)
            # Not below half of the plateau: that would be two holds by the definition.
            sag = sag * (
                1 - random.uniform(0.1, 0.3) * np.exp(-(((time_s - middle_s) / width_s) ** 2))
            )
        return np.asarray(sag * (1 + np.clip(wander, -0.12, 0.12) + np.clip(shake, -0.05, 0.05)))

    def _lights(self, time_s: Samples, lights_s: list[float], over_s: float) -> Samples:
        """Return (n,) the share that is pressed lightly before and after the press proper."""
        before = self.random.uniform(0.05, 0.2) * cosine_step(time_s / 0.2) * (lights_s[0] > 0)
        before[time_s > lights_s[0] + 0.3] = 0.0
        level = self.random.uniform(0.05, 0.15) * (lights_s[1] > 0)
        after = level * cosine_step((over_s + lights_s[1] - time_s) / 0.2)
        after[time_s < over_s - 0.3] = 0.0
        return np.maximum(before, after)


def draw_presses(scene: Scene, random: Random, step_s: float, origin_s: float) -> Exercise:
    """Return presses until past the end of the scene, drawn on a grid that begins at `origin_s`."""
    pen = Pen(scene, random, step_s, origin_s, [])
    rests_s: list[tuple[float, float]] = []
    now_s = random.uniform(1.5, 4.0)
    if scene.cuts_first:
        now_s = -random.uniform(0.8, 1.5)
        now_s = pen.press(now_s, random.uniform(0.3, 0.9) * scene.mvc_n, random.uniform(2, 4)) + 1.5
    while now_s < scene.duration_s:
        is_low_set = pen.chance(0.25 * scene.low_share)
        for _ in range(int(random.integers(6, 30))):
            now_s = _draw_repetition(pen, now_s, is_low=is_low_set or pen.chance(scene.low_share))
            now_s += random.uniform(0.35, 2.5)
        rest_s = random.uniform(11.0, 40.0)
        rests_s.append((now_s + 0.5, now_s + rest_s - 0.5))
        now_s += rest_s
    return Exercise(tuple(pen.presses), tuple(rests_s))


def _draw_repetition(pen: Pen, now_s: float, *, is_low: bool) -> float:
    random, scene = pen.random, pen.scene
    share = random.uniform(0.1, 0.25) if is_low else random.uniform(0.25, 0.9)
    level_n = share * scene.mvc_n
    if pen.chance(scene.double_share):
        now_s = pen.press(now_s, level_n, random.uniform(0.1, 0.8)) + random.uniform(0.15, 0.4)
        return pen.press(now_s, level_n * random.uniform(0.6, 1.0), random.uniform(0.1, 0.8))
    hold_s = random.uniform(0.1, 3.5)
    if pen.chance(0.04):
        hold_s = random.uniform(6.0, 20.0)
    return pen.press(now_s, level_n, hold_s)


def define(time_s: Samples, force_n: Samples, plateau_n: float) -> TrueHold | None:
    """Return the hold of a voluntary force by the definition; None where it is shorter than .1 s.

    `plateau_n` is where to begin; plateau and crossings are taken in turn until they agree.
    """
    first = last = 0
    for _ in range(30):
        inside = np.flatnonzero(force_n > plateau_n / 2)
        if len(inside) < 4:
            return None
        first, last = int(inside[0]), int(inside[-1])
        quarter = (last - first + 1) // 4
        moved_n = float(np.median(force_n[first + quarter : last + 1 - quarter]))
        if moved_n == plateau_n:
            break
        plateau_n = moved_n
    before, after = [max(first - 1, 0), first], [last, min(last + 1, len(force_n) - 1)]
    start_s = float(np.interp(plateau_n / 2, force_n[before], time_s[before]))
    end_s = float(np.interp(plateau_n / 2, force_n[after[::-1]], time_s[after[::-1]]))
    if end_s - start_s < 0.1:
        return None
    return TrueHold(start_s, end_s, plateau_n, float(force_n[first : last + 1].max()))
