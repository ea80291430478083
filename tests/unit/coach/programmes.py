"""Programmes for tests: the shipped foundation, and a small one of one's own."""

from functools import cache
from pathlib import Path

from trainer.coach.faults import ProgrammeError
from trainer.coach.programme import Programme
from trainer.coach.programmetext import parse_programme

FOLDER = Path(__file__).parents[3] / "trainer" / "coach" / "programmes"
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))

OWN = """
format = 1
id = "mine"
title = "Mine"
session_cap_min = 15

[exercises.marbles]
title = "Marbles"
how = "Pick marbles up with the toes."
led = "clock"
sensor = "none"
substitute = "toe_curl"

[circuits.evening]
title = "Evening"
include = ["warm_up", "cooldown"]
sets = [
    "2x10 toe_curl @40% tempo 1-0.5-1 rest 25s each foot",
    "2x30s marbles rest 30s",
]

[[phases]]
id = "one"
title = "One"
kind = "foundation"

[[phases.steps]]
id = "start"
circuit = "evening"

[[phases.steps]]
id = "more"
circuit = "evening"
change = { target_pct_mvc = "+5" }
"""


def shipped_text(name: str = "foundation") -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


@cache
def foundation() -> Programme:
    return parse_programme(shipped_text(), "foundation.toml")


@cache
def shipped(name: str) -> Programme:
    return parse_programme(shipped_text(name), name, foundation())


def own(old: str = "", new: str = "") -> Programme:
    assert OWN.count(old), old
    return parse_programme(OWN.replace(old, new, 1) if old else OWN, "mine.toml", foundation())


def faults(text: str) -> tuple[str, ...]:
    try:
        parse_programme(text, "mine.toml", foundation())
    except ProgrammeError as error:
        return error.faults
    return ()


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)
