"""Moments against the balances that they were made from."""

import numpy as np
import pytest

from tests.unit.detect.balances import CELLS, changes_of, toe_moment
from trainer.core.pad import CellPlace, PadSettings
from trainer.detect.statics import Statics

PAD = PadSettings()


def moments(cells: tuple[str, ...], changes_n: np.ndarray) -> tuple[float, float]:
    kept = [CELLS.index(cell) for cell in cells]
    ankle, toe = Statics(PAD, cells).moments(changes_n[np.newaxis, kept])
    return float(ankle[0]), float(toe[0])


def test_four_cells_give_ankle_and_toe_moment_whatever_the_leg_pushes() -> None:
    for leg_n in (-20.0, 0.0, 35.0):
        found = moments(CELLS, changes_of(40.0, 2.5, leg_n))
        assert found == pytest.approx((2.5, toe_moment(40.0)))


def test_without_a_ball_moments_are_about_the_ball_and_the_leg_counts_with_its_lever() -> None:
    ankle, toe = moments(("hallux", "toes", "heel"), changes_of(40.0, 2.5, 10.0))
    assert ankle == pytest.approx(2.5 - 0.120 * 10.0)
    assert toe == pytest.approx(toe_moment(40.0))


def test_without_a_heel_moments_are_about_the_heel() -> None:
    ankle, _ = moments(("hallux", "toes", "ball"), changes_of(40.0, 2.5, 10.0))
    assert ankle == pytest.approx(2.5 + 0.045 * 10.0)


def test_many_holds_are_turned_into_moments_at_once() -> None:
    changes = np.array([changes_of(toe_n, 0.1 * toe_n, 5.0) for toe_n in (10.0, 20.0, 30.0)])
    ankle, toe = Statics(PAD, CELLS).moments(changes)
    assert ankle == pytest.approx([1.0, 2.0, 3.0])
    assert toe == pytest.approx([toe_moment(n) for n in (10.0, 20.0, 30.0)])


def test_the_weights_of_the_excess_agree_with_the_moments() -> None:
    statics = Statics(PAD, CELLS)
    changes = changes_of(40.0, 2.5, 10.0)
    excess = changes @ statics.excess_weights_m(1.1, 0.01)
    assert excess == pytest.approx(2.5 - 1.1 * toe_moment(40.0) - 0.01 * 10.0)


@pytest.mark.parametrize(
    ("cells", "moment", "heel_moment", "heel", "leg"),
    [
        (CELLS, True, False, True, True),
        (("hallux", "ball", "heel"), True, False, True, True),
        (("hallux", "toes", "ball"), True, False, False, False),
        (("hallux", "toes", "heel"), False, True, True, False),
        (("hallux", "toes"), False, False, False, False),
        (("ball", "heel"), False, False, True, False),
        (("force",), False, False, False, False),
        (("force", "heel"), False, True, True, False),
        (("dome",), False, False, False, False),
    ],
)
def test_what_a_pad_can_see(
    cells: tuple[str, ...], moment: bool, heel_moment: bool, heel: bool, leg: bool
) -> None:
    statics = Statics(PAD, cells)
    found = (
        statics.has_moment,
        statics.has_heel_moment,
        statics.has_heel,
        statics.has_leg_push,
    )
    assert found == (moment, heel_moment, heel, leg)


def test_a_pad_file_that_moves_one_cell_leaves_the_others_where_they_are() -> None:
    pad = PadSettings(cells={"hallux": CellPlace(0.200)})
    changes = np.array([[10.0, 0.0, 0.0, 0.0], [0.0, 0.0, 10.0, 0.0]])
    ankle, toe = Statics(pad, CELLS).moments(changes)
    assert ankle == pytest.approx([2.0, 1.2])
    assert toe == pytest.approx([0.8, 0.0])


def test_a_cell_without_a_place_is_named_and_one_force_cell_is_taken_for_toes() -> None:
    assert Statics(PAD, ("hallux", "dome", "ball")).unplaced == ("dome",)
    statics = Statics(PAD, ("force", "ball", "heel"))
    assert statics.is_toe_place_assumed
    assert statics.unplaced == ()
    assert not Statics(PAD, ("toes", "force")).is_toe_place_assumed
