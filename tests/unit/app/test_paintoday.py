"""Pain of today ends the day: a real foot is started again with a noted reason only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.diarylog import show, undo
from trainer.app.notebook import Notebook
from trainer.app.paintoday import heed_pain, note_reason
from trainer.core.clock import ManualClock
from trainer.core.cues import Side, StopReason
from trainer.core.diary.training import NO_FIGURE, DespitePain, PainReport, PainSite
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.library.library import open_library
from trainer.library.records import SessionRecord

LATE = datetime(2026, 6, 1, 20, tzinfo=UTC)
STOP = PainReport(PainSite.NOT_SAID, Side.LEFT, 10.0, is_sharp=True, words=NO_FIGURE)


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock in Berlin, at 22:00."""
    return ManualClock(LATE, "Europe/Berlin")


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[Notebook]:
    """Return the notebook of somebody new."""
    with open_library(Folders(tmp_path / "data", tmp_path / "config")) as library:
        yield Notebook(library, "Ada", clock)


def button_stop() -> SessionRecord:
    return SessionRecord("s1", "Ada", LATE, "Europe/Berlin", 7200, "toe_curl", "left", False)


@pytest.mark.parametrize(
    "said",
    [
        STOP,
        PainReport(PainSite.HEEL, Side.LEFT, 2.0, is_sharp=True),
        PainReport(PainSite.HEEL, Side.LEFT, 6.0),
    ],
)
@pytest.mark.parametrize("is_simulated", [True, False])
def test_after_pain_that_stops_nothing_starts_on_that_day(
    said: PainReport, is_simulated: bool, book: Notebook, clock: ManualClock
) -> None:
    book.note(said)
    with pytest.raises(UsageError, match=r"Today at 22:00, pain, left .*--despite-pain"):
        heed_pain(book, is_simulated=is_simulated)
    clock.move(3 * 3600.0)
    assert heed_pain(book, is_simulated=is_simulated) == ""


def test_dull_pain_starts_as_before(book: Notebook) -> None:
    book.note(PainReport(PainSite.HEEL, Side.LEFT, 5.0))
    assert heed_pain(book, is_simulated=False) == ""


def test_a_reason_is_noted_holds_until_it_hurts_again_and_is_taken_back(
    book: Notebook, clock: ManualClock
) -> None:
    book.note(STOP)
    clock.move(60.0)
    note_reason(book, " it was no pain ")
    assert heed_pain(book, is_simulated=False) == ""
    assert [entry.said.reason for entry in book.entries(DespitePain)] == ["it was no pain"]
    assert any("despite pain: it was no pain" in line for line in show(book).lines)
    undo(book)
    with pytest.raises(UsageError, match="ends the day"):
        heed_pain(book, is_simulated=False)
    note_reason(book, "again")
    clock.move(60.0)
    book.note(STOP)
    with pytest.raises(UsageError, match="Today at 22:02"):
        heed_pain(book, is_simulated=False)


def test_without_a_word_there_is_no_reason(book: Notebook) -> None:
    note_reason(book, None)
    with pytest.raises(UsageError, match="takes a reason"):
        note_reason(book, " ")
    assert book.entries(DespitePain) == ()


def test_a_report_that_was_a_mistake_is_taken_back_by_itself(book: Notebook) -> None:
    book.note(STOP)
    undo(book)
    assert heed_pain(book, is_simulated=False) == ""


def test_simulated_pain_warns_the_simulated_foot_and_hinders_none(book: Notebook) -> None:
    book.note(STOP, is_simulated=True)
    assert heed_pain(book, is_simulated=True).startswith("Simulated, pain, left foot")
    assert heed_pain(book, is_simulated=False) == ""


def test_a_stop_by_foot_counts_as_pain_until_it_is_said_to_be_none(book: Notebook) -> None:
    session = button_stop()
    book.library.start_session(session)
    book.library.note_stop(session.session_id, StopReason.INTERRUPTED.value)
    assert heed_pain(book, is_simulated=False) == ""
    book.library.note_stop(session.session_id, StopReason.BUTTON.value)
    with pytest.raises(UsageError, match="stopped by the foot button"):
        heed_pain(book, is_simulated=False)
    note_reason(book, "I slipped")
    assert heed_pain(book, is_simulated=False) == ""


def test_a_stop_of_somebody_else_ends_nobodys_day(book: Notebook) -> None:
    session = replace(button_stop(), athlete="Bo")
    book.library.start_session(session)
    book.library.note_stop(session.session_id, StopReason.BUTTON.value)
    assert heed_pain(book, is_simulated=False) == ""
