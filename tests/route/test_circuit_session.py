"""A whole circuit by its command, noted as it goes; and one that is killed and goes on."""

import re
import signal
from pathlib import Path
from typing import TypeVar

from tests.route.kills import kill, wait_for_part
from tests.route.rig import Home, wait_until
from trainer.app.circuitlog import set_logs
from trainer.core.diary.entry import Entry
from trainer.core.diary.session import Progress
from trainer.core.diary.training import Block, EndedBy, PainReport, SessionLog, SetLog
from trainer.library.library import open_library

Said = TypeVar("Said")

ORDER = ("run", "--source", "sim", "--screen", "lines", "--circuit", "standard_set")
KILLED = (*ORDER, "--speed", "80", "--skip-mvc")
"""The weekly standard set: the shortest circuit that is warmed up for."""

IN_WORK = 11
"""A set well within the work, by its number."""


def noted(home: Home, kind: type[Said]) -> list[Entry[Said]]:
    with open_library(home.folders) as library:
        return list(library.diary.entries("athlete", kind))


def cut_in_work(home: Home) -> Progress:
    """Kill a session in its work and return where it stood."""
    running = home.start(*KILLED)
    try:
        wait_for_part(home)
        wait_until(lambda: any(e.said.number >= IN_WORK for e in noted(home, Progress)))
    finally:
        kill(running)
    [cut] = noted(home, Progress)
    return cut.said


def test_one_command_leads_a_circuit_from_its_questions_to_its_cooldown(home: Home) -> None:
    said = home.say(*ORDER, "--speed", "max")
    assert said.status == 0, said.err
    told = re.sub(r"(?m)^\d+:\d\d  ", "", said.out)
    places = [told.find(f"\n{block}: ") for block in ("work", "cooldown")]
    assert -1 not in places
    assert places == sorted(places)
    assert "pain in the feet now" in told
    [session] = noted(home, SessionLog)
    assert session.said.is_complete
    assert session.is_simulated
    sets = [entry.said for entry in noted(home, SetLog)]
    blocks = [log.block for log in sets]
    assert blocks == sorted(blocks, key=list(Block).index)
    assert set(blocks) == set(Block)
    assert {log.counted_reps for log in sets if log.block is Block.WORK} == {1}
    assert session.said.duration_s > sum(log.duration_s for log in sets)
    assert noted(home, Progress) == []
    page = Path(said.out.splitlines()[-1].removeprefix("report: ")).read_text(encoding="utf-8")
    assert "Weekly standard set" in page


def test_a_circuit_that_was_killed_goes_on_at_the_same_set_and_none_stands_twice(
    home: Home,
) -> None:
    cut = cut_in_work(home)
    assert {e.key for e in noted(home, SetLog)} == {
        f"{cut.session_id}/{number}" for number in range(1, cut.number)
    }
    hinted = home.say("run", "--skip-mvc", "--sets", "1", "--reps", "1", "--speed", "max")
    told = f"standard_set was left at set {cut.number} of {cut.sets}: `footspring run --resume`"
    assert told in hinted.err
    said = home.say("run", "--resume", "--speed", "max", "--skip-mvc", "--screen", "lines")
    assert said.status == 0, said.err
    assert f"from set {cut.number} of {cut.sets} on" in said.out
    with open_library(home.folders) as library:
        logs = set_logs(library.diary, "athlete", cut.session_id)
    own = [e for e in noted(home, SetLog) if e.said.session_id == cut.session_id]
    assert len(logs) == len(own) == cut.sets
    assert {log.ended_by for log in logs} == {EndedBy.DONE}
    [session] = [e for e in noted(home, SessionLog) if e.said.session_id == cut.session_id]
    assert session.said.is_complete
    assert noted(home, Progress) == []
    again = home.say("run", "--resume", "--speed", "max", "--screen", "lines")
    assert again.status != 0
    assert "no circuit of athlete was cut off" in again.err


def test_a_pain_stop_is_noted_as_sharp_and_ends_the_day(home: Home) -> None:
    running = home.start(*KILLED)
    wait_for_part(home)
    wait_until(lambda: any(e.said.number >= IN_WORK for e in noted(home, Progress)))
    running.send_signal(signal.SIGINT)
    home.end(running)
    [report] = noted(home, PainReport)
    assert report.said.is_sharp
    assert noted(home, SessionLog)[0].said.stop_reason == "pain"
    again = home.say("run", "--resume", "--speed", "max", "--screen", "lines")
    assert again.status == 2
    assert "was stopped for pain today, and that ends the day" in again.err
