"""The question in the terminal: y and n, and whatever else is yes."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.unit.terminal.fakeengine import WORK, FakeEngine, FakeKeys
from trainer.core.commands import EndSession, Reply
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.watchdog import Alarm
from trainer.terminal.keys import ANSWER_HINT, ANSWERS, HINT, NoPain, PainStop, decode
from trainer.terminal.picture import Frame, draw
from trainer.terminal.screen import DumbDisplay, follow
from trainer.terminal.stop import StopButton
from trainer.terminal.words import clock_words, cue_words

ASKED = replace(
    WORK, phase=Phase.STOPPED, cue="STOPPED", is_pain_asked=True, left_s=42.3, hold_s=0.0
)


class Silence:
    """A display that shows nothing."""

    def show(self, snapshot: Snapshot, alarm: Alarm) -> None:
        """Show nothing."""


def answer(engine: FakeEngine, *reads: bytes) -> FakeEngine:
    """Return the engine after these keys were pressed at the question."""
    engine.snapshot = ASKED
    engine.script = [lambda _: None] * 5
    follow(engine, FakeKeys(engine, list(reads)), StopButton(engine, engine.clock), Silence())
    return engine


@pytest.mark.parametrize("key", [b"y", b"Y", b"\r", b"\n", b"p", b"\x1b", b"\x03"])
def test_yes_is_what_every_usual_key_says(engine: FakeEngine, key: bytes) -> None:
    answered = answer(engine, key)
    assert (answered.pain_stops, answered.denials) == (1, 0)


@pytest.mark.parametrize("key", [b"n", b"N"])
def test_n_says_no(engine: FakeEngine, key: bytes) -> None:
    answered = answer(engine, key)
    assert (answered.pain_stops, answered.denials) == (0, 1)


def test_q_leaves_without_an_answer(engine: FakeEngine) -> None:
    answered = answer(engine, b"q")
    assert answered.sent == [EndSession()]
    assert (answered.pain_stops, answered.denials) == (0, 0)


def test_keys_that_go_on_in_a_session_say_nothing_at_the_question(engine: FakeEngine) -> None:
    answered = answer(engine, b" slrut", b"\x1b[A")
    assert (answered.pain_stops, answered.denials, answered.sent) == (0, 0, [])


def test_the_answers_say_nothing_of_pain_in_a_session() -> None:
    assert decode(b"yn\r\n") == (Reply(is_yes=True), Reply(is_yes=False))
    assert decode(b"yn", ANSWERS) == (PainStop(), NoPain())


def test_the_picture_asks_in_big_letters_names_the_keys_and_counts_down() -> None:
    page = draw(ASKED, Alarm.NONE, 30.0, Frame(100, 30, is_plain=True)).plain
    assert ANSWER_HINT in page
    assert HINT[:20] not in page
    assert "counts as pain in 42 s" in page
    assert cue_words(ASKED, Alarm.NONE) == "PAIN?"
    assert page.count("#") > 60
    assert clock_words(replace(ASKED, left_s=0.0)) == ""


def test_a_terminal_that_cannot_place_its_cursor_is_told_the_answers_once() -> None:
    out = io.StringIO()
    display = DumbDisplay(Console(file=out, width=100))
    for snapshot in (WORK, ASKED, replace(ASKED, left_s=30.0)):
        display.show(snapshot, Alarm.NONE)
    assert out.getvalue().count(ANSWER_HINT) == 1


def test_a_terminal_that_is_too_small_names_the_answers_too() -> None:
    page = draw(ASKED, Alarm.NONE, 30.0, Frame(59, 8)).plain
    assert page.startswith("PAIN?")
    assert "n no" in page
