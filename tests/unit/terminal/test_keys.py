"""Keys from bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.commands import (
    Answer,
    ChangeSide,
    EndSession,
    Next,
    Pause,
    Retare,
    SkipMvc,
    SkipSet,
    SkipStep,
    Undo,
)
from trainer.core.cues import Side
from trainer.terminal.keys import HINT, PainStop, Pressed, decode


@pytest.mark.parametrize(
    ("data", "pressed"),
    [
        (b"p", PainStop()),
        (b"P", PainStop()),
        (b"\x1b", PainStop()),
        (b"\x03", PainStop()),
        (b" ", Next()),
        (b"q", EndSession()),
        (b"s", SkipMvc()),
        (b"l", ChangeSide(Side.LEFT)),
        (b"r", ChangeSide(Side.RIGHT)),
        (b"u", Undo()),
        (b"t", Retare()),
        (b"w", Pause()),
        (b"k", SkipSet()),
        (b"j", SkipStep()),
        (b"0", Answer(0.0)),
        (b"7", Answer(7.0)),
        (b"+", Answer(10.0)),
    ],
)
def test_each_key_asks_for_one_thing(data: bytes, pressed: Pressed) -> None:
    assert decode(data) == (pressed,)


@pytest.mark.parametrize(
    "data", [b"\x1b[A", b"\x1b[1;5C", b"\x1b[15~", b"\x1bOP", b"x", b"", b"\xff\xfe", "é".encode()]
)
def test_arrows_function_keys_and_other_letters_ask_for_nothing(data: bytes) -> None:
    assert decode(data) == ()


@pytest.mark.parametrize(
    "data", [b"\x1b[", b"\x1b[1;", b"\x1bO", b"\x1b\x1b", b"\x1b[\x1b", b"\x1b[\x1b[A"]
)
def test_an_escape_whose_sequence_is_not_whole_is_a_pain_stop(data: bytes) -> None:
    assert PainStop() in decode(data)


def test_keys_that_came_in_one_read_are_all_heard_in_order() -> None:
    assert decode(b" \x1b[Aup") == (Next(), Undo(), PainStop())


@settings(max_examples=200)
@given(st.binary(max_size=12))
def test_no_bytes_break_it_and_a_p_outside_a_sequence_is_always_heard(data: bytes) -> None:
    assert PainStop() in decode(data.replace(b"\x1b", b"") + b"p")
    decode(data)


def test_the_hint_begins_with_the_pain_stop_and_names_every_key() -> None:
    assert HINT.startswith("p, Esc, Ctrl-C PAIN STOP")
    assert all(name in HINT for name in ("space next", "q end", "s skip", "l/r", "u undo", "t "))
