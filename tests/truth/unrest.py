"""All that a pad feels and that is no press: sway, fidgets, shifts, lifted feet, creep, drift."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from tests.truth.laws import Random, Samples, cosine_step, pink_noise, red_noise
from tests.truth.scene import Scene


@dataclass(frozen=True, slots=True)
class Lift:
    """A foot that leaves the pad, in part or whole, and comes back."""

    off_s: float
    fall_s: float
    on_s: float
    rise_s: float
    depth: float
    load: float
    """The load that it comes back to, over the one before"""

    def share(self, time_s: Samples) -> Samples:
        """Return (n,) the share of the load that is on the pad."""
        off = self.depth * cosine_step((time_s - self.off_s) / self.fall_s)
        back = (self.load - 1 + self.depth) * cosine_step((time_s - self.on_s) / self.rise_s)
        return np.asarray(1 - off + back)


def draw_lifts(
    scene: Scene, random: Random, rests_s: tuple[tuple[float, float], ...]
) -> tuple[Lift, ...]:
    """Return in which rests between sets a foot leaves the pad, and how."""
    lifts: list[Lift] = []
    for from_s, to_s in rests_s:
        if random.random() < scene.lift_share:
            off_s = random.uniform(from_s, from_s + 2)
            lifts.append(
                Lift(
                    off_s=off_s,
                    fall_s=random.uniform(0.2, 0.8),
                    on_s=random.uniform(off_s + 1.5, to_s - 2),
                    rise_s=random.uniform(0.3, 1.0),
                    depth=1.0 if random.random() < 0.5 else random.uniform(0.3, 0.9),
                    load=random.uniform(0.85, 1.15),
                )
            )
    return tuple(lifts)


def draw_unrest(
    scene: Scene, random: Random, time_s: Samples, pressed_n: Samples, lifts: tuple[Lift, ...]
) -> Samples:
    """Return (n,) newtons besides the voluntary force `pressed_n`; rest load included."""
    count, step_s = len(time_s), float(time_s[1] - time_s[0])
    duration_s = float(time_s[-1] - time_s[0])
    load_n = random.uniform(4, 30) * scene.unrest_n
    sway = 0.8 * pink_noise(count, step_s, (0.02, 2.5), random)
    sway += 0.6 * red_noise(count, step_s, 0.5, random)
    force = load_n + scene.sway_share * scene.unrest_n * sway
    for _ in range(random.poisson(scene.fidgets_per_min * duration_s / 60)):
        _add_fidget(force, scene, random, time_s)
    for _ in range(random.poisson(scene.shifts_per_min * duration_s / 60)):
        at_s, long_s = random.uniform(time_s[0], time_s[-1]), random.uniform(0.8, 3)
        force += 0.75 * random.normal() * scene.unrest_n * cosine_step((time_s - at_s) / long_s)
    force += scene.drift_n * (1 - np.exp(-(time_s - time_s[0]) / 300))
    force += _creep(scene, pressed_n, step_s)
    for lift in lifts:
        force *= lift.share(time_s)
    force += scene.ripple_n * np.sin(2 * np.pi * 29.7 * time_s + random.uniform(0, 6))
    return np.asarray(force)


def _add_fidget(force_n: Samples, scene: Scene, random: Random, time_s: Samples) -> None:
    """Add one fidget; one in four pulls."""
    at_s, long_s = random.uniform(time_s[0], time_s[-1]), random.uniform(0.06, 0.3)
    first, stop = np.searchsorted(time_s, (at_s, at_s + long_s))
    u = (time_s[first:stop] - at_s) / long_s
    # A skewed bump, highest after a third of it, of height 1.
    bump = 6.75 * u * (1 - u) ** 2
    size_n = scene.unrest_n * random.lognormal(0, 0.5)
    force_n[first:stop] += size_n * bump * (-1 if random.random() < 0.25 else 1)


def _creep(scene: Scene, pressed_n: Samples, step_s: float) -> Samples:
    """Return (n,) newtons that presses leave behind, forgotten within two minutes."""
    if scene.creep_share == 0:
        return np.zeros(len(pressed_n))
    keep = float(np.exp(-step_s / 120))
    return np.asarray(lfilter([step_s * scene.creep_share], [1.0, -keep], pressed_n))
