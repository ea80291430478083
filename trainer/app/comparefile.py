"""What `footspring analyse --json` wrote, read back: what a comparison needs, or what is wrong."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from trainer.app.summary import FORMAT
from trainer.core.errors import UsageError

Figures: TypeAlias = Mapping[str, float | bool | None]
"""Named numbers of one part of an analysis."""

PARTS: Final = ("fatigue", "squeeze", "taps", "sway")
COUNTS: Final = ("samples", "lost_samples", "rejected_samples")

_TIMES: Final = ("start_s", "end_s")
_FORCES: Final = ("peak_n", "plateau_n")
_ANSWERS: Final = ("finished", "compensated")
_REMEDY: Final = "Give what `footspring analyse` --json wrote."


@dataclass(frozen=True, slots=True)
class FoundHold:
    """One hold of an analysis."""

    start_s: float
    end_s: float
    peak_n: float
    plateau_n: float
    is_finished: bool
    is_compensated: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """What one analysis found."""

    path: Path
    recording: str
    """File name of the recording."""
    duration_s: float
    counts: Figures
    """Samples, lost and rejected ones, gaps."""
    holds: tuple[FoundHold, ...]
    parts: Mapping[str, Figures | None]
    """Fatigue, squeeze, taps, sway; None where the analysis has no answer."""


def read_found(path: Path) -> Found:
    """Return an analysis that was written to a file. Raises UsageError: what it is instead."""
    table = _Place(path, "", _read_object(path))
    version = table.number("format")
    if version != FORMAT:
        raise UsageError(
            f"{path}: 'format' is {version:g}; this program compares format {FORMAT}. Analyse the "
            "recording again with this version."
        )
    recording = table.below("recording")
    gaps = recording.rows("gaps")
    return Found(
        path=path,
        recording=recording.text("file"),
        duration_s=recording.number("duration_s"),
        counts={**{name: recording.number(name) for name in COUNTS}, "gaps": float(len(gaps))},
        holds=tuple(_hold(row) for row in table.rows("holds")),
        parts={name: table.figures(name) for name in PARTS},
    )


def _hold(row: "_Place") -> FoundHold:
    times = [row.number(name) for name in _TIMES]
    forces = [row.number(name) for name in _FORCES]
    finished, compensated = (row.answer(name) for name in _ANSWERS)
    if times[1] < times[0]:
        raise row.error("end_s", "lies before start_s")
    return FoundHold(times[0], times[1], forces[0], forces[1], finished is True, compensated)


def _read_object(path: Path) -> Mapping[str, object]:
    try:
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such file. {_REMEDY}") from error
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror or error}). {_REMEDY}"
        ) from error
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{path}, line {error.lineno}: no JSON ({error.msg}, column {error.colno}). {_REMEDY}"
        ) from error
    except (ValueError, RecursionError) as error:
        # No UTF-8, a number of thousands of digits, brackets nested too deep.
        raise UsageError(f"{path}: no JSON text ({error}). {_REMEDY}") from error
    if not isinstance(table, dict):
        raise UsageError(f"{path}: holds no JSON object. {_REMEDY}")
    return table


@dataclass(frozen=True, slots=True)
class _Place:
    """A table within the file, and where it stands."""

    path: Path
    name: str
    table: Mapping[str, object]

    def error(self, key: str, what: str) -> UsageError:
        where = f"{self.name}.{key}" if self.name else key
        return UsageError(f"{self.path}: '{where}' {what}. {_REMEDY}")

    def number(self, key: str) -> float:
        found = self.table.get(key)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.error(key, "is missing" if key not in self.table else "is no number")
        try:
            number = float(found)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.error(key, "is no finite number")
        return number

    def text(self, key: str) -> str:
        found = self.table.get(key)
        if not isinstance(found, str):
            raise self.error(key, "is missing or no text")
        return found

    def answer(self, key: str) -> bool | None:
        found = self.table.get(key)
        if found is None or isinstance(found, bool):
            return found
        raise self.error(key, "is neither true, false nor null")

    def below(self, key: str) -> "_Place":
        found = self.table.get(key)
        if not isinstance(found, dict):
            raise self.error(key, "is missing or no object")
        return _Place(self.path, f"{self.name}.{key}" if self.name else key, found)

    def rows(self, key: str) -> Sequence["_Place"]:
        found = self.table.get(key)
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise self.error(key, "is missing or no list of objects")
        return [_Place(self.path, f"{key}[{index}]", row) for index, row in enumerate(found)]

    def figures(self, key: str) -> Figures | None:
        """Return the numbers and answers of a part; other things in it are not compared."""
        if self.table.get(key) is None:
            return None
        part = self.below(key)
        return {
            name: part.answer(name)
            if isinstance(found, bool) or found is None
            else part.number(name)
            for name, found in part.table.items()
            if found is None or isinstance(found, bool | int | float)
        }
