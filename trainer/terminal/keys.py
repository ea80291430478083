"""Keys: what the person pressed, from the bytes a terminal sends; no terminal is touched here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from trainer.core.commands import (
    Answer,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Pause,
    Reply,
    Retare,
    SkipMvc,
    SkipSet,
    SkipStep,
    Undo,
)
from trainer.core.cues import Side
from trainer.core.texts import noted


@dataclass(frozen=True, slots=True)
class PainStop:
    """Stop now: no command, because it is never queued."""


@dataclass(frozen=True, slots=True)
class NoPain:
    """The foot button's stop was not for pain."""


Pressed: TypeAlias = Command | PainStop | NoPain

KEYS: Final[Mapping[str, Pressed]] = {
    "p": PainStop(),
    "\x1b": PainStop(),
    "\x03": PainStop(),
    " ": Next(),
    "q": EndSession(),
    "s": SkipMvc(),
    "l": ChangeSide(Side.LEFT),
    "r": ChangeSide(Side.RIGHT),
    "u": Undo(),
    "t": Retare(),
    "w": Pause(),
    "k": SkipSet(),
    "j": SkipStep(),
    **{str(figure): Answer(float(figure)) for figure in range(10)},
    "+": Answer(10.0),
    "y": Reply(is_yes=True),
    "n": Reply(is_yes=False),
}

ANSWERS: Final[Mapping[str, Pressed]] = {
    **{key: pressed for key, pressed in KEYS.items() if isinstance(pressed, PainStop)},
    "y": PainStop(),
    "\r": PainStop(),
    "\n": PainStop(),
    "n": NoPain(),
    "q": EndSession(),
}
"""The keys while it is asked whether the stop was for pain."""

ANSWER_HINT: Final = noted("y, Enter, Esc YES, it was pain   n no   q end: counts as pain")

HINT: Final = noted(
    "p, Esc, Ctrl-C PAIN STOP   space next   q end   "
    "s skip max presses   l/r foot   u undo   t zero"
)

CIRCUIT_HINT: Final = noted(
    "0 to 9, + for 10, y, n answer   w wait, space goes on   k skip set   j skip step"
)

_ESCAPE: Final = "\x1b"
_FINAL_LOW, _FINAL_HIGH = "@", "~"


def decode(data: bytes, keys: Mapping[str, Pressed] = KEYS) -> tuple[Pressed, ...]:
    """Return what the keys in one read ask for; keys without a meaning ask for nothing.

    An arrow or function key arrives as Esc and a sequence in one read and asks for nothing. A lone
    Esc, and one whose sequence is not whole, is a pain stop: doubt ends in stopping.
    """
    text = data.decode("utf-8", errors="replace")
    found: list[Pressed] = []
    at = 0
    while at < len(text):
        length = _sequence_length(text[at:])
        pressed = keys.get(text[at].lower()) if length == 1 else None
        if pressed is not None:
            found.append(pressed)
        at += length
    return tuple(found)


def _sequence_length(text: str) -> int:
    """Return how many characters belong to the key at the start: 1 unless a whole sequence."""
    if text.startswith(_ESCAPE + "O") and len(text) > 2:  # noqa: PLR2004 - Esc, O, one letter
        return 3
    if not text.startswith(_ESCAPE + "["):
        return 1
    for place, letter in enumerate(text[2:], 3):
        if _FINAL_LOW <= letter <= _FINAL_HIGH:
            return place
        if letter == _ESCAPE:
            break
    return 1
