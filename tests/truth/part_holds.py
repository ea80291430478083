"""Holds and the lamp: generated recordings through the front door, and the figures of each set."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.generator import record
from tests.truth.intervals import bootstrap, rate, share
from tests.truth.laws import Random
from tests.truth.scene import (
    Scene,
    draw_counts,
    draw_easy,
    draw_hard,
    draw_rest,
    draw_strong,
    draw_weak,
)
from tests.truth.scoring import HoldScore, ask_take, f1, quantile, score_take

Draw = Callable[[Random, float], Scene]


@dataclass(frozen=True, slots=True)
class HoldSet:
    """A family of recordings, how many of them, and what is asked of them."""

    name: str
    draw: Draw
    recordings: int
    f1: float | None = None
    is_judged: bool = False
    """The limits of holds and lamp hold for it."""
    is_rest: bool = False


SETS: Final = (
    HoldSet("easy", draw_easy, 16, f1=0.99, is_judged=True),
    HoldSet("hard", draw_hard, 64, f1=0.99, is_judged=True),
    HoldSet("hard, 1 to 18 N", draw_weak, 16),
    HoldSet("hard, up to 500 N", draw_strong, 16),
    HoldSet("hard, in raw counts, some overloaded", draw_counts, 16),
    HoldSet("rest alone, as restless", draw_rest, 16, is_rest=True),
)
QUICK: Final = 6
"""One recording in so many where time is short."""

DURATION_S: Final = 900.0


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to generate and to judge."""

    draw: Draw
    seed: int


def score_job(job: Job) -> HoldScore:
    """Return the score of one recording."""
    scene = job.draw(np.random.default_rng(job.seed), DURATION_S)
    take = record(scene, job.seed)
    with tempfile.TemporaryDirectory() as folder:
        return score_take(take, ask_take(take, Path(folder)))


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the tables of all sets; every set takes its own seeds from the front."""
    fresh = iter(seeds)
    for one in SETS:
        count = max(4, one.recordings // QUICK) if is_quick else one.recordings
        jobs = [Job(one.draw, next(fresh)) for _ in range(count)]
        scores = run_all(score_job, jobs, f"holds, {one.name}", say)
        yield tabulate(one, scores)


def tabulate(one: HoldSet, scores: Sequence[HoldScore]) -> Table:
    """Return the figures of one set."""
    minutes = sum(score.duration_s for score in scores) / 60
    title = f"Holds, {one.name}: {len(scores)} recordings of {minutes / len(scores):.0f} min"
    extra = rate(sum(len(score.extra) for score in scores), minutes / 15)
    figures = [Figure("false holds per 15 min", extra, limit=1.0 if one.is_judged else None)]
    if not one.is_rest:
        figures = [
            Figure(
                "F1", bootstrap(scores, f1).scaled(1, _count(scores)), limit=one.f1, is_least=True
            ),
            Figure("F1 of the worst recording", bootstrap(scores, _worst)),
            *figures,
            *_errors(one, scores),
            *_cuts(one, scores),
            *_surprises(scores),
        ]
    return Table(title, (*figures, *_lamp(one, scores, minutes)))


def _count(scores: Sequence[HoldScore]) -> int:
    return sum(score.truths for score in scores)


def _worst(scores: Sequence[HoldScore]) -> float:
    return min(f1([score]) for score in scores)


def _errors(one: HoldSet, scores: Sequence[HoldScore]) -> Iterator[Figure]:
    kinds: tuple[
        tuple[str, str, Callable[[HoldScore], list[float]], float, tuple[float, float]], ...
    ]
    kinds = (
        ("start", "ms", lambda s: s.start_errors_s, 1e3, (20, 80)),
        ("end", "ms", lambda s: s.end_errors_s, 1e3, (20, 80)),
        ("peak", "%", lambda s: s.peak_errors, 100, (2, 2)),
        ("plateau", "%", lambda s: s.plateau_errors, 100, (2, 2)),
    )
    for name, unit, of, scale, limits in kinds:
        for word, at, limit in (("median", 0.5, limits[0]), ("95 %", 0.95, limits[1])):
            estimate = bootstrap(scores, quantile(of, at))
            count = sum(len(of(score)) for score in scores)
            yield Figure(
                f"{name} |error|, {word}",
                estimate.scaled(scale, count),
                unit,
                limit if one.is_judged else None,
            )


def _cuts(one: HoldSet, scores: Sequence[HoldScore]) -> Iterator[Figure]:
    cut, told = sum(score.cut for score in scores), sum(score.cut_told for score in scores)
    limit = 100.0 if one.is_judged else None
    yield Figure(
        "cut-off holds told unfinished", share(told, cut).scaled(100), "%", limit, is_least=True
    )
    head = sum(score.headless for score in scores)
    found = sum(score.headless_found for score in scores)
    yield Figure("holds that were on after a gap, found", share(found, head).scaled(100), "%")
    first = sum(score.first for score in scores)
    found = sum(score.first_found for score in scores)
    yield Figure("holds that were on at first, found", share(found, first).scaled(100), "%")


def _surprises(scores: Sequence[HoldScore]) -> Iterator[Figure]:
    errors = np.abs([error for score in scores for error in score.surprises])
    inside = share(int(np.count_nonzero(errors <= 2)), len(errors))
    yield Figure("errors within 2 standard uncertainties", inside.scaled(100), "%")


def _lamp(one: HoldSet, scores: Sequence[HoldScore], minutes: float) -> Iterator[Figure]:
    early = rate(sum(score.false_contacts for score in scores), minutes / 15)
    yield Figure("false contacts per 15 min", early)
    false = rate(sum(score.false_lamps for score in scores), minutes / 15)
    yield Figure("false lamps per 15 min", false, limit=1.0 if one.is_judged else None)
    returns = rate(sum(score.lamps_at_returns for score in scores), minutes / 15)
    yield Figure("... of a lifted foot that came back", returns)
    if one.is_rest:
        return
    kinds: tuple[tuple[str, Callable[[HoldScore], list[float]], bool], ...] = (
        ("lamp", lambda s: [*s.lamp_s, *s.weak_lamp_s], one.is_judged),
        ("lamp below 5 N", lambda s: s.weak_lamp_s, False),
        ("contact", lambda s: s.contact_s, False),
    )
    for name, of, is_judged in kinds:
        count = sum(len(of(score)) for score in scores)
        for word, at, limit in (("median", 0.5, 145.0), ("95 %", 0.95, 300.0)):
            figure = bootstrap(scores, quantile(of, at))
            if count:
                yield Figure(
                    f"{name}, {word}",
                    figure.scaled(1e3, count),
                    "ms",
                    limit if is_judged else None,
                )
