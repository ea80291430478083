"""Simulated tapping feet: pulses of several shapes, lifts off the pad, unrest without taps."""

from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FloatArray

OVER = 8
"""Points per sample before the converter."""


@dataclass(frozen=True)
class Tapping:
    """Samples and the times at which the taps begin."""

    time_s: FloatArray
    force_n: FloatArray
    taps_s: FloatArray


@dataclass(frozen=True)
class Manner:
    """How somebody taps."""

    shape: str = "half sine"
    lowest_n: float = 8.0
    spread: float = 4.0
    """Highest over lowest tap."""
    cv: float = 0.08
    slowing: float = 0.0
    """Share of the rate lost from the first tap to the last."""
    bounces: float = 0.0
    """Share of the taps with a second contact 20 to 80 ms after the first."""
    rest_n: float = 20.0
    noise_n: float = 0.05


SHAPES = ("half sine", "bell", "impact", "block", "two humps")


def tap(manner: Manner, rate_hz: float, tap_hz: float, seed: int, lasts_s: float = 30.0) -> Tapping:
    """Return taps between rests of two seconds, on a level that sways and drifts."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round((lasts_s + 4) * rate_hz) * OVER) / (rate_hz * OVER)
    force_n = np.zeros_like(time_s)
    touch = np.ones_like(time_s)
    taps_s: list[float] = []
    at_s = 2.0
    while at_s < lasts_s + 2:
        gone = (at_s - 2) / lasts_s
        interval_s = np.clip(1 + manner.cv * rng.normal(), 0.6, 1.5)
        interval_s /= tap_hz * (1 - manner.slowing * gone)
        height_n = manner.lowest_n * manner.spread ** rng.random()
        if manner.shape == "lift":
            _lift(time_s, touch, at_s, rng.uniform(0.3, 1.0) * min(0.35, 0.5 * interval_s))
            _add(time_s, force_n, at_s, 0.08, height_n * rng.random(), "half sine")
        else:
            long_s = max(0.05, min(rng.uniform(0.05, 0.4), 0.75 * interval_s))
            _add(time_s, force_n, at_s, long_s, height_n, manner.shape)
            if rng.random() < manner.bounces:
                again_s = at_s + min(long_s, 0.05) + rng.uniform(0, 0.03)
                lower_n = height_n * rng.uniform(0.2, 0.5)
                _add(time_s, force_n, again_s, rng.uniform(0.035, 0.08), lower_n, "half sine")
        taps_s.append(at_s)
        at_s += interval_s
    force_n = np.maximum((force_n + level(time_s, rng, manner.rest_n)) * touch, 0.0)
    for _ in range(4):
        force_n = np.convolve(force_n, np.full(OVER, 1 / OVER), "same")
    sampled = slice(OVER * round(0.2 * rate_hz), -OVER * round(0.2 * rate_hz), OVER)
    noisy_n = force_n[sampled] + manner.noise_n * rng.normal(size=len(force_n[sampled]))
    return Tapping(time_s[sampled], noisy_n, np.array(taps_s))


def level(time_s: FloatArray, rng: np.random.Generator, rest_n: float) -> FloatArray:
    """Return newtons of a foot at rest that sways at .05 to 1 Hz and drifts."""
    total = rest_n + 3.0 * np.sin(2 * np.pi * time_s / 25 + rng.uniform(0, 6))
    for sway_hz in np.geomspace(0.05, 1.0, 8):
        total += 0.25 * np.cos(2 * np.pi * sway_hz * time_s + rng.uniform(0, 6))
    return np.asarray(total)


def fidgeting(rate_hz: float, seed: int, lasts_s: float, *, per_min: float) -> Tapping:
    """Return a foot at rest that fidgets and shifts its weight."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(lasts_s * rate_hz)) / rate_hz
    force_n = level(time_s, rng, 30.0) + 0.05 * rng.normal(size=len(time_s))
    at_s = 0.0
    while (at_s := at_s + rng.exponential(60 / per_min)) < lasts_s - 4:
        height_n = 2 * np.exp(0.5 * rng.normal()) * rng.choice([1, 1, 1, -1])
        _add(time_s, force_n, at_s, rng.uniform(0.06, 0.3), height_n, "half sine")
        shift_s = at_s + rng.uniform(0, 3)
        force_n += 2 * rng.normal() * np.clip((time_s - shift_s) / rng.uniform(1, 3), 0, 1)
    return Tapping(time_s, force_n, np.empty(0))


def _add(
    time_s: FloatArray, force_n: FloatArray, at_s: float, long_s: float, high_n: float, shape: str
) -> None:
    first, stop = time_s.searchsorted((at_s, at_s + long_s))
    share = (time_s[first:stop] - at_s) / long_s
    edge = np.minimum(share, 1 - share)
    forms = {
        "half sine": np.sin(np.pi * share),
        "bell": 0.5 - 0.5 * np.cos(2 * np.pi * share),
        "impact": share / 0.2 * np.exp(1 - share / 0.2) * (1 - share) ** 0.3,
        "block": np.clip(edge / 0.15, 0, 1),
        "two humps": np.clip(edge / 0.12, 0, 1)
        * (1 - 0.35 * np.exp(-(((share - 0.5) / 0.15) ** 2))),
    }
    force_n[first:stop] += high_n * forms[shape]


def _lift(time_s: FloatArray, touch: FloatArray, back_s: float, air_s: float) -> None:
    """Take the foot off the pad until `back_s`."""
    first, stop = time_s.searchsorted((back_s - air_s - 0.03, back_s + 0.02))
    near_s = time_s[first:stop]
    off = np.clip((back_s - air_s - near_s) / 0.03, 0, 1)
    on = np.clip((near_s - back_s) / 0.02, 0, 1)
    touch[first:stop] = np.minimum(touch[first:stop], np.maximum(off, on))
