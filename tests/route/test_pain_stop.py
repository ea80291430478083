"""PAIN STOP in the real command: by key and by signal, in plain lines and in a terminal."""

import re
import signal
from pathlib import Path

import pytest

from tests.route.kills import wait_for_part
from tests.route.rig import Home, Said, wait_until
from tests.route.terminals import Terminal
from trainer.library.records import SessionStatus
from trainer.recording.reader import read_recording

WORKING = ("run", "--skip-mvc", "--sets", "1", "--reps", "15", "--speed")
"""A session that asks for the first press after about six seconds of its own time."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_a_session_in_plain_lines_and_all_is_kept(
    number: signal.Signals, home: Home
) -> None:
    running = home.start(*WORKING, "8")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 9_000)
    for _ in range(3):  # impatience changes nothing
        running.send_signal(number)
    said = home.end(running)
    assert said.status == 0
    assert said.err == ""
    assert "STOPPED" in said.out
    assert "Stopped: pain" in said.out
    assert_kept(home, said)


def test_sigterm_ends_a_session_which_is_kept_and_was_no_pain_stop(home: Home) -> None:
    running = home.start(*WORKING, "8")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 9_000)
    for _ in range(3):
        running.send_signal(signal.SIGTERM)
    said = home.end(running)
    assert (said.status, said.err) == (0, "")
    assert "pain" not in said.out
    assert home.parts == []
    [session] = home.sessions()
    assert (session.status, session.stop_reason) == (SessionStatus.ENDED, "")
    kinds = [note.kind for note in read_recording(home.recordings[0]).notes]
    assert "EndSession" in kinds
    assert "SessionStopped" not in kinds
    assert Path(said.out.rpartition("report: ")[2].strip()).exists()


def test_a_signal_at_the_very_start_leaves_no_session_that_seems_to_run(home: Home) -> None:
    running = home.start(*WORKING, "1")
    wait_until((home.folders.data / "session.lock").exists)
    running.send_signal(signal.SIGTERM)
    said = home.end(running)
    assert "Traceback" not in said.err
    assert home.parts == [] or home.say("sessions").status == 0
    assert SessionStatus.RUNNING not in {session.status for session in home.sessions()}
    assert home.parts == []


@pytest.mark.parametrize("key", ["p", "\x1b", "\x03"], ids=["p", "Esc", "Ctrl-C"])
def test_a_key_in_the_terminal_stops_the_session(key: str, home: Home) -> None:
    with Terminal(home, *WORKING, "15") as terminal:
        lead_into_set(terminal)
        terminal.press(key)
        status, err = terminal.end()
        wait_until(lambda: "report: " in terminal.shown)
        shown = terminal.shown
    assert (status, err) == (0, "")
    assert "Stopped: pain" in shown
    assert_kept(home, Said(status, re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown), err))


def test_a_terminal_that_is_closed_stops_the_session(home: Home) -> None:
    with Terminal(home, *WORKING, "15") as terminal:
        lead_into_set(terminal)
        terminal.hang_up()
        terminal.end()
    [session] = home.sessions()
    assert session.status is SessionStatus.STOPPED
    assert session.stop_reason == "pain"


def test_q_in_the_terminal_ends_the_session_and_it_is_no_pain_stop(home: Home) -> None:
    with Terminal(home, *WORKING, "15") as terminal:
        lead_into_set(terminal)
        terminal.press("q")
        status, _ = terminal.end()
    [session] = home.sessions()
    assert status == 0
    assert session.status is SessionStatus.ENDED
    assert session.stop_reason == ""


def test_a_reader_that_goes_away_stops_the_session(home: Home) -> None:
    running = home.start(*WORKING, "8")
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    running.wait(60.0)
    err = running.stderr.read() if running.stderr is not None else ""
    running.__exit__(None, None, None)
    assert "Traceback" not in err
    [session] = home.sessions()
    assert session.status is SessionStatus.STOPPED


def lead_into_set(terminal: Terminal) -> None:
    """Press space where the foot is asked for, and wait for the first rep."""
    wait_until(lambda: "put your left foot on the pad" in terminal.shown)
    terminal.press(" ")
    wait_until(lambda: "rep 1 of 15" in terminal.shown)


def assert_kept(home: Home, said: Said) -> None:
    """Check that a stopped session is recorded, listed, reported, and counts nothing later."""
    assert home.parts == []
    [session] = home.sessions()
    assert session.status is SessionStatus.STOPPED
    assert session.stop_reason == "pain"
    recording = read_recording(home.recordings[0])
    assert not recording.is_cut_off
    kinds = [note.kind for note in recording.notes]
    stopped = kinds.index("SessionStopped")
    assert recording.notes[stopped].body["reason"] == "pain"
    assert not {"RepCounted", "SetEnded", "PressAsked", "MvcMeasured"} & {*kinds[stopped:]}
    assert session.reps == kinds.count("RepCounted")
    report = Path(said.out.rpartition("report: ")[2].strip())
    page = report.read_text(encoding="utf-8")
    assert "stopped for pain" in page
    assert home.say("analyse", home.recordings[0], "--json").status == 0
