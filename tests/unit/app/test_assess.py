"""How the figures of sessions become visits: practice, names, parts, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.app.benchscene import Bench, Drawn, DrawnMax, DrawnSet, log_of, recording_of
from trainer.app.assess import AS_USUAL, Wishes, assess, head_lines, tell
from trainer.app.made import Made, made_key
from trainer.app.programmes import shipped_foundation
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.training import SessionKind, SessionLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders, make_private
from trainer.core.settings import RecordingSettings
from trainer.library.diary import Noting
from trainer.library.library import Library, open_library
from trainer.library.records import SessionRecord
from trainer.recording.header import RecordingHeader
from trainer.recording.writer import RecordingWriter

FIRST = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
CIRCUIT = shipped_foundation().circuits["standard_set"]


def held(side: Side) -> DrawnSet:
    press = Drawn(13.0, 33.0, 25.0)
    return DrawnSet("toe_flexion_hold", 10.0, 36.0, (press,), ((12.0, 20.0),), 25.0, side)


def pressed(side: Side, asked_s: float = 2.0) -> DrawnMax:
    return DrawnMax(asked_s, Drawn(asked_s + 1, asked_s + 5, 80, 0.3, 0.3), 1, side)


@dataclass(frozen=True)
class Shelf:
    """A library, and sessions that are put into it."""

    library: Library
    folders: Folders

    def put(
        self,
        day: int,
        bench: Bench | None = None,
        *,
        begun: int | None = None,
        name: str = "",
        **log: Any,  # noqa: ANN401 - fields by their names
    ) -> SessionRecord:
        """Put a session in, so many days after the first; `begun`: the day it goes on from."""
        bench = bench or Bench((held(Side.LEFT),), circuit="standard_set")
        name = name or f"day-{day}"
        whole = name if begun is None else f"day-{begun}"
        at = FIRST + timedelta(days=day)
        path = make_private(self.folders.recordings) / f"{name}.mcap"
        self._write(path, name, at, bench)
        record = SessionRecord(
            name,
            "Ann",
            at,
            "Europe/Berlin",
            3600,
            "toe_curl",
            "both",
            False,
            recording=str(path.relative_to(self.folders.data)),
        )
        self.library.start_session(record)
        session = SessionLog(
            whole,
            SessionKind.STANDARD_SET,
            "foundation",
            CIRCUIT.id,
            True,
            True,
            900.0,
            protocol_version=1,
        )
        self._note(at, replace(session, **log), whole)
        earlier = 0 if begun is None else 10
        for number, one in enumerate(bench.sets, 1 + earlier):
            said = replace(log_of(one), session_id=whole, recording=name)
            self._note(at, said, f"{whole}/{number}")
        return record

    def assess(self, record: SessionRecord, wishes: Wishes = AS_USUAL) -> tuple[Assessment, ...]:
        return assess(self.library, self.folders, record, wishes)

    def noted(self, metric: str) -> list[Assessment]:
        entries = self.library.diary.entries("Ann", Assessment)
        return [entry.said for entry in entries if entry.said.metric == metric]

    def note_made(self, whole: str) -> None:
        self._note(FIRST, Made(CIRCUIT, "foundation", "rung"), made_key(whole))

    def _note(self, at: datetime, said: object, key: str) -> None:
        self.library.diary.note(Noting("Ann", at, said, key=key), replaces=True)

    def _write(self, path: Path, name: str, at: datetime, bench: Bench) -> None:
        drawn = recording_of(bench)
        header = RecordingHeader(
            name, at, "Europe/Berlin", 3600, "pad", False, drawn.streams, athlete="Ann"
        )
        with RecordingWriter(path, header, ManualClock(), RecordingSettings()) as writer:
            writer.write(drawn.packets)
            for note in drawn.notes:
                writer.note(note.at_s, note.kind, note.body)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    folders = Folders(tmp_path / "data", tmp_path / "config")
    with open_library(folders) as library:
        yield Shelf(library, folders)


def test_the_first_two_visits_are_practice_in_the_order_of_their_days(shelf: Shelf) -> None:
    records = [shelf.put(day) for day in (0, 7, 14)]
    found = [shelf.assess(record) for record in records]
    assert [one[0].is_practice for one in found] == [True, True, False]
    assert "practice" in tell(found[0])
    # Assessed anew, the first one stays what it was.
    assert shelf.assess(records[0])[0].is_practice


def test_a_visit_that_is_split_over_two_days_is_one_visit_of_practice(shelf: Shelf) -> None:
    shelf.assess(shelf.put(0))
    for day in (7, 8):
        assert shelf.assess(shelf.put(day), Wishes(visit="second"))[0].is_practice
    assert not shelf.assess(shelf.put(14))[0].is_practice


def test_several_sets_of_one_day_are_one_day_of_practice(shelf: Shelf) -> None:
    for name in ("day-0", "second", "third"):
        assert shelf.assess(shelf.put(0, name=name))[0].is_practice
    next_day = shelf.put(1)
    # Noted anew, its own day is not among those before it.
    assert [shelf.assess(next_day)[0].is_practice for _ in range(2)] == [True, True]
    assert not shelf.assess(shelf.put(2))[0].is_practice


def test_a_visit_is_the_athletes_day_and_its_figures_stand_at_its_time(shelf: Shelf) -> None:
    [first, *_] = shelf.assess(shelf.put(0))
    assert first.visit == "2026-03-02"
    assert {e.at for e in shelf.library.diary.entries("Ann", Assessment)} == {FIRST}


def test_a_second_session_of_a_day_is_a_visit_of_its_own(shelf: Shelf) -> None:
    first, second = shelf.put(0), shelf.put(0, name="again")
    shelf.assess(first)
    shelf.assess(second)
    assert [s.visit for s in shelf.noted("hold_cv_pct")] == ["2026-03-02", "2026-03-02 (2)"]
    assert shelf.assess(second)[0].visit == "2026-03-02 (2)"


def test_a_name_that_was_given_stays(shelf: Shelf) -> None:
    record = shelf.put(0)
    shelf.assess(record, Wishes(visit="spring"))
    assert shelf.assess(record)[0].visit == "spring"


def test_assessing_anew_leaves_each_figure_once(shelf: Shelf) -> None:
    record = shelf.put(0)
    shelf.assess(record)
    shelf.assess(record, Wishes(visit="spring"))
    [only] = shelf.noted("hold_in_band_s")
    assert only.visit == "spring"
    assert only.value == pytest.approx(20, abs=0.3)


def test_what_goes_on_after_a_cut_belongs_to_the_visit_in_which_it_began(shelf: Shelf) -> None:
    begun = shelf.put(0)
    rest = shelf.put(1, Bench((held(Side.RIGHT),), circuit="standard_set"), begun=0)
    assert shelf.assess(rest)[0].visit == "2026-03-02"
    assert shelf.assess(begun)[0].visit == "2026-03-02"
    assert {said.side for said in shelf.noted("hold_decay_pct")} == {Side.LEFT, Side.RIGHT}


def test_what_one_part_of_a_visit_cannot_tell_leaves_what_another_told(shelf: Shelf) -> None:
    both = (pressed(Side.LEFT), pressed(Side.RIGHT, 42.0))
    later = replace(held(Side.RIGHT), start_s=50.0, end_s=60.0, presses=(), asked=())
    whole = shelf.put(0, Bench((held(Side.LEFT), later), both, circuit="standard_set"))
    part = shelf.put(1, Bench((held(Side.LEFT),), both[:1], circuit="standard_set"))
    one = Wishes(visit="spring")
    shelf.assess(whole, one)
    assert [s.value for s in shelf.assess(part, one) if s.metric == "left_share_pct"] == [None]
    assert [said.value for said in shelf.noted("left_share_pct")] == [pytest.approx(50, abs=0.5)]


def test_position_and_pitch_are_those_of_the_last_time_unless_they_are_said(shelf: Shelf) -> None:
    shelf.assess(shelf.put(0), Wishes(position="seated", pitch_deg=5.0))
    [second, *_] = shelf.assess(shelf.put(7))
    assert (second.position, second.pitch_deg) == ("seated", 5.0)
    [third, *_] = shelf.assess(shelf.put(14), Wishes(position="standing"))
    assert (third.position, third.pitch_deg) == ("standing", 5.0)


def test_a_circuit_whose_dose_was_made_for_the_day_is_no_protocol(shelf: Shelf) -> None:
    record = shelf.put(0, kind=SessionKind.TRAINING, rung="more")
    shelf.assess(record)
    shelf.note_made(record.session_id)
    with pytest.raises(UsageError, match=r"made for its day \(rung more\)"):
        shelf.assess(record)


def test_a_training_session_is_told_as_no_assessment(shelf: Shelf) -> None:
    record = shelf.put(0, kind=SessionKind.TRAINING, protocol_version=0)
    told = head_lines(record, found := shelf.assess(record))
    assert told[0].startswith("standard_set is no assessment")
    assert "practice" not in " ".join((*told, tell(found)))
    visit = shelf.put(7)
    assert "version 1" in head_lines(visit, shelf.assess(visit))[0]


def test_gentle_activation_is_not_assessed(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="of kind activation"):
        shelf.assess(shelf.put(0, kind=SessionKind.ACTIVATION))


def test_a_circuit_that_the_programme_no_longer_has_is_told(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="no longer has its circuit gone"):
        shelf.assess(shelf.put(0, circuit="gone"))
