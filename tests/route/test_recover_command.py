"""`footspring recover`: one line for each recording that was cut off, and silence without one."""

from tests.route.kills import kill, wait_for_part
from tests.route.rig import Home, Said, wait_until
from trainer.library.records import SessionStatus


def test_where_nothing_was_cut_off_it_says_nothing(home: Home) -> None:
    assert home.say("recover") == Said(0, "", "")


def test_a_killed_session_is_finished_told_once_and_listed(home: Home) -> None:
    running = home.start("run", "--speed", "8", "--skip-mvc")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size > 4_000)
    kill(running)
    said = home.say("recover")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"{part.stem}: had been cut off; finished with ")
    assert len(said.out.splitlines()) == 1
    assert home.say("recover") == Said(0, "", "")
    assert [session.status for session in home.sessions()] == [SessionStatus.RECOVERED]


def test_what_cannot_be_finished_is_told_with_status_1(home: Home) -> None:
    home.folders.recordings.mkdir(parents=True)
    (home.folders.recordings / "20260101-120000-abcd.mcap.part").write_bytes(b"no recording")
    said = home.say("recover")
    assert said.status == 1
    assert "Nothing was deleted" in said.out
