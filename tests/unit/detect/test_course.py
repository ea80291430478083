"""The course of a hold against straight lines, whose means are known."""

import numpy as np
import pytest

from tests.unit.detect.traces import excursion_of, stamps, trapezoid
from trainer.core.hold import COURSE_BEFORE_S, COURSE_SLOT_S, COURSE_SLOTS
from trainer.detect.course import course_of
from trainer.detect.segment import find_spans

TIME = stamps(12.0, 93.0)


def course(cells_n: np.ndarray, time_s: np.ndarray = TIME) -> np.ndarray:
    excursion = excursion_of(time_s, cells_n)
    (span,) = find_spans(excursion, 1.0)
    return np.array(course_of(excursion, span, cells_n.shape[1]))


def test_slots_are_means_from_a_second_before_the_start_up_to_the_end() -> None:
    press = trapezoid(TIME, 3.0, 5.0, 40.0, 0.4)
    found = course(np.column_stack([7.0 + press, 50.0 - 0.5 * press]))
    count = round((5.0 - 3.0 + COURSE_BEFORE_S) / COURSE_SLOT_S)
    assert found.shape in {(count, 2), (count - 1, 2)}
    assert found[:14] == pytest.approx(np.tile([7.0, 50.0], (14, 1)))
    # The slot that ends at the start stands for 25 ms before it, where the ramp is 2.5 N lower.
    assert found[19] == pytest.approx([7.0 + 17.5, 50.0 - 8.75], abs=0.03)
    assert found[40] == pytest.approx([47.0, 30.0])


def test_before_the_first_sample_its_value_stands() -> None:
    late = TIME[TIME >= 2.5]
    found = course(
        np.column_stack([7.0 + trapezoid(late, 3.0, 5.0, 40.0), np.ones(len(late))]), late
    )
    assert found[0] == pytest.approx([7.0, 1.0])
    assert found[30] == pytest.approx([47.0, 1.0])


def test_a_long_hold_is_told_by_its_begin() -> None:
    found = course(np.column_stack([trapezoid(TIME, 2.0, 11.0, 40.0), np.ones(len(TIME))]))
    assert len(found) == COURSE_SLOTS


def test_a_single_cell_has_no_course() -> None:
    assert course(trapezoid(TIME, 3.0, 5.0, 40.0)[:, np.newaxis]).shape == (0,)
