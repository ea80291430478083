"""Results by device with the person's own error beside them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trainer.app.devicecompare import compare_devices, own_errors
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Notebook
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.devices import Device
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.core.folders import Folders
from trainer.core.settings import DeviceSettings
from trainer.library.library import open_library

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
BARE = SetLog(
    "s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60,
    asked_reps=20, counted_reps=20, plateau_n=40,
)  # fmt: skip


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[DeviceShelf]:
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        book = Notebook(library, "Ada", ManualClock(START))
        book.note(Device("sole", "metatarsal_pad"), key="sole")
        yield DeviceShelf(book, DeviceSettings())


def visit(shelf: DeviceShelf, day: int, *plateaus_n: float, device: str = "") -> None:
    """Note a visit: a set of each foot with that plateau, twice."""
    clock = ManualClock(START + timedelta(days=day))
    book = Notebook(shelf.book.library, "Ada", clock)
    number = 0
    for side, plateau_n in zip(Side, plateaus_n, strict=False):
        for _ in range(2):
            number += 1
            said = replace(
                BARE, session_id=f"{day}{device}", side=side, plateau_n=plateau_n, device=device
            )
            book.note(said, key=f"{day}{device}/{number}")


def test_the_own_error_of_a_visit_stands_once_there_are_enough_visits(shelf: DeviceShelf) -> None:
    for number in range(3):
        visit(shelf, 7 * number, 40 + 2 * (number % 2), 38)
    assert "too few to go by" in compare_devices(shelf, None).lines[-2]
    for number in range(3, 9):
        visit(shelf, 7 * number, 40 + 2 * (number % 2), 38)
    answer = compare_devices(shelf, "toe_curl")
    # Steps of 2 N of the one foot and 0 N of the other: sqrt((8 * 4 + 8 * 0) / (2 * 16)).
    assert "toe_curl: own error of a visit 1.0 N from 16 pairs of visits" in answer.lines[-1]
    left = answer.lines[0]
    assert "18 sets in 9 sessions" in left
    # 1.96 * 1.0 / sqrt(9): visits count, the two sets of each do not.
    assert "± 0.7 N" in left


def test_visits_with_a_device_are_held_against_visits_with_it_alone(shelf: DeviceShelf) -> None:
    visit(shelf, 0, 40)
    visit(shelf, 1, 60, device="sole")
    assert "1 session, plateau" in compare_devices(shelf, None).lines[0]
    assert own_errors(shelf.sets()) == {}
    visit(shelf, 2, 42)
    assert own_errors(shelf.sets())["toe_curl"].differences == 1


def test_a_support_that_lifts_the_figure_is_told_once_the_error_is_known(
    shelf: DeviceShelf,
) -> None:
    for number in range(9):
        visit(shelf, 7 * number, 40 + 2 * (number % 2), 38)
        visit(shelf, 7 * number + 1, 50 + 2 * (number % 2), 48, device="sole")
    answer = compare_devices(shelf, None)
    told = [line for line in answer.lines if line.startswith("with 'sole'")]
    assert len(told) == 2
    assert all("it may cover a weakness" in line for line in told)


def test_a_kind_that_nobody_owns_is_left_out(shelf: DeviceShelf) -> None:
    visit(shelf, 0, 40)
    visit(shelf, 1, 60, device="inflation_dome")
    visit(shelf, 2, 50, device="sole")
    answer = compare_devices(shelf, None)
    assert not any("inflation_dome" in line for line in answer.lines)
    assert "no device, 2 sets in 1 session" in answer.lines[0]
    assert any("sole, 2 sets" in line for line in answer.lines)
