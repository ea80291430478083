"""A session that is killed: nothing but its last second is lost, and the next command says so."""

import re
import time
from pathlib import Path

import pytest

from tests.route.kills import kill, kill_at, stream_s, wait_for_part
from tests.route.rig import Home, differences, wait_until
from trainer.core.packets import CountsPacket
from trainer.library.records import SessionStatus
from trainer.recording.reader import read_recording

LOST_S = 1.0
"""What a kill may cost: the last second."""

SLACK_S = 0.5
"""For a machine that is busy with other tests, and for the frame that was on its way."""


def test_a_session_killed_in_real_time_loses_less_than_its_last_second(home: Home) -> None:
    running = home.start("run", "--sets", "1", "--reps", "5")
    part = wait_for_part(home)
    begun_s = time.monotonic()
    wait_until(lambda: time.monotonic() - begun_s > 2.5)
    kill(running)
    ran_s = time.monotonic() - begun_s
    said = home.say("sessions")
    recording = read_recording(part.with_suffix(""))
    assert said.status == 0
    assert not part.exists()
    assert stream_s(recording) > ran_s - LOST_S - SLACK_S
    assert recording.is_cut_off
    assert recording.left_out == ()


@pytest.mark.parametrize("seed", range(3))
def test_what_was_recorded_before_a_kill_is_recovered_listed_and_reported(
    seed: int, home: Home
) -> None:
    speed, at_bytes = kill_at(seed)
    running = home.start("run", "--seed", seed, "--speed", speed, "--skip-mvc", "--sets", "1")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size >= at_bytes)
    before = part.read_bytes()
    kill(running)
    assert part.read_bytes().startswith(before)

    said = home.say("sessions")
    assert said.status == 0
    told, _, row = said.out.splitlines()
    assert re.fullmatch(rf"{part.stem}: had been cut off; finished with \d+ s", told)
    assert "recovered after a crash" in row

    [session] = home.sessions()
    recording = read_recording(home.recordings[0])
    assert session.status is SessionStatus.RECOVERED
    # By arrival: a machine that is busy for a moment delivers that much later, times the speed.
    assert session.duration_s == pytest.approx(stream_s(recording), abs=0.5 + 0.75 * speed)
    counted = [note for note in recording.notes if note.kind == "RepCounted"]
    assert session.reps == len(counted)

    report = home.say("report", session.session_id)
    page = Path(report.out.strip()).read_text(encoding="utf-8")
    assert report.status == 0
    assert "recovered after a crash" in page
    assert "cut off" in page
    assert home.say("sessions").out.splitlines()[0].startswith("session ")


def test_every_packet_that_reached_the_disk_is_in_the_recovered_recording(home: Home) -> None:
    running = home.start("run", "--speed", "10", "--skip-mvc")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size >= 12_000)
    cut = home.root / "copy.mcap"
    cut.write_bytes(part.read_bytes())
    kill(running)
    home.say("sessions")
    copied, recovered = read_recording(cut), read_recording(home.recordings[0])
    assert len(copied.packets) >= 10
    kept = recovered.packets[: len(copied.packets)]
    for one, other in zip(copied.packets, kept, strict=True):
        assert isinstance(one, CountsPacket)
        assert isinstance(other, CountsPacket)
        assert one.frame == other.frame != b""
    assert recovered.notes[: len(copied.notes)] == copied.notes


def test_a_recovered_session_is_analysed_as_far_as_it_goes(home: Home) -> None:
    whole_home = Home(home.root / "whole")
    order = ("run", "--seed", "3", "--skip-mvc", "--sets", "1", "--reps", "6", "--speed")
    running = home.start(*order, "20")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size >= 50_000)
    kill(running)
    home.say("sessions")
    cut = home.say("analyse", home.recordings[0], "--json").found
    whole_home.say(*order, "max")
    whole = whole_home.say("analyse", whole_home.recordings[0], "--json").found
    finished = [hold for hold in cut["holds"] if hold["finished"]]
    assert 2 <= len(finished) <= len(whole["holds"])
    # Of the rest after the last one some may be missing.
    finished.pop()
    # The foot of one seed does the same until the kill; only what judges by all holds may differ.
    kept = [without_judgement(hold) for hold in finished]
    again = [without_judgement(hold) for hold in whole["holds"][: len(finished)]]
    assert [*differences(kept, again, relative=1e-6)] == []


def without_judgement(hold: dict[str, object]) -> dict[str, object]:
    """Return a hold without what the other holds have a say in."""
    by_all = {"compensated", "witness", "ankle_excess_nm", "ankle_excess_u_nm", "rigid"}
    return {key: figure for key, figure in hold.items() if key not in by_all}


def test_a_session_that_still_runs_is_left_alone(home: Home) -> None:
    running = home.start("run", "--speed", "4", "--skip-mvc", "--sets", "1", "--reps", "2")
    part = wait_for_part(home)
    said = home.say("sessions")
    assert part.exists()
    assert "cut off" not in said.out
    assert "running" in said.out
    ended = home.end(running)
    assert ended.status == 0
    assert home.sessions()[0].status is SessionStatus.COMPLETE


def test_a_kill_while_the_report_is_written_loses_nothing(home: Home) -> None:
    order = ("run", "--speed", "max", "--skip-mvc", "--sets", "1", "--reps", "2")
    running = home.start(*order)
    wait_until(lambda: bool(home.recordings))
    kill(running)
    [session] = home.sessions()
    assert session.status in {SessionStatus.COMPLETE, SessionStatus.RECOVERED}
    assert home.say("report", "last").status == 0
    assert home.parts == []
    assert len(home.say("analyse", home.recordings[0], "--json").found["holds"]) >= 2


def test_the_next_session_starts_after_a_kill_and_names_what_was_cut(home: Home) -> None:
    running = home.start("run", "--speed", "5", "--skip-mvc")
    part = wait_for_part(home)
    wait_until(lambda: part.stat().st_size >= 5_000)
    kill(running)
    said = home.say("run", "--speed", "max", "--skip-mvc", "--sets", "1", "--reps", "1")
    assert said.status == 0
    assert said.err.count("had been cut off; finished with") == 1
    assert [session.status for session in home.sessions()] == [
        SessionStatus.COMPLETE,
        SessionStatus.RECOVERED,
    ]


def test_a_part_file_without_a_single_chunk_is_removed_or_set_aside(home: Home) -> None:
    home.say("sessions")
    empty, torn = (home.folders.recordings / f"{name}.mcap.part" for name in ("empty", "torn"))
    empty.touch()
    torn.write_bytes(b"\x89MCAP0\r\n torn")
    said = home.say("sessions")
    assert said.status == 0
    assert "torn.mcap.part.damaged: had been cut off; " in said.out
    assert "Nothing was deleted" in said.out
    assert not empty.exists()
    assert (home.folders.recordings / "torn.mcap.part.damaged").exists()
    assert said.err == ""
    assert home.say("sessions").out == "no sessions yet: `footspring run` starts one\n"
