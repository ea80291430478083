"""Every labelled push of the real recordings is found, and no other, at any scale."""

from pathlib import Path

import numpy as np
import pytest

from calibration import identity
from tests.truth.frontdoor import ask, write_csv
from tests.truth.part_real import RATE_HZ, read_columns, read_pushes
from tests.truth.scoring import quantile, score_holds
from trainer.app.pipeline import Pipeline
from trainer.core.events import Event, HoldSettled
from trainer.core.packets import Stream, StreamInfo, UnitPacket
from trainer.core.settings import DetectionSettings
from trainer.core.units import Unit

PUSHES = 26


@pytest.mark.parametrize("scale", [1.0, 0.3, 0.1, 10.0])
@pytest.mark.parametrize("name", ["pushes_a", "pushes_a_total"])
def test_the_labelled_pushes_are_the_finished_holds(
    data_folder: Path, tmp_path: Path, name: str, scale: float
) -> None:
    time_s, force_n, truths = read_pushes(data_folder, name, scale)
    path = tmp_path / "pushes.csv"
    write_csv(path, {"t_s": time_s, "force_n": force_n})
    found = [hold for hold in ask(path).holds if hold["finished"]]
    score = score_holds(truths, found, 32.0)
    assert len(truths) == PUSHES
    assert (score.missed, score.extra) == ([], [])
    for errors_s in (score.start_errors_s, score.end_errors_s):
        assert np.median(np.abs(errors_s)) <= 0.020
        assert np.percentile(np.abs(errors_s), 95) <= 0.090
    assert quantile(lambda one: one.plateau_errors, 0.5)([score]) <= 0.04


@pytest.mark.parametrize("name", ["pushes_a", "pushes_a_total"])
def test_pushes_told_live_are_the_same_in_packets_of_any_size(data_folder: Path, name: str) -> None:
    time_s, force_n = read_columns(data_folder / "pushrim" / f"{name}.csv")
    settled = []
    for size in (4, len(time_s)):
        info = StreamInfo(Stream.FORCE, ("force",), Unit.NEWTON, 1 / RATE_HZ)
        pipeline = Pipeline(info, identity(("force",), 1.0), DetectionSettings())
        events: list[Event] = []
        for first in range(0, len(time_s), size):
            part = slice(first, first + size)
            packet = UnitPacket(Stream.FORCE, time_s[part], force_n[part, None], time_s[part][-1])
            events += pipeline.push([packet]).events
        events += pipeline.finish().events
        holds = [event.hold for event in events if isinstance(event, HoldSettled)]
        settled.append([(hold.start_s, hold.end_s, hold.plateau_n) for hold in holds])
    assert len(settled[0]) >= PUSHES
    assert np.array(settled[0]) == pytest.approx(np.array(settled[1]), rel=1e-9)
