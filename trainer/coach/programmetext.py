"""A programme's TOML text into a `Programme`, or everything that is wrong with it in one go.

Exercises and circuits that the text does not have itself are taken from the shipped programme
that is handed in; `include` names shipped circuits that are wanted besides.
"""

import copy
import tomllib
from typing import Any, Final, cast

from trainer.coach.assembly import Assembly
from trainer.coach.faults import Faults, ProgrammeError
from trainer.coach.programme import Programme
from trainer.coach.programmecheck import check_programme
from trainer.coach.programmeshape import FORMAT, ProgrammeTable
from trainer.core.settings import KeyFaultError, build_settings
from trainer.core.tomllines import KeyPath

MOST_LETTERS: Final = 200_000
"""Several times the largest programme that ships."""
_STAND_INS: Final[dict[str, Any]] = {
    "format": FORMAT,
    "id": "x",
    "title": "x",
    "how": "x",
    "led": "clock",
    "exercise": "x",
    "circuit": "x",
    "kind": "foundation",
    "steps": [],
}
"""Of keys that must be there, so that the rest of the text is looked at too."""


def parse_programme(text: str, origin: str, shipped: Programme | None = None) -> Programme:
    """Return the programme of a TOML text; `origin` names it. Raises ProgrammeError: all faults."""
    if len(text) > MOST_LETTERS:
        what = f"has {len(text)} letters; a programme has at most {MOST_LETTERS}"
        raise ProgrammeError((f"{origin}: {what}. Check that it is the right file.",))
    raw = _load(text, origin)
    faults = Faults(origin, text)
    table = _shaped(raw, faults)
    assembly = Assembly(table, faults, shipped)
    programme = assembly.build()
    check_programme(programme, faults, assembly.own)
    faults.raise_any()
    return programme


def _load(text: str, origin: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProgrammeError((f"{origin}: not valid TOML: {error}. Correct that line.",)) from error


def _shaped(raw: dict[str, Any], faults: Faults) -> ProgrammeTable:
    """Return the table; what does not fit is noted and a stand-in takes its place."""
    left = copy.deepcopy(raw)
    seen: set[KeyPath] = set()
    while not faults.is_full:
        try:
            return build_settings(left, ProgrammeTable, "")
        except KeyFaultError as fault:
            faults.add(fault.path, fault.what)
            faults.give_up(fault.path)
            _stand_in(left, fault.path, is_seen=fault.path in seen)
            seen.add(fault.path)
    faults.raise_any()
    raise AssertionError("no fault was noted")


def _stand_in(left: dict[str, Any], path: KeyPath, *, is_seen: bool) -> None:
    holder: Any = left
    above: list[tuple[Any, Any]] = []
    for name in path[:-1]:
        key = int(name) if isinstance(holder, list) else name
        above.append((cast("Any", holder), key))
        holder = cast("Any", holder)[key]
    if isinstance(holder, list):
        # One element less would move the lines of those behind it.
        holder, key = above[-1]
        del holder[key]
    elif path[-1] in _STAND_INS and not is_seen:
        holder[path[-1]] = copy.deepcopy(_STAND_INS[path[-1]])
    else:
        del holder[path[-1]]
