"""Foot taps: counts, rates and slowing against the law that they were drawn from."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np

from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.frontdoor import ask, write_csv
from tests.truth.intervals import bootstrap, share
from tests.truth.tapping import TapPlan, record_taps
from trainer.app.review import Options

RATES_HZ: Final = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
RECORDINGS: Final = 14
QUICK: Final = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to generate and to judge."""

    plan: TapPlan
    seed: int


@dataclass(frozen=True, slots=True)
class TapScore:
    """What was said of one recording, minus what is true; None where nothing was said."""

    rate_hz: float
    count_error: int
    rate_error: float | None
    """Relative"""
    spread_error_pct: float | None
    slowing_error_pct: float | None


def score_job(job: Job) -> TapScore:
    """Return how well the taps of one recording were counted."""
    take = record_taps(job.plan, job.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "taps.csv"
        write_csv(path, take.columns)
        said = cast(
            "Mapping[str, float | None] | None", ask(path, Options(task="taps")).answer["taps"]
        )
    count = len(take.times_s)
    if said is None or said["count"] is None:
        return TapScore(job.plan.rate_hz, -count, None, None, None)
    intervals_s = np.diff(take.times_s)
    rate_hz = (count - 1) / float(take.times_s[-1] - take.times_s[0])
    spread_pct = 100 * float(intervals_s.std(ddof=1) / intervals_s.mean())
    middles_s = take.times_s[:-1] + intervals_s / 2
    line = np.polynomial.Polynomial.fit(middles_s, 1 / intervals_s, 1)
    first_hz, last_hz = line(take.times_s[0]), line(take.times_s[-1])
    return TapScore(
        job.plan.rate_hz,
        int(said["count"]) - count,
        _minus(said["rate_hz"], rate_hz, 1 / rate_hz),
        _minus(said["interval_cv_pct"], spread_pct),
        _minus(said["slowing_pct"], float(100 * (1 - last_hz / first_hz))),
    )


def _minus(said: float | None, true: float, scale: float = 1.0) -> float | None:
    return None if said is None else (said - true) * scale


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the tables of taps on a cell, and of those told by an inertial sensor."""
    fresh = iter(seeds)
    count = QUICK if is_quick else RECORDINGS
    for name, is_imu in (("on a force cell", False), ("by an IMU", True)):
        jobs = [
            Job(TapPlan(rate_hz, is_imu, slowing=0.2 * (number % 2)), next(fresh))
            for rate_hz in RATES_HZ
            for number in range(count)
        ]
        scores = run_all(score_job, jobs, f"taps, {name}", say)
        yield Table(f"Taps {name}: {len(scores)} recordings of 30 s", tuple(_figures(scores)))


def _figures(scores: Sequence[TapScore]) -> Iterator[Figure]:
    for rate_hz in RATES_HZ:
        some = [score for score in scores if score.rate_hz == rate_hz]
        right = share(sum(abs(score.count_error) <= 1 for score in some), len(some))
        name = f"at {rate_hz:g} Hz: counted within 1"
        yield Figure(name, right.scaled(100), "%", 100.0, is_least=True)
    exact = share(sum(score.count_error == 0 for score in scores), len(scores))
    yield Figure("counted exactly", exact.scaled(100), "%")
    yield Figure("rate, largest |error|", bootstrap(scores, _worst_rate).scaled(100), "%")
    yield Figure("interval CV, median |error|", bootstrap(scores, _spread), "points")
    yield Figure("slowing, median |error|", bootstrap(scores, _slowing), "points")


def _worst_rate(scores: Sequence[TapScore]) -> float:
    return max((abs(s.rate_error) for s in scores if s.rate_error is not None), default=np.nan)


def _spread(scores: Sequence[TapScore]) -> float:
    return _median([s.spread_error_pct for s in scores])


def _slowing(scores: Sequence[TapScore]) -> float:
    return _median([s.slowing_error_pct for s in scores])


def _median(errors: Sequence[float | None]) -> float:
    known = [abs(error) for error in errors if error is not None]
    return float(np.median(known)) if known else float("nan")
