"""The force bar and its scale."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.terminal.fakeengine import WORK
from trainer.core.snapshot import Phase, Snapshot
from trainer.terminal.bar import Scale, draw_bar, judge_force


def test_the_bar_ends_where_the_force_is() -> None:
    assert draw_bar(replace(WORK, force_n=10.0), 40.0, 40, is_plain=True).filled == "#" * 10
    eighths = draw_bar(replace(WORK, force_n=10.5), 40.0, 40, is_plain=False).filled
    assert eighths == "█" * 10 + "▌"


def test_the_marks_stand_under_the_target_band() -> None:
    bar = draw_bar(WORK, 40.0, 40, is_plain=True)
    assert bar.marks == " " * 18 + "^--^"
    assert (bar.band_start, bar.band_end) == (18, 22)


def test_a_band_narrower_than_two_columns_is_still_seen() -> None:
    bar = draw_bar(replace(WORK, target_low_n=39.9, target_high_n=40.0), 40.0, 40, is_plain=True)
    assert bar.marks == " " * 38 + "^^"


def test_without_a_target_there_are_no_marks() -> None:
    assert draw_bar(Snapshot(force_n=5.0), 20.0, 40, is_plain=True).marks == ""


@settings(max_examples=100)
@given(st.floats(-1e3, 1e6), st.floats(0.1, 500), st.floats(0, 200), st.integers(10, 200))
def test_the_bar_never_leaves_its_width(
    force_n: float, low_n: float, span_n: float, width: int
) -> None:
    snapshot = Snapshot(force_n=force_n, target_low_n=low_n, target_high_n=low_n + span_n)
    bar = draw_bar(snapshot, Scale().full_n(snapshot), width, is_plain=False)
    assert len(bar.filled) <= width
    assert len(bar.marks) <= width


def test_the_scale_holds_still_within_a_phase_and_only_grows() -> None:
    scale = Scale()
    assert scale.full_n(WORK) == 40.0
    assert scale.full_n(replace(WORK, force_n=41.0)) == 50.0
    assert scale.full_n(replace(WORK, force_n=0.0)) == 50.0
    assert scale.full_n(replace(WORK, force_n=0.0, phase=Phase.REST)) == 40.0


def test_before_a_target_is_known_the_scale_is_fixed() -> None:
    assert Scale().full_n(Snapshot()) == 20.0


@pytest.mark.parametrize(
    ("force_n", "word"), [(17.9, "LOW"), (18.0, "IN TARGET"), (22.0, "IN TARGET"), (22.1, "HIGH")]
)
def test_the_force_is_judged_in_words_while_a_hold_goes_on(force_n: float, word: str) -> None:
    assert judge_force(replace(WORK, force_n=force_n)) == word
    assert judge_force(replace(WORK, force_n=force_n, hold_s=0.0)) == ""


def test_the_force_that_a_trace_asks_for_is_marked_under_the_bar() -> None:
    rising = replace(WORK, at_s=10.5, trace=((10.0, 0.0), (11.0, 20.0)))
    assert draw_bar(rising, 40.0, 40, is_plain=True).marks == " " * 10 + "A" + " " * 7 + "^--^"
    later = replace(rising, at_s=10.95)
    assert draw_bar(later, 40.0, 40, is_plain=False).marks == " " * 18 + "^▲-^"
