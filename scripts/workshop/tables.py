"""Writes the tables of hardware.md that come from code, between their markers."""

import re
from pathlib import Path
from typing import Final

from scripts.workshop import measures as mm
from scripts.workshop.bill import read_bill
from scripts.workshop.circuits import CELL_WIRES
from scripts.workshop.gallery import wirings
from scripts.workshop.wiring import Wiring

PAGE: Final = Path(__file__).parents[2] / "hardware.md"

_TABLE: Final = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page_with_tables(page: str) -> str:
    """Return the page with every table between markers written anew. KeyError: unknown table."""
    tables = all_tables()
    return _TABLE.sub(lambda found: found[1] + tables[found[2]] + found[3], page)


def page_without_tables(page: str) -> str:
    """Return what a person wrote of the page."""
    return _TABLE.sub("", page)


def all_tables() -> dict[str, str]:
    """Return every table by its name in the markers."""
    wired = {f"wiring-{wiring.id}": _wiring_table(wiring) for wiring in wirings()}
    return wired | {"bill": _bill_table(), "plates": _plate_table(), "colours": _colour_table()}


def _rows(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _wiring_table(wiring: Wiring) -> str:
    is_numbered = any(pin is not None and pin.number.isdigit() for pin in wiring.left)
    rows = []
    for pin in wiring.pins():
        ends = [
            f"{part.title}: {terminal.name}"
            for part in wiring.parts
            for terminal in part.terminals
            if terminal.net == pin.net
        ]
        place = (pin.number, pin.name) if is_numbered else (pin.name,)
        rows.append((*place, "; ".join(ends)))
    return _rows((*(("Pin", "Name") if is_numbered else ("Pin",)), "Goes to"), *rows)


def _bill_table() -> str:
    bill = read_bill()
    rows = [
        (part.title, str(part.price), *(str(part.count.get(build, "")) for build in bill.builds))
        for part in bill.parts
    ]
    totals = [bill.total(build) for build in bill.builds]
    computer = bill.computer.price
    return _rows(
        ("Part", "USD each, estimated", *bill.builds.values()),
        *rows,
        ("**Sum, USD, estimated**", "", *(f"**{total}**" for total in totals)),
        (bill.computer.title, str(computer), *("1" for _ in totals)),
        ("**Sum with it**", "", *(f"**{total.plus(computer)}**" for total in totals)),
    )


def _plate_table() -> str:
    ends = mm.fixed_ends_mm()
    rows = [
        (
            role,
            f"{plate.x_mm}",
            f"{plate.y_mm:g}",
            f"{plate.depth_mm} × {plate.width_mm}",
            f"{ends[role][0]:g}, {ends[role][1]:g}",
        )
        for role, plate in mm.PLATES.items()
    ]
    dome = ("dome, if wanted", f"{mm.DOME_X}", "0", f"{mm.DOME_PLATE} × {mm.DOME_PLATE}")
    return _rows(
        ("Cell", "x of its plate", "y", "Plate, along × across", "Bar's fixed end at x, y"),
        *rows,
        (*dome, f"{ends['dome'][0]:g}, {ends['dome'][1]:g}"),
    )


def _colour_table() -> str:
    return _rows(("HX711 board", "Usual colour"), *CELL_WIRES)
