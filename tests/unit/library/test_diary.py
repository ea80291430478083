"""The diary keeps what was noted, once where it has a key, and gives it back as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from trainer.core.cues import Side
from trainer.core.diary.training import Block, EndedBy, PainReport, PainSite, SetLog
from trainer.core.errors import StorageError
from trainer.library.diary import Diary, Noting
from trainer.library.store import Store

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 28, 23, 30, tzinfo=BERLIN)
PAIN = PainReport(PainSite.ARCH, Side.LEFT, 4.0, is_sharp=True)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    """Return the diary of a new library."""
    store = Store(tmp_path / "library.sqlite")
    yield Diary(store)
    store.close()


def test_what_was_noted_is_read_back_as_it_was(diary: Diary) -> None:
    log = SetLog("a", "toe_curl", Block.WORK, None, EndedBy.DONE, 60.0, ease=7.0)
    diary.note(Noting("Ada", AT, log, key="a/1"))
    diary.note(Noting("Ada", AT, PAIN))
    (entry,) = diary.entries("Ada", SetLog)
    assert entry.said == log
    assert entry.key == "a/1"
    assert entry.local_at.isoformat() == AT.isoformat()
    assert entry.zone == "Europe/Berlin"
    assert diary.entries("Ada", PainReport)[0].said == PAIN
    assert diary.entries("Bob", PainReport) == ()


def test_entries_come_in_order_of_time_and_from_an_instant_on(diary: Diary) -> None:
    days = [AT + timedelta(days=shift) for shift in (2, 0, 1)]
    for at in days:
        diary.note(Noting("Ada", at, PAIN))
    assert [entry.at for entry in diary.entries("Ada", PainReport)] == sorted(days)
    assert len(diary.entries("Ada", PainReport, since=AT + timedelta(days=1))) == 2


def test_a_key_stands_once_for_each_athlete(diary: Diary) -> None:
    assert diary.note(Noting("Ada", AT, PAIN, key="k")) is not None
    assert diary.note(Noting("Ada", AT, PAIN, key="k")) is None
    assert diary.note(Noting("Bob", AT, PAIN, key="k")) is not None
    assert len(diary.entries("Ada", PainReport)) == 1


def test_what_replaces_a_record_stands_in_its_place(diary: Diary) -> None:
    worse = PainReport(PainSite.ARCH, Side.LEFT, 6.0)
    diary.note(Noting("Ada", AT, PAIN, key="k"))
    diary.note(Noting("Ada", AT, worse, key="k"), replaces=True)
    assert [entry.said for entry in diary.entries("Ada", PainReport)] == [worse]


def test_a_record_is_taken_back_once_and_put_back(diary: Diary) -> None:
    number = diary.note(Noting("Ada", AT, PAIN, key="k"))
    assert number is not None
    assert diary.take_back(number)
    assert not diary.take_back(number)
    assert diary.entries("Ada", PainReport) == ()
    assert diary.put_back(number)
    assert [entry.said for entry in diary.entries("Ada", PainReport)] == [PAIN]


def test_records_are_taken_back_together(diary: Diary) -> None:
    first, second, _ = diary.note_all([Noting("Ada", AT, PAIN)] * 3)
    assert first is not None
    assert second is not None
    assert diary.take_back_all([first, second]) == 2
    assert diary.take_back_all([first, second]) == 0
    assert diary.take_back_all([]) == 0
    assert len(diary.entries("Ada", PainReport)) == 1


def test_a_record_is_not_put_back_beside_another_of_its_key(diary: Diary) -> None:
    number = diary.note(Noting("Ada", AT, PAIN, key="k"))
    assert number is not None
    diary.take_back(number)
    diary.note(Noting("Ada", AT, PAIN, key="k"))
    assert not diary.put_back(number)


def test_all_are_noted_or_none(diary: Diary) -> None:
    @dataclass(frozen=True)
    class Unheard:
        what: object

    with pytest.raises(Exception, match="JSON"):
        diary.note_all((Noting("Ada", AT, PAIN), Noting("Ada", AT, Unheard(object()))))
    assert diary.entries("Ada", PainReport) == ()


def test_an_unreadable_record_is_named(diary: Diary) -> None:
    @dataclass(frozen=True)
    class Pain:
        words: str

    Pain.__name__ = "PainReport"
    diary.note(Noting("Ada", AT, Pain("old")))
    with pytest.raises(StorageError, match="PainReport"):
        diary.entries("Ada", PainReport)
