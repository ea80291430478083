"""What `analyse` says of a recording, beside its holds."""

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from tests.unit.app.standins import INFO
from tests.unit.app.test_logbook import hold
from trainer.app.analysis import Request, analyse
from trainer.app.review import as_text
from trainer.app.summary import summarise
from trainer.core.cues import SetStarted, Side
from trainer.core.errors import RecordingError
from trainer.core.packets import IMU_AXES, Stream, StreamInfo, UnitPacket
from trainer.core.pad import CellPlace, PadSettings
from trainer.core.settings import DetectionSettings
from trainer.core.units import Unit
from trainer.detect.sets import group_sets
from trainer.recording.recording import Note, Recording

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


CELLS = ("hallux", "toes", "ball", "heel")
TOES_N = np.array([18.0, 12.0, -24.0, 9.0])
"""A clean press: the ball unloads by what the toes take, the heel takes a little."""
CALF_N = np.array([0.0, 0.0, 22.0, -22.0])
"""3.6 N m more about the ankle: load from the heel to the ball."""


def pressed_on_four_cells(helped: tuple[int, ...] = (), presses: int = 16) -> Recording:
    """Return a file of presses of 1.5 s every 3 s; in some of them, from 1, the calf helps."""
    time_s = np.arange(0.0, 3.0 * presses + 1, 1 / 80)
    number = (time_s // 3).astype(int) + 1
    press = np.clip(4 * np.sin(2 * np.pi * time_s / 3.0), 0, 1) * (number <= presses)
    press *= 1 + 0.05 * np.sin(number * 2.4)
    calf = press * np.isin(number, helped)
    noise = np.random.default_rng(1).normal(0, 0.05, (len(time_s), 4))
    values = np.array([20.0, 15.0, 140.0, 175.0]) + press[:, None] * TOES_N + noise
    values += calf[:, None] * CALF_N
    info = StreamInfo(Stream.FORCE, CELLS, Unit.NEWTON, 1 / 80)
    packet = UnitPacket(Stream.FORCE, time_s, values, float(time_s[-1]))
    return Recording(Path("b.csv"), None, (info,), (packet,))


def test_keys_without_an_answer_are_null_and_never_nan() -> None:
    found = summarise(analyse(recorded(), DetectionSettings()).result)
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
    plain = analyse(recorded(), DetectionSettings()).result.warnings
    assert any("no heel cell" in words for words in plain)
    assert any("single force channel" in words for words in plain)
    assert any("no IMU" in words for words in plain)
    cut = replace(recorded(), is_cut_off=True)
    more = set(analyse(cut, DetectionSettings()).result.warnings) - set(plain)
    assert [words for words in more if "cut off" in words] == [*more]


def test_holds_that_the_calf_helped_in_are_told_from_the_others() -> None:
    found = analyse(pressed_on_four_cells(helped=(12, 14)), DetectionSettings()).holds
    assert len(found) == 16
    told = [hold.compensation.is_compensated for hold in found]
    assert [number for number, is_it in enumerate(told, 1) if is_it] == [12, 14]
    assert None not in told
    excess = found[11].compensation.ankle_excess_nm
    assert excess is not None
    assert excess == pytest.approx(22 * 0.165, abs=0.4)


def test_the_clean_holds_may_be_named() -> None:
    helped_first = pressed_on_four_cells(helped=tuple(range(1, 11)))
    named = analyse(helped_first, DetectionSettings(), Request(clean=(11, 16))).holds
    assert all(hold.compensation.is_compensated for hold in named[:10])
    assert not any(hold.compensation.is_compensated for hold in named[10:])


def test_a_pad_file_moves_the_cells() -> None:
    pad = PadSettings(clean_ratio=0.0, clean_sigma_nm=0.3)
    moved = replace(pad, cells={**pad.cells, "heel": CellPlace(-0.10)})
    near, far = (
        analyse(pressed_on_four_cells((12,)), DetectionSettings(), Request(pad=p)).holds[11]
        for p in (pad, moved)
    )
    first, second = near.compensation.ankle_excess_nm, far.compensation.ankle_excess_nm
    assert first is not None
    assert second is not None
    # The heel's change of 9 - 22 N acts 5.5 cm further back.
    assert second - first == pytest.approx(0.055 * 13, abs=0.05)


def test_a_set_that_falls_shows_where() -> None:
    time_s = np.arange(0.0, 121.0, 1 / 80)
    number = (time_s // 3).astype(int)
    level_n = 30.0 * (1 - 0.02 * np.clip(number - 20, 0, None))
    level_n *= 1 + 0.03 * np.random.default_rng(2).normal(size=41)[number]
    force_n = 2.0 + level_n * np.clip(4 * np.sin(2 * np.pi * time_s / 3.0), 0, 1) * (number < 40)
    packet = UnitPacket(Stream.FORCE, time_s, force_n[:, None], 121.0)
    result = analyse(Recording(Path("c.csv"), None, (INFO,), (packet,)), DetectionSettings()).result
    assert len(result.sets) == 1
    fatigue = result.fatigue
    assert fatigue is not None
    assert fatigue.onset_rep is not None
    assert 17 <= fatigue.onset_rep <= 27
    assert fatigue.onset_s == result.holds[fatigue.onset_rep - 1].start_s
    assert 20 < fatigue.decline_pct < 45


def test_a_recording_without_force_is_refused_with_what_it_needs() -> None:
    without = replace(recorded(), streams=(IMU,))
    with pytest.raises(RecordingError, match="holds no force"):
        analyse(without, DetectionSettings())


def test_each_foot_is_judged_by_its_own_clean_press() -> None:
    left, right = pressed_on_four_cells((9,)), pressed_on_four_cells((12,))
    (packet,), (other,) = left.packets, right.packets
    assert isinstance(packet, UnitPacket)
    assert isinstance(other, UnitPacket)
    # The right foot leans further to the front with every press, cleanly.
    rest_n = np.array([20.0, 15.0, 140.0, 175.0])
    toes_n = (other.values[:, 0] - rest_n[0]) / TOES_N[0]
    leaning = other.values + toes_n[:, None] * 0.7 * CALF_N
    values = np.concatenate([packet.values, leaning])
    time_s = np.arange(len(values)) / 80
    turn_s = len(packet.values) / 80
    both = replace(left, packets=(UnitPacket(Stream.FORCE, time_s, values, float(time_s[-1])),))
    told = tuple(
        Note(at_s, "SetStarted", asdict(SetStarted(at_s, side, number, 2, 16)))
        for number, (at_s, side) in enumerate([(0.0, Side.LEFT), (turn_s, Side.RIGHT)], 1)
    )
    found = analyse(replace(both, notes=told), DetectionSettings()).holds
    helped = [number for number, h in enumerate(found, 1) if h.compensation.is_compensated]
    assert helped == [9, 16 + 12]
    as_one = analyse(both, DetectionSettings()).holds
    assert sum(bool(h.compensation.is_compensated) for h in as_one) > 10
