"""Runs are imported once, in any order, and the richer of two sources is kept."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trainer.app.running import Tally, import_paths
from trainer.app.runshelf import RunShelf
from trainer.core.clock import ManualClock
from trainer.core.diary.running import Run, RunMark, RunSource
from trainer.core.folders import Folders
from trainer.library.library import open_library
from trainer.running.fitwriter import Moment, Written, write_fit

CLOCK = ManualClock(datetime(2026, 11, 29, tzinfo=UTC))
TABLE = b"start,duration_s,km,shoe\n2026-05-04T05:00:20Z,61,0.181,Blue\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two runs, the first from two sources, and a damaged file."""
    usual = Written()
    told = {
        "rich.fit": write_fit(usual),
        "poor.csv": TABLE,
        "other.fit": write_fit(replace(usual, start=usual.start + timedelta(days=1))),
        "cut.fit": write_fit(replace(usual, moments=(Moment(step=None),)))[:300],
    }
    for name, content in told.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in told]


def imported(data: Path, paths: Sequence[Path]) -> tuple[list[tuple[datetime, Run]], Tally]:
    with open_library(Folders(data, data)) as library:
        shelf = RunShelf(library.diary, "Ada")
        tally = import_paths(shelf, CLOCK, paths, lambda _done, _total, _where: None)
        return [(entry.local_at, entry.said) for entry in shelf.runs()], tally


def test_importing_twice_is_importing_once(tmp_path: Path, files: list[Path]) -> None:
    first, tally = imported(tmp_path / "a", files)
    again, second = imported(tmp_path / "a", files)
    assert (len(first), tally.new, len(tally.refused)) == (2, 3, 1)
    assert again == first
    assert (second.new, second.known) == (0, 3)


def test_importing_in_any_order_gives_the_same_library(tmp_path: Path, files: list[Path]) -> None:
    expected, _ = imported(tmp_path / "expected", files)
    for place, shuffled in enumerate(itertools.islice(itertools.permutations(files), 1, 24, 7)):
        found = None
        for path in shuffled:
            found, _ = imported(tmp_path / str(place), [path])
        assert found == expected


def test_the_richer_of_two_sources_is_kept_with_the_shoe_of_the_other(
    tmp_path: Path, files: list[Path]
) -> None:
    runs, tally = imported(tmp_path / "a", files)
    assert (runs[0][1].source, runs[0][1].shoe) == (RunSource.FIT, "Blue")
    assert len(tally.twins) == 1


def test_what_was_said_of_a_run_and_the_import_are_taken_back(
    tmp_path: Path, files: list[Path]
) -> None:
    imported(tmp_path / "a", files)
    with open_library(Folders(tmp_path / "a", tmp_path / "a")) as library:
        shelf = RunShelf(library.diary, "Ada")
        shelf.mark(shelf.find("last"), RunMark(shelf.find("last").key, shoe="Red"))
        assert shelf.find("last").said.shoe == "Red"
        assert shelf.undo()
        assert shelf.find("last").said.shoe == ""
        assert shelf.undo()
        assert shelf.runs() == ()
