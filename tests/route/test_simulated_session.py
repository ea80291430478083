"""A session on the simulated pad, from the command to the report, with every real part."""

import html
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.route.conftest import Done
from tests.route.rig import Home, Played, differences, overlap_s, play
from trainer.core.cues import MaxPressAsked, MvcMeasured, PressAsked, RepCounted, SetStarted, Side
from trainer.core.events import GapFound
from trainer.library.records import SessionStatus
from trainer.recording.reader import read_recording
from trainer.sources.sim.config import SimConfig, hard
from trainer.sources.sim.truth import PressTruth, Purpose

SHORT = ("--sets", "1", "--reps", "3", "--skip-mvc")


def test_one_command_leads_a_session_to_its_end_and_tells_it_in_plain_lines(done: Done) -> None:
    assert done.said.status == 0
    assert done.said.err == ""
    lines = done.said.out.splitlines()
    told = [re.sub(r"^\d+:\d\d  ", "", line) for line in lines]
    assert told[0] == "SIMULATED, Toe curl, athlete, LEFT FOOT"
    assert told[-4:-2] == ["DONE", "All done: 4 reps counted."]
    assert told[-2].startswith("link 92.9 Hz")
    assert lines[-1] == f"report: {done.home.reports[0]}"


def test_the_session_is_listed_with_what_was_done(done: Done) -> None:
    listed = done.home.say("sessions")
    row = re.split(" {2,}", listed.out.splitlines()[1])
    assert listed.status == 0
    assert row[0] == done.recording.stem
    assert row[2:6] == ["athlete", "left", "1", "4"]
    assert row[-1] == "complete (simulated)"


def test_the_report_shows_every_rep_and_can_be_written_again(done: Done) -> None:
    page = done.home.reports[0].read_text(encoding="utf-8")
    again = done.home.root / "again.html"
    written = done.home.say("report", "last", "--output", again)
    assert written.status == 0
    assert written.out.strip() == str(again)
    assert again.read_text(encoding="utf-8") == page
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"|http://www.w3.org/\S+', "", page)
    assert "SIMULATED" in page.upper()


def test_all_that_was_written_is_for_its_owner_alone(done: Done) -> None:
    share = done.home.folders.data
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [share, *share.rglob("*")]}
    assert len(modes) >= 6
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_nothing_is_written_outside_the_folder_that_xdg_names(done: Done) -> None:
    written = {path.relative_to(done.home.root).parts[0] for path in done.home.root.rglob("*.*")}
    assert written <= {"share", "again.html"}


def test_the_recording_holds_all_that_is_needed_to_compute_it_again(done: Done) -> None:
    recording = read_recording(done.recording)
    header = recording.header
    assert header is not None
    assert header.calibration is not None
    assert (header.athlete, header.side, header.exercise) == ("athlete", Side.LEFT, "toe_curl")
    assert header.is_simulated
    assert {"detection", "safety", "recording", "display"} <= set(header.settings)
    assert {"footspring", "python", "numpy", "scipy"} <= set(header.versions)
    assert not recording.is_cut_off
    assert recording.left_out == ()
    kinds = {note.kind for note in recording.notes}
    assert {"Next", "TareAsked", "CheckAsked", "MaxPressAsked", "SetStarted", "RepCounted"} <= kinds


def test_analyse_finds_in_the_recording_what_the_session_found(done: Done) -> None:
    listed = done.home.say(
        "run", "--source", f"replay:{done.recording}", "--speed", "max", "--json"
    )
    analysed = done.home.say("analyse", done.recording, "--json")
    assert analysed.status == 0
    assert [*differences(listed.found, analysed.found, relative=1e-9)] == []


@pytest.mark.parametrize("seed", [1, 12])
def test_a_live_session_ends_with_what_analyse_finds_to_the_last_number(
    home: Home, seed: int
) -> None:
    live = home.say("run", "--speed", "max", "--seed", seed, "--json", *SHORT)
    analysed = home.say("analyse", home.recordings[0], "--json")
    assert live.status == 0
    assert len(live.found["holds"]) >= 4
    assert [*differences(live.found, analysed.found, relative=1e-9)] == []
    assert live.err.count("DONE") == 1


def test_speed_changes_nothing_and_the_seed_everything(home: Home) -> None:
    found = {}
    for name, speed, seed in (("max", "max", 1), ("200", "200", 1), ("other", "max", 2)):
        found[name] = home.say("run", "--speed", speed, "--seed", seed, "--json", *SHORT).found
        del found[name]["recording"]["file"]
    sessions = home.sessions()
    assert [*differences(found["max"], found["200"])] == []
    assert [*differences(found["max"]["holds"], found["other"]["holds"])] != []
    assert {session.reps for session in sessions} == {3}
    assert sessions[1].duration_s == sessions[2].duration_s


def test_both_feet_take_turns_and_each_has_its_own_maximum(home: Home) -> None:
    home.say("run", "--speed", "max", "--sets", 2, "--reps", 1, "--side", "both")
    recording = read_recording(home.recordings[0])
    sides = [note.body["side"] for note in recording.notes if note.kind == SetStarted.__name__]
    measured = [note.body["side"] for note in recording.notes if note.kind == MvcMeasured.__name__]
    assert sides == ["left", "right", "left", "right"]
    assert measured == ["left", "right"]
    session = home.sessions()[0]
    assert (session.side_plan, session.sets, session.reps) == ("both", 4, 4)
    rests = [note.body["next_side"] for note in recording.notes if note.kind == "RestStarted"]
    assert rests[-3:] == ["right", "left", "right"]


def test_without_maximal_presses_the_target_is_estimated_and_no_percentage_is_shown(
    home: Home,
) -> None:
    said = home.say("run", "--speed", "max", "--sets", 1, "--reps", 5, "--skip-mvc")
    page = html.unescape(home.reports[0].read_text(encoding="utf-8"))
    words = re.sub(r"<(style|svg|script)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    asked = [
        note.body["target_n"]
        for note in read_recording(home.recordings[0]).notes
        if note.kind == PressAsked.__name__
    ]
    assert "max press" not in said.out
    assert "estimated" in said.out
    assert "%" not in said.out
    assert asked[0] is None
    assert asked[-1] is not None
    assert "estimated" in words
    assert re.search(r"%\s*of\s*(the\s*)?max", words) is None
    assert "MvcMeasured" not in {note.kind for note in read_recording(home.recordings[0]).notes}


def test_a_maximum_is_kept_and_the_next_session_of_that_foot_asks_for_none(home: Home) -> None:
    order = ("run", "--speed", "max", "--sets", 1, "--reps", 1, "--athlete")
    presses, targets = [], []
    for who in (("Mia",), ("Mia",), ("Leo",), ("Mia", "--side", "right")):
        assert home.say(*order, *who).status == 0
        notes = read_recording(home.recordings[-1]).notes
        presses.append(sum(note.kind == MaxPressAsked.__name__ for note in notes))
        asked = [note.body["target_n"] for note in notes if note.kind == PressAsked.__name__]
        targets.append(asked[0])
        home.recordings[-1].rename(home.root / f"{len(presses)}.mcap")
    assert [count > 0 for count in presses] == [True, False, True, True]
    assert targets[0] == targets[1] is not None


def test_the_last_athlete_is_the_next_one_unless_somebody_is_named(home: Home) -> None:
    home.say("run", "--speed", "max", "--athlete", "Zoë", *SHORT)
    said = home.say("run", "--speed", "max", *SHORT)
    assert "Zoë, LEFT FOOT" in said.out
    assert [session.athlete for session in home.sessions()] == ["Zoë", "Zoë"]


def test_a_session_that_was_done_counts_as_complete(done: Done) -> None:
    session = done.home.sessions()[0]
    assert session.status is SessionStatus.COMPLETE
    assert session.is_simulated
    assert session.stop_reason == ""
    assert Path(session.recording).suffix == ".mcap"
    assert 60 < session.duration_s < 600


@pytest.mark.parametrize("seed", range(1, 7))
def test_every_true_press_of_a_session_is_found_and_none_is_invented(seed: int) -> None:
    played = play(SimConfig(seed=seed))
    assert missed_presses(played) == []
    assert invented_holds(played) == []
    assert len(played.holds) >= 9


@pytest.mark.parametrize("seed", range(1, 7))
def test_nor_under_three_times_the_unrest_and_the_faults(seed: int) -> None:
    played = play(hard(SimConfig(seed=seed)))
    assert missed_presses(played) == []
    assert invented_holds(played) == []


@pytest.mark.parametrize("unrest", [replace, hard], ids=["easy", "hard"])
def test_a_counted_rep_is_one_true_press_and_no_press_counts_twice(
    unrest: Callable[[SimConfig], SimConfig],
) -> None:
    for seed in range(1, 5):
        played = play(unrest(SimConfig(seed=seed)), sets=2, reps=4)
        pressed = [press for press in played.presses if press.purpose is Purpose.REP]
        counted = [rep.hold for done in played.session.coach.result().sets for rep in done.counted]
        partners = [
            [press.start_s for press in pressed if overlap_s(hold, press) > 0] for hold in counted
        ]
        assert [len(found) for found in partners] == [1] * 8
        assert len({found[0] for found in partners}) == 8
        said = sum(isinstance(cue, RepCounted) for cue in played.cues)
        assert said == 8


def missed_presses(played: Played) -> list[PressTruth]:
    """Return the finished presses that no hold covers, save those that a gap tore."""
    return [
        press
        for press in played.presses
        if press.is_finished
        and not press.is_weak
        and not any(overlap_s(hold, press) > 0 for hold in played.holds)
        and not any(_tears(gap, press) for gap in played.pipeline.gaps)
    ]


def invented_holds(played: Played) -> list[float]:
    """Return the starts of finished holds where nobody pressed."""
    return [
        hold.start_s
        for hold in played.holds
        if hold.is_finished and not any(overlap_s(hold, press) > 0 for press in played.presses)
    ]


def _tears(gap: GapFound, press: PressTruth) -> bool:
    return gap.start_s < press.end_s and gap.end_s > press.start_s
