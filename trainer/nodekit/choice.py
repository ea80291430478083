"""What a node shall be, as it stands in the board's settings.toml."""

import re
from dataclasses import dataclass
from typing import Final

from trainer.core.errors import UsageError
from trainer.wire import footwire

MOST_CELLS: Final = {"none": 0, "hx711": 2, "nau7802": 4}
"""Cells by converter: each HX711 needs an SPI bus of its own, and a board has two to spare."""
KINDS: Final = ("pad", "balance")

_OURS: Final = re.compile(rb"^\s*FOOT_[A-Z_]+\s*=")
_CONVERTER: Final = re.compile(rb'^\s*FOOT_CONVERTER\s*=\s*"([a-z0-9]+)"', re.MULTILINE)
_AXES: Final = re.compile(r"([+-]?)([xyz]) ([+-]?)([xyz]) ([+-]?)([xyz])")
_EVEN: Final = ("xyz", "yzx", "zxy")


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """What a node shall be. Raises UsageError for what the firmware would refuse."""

    cells: tuple[str, ...] = ("toes",)
    """Roles, in the order of the converters."""
    converter: str = "hx711"
    kind: str = "pad"
    has_imu: bool = True
    imu_axes: str = "+x +y +z"
    """Which of the sensor's axes points forward, left and up."""

    def __post_init__(self) -> None:
        """Check what was chosen."""
        _check("the kind of node", self.kind, KINDS)
        _check("the converter", self.converter, tuple(MOST_CELLS))
        roles = footwire.ROLES[1:]
        for cell in self.cells:
            _check("a cell", cell, roles)
        most = MOST_CELLS[self.converter]
        if not min(most, 1) <= len(self.cells) <= most or len(set(self.cells)) < len(self.cells):
            raise UsageError(
                f"cells {', '.join(self.cells) or 'none'} on {self.converter}: it takes "
                f"{f'1 to {most} different ones' if most else 'no cells'}. Choose other cells or "
                "another converter."
            )
        if not _is_rotation(self.imu_axes):
            raise UsageError(
                f'imu axes "{self.imu_axes}": not three of +-x, +-y, +-z that a turn can bring '
                "about. Write which of the sensor's axes points forward, left and up, like \"+x "
                '+y +z".'
            )


def settings_text(before: bytes, choice: NodeChoice) -> bytes:
    """Return a settings.toml with the choice on top and all else of the file before as it was."""
    # On top, because no table may have begun: CircuitPython reads keys outside tables only.
    ours = (
        f'FOOT_KIND = "{choice.kind}"\n'
        f'FOOT_CONVERTER = "{choice.converter}"\n'
        f'FOOT_CELLS = "{",".join(choice.cells)}"\n'
        f'FOOT_IMU = "{"yes" if choice.has_imu else "no"}"\n'
        f'FOOT_IMU_AXES = "{choice.imu_axes}"\n'
    )
    others = [line for line in before.splitlines(keepends=True) if not _OURS.match(line)]
    return ours.encode() + b"".join(others)


def converter_in(settings: bytes) -> str:
    """Return the converter that a settings.toml names; the firmware's default where it does not."""
    found = _CONVERTER.search(settings)
    return found[1].decode() if found else NodeChoice().converter


def _check(what: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"{what} is {value!r}. Choose one of {', '.join(choices)}.")


def _is_rotation(text: str) -> bool:
    found = _AXES.fullmatch(text)
    if found is None:
        return False
    order = found[2] + found[4] + found[6]
    minuses = (found[1] + found[3] + found[5]).count("-")
    return len(set(order)) == len(order) and (order in _EVEN) == (minuses % 2 == 0)
