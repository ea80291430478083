"""The nodes' pins, read out of the firmware's own pin tables without running them."""

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "firmware/footboard"


@dataclass(frozen=True, slots=True)
class CellPins:
    """The pins of one HX711, as CircuitPython calls them."""

    free: str
    """The bus's own clock: connected to nothing."""
    clock: str
    """MOSI, to PD_SCK."""
    data: str
    """MISO, from DOUT."""


def cell_pins(board: str) -> tuple[CellPins, ...]:
    """Return the pins of a board's cells: of xiao or feather."""
    tree = ast.parse((FOLDER / f"{board}.py").read_text("utf-8"))
    value = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PINS.spi"
    )
    assert isinstance(value, ast.Tuple)
    return tuple(CellPins(*_names(cell)) for cell in value.elts)


def _names(cell: ast.expr) -> list[str]:
    return [node.attr for node in ast.walk(cell) if isinstance(node, ast.Attribute)]
