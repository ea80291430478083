"""Rest levels that moved, told from holds."""

import numpy as np
import pytest

from trainer.core.settings import DetectionSettings
from trainer.detect.cells import cells_of
from trainer.detect.rest import RestLevel
from trainer.detect.shift import ShiftWatch
from trainer.detect.thresholds import GRID, Thresholds

RATE_HZ = 80.0


class Watched:
    """A shift watch with what it looks at; the level is 0, the floor 1 N."""

    def __init__(self) -> None:
        self.limits = Thresholds(DetectionSettings(floor_n=1.0), RATE_HZ, None)
        self.rest = RestLevel(self.limits, RATE_HZ)
        self.rest.start(np.array([0.0]))
        self.watch = ShiftWatch(self.rest, self.limits, RATE_HZ)
        self.height_n = 0.0

    def see(self, mean_n: float, cells: int, half_range_n: float = 0.1) -> list[bool]:
        """Return, cell by cell, whether it was rest."""
        found: list[bool] = []
        for _ in range(cells):
            self.height_n = max(self.height_n, mean_n + half_range_n)
            self.rest.note_range(mean_n - half_range_n, mean_n + half_range_n)
            found.append(self.watch.is_rest(mean_n, mean_n + half_range_n, self.height_n))
        return found


def test_a_hold_that_lies_flat_is_a_hold_however_long() -> None:
    assert not any(Watched().see(20.0, 300))


def test_flat_far_below_the_height_is_rest_after_a_while() -> None:
    watched = Watched()
    assert not any(watched.see(50.0, 20, half_range_n=2.0))
    found = watched.see(15.0, 20)
    assert found.index(True) == 10


def test_a_step_that_is_far_below_the_usual_holds_is_rest_after_a_while() -> None:
    watched = Watched()
    watched.limits.expect(100.0)
    found = watched.see(8.0, 40)
    assert found.index(True) == 30


def test_no_excursion_is_kept_for_longer_than_ten_minutes() -> None:
    found = Watched().see(20.0, 6002, half_range_n=2.0)
    assert found.index(True) == 6000


def test_what_is_not_flat_is_never_rest() -> None:
    watched = Watched()
    watched.see(50.0, 20, half_range_n=2.0)
    assert not any(watched.see(15.0, 60, half_range_n=2.0))


def test_a_step_onto_the_pad_is_rest_once_a_press_went_up_from_it_and_back() -> None:
    watched = Watched()
    assert not any(watched.see(30.0, 50))
    assert not any(watched.see(70.0, 15, half_range_n=2.0))
    assert any(watched.see(30.0, 8))


def test_a_press_less_high_than_the_step_is_taken_for_the_unrest_of_a_hold() -> None:
    watched = Watched()
    watched.see(30.0, 50)
    watched.see(45.0, 15, half_range_n=2.0)
    assert not any(watched.see(30.0, 20))


def test_a_new_excursion_knows_nothing_of_the_last() -> None:
    watched = Watched()
    watched.see(30.0, 50)
    watched.see(70.0, 15, half_range_n=2.0)
    watched.watch.begin()
    watched.height_n = 0.0
    assert not any(watched.see(30.0, 8))


@pytest.mark.parametrize(("back_n", "is_rest"), [(20.0, True), (30.0, False)])
def test_the_level_that_a_pull_left_is_rest_at_once(back_n: float, *, is_rest: bool) -> None:
    watched = Watched()
    watched.rest.start(np.array([20.0]))
    for mean_n, cells in ((20.0, 140), (0.0, 20)):
        for _ in range(cells):
            watched.rest.follow(cells_of(np.full((GRID, 1), mean_n)), 0, 1)
    assert any(watched.see(back_n, 8)) is is_rest


def test_a_lifted_foot_that_comes_back_is_rest_however_it_sways() -> None:
    watched = Watched()
    watched.rest.start(np.array([20.0]))
    for mean_n, cells in ((20.0, 140), (0.0, 200)):
        for _ in range(cells):
            watched.rest.follow(cells_of(np.full((GRID, 1), mean_n)), 0, 1)
    assert any(watched.see(20.0, 8, half_range_n=2.0))
