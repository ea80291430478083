"""Which column of a CSV header is what: time, cells and their unit, inertial axes, pressure centre.

The rules:

1. `t_s` is the time. A force column is a role and a unit: `hallux_n`, `force_kg`, `ball_counts`.
   All of them share one unit. The inertial axes come all six or not at all.
2. `--columns t=COL,force=COL` names columns called otherwise, by role; where it names any cell, no
   other column is taken for one. Its unit is `--unit`, else the ending of the column's name, else
   newtons. `--unit` also overrules the endings.
3. `copx_cm,copy_cm` are kept as they are.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import CELL_ROLES, IMU_AXES
from trainer.core.units import Unit

TIME: Final = "t_s"
PRESSURE_CENTRE: Final = ("copx_cm", "copy_cm")
FORCE_UNITS: Final = (Unit.NEWTON, Unit.KILOGRAM, Unit.POUND, Unit.COUNTS)

_CELL_COLUMNS: Final = {
    f"{role}_{unit}": (role, unit) for role in CELL_ROLES for unit in FORCE_UNITS
}
_KNOWN: Final = (TIME, *_CELL_COLUMNS, *IMU_AXES, *PRESSURE_CENTRE)
_LIKENESS: Final = 0.8
"""difflib's ratio from which an unused column is taken for a misspelt one: one letter in six."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Where to find what, as positions in a row."""

    time: int
    cells: Mapping[str, int]
    """Role to position."""
    unit: Unit
    axes: tuple[int, ...]
    """Positions of the six inertial axes, or none."""
    pressure_centre: tuple[int, ...]
    doubts: tuple[str, ...]
    """Unused columns that look misspelt."""


def plan_columns(
    names: Sequence[str],
    columns: Mapping[str, str] | None,
    unit: Unit | None,
    where: str,
) -> ColumnPlan:
    """Return where to find what in a header; `where` names file and line in messages.

    Raises RecordingError: a column is missing, there twice, or the units are mixed.
    """
    header = _Header(tuple(names), where)
    given = dict(columns or {})
    time = header.position(given.pop("t", TIME), "time in seconds", "t")
    if given:
        cells, units = _named_cells(header, given)
    else:
        cells, units = _found_cells(header)
    axes = _axes(header)
    pressure_centre = tuple(header.names.index(n) for n in PRESSURE_CENTRE if n in header.names)
    if len(pressure_centre) == 1:
        raise header.error(
            f"has only one of {' and '.join(PRESSURE_CENTRE)}. Add the other, or remove both."
        )
    if not cells and not axes and not pressure_centre:
        raise header.error(
            f"no force column among {header.found()}; expected a role and a unit, such as force_n "
            f"or hallux_n (roles {', '.join(CELL_ROLES)}; units {', '.join(FORCE_UNITS)})."
            f"{header.nearest(tuple(_CELL_COLUMNS))} Rename it, or name it with "
            "--columns force=COL."
        )
    return ColumnPlan(
        time=time,
        cells=cells,
        unit=unit or _only_unit(header, units),
        axes=axes,
        pressure_centre=pressure_centre,
        doubts=_doubts(header, given),
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """The names in a header and where it stands."""

    names: tuple[str, ...]
    where: str

    def position(self, name: str, meaning: str, key: str) -> int:
        if self.names.count(name) > 1:
            raise self.error(f"column '{name}' is there twice. Rename or remove one.")
        if name not in self.names:
            raise self.error(
                f"no column '{name}' ({meaning}) among {self.found()}.{self.nearest((name,))} "
                f"Rename it, or name it with --columns {key}=COL."
            )
        return self.names.index(name)

    def found(self) -> str:
        return ", ".join(f"'{name}'" for name in self.names)

    def nearest(self, expected: tuple[str, ...]) -> str:
        for name in self.names:
            near = difflib.get_close_matches(name, expected, n=1)
            if near and near[0] != name:
                return f" Nearest: '{name}', did you mean '{near[0]}'?"
        return ""

    def error(self, what: str) -> RecordingError:
        return RecordingError(f"{self.where}: {what}", RecordingFault.COLUMNS)


def _named_cells(
    header: _Header, given: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, Unit]]:
    cells: dict[str, int] = {}
    units: dict[str, Unit] = {}
    for role, name in given.items():
        if role not in CELL_ROLES:
            near = difflib.get_close_matches(role, ("t", *CELL_ROLES), n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: t, {', '.join(CELL_ROLES)}."
            raise header.error(f"--columns names an unknown role '{role}'; {hint}")
        cells[role] = header.position(name, f"force of the {role} cell", role)
        ending = name.rpartition("_")[2]
        units[name] = Unit(ending) if ending in FORCE_UNITS else Unit.NEWTON
    return _in_order(cells), units


def _found_cells(header: _Header) -> tuple[dict[str, int], dict[str, Unit]]:
    cells: dict[str, int] = {}
    units: dict[str, Unit] = {}
    for name in header.names:
        if name not in _CELL_COLUMNS:
            continue
        role, unit = _CELL_COLUMNS[name]
        if role in cells:
            raise header.error(f"the {role} cell is there twice. Remove one of its columns.")
        cells[role] = header.position(name, f"force of the {role} cell", role)
        units[name] = unit
    return _in_order(cells), units


def _in_order(cells: Mapping[str, int]) -> dict[str, int]:
    return {role: cells[role] for role in CELL_ROLES if role in cells}


def _axes(header: _Header) -> tuple[int, ...]:
    missing = [axis for axis in IMU_AXES if axis not in header.names]
    if len(missing) == len(IMU_AXES):
        return ()
    if missing:
        raise header.error(
            f"has some inertial axes but lacks {', '.join(missing)}. Give all six "
            f"({', '.join(IMU_AXES)}) or none."
        )
    return tuple(header.position(axis, "inertial axis", axis) for axis in IMU_AXES)


def _only_unit(header: _Header, units: Mapping[str, Unit]) -> Unit:
    if len(set(units.values())) > 1:
        mixed = ", ".join(units)
        raise header.error(
            f"force columns in different units: {mixed}. Convert them to one, or say with --unit "
            f"which one holds for all ({', '.join(FORCE_UNITS)})."
        )
    return next(iter(units.values()), Unit.NEWTON)


def _doubts(header: _Header, given: Mapping[str, str]) -> tuple[str, ...]:
    doubts = []
    for name in header.names:
        if name in _KNOWN or name in given.values():
            continue
        near = difflib.get_close_matches(name, _KNOWN, n=1, cutoff=_LIKENESS)
        if near:
            doubts.append(f"column '{name}' is not used; did you mean '{near[0]}'?")
    return tuple(doubts)
