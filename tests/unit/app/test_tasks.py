"""What stance, taps and squeezes come to, from every kind of sensor."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trainer.app.analysis import Request, analyse
from trainer.app.result import Result
from trainer.app.review import Options, review
from trainer.app.reviewtext import result_lines
from trainer.app.stance import analyse_without_force
from trainer.app.tasks import Task
from trainer.core.arrays import FloatArray
from trainer.core.errors import RecordingError
from trainer.core.packets import IMU_AXES, Stream, StreamInfo, UnitPacket
from trainer.core.settings import DetectionSettings
from trainer.core.units import NEWTON_PER_KG, Unit
from trainer.recording.recording import Note, Recording

RATE_HZ = 100.0
TIME_S = np.arange(round(30 * RATE_HZ) + 1) / RATE_HZ
CIRCLE_CM = 0.5 * np.column_stack([np.cos(np.pi * TIME_S), np.sin(np.pi * TIME_S)])
"""Radius .5 cm, once in two seconds."""


def of_forces(roles: tuple[str, ...], values: FloatArray) -> Recording:
    info = StreamInfo(Stream.FORCE, roles, Unit.NEWTON, 1 / RATE_HZ)
    packet = UnitPacket(Stream.FORCE, TIME_S, values, float(TIME_S[-1]))
    return Recording(Path("a.csv"), None, (info,), (packet,))


def with_imu(recording: Recording, turn_dps: FloatArray) -> Recording:
    """Add a sensor that turns about its left axis by (n,) deg/s and stays level on the whole."""
    still = np.zeros_like(turn_dps)
    up = np.full_like(still, NEWTON_PER_KG)
    values = np.column_stack([still, still, up, still, turn_dps, still])
    info = StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU, 1 / RATE_HZ)
    packet = UnitPacket(Stream.IMU, TIME_S, values, float(TIME_S[-1]))
    return replace(
        recording, streams=(*recording.streams, info), packets=(*recording.packets, packet)
    )


NOTHING = Recording(Path("a.csv"), None, (), ())
CENTRE = replace(
    NOTHING, columns={"t_s": TIME_S, "copx_cm": CIRCLE_CM[:, 0], "copy_cm": CIRCLE_CM[:, 1]}
)


def stance_of(recording: Recording) -> Result:
    return analyse(recording, DetectionSettings(), Request(task=Task.STANCE)).result


def test_a_circle_has_the_sway_of_its_closed_form() -> None:
    result = analyse_without_force(CENTRE)
    assert result.task == Task.STANCE
    assert result.facts.channels == ("copx_cm", "copy_cm")
    assert result.facts.samples == len(TIME_S)
    sway = result.task_findings.sway
    assert sway is not None
    assert sway.path_cm == pytest.approx(15 * np.pi, rel=0.01)
    assert sway.mean_speed_cm_s == pytest.approx(0.5 * np.pi, rel=0.01)
    assert sway.rms_cm == pytest.approx(0.5, rel=0.01)
    assert sway.ellipse95_cm2 == pytest.approx(np.pi * 5.991 * 0.125, rel=0.01)
    assert sway.mean_frequency_hz == pytest.approx(0.5, rel=0.01)
    assert sway.tilt_rate_rms_dps is None
    assert any("no IMU" in doubt for doubt in result.warnings)


def test_a_gap_is_told_and_the_longest_stretch_counts() -> None:
    is_kept = (TIME_S < 5) | (TIME_S > 8)
    columns = {name: values[is_kept] for name, values in CENTRE.columns.items()}
    result = analyse_without_force(replace(CENTRE, columns=columns))
    assert len(result.facts.gaps) == 1
    sway = result.task_findings.sway
    assert sway is not None
    assert sway.path_cm == pytest.approx(0.5 * np.pi * 22, rel=0.01)


def test_a_rocking_board_without_a_plate_shows_its_turns() -> None:
    recording = with_imu(NOTHING, 3.0 * np.sin(2 * np.pi * TIME_S))
    result = analyse_without_force(recording, Request(task=Task.STANCE))
    sway = result.task_findings.sway
    assert sway is not None
    assert sway.path_cm is None
    assert sway.tilt_rate_rms_dps == pytest.approx(3.0 / np.sqrt(2), rel=0.02)
    assert sway.medial_excursions == 0
    assert any("which foot" in doubt for doubt in result.warnings)


def test_cells_in_a_row_show_forward_sway_alone() -> None:
    heel_n = 300 + 50 * np.sin(np.pi * TIME_S)
    recording = of_forces(("ball", "heel"), np.column_stack([600 - heel_n, heel_n]))
    result = stance_of(recording)
    sway = result.task_findings.sway
    assert sway is not None
    # 50 of 600 N move between cells 16.5 cm apart.
    assert sway.path_cm == pytest.approx(30 * 2 * 16.5 * 50 / 600, rel=0.02)
    assert sway.ellipse95_cm2 is None
    assert any("one row" in doubt for doubt in result.warnings)


def test_a_single_cell_has_no_centre() -> None:
    result = stance_of(of_forces(("force",), np.full((len(TIME_S), 1), 300.0)))
    assert any("no centre of pressure" in doubt for doubt in result.warnings)


def test_too_little_to_stand_on_is_said() -> None:
    columns = {name: values[:50] for name, values in CENTRE.columns.items()}
    result = analyse_without_force(replace(CENTRE, columns=columns))
    assert any("no unbroken stretch" in doubt for doubt in result.warnings)


def tapped(period_s: float) -> FloatArray:
    phase = (TIME_S % period_s) / period_s
    return np.asarray(40.0 * np.clip(np.sin(np.pi * phase / 0.4), 0, 1) * (phase < 0.4))


def test_taps_are_counted_by_force_and_without_it_by_the_turns() -> None:
    by_force = of_forces(("force",), 5.0 + tapped(0.4)[:, None])
    found = analyse(by_force, DetectionSettings(), Request(task=Task.TAPS)).result
    taps = found.task_findings.taps
    assert taps is not None
    assert abs(taps.count - 75) <= 1
    assert taps.rate_hz == pytest.approx(2.5, rel=0.01)
    turn_dps = np.gradient(tapped(0.4) * 0.2, 1 / RATE_HZ)
    by_turns = analyse_without_force(with_imu(NOTHING, turn_dps), Request(task=Task.TAPS))
    taps = by_turns.task_findings.taps
    assert taps is not None
    # The sensor's bias is learned in the first seconds.
    assert 65 <= taps.count <= 76


def squeezed() -> Recording:
    press = np.clip((TIME_S - 5.0) / 0.3, 0, 1) * np.clip((20.0 - TIME_S) / 0.3, 0, 1)
    short = np.clip((TIME_S - 24.0) / 0.3, 0, 1) * np.clip((26.0 - TIME_S) / 0.3, 0, 1)
    falling = 1 - 0.01 * (TIME_S - 5.0)
    return of_forces(("dome",), 3.0 + 50.0 * (press * falling + short)[:, None])


def test_the_longest_squeeze_is_judged_and_only_a_recorded_target_gives_time_in_band() -> None:
    asked = Note(0.0, "PressAsked", {"at_s": 0.0, "rep": 1, "target_n": 45.0, "hold_s": 15.0})
    request = Request(task=Task.SQUEEZE)
    plain = analyse(squeezed(), DetectionSettings(), request).result
    aimed = analyse(replace(squeezed(), notes=(asked,)), DetectionSettings(), request).result
    found = plain.task_findings.squeeze
    assert found is not None
    assert found.hold == 1
    assert found.time_in_band_s is None
    assert any("no target" in doubt for doubt in plain.warnings)
    assert found.decay_pct == pytest.approx(15.0, abs=1.5)
    with_target = aimed.task_findings.squeeze
    assert with_target is not None
    # From 49.5 to 42.5 N, the end, but for the rise.
    assert with_target.time_in_band_s == pytest.approx(13.7, abs=0.4)


def test_a_task_without_its_force_is_refused_with_what_would_do() -> None:
    with pytest.raises(RecordingError, match="--task stance"):
        analyse_without_force(CENTRE, Request(task=Task.CURLS))
    with pytest.raises(RecordingError, match="needs"):
        analyse_without_force(NOTHING)


def test_the_table_says_what_was_found(tmp_path: Path) -> None:
    lines = result_lines(analyse_without_force(CENTRE))
    assert any(line.startswith("sway: path_cm 47") for line in lines)
    assert not any("hold" in line for line in lines)
    file = tmp_path / "c.csv"
    rows = [f"{t:.3f},{x:.5f},{y:.5f}" for t, (x, y) in zip(TIME_S, CIRCLE_CM, strict=True)]
    file.write_text("\n".join(["t_s,copx_cm,copy_cm", *rows]))
    assert "sway" in review(file, Options()).to_text()
