"""Which pin does what: the shipped table pins.toml, and what the user's own changes in it.

A build is one way to wire a pad; its lines are named by their role, each with its GPIO (none for
supply and ground) and its place on the 40-pin header. No pin may have two roles.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from trainer.core.errors import SettingsError
from trainer.core.packets import CELL_ROLES
from trainer.core.settings import Bound, parse_settings, read_settings

TABLE: Final = Path(__file__).with_name("pins.toml")

HEADER_BCM: Final[Mapping[int, int]] = {
    3: 2,
    5: 3,
    7: 4,
    8: 14,
    10: 15,
    11: 17,
    12: 18,
    13: 27,
    15: 22,
    16: 23,
    18: 24,
    19: 10,
    21: 9,
    22: 25,
    23: 11,
    24: 8,
    26: 7,
    27: 0,
    28: 1,
    29: 5,
    31: 6,
    32: 12,
    33: 13,
    35: 19,
    36: 16,
    37: 26,
    38: 20,
    40: 21,
}
"""GPIO of each pin of the header that has one (Raspberry Pi documentation, GPIO)."""
SUPPLY_PINS: Final = {"supply": (1, 17), "ground": (6, 9, 14, 20, 25, 30, 34, 39)}
"""3.3 V and ground on the header; 5 V (2, 4) would destroy a Pi's inputs."""


class PadDriver(StrEnum):
    """How the converters of a build are read."""

    HX711_SPI = "hx711 by spi"
    HX711_GPIO = "hx711 by gpio"
    NAU7802 = "nau7802"


@dataclass(frozen=True, slots=True)
class PinLine:
    """One wire."""

    pin: Annotated[int, Bound(1, 40)]
    """Place on the header."""
    bcm: Annotated[int, Bound(0, 27)] | None = None
    """GPIO; None for supply and ground."""


@dataclass(frozen=True, slots=True)
class Build:
    """One way to wire a pad."""

    title: str = ""
    driver: PadDriver | None = None
    lines: dict[str, PinLine] = field(default_factory=dict[str, PinLine])
    reserved: tuple[int, ...] = ()
    """GPIOs that the build drives and nothing may be connected to."""


@dataclass(frozen=True, slots=True)
class PinTable:
    """All builds, and which one the pad is."""

    build: str = ""
    cells: tuple[str, ...] = ()
    """Role of cell 1, cell 2 and so on; empty where the file does not say."""
    imu: bool | None = None
    builds: dict[str, Build] = field(default_factory=dict[str, Build])


@dataclass(frozen=True, slots=True)
class PinPlan:
    """The pad as it is wired."""

    build: str
    driver: PadDriver
    cells: tuple[str, ...]
    has_imu: bool
    lines: Mapping[str, PinLine]

    def line(self, role: str) -> PinLine:
        """Return the wire of a role. Raises SettingsError where the build has none."""
        found = self.lines.get(role)
        if found is None:
            raise SettingsError(
                f"pins.toml: build '{self.build}' has no line '{role}', which {len(self.cells)} "
                f"cells need; it has {', '.join(self.lines)}. Choose another build, or fewer cells."
            )
        return found


def shipped_table() -> PinTable:
    """Return the table that all builds, drawings and docs go by."""
    return _checked(parse_settings(TABLE.read_text(encoding="utf-8"), PinTable, TABLE.name), TABLE)


def read_table(path: Path | None) -> PinTable:
    """Return the shipped table with what a user's file changes; a missing file changes nothing.

    Raises SettingsError: not readable, unknown key, a pin that is another GPIO or has two roles.
    """
    shipped = shipped_table()
    return (
        shipped if path is None else _checked(_merged(shipped, read_settings(path, PinTable)), path)
    )


def make_plan(table: PinTable, build: str = "", origin: str = "pins.toml") -> PinPlan:
    """Return the plan of the named build, or of the table's own. Raises SettingsError."""
    name = build or table.build
    found = table.builds.get(name)
    if found is None or found.driver is None:
        near = difflib.get_close_matches(name, table.builds, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(table.builds)}."
        raise SettingsError(f"{origin}: '{name}' is an unknown build; {hint}")
    for role in table.cells:
        if role not in CELL_ROLES:
            near = difflib.get_close_matches(role, CELL_ROLES, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(CELL_ROLES)}."
            raise SettingsError(f"{origin}: 'cells' names an unknown cell '{role}'; {hint}")
    if not table.cells or len(set(table.cells)) != len(table.cells):
        raise SettingsError(
            f"{origin}: 'cells' is {list(table.cells)}; name at least one cell, each role once."
        )
    return PinPlan(name, found.driver, table.cells, bool(table.imu), found.lines)


def _merged(shipped: PinTable, own: PinTable) -> PinTable:
    builds = dict(shipped.builds)
    for name, build in own.builds.items():
        before = builds.get(name, Build())
        builds[name] = Build(
            build.title or before.title,
            build.driver or before.driver,
            {**before.lines, **build.lines},
            build.reserved or before.reserved,
        )
    return replace(
        shipped,
        build=own.build or shipped.build,
        cells=own.cells or shipped.cells,
        imu=shipped.imu if own.imu is None else own.imu,
        builds=builds,
    )


def _checked(table: PinTable, path: Path) -> PinTable:
    for name, build in table.builds.items():
        for what in _faults(build):
            raise SettingsError(f"{path}: build '{name}': {what}")
    return table


def _faults(build: Build) -> Iterator[str]:
    taken = dict.fromkeys(build.reserved, "the bus itself")
    pins: dict[int, str] = {}
    for role, line in build.lines.items():
        if line.pin in pins:
            yield f"pin {line.pin} is both '{pins[line.pin]}' and '{role}'. Give each its own."
        pins[line.pin] = role
        if line.bcm is None:
            allowed = SUPPLY_PINS.get(role, ())
            if line.pin not in allowed:
                yield (
                    f"'{role}' at pin {line.pin} has no GPIO; allowed without: "
                    f"{', '.join(f'{name} {list(places)}' for name, places in SUPPLY_PINS.items())}"
                    ". Add its bcm, or correct the pin."
                )
            continue
        if HEADER_BCM.get(line.pin) != line.bcm:
            right = next((pin for pin, bcm in HEADER_BCM.items() if bcm == line.bcm), None)
            yield f"'{role}': GPIO{line.bcm} is pin {right}, not pin {line.pin}. Correct one."
        if line.bcm in taken:
            yield f"'{role}': GPIO{line.bcm} is taken by {taken[line.bcm]}. Give another pin."
        taken[line.bcm] = f"'{role}'"
