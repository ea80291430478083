"""Session after session in the real command, as a box without a screen runs it."""

import re
import signal
from pathlib import Path

from tests.route.kills import wait_for_part
from tests.route.rig import Home, wait_until
from trainer.library.records import SessionStatus

SHORT = ("run", "--again", "--skip-mvc", "--sets", "1", "--reps", "1", "--speed")


def test_a_session_that_is_complete_is_followed_by_another_until_sigterm(home: Home) -> None:
    # Slowly enough that the second session is still on when it is looked at.
    running = home.start(*SHORT, "8")
    first = wait_for_part(home).name
    wait_until(lambda: len(home.reports) == 1)
    wait_until(lambda: any(part.name != first for part in home.parts))
    running.send_signal(signal.SIGTERM)
    said = home.end(running)
    assert (said.status, said.err) == (0, "")
    statuses = [session.status for session in home.sessions()]
    assert statuses == [SessionStatus.ENDED, SessionStatus.COMPLETE]
    assert home.parts == []
    reports = re.findall(r"^report: (.+)$", said.out, re.MULTILINE)
    assert [*map(Path, reports)] == home.reports


def test_no_session_follows_a_pain_stop(home: Home) -> None:
    running = home.start(*SHORT, "2")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 4_000)
    running.send_signal(signal.SIGINT)
    said = home.end(running)
    assert (said.status, said.err) == (0, "")
    assert [session.stop_reason for session in home.sessions()] == ["pain"]


def test_a_box_that_waits_for_its_pad_ends_at_once_and_has_no_session(home: Home) -> None:
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={home.root}/no-bus"}
    running = home.start("run", "--again", "--source", "ble", variables=nowhere)
    assert running.stderr is not None
    while "Waiting for it" not in (line := running.stderr.readline()):
        assert "Bluetooth" in line
    assert running.poll() is None
    running.send_signal(signal.SIGTERM)
    said = home.end(running)
    assert said.status == 0
    assert home.sessions() == ()
