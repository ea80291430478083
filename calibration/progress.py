"""How far a guided calibration has come: a value that can be stored and taken up again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias, cast

from calibration.errors import DamagedError
from calibration.history import reading_from_table
from calibration.plan import CYCLES, Step, make_plan
from calibration.readings import Reading

Load: TypeAlias = tuple[str, ...]
"""Names of the weights that stand on a cell together."""


class Open(StrEnum):
    """A step without a reading."""

    MISSING = "missing"
    SKIPPED = "skipped"


Outcome: TypeAlias = Reading | Open

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """The chosen loads, and what came of each step."""

    cells: tuple[str, ...]
    loads: tuple[Load, ...] = ()
    """Lightest first; none before they are chosen."""
    cycles: int = CYCLES
    with_creep: bool = True
    done: tuple[Outcome, ...] = ()
    """Per step of the plan."""

    def plan(self) -> tuple[Step, ...]:
        """Return the steps; none before loads are chosen."""
        if not self.loads:
            return ()
        return make_plan(self.cells, self.loads, self.cycles, with_creep=self.with_creep)

    def chosen(self, loads: tuple[Load, ...], cycles: int, *, with_creep: bool) -> "Progress":
        """Return the start with these loads."""
        start = Progress(self.cells, loads, cycles, with_creep)
        return replace(start, done=(Open.MISSING,) * len(start.plan()))

    def next_step(self) -> int | None:
        """Return the index of the first step that is missing; None where none is."""
        return self.done.index(Open.MISSING) if Open.MISSING in self.done else None

    def with_outcome(self, step: int, outcome: Outcome) -> "Progress":
        """Return the progress with one step settled."""
        return replace(self, done=(*self.done[:step], outcome, *self.done[step + 1 :]))

    def without(self, steps: Iterable[int]) -> "Progress":
        """Return the progress with some steps to be done again."""
        again = set(steps)
        kept = (Open.MISSING if i in again else known for i, known in enumerate(self.done))
        return replace(self, done=tuple(kept))

    def readings(self) -> tuple[Reading, ...]:
        """Return all readings, in the order of the plan."""
        return tuple(known for known in self.done if isinstance(known, Reading))

    def steps_of_readings(self) -> tuple[int, ...]:
        """Return the step of each of the readings."""
        return tuple(i for i, known in enumerate(self.done) if isinstance(known, Reading))

    def to_json(self) -> str:
        """Return the progress as one JSON object."""
        return json.dumps(asdict(self) | {"format": FORMAT}, ensure_ascii=False)


def progress_from_json(text: str, origin: str) -> Progress:
    """Return the progress in JSON text; `origin` names the file. Raises DamagedError."""
    try:
        table = cast("Mapping[str, Any]", json.loads(text))
        return _progress(table)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(
            f"{origin}: the unfinished calibration is damaged ({error!r}). Start a new one."
        ) from error


def _progress(table: Mapping[str, Any]) -> Progress:
    if int(table["format"]) > FORMAT:
        raise ValueError(f"format {table['format']}, this program reads up to {FORMAT}")
    found = Progress(
        cells=tuple(table["cells"]),
        loads=tuple(tuple(load) for load in table["loads"]),
        cycles=int(table["cycles"]),
        with_creep=bool(table["with_creep"]),
        done=tuple(_outcome(entry) for entry in table["done"]),
    )
    if len(found.done) != len(found.plan()):
        raise ValueError(f"{len(found.done)} steps, its plan has {len(found.plan())}")
    return found


def _outcome(entry: object) -> Outcome:
    if isinstance(entry, str):
        return Open(entry)
    return reading_from_table(cast("Mapping[str, object]", entry))
