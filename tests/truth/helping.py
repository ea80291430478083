"""Presses on four cells with and without help of the ankle: the statics of a foot, and its tilt.

The foot balances about the ankle at every sample. Clean presses move the ankle too, by a person's
own law: the long flexors' share grows with the press by a power of its own, an antagonist takes
some of it back, and the leg leans. Help adds a moment. Cells lie somewhat off where they are said
to lie, and none of them pulls.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.truth.generator import BEYOND_S, FINE, Foot, Take, receive
from tests.truth.laws import Random, Samples, as_samples, pink_noise
from tests.truth.presses import Exercise, Pen
from tests.truth.scene import FOUR_CELLS, Scene

PLACES_M: Final = (0.185, 0.165, 0.120, -0.045)
"""Where the cells are said to lie, forward of the ankle; the third is the toes' own axis."""

EXTRAS_NM: Final = (1.0, 1.5, 2.0, 3.0, 5.0)
IMU: Final = ("ax_ms2", "ay_ms2", "az_ms2", "gx_dps", "gy_dps", "gz_dps")
GRAVITY_MS2: Final = 9.81
REPS: Final = 50
TYPICAL_NM: Final = 2.0
"""Toe moment of a middling press, about which the power law is written."""


@dataclass(frozen=True, slots=True)
class Person:
    """What one foot is like; ratios and spreads are assumed."""

    places_m: tuple[float, ...]
    """Where the cells really lie"""
    gains: tuple[float, ...]
    hallux_share: float
    clean_ratio: float
    """Ankle moment over toe moment of a middling clean press"""
    power: float
    ratio_spread: float
    lean_n: float
    """Standard deviation of the leg's push from press to press"""
    lean_at_m: float
    sway_n: float
    tilt_deg_nm: float
    """Heel rise per moment of help"""


@dataclass(frozen=True, slots=True)
class HelpedTake:
    """A recording of four cells and an inertial sensor, and the help in every press."""

    take: Take
    extras_nm: tuple[float, ...]


def draw_person(random: Random) -> Person:
    """Return somebody."""
    return Person(
        places_m=tuple(x + random.normal(0, 0.004) for x in PLACES_M),
        gains=tuple(1 + random.normal(0, 0.01) for _ in PLACES_M),
        hallux_share=random.uniform(0.4, 0.7),
        clean_ratio=random.uniform(0.2, 1.8),
        power=random.uniform(0.9, 1.2),
        ratio_spread=random.uniform(0.1, 0.25),
        lean_n=6.0,
        lean_at_m=random.uniform(-0.005, 0.015),
        sway_n=random.uniform(0.3, 2.0),
        tilt_deg_nm=random.lognormal(np.log(0.5), 0.4),
    )


def record_helped(seed: int, *, is_coached: bool) -> HelpedTake:
    """Return one recording; of the first ten presses none is helped where they are coached."""
    random = np.random.default_rng(seed)
    person = draw_person(random)
    scene = Scene(
        rate_hz=float(random.choice([80.0, 92.9, 100.0])),
        channels=FOUR_CELLS,
        duration_s=REPS * 4.5 + 8,
        lost_share=0.002,
        jitter=0.02,
        wander=(0.01, 0.03),
    )
    step_s = 1 / (FINE * scene.rate_hz)
    fine_s = as_samples(-BEYOND_S + np.arange(round((scene.duration_s + 60) / step_s)) * step_s)
    exercise = _draw_reps(Pen(scene, random, step_s, -BEYOND_S, []))
    share = random.uniform(0.2, 0.3)
    is_helped = random.random(REPS) < share
    if is_coached:
        is_helped[:10] = False
    extras = np.where(is_helped, random.choice(EXTRAS_NM, REPS), 0.0)
    changes, help_nm = _balance(person, random, exercise, extras, len(fine_s))
    cells = _load(person, random, changes, fine_s)
    imu = _sense(person, random, help_nm, fine_s)
    at = np.arange(
        round(BEYOND_S * scene.rate_hz) * FINE, np.searchsorted(fine_s, scene.duration_s), FINE
    )
    table = np.column_stack([cells, imu])[at]
    take = receive(scene, random, fine_s[at], table, Foot(exercise.presses, ()))
    return HelpedTake(take, tuple(extras.tolist()))


def _draw_reps(pen: Pen) -> Exercise:
    now_s, random = 3.0, pen.random
    for _ in range(REPS):
        level_n = random.uniform(15, 70)
        now_s = pen.press(now_s, level_n, random.uniform(0.8, 2.2)) + random.uniform(0.7, 1.5)
    return Exercise(tuple(pen.presses), ())


def _balance(
    person: Person, random: Random, exercise: Exercise, extras_nm: Samples, count: int
) -> tuple[Samples, Samples]:
    """Return (n, 4) newtons by which presses change the cells, and (n,) moments of help."""
    changes, help_nm = np.zeros((count, 4)), np.zeros(count)
    hallux_m, toes_m, ball_m, heel_m = person.places_m
    for press, extra_nm in zip(exercise.presses, extras_nm.tolist(), strict=True):
        force = press.curve_n
        shape = force / press.hold.plateau_n
        share = float(np.clip(person.hallux_share + random.normal(0, 0.05), 0.1, 0.9))
        hallux, toes = share * force, (1 - share) * force
        toe_nm = hallux * (hallux_m - ball_m) + toes * (toes_m - ball_m)
        ratio = person.clean_ratio * (1 - random.uniform(0, 0.15))
        ratio += random.normal(0, person.ratio_spread)
        clean_nm = ratio * TYPICAL_NM * (np.maximum(toe_nm, 0) / TYPICAL_NM) ** person.power
        lean_n = random.normal(0, person.lean_n) * shape
        ankle_nm = clean_nm + extra_nm * shape + lean_n * person.lean_at_m
        # Heel and ball carry what balances force and moment about the ankle.
        rest_nm = ankle_nm - hallux * hallux_m - toes * toes_m
        rest_n = lean_n - force
        heel = (ball_m * rest_n - rest_nm) / (ball_m - heel_m)
        part = slice(press.first, press.first + len(force))
        changes[part] += np.column_stack([hallux, toes, rest_n - heel, heel])
        help_nm[part] += extra_nm * shape
    return changes, help_nm


def _load(person: Person, random: Random, changes_n: Samples, time_s: Samples) -> Samples:
    """Return (n, 4) newtons of the cells: rest load, sway from heel to ball, gains, noise."""
    load_n = random.uniform(250, 450)
    rest_n = load_n * np.array([0.06, 0.05, 0.40, 0.49])
    sway = person.sway_n * pink_noise(len(time_s), float(time_s[1] - time_s[0]), (0.02, 2), random)
    # Sway is small on the toes: a foot balances between ball and heel.
    pattern = np.array([0.05, 0.05, 0.9, -1.0])
    cells = np.maximum(rest_n + changes_n + sway[:, None] * pattern, 0.0)
    cells = cells * np.array(person.gains)
    return np.asarray(cells + random.normal(0, 0.02, cells.shape))


def _sense(person: Person, random: Random, help_nm: Samples, time_s: Samples) -> Samples:
    """Return (n, 6) of an inertial sensor on the foot whose heel rises with the help."""
    step_s = float(time_s[1] - time_s[0])
    wander = random.uniform(0.1, 0.3) * pink_noise(len(time_s), step_s, (0.02, 1), random)
    pitch_deg = random.uniform(-8, 8) + person.tilt_deg_nm * help_nm + wander
    pitch = np.radians(pitch_deg)
    zero = np.zeros(len(pitch))
    # A heel that rises turns forward down: x then points below the horizon.
    accel = GRAVITY_MS2 * np.column_stack([-np.sin(pitch), zero, np.cos(pitch)])
    turn = np.column_stack([zero, np.gradient(pitch_deg, step_s), zero])
    accel += random.normal(0, 0.05, 3) + random.normal(0, 0.03, accel.shape)
    turn += random.normal(0, 0.3, 3) + random.normal(0, 0.08, turn.shape)
    return np.column_stack([accel, turn])
