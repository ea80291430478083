"""Devices, shoes and the log by their commands, in a library of their own."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.notebook import Notebook
from trainer.cli.main import main
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.training import Block, EndedBy, PainReport, SessionKind, SessionLog, SetLog
from trainer.core.folders import user_folders
from trainer.library.library import open_library

GOOD = ("--edges", "good", "--slip", "good", "--whole", "good")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert main(["device", "add", "band1", "--kind", "band", "--athlete", "Ada"]) == 0


def note(*records: object) -> None:
    with open_library(user_folders()) as library:
        book = Notebook(library, "Ada", ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))
        for number, record in enumerate(records):
            book.note(record, key=f"k{number}")


def note_set(said: SetLog, number: int) -> None:
    with open_library(user_folders()) as library:
        book = Notebook(library, "Ada", ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))
        book.note(said, key=f"s/{number}")


def sets() -> list[SetLog]:
    with open_library(user_folders()) as library:
        return [entry.said for entry in library.diary.entries("Ada", SetLog)]


def sessions() -> list[SessionLog]:
    with open_library(user_folders()) as library:
        return [entry.said for entry in library.diary.entries("Ada", SessionLog)]


def done(device: str = "") -> SetLog:
    return SetLog(
        "s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60,
        asked_reps=20, counted_reps=20, plateau_n=40, device=device,
    )  # fmt: skip


def test_sharp_pain_with_a_device_blocks_it_and_names_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["log", "pain", "sesamoids", "left", "4", "--sharp", "--device", "band1"]) == 1
    said = capsys.readouterr().out
    assert "NEW PLACE" in said
    assert "ask a clinician" in said
    assert "Instead: " in said
    assert main(["log", "device", "band1"]) == 2
    assert main(["device", "unblock", "band1"]) == 2
    assert main(["device", "unblock", "band1", "--reason", "softer edge"]) == 0
    assert main(["log", "device", "band1"]) == 0


def test_the_same_place_a_second_time_is_no_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "pain", "plantar", "fascia", "right", "2"]) == 1
    assert main(["log", "pain", "fascia", "right", "2"]) == 0
    assert main(["log", "pain", "fascia", "left", "2"]) == 1
    assert capsys.readouterr().out.count("NEW PLACE") == 2


def test_ease_and_pain_of_the_last_set_are_put_into_it_and_taken_back() -> None:
    note(done(), done())
    assert main(["log", "ease", "7"]) == 0
    assert main(["log", "pain", "2"]) == 0
    assert [(one.ease, one.pain) for one in sets()] == [(None, None), (7, 2)]
    assert main(["log", "undo"]) == 0
    assert [(one.ease, one.pain) for one in sets()] == [(None, None), (7, None)]
    assert main(["log", "undo"]) == 0
    assert [(one.ease, one.pain) for one in sets()] == [(None, None), (None, None)]


def test_the_last_loaded_set_is_rated_and_named_and_not_the_breathing_after_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    breathing = replace(done(), exercise="breathing", block=Block.COOLDOWN, plateau_n=None)
    left_out = replace(done(), ended_by=EndedBy.SKIPPED)
    note_set(replace(done(), plateau_n=30), 1)
    for number, one in enumerate((done(), left_out, breathing), 2):
        note_set(one, number)
    capsys.readouterr()
    assert main(["log", "set", "7", "2"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("noted of set 2 of 2, 2026-01-01 ")
    assert "toe_curl, left, no device, 40 N, ease 7, pain 2" in told
    assert main(["log", "set", "5", "--set", "1"]) == 0
    assert "set 1 of 2" in (told := capsys.readouterr().out)
    assert "30 N, ease 5\n" in told
    assert main(["log", "set", "5", "--set", "3"]) == 2
    assert "sets 1 to 2: 1 toe_curl, left, no device, 30 N, ease 5; 2 " in capsys.readouterr().err
    assert sorted((one.exercise, one.plateau_n or 0, one.ease) for one in sets() if one.ease) == [
        ("toe_curl", 30, 5),
        ("toe_curl", 40, 7),
    ]


def test_the_morning_is_asked_of_every_place_that_hurt() -> None:
    main(["log", "pain", "arch", "left", "3"])
    assert main(["log", "morning", "1"]) == 0
    with open_library(user_folders()) as library:
        last = library.diary.entries("Ada", PainReport)[-1].said
    assert (last.level, last.is_next_morning) == (1, True)


def test_activation_has_a_count_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    main(["log", "activation"])
    main(["log", "activation", "--minutes", "2"])
    assert "2 in seven days" in capsys.readouterr().out
    main(["log", "activation", "--minutes", "2.43025"])
    assert "noted: 2.4 min of activation" in capsys.readouterr().out
    main(["log", "show"])
    assert "activation, 2.4 min\n" in capsys.readouterr().out


def test_the_map_is_private(tmp_path: Path) -> None:
    main(["log", "pain", "heel", "left", "3"])
    assert main(["log", "map", str(tmp_path / "m.svg")]) == 0
    assert stat.S_IMODE((tmp_path / "m.svg").stat().st_mode) == 0o600
    assert "left heel: 3 of 10" in (tmp_path / "m.svg").read_text()


def test_a_failed_safety_check_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["device", "check", "band1", *GOOD]) == 0
    assert main(["device", "check", "band1", "--edges", "good", "--whole", "bad"]) == 1
    said = capsys.readouterr().out
    assert "a crack, a tear" in said
    assert "slips" not in said


def test_what_was_not_answered_is_asked_for_and_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["device", "check", "band1", "--edges", "good", "--slip", "good"]) == 2
    assert "'band1': --whole not answered, nothing is noted" in capsys.readouterr().err
    main(["device", "list"])
    listed = capsys.readouterr().out
    assert "BLOCKED" not in listed
    assert "never checked" in listed


def test_a_passed_check_lifts_what_a_check_found_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["device", "check", "band1", "--whole", "bad"])
    main(["device", "list"])
    assert "crack, a tear or a leak (when it is over: `footspring device check band1`)" in (
        capsys.readouterr().out
    )
    assert main(["device", "check", "band1", *GOOD]) == 0
    assert "It is free again; what checks had found is lifted: " in capsys.readouterr().out
    assert main(["log", "device", "band1"]) == 0
    main(["device", "block", "band1", "--reason", "lent"])
    capsys.readouterr()
    assert main(["device", "check", "band1", *GOOD]) == 0
    told = capsys.readouterr().out
    assert "Still BLOCKED: lent (when it is over: `footspring device unblock band1" in told
    assert main(["log", "device", "band1"]) == 2


def test_all_reasons_of_a_block_are_listed_and_lifted_by_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["log", "pain", "sesamoids", "left", "4", "--sharp", "--device", "band1"])
    main(["device", "check", "band1", "--whole", "bad"])
    capsys.readouterr()
    main(["device", "list"])
    reasons = "sharp pain, left sesamoids, 4 of 10; safety check: a crack, a tear or a leak"
    assert f"BLOCKED: {reasons} (" in capsys.readouterr().out
    assert main(["device", "unblock", "band1", "--reason", "new one"]) == 0
    assert f"lifted: {reasons}" in capsys.readouterr().out


def test_a_tension_opens_with_the_gate_and_clean_sets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["device", "tensions", "band1", "--use", "light"]) == 0
    assert main(["device", "tensions", "band1", "--use", "medium"]) == 2
    note(
        Decision(What.STEP_UP, "gate", "passed", rung="standard_form"), done("band1"), done("band1")
    )
    capsys.readouterr()
    assert main(["device", "tensions", "band1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"now": "light", "next": "medium"}
    assert main(["device", "tensions", "band1", "--use", "medium"]) == 0


def test_lost_resistance_is_told_and_remembered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new, old = tmp_path / "a.csv", tmp_path / "b.csv"
    head = "stretch_mm,force_n\n"
    new.write_text(head + "0,1\n10,5\n20,9.2\n30,13\n40,17\n30,12\n20,8\n")
    old.write_text(head + "0,1\n10,4\n20,7.2\n30,10\n40,13\n30,9\n20,6\n")
    assert main(["device", "characterise", "band1", str(new)]) == 0
    assert main(["device", "characterise", "band1", str(new)]) == 0
    main(["device", "list"])
    assert "LOST RESISTANCE" not in capsys.readouterr().out
    assert main(["device", "characterise", "band1", str(old)]) == 1
    assert main(["device", "add", "band2", "--kind", "band"]) == 0
    for words in (["list"], ["show", "band1"]):
        capsys.readouterr()
        main(["device", *words])
        assert "LOST RESISTANCE: 2" in capsys.readouterr().out
    main(["device", "rank"])
    told = capsys.readouterr().out.splitlines()
    assert told[1].startswith("1. band2 (")
    assert told[2].startswith("2. band1 (")
    assert "% of its resistance" in told[2]
    main(["plan"])
    assert "Lost resistance: band1. Replace it" in capsys.readouterr().out


def test_a_source_that_is_not_there_is_said_to_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "nope.csv")
    for words in (["characterise", "band1", path], ["contact", path]):
        assert main(["device", *words]) == 2
        assert f"{path}: there is no such file" in capsys.readouterr().err
    assert main(["device", "characterise", "band1", path, "--stretches", "0,10"]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert main(["device", "characterise", "band1", "S9"]) == 2
    assert "no session 'S9'" in capsys.readouterr().err


def test_points_on_a_line_are_as_sure_as_their_digits_or_not_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("stretch_mm,force_n\n0,1.0\n10,5.0\n20,9.0\n30,13.0\n")
    assert main(["device", "characterise", "band1", str(table)]) == 0
    assert "stiffness 0.400 N/mm ± 0.023, 7.0 N ± 0.26 at 15 mm" in capsys.readouterr().out
    rows = ((f"{mm}.0000000", f"{1 + 0.4 * mm:.7f}") for mm in (0, 10, 20, 30))
    table.write_text("stretch_mm,force_n\n" + "".join(f"{mm},{n}\n" for mm, n in rows))
    assert main(["device", "characterise", "band1", str(table)]) == 0
    assert "stiffness 0.400 N/mm ± (not known)" in capsys.readouterr().out


def test_undo_takes_the_last_entry_of_a_device_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["device", "undo"]) == 0
    assert main(["device", "undo"]) == 1
    capsys.readouterr()
    main(["device", "list"])
    assert "no devices yet" in capsys.readouterr().out


def test_minimalist_minutes_before_phase_one_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shoe", "add", "Flat", "--stack", "10", "--drop", "0", "--type", "barefoot"]) == 0
    assert main(["shoe", "wear", "Flat", "10", "--surface", "grass"]) == 1
    assert "MORE THAN ALLOWED" in (told := capsys.readouterr().out)
    assert "0 min until phase one is passed" in told
    assert main(["shoe", "add", "X", "--stack", "8", "--drop", "32", "--type", "trail"]) == 2
    assert main(["shoe", "undo"]) == 0
    assert main(["shoe", "list"]) == 0
    assert "barefoot this week: 0 of 0 min" in capsys.readouterr().out


def test_bare_feet_may_be_called_barefoot(capsys: pytest.CaptureFixture[str]) -> None:
    main(["shoe", "wear", "barefoot", "10", "--surface", "grass"])
    assert "10 min in bare feet on grass" in capsys.readouterr().out


def test_breath_and_posture_are_put_into_the_last_session_and_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    note(
        SessionLog(
            "S",
            SessionKind.TRAINING,
            "foundation",
            "standard",
            is_complete=True,
            is_hard=True,
            duration_s=800.0,
        )
    )
    said = ("log", "session", "--breath", "yes", "--replaced", "yoga", "--athlete", "Ada")
    assert main([*said]) == 0
    assert "breath good, posture not said, replaced yoga" in capsys.readouterr().out
    [entry] = sessions()
    assert (entry.breath, entry.posture, entry.replaced) == (True, None, "yoga")
    assert main(["log", "undo", "--athlete", "Ada"]) == 0
    [entry] = sessions()
    assert entry.breath is None


def test_a_weight_is_noted_within_what_people_weigh_and_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["log", "weight", "7", "--athlete", "Ada"]) == 2
    assert "allowed: 25 to 250 kg" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["log", "weight", "heavy", "--athlete", "Ada"])
    assert "is 'heavy'; give kilograms, as in 70.5" in capsys.readouterr().err
    assert main(["log", "weight", "70,5", "--athlete", "Ada"]) == 0
    assert main(["log", "undo", "--athlete", "Ada"]) == 0
    assert "taken back: weight: 70.5 kg" in capsys.readouterr().out
