"""A report's data are those of the session: reps, holds, maxima, time and the trace."""

from pathlib import Path

import numpy as np
import pytest

from tests.route.rig import Home
from trainer.app.analysis import analyse
from trainer.app.logbook import read_logbook
from trainer.app.outcome import local_time, replay_report, session_report, trace
from trainer.app.shelf import shipped_exercises
from trainer.core.block import Quality
from trainer.core.settings import DetectionSettings
from trainer.recording.reader import read_recording
from trainer.report.model import ReportData


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the recording of a session of two sets of three reps, maxima measured."""
    home = Home(tmp_path_factory.mktemp("session"))
    said = home.say("run", "--speed", "max", "--seed", "7", "--sets", 2, "--reps", 3)
    assert said.status == 0
    return home.recordings[0]


@pytest.fixture(scope="module")
def data(recording: Path) -> ReportData:
    read = read_recording(recording)
    assert read.header is not None
    analysis = analyse(read, DetectionSettings())
    exercise = shipped_exercises()["toe_curl"]
    return session_report(analysis, read.header, read_logbook(read.notes), exercise, "complete")


def test_every_rep_of_every_set_is_there_with_its_hold(data: ReportData, recording: Path) -> None:
    assert [(one.number, one.side, one.asked_reps) for one in data.sets] == [
        (1, "left", 3),
        (2, "left", 3),
    ]
    assert [len(one.counted) for one in data.sets] == [3, 3]
    holds = analyse(read_recording(recording), DetectionSettings()).holds
    shown = [rep.hold for one in data.sets for rep in one.reps]
    assert all(hold in holds for hold in shown)
    assert len({hold.start_s for hold in shown}) == len(shown)


def test_the_target_is_that_of_the_measured_maximum(data: ReportData) -> None:
    [mvc] = data.mvc
    assert (mvc.side, mvc.when) == ("left", "this session")
    for one in data.sets:
        assert not one.is_target_estimated
        assert one.target_low_n is not None
        assert one.target_high_n is not None
        middle_n = (one.target_low_n + one.target_high_n) / 2
        assert middle_n == pytest.approx(0.4 * mvc.mvc_n, rel=0.01)


def test_the_trace_is_as_long_as_the_session_and_lies_at_zero_between_presses(
    data: ReportData,
) -> None:
    assert data.time_s.shape == data.force_n.shape
    assert data.time_s[-1] - data.time_s[0] == pytest.approx(data.duration_s)
    assert abs(np.nanmedian(data.force_n)) < 3.0
    peaks = [rep.hold.peak_n for one in data.sets for rep in one.reps]
    assert np.nanmax(data.force_n) > max(peaks)


def test_what_was_lost_is_not_drawn(recording: Path) -> None:
    analysis = analyse(read_recording(recording), DetectionSettings())
    _, force_n = trace(analysis)
    quality = np.concatenate([block.quality for block in analysis.blocks])
    assert np.isnan(force_n).sum() == np.count_nonzero(quality & Quality.HELD)


def test_the_start_is_told_as_the_clock_on_the_wall_showed_it(recording: Path) -> None:
    header = read_recording(recording).header
    assert header is not None
    local = local_time(header)
    offset = local.utcoffset()
    assert offset is not None
    assert offset.total_seconds() == header.utc_offset_s
    assert local == header.started_at


def test_a_replay_has_sets_by_their_rests_and_no_name(recording: Path) -> None:
    analysis = analyse(read_recording(recording), DetectionSettings())
    report = replay_report(analysis, shipped_exercises()["toe_curl"])
    assert report.is_replay
    assert report.athlete == report.session_id == ""
    assert sum(len(one.reps) for one in report.sets) == len(analysis.holds)
    assert all(one.side == "" for one in report.sets)


def test_a_maximum_of_this_session_says_how_sure_it_is(data: ReportData, recording: Path) -> None:
    [mvc] = data.mvc
    holds = analyse(read_recording(recording), DetectionSettings()).holds
    [press] = [hold for hold in holds if hold.best_half_second_n == pytest.approx(mvc.mvc_n)]
    assert mvc.u_n == press.shown_uncertainty.plateau_n
    assert mvc.u_n is not None
    assert 0 < mvc.u_n < 0.1 * mvc.mvc_n
