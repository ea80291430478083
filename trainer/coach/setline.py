"""One step of a circuit in one line: `3x20 toe_curl @40% tempo 1-0.5-1 rest 45s`.

    line     = sets "x" amount exercise { clause }
    amount   = reps | seconds "s"
    clause   = "@" percent "%" | "@" percent "%bw" | "hold" seconds "s"
             | "tempo" up "-" hold "-" down | "rest" seconds "s"
             | "each foot" | "left" | "right" | "both"
             | "with" device | "on" surface | "as" ("warm-up" | "work" | "cooldown")

Clauses stand in any order, each at most once. `each foot`: the feet take turns, which is also what
holds where no side is named. Printing leaves out what is the default, so that
`parse_set(print_set(step)) == step`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from trainer.coach.programme import Sides, Step, Tempo
from trainer.core.diary.training import Block
from trainer.core.errors import SettingsError

_NUMBER: Final = r"\d{1,6}(?:\.\d{1,6})?"
_ID: Final = r"[a-z][a-z0-9_]*"
_HEAD: Final = re.compile(
    rf"\s*(?P<sets>\d{{1,6}})x(?:(?P<seconds>{_NUMBER})s|(?P<reps>\d{{1,6}}))\s+(?P<id>{_ID})(?!\S)"
)
_SIDES: Final = {
    "each foot": Sides.ALTERNATE,
    "left": Sides.LEFT,
    "right": Sides.RIGHT,
    "both": Sides.TOGETHER,
}
_BLOCKS: Final = "|".join(block.value for block in Block)
_DEFAULT: Final = Step("")
EXAMPLE: Final = "3x20 toe_curl @40% tempo 1-0.5-1 rest 45s"

Values = dict[str, Any]
_CLAUSES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Values]], ...]] = (
    (re.compile(rf"@({_NUMBER})%"), lambda found: {"target_pct_mvc": float(found[1])}),
    (re.compile(rf"@({_NUMBER})%bw"), lambda found: {"target_pct_bw": float(found[1])}),
    (re.compile(rf"hold\s+({_NUMBER})s"), lambda found: {"hold_s": float(found[1])}),
    (
        re.compile(rf"tempo\s+({_NUMBER})-({_NUMBER})-({_NUMBER})"),
        lambda found: {"tempo": Tempo(*map(float, found.groups()))},
    ),
    (re.compile(rf"rest\s+({_NUMBER})s"), lambda found: {"rest_s": float(found[1])}),
    (
        re.compile(r"each\s+foot|left|right|both"),
        lambda found: {"sides": _SIDES[" ".join(found[0].split())]},
    ),
    (re.compile(rf"with\s+({_ID})"), lambda found: {"device": found[1]}),
    (re.compile(rf"on\s+({_ID})"), lambda found: {"surface": found[1]}),
    (re.compile(rf"as\s+({_BLOCKS})"), lambda found: {"block": Block(found[1])}),
)


def parse_set(line: str) -> Step:
    """Return the step that a line says. Raises SettingsError: what part of it is not understood."""
    head = _HEAD.match(line)
    if head is None:
        raise SettingsError(
            f"is {_short(line)}; begin with sets, reps or seconds, and the exercise, "
            f"as in '{EXAMPLE}'."
        )
    step = Step(head["id"], sets=int(head["sets"]))
    if head["reps"] is not None:
        step = replace(step, reps=int(head["reps"]))
    else:
        step = replace(step, duration_s=float(head["seconds"]))
    return replace(step, **_clauses(line, head.end()))


def print_set(step: Step) -> str:
    """Return the line of a step; numbers to a millionth."""
    amount = f"{_number(step.duration_s)}s" if step.duration_s else f"{step.reps}"
    return " ".join([f"{step.sets}x{amount} {step.exercise}", *_printed(step)])


def _clauses(line: str, at: int) -> Values:
    said: Values = {}
    while at < len(line.rstrip()):
        start = at + len(line[at:]) - len(line[at:].lstrip())
        found, values = _clause(line, start)
        if said.keys() & values.keys():
            raise SettingsError(f"says {found!r} after another of its kind; keep one of the two.")
        said |= values
        at = start + len(found)
    return said


def _clause(line: str, at: int) -> tuple[str, Values]:
    for pattern, read in _CLAUSES:
        found = pattern.match(line, at)
        if found and (found.end() == len(line) or line[found.end()].isspace()):
            return found[0], read(found)
    raise SettingsError(
        f"has {_short(line[at:])}, which is not understood; allowed: @40%, @60%bw, hold 5s, "
        "tempo 1-0.5-1, rest 45s, each foot, left, right, both, with DEVICE, on SURFACE, "
        "as warm-up."
    )


def _printed(step: Step) -> Iterator[str]:
    if step.target_pct_mvc is not None:
        yield f"@{_number(step.target_pct_mvc)}%"
    if step.target_pct_bw is not None:
        yield f"@{_number(step.target_pct_bw)}%bw"
    if step.hold_s:
        yield f"hold {_number(step.hold_s)}s"
    tempo = step.tempo
    if tempo != _DEFAULT.tempo:
        yield f"tempo {'-'.join(map(_number, (tempo.up_s, tempo.hold_s, tempo.down_s)))}"
    if step.rest_s != _DEFAULT.rest_s:
        yield f"rest {_number(step.rest_s)}s"
    if step.sides is not _DEFAULT.sides:
        yield next(word for word, sides in _SIDES.items() if sides is step.sides)
    for word, value in (("with", step.device), ("on", step.surface)):
        if value:
            yield f"{word} {value}"
    if step.block is not _DEFAULT.block:
        yield f"as {step.block.value}"


def _number(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _short(text: str) -> str:
    most = 60
    return repr(text if len(text) <= most else text[:most] + "...")
