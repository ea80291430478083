"""`footspring device` end to end: sessions with a device, try-out, resistance, contact, results."""

import signal
import stat
from pathlib import Path

import pytest

from tests.route.devicetraces import STRETCHES, pressed, stretched
from tests.route.kills import wait_for_part
from tests.route.rig import Home, is_clear
from trainer.core.diary.training import EndedBy, PainReport, SessionLog, SetLog
from trainer.library.library import open_library

LINES = ("--source", "sim", "--screen", "lines", "--speed", "max", "--athlete", "Ada")
SHORT = ("run", *LINES, "--skip-mvc", "--sets", "1", "--reps", "6")


def sets(home: Home) -> list[SetLog]:
    with open_library(home.folders) as library:
        return [entry.said for entry in library.diary.entries("Ada", SetLog)]


def add(home: Home, name: str, kind: str) -> None:
    assert home.say("device", "add", name, "--kind", kind, "--athlete", "Ada").status == 0


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the home of who has done a try-out with a band; write no session into it."""
    home = Home(tmp_path_factory.mktemp("tried"))
    add(home, "red", "band")
    add(home, "sole", "metatarsal_pad")
    said = home.say("run", *LINES, "--circuit", "try_out", "--device", "red")
    assert said.status == 0, said.err
    # Nobody has looked it over; that is told, and hinders nothing.
    assert said.err.count("red: look it over first (`footspring device check red`)") == 1
    return home


def test_a_try_out_takes_three_minutes_and_notes_every_set_with_its_device(tried: Home) -> None:
    logs = sets(tried)
    assert [log.device for log in logs] == ["red"] * 4
    assert {log.exercise for log in logs} == {"toe_curl"}
    assert {log.target_pct_mvc for log in logs} == {None}
    assert 2 * 60 < tried.sessions()[0].duration_s < 5 * 60


def test_a_try_out_is_judged_in_one_sentence_with_its_curve_drawn(tried: Home) -> None:
    path = tried.root / "curve.svg"
    good = tried.say("device", "tryout", "red", "--comfort", "8", "--picture", path)
    assert good.status == 0, good.err
    assert good.out.startswith("'red' suits you: comfort 8 of 10, the calf helped in ")
    assert "curve: 4 sets, plateau " in good.out
    assert "from a simulated pad" in good.out
    drawn = path.read_text(encoding="utf-8")
    assert "SIMULATED" in drawn
    assert "1 left" in drawn
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert good.out.splitlines()[0] in tried.say("device", "show", "red").out


def test_an_uncomfortable_device_does_not_suit_and_says_so(tried: Home) -> None:
    bad = tried.say("device", "tryout", "red", "--comfort", "3", "--json")
    assert bad.status == 1
    assert bad.found["is_suitable"] is False
    assert bad.found["counted_reps"] >= 40
    assert "comfort 3 of 10 is below 6" in bad.found["verdict"]
    picture = Path(bad.found["picture"])
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600


def test_a_device_that_was_not_used_is_not_judged_and_the_command_is_named(tried: Home) -> None:
    unused = tried.say("device", "tryout", "sole", "--comfort", "8")
    assert unused.status == 2
    assert "`footspring run --circuit try_out --device sole`" in unused.err
    other = tried.say("device", "tryout", "sole", "last", "--comfort", "8")
    assert other.status == 2
    assert "was done with red, not with 'sole'" in other.err


def test_a_try_out_shows_how_its_device_pressed_into_the_sole(tried: Home) -> None:
    said = tried.say("device", "contact", "last", "--json")
    assert said.found["too_hard"] == []
    assert said.found["presses"] >= 60
    assert (said.found["slips"], said.found["is_rigid"]) == ([], False)
    assert said.status == 0


def test_a_support_is_kept_apart_and_stands_beside_the_bare_foot(home: Home) -> None:
    add(home, "sole", "metatarsal_pad")
    for device in ("sole", "none"):
        said = home.say(*SHORT, "--device", device)
        assert said.status == 0, said.err
    assert [log.device for log in sets(home)] == ["sole", ""]
    told = home.say("device", "compare").out.splitlines()
    assert told[0].startswith("toe_curl, left, no device, 1 set in 1 session, plateau ")
    assert told[1] == "with a support (kept apart):"
    assert told[2].startswith("toe_curl, left, sole, ")
    assert "Progress is judged by the sets without it." in told[3]
    unknown = home.say("device", "compare", "--exercise", "toe_curls")
    assert unknown.status == 2
    assert "Measured: toe_curl." in unknown.err


def test_what_is_noted_as_in_use_is_taken_for_the_next_session(home: Home) -> None:
    add(home, "red", "band")
    assert home.say("log", "device", "red", "--athlete", "Ada").status == 0
    assert home.say(*SHORT).status == 0
    assert home.say("log", "set", "7", "2").status == 0
    [log] = sets(home)
    assert (log.device, log.ease, log.pain) == ("red", 7, 2)
    assert log.plateau_n
    assert ", red, " in home.say("log", "show").out


def test_a_session_of_one_exercise_without_any_device_is_noted_and_rated_too(home: Home) -> None:
    assert home.say(*SHORT).status == 0
    assert home.say("log", "set", "4").status == 0
    [log] = sets(home)
    assert (log.device, log.ease, log.counted_reps, log.asked_reps) == ("", 4, 6, 6)
    assert log.impulse_n_s > 0
    assert log.ended_by is EndedBy.DONE
    with open_library(home.folders) as library:
        [whole] = library.diary.entries("Ada", SessionLog)
    assert (whole.said.is_hard, whole.said.is_complete) == (True, False)
    assert "Nothing hard today" in home.say("run", "--today", "--screen", "lines").out


def test_a_pain_stop_blocks_the_device_until_a_reason_frees_it(home: Home) -> None:
    add(home, "red", "band")
    running = home.start(
        "run", "--screen", "lines", "--speed", "20", "--skip-mvc", "--device", "red",
        "--athlete", "Ada",
    )  # fmt: skip
    wait_for_part(home)
    running.send_signal(signal.SIGINT)
    home.end(running)
    with open_library(home.folders) as library:
        [report] = library.diary.entries("Ada", PainReport)
    assert (report.said.device, report.said.is_sharp) == ("red", True)
    assert "BLOCKED: sharp pain" in home.say("device", "list").out
    refused = home.say(*SHORT, "--device", "red")
    assert refused.status == 2
    assert is_clear(refused.err)
    assert "Instead: Toe spreader" in refused.err
    assert home.say("device", "unblock", "red").status == 2
    assert home.say("device", "unblock", "red", "--reason", "edge filed").status == 0
    assert "BLOCKED" not in home.say("device", "list").out


def test_lost_resistance_is_told_against_the_first_figure_and_drawn(home: Home) -> None:
    add(home, "red", "band")
    now = {}
    for stiffness in (0.40, 0.37, 0.34):
        trace = stretched(home.root / f"{stiffness}.csv", stiffness)
        now[stiffness] = home.say(
            "device", "characterise", "red", trace, "--stretches", STRETCHES, "--json"
        )
        assert now[stiffness].err == ""
    first, _, last = now.values()
    assert (first.status, last.status) == (0, 1)
    assert first.found["stiffness_n_mm"] == pytest.approx(0.4, abs=0.005)
    assert first.found["hysteresis_pct"] == pytest.approx(7 * 0.8, abs=0.5)
    assert first.found["drift_pct_min"] == pytest.approx(-2, abs=0.3)
    assert first.found["loss_pct"] is None
    assert last.found["loss_pct"] == pytest.approx(15, abs=1)
    assert Path(last.found["picture"]).read_bytes().startswith(b"\x89PNG")
    assert "stiffness 0.33" in home.say("device", "show", "red").out


def test_a_characteristic_says_what_is_missing(home: Home) -> None:
    add(home, "red", "band")
    trace = stretched(home.root / "t.csv", 0.4)
    for stretches, told in (
        ("10,20,30", "begin with 0, the slack device"),
        ("0,10,20,30", "10 stretches held for 3 s or more were found, 4 were named"),
        ("0,10,kg", "give millimetres from 0 to 2000"),
    ):
        said = home.say("device", "characterise", "red", trace, "--stretches", stretches)
        assert said.status == 2
        assert told in said.err
    unnamed = home.say("device", "characterise", "red", "last")
    assert unnamed.status == 2
    assert "--stretches 0,10,20" in unnamed.err
    drawn = home.say(
        "device", "characterise", "red", trace, "--stretches", STRETCHES, "--picture", "a.gif"
    )
    assert drawn.status == 2
    assert "ends with .svg or .png" in drawn.err


@pytest.mark.parametrize(
    ("made", "told", "status"),
    [
        ({}, "nothing found in 4 presses", 0),
        ({"slip_cm": 2.0}, "slip at 10.4 s: the centre of pressure jumped by 2.0 cm", 1),
        ({"sway_cm": 0.0}, "4 of 4 presses of high force without any movement", 1),
        ({"press_n": (0, 260, 40), "hold_s": 13.0}, "N pressed into the sole for 13 s", 1),
    ],
    ids=["clean", "slip", "rigid", "too hard"],
)
def test_contact_tells_a_slip_a_rigid_placement_and_a_force_too_hard_apart(
    home: Home, made: dict[str, float], told: str, status: int
) -> None:
    path = pressed(home.root / "p.csv", **made)  # type: ignore[arg-type]
    said = home.say("device", "contact", path)
    assert (said.status, said.err) == (status, "")
    [line] = said.out.splitlines()
    assert told in line


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("add red --kind band", "is there already"),
        ("add Red! --kind band", "small letters"),
        ("add blue --kind bands", "Did you mean 'band'?"),
        ("add blue --kind band --tension 5kg", "It has: light, medium, heavy"),
        ("show rad", "Did you mean 'red'?"),
        ("fit red --comfort 11 --size yes --adjustable no --fits-shoe no", "from 0 to 10"),
        ("fit blue --comfort 7 --size yes --adjustable no --fits-shoe no", "device list"),
        ("check blue --edges good", "device list"),
        ("block red", "give --reason"),
        ("unblock red --reason fine", "is not blocked"),
        ("tensions red --use heavyy", "It has: light, medium, heavy"),
        ("tensions red --use heavy", "Pass the next gate"),
        ("tryout blue --comfort 5", "device list"),
        ("tryout red --comfort a", "from 0 to 10"),
        ("contact last", "`footspring run` starts one"),
        ("contact nothing.csv", "nothing.csv"),
        ("characterise red nothing.csv --stretches 0,10", "nothing.csv"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_with_a_next_step(
    home: Home, words: str, told: str
) -> None:
    add(home, "red", "band")
    said = home.say("device", *words.split(), "--athlete", "Ada")
    assert said.status == 2, said.out
    assert told in said.err
    assert "Traceback" not in said.err


def test_a_check_is_due_after_a_quarter_and_told_by_list_and_plan(home: Home) -> None:
    add(home, "red", "band")
    assert "safety check due (never checked)" in home.say("device", "list").out
    assert "Safety check due, edges and grip: red." in home.say("plan").out
    good = ("--edges", "good", "--slip", "good", "--whole", "good")
    passed = home.say("device", "check", "red", *good)
    assert passed.status == 0
    assert "'red' passed; next check " in passed.out
    assert "Safety check due" not in home.say("plan").out
    assert "next safety check 20" in home.say("device", "list").out
    assert home.say("device", "undo").status == 0
    assert "Safety check due" in home.say("plan").out
    slippery = home.say("device", "check", "red", "--edges", "good", "--slip", "bad")
    assert slippery.status == 1
    assert "it slips" in slippery.out
    assert "BLOCKED" in home.say("device", "list").out


def test_kinds_ranking_and_gates_say_what_is_open_and_why(home: Home) -> None:
    kinds = home.say("device", "kinds").out.splitlines()
    assert kinds[0].startswith("band: Resistance band or cord, entry, open, trains flexion")
    assert kinds[-1].startswith("mini_trampoline: ")
    assert "opens with a later gate" in kinds[-1]
    added = home.say("device", "add", "slope", "--kind", "wedge", "--athlete", "Ada")
    assert "It is moderate: it opens with a later gate" in added.out
    add(home, "red", "band")
    fit = ("--comfort", "7", "--size", "yes", "--adjustable", "yes", "--fits-shoe", "no")
    assert home.say("device", "fit", "red", *fit).status == 0
    ranked = home.say("device", "rank", "--weak", "abduction").out.splitlines()
    assert ranked[0] == "weak now: abduction"
    assert ranked[1].startswith("1. red (")
    assert "trains what is weak: abduction; comfort 7 of 10" in ranked[1]
    assert ranked[2].startswith("not now: slope (")
    shown = home.say("device", "show", "red", "--json").found
    assert shown["fit"]["comfort"] == 7
    assert shown["substitutes"] == ["Toe spreader"]
    for refused in (home.say(*SHORT, "--device", "slope"), home.say("log", "device", "slope")):
        assert refused.status == 2
        assert "'slope' is moderate; entry is the highest level open now." in refused.err


def test_each_entry_of_a_device_is_taken_back_by_itself(home: Home) -> None:
    add(home, "red", "band")
    fit = ("--comfort", "7", "--size", "yes", "--adjustable", "no", "--fits-shoe", "yes")
    assert home.say("device", "fit", "red", *fit).status == 0
    assert home.say("device", "block", "red", "--reason", "torn").status == 0
    for told in ("DeviceStanding of 'red'", "FitForm of 'red'", "Device of 'red'"):
        assert told in home.say("device", "undo").out
    assert home.say("device", "undo").status == 1
    assert "no devices yet" in home.say("device", "list").out
