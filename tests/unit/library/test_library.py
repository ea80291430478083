"""The library: what was put in comes out, and what a dead program left is put right."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.errors import StorageError, StorageFault, UsageError
from trainer.core.folders import Folders
from trainer.core.settings import RecordingSettings
from trainer.library.instance import InstanceLock
from trainer.library.library import open_library
from trainer.library.records import MvcRecord, SessionOutcome, SessionRecord, SessionStatus
from trainer.recording.header import RecordingHeader
from trainer.recording.writer import RecordingWriter

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

SESSION = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from trainer.core.clock import SystemClock
from trainer.core.folders import Folders
from trainer.core.packets import CountsPacket, Status, Stream
from trainer.core.settings import RecordingSettings
from trainer.library.instance import InstanceLock
from trainer.library.library import open_library
from trainer.library.records import SessionRecord
from trainer.recording.header import RecordingHeader
from trainer.recording.writer import RecordingWriter

folders = Folders(Path(sys.argv[1]), Path(sys.argv[1]))
started_at = datetime.now(UTC)
lock = InstanceLock(folders)
library = open_library(folders)
library.start_session(
    SessionRecord("dead", "Ada", started_at, "UTC", 0, "toe_curl", "left", True,
                  recording="recordings/dead.mcap")
)
header = RecordingHeader("dead", started_at, "UTC", 0, "sim", True, ())
path = folders.recordings / "dead.mcap"
writer = RecordingWriter(path, header, SystemClock(), RecordingSettings())
counts = np.zeros((8, 4), dtype=np.int32)
for number in range(11):
    frame = CountsPacket(Stream.FORCE, number, 0, 1, 0, Status.OK, counts, 0.5 * number)
    writer.write([frame])
for kind in ("RepCounted", "RepCounted", "RepTakenBack", "SetEnded", "RepCounted"):
    writer.note(1.0, kind, {})
writer.flush()
print("running", flush=True)
sys.stdin.read()
"""


def test_a_session_comes_back_as_it_was_put_in(folders: Folders, session: SessionRecord) -> None:
    with open_library(folders) as library:
        assert library.sessions() == ()
        assert library.recovered == ()
        library.start_session(session)
        with InstanceLock(folders):
            assert library.sessions() == (session,)
            assert library.session(session.session_id) == session
            assert library.athletes() == ("Zoë",)


def test_a_forgotten_session_takes_a_name_along_that_nothing_else_stands_for(
    folders: Folders, session: SessionRecord
) -> None:
    with open_library(folders) as library, InstanceLock(folders):
        library.start_session(session)
        library.forget_session(session.session_id)
        assert library.sessions() == ()
        assert library.athletes() == ()
        library.start_session(session)
        library.start_session(replace(session, session_id="other"))
        library.forget_session("other")
        assert library.sessions() == (session,)
        assert library.athletes() == (session.athlete,)


def test_a_name_that_a_maximal_press_stands_for_is_not_forgotten(
    folders: Folders, session: SessionRecord
) -> None:
    mvc = MvcRecord(session.athlete, Side.LEFT, "toe_curl", "sim", NOON, 50.0, is_simulated=True)
    with open_library(folders) as library, InstanceLock(folders):
        library.start_session(session)
        library.add_mvc(mvc)
        library.forget_session(session.session_id)
        assert library.latest_mvc(session.athlete, Side.LEFT, "toe_curl", "sim") == mvc


def test_an_instant_is_the_same_instant_in_whatever_zone_it_was_put_in(
    folders: Folders, session: SessionRecord
) -> None:
    elsewhere = session.started_at.astimezone(timezone(timedelta(hours=-5)))
    with open_library(folders) as library:
        library.start_session(replace(session, started_at=elsewhere))
        (found,) = library.sessions()
    assert found.started_at == session.started_at
    assert found.started_at.tzinfo is UTC


def test_the_end_of_a_session_and_its_report_are_stored(
    folders: Folders, session: SessionRecord
) -> None:
    outcome = SessionOutcome(SessionStatus.STOPPED, "pain", 2, 33, 301.5, athlete="Ada")
    with open_library(folders) as library:
        library.start_session(session)
        library.finish_session(session.session_id, outcome)
        library.add_report(session.session_id, folders.reports / "a.html")
    with open_library(folders) as library:
        (found,) = library.sessions()
        library.add_report(session.session_id, Path("/elsewhere/a.html"))
        assert library.session(session.session_id).report == "/elsewhere/a.html"
    assert found == replace(
        session,
        athlete="Ada",
        status=SessionStatus.STOPPED,
        stop_reason="pain",
        sets=2,
        reps=33,
        duration_s=301.5,
        report="reports/a.html",
    )


def test_the_newest_session_comes_first(folders: Folders, session: SessionRecord) -> None:
    with open_library(folders) as library:
        for number in (2, 0, 1):
            later = session.started_at + timedelta(days=number)
            library.start_session(replace(session, session_id=f"s{number}", started_at=later))
        assert [found.session_id for found in library.sessions()] == ["s2", "s1", "s0"]
        assert library.athletes() == ("Zoë",)


def test_a_session_is_found_by_the_start_of_its_id(
    folders: Folders, session: SessionRecord
) -> None:
    with open_library(folders) as library:
        for session_id in ("20260102-a", "20260102-ab", "20260301-a"):
            library.start_session(replace(session, session_id=session_id))
        assert library.session("202603").session_id == "20260301-a"
        assert library.session("20260102-a").session_id == "20260102-a"
        with pytest.raises(UsageError, match=r"start of 2 sessions \(20260102-a, 20260102-ab\)"):
            library.session("20260102")
        with pytest.raises(UsageError, match=r"no session '20260103-a'\. Near: .*20260102-a"):
            library.session("20260103-a")
        with pytest.raises(UsageError, match=r"no session '%'\. `footspring sessions` lists"):
            library.session("%")
        with pytest.raises(UsageError, match="no session 'nobody'"):
            library.finish_session("nobody", SessionOutcome(SessionStatus.ENDED))


def test_a_maximal_press_is_kept_per_athlete_foot_exercise_and_pad(folders: Folders) -> None:
    first = MvcRecord("Ada", Side.LEFT, "toe_curl", "pad 1", NOON, 80.5, is_simulated=False)
    newer = replace(first, at=NOON + timedelta(days=1), mvc_n=85.0, is_simulated=True)
    others = [
        replace(newer, athlete="Bob"),
        replace(newer, side=Side.RIGHT),
        replace(newer, exercise="squeeze"),
        replace(newer, pad="pad 2"),
    ]
    with open_library(folders) as library:
        assert library.latest_mvc("Ada", Side.LEFT, "toe_curl", "pad 1") is None
        for record in (newer, first, *(replace(other, mvc_n=1.0) for other in others)):
            library.add_mvc(record)
        assert library.latest_mvc("Ada", Side.LEFT, "toe_curl", "pad 1") == newer
        assert library.athletes() == ("Ada", "Bob")


def test_a_killed_session_is_finished_marked_and_told_at_the_next_opening(
    folders: Folders,
) -> None:
    command = [sys.executable, "-c", SESSION, str(folders.data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"running\n"
        with open_library(folders) as library:
            assert library.recovered == ()
            assert library.session("dead").status is SessionStatus.RUNNING
        child.kill()
    with open_library(folders) as library:
        (recovered,) = library.recovered
        found = library.session("dead")
    assert recovered.path == folders.data / found.recording
    assert recovered.path.is_file()
    assert found.status is SessionStatus.RECOVERED
    assert (found.sets, found.reps) == (1, 2)
    assert found.duration_s == pytest.approx(5.0, abs=1e-6)
    with open_library(folders) as library:
        assert library.recovered == ()


def test_a_session_killed_before_its_recording_began_is_marked_too(
    folders: Folders, session: SessionRecord
) -> None:
    with open_library(folders) as library:
        library.start_session(session)
    with InstanceLock(folders), open_library(folders) as library:
        assert library.sessions()[0].status is SessionStatus.RUNNING
    with open_library(folders) as library:
        assert library.sessions()[0].status is SessionStatus.RECOVERED


def test_a_session_killed_after_its_recording_was_closed_is_marked_too(
    folders: Folders, session: SessionRecord
) -> None:
    with open_library(folders) as library:
        library.start_session(session)
    (folders.data / session.recording).touch()
    with InstanceLock(folders), open_library(folders) as library:
        assert library.sessions()[0].status is SessionStatus.RECOVERED


def test_a_session_that_is_being_recorded_is_left_running(
    folders: Folders, session: SessionRecord
) -> None:
    path = folders.data / session.recording
    header = RecordingHeader(session.session_id, NOON, "UTC", 0, "sim", True, ())
    with open_library(folders) as library:
        library.start_session(session)
    with (
        RecordingWriter(path, header, ManualClock(), RecordingSettings()),
        open_library(folders) as library,
    ):
        assert library.sessions()[0].status is SessionStatus.RUNNING


def test_a_damaged_list_leaves_the_recordings_alone(folders: Folders) -> None:
    folders.recordings.mkdir(parents=True)
    part = folders.recordings / "a.mcap.part"
    part.write_bytes(b"x")
    folders.database.write_bytes(b"garbage" * 100)
    with pytest.raises(StorageError, match="recordings beside it are untouched") as caught:
        open_library(folders)
    assert caught.value.reason is StorageFault.DAMAGED
    assert part.read_bytes() == b"x"


def test_a_data_folder_that_cannot_be_written_is_told() -> None:
    nowhere = Folders(Path("/sys/footspring"), Path("/sys/footspring"))
    with pytest.raises(StorageError, match="XDG_DATA_HOME") as caught:
        open_library(nowhere)
    assert caught.value.reason is StorageFault.READ_ONLY


def test_every_folder_is_its_owner_s_alone(folders: Folders) -> None:
    open_library(folders).close()
    for folder in (folders.data, folders.recordings):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert folders.database.stat().st_mode & 0o777 == 0o600


def test_a_session_killed_while_it_was_asked_whether_it_was_pain_was_stopped_for_pain(
    folders: Folders, session: SessionRecord
) -> None:
    with open_library(folders) as library:
        library.start_session(session)
        library.note_stop(session.session_id, "pain")
    with open_library(folders) as library:
        (found,) = library.sessions()
    assert (found.status, found.stop_reason) == (SessionStatus.STOPPED, "pain")
