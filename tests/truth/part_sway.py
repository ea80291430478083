"""Sway against its closed form."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np

from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.frontdoor import ask, write_csv
from tests.truth.intervals import bootstrap
from tests.truth.swaying import SwayTake, record_rocking, record_sway
from trainer.app.review import Options

RECORDINGS: Final = 60
QUICK: Final = 10
KINDS: Final[tuple[tuple[str, Callable[[int], SwayTake]], ...]] = (
    ("pressure centre on an ellipse", record_sway),
    ("IMU on a rocking board", record_rocking),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to generate and to judge."""

    record: Callable[[int], SwayTake]
    seed: int


def score_job(job: Job) -> dict[str, float]:
    """Return the relative error of every measure of one recording; NaN where there is none."""
    take = job.record(job.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sway.csv"
        write_csv(path, take.columns)
        said = cast(
            "Mapping[str, float | None] | None", ask(path, Options(task="stance")).answer["sway"]
        )
    errors: dict[str, float] = {}
    for name, true in take.truth.items():
        figure = said[name] if said is not None else None
        errors[name] = float("nan") if figure is None else figure / true - 1
    return errors


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the tables of sway."""
    count = QUICK if is_quick else RECORDINGS
    for name, record in KINDS:
        jobs = [Job(record, seed) for seed in seeds[:count]]
        scores = run_all(score_job, jobs, f"sway, {name}", say)
        yield Table(f"Sway, {name}: {count} recordings", tuple(_figures(scores)))


def _figures(scores: Sequence[dict[str, float]]) -> Iterator[Figure]:
    for name in scores[0]:
        worst = bootstrap([score[name] for score in scores], _largest)
        yield Figure(f"{name}, largest |error|", worst.scaled(100), "%", 1.0)


def _largest(errors: Sequence[float]) -> float:
    return float(np.abs(errors).max())
