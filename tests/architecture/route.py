"""The route table of trainer/__init__.py as data: which folder may import what.

Third parties and folders are both denied unless a row names them; numpy is everybody's.
"""

import ast
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

PURE: Final = frozenset({"wire", "timing", "signal", "detect", "coach", "doctor"})
"""Folders that know no event loop, clock, thread, file, random number or log."""

IMPURE_MODULES: Final = frozenset(
    {"asyncio", "concurrent", "datetime", "io", "logging", "multiprocessing", "os", "pathlib"}
    | {"random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "subprocess"}
    | {"tempfile", "threading", "time"}
)
"""What a pure folder may not import of the standard library."""

SIBLINGS: Final = frozenset({"report", "terminal", "dashboard", "box"})
"""Folders that show one and the same session and never import each other."""

OUTSIDE: Final = "calibration"
"""The one row that is no folder of trainer: it stands alone and never imports trainer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One folder of the route."""

    folder: str
    job: str
    may_import: frozenset[str]
    """Names of folders and third parties, `lower` resolved."""

    @property
    def module(self) -> str:
        """Return the dotted name of the folder."""
        return self.folder if self.folder == OUTSIDE else f"trainer.{self.folder}"


def read_route(root: Path = ROOT) -> tuple[Row, ...]:
    """Return the rows of the table at the top of trainer/__init__.py."""
    text = (root / "trainer" / "__init__.py").read_text(encoding="utf-8")
    return parse_route(ast.get_docstring(ast.parse(text)) or "")


def parse_route(docstring: str) -> tuple[Row, ...]:
    """Return the rows, low to high, of a docstring that holds the table."""
    lines = docstring.splitlines()
    ruler = next(index for index, line in enumerate(lines) if line.startswith("---"))
    starts = [0, *(at + 1 for at in range(1, len(lines[ruler])) if _opens(lines[ruler], at))]
    raw: list[list[str]] = []
    for line in lines[ruler + 1 :]:
        if not line.strip():
            break
        cells = [line[a:b].strip() for a, b in pairwise([*starts, None])]
        if cells[0]:
            raw.append(cells)
        else:
            raw[-1] = [f"{old} {new}".strip() for old, new in zip(raw[-1], cells, strict=True)]
    return _resolve(raw)


def fault(row: Row, rows: tuple[Row, ...], importer: str, imported: str) -> str | None:
    """Return what is wrong with an import by a module of the row; None where it is allowed."""
    top = _top(imported)
    folders = {other.module: other.folder for other in rows}
    if top == row.module or (top == "trainer.core" and row.folder != OUTSIDE):
        return None
    if top in sys.stdlib_module_names:
        if row.folder in PURE and top in IMPURE_MODULES:
            return f"{importer} imports {imported}: '{row.folder}' is a pure folder"
        return None
    if top == "trainer":
        return f"{importer} imports trainer itself, or a file of it that does not exist"
    if top == "numpy" or folders.get(top, top) in row.may_import:
        return None
    return f"{importer} imports {imported}: the row of '{row.folder}' does not name it"


def _opens(ruler: str, at: int) -> bool:
    return ruler[at] == " " and ruler[at + 1 : at + 2] == "-"


def _resolve(raw: list[list[str]]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for folder, job, names in raw:
        named = set(names.split()) - {"-"}
        if "lower" in named:
            below = {row.folder for row in rows}
            named = named - {"lower"} | (below - SIBLINGS if folder in SIBLINGS else below)
        rows.append(Row(folder, job, frozenset(named)))
    return tuple(rows)


def _top(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "trainer" else parts[0]
