"""Files that come into a folder are taken once they are whole, and never half."""

import os
from pathlib import Path

import pytest

from trainer.app.arrivals import Arrivals, Happening


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "run.fit"
    path.write_bytes(b"half")
    return path


def test_a_closed_file_is_taken_once_after_two_seconds_of_peace(file: Path) -> None:
    arrivals = Arrivals()
    arrivals.note(file, 0.0, Happening.CLOSED)
    assert [arrivals.take(at_s) for at_s in (0.0, 1.9)] == [(), ()]
    assert arrivals.take(2.0) == (file,)
    assert arrivals.take(9.0) == ()


def test_a_file_that_was_moved_here_is_taken_and_an_empty_one_waits(file: Path) -> None:
    arrivals, empty = Arrivals(), file.with_name("empty.fit")
    empty.touch()
    for path in (file, empty):
        arrivals.note(path, 0.0, Happening.CAME)
    arrivals.take(0.0)
    assert arrivals.take(2.0) == (file,)
    assert arrivals.take(29.9) == ()
    assert arrivals.take(30.0) == (empty,)


def test_a_file_that_nobody_closed_waits_for_half_a_minute(file: Path) -> None:
    arrivals = Arrivals()
    arrivals.note(file, 0.0, Happening.CAME)
    arrivals.note(file, 0.0, Happening.WRITTEN)
    assert [arrivals.take(at_s) for at_s in (0.0, 29.9)] == [(), ()]
    assert arrivals.take(30.0) == (file,)


def test_a_file_that_grows_is_not_taken_though_it_was_closed_once(file: Path) -> None:
    arrivals = Arrivals()
    arrivals.note(file, 0.0, Happening.CLOSED)
    arrivals.take(0.0)
    with file.open("ab") as more:
        more.write(b" of it")
    arrivals.note(file, 1.0, Happening.WRITTEN)
    assert [arrivals.take(at_s) for at_s in (1.0, 3.0, 9.0)] == [(), (), ()]
    arrivals.note(file, 10.0, Happening.CLOSED)
    assert arrivals.take(10.0) == ()
    assert arrivals.take(12.0) == (file,)


def test_a_date_that_is_set_after_closing_does_not_make_it_wait(file: Path) -> None:
    arrivals = Arrivals()
    arrivals.note(file, 0.0, Happening.CLOSED)
    arrivals.take(0.0)
    os.utime(file, (1.0, 1.0))
    arrivals.note(file, 0.5, Happening.WRITTEN)
    assert arrivals.take(0.5) == ()
    assert arrivals.take(2.5) == (file,)


def test_a_file_that_went_away_is_forgotten_and_others_are_not_looked_at(file: Path) -> None:
    arrivals = Arrivals()
    arrivals.note(file, 0.0, Happening.CLOSED)
    arrivals.note(file.with_suffix(".jpg"), 0.0, Happening.CLOSED)
    arrivals.note(file.with_name(".run.fit.a1B2"), 0.0, Happening.CLOSED)
    file.unlink()
    assert arrivals.take(50.0) == ()
