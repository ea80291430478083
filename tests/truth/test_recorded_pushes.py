"""Every labelled push of the real recordings is found, and no other, at any scale."""

from pathlib import Path

import numpy as np
import pytest

from tests.truth.generator import Samples, TrueHold
from tests.truth.scoring import median_of, run_stages, score_holds, worst_of

RATE_HZ = 240.0
PUSHES = 26


def read_columns(path: Path) -> list[Samples]:
    """Return the columns of a CSV file with one header line."""
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    return list(table.T)


@pytest.mark.parametrize("scale", [1.0, 0.3, 0.1, 10.0])
@pytest.mark.parametrize("name", ["pushes_a", "pushes_a_total"])
def test_the_labelled_pushes_are_the_finished_holds(
    data_folder: Path, name: str, scale: float
) -> None:
    time_s, force_n = read_columns(data_folder / "pushrim" / f"{name}.csv")
    labels = zip(*read_columns(data_folder / "pushrim" / f"{name}.labels.csv"), strict=True)
    truths = [TrueHold(start, end, plateau * scale) for start, end, plateau in labels]
    detector, _ = run_stages([(time_s, force_n)], RATE_HZ, scale=scale, size=8)
    found = [hold for hold in detector.verdict() if hold.is_finished]
    score = score_holds(truths, found)
    assert len(truths) == PUSHES
    assert (score.missed, score.extra) == ([], [])
    for errors_s in (score.start_errors_s, score.end_errors_s):
        assert median_of(errors_s) <= 0.020
        assert worst_of(errors_s) <= 0.090
    assert median_of(score.plateau_errors) <= 0.04


@pytest.mark.parametrize("name", ["pushes_a", "pushes_a_total"])
def test_pushes_are_told_live_as_they_are_in_the_verdict(data_folder: Path, name: str) -> None:
    time_s, force_n = read_columns(data_folder / "pushrim" / f"{name}.csv")
    one, events = run_stages([(time_s, force_n)], RATE_HZ, size=1)
    whole, _ = run_stages([(time_s, force_n)], RATE_HZ, size=len(time_s))
    assert len(one.verdict()) == len(whole.verdict())
    starts = [(hold.start_s, hold.end_s, hold.plateau_n) for hold in one.verdict()]
    again = [(hold.start_s, hold.end_s, hold.plateau_n) for hold in whole.verdict()]
    assert np.array(starts) == pytest.approx(np.array(again), rel=1e-9)
    assert len(events) >= 3 * PUSHES
