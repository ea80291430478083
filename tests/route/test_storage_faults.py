"""Disks and files that refuse: what, where, which value, what to do, and nothing lost."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.route.kills import kill, stream_s, wait_for_part
from tests.route.rig import Home, Said, is_clear, wait_until
from trainer.app.launch import Launch, Place
from trainer.app.order import Order
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.settings import Settings
from trainer.library.library import open_library
from trainer.library.records import SessionStatus
from trainer.recording.reader import read_recording

SHORT = ("run", "--speed", "max", "--skip-mvc", "--sets", "1", "--reps", "1")
LONG = ("run", "--speed", "15", "--skip-mvc", "--sets", "1", "--reps", "12")

HUMBLE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Takes from root the right to write where nobody may."""


@pytest.fixture
def humble() -> tuple[str, ...]:
    """Return what runs a command as someone to whom file modes apply."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("NOT TESTED: root ignores file modes, and there is no setpriv")
    return ("/usr/bin/env", *HUMBLE)


@pytest.fixture
def small_disk(home: Home) -> Iterator[Path]:
    """Return the data folder of the home, on a disk of 500 kB."""
    share = home.root / "share"
    share.mkdir()
    mount = ["/usr/bin/env", "mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(share)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("NOT TESTED on a full disk: there is no mount")
    if made.returncode != 0:
        pytest.skip("NOT TESTED on a full disk: only root can mount a small one")
    yield share
    subprocess.run(["/usr/bin/env", "umount", str(share)], check=True)


def test_a_read_only_data_folder_is_refused_before_anything_starts(
    humble: tuple[str, ...], home: Home
) -> None:
    home.folders.data.mkdir(parents=True)
    home.folders.data.chmod(0o500)
    for command in (SHORT, ("sessions",), ("report", "last")):
        said = home.run(*command, prefix=humble)
        assert_refused(said, str(home.folders.data), "ermission denied", "XDG_DATA_HOME")
    assert [*home.folders.data.iterdir()] == []


def test_read_only_recordings_are_refused_and_leave_no_session_that_seems_to_run(
    humble: tuple[str, ...], home: Home
) -> None:
    home.say("sessions")
    home.folders.recordings.chmod(0o500)
    said = home.run(*SHORT, prefix=humble)
    assert_refused(said, str(home.folders.recordings), "ermission denied", "writable")
    home.folders.recordings.chmod(0o700)
    assert SessionStatus.RUNNING not in {session.status for session in home.sessions()}
    assert home.say(*SHORT).status == 0


def test_read_only_reports_cost_the_report_alone(humble: tuple[str, ...], home: Home) -> None:
    home.say("sessions")
    home.folders.reports.mkdir()
    home.folders.reports.chmod(0o500)
    said = home.run(*SHORT, prefix=humble)
    assert said.status == 1
    assert is_clear(said.err)
    assert str(home.folders.reports) in said.err
    assert home.sessions()[0].status is SessionStatus.COMPLETE
    assert len(home.recordings) == 1
    home.folders.reports.chmod(0o700)
    assert home.say("report", "last").status == 0


@pytest.mark.parametrize("name", ["", "recordings", "library.sqlite3", "session.lock"])
def test_something_in_the_way_is_named(name: str, home: Home) -> None:
    in_the_way = home.folders.data / name
    in_the_way.parent.mkdir(parents=True, exist_ok=True)
    if name in {"", "recordings"}:
        in_the_way.touch()
    else:
        in_the_way.mkdir()
    said = home.say(*SHORT)
    assert_refused(said, str(in_the_way), "Make", "XDG_DATA_HOME")


def test_a_disk_that_fills_up_in_a_session_is_told_and_what_was_recorded_is_kept(
    small_disk: Path, home: Home
) -> None:
    running = home.start(*LONG)
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 9_000)
    ballast = small_disk / "ballast"
    fill(ballast)
    before = part.read_bytes()
    said = home.end(running)
    assert said.status == 1
    assert is_clear(said.err)
    assert "the disk is full" in said.err
    assert "Free some space" in said.err
    assert "Not saved: disk full" in said.out
    assert part.read_bytes().startswith(before)
    ballast.unlink()
    assert_recovered(home, part)


def test_a_disk_that_is_freed_in_time_costs_nothing(small_disk: Path, home: Home) -> None:
    running = home.start(*LONG)
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 9_000)
    ballast = small_disk / "ballast"
    fill(ballast)
    assert running.stdout is not None
    while "Not saved: disk full" not in running.stdout.readline():
        assert running.poll() is None
    ballast.unlink()
    running.communicate(timeout=60.0)
    # The report does not fit on this disk beside the recording; the recording is whole.
    assert home.parts == []
    recording = read_recording(home.recordings[0])
    assert not recording.is_cut_off
    assert recording.left_out == ()
    assert stream_s(recording) == pytest.approx(home.sessions()[0].duration_s, abs=1.0)


def test_a_limit_on_the_size_of_files_is_like_a_full_disk(home: Home) -> None:
    # In blocks of 512 bytes: enough for the session list, not for the recording.
    limited = ("/bin/sh", "-c", 'ulimit -f 140; exec "$0" "$@"')
    said = home.run(*LONG, prefix=limited)
    assert said.status == 1
    assert is_clear(said.err)
    assert "the disk is full" in said.err
    part = home.parts[0]
    assert str(part) in said.err
    assert_recovered(home, part)


def test_a_disk_that_is_full_from_the_start_starts_nothing(small_disk: Path, home: Home) -> None:
    fill(small_disk / "ballast")
    said = home.run(*SHORT)
    assert said.status == 1
    assert is_clear(said.err)
    assert "ree some space" in said.err
    assert home.recordings == home.parts == []


def test_a_second_session_is_refused_and_names_the_process_of_the_first(home: Home) -> None:
    running = home.start("run", "--speed", "2", "--skip-mvc")
    part = wait_for_part(home)
    said = home.run(*SHORT)
    assert_refused(said, "session.lock", f"process {running.pid}", "End that session first")
    assert home.say("analyse", part).status in {0, 1, 2}
    assert len(home.parts) == 1
    kill(running)
    assert home.say(*SHORT).status == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[safety]\nstale = 2\n", ("line 2", "'safety.stale'", "unknown key", "did you mean")),
        ("[safty]\n", ("line 1", "'safty'", "did you mean 'safety'?")),
        ("[safety]\nstale_s = 99\n", ("line 2", "99 s", "0.2 to 10 s", "Correct")),
        ("[recording]\nflush_s = 'often'\n", ("line 2", "'often'", "a number")),
        ("[display]\nis_fullscreen = 1\n", ("line 2", "true or false")),
        ("[safety\n", ("not valid TOML", "line 1")),
        ("\udcff", ("cannot be read", "UTF-8")),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_file_line_and_limit(
    text: str, words: tuple[str, ...], home: Home
) -> None:
    home.folders.settings.parent.mkdir(parents=True)
    home.folders.settings.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    csv = home.root / "a.csv"
    csv.write_text("t_s,force_n\n0,1\n1,2\n", encoding="utf-8")
    for command in (SHORT, ("analyse", csv)):
        said = home.say(*command)
        assert said.status == 2
        assert said.out == ""
        assert is_clear(said.err)
        assert all(word in said.err for word in (str(home.folders.settings), *words))
    assert home.recordings == home.parts == []


def test_settings_are_used_and_kept_with_the_recording(home: Home) -> None:
    home.folders.settings.parent.mkdir(parents=True)
    home.folders.settings.write_text("[detection]\nfloor_n = 2.5\n", encoding="utf-8")
    assert home.say(*SHORT).status == 0
    header = read_recording(home.recordings[0]).header
    assert header is not None
    assert header.settings["detection"] == {"floor_n": 2.5}


@pytest.mark.parametrize("damage", [b"no database at all", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_session_list_is_refused_and_the_way_out_works(damage: bytes, home: Home) -> None:
    home.say(*SHORT)
    for log in home.folders.data.glob("library.sqlite3-*"):
        log.unlink()
    home.folders.database.write_bytes(damage)
    for command in (SHORT, ("sessions",), ("report", "last")):
        said = home.say(*command)
        assert_refused(said, str(home.folders.database), "damaged", "mv ")
    assert home.folders.database.read_bytes() == damage
    assert len(home.recordings) == 1
    home.folders.database.rename(f"{home.folders.database}.damaged")
    assert home.say(*SHORT).status == 0
    assert home.say("analyse", home.recordings[0]).status == 0


def test_a_recording_that_was_deleted_is_named_by_its_report(home: Home) -> None:
    home.say(*SHORT)
    home.recordings[0].unlink()
    said = home.say("report", "last")
    assert said.status == 2
    assert is_clear(said.err)
    assert ".mcap" in said.err
    assert home.say("sessions").status == 0


def test_a_report_of_an_unknown_session_names_those_that_there_are(home: Home) -> None:
    assert home.say("report", "last").status == 2
    home.say(*SHORT)
    name = home.recordings[0].stem
    said = home.say("report", name[:-1] + "x")
    assert said.status == 2
    assert is_clear(said.err)
    assert name in said.err
    assert "footspring sessions" in said.err
    assert home.say("report", name[:-2]).status == 0


def test_a_report_is_not_written_over_a_folder_and_leaves_no_rest(home: Home) -> None:
    home.say(*SHORT)
    said = home.say("report", "last", "--output", home.root)
    assert said.status == 1
    assert is_clear(said.err)
    assert [path.name for path in home.root.parent.glob("*.part")] == []
    said = home.say("report", "last", "--output", home.root / "no" / "such" / "folder.html")
    assert said.status == 1
    assert is_clear(said.err)


@pytest.mark.parametrize("jump_s", [-7200.0, 86_400.0])
def test_a_wall_clock_that_jumps_changes_no_duration_and_no_hold(jump_s: float, home: Home) -> None:
    found = []
    for name, clock in (("steady", SystemClock()), ("jumping", JumpingClock(jump_s))):
        folders = Home(home.root / name).folders
        order = Order(speed=None, sets=1, reps=2, is_mvc_skipped=True)
        with open_library(folders) as library:
            launch = Launch(order, Place(folders, Settings(), clock, library))
            launch.engine.send(Next())
            launch.engine.start()
            assert launch.engine.join(60.0)
            assert launch.engine.error is None
            [session] = library.sessions()
        found.append((launch.found()["holds"], session.duration_s, session.reps))
    assert found[0] == found[1]


class JumpingClock(SystemClock):
    """The system's clock, whose time of day jumps after each look at it."""

    def __init__(self, jump_s: float) -> None:
        super().__init__()
        self._jump_s = jump_s
        self._jumped_s = 0.0

    def now(self) -> datetime:
        """Return an instant that has jumped since the last one."""
        self._jumped_s += self._jump_s
        return super().now() + timedelta(seconds=self._jumped_s)


def assert_refused(said: Said, *words: str) -> None:
    """Check that nothing started, and that one clear line holds the words."""
    assert said.status == 1
    assert said.out == ""
    assert is_clear(said.err)
    for word in words:
        assert word in said.err


def assert_recovered(home: Home, part: Path) -> None:
    """Check that the next command finishes a recording that the disk cut off."""
    listed = home.say("sessions")
    assert listed.status == 0
    assert f"{part.stem}: had been cut off; finished with" in listed.out
    recording = read_recording(home.recordings[0])
    assert len(recording.packets) > 20
    assert home.say("analyse", home.recordings[0], "--json").status == 0


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file:
        for size in (4096, 1):
            while True:
                try:
                    file.write(b"\0" * size)
                except OSError:
                    break
