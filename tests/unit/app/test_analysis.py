"""What `analyse` says of a recording, beside its holds."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.unit.app.standins import INFO
from tests.unit.app.test_logbook import hold
from trainer.app.analysis import analyse, force_stream, summarise, warnings
from trainer.app.review import as_text
from trainer.core.errors import RecordingError
from trainer.core.packets import IMU_AXES, Stream, StreamInfo, UnitPacket
from trainer.core.settings import DetectionSettings
from trainer.core.units import Unit
from trainer.detect.sets import group_sets
from trainer.recording.recording import Recording

IMU = StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU, 0.01)


def recorded(*, end_s: float = 12.0, level_n: float = 30.0) -> Recording:
    """Return a file with a press of 1.5 s every 3 s; the last one may be cut off by its end."""
    time_s = np.arange(0.0, end_s, 1 / 80)
    force_n = 2.0 + level_n * np.clip(4 * np.sin(2 * np.pi * time_s / 3.0), 0, 1)
    packet = UnitPacket(Stream.FORCE, time_s, force_n[:, None], end_s)
    return Recording(Path("a.csv"), None, (INFO,), (packet,))


@pytest.mark.parametrize(
    ("spans", "sets"),
    [
        ((), ()),
        (((1, 2),), ((1, 1),)),
        (((1, 2), (12, 13)), ((1, 2),)),
        (((1, 2), (12.1, 13)), ((1, 1), (2, 2))),
        (((1, 2), (3, 4), (20, 21), (22, 23)), ((1, 2), (3, 4))),
        (((50, 51), (3, 4)), ((1, 1), (2, 2))),
    ],
)
def test_a_rest_of_more_than_ten_seconds_or_a_new_clock_ends_a_set(
    spans: tuple[tuple[float, float], ...], sets: tuple[tuple[int, int], ...]
) -> None:
    assert group_sets([hold(start_s, end_s) for start_s, end_s in spans]) == sets


def test_keys_without_an_answer_are_null_and_never_nan() -> None:
    analysis = analyse(recorded(), DetectionSettings())
    found = summarise(analysis.pipeline, analysis.recording, "curls")
    text = as_text(found)
    assert "NaN" not in text
    assert json.loads(text) == found
    with pytest.raises(ValueError, match="JSON"):
        as_text({"x": math.nan})


def test_the_last_hold_is_unfinished_where_the_recording_ends_in_it() -> None:
    whole, cut = (analyse(recorded(end_s=end_s), DetectionSettings()) for end_s in (12.0, 10.0))
    assert [found.is_finished for found in whole.holds] == [True] * 4
    assert [found.is_finished for found in cut.holds] == [True] * 3 + [False]
    assert sum(len(block.time_s) for block in cut.blocks) == 800


def test_warnings_say_what_is_not_known() -> None:
    analysis = analyse(recorded(), DetectionSettings())
    plain = warnings(analysis.pipeline, analysis.recording)
    assert any("no heel cell" in words for words in plain)
    assert any("single force channel" in words for words in plain)
    with_imu = replace(analysis.recording, streams=(INFO, IMU), is_cut_off=True)
    more = set(warnings(analysis.pipeline, with_imu, "taps")) - set(plain)
    assert len(more) == 3
    assert any("taps" in words for words in more)
    assert any("IMU" in words for words in more)
    assert any("cut off" in words for words in more)


def test_a_recording_without_force_is_refused_with_what_it_needs() -> None:
    without = replace(recorded(), streams=(IMU,))
    with pytest.raises(RecordingError, match="holds no force"):
        force_stream(without)
    with pytest.raises(RecordingError, match="centre-of-pressure"):
        force_stream(replace(without, columns={"copx_cm": np.zeros(3)}))
