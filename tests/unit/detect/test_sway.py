"""Sway against closed forms, and firm ground against foam in real quiet standing."""

import math
from pathlib import Path

import numpy as np
import pytest

from trainer.core.arrays import FloatArray
from trainer.core.cues import Side
from trainer.core.findings import Sway
from trainer.core.pad import CellPlace, PadSettings
from trainer.core.track import EvenTrack
from trainer.detect.sway import measure_sway, pressure_centre
from trainer.signal.stance import even_stance

WITHIN = 0.01


def centre_of(time_s: FloatArray, centre_cm: FloatArray) -> Sway:
    return measure_sway(even_stance(time_s, centre_cm), None, None)


def curve(a: float, b: float, times: int, phase: float) -> tuple[float, float, float]:
    """Return path per turn, mean distance and root of det cov of a Lissajous curve."""
    turn = np.linspace(0.0, 2 * np.pi, 400_001)
    x, y = a * np.cos(turn), b * np.sin(times * turn + phase)
    path = float(np.hypot(np.diff(x), np.diff(y)).sum())
    spread = np.cov(x[:-1], y[:-1], ddof=0)
    return path, float(np.hypot(x, y)[:-1].mean()), math.sqrt(float(np.linalg.det(spread)))


@pytest.mark.parametrize("rate_hz", [40.0, 100.0, 200.0])
@pytest.mark.parametrize(("a", "b", "times"), [(1.0, 1.0, 1), (1.5, 0.4, 1), (1.2, 0.8, 2)])
@pytest.mark.parametrize("turn_hz", [0.5, 1.0])
def test_closed_forms_are_met_within_one_per_cent(
    rate_hz: float, a: float, b: float, times: int, turn_hz: float
) -> None:
    time_s = np.arange(round(30 * rate_hz) + 1) / rate_hz
    angle = 2 * np.pi * turn_hz * time_s
    phase = 0.3 * (times - 1)
    centre_cm = np.column_stack([5 + a * np.cos(angle), b * np.sin(times * angle + phase) - 3])
    path, mean_cm, root = curve(a, b, times, phase)
    sway = centre_of(time_s, centre_cm)
    assert sway.path_cm == pytest.approx(path * turn_hz * 30.0, rel=WITHIN)
    assert sway.mean_speed_cm_s == pytest.approx(path * turn_hz, rel=WITHIN)
    assert sway.rms_cm == pytest.approx(math.sqrt((a * a + b * b) / 2), rel=WITHIN)
    assert sway.ellipse95_cm2 == pytest.approx(math.pi * 5.991 * root, rel=WITHIN)
    expected_hz = path * turn_hz / (2 * math.pi * mean_cm)
    assert sway.mean_frequency_hz == pytest.approx(expected_hz, rel=WITHIN)


@pytest.mark.parametrize("rate_hz", [40.0, 92.9, 100.0, 200.0])
def test_noise_above_ten_hertz_losses_and_uneven_stamps_change_nothing(rate_hz: float) -> None:
    rng = np.random.default_rng(int(rate_hz))
    count = round(30 * rate_hz)
    time_s = (np.arange(count) + rng.uniform(-0.3, 0.3, count)) / rate_hz
    angle = 2 * np.pi * time_s
    centre_cm = np.column_stack([np.cos(angle), np.sin(angle)])
    for noise_hz in (14.0, 17.0):
        phases = 2 * np.pi * rng.random((1, 2))
        centre_cm += 0.02 * np.cos(2 * np.pi * noise_hz * time_s[:, np.newaxis] + phases)
    centre_cm[rng.random(count) < 1 / 16] = np.nan
    sway = centre_of(time_s, centre_cm)
    assert sway.mean_speed_cm_s == pytest.approx(2 * math.pi, rel=WITHIN)
    assert sway.rms_cm == pytest.approx(1.0, rel=WITHIN)
    assert sway.ellipse95_cm2 == pytest.approx(math.pi * 5.991 / 2, rel=WITHIN)
    assert sway.mean_frequency_hz == pytest.approx(1.0, rel=WITHIN)


def test_the_ellipse_does_not_depend_on_how_the_foot_is_turned() -> None:
    time_s = np.arange(3000) / 100.0
    centre_cm = np.random.default_rng(3).normal(size=(3000, 2)).cumsum(axis=0) * [0.02, 0.01]
    angle = 0.7
    turned = centre_cm @ [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    one, other = centre_of(time_s, centre_cm), centre_of(time_s, turned)
    assert one.ellipse95_cm2 == pytest.approx(other.ellipse95_cm2)
    assert one.path_cm == pytest.approx(other.path_cm)


def test_with_one_row_of_cells_forward_sway_alone_is_measured() -> None:
    time_s = np.arange(3000) / 100.0
    share = 0.5 + 0.05 * np.sin(2 * np.pi * 0.5 * time_s)
    cells_n = 300.0 * np.column_stack([share, 1 - share])
    centre_cm = pressure_centre(cells_n, ("ball", "heel"), PadSettings())
    assert centre_cm[:, 0] == pytest.approx(100 * (0.12 * share - 0.045 * (1 - share)))
    assert np.isnan(centre_cm[:, 1]).all()
    sway = centre_of(time_s, centre_cm[:, :1])
    amplitude_cm = 100 * 0.165 * 0.05
    assert sway.path_cm == pytest.approx(4 * amplitude_cm * 0.5 * 30.0, rel=WITHIN)
    assert sway.mean_frequency_hz == pytest.approx(0.5, rel=WITHIN)
    assert sway.ellipse95_cm2 is None


def test_cells_beside_each_other_give_the_centre_across_as_well() -> None:
    places = {
        "hallux": CellPlace(0.18, -0.03),
        "toes": CellPlace(0.18, 0.03),
        "heel": CellPlace(-0.04, 0.0),
    }
    cells_n = np.array([[50.0, 50.0, 100.0], [100.0, 0.0, 100.0]])
    found = pressure_centre(cells_n, ("hallux", "toes", "heel"), PadSettings(cells=places))
    assert found == pytest.approx(np.array([[7.0, 0.0], [7.0, -1.5]]))


def test_an_empty_pad_and_a_cell_of_unknown_place_have_no_centre() -> None:
    cells_n = np.array([[3.0, 4.0], [30.0, 40.0]])
    found = pressure_centre(cells_n, ("ball", "heel"), PadSettings())
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1, 0])
    assert np.isnan(pressure_centre(cells_n, ("force", "heel"), PadSettings())).all()


def tilt_track(roll_deg: FloatArray, forward_dps: FloatArray, left_dps: FloatArray) -> EvenTrack:
    time_s = np.arange(len(roll_deg)) / 100.0
    return EvenTrack(time_s, np.column_stack([roll_deg, forward_dps, left_dps]))


def test_tilt_rate_is_the_root_mean_square_of_both_horizontal_turns_without_their_mean() -> None:
    time_s = np.arange(3000) / 100.0
    turn = 3.0 * np.sin(2 * np.pi * time_s)
    sway = measure_sway(None, tilt_track(0 * time_s, turn + 5.0, 4.0 / 3.0 * turn), None)
    assert sway.tilt_rate_rms_dps == pytest.approx(5.0 / math.sqrt(2), rel=1e-3)
    assert sway.medial_excursions is None
    assert sway.path_cm is None


@pytest.mark.parametrize(("side", "sign"), [(Side.LEFT, 1.0), (Side.RIGHT, -1.0)])
def test_medial_excursions_are_those_that_sink_towards_the_big_toe_and_come_back(
    side: Side, sign: float
) -> None:
    time_s = np.arange(6000) / 100.0
    roll_deg = np.full(6000, 1.0)
    for first_s, height_deg in ((5, 3.0), (15, 2.1), (25, 1.5), (35, -4.0), (58, 3.0)):
        inside = (time_s >= first_s) & (time_s < first_s + 3.0)
        roll_deg[inside] += sign * height_deg
    # Trembles about the threshold: still one.
    roll_deg += 0.3 * np.sin(2 * np.pi * 5.0 * time_s)
    sway = measure_sway(None, tilt_track(roll_deg, 0 * time_s, 0 * time_s), side)
    assert sway.medial_excursions == 2


def test_both_tracks_together_give_all_figures() -> None:
    time_s = np.arange(3000) / 100.0
    circle = EvenTrack(time_s, np.column_stack([np.cos(time_s), np.sin(time_s)]))
    sway = measure_sway(circle, tilt_track(0 * time_s, np.sin(time_s), 0 * time_s), Side.LEFT)
    assert sway.path_cm is not None
    assert sway.tilt_rate_rms_dps is not None
    assert sway.medial_excursions == 0


def test_without_tracks_there_is_no_figure() -> None:
    empty = EvenTrack(np.empty(0), np.empty((0, 2)))
    assert measure_sway(None, None, None) == Sway()
    assert measure_sway(empty, EvenTrack(np.empty(0), np.empty((0, 3))), Side.LEFT) == Sway()


def test_a_centre_that_never_moves_has_no_frequency() -> None:
    still = EvenTrack(np.arange(300) / 100.0, np.zeros((300, 2)))
    sway = measure_sway(still, None, None)
    assert (sway.path_cm, sway.ellipse95_cm2, sway.mean_frequency_hz) == (0.0, 0.0, None)


def test_firm_ground_and_foam_are_told_apart_in_all_twelve_real_trials(data_folder: Path) -> None:
    folder = data_folder / "stance"
    areas_cm2: dict[str, list[float]] = {"firm": [], "foam": []}
    for line in (folder / "conditions.csv").read_text().splitlines()[1:]:
        name, surface = line.split(",")
        table = np.loadtxt(folder / name, delimiter=",", skiprows=1)
        sway = centre_of(table[:, 0], table[:, 1:])
        assert sway.ellipse95_cm2 is not None
        areas_cm2[surface].append(sway.ellipse95_cm2)
    assert len(areas_cm2["firm"]) == len(areas_cm2["foam"]) == 6
    assert max(areas_cm2["firm"]) < 0.6 * min(areas_cm2["foam"])
    assert min(areas_cm2["firm"]) > 0.3
    assert max(areas_cm2["foam"]) < 7.0
