"""Judging holds: every witness alone, together, and pads that see less."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.detect.balances import (
    CELLS,
    REST_N,
    changes_of,
    hold_of,
    holds_of,
    presses,
    toe_moment,
)
from trainer.core.findings import Witness
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.detect.compensation import CompensationReview, judge_compensation

PAD = PadSettings()
COUNT = 30
HELPED = {14: 2.5, 19: 3.0, 25: 5.0}


def review(
    holds: list[Hold],
    cells: tuple[str, ...] = CELLS,
    pitch: list[float | None] | None = None,
    pad: PadSettings = PAD,
    clean: tuple[int, int] | None = None,
    coached: tuple[int, ...] = (),
) -> CompensationReview:
    known = [None] * len(holds) if pitch is None else pitch
    return judge_compensation(holds, cells, pad, known, clean, coached)


def flagged(found: CompensationReview) -> set[int]:
    return {number for number, hold in enumerate(found.holds) if hold.is_compensated}


def test_presses_that_the_calf_helped_are_told_from_clean_ones_and_from_leg_pushes() -> None:
    found = review(holds_of(presses(COUNT, HELPED)))
    assert flagged(found) == set(HELPED)
    assert {found.holds[number].witness for number in HELPED} == {Witness.MOMENT}
    assert found.clean_ratio == pytest.approx(1.1, abs=0.1)
    for number, extra_nm in HELPED.items():
        hold = found.holds[number]
        assert hold.ankle_excess_nm == pytest.approx(extra_nm, abs=0.8)
        assert hold.ankle_excess_u_nm is not None
        assert 0.05 < hold.ankle_excess_u_nm < 0.8


def test_helped_presses_among_the_first_ten_are_found_as_well() -> None:
    helped = {2: 3.0, 5: 3.0, 20: 3.0}
    assert flagged(review(holds_of(presses(COUNT, helped)))) == set(helped)


def test_a_set_in_which_most_later_presses_are_helped_does_not_teach_helped_as_clean() -> None:
    helped = {number: 3.0 for number in range(10, 60) if number % 10 < 8}
    found = flagged(review(holds_of(presses(60, helped))))
    assert len(found & set(helped)) >= 38
    assert found <= set(helped)


def test_a_leg_that_lifts_or_presses_is_no_calf() -> None:
    legs = [changes_of(40.0, 1.1 * toe_moment(40.0), leg_n) for leg_n in (-76.0, -50.0, 40.0)]
    assert REST_N[3] + legs[0][3] < 0.1 * REST_N[3]
    assert flagged(review(holds_of(presses(20) + legs))) == set()


def test_a_heel_that_comes_off_speaks_for_itself() -> None:
    off = changes_of(35.0, 1.1 * toe_moment(35.0) + 0.8)
    off[3] = -0.93 * REST_N[3]
    found = review(holds_of([*presses(20), off]))
    assert found.holds[20].is_compensated
    assert found.holds[20].witness in {Witness.HEEL, Witness.MOMENT}
    by_heel = review(holds_of([*presses(20), off], ("ball", "heel")), ("ball", "heel"))
    assert by_heel.holds[20].witness is Witness.HEEL
    assert not by_heel.holds[3].is_compensated


def test_pitch_alone_speaks_from_two_degrees_on() -> None:
    cells = ("hallux", "toes")
    pitch: list[float | None] = [0.1, -0.2, 0.0, 0.3, -0.1, 2.1, None, 0.2]
    found = review(holds_of(presses(8), cells), cells, pitch)
    assert [hold.is_compensated for hold in found.holds] == [False] * 5 + [True, None, False]
    assert found.holds[5].witness is Witness.PITCH
    assert found.holds[5].pitch_change_deg == 2.1
    assert found.holds[5].ankle_excess_nm is None
    assert found.clean_ratio is None


def test_a_heel_that_nearly_rises_and_a_moment_that_is_nearly_too_large_speak_together() -> None:
    changes = presses(20)
    clean_nm = 1.1 * toe_moment(40.0)
    doubtful = 0.0
    for extra_nm in np.arange(0.5, 2.0, 0.05):
        one = changes_of(40.0, clean_nm + float(extra_nm))
        if 20 in flagged(review(holds_of([*changes, one]))):
            break
        doubtful = float(extra_nm)
    holds = holds_of([*changes, changes_of(40.0, clean_nm + doubtful)])
    still: list[float | None] = [0.1, -0.1] * 10
    assert 20 not in flagged(review(holds, pitch=[*still, 0.0]))
    assert 20 in flagged(review(holds, pitch=[*still, 0.95]))


def test_without_a_ball_cell_the_heel_is_compared_with_what_clean_toes_do_to_it() -> None:
    cells = ("hallux", "toes", "heel")
    false = 0
    for seed in range(6):
        found = review(holds_of(presses(COUNT, {14: 6.0, 19: 6.0}, seed=seed), cells), cells)
        assert {14, 19} <= flagged(found)
        assert found.holds[14].witness is Witness.HEEL
        assert found.holds[14].ankle_excess_nm is None
        assert found.clean_ratio is None
        assert any("no ball cell" in warning for warning in found.warnings)
        false += len(flagged(found)) - 2
    # Leg pushes of 6 N change the heel as 0.7 Nm of calf do, and the pad cannot tell them apart.
    assert false <= 0.1 * 6 * (COUNT - 2)


def test_without_a_heel_cell_the_moment_about_the_heel_decides() -> None:
    cells = ("hallux", "toes", "ball")
    found = review(holds_of(presses(COUNT, HELPED), cells), cells)
    assert flagged(found) == set(HELPED)
    assert any("no heel cell" in warning for warning in found.warnings)


@pytest.mark.parametrize("cells", [("hallux", "toes"), ("force",), ("dome",)])
def test_what_nothing_can_vouch_for_is_unknown_never_clean(cells: tuple[str, ...]) -> None:
    holds = [replace(hold_of(one, CELLS), cell_changes_n=(1.0,) * len(cells)) for one in presses(5)]
    holds = [replace(hold, heel_change_n=None, cell_rest_n=(1.0,) * len(cells)) for hold in holds]
    found = review(holds, cells)
    assert [hold.is_compensated for hold in found.holds] == [None] * 5
    assert any("compensated is not known" in warning for warning in found.warnings)


def test_a_saturated_hold_is_unknown_and_teaches_nothing() -> None:
    holds = holds_of(presses(12))
    wild = replace(holds[3], is_saturated=True, cell_changes_n=(500.0, 0.0, 0.0, 0.0))
    found = review([*holds[:3], wild, *holds[4:]])
    assert found.holds[3].is_compensated is None
    assert found.clean_ratio == pytest.approx(1.1, abs=0.15)


def test_an_unfinished_hold_is_judged() -> None:
    holds = holds_of(presses(20, {19: 4.0}))
    holds[19] = replace(holds[19], is_finished=False)
    assert flagged(review(holds)) == {19}


def test_unfinished_holds_teach_nothing() -> None:
    cut = [replace(hold, is_finished=False) for hold in holds_of(presses(16, ratio=4.0))]
    whole = holds_of(presses(6))
    assert review([*cut, *whole], clean=(1, 22)).clean_ratio == pytest.approx(1.1, abs=0.2)


def test_the_pads_own_ratio_and_spread_are_taken_as_they_are() -> None:
    pad = PadSettings(clean_ratio=1.1, clean_sigma_nm=0.3)
    found = review(holds_of(presses(3, {1: 2.0})), pad=pad)
    assert found.clean_ratio == 1.1
    assert found.sigma_nm == pytest.approx(0.3)
    assert flagged(found) == {1}
    assert found.warnings == ("no IMU: pitch_change_deg is not known",)
    # Another person's ratio makes every press look helped: it is used, not learned.
    other = PadSettings(clean_ratio=0.0, clean_sigma_nm=0.3)
    assert len(flagged(review(holds_of(presses(10)), pad=other))) == 10


def test_a_spread_without_a_ratio_is_used_with_the_ratio_that_is_learned() -> None:
    holds = holds_of(presses(COUNT, HELPED))
    found = review(holds, pad=PadSettings(clean_sigma_nm=1.5))
    assert found.clean_ratio == pytest.approx(1.1, abs=0.15)
    assert found.sigma_nm == pytest.approx(1.5, rel=0.1)
    assert flagged(found) == {19, 25} or flagged(found) == {14, 19, 25}


def test_coached_holds_teach_before_the_first_ten_and_without_a_word() -> None:
    helped = dict.fromkeys(range(10), 3.0)
    holds = holds_of(presses(COUNT, helped))
    found = review(holds, coached=tuple(range(11, 21)))
    assert flagged(found) == set(helped)
    assert not any("learned" in warning for warning in found.warnings)
    asked = review(holds, clean=(11, 20))
    assert flagged(asked) == set(helped)
    assert any("holds 11 to 20, as asked for" in warning for warning in asked.warnings)


def test_learning_from_holds_that_nobody_vouches_for_is_said() -> None:
    found = review(holds_of(presses(COUNT)))
    assert any("first 10 holds" in warning for warning in found.warnings)
    few = review(holds_of(presses(2)))
    assert any("only 2 of the first 2 holds" in warning for warning in few.warnings)
    none = review(holds_of(presses(5)), clean=(8, 9))
    assert any("only 0 of holds 8 to 9" in warning for warning in none.warnings)
    assert none.sigma_nm is None


def test_no_holds_no_judgements() -> None:
    found = review([])
    assert (found.holds, found.clean_ratio, found.sigma_nm) == ((), None, None)


def test_no_cell_without_a_place_goes_unsaid() -> None:
    cells = ("hallux", "dome", "ball", "heel")
    found = review(holds_of(presses(3)), cells)
    assert any("no place is known for dome" in warning for warning in found.warnings)


def test_a_rest_load_of_ten_newtons_is_needed_to_see_a_heel_come_off() -> None:
    cells = ("ball", "heel")
    light = np.array([1.0, 1.0, 3.0, 6.0])
    holds = [hold_of(np.array([20.0, 10.0, -20.0, -5.9]), cells, light)]
    assert review(holds, cells).holds[0].is_compensated is None
