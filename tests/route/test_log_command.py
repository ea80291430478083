"""`footspring log` and `footspring shoe`: every part by its command, refusals, and undo."""

import pytest

from tests.route.rig import Home
from trainer.app.notebook import Notebook
from trainer.core.clock import SystemClock
from trainer.core.cues import Side
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.library.library import open_library


def note(home: Home, *records: object) -> None:
    with open_library(home.folders) as library:
        book = Notebook(library, "Ada", SystemClock())
        for number, record in enumerate(records, 1):
            key = f"s/{number}" if isinstance(record, SetLog) else ""
            book.note(record, key=key)


def done(device: str = "", session_id: str = "s") -> SetLog:
    return SetLog(
        session_id, "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60,
        asked_reps=20, counted_reps=20, plateau_n=40, device=device,
    )  # fmt: skip


def log(home: Home, *words: str) -> tuple[int, str]:
    said = home.say("log", *words, "--athlete", "Ada")
    return said.status, said.out + said.err


@pytest.fixture
def owner(home: Home) -> Home:
    """Return the home of who has two bands and a spreader."""
    for name, kind in (("red", "band"), ("blue", "band"), ("gap", "spreader")):
        assert home.say("device", "add", name, "--kind", kind, "--athlete", "Ada").status == 0
    return home


def test_a_set_is_rated_with_device_load_ease_and_pain_in_one_line(owner: Home) -> None:
    note(owner, done())
    status, told = log(owner, "set", "7", "2", "--device", "red")
    assert status == 0
    assert "toe_curl, left, red, 40 N, ease 7, pain 2" in told
    assert "`footspring log pain PLACE left|right 2`" in told
    assert "taken back: what was said of the last set" in log(owner, "undo")[1]
    assert "toe_curl, left, no device, 40 N\n" in log(owner, "show")[1]


def test_pain_above_five_of_ten_says_stop(owner: Home) -> None:
    note(owner, done())
    assert log(owner, "set", "7", "5")[0] == 0
    status, told = log(owner, "pain", "6")
    assert status == 1
    assert "stop for today" in told


def test_sharp_pain_without_a_device_blocks_the_one_of_the_last_session(owner: Home) -> None:
    # The cooldown has none: what was used in the session counts, not only in its last set.
    note(owner, done("red"), done("red"), done())
    status, told = log(owner, "pain", "arch", "left", "6", "--sharp")
    assert status == 1
    assert "'red' was in use: the pain is put down to it" in told
    assert "'red' is blocked: sharp pain, left arch, 6 of 10" in told
    assert "Instead: " in told
    assert log(owner, "undo")[0] == 0
    assert "BLOCKED" not in owner.say("device", "list").out


def test_where_several_were_used_it_asks_which_and_blocks_none(owner: Home) -> None:
    note(owner, done("red"), done("gap"), done())
    status, told = log(owner, "pain", "arch", "left", "6", "--sharp")
    assert status == 1
    assert "Which one was it: red, gap? Block it, `footspring device block NAME" in told
    assert "BLOCKED" not in owner.say("device", "list").out


def test_without_a_session_it_is_the_device_that_was_noted_as_in_use(owner: Home) -> None:
    assert log(owner, "device", "blue")[0] == 0
    assert "'blue' is blocked" in log(owner, "pain", "heel", "right", "5", "--sharp")[1]


def test_none_puts_sharp_pain_down_to_no_device(owner: Home) -> None:
    note(owner, done("red"))
    status, told = log(owner, "pain", "arch", "left", "6", "--sharp", "--device", "none")
    assert status == 1
    assert "blocked" not in told
    assert "ask a clinician" in told


def test_softer_ground_opens_with_the_gates(owner: Home) -> None:
    assert log(owner, "device", "none", "--surface", "floor")[0] == 0
    status, told = log(owner, "device", "none", "--surface", "grass")
    assert status == 2
    assert "open now: floor" in told
    note(owner, Decision(What.STEP_UP, "gate", "passed", rung="standard_form"))
    assert log(owner, "device", "none", "--surface", "grass")[0] == 0
    assert "open now: floor, grass" in log(owner, "device", "none", "--surface", "foam")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("set 7", "no set yet"),
        ("set seven", "from 0 to 10"),
        ("set 7 2 --device green", "device list"),
        ("ease 11", "from 0 to 10"),
        ("pain 3 --sharp", "say where"),
        ("pain knee left 3", "Places: great toe"),
        ("pain arch top 3", "say left or right"),
        ("pain arch left 30", "from 0 to 10"),
        ("pain arch left 3 --device green", "device list"),
        ("morning -1", "from 0 to 10"),
        ("activation --minutes 0", "give minutes"),
        ("device green", "device list"),
        ("device red --tension 5kg", "`footspring device tensions red`"),
        ("device none --surface road", "floor"),
        ("map feet.png", "name FILE.svg"),
    ],
)
def test_log_refuses_what_cannot_be_with_a_next_step(owner: Home, words: str, told: str) -> None:
    status, said = log(owner, *words.split())
    assert status == 2
    assert told in said
    assert "Traceback" not in said


def test_a_map_that_cannot_be_written_says_where_it_could(home: Home) -> None:
    status, said = log(home, "map", str(home.root / "nowhere" / "feet.svg"))
    assert status == 1
    assert "Name a file in a folder that is writable for you." in said


def test_log_takes_back_one_entry_after_the_other(home: Home) -> None:
    for words in ("pain heel left 3", "morning 2", "activation"):
        assert log(home, *words.split())[0] in {0, 1}
    for told in ("activation, 3 min", "morning: pain 2", "left heel: 2 of 10, next morning"):
        assert told in log(home, "undo")[1]
    assert "left heel: 3 of 10" in log(home, "undo")[1]
    assert log(home, "undo") == (1, "nothing to take back\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("add Flat --stack 10 --drop 4mm --type trail", "give millimetres from 0 to 80"),
        ("add Flat --stack 10 --drop 12 --type trail", "Swap them?"),
        ("add Flat --stack 10 --drop 0 --type sandal", "barefoot"),
        ("wear Flat 20 --surface road", "`footspring shoe list` shows all"),
        ("wear Flat long --surface road", "give minutes from 0 to 1440"),
        ("wear Flat 20 --surface ice", "treadmill"),
    ],
)
def test_shoe_refuses_what_cannot_be_with_a_next_step(home: Home, words: str, told: str) -> None:
    said = home.say("shoe", *words.split())
    assert said.status == 2
    assert told in said.err
    assert "Traceback" not in said.err


def test_shoes_and_minutes_are_listed_and_taken_back(home: Home) -> None:
    add = ("shoe", "add", "Trail", "--stack", "28", "--drop", "6", "--type", "trail")
    assert home.say(*add).status == 0
    assert "choose another name" in home.say(*add).err
    assert home.say("shoe", "wear", "Trail", "30", "--surface", "trail").status == 0
    listed = home.say("shoe", "list").out
    assert "Trail: trail, stack 28 mm, drop 6 mm" in listed
    assert "30 min on trail" in listed
    assert home.say("shoe", "undo").out == home.say("shoe", "undo").out == "taken back: Trail\n"
    assert "no shoes yet" in home.say("shoe", "list").out
    assert home.say("shoe", "undo").status == 1
