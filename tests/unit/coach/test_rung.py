"""A rung's circuit has the changes of its ladder, and rises by no more than 10 % a week."""

import pytest

from tests.unit.plan.athletes import circuit, programme
from trainer.coach.rung import apply_change, changed_fields, ease_in, rung_circuit, scale_dose
from trainer.core.errors import UsageError

PLAIN = circuit("base")


@pytest.mark.parametrize(
    ("key", "text", "field", "expected"),
    [
        ("target_pct_mvc", "+5", "target_pct_mvc", 45.0),
        ("curl.target_pct_mvc", "-10 %", "target_pct_mvc", 36.0),
        ("curl.reps", "12", "reps", 12),
        ("curl.reps", "+10%", "reps", 11),
        ("sets", "+1", "sets", 3),
        ("curl.surface", "grass", "surface", "grass"),
    ],
)
def test_a_change_says_more_less_or_a_value(
    key: str, text: str, field: str, expected: object
) -> None:
    changed = apply_change(PLAIN, {key: text})
    assert getattr(changed.steps[1], field) == expected
    assert changed.steps[0] == PLAIN.steps[0]
    assert changed.steps[3] == PLAIN.steps[3]


def test_a_change_of_one_exercise_leaves_the_others() -> None:
    changed = apply_change(PLAIN, {"curl.reps": "+2"})
    assert changed_fields(PLAIN, changed) == ("curl.reps",)


def test_a_change_of_the_tempo_says_up_hold_and_down() -> None:
    tempo = apply_change(PLAIN, {"curl.tempo_s": "2-1-3"}).steps[1].tempo
    assert (tempo.up_s, tempo.hold_s, tempo.down_s) == (2.0, 1.0, 3.0)
    assert apply_change(PLAIN, {"curl.down_s": "+0.5"}).steps[1].tempo.down_s == 1.5


@pytest.mark.parametrize(
    "change", [{"speed": "+5"}, {"jump.reps": "+5"}, {"reps": "five"}, {"tempo_s": "2-1"}]
)
def test_a_change_that_means_nothing_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        apply_change(PLAIN, change)


def test_the_changes_of_the_rungs_below_stay() -> None:
    top = rung_circuit(programme(), "base3")
    assert (top.steps[1].reps, top.steps[1].target_pct_mvc) == (12, 45.0)
    assert rung_circuit(programme(), "base1") == PLAIN


def test_an_unknown_rung_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="base1, base2"):
        rung_circuit(programme(), "base9")


@pytest.mark.parametrize(
    ("weeks", "expected"), [(0, 44.0), (1, 48.4), (2, 53.24), (3, 58.564), (4, 60.0)]
)
def test_force_rises_by_ten_percent_a_week_at_most(weeks: int, expected: float) -> None:
    raised = apply_change(PLAIN, {"target_pct_mvc": "60"})
    eased = ease_in(PLAIN, raised, weeks).steps[1].target_pct_mvc
    assert eased == pytest.approx(expected)


def test_another_set_takes_reps_from_the_others_until_the_week_allows_them() -> None:
    raised = apply_change(PLAIN, {"curl.sets": "3"})
    eased = [ease_in(PLAIN, raised, weeks).steps[1] for weeks in range(6)]
    sums = [step.sets * step.reps for step in eased]
    assert sums[0] <= 22
    assert sums == sorted(sums)
    assert eased[-1] == raised.steps[1]


def test_a_dose_only_ever_falls_and_leaves_warm_up_and_cooldown() -> None:
    half = scale_dose(PLAIN, resistance=0.5, reps=0.5)
    assert (half.steps[1].reps, half.steps[1].target_pct_mvc) == (5, 20.0)
    assert (half.steps[0], half.steps[3]) == (PLAIN.steps[0], PLAIN.steps[3])
    assert scale_dose(PLAIN, resistance=2.0, reps=2.0) == PLAIN
