"""The generators do what they say: judged by closed forms, without the product."""

import numpy as np
import pytest

from tests.truth.fatiguing import FatiguePlan, record_set
from tests.truth.generator import Kind, record
from tests.truth.helping import PLACES_M, record_helped
from tests.truth.intervals import bootstrap, rate, share
from tests.truth.scene import Scene, draw_hard
from tests.truth.swaying import record_sway
from tests.truth.tapping import TapPlan, record_taps


def test_the_same_seed_gives_the_same_recording() -> None:
    scene = draw_hard(np.random.default_rng(3), 120.0)
    one, again = record(scene, 3), record(scene, 3)
    assert np.array_equal(one.time_s, again.time_s)
    assert np.array_equal(one.cells_n, again.cells_n, equal_nan=True)
    assert one.truths == again.truths
    assert not np.array_equal(one.cells_n[:100], record(scene, 4).cells_n[:100])


def test_a_true_hold_is_what_the_definition_says() -> None:
    scene = Scene(duration_s=300.0, unrest_n=0.01, sway_share=0.0, fidgets_per_min=0.0)
    take = record(scene, 5)
    rest_n = np.median(take.cells_n[:, 0][take.time_s < take.time_s[0] + 1.0])
    force_n = take.cells_n[:, 0] - rest_n
    holds = take.of_kind(Kind.WHOLE)
    assert len(holds) > 30
    for hold in holds:
        inside = force_n[(take.time_s > hold.start_s) & (take.time_s < hold.end_s)]
        quarter = len(inside) // 4
        middle_n = np.median(inside[quarter : len(inside) - quarter])
        assert middle_n == pytest.approx(hold.plateau_n, rel=0.03)
        for at_s in (hold.start_s, hold.end_s):
            at_n = np.interp(at_s, take.time_s, force_n)
            assert at_n == pytest.approx(hold.plateau_n / 2, rel=0.25)


def test_a_fatigued_set_falls_from_its_onset_on() -> None:
    truth = record_set(FatiguePlan(fall=0.01, spread=0.0), 1)
    plateaus_n = np.array([hold.plateau_n for hold in truth.take.of_kind(Kind.WHOLE)])
    assert truth.onset_rep is not None
    assert len(plateaus_n) == 60
    rested_n = plateaus_n[: truth.onset_rep - 1]
    assert rested_n == pytest.approx(np.full(len(rested_n), rested_n[0]))
    lowered = 1 - plateaus_n[truth.onset_rep - 1 :] / rested_n[0]
    assert lowered == pytest.approx(0.01 * np.arange(1, len(lowered) + 1))


def test_a_set_without_an_onset_scatters_as_it_is_told_to() -> None:
    sets = [record_set(FatiguePlan(spread=0.08), seed).take.of_kind(Kind.WHOLE) for seed in (1, 2)]
    for holds in sets:
        plateaus_n = np.array([hold.plateau_n for hold in holds])
        assert 0.05 < plateaus_n.std() / plateaus_n.mean() < 0.11


def test_help_moves_the_moment_about_the_ankle() -> None:
    clean_nm: list[float] = []
    helped_nm: list[float] = []
    for seed in range(4):
        helped = record_helped(seed, is_coached=True)
        time_s, cells_n = helped.take.time_s, helped.take.cells_n[:, :4]
        moment_nm = cells_n @ np.array(PLACES_M)
        for hold, extra_nm in zip(helped.take.of_kind(Kind.WHOLE), helped.extras_nm, strict=False):
            inside = (time_s > hold.start_s + 0.1) & (time_s < hold.end_s - 0.1)
            before = (time_s > hold.begin_s - 0.6) & (time_s < hold.begin_s)
            change_nm = np.nanmedian(moment_nm[inside]) - np.nanmedian(moment_nm[before])
            (clean_nm if extra_nm == 0 else helped_nm).append(change_nm - extra_nm)
    # Without the help that was added, helped presses are as clean ones are.
    assert len(helped_nm) > 20
    assert np.mean(helped_nm) == pytest.approx(np.mean(clean_nm), abs=0.6)


def test_a_heel_that_helps_rises_and_the_sensor_turns_forward_down() -> None:
    helped = record_helped(1, is_coached=True)
    time_s, forward_ms2 = helped.take.time_s, helped.take.cells_n[:, 4]
    changes = []
    for hold, extra_nm in zip(helped.take.of_kind(Kind.WHOLE), helped.extras_nm, strict=False):
        if extra_nm >= 3:
            inside = (time_s > hold.start_s + 0.1) & (time_s < hold.end_s - 0.1)
            before = (time_s > hold.begin_s - 0.6) & (time_s < hold.begin_s)
            changes.append(np.nanmedian(forward_ms2[inside]) - np.nanmedian(forward_ms2[before]))
    assert len(changes) >= 2
    assert max(changes) < 0


@pytest.mark.parametrize("is_imu", [False, True])
def test_taps_last_for_half_a_minute(is_imu: bool) -> None:
    take = record_taps(TapPlan(5.0, is_imu), 1)
    assert len(take.times_s) == pytest.approx(150, abs=8)
    assert take.times_s[-1] - take.times_s[0] <= 30.0


def test_the_closed_form_of_sway_is_that_of_its_samples() -> None:
    take = record_sway(2)
    x_cm, y_cm = take.columns["copx_cm"], take.columns["copy_cm"]
    path_cm = np.hypot(np.diff(x_cm), np.diff(y_cm)).sum()
    assert path_cm == pytest.approx(take.truth["path_cm"], rel=0.01)
    area = np.pi * 5.991 * np.sqrt(np.linalg.det(np.cov(x_cm, y_cm)))
    assert area == pytest.approx(take.truth["ellipse95_cm2"], rel=0.01)


def test_intervals_are_those_of_the_tables() -> None:
    wilson = share(8, 10)
    assert (wilson.value, wilson.low, wilson.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)
    poisson = rate(10, 1.0)
    assert (poisson.low, poisson.high) == pytest.approx((4.795, 18.39), abs=1e-2)
    again = bootstrap([1.0, 2.0, 3.0, 4.0], lambda some: float(np.mean(some)))
    assert (again.value, again.count) == (2.5, 4)
    assert 1.0 <= again.low < 2.5 < again.high <= 4.0
