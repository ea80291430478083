"""Scenes: what a recording shows, drawn at random from an easy and several hard families."""

from dataclasses import dataclass, replace
from typing import Final

from tests.truth.laws import Random

FOUR_CELLS: Final = ("hallux", "toes", "ball", "heel")
CHANNELS: Final = (("force",), ("hallux", "toes"), FOUR_CELLS, ("dome",))

RATES_HZ: Final = (80.0, 87.7, 92.9, 100.0, 160.0, 240.0)
"""Two of them measured on boards that are sold as 80 Hz."""

UNREST_N: Final = 2.0
"""Median fidget of a foot with a maximum of 100 N; assumed, as all sizes here are."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a recording shows; shares are of presses, rates per minute."""

    mvc_n: float = 100.0
    """0 for a foot that only rests."""
    rate_hz: float = 92.9
    duration_s: float = 900.0
    channels: tuple[str, ...] = ("force",)
    unit: str = "n"
    """`n`, `kg` or `counts`: that of the file's columns."""
    range_n: float = 1000.0
    """What a cell's converter can tell at most, about; more is cut off there."""
    unrest_n: float = UNREST_N
    """Median fidget; sway and shifts of posture scale with it."""
    sway_share: float = 0.15
    """Standard deviation of the sway over `unrest_n`."""
    fidgets_per_min: float = 1.0
    shifts_per_min: float = 0.5
    lift_share: float = 0.0
    """Share of the rests between sets in which the foot leaves the pad."""
    low_share: float = 0.1
    """At 10-25 % of the maximum; the others at 25-90 %."""
    light_share: float = 0.0
    """With a light press of 5-20 % before; half as many end in one of 5-15 %."""
    double_share: float = 0.0
    """Two presses 0.15-0.4 s apart; and of those with a dip inside."""
    slow_share: float = 0.0
    """Rising for 0.8-2 s."""
    kick_share: float = 0.0
    """With an impact of 50 ms before."""
    wander: tuple[float, float] = (0.01, 0.05)
    """Least and most of the standard deviation of the force within a press, over its level."""
    creep_share: float = 0.0
    """Rest gained by a second of press, over its force."""
    drift_n: float = 0.0
    """By the end, at most."""
    ripple_n: float = 0.0
    lost_share: float = 0.0
    glitch_share: float = 0.0
    jitter: float = 0.0
    """Standard deviation of the stamps in sample periods."""
    gaps: int = 0
    steps_clock: bool = False
    cuts_first: bool = False
    cuts_last: bool = False


def draw_easy(random: Random, duration_s: float = 900.0) -> Scene:
    """Return a calm recording of an ordinary foot."""
    return Scene(
        mvc_n=_log_uniform(random, 50, 200),
        rate_hz=float(random.choice(RATES_HZ)),
        duration_s=duration_s,
        channels=CHANNELS[int(random.integers(len(CHANNELS)))],
        unit=str(random.choice(["n", "kg"])),
        sway_share=random.uniform(0.05, 0.15),
        lost_share=0.002,
        jitter=0.01,
        cuts_last=True,
    )


def draw_hard(random: Random, duration_s: float = 900.0) -> Scene:
    """Return a recording with every trouble at once."""
    mvc_n = _log_uniform(random, 30, 300)
    unrest_n = UNREST_N * (mvc_n / 100) ** 0.7
    return Scene(
        mvc_n=mvc_n,
        rate_hz=float(random.choice(RATES_HZ)) * random.uniform(0.99, 1.01),
        duration_s=duration_s,
        channels=CHANNELS[int(random.integers(len(CHANNELS)))],
        unit=str(random.choice(["n", "kg"])),
        range_n=8 * mvc_n,
        unrest_n=unrest_n,
        sway_share=random.uniform(0.15, 0.6),
        fidgets_per_min=3.0,
        shifts_per_min=1.5,
        lift_share=0.2,
        low_share=0.2,
        light_share=0.15,
        double_share=0.12,
        slow_share=0.05,
        kick_share=0.05,
        creep_share=random.uniform(0.0, 0.003),
        drift_n=random.normal(0, 1) * unrest_n,
        ripple_n=random.uniform(0, 0.03),
        lost_share=0.006,
        glitch_share=1e-4,
        jitter=random.uniform(0.02, 0.15),
        gaps=int(random.poisson(2.0)),
        steps_clock=bool(random.random() < 0.3),
        cuts_first=bool(random.random() < 0.3),
        cuts_last=bool(random.random() < 0.7),
    )


def draw_weak(random: Random, duration_s: float = 900.0) -> Scene:
    """Return a hard recording of presses between 1 and 18 N."""
    scene = _rescaled(random, draw_hard(random, duration_s), (4, 20))
    return replace(scene, low_share=0.0)


def draw_strong(random: Random, duration_s: float = 900.0) -> Scene:
    """Return a hard recording of presses of up to 500 N."""
    return _rescaled(random, draw_hard(random, duration_s), (300, 500))


def draw_counts(random: Random, duration_s: float = 900.0) -> Scene:
    """Return a hard recording in raw counts; in half of them strong presses overload a cell."""
    scene = draw_hard(random, duration_s)
    if random.random() < 0.5:
        return replace(scene, unit="counts")
    # Ball and heel carry the body: they would be overloaded all the time.
    channels = scene.channels if scene.channels != FOUR_CELLS else ("hallux", "toes")
    range_n = (random.uniform(0.5, 0.9) * scene.mvc_n + 20 * scene.unrest_n) / len(channels)
    return replace(scene, unit="counts", range_n=range_n, channels=channels)


def draw_glitchy(random: Random, duration_s: float = 900.0) -> Scene:
    """Return an easy recording with ten times as many glitches as a hard one has."""
    return replace(draw_easy(random, duration_s), glitch_share=1e-3)


def draw_rest(random: Random, duration_s: float = 900.0) -> Scene:
    """Return a recording of a foot that only rests, as restlessly as in a hard one."""
    scene = draw_hard(random, duration_s)
    return replace(scene, mvc_n=0.0, cuts_first=False, cuts_last=False)


def _rescaled(random: Random, scene: Scene, mvc_n: tuple[float, float]) -> Scene:
    """Return the scene of another foot whose unrest is as large beside its presses."""
    now_n = _log_uniform(random, *mvc_n)
    ratio = now_n / scene.mvc_n
    return replace(
        scene,
        mvc_n=now_n,
        range_n=scene.range_n * ratio,
        unrest_n=scene.unrest_n * ratio,
        drift_n=scene.drift_n * ratio,
    )


def _log_uniform(random: Random, low: float, high: float) -> float:
    return float(low * (high / low) ** random.random())
