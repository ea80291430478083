"""The places: all inside the window, none on another, at every size."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRect

from trainer.dashboard.places import Places, place, side_by_side

SIZES = [(640, 384), (800, 410), (800, 480), (1024, 600), (1280, 800), (1920, 1080), (2560, 1440)]


def rectangles(places: Places) -> list[QRect]:
    single = [
        getattr(places, name)
        for name in Places.__dataclass_fields__
        if name not in {"unit", "buttons", "small_dial", "smaller_dial", "errands", "today"}
    ]
    return [*single, *places.buttons]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_and_all_is_inside(size: tuple[int, int]) -> None:
    found = rectangles(place(*size))
    window = QRect(0, 0, *size)
    assert len(found) == 18
    for one in found:
        assert window.contains(one)
        assert one.width() > 0
        assert one.height() > 0
    for one, other in combinations(found, 2):
        assert not one.intersects(other)


@pytest.mark.parametrize("size", SIZES)
def test_the_dial_shares_its_place_with_what_a_session_may_be_left_for(
    size: tuple[int, int],
) -> None:
    places = place(*size)
    both = side_by_side(places.errands, 2, 6)
    assert places.dial.contains(places.small_dial)
    for one in both:
        assert places.dial.contains(one)
        assert not one.intersects(places.small_dial)
        assert one.height() >= 36
    assert not both[0].intersects(both[1])
    rows = (places.smaller_dial, places.today, places.errands)
    for one, other in combinations(rows, 2):
        assert not one.intersects(other)
        assert places.dial.contains(one)
    assert side_by_side(places.errands, 1, 6) == (places.errands,)


@pytest.mark.parametrize("size", SIZES)
def test_left_is_on_the_left_half_and_right_on_the_right(size: tuple[int, int]) -> None:
    places = place(*size)
    assert places.left_foot.right() < size[0] / 2 < places.right_foot.left()


@pytest.mark.parametrize("size", SIZES)
def test_pain_stop_is_the_biggest_button(size: tuple[int, int]) -> None:
    places = place(*size)
    areas = [button.width() * button.height() for button in places.buttons]
    assert places.pain.width() * places.pain.height() > 1.5 * max(areas)
