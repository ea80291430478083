"""The shelf: the list of sessions, private files, exercises."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.privatefile import write_private
from trainer.app.shelf import list_sessions, recovered_lines, shipped_exercises
from trainer.core.errors import StorageError, StorageFault
from trainer.core.folders import user_folders
from trainer.library.library import open_library
from trainer.library.records import SessionRecord, SessionStatus
from trainer.recording.recovery import Recovered


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def record(number: int, status: SessionStatus, *, stop_reason: str = "") -> SessionRecord:
    return SessionRecord(
        session_id=f"20260101-00000{number}-abcd",
        athlete="Zoë" if number else "",
        started_at=datetime(2026, 1, 1, 23, number, tzinfo=UTC),
        zone="Europe/Vienna",
        utc_offset_s=3600,
        exercise="toe_curl",
        side_plan="both",
        is_simulated=number == 1,
        status=status,
        stop_reason=stop_reason,
        sets=2,
        reps=38,
        duration_s=754.0,
    )


def test_an_empty_list_says_how_to_begin() -> None:
    assert list_sessions() == "no sessions yet: `footspring run` starts one"


def test_sessions_stand_newest_first_in_local_time_with_what_became_of_them() -> None:
    with open_library(user_folders()) as library:
        library.start_session(record(0, SessionStatus.COMPLETE))
        library.start_session(record(1, SessionStatus.STOPPED, stop_reason="pain"))
        library.start_session(record(2, SessionStatus.ENDED))
    header, *lines = list_sessions().splitlines()
    assert header.split() == [
        "session",
        "started",
        "athlete",
        "foot",
        "measured",
        "sets",
        "reps",
        "min",
        "status",
    ]
    assert [line[:21] for line in lines] == [
        f"20260101-00000{number}-abcd" + "  "[:1] for number in (2, 1, 0)
    ]
    assert "2026-01-02 00:01" in lines[1]
    assert lines[0].endswith("both  2              38    12.6  ended early")
    assert lines[1].endswith("stopped: pain (simulated)")
    assert "  -        " in lines[2]


def test_a_recording_that_was_cut_off_is_named_with_what_became_of_it() -> None:
    lines = recovered_lines(
        (
            Recovered(Path("a.mcap"), "a", 10, duration_s=65.4),
            Recovered(Path("b.mcap.part"), problem="it is damaged. Use a copy."),
        )
    )
    assert lines == [
        "a.mcap: had been cut off; finished with 65 s",
        "b.mcap.part: had been cut off; it is damaged. Use a copy.",
    ]


def test_a_private_file_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write_private(path, "ö" * 10)
    write_private(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_cannot_be_written_is_named_and_leaves_no_rest(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    for path in (taken, tmp_path / "no" / "a.html"):
        with pytest.raises(StorageError, match="Make its folder writable") as raised:
            write_private(path, "x")
        assert raised.value.reason is StorageFault.READ_ONLY
        assert str(path) in str(raised.value)
    assert [*tmp_path.iterdir()] == [taken]


def test_the_exercise_that_is_shipped_is_the_toe_curl() -> None:
    exercise = shipped_exercises()["toe_curl"]
    assert (exercise.sets, exercise.reps) == (3, 20)
