"""A replay is the same journey as an analysis: same stages, same holds, same numbers."""

import csv
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from tests.route.conftest import Done
from tests.route.rig import Home, differences, write_csv
from trainer.app.analysis import analyse
from trainer.app.engine import Engine
from trainer.app.pipeline import Pipeline, calibration_for
from trainer.app.session import Parts, Session
from trainer.app.shelf import shipped_exercises
from trainer.coach.conductor import Follower
from trainer.coach.plan import make_plan
from trainer.core.clock import SystemClock
from trainer.core.cues import Side
from trainer.core.events import HoldSettled
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings, SafetySettings
from trainer.core.snapshot import Phase
from trainer.recording.stored import load_recording
from trainer.sources.catalog import Wanted, find_source

EXACT = 1e-9
REAL = ("pushes_a", "pushes_a_total")
LABELLED = 26


@pytest.fixture(params=REAL)
def real(request: pytest.FixtureRequest, data_folder: Path) -> Path:
    """Return a real recording of pushes."""
    return data_folder / "pushrim" / f"{request.param}.csv"


@pytest.mark.parametrize("speed", ["max", "50"])
def test_a_replay_of_a_real_recording_ends_as_its_analysis(
    real: Path, speed: str, home: Home
) -> None:
    replayed = home.say("run", "--source", f"replay:{real}", "--speed", speed, "--json")
    analysed = home.say("analyse", real, "--json")
    assert (replayed.status, analysed.status) == (0, 0)
    assert [*differences(replayed.found, analysed.found, relative=EXACT)] == []


@pytest.mark.parametrize("speed", ["max", "200"])
def test_a_replay_of_an_own_session_ends_as_its_analysis(
    done: Done, speed: str, home: Home
) -> None:
    order = ("run", "--source", f"replay:{done.recording}", "--speed", speed, "--json")
    replayed = home.say(*order)
    analysed = home.say("analyse", done.recording, "--json")
    assert (replayed.status, analysed.status) == (0, 0)
    assert len(analysed.found["holds"]) >= 8
    assert [*differences(replayed.found, analysed.found, relative=EXACT)] == []


def test_every_labelled_push_is_found_and_no_other_finished_hold(real: Path, home: Home) -> None:
    found = home.say("analyse", real, "--json").found["holds"]
    finished = [hold for hold in found if hold["finished"]]
    labels = read_labels(real)
    assert len(labels) == LABELLED
    assert len(finished) == LABELLED
    for hold, (start_s, end_s, plateau_n) in zip(finished, labels, strict=True):
        # Two ways to label the same push lie up to 90 ms apart (notes of the data set).
        assert hold["start_s"] == pytest.approx(start_s, abs=0.05)
        assert hold["end_s"] == pytest.approx(end_s, abs=0.09)
        assert hold["plateau_n"] == pytest.approx(plateau_n, rel=0.15)


def test_starts_and_ends_of_real_pushes_lie_within_hundredths_of_their_labels(
    real: Path, home: Home
) -> None:
    holds = [h for h in home.say("analyse", real, "--json").found["holds"] if h["finished"]]
    pairs = [*zip(holds, read_labels(real), strict=True)]
    starts_s = [abs(hold["start_s"] - start_s) for hold, (start_s, _, _) in pairs]
    ends_s = [abs(hold["end_s"] - end_s) for hold, (_, end_s, _) in pairs]
    assert np.median(starts_s) < 0.005
    assert np.median(ends_s) < 0.01


def test_holds_settled_during_a_replay_are_those_of_the_analysis(real: Path) -> None:
    live = settled_live(real, speed=None)
    paced = settled_live(real, speed=400.0)
    final = [asdict(hold) for hold in analyse(load_recording(real), DetectionSettings()).holds]
    assert [*differences(live, paced, relative=EXACT)] == []
    # The end judges by the whole recording: it may take a small hold back, and adds none.
    kept = [
        hold for hold in live if any(abs(hold["end_s"] - other["end_s"]) < EXACT for other in final)
    ]
    assert len(live) <= len(final) + 2
    assert [*differences(kept, final, relative=EXACT)] == []


def test_a_replay_shows_the_holds_as_reps_and_ends_with_the_file(real: Path, home: Home) -> None:
    said = home.say("run", "--source", f"replay:{real}", "--speed", "max")
    assert said.status == 0
    assert said.out.splitlines()[0].endswith("REPLAY, Toe curl, athlete, LEFT FOOT")
    assert "DONE" in said.out
    assert home.reports[0].name == f"replay-{real.stem}.html"


def test_a_replay_leaves_no_session_no_recording_and_the_file_as_it_was(
    done: Done, home: Home
) -> None:
    before = done.recording.read_bytes()
    said = home.say("run", "--source", f"replay:{done.recording}", "--speed", "max")
    assert said.status == 0
    assert home.sessions() == ()
    assert home.recordings == home.parts == []
    assert done.recording.read_bytes() == before


def test_a_replay_is_not_stopped_by_gaps_as_long_as_minutes(home: Home) -> None:
    time_s = np.concatenate([100.0 * run + np.arange(0, 20, 0.0125) for run in range(3)])
    force_n = 1.0 + 30.0 * ((time_s % 100.0 % 4.0) > 2.5)
    path = write_csv(home.root / "gaps.csv", "t_s,force_n", zip(time_s, force_n, strict=True))
    said = home.say("run", "--source", f"replay:{path}", "--speed", 2000, "--json")
    assert said.status == 0
    assert "STOPPED" not in said.err
    assert len(said.found["recording"]["gaps"]) == 2
    assert len([hold for hold in said.found["holds"] if hold["finished"]]) >= 12
    assert [
        *differences(said.found, home.say("analyse", path, "--json").found, relative=EXACT)
    ] == []


def test_a_file_that_cannot_be_replayed_is_refused_before_anything_starts(home: Home) -> None:
    for source in ("replay:nowhere.csv", "replay:", "pad", f"replay:{home.root}"):
        said = home.say("run", "--source", source)
        assert said.status in {1, 2}
        assert said.out == ""
        assert said.err.startswith("footspring: ")
        assert len(said.err.splitlines()) == 1
    assert home.sessions() == ()


def settled_live(path: Path, speed: float | None) -> list[dict[str, float]]:
    """Return the holds in the order in which a replay in the engine's thread settled them."""
    opened = find_source(Wanted(f"replay:{path}", speed=speed), SystemClock())
    recording = opened.recording
    assert recording is not None
    info = opened.source.streams[0]
    pipeline = Pipeline(info, calibration_for(info, None, path.name), DetectionSettings())
    plan = make_plan(shipped_exercises()["toe_curl"], athlete="Mia")
    follower = Follower(plan)
    parts = Parts(opened.source, None, pipeline, follower, lambda _mvc, _athlete: None)
    ended: list[Session] = []
    engine = Engine(
        opened.source,
        lambda _first: (parts, Ring(("force", "total"), 100)),
        SystemClock(),
        SafetySettings(),
        ended.append,
    )
    engine.start()
    assert engine.join(30.0)
    assert engine.error is None
    assert ended[0].snapshot.phase is Phase.DONE
    assert ended[0].snapshot.side is Side.LEFT
    events = pipeline.events
    return [asdict(event.hold) for event in events if isinstance(event, HoldSettled)]


def read_labels(path: Path) -> list[tuple[float, float, float]]:
    """Return start, end and plateau of every labelled push."""
    with path.with_suffix(".labels.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [(float(row["start_s"]), float(row["end_s"]), float(row["plateau"])) for row in rows]
