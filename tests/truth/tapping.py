"""Foot taps with a known count: on a force cell, or as the foot's tilt in an inertial sensor."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.truth.helping import GRAVITY_MS2, IMU
from tests.truth.laws import Random, Samples, as_samples, cosine_step, red_noise

TAPPING_S: Final = 30.0
FINE_HZ: Final = 2000.0


@dataclass(frozen=True, slots=True)
class TapPlan:
    """How a foot taps."""

    rate_hz: float
    """At the beginning"""
    is_imu: bool = False
    slowing: float = 0.0
    """Share of the rate lost by the end"""


@dataclass(frozen=True, slots=True)
class TapTake:
    """A recording of taps."""

    columns: dict[str, Samples]
    times_s: Samples
    """(n,) when the foot struck, by the law that it was drawn from"""


def record_taps(plan: TapPlan, seed: int) -> TapTake:
    """Return one recording; the same plan and seed give the same samples."""
    random = np.random.default_rng(seed)
    strikes = _draw_strikes(plan, random)
    fine_s = as_samples(np.arange(0, strikes[-1] + 3.0, 1 / FINE_HZ))
    sample_hz = float(random.choice([80.0, 92.9, 100.0, 200.0]))
    at = np.arange(0, len(fine_s), FINE_HZ / sample_hz).astype(np.int64)
    time_s = fine_s[at] + random.normal(0, 0.02, len(at)).clip(-0.2, 0.2) / sample_hz
    if plan.is_imu:
        columns = dict(zip(IMU, _tilt(random, fine_s, strikes)[at].T, strict=True))
    else:
        force = _force(random, fine_s, strikes)
        # A converter's sample is a mean over its period.
        width = int(FINE_HZ / sample_hz)
        padded = np.pad(force, (width // 2, width - 1 - width // 2), mode="edge")
        force = np.convolve(padded, np.ones(width) / width, mode="valid")[at]
        role = str(random.choice(["force_n", "toes_n", "ball_n"]))
        columns = {role: as_samples(force + random.normal(0, 0.05, len(at)))}
    is_kept = random.random(len(at)) > 0.002
    columns = {name: values[is_kept] for name, values in columns.items()}
    return TapTake({"t_s": time_s[is_kept], **columns}, strikes)


def _draw_strikes(plan: TapPlan, random: Random) -> Samples:
    """Return when the foot strikes: intervals that scatter and grow."""
    spread = random.uniform(0.03, 0.12)
    strikes = [random.uniform(2.0, 4.0)]
    end_s = strikes[0] + TAPPING_S
    while True:
        done = (strikes[-1] - strikes[0]) / TAPPING_S
        rate_hz = plan.rate_hz * (1 - plan.slowing * done)
        scatter = float(np.clip(1 + spread * random.normal(), 0.7, 1.3))
        strikes.append(strikes[-1] + scatter / rate_hz)
        if strikes[-1] > end_s:
            return np.array(strikes[:-1])


def _force(random: Random, time_s: Samples, strikes_s: Samples) -> Samples:
    """Return (n,) newtons: a foot that hovers and strikes, or one that lies and lifts its toes."""
    is_hovering = random.random() < 0.5
    load_n = 0.0 if is_hovering else random.uniform(15, 40)
    force = np.full(len(time_s), load_n)
    size_n = random.uniform(8, 40)
    gaps_s = np.append(np.diff(strikes_s), np.diff(strikes_s)[-1])
    for at_s, gap_s in zip(strikes_s.tolist(), gaps_s.tolist(), strict=True):
        height_n = size_n * random.lognormal(0, 0.25)
        first, stop = np.searchsorted(time_s, (at_s, at_s + min(gap_s, 0.4)))
        since = time_s[first:stop] - at_s
        contact_s = random.uniform(0.25, 0.45) * min(gap_s, 0.5)
        strike = (1 - np.exp(-since / 0.004)) * np.exp(-((since / contact_s) ** 2))
        if random.random() < 0.2:
            strike = strike + 0.25 * np.exp(-(((since - 0.05) / 0.008) ** 2))
        force[first:stop] += height_n * strike
        if not is_hovering:
            off_s = random.uniform(0.35, 0.5) * min(gap_s, 0.8)
            begin, end = np.searchsorted(time_s, (at_s - off_s, at_s))
            u = (time_s[begin:end] - at_s + off_s) / off_s
            force[begin:end] -= load_n * cosine_step(u / 0.4)
    sway = random.uniform(0.05, 0.3) * red_noise(len(time_s), 1 / FINE_HZ, 0.5, random)
    return as_samples(np.maximum(force, 0.0) + sway)


def _tilt(random: Random, time_s: Samples, strikes_s: Samples) -> Samples:
    """Return (n, 6) of a foot whose toes rise before every strike, an impact with each."""
    toes_up_deg = np.zeros(len(time_s))
    jolt_ms2 = np.zeros(len(time_s))
    size_deg = random.uniform(8, 25)
    gaps_s = np.append(np.diff(strikes_s)[:1], np.diff(strikes_s))
    for at_s, gap_s in zip(strikes_s.tolist(), gaps_s.tolist(), strict=True):
        rise_s = random.uniform(0.5, 0.7) * min(gap_s, 0.9)
        fall_s = random.uniform(0.2, 0.3) * min(gap_s, 0.6)
        begin, end = np.searchsorted(time_s, (at_s - rise_s - fall_s, at_s))
        since = time_s[begin:end] - (at_s - rise_s - fall_s)
        shape = cosine_step(since / rise_s) * (1 - cosine_step((since - rise_s) / fall_s))
        toes_up_deg[begin:end] += size_deg * random.lognormal(0, 0.2) * shape
        first, stop = np.searchsorted(time_s, (at_s, at_s + 0.08))
        since = time_s[first:stop] - at_s
        shake = np.exp(-since / 0.012) * np.sin(2 * np.pi * 40 * since)
        jolt_ms2[first:stop] += random.uniform(3, 12) * shake
    pitch = -np.radians(toes_up_deg)
    zero = np.zeros(len(pitch))
    accel = GRAVITY_MS2 * np.column_stack([-np.sin(pitch), zero, np.cos(pitch)])
    accel[:, 2] += jolt_ms2
    turn = np.column_stack([zero, np.gradient(np.degrees(pitch), 1 / FINE_HZ), zero])
    accel += random.normal(0, 0.05, 3) + random.normal(0, 0.05, accel.shape)
    turn += random.normal(0, 0.5, 3) + random.normal(0, 0.1, turn.shape)
    return np.column_stack([accel, turn])
