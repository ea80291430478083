"""Sway against its closed form."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.frontdoor import ask, write_csv
from tests.truth.intervals import bootstrap
from tests.truth.swaying import record_sway

RECORDINGS: Final = 60
QUICK: Final = 10
MEASURES: Final = ("path_cm", "mean_speed_cm_s", "rms_cm", "ellipse95_cm2", "mean_frequency_hz")


def score_job(seed: int) -> dict[str, float]:
    """Return the relative error of every measure of one recording."""
    take = record_sway(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sway.csv"
        write_csv(path, take.columns)
        said = cast("Mapping[str, float | None] | None", ask(path, task="stance").answer["sway"])
    errors: dict[str, float] = {}
    for name in MEASURES:
        figure = said[name] if said is not None else None
        errors[name] = float("nan") if figure is None else figure / take.truth[name] - 1
    return errors


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the table of sway."""
    count = QUICK if is_quick else RECORDINGS
    scores = run_all(score_job, seeds[:count], "sway", say)
    yield Table(f"Sway, closed form: {count} recordings", tuple(_figures(scores)))


def _figures(scores: Sequence[dict[str, float]]) -> Iterator[Figure]:
    for name in MEASURES:
        worst = bootstrap([score[name] for score in scores], lambda some: max(map(abs, some)))
        yield Figure(f"{name}, largest |error|", worst.scaled(100), "%", 1.0)
