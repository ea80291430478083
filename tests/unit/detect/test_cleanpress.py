"""Learning the clean press: ratio, spread, leg push, and helped presses among the first."""

import numpy as np
import pytest

from trainer.detect.cleanpress import (
    AXIS_SHIFT_SD_M,
    LEAST_NM,
    SURE,
    CleanPress,
    Presses,
    known_clean,
    learn_clean,
)

RNG_SEEDS = range(12)


def made(
    count: int, seed: int, helped: int = 0, shift_m: float = 0.0, leg_n: float = 6.0
) -> Presses:
    """Return presses with ratio 1.3, spread hypot(0.2, 0.1 toe moment); the last ones helped."""
    rng = np.random.default_rng(seed)
    toe = rng.uniform(1.0, 3.5, count)
    push = rng.normal(0, leg_n, count)
    ankle = 1.3 * toe + shift_m * push + rng.normal(0, np.hypot(0.2, 0.1 * toe))
    ankle[count - helped :] += 3.0
    return Presses(ankle, toe, push, np.full(count, 0.1), np.ones(count))


def ratios(helped: int) -> list[float]:
    return [learn_clean(made(10, seed, helped)).ratio for seed in RNG_SEEDS]


def test_the_ratio_of_ten_clean_presses_is_found_within_its_uncertainty() -> None:
    learned = [learn_clean(made(10, seed)) for seed in RNG_SEEDS]
    errors = np.array([(clean.ratio - 1.3) / clean.ratio_u for clean in learned])
    assert np.abs(errors).max() < 3.5
    assert 0.5 < np.sqrt(np.mean(errors**2)) < 1.6


def test_three_helped_presses_among_the_first_ten_do_not_move_the_ratio() -> None:
    assert np.mean(ratios(helped=3)) == pytest.approx(1.3, abs=0.1)
    # A plain least squares fit is drawn up by them: the test could fail.
    plain = [float(p.ankle_nm @ p.toe_nm / (p.toe_nm @ p.toe_nm)) for p in (made(10, 1, 3),)]
    assert plain[0] > 1.5


def test_the_spread_is_the_persons_own() -> None:
    clean = learn_clean(made(60, 3))
    toe = np.array([1.0, 3.5])
    assert clean.spread_nm(toe) == pytest.approx(np.hypot(0.2, 0.1 * toe), rel=0.35)


def test_without_presses_only_a_large_excess_is_sure() -> None:
    none = np.zeros(0)
    clean = learn_clean(Presses(none, none, none, none, none))
    assert clean.ratio == pytest.approx(1.0, abs=1e-6)
    assert clean.axis_shift_m == 0.0
    assert clean.limits_nm(np.array([2.0]))[0] > 2.5


def test_a_leg_that_pushes_beside_the_assumed_axis_is_learned_where_it_shows() -> None:
    shifted = learn_clean(made(40, 5, shift_m=0.02, leg_n=30.0))
    assert shifted.axis_shift_m == pytest.approx(0.02, abs=0.004)
    # Ten presses with small pushes cannot tell, and then the pad's own axis stands.
    assert abs(learn_clean(made(10, 5)).axis_shift_m) < AXIS_SHIFT_SD_M


def test_a_known_ratio_is_kept_and_only_the_spread_is_learned() -> None:
    clean = learn_clean(made(10, 2), ratio=1.25)
    assert clean.ratio == 1.25
    assert clean.ratio_u == 0.0
    assert float(clean.spread_nm(np.array([2.0]))[0]) == pytest.approx(0.3, abs=0.15)


def test_the_limit_is_where_the_evidence_suffices_and_grows_with_the_toe_moment() -> None:
    clean = learn_clean(made(10, 1))
    toe = np.array([0.5, 2.0, 4.0])
    limits = clean.limits_nm(toe)
    assert clean.evidence(limits + 0.01, toe).min() > SURE
    assert clean.evidence(limits[1:] - 0.02, toe[1:]).max() < SURE
    assert np.all(np.diff(limits) > 0)


@pytest.mark.parametrize("sigma_nm", [0.1, 0.3, 0.6, 1.0])
def test_more_excess_is_never_less_evident_above_the_least(sigma_nm: float) -> None:
    excess = np.linspace(LEAST_NM, 30.0, 200)
    evidence = known_clean(1.0, sigma_nm).evidence(excess, np.full(200, 2.0))
    assert np.all(np.diff(evidence) > -1e-9)
    assert evidence[-1] > SURE


def test_however_steady_a_person_no_small_excess_counts() -> None:
    assert known_clean(1.0, 0.05).limits_nm(np.array([2.0]))[0] == pytest.approx(LEAST_NM)


def test_the_excess_leaves_out_the_learned_leg_push() -> None:
    one = np.ones(1)
    clean = CleanPress(1.5, 0.0, 0.01, one, one, one)
    excess = clean.excess_nm(np.array([5.0]), np.array([2.0]), np.array([30.0]))
    assert excess == pytest.approx([5.0 - 3.0 - 0.3])


@pytest.mark.parametrize("sigma_nm", [0.05, 0.7, 3.0, 30.0])
def test_the_limit_of_one_press_is_that_among_many(sigma_nm: float) -> None:
    toe = np.linspace(0.0, 8.0, 30)
    learned = learn_clean(made(20, 4))
    for clean in (learned, known_clean(1.0, sigma_nm)):
        one_by_one = [clean.limits_nm(toe[at : at + 1])[0] for at in range(len(toe))]
        assert one_by_one == clean.limits_nm(toe).tolist()
