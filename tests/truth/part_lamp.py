"""The lamp's curve: how early it lights against how often it is wrong."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final
from unittest import mock

from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.intervals import bootstrap, rate
from tests.truth.part_holds import Job, score_job
from tests.truth.scene import draw_hard
from tests.truth.scoring import HoldScore, quantile
from trainer.detect import lamp

FACTORS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Of what the lamp asks for; 1 is the product."""

ASKED: Final = ("IMPULSE_S", "MOST_IMPULSE_S", "STRANGE_N_S", "BUMP_MARGIN")
"""Constants of trainer/detect/lamp.py that the impulse is held against."""

RECORDINGS: Final = 16
QUICK: Final = 4


@dataclass(frozen=True, slots=True)
class CurveJob:
    """One recording, and how much the lamp asks for."""

    job: Job
    factor: float


def score_curve_job(one: CurveJob) -> HoldScore:
    """Return the score of one recording with a lamp that asks for more or less."""
    # The lamp is no setting of the product, so its constants are changed in place, here only.
    with ExitStack() as stack:
        for name in ASKED:
            asked = one.factor * float(getattr(lamp, name))
            stack.enter_context(mock.patch.object(lamp, name, asked))
        return score_job(one.job)


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the curve: the same hard recordings at every factor."""
    used = seeds[: QUICK if is_quick else RECORDINGS]
    figures: list[Figure] = []
    for factor in FACTORS:
        jobs = [CurveJob(Job(draw_hard, seed), factor) for seed in used]
        scores = run_all(score_curve_job, jobs, f"lamp, times {factor:g}", say)
        quarters = sum(score.duration_s for score in scores) / 900
        false = rate(sum(score.false_lamps for score in scores), quarters)
        name = f"impulse times {factor:g}"
        figures.append(Figure(f"{name}: false lamps per 15 min", false))
        for word, at in (("median", 0.5), ("95 %", 0.95)):
            late = bootstrap(scores, quantile(lambda s: [*s.lamp_s, *s.weak_lamp_s], at))
            figures.append(Figure(f"{name}: latency, {word}", late.scaled(1e3), "ms"))
    yield Table(f"The lamp's curve: {len(used)} hard recordings of 15 min", tuple(figures))
