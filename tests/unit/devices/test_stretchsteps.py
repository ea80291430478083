"""Held stretches are found in a trace, and read from a table."""

import numpy as np
import pytest

from trainer.core.arrays import FloatArray
from trainer.core.errors import UsageError
from trainer.devices.stiffness import characterise
from trainer.devices.stretchsteps import steps_of_table, steps_of_trace

RATE_HZ = 80.0
LEVELS_N = (0.5, 4.5, 8.5, 12.5, 16.5, 12.0, 7.5)
STRETCHES_MM = (0.0, 10.0, 20.0, 30.0, 40.0, 30.0, 20.0)


def trace(
    held_s: float = 6.0, creep_pct_min: float = 0.0, noise_n: float = 0.05
) -> tuple[FloatArray, FloatArray]:
    """Return a pad's force of a band that is stretched step by step, a second a move."""
    held, move = round(held_s * RATE_HZ), round(RATE_HZ)
    parts = []
    before = LEVELS_N[0]
    for level in LEVELS_N:
        parts.append(np.linspace(before, level, move))
        minutes = np.arange(held) / RATE_HZ / 60
        parts.append(level * (1 + creep_pct_min / 100 * minutes))
        before = parts[-1][-1]
    force_n = np.concatenate(parts)
    force_n += np.random.default_rng(1).normal(0, noise_n, len(force_n))
    return np.arange(len(force_n)) / RATE_HZ, force_n


def test_steps_are_found_with_their_forces() -> None:
    steps = steps_of_trace(*trace(), STRETCHES_MM, "a")
    assert [step.stretch_mm for step in steps] == list(STRETCHES_MM)
    expected_n = [level_n - LEVELS_N[0] for level_n in LEVELS_N]
    assert [step.force_n for step in steps] == pytest.approx(expected_n, abs=0.03)
    assert characterise("band", steps).stiffness_n_mm == pytest.approx(0.4, abs=0.005)


def test_what_rests_on_the_pad_changes_no_step() -> None:
    time_s, force_n = trace()
    steps = steps_of_trace(time_s, force_n + 37, STRETCHES_MM, "a")
    assert steps[1].force_n == pytest.approx(LEVELS_N[1] - LEVELS_N[0], abs=0.03)


def test_a_trace_that_does_not_begin_slack_is_refused() -> None:
    with pytest.raises(UsageError, match="begin with 0"):
        steps_of_trace(*trace(), (10.0, *STRETCHES_MM[1:]), "a")


def test_creep_is_told_with_its_uncertainty_where_it_was_held_long_enough() -> None:
    steps = steps_of_trace(*trace(held_s=40.0, creep_pct_min=-2.0), STRETCHES_MM, "a")
    found = characterise("band", steps)
    assert found.drift_pct_min == pytest.approx(-2, abs=0.3)
    assert found.drift_u_pct_min is not None
    assert 0 < found.drift_u_pct_min < 0.3


def test_short_steps_tell_no_creep() -> None:
    assert characterise("band", steps_of_trace(*trace(), STRETCHES_MM, "a")).drift_pct_min is None


def test_another_number_of_steps_is_refused_with_both_numbers() -> None:
    with pytest.raises(UsageError, match=r"7 stretches held .* 4 were named.*record again"):
        steps_of_trace(*trace(), STRETCHES_MM[:4], "a")


def test_a_trace_too_short_for_a_step_has_none() -> None:
    time_s, force_n = trace()
    with pytest.raises(UsageError, match="0 stretches held"):
        steps_of_trace(time_s[:60], force_n[:60], STRETCHES_MM, "a")


def test_rows_of_one_stretch_are_one_step() -> None:
    text = "stretch_mm,force_n\n0,1\n10,5\n10,7\n20,9\n10,5.5\n"
    steps = steps_of_table(text, "t.csv")
    assert [(step.stretch_mm, step.force_n) for step in steps] == [
        (0, 1),
        (10, 6),
        (20, 9),
        (10, 5.5),
    ]
    assert steps[1].force_u_n == pytest.approx(1.0)
    assert steps[0].force_u_n == 0


def test_a_table_tells_the_last_digits_of_its_figures() -> None:
    steps = steps_of_table("stretch_mm,force_n\n0,1\n10,5.25\n20,9.5\n", "t.csv")
    assert {(step.digit_mm, step.digit_n) for step in steps} == {(1.0, 0.01)}


def test_a_table_with_times_tells_creep() -> None:
    rows = [f"{t},0,1" for t in range(3)] + [f"{10 + t},30,{10 - 0.01 * t}" for t in range(31)]
    steps = steps_of_table("t_s,stretch_mm,force_n\n" + "\n".join(rows), "t.csv")
    assert steps[0].drift_pct_min is None
    assert steps[1].drift_pct_min == pytest.approx(-6, abs=0.2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mm,n\n1,2\n", "header is mm, n; expected"),
        ("", "header is empty"),
        ("stretch_mm,force_n\n1,2\n3,x\n", "t.csv, line 3"),
        ("stretch_mm,force_n\n1\n", "line 2"),
        ("stretch_mm,force_n\n1,nan\n", "line 2"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        steps_of_table(text, "t.csv")
