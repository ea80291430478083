"""Recordings with known truth: a foot and its troubles, drawn from laws of their own.

Shares no code with the detectors nor with the simulated foot of `trainer/sources`. The truth is the
voluntary force before any trouble is added, judged by the definition alone: plateau = median of
the middle half, start and end = crossings of half of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.float64]


def _smooth(u: Samples) -> Samples:
    """Return the minimum-jerk rise from 0 to 1."""
    return u**3 * (10 - 15 * u + 6 * u * u)


SHAPES: Final[tuple[Callable[[Samples], Samples], ...]] = (
    _smooth,
    lambda u: (1 - np.exp(-4 * u)) / (1 - np.exp(-4.0)),
    lambda u: u,
    lambda u: 0.3 * u + 0.7 * u**3,
)
"""How force rises from 0 to 1: smooth, early, straight, late."""

OVERHANG_S: Final = 15.0
"""Longer than any press."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a recording shows; `trouble` 1 is an ordinary one, 3 a hard one."""

    mvc_n: float = 100.0
    """0 for a foot that only rests."""
    rate_hz: float = 92.9
    duration_s: float = 300.0
    trouble: float = 1.0
    """Multiplies the size of the sway and how often it fidgets, shifts and loses samples."""
    low_share: float = 0.2
    """Share of presses at 10-25 % of the maximum; the others are at 25-90 %."""
    light_share: float = 0.15
    """Share of presses that begin with a light one, of 5-20 % of their level."""
    double_share: float = 0.1
    """Share of presses in two pulses, and of those with a dip."""
    slow_share: float = 0.1
    """Share of presses that take 0.8-2 s to rise."""
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class TrueHold:
    """One voluntary press by the definition."""

    start_s: float
    end_s: float
    plateau_n: float


@dataclass(frozen=True, slots=True)
class Take:
    """A recording: runs of samples between gaps, and what is true of them."""

    scene: Scene
    runs: tuple[tuple[Samples, Samples], ...]
    """(n,) seconds and (n,) newtons of each run"""
    holds: tuple[TrueHold, ...]
    """Those that no gap and no end of the recording cuts."""
    cut: tuple[TrueHold, ...]
    """The others."""


@dataclass(slots=True)
class _Canvas:
    time_s: Samples
    force_n: Samples
    random: np.random.Generator
    holds: list[TrueHold] = field(default_factory=list)


def record(scene: Scene, seed: int) -> Take:
    """Return one recording; the same scene and seed give the same samples."""
    random = np.random.default_rng(seed)
    count = round(scene.duration_s * scene.rate_hz)
    # Presses are drawn past the end, which then cuts the last one off.
    total = count + round(OVERHANG_S * scene.rate_hz)
    canvas = _Canvas(np.arange(total) / scene.rate_hz, np.zeros(total), random)
    if scene.mvc_n:
        _draw_sets(canvas, scene)
    true_time = canvas.time_s[:count]
    force = _smear(canvas.force_n, scene.rate_hz)[:count] + _trouble(true_time, scene, random)
    # Stamps jitter by 2 % of a period; lost samples are held, as `timing` hands them on.
    time = true_time + random.normal(0, 0.02, count).clip(-0.4, 0.4) / scene.rate_hz
    for index in np.flatnonzero(random.random(count) < 0.002 * scene.trouble):
        force[index] = force[max(int(index) - 1, 0)]
    is_kept = np.ones(count, dtype=np.bool_)
    for _ in range(scene.gaps):
        start_s = random.uniform(5, scene.duration_s - 5)
        is_kept &= (time < start_s) | (time > start_s + random.uniform(0.15, 2.0))
    cuts = np.flatnonzero(np.diff(np.flatnonzero(is_kept)) > 1) + 1
    times, forces = np.split(time[is_kept], cuts), np.split(force[is_kept], cuts)
    whole, cut = _part(canvas.holds, is_kept, true_time)
    return Take(scene, tuple(zip(times, forces, strict=True)), whole, cut)


def _part(
    holds: list[TrueHold], is_kept: npt.NDArray[np.bool_], time_s: Samples
) -> tuple[tuple[TrueHold, ...], tuple[TrueHold, ...]]:
    """Return the holds that were recorded whole, and those that were cut."""
    whole: list[TrueHold] = []
    cut: list[TrueHold] = []
    for hold in holds:
        if hold.start_s > time_s[-1]:
            continue
        beside = (time_s > hold.start_s - 0.1) & (time_s < hold.end_s + 0.1)
        is_whole = bool(is_kept[beside].all()) and hold.end_s < time_s[-1]
        (whole if is_whole else cut).append(hold)
    return tuple(whole), tuple(cut)


def _draw_sets(canvas: _Canvas, scene: Scene) -> None:
    """Draw the voluntary force, set by set."""
    random = canvas.random
    now_s = random.uniform(1.0, 4.0)
    while now_s < scene.duration_s:
        for _ in range(int(random.integers(6, 25))):
            if now_s > scene.duration_s:
                return
            is_low = random.random() < scene.low_share
            share = random.uniform(0.1, 0.25) if is_low else random.uniform(0.25, 0.9)
            for _ in range(2 if random.random() < scene.double_share else 1):
                now_s = _draw_press(canvas, scene, now_s, share * scene.mvc_n)
                now_s += random.uniform(0.15, 0.4)
            now_s += random.uniform(0.3, 2.5)
        now_s += random.uniform(5.0, 20.0)


def _draw_press(canvas: _Canvas, scene: Scene, start_s: float, level_n: float) -> float:
    """Add one press and its truth; return when it is over, in seconds."""
    random, rate_hz = canvas.random, scene.rate_hz
    is_slow = random.random() < scene.slow_share
    rise_s = float(np.clip(random.lognormal(np.log(0.3), 0.4), 0.12, 1.0))
    rise_s = random.uniform(0.8, 2.0) if is_slow else rise_s
    fall_s = float(np.clip(random.lognormal(np.log(0.22), 0.3), 0.1, 0.8))
    hold_s = random.uniform(0.25, 3.5)
    light_s = random.uniform(0.3, 1.5) if random.random() < scene.light_share else 0.0
    stop_s = start_s + light_s + rise_s + hold_s + fall_s
    first, stop = np.searchsorted(canvas.time_s, [start_s, stop_s])
    time = canvas.time_s[first:stop] - start_s
    rising = SHAPES[int(random.integers(len(SHAPES)))](np.clip((time - light_s) / rise_s, 0, 1))
    falling = 1 - _smooth(np.clip((time - light_s - rise_s - hold_s) / fall_s, 0, 1))
    steady = 1 - 0.12 * (1 - np.exp(-time / 12))
    steady *= 1 + 0.04 * _noise(len(time), rate_hz, (0.3, 3.0), random)
    steady += 0.01 * _noise(len(time), rate_hz, (7.0, 11.0), random)
    if random.random() < scene.double_share:
        middle_s = light_s + rise_s + hold_s / 2
        steady *= 1 - random.uniform(0.15, 0.4) * np.exp(-(((time - middle_s) / 0.1) ** 2))
    curve = rising * steady
    if light_s:
        light = random.uniform(0.05, 0.2) * _smooth(np.clip(time / (0.4 * light_s), 0, 1))
        curve = np.maximum(curve, light)
    curve *= level_n * falling
    canvas.force_n[first:stop] += curve
    canvas.holds.append(_by_definition(canvas.time_s[first:stop], curve, level_n))
    return stop_s


def _by_definition(time_s: Samples, force_n: Samples, plateau_n: float) -> TrueHold:
    first = last = 0
    for _ in range(20):
        inside = np.flatnonzero(force_n > plateau_n / 2)
        first, last = int(inside[0]), int(inside[-1])
        quarter = (last - first + 1) // 4
        moved = float(np.median(force_n[first + quarter : last + 1 - quarter]))
        if moved == plateau_n:
            break
        plateau_n = moved
    before, after = [max(first - 1, 0), first], [min(last + 1, len(force_n) - 1), last]
    start_s = np.interp(plateau_n / 2, force_n[before], time_s[before])
    end_s = np.interp(plateau_n / 2, force_n[after], time_s[after])
    return TrueHold(float(start_s), float(end_s), plateau_n)


def _trouble(time_s: Samples, scene: Scene, random: np.random.Generator) -> Samples:
    """Return (n,) newtons of everything that is no press: the resting foot, and the sensor."""
    count, minutes = len(time_s), scene.duration_s / 60
    force = random.uniform(5, 60) + random.normal(0, random.uniform(0.005, 0.03), count)
    sway_n = scene.trouble * random.uniform(0.15, 0.5)
    force += sway_n * _noise(count, scene.rate_hz, (0.05, 1.0), random)
    for _ in range(random.poisson(scene.trouble * minutes)):
        at_s, long_s = random.uniform(0, scene.duration_s), random.uniform(0.06, 0.3)
        first, stop = np.searchsorted(time_s, [at_s, at_s + long_s])
        shape = np.sin(np.pi * (time_s[first:stop] - at_s) / long_s) ** 2
        force[first:stop] += random.lognormal(np.log(2.0), 0.5) * shape
    for _ in range(random.poisson(0.5 * scene.trouble * minutes)):
        at_s, long_s = random.uniform(0, scene.duration_s), random.uniform(1, 3)
        force += random.normal(0, 1.5) * _smooth(np.clip((time_s - at_s) / long_s, 0, 1))
    force += random.normal(0, 0.5) * (1 - np.exp(-time_s / 400))
    creep = random.normal(0, 0.0006) * scene.mvc_n * (1 - np.exp(-time_s / 120))
    return np.asarray(force + creep)


def _noise(
    count: int, rate_hz: float, band_hz: tuple[float, float], random: np.random.Generator
) -> Samples:
    """Return (n,) noise of a band, standard deviation 1 over a long stretch."""
    size = max(count, round(4 * rate_hz / band_hz[0]))
    frequency_hz = np.fft.rfftfreq(size, 1 / rate_hz)
    is_inside = (frequency_hz >= band_hz[0]) & (frequency_hz <= band_hz[1])
    real, imaginary = random.normal(size=(2, len(frequency_hz)))
    noise = np.fft.irfft(is_inside * (real + 1j * imaginary), size)
    scale = size / np.sqrt(4 * max(1, int(np.count_nonzero(is_inside))))
    return np.asarray(noise[:count] * scale)


def _smear(force_n: Samples, rate_hz: float) -> Samples:
    """Return the force behind a converter that averages over 25 ms, its delay taken off."""
    width = max(1, round(0.025 * rate_hz)) | 1
    padded = np.pad(force_n, width // 2, mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid")
