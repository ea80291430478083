"""The wirings of the wireless builds: a node's board, its rows of pins, two HX711."""

from typing import Final

from scripts.workshop.nodepins import cell_pins
from scripts.workshop.wiring import GROUND, SUPPLY, Pin, Wiring, converter

# Rows from the USB socket on, seen from above, the socket up (the makers' pinout pictures).
_XIAO: Final = (
    ("D0", "D1", "D2", "D3", "D4", "D5", "D6"),
    ("5V", "GND", "3V3", "D10", "D9", "D8", "D7"),
)
_FEATHER: Final = (
    (
        *("RST", "3V", "AREF", "GND", "A0", "A1", "A2", "A3"),
        *("A4", "A5", "SCK", "MO", "MI", "RX", "TX", "D2"),
    ),
    (
        *("", "", "", "", "BAT", "EN", "USB", "D13"),
        *("D12", "D11", "D10", "D9", "D6", "D5", "SCL", "SDA"),
    ),
)
_SHORT: Final = {"MOSI": "MO", "MISO": "MI"}
"""What a Feather's print calls these pins."""
_ROLES: Final = ("toes", "second cell")
_SPI_NOTE: Final = "No wire on pins marked free: they are the clocks of SPI buses in use."


def xiao() -> Wiring:
    """Return the wiring of a Seeed XIAO nRF52840 Sense."""
    return _wiring(
        "xiao",
        "Wireless pad: Seeed XIAO nRF52840 Sense",
        _XIAO,
        (
            _SPI_NOTE,
            "10 kΩ from each SCK to GND; 100 nF from VDD to GND at each HX711 board.",
            "Battery: red to BAT+, black to BAT-, two pads on the back of the board.",
        ),
    )


def feather() -> Wiring:
    """Return the wiring of an Adafruit Feather nRF52840 Sense."""
    return _wiring(
        "feather",
        "Wireless pad: Adafruit Feather nRF52840 Sense",
        _FEATHER,
        (
            _SPI_NOTE,
            "10 kΩ from each SCK to GND; 100 nF from VDD to GND at each HX711 board.",
            "Battery: into the board's own socket; compare + and - with the board's print first.",
        ),
    )


def _wiring(
    board: str, title: str, rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...]
) -> Wiring:
    cells = cell_pins(board)
    nets = {"GND": GROUND, "3V3": SUPPLY, "3V": SUPPLY}
    warnings = {"5V": "5V: never", "USB": "USB, 5 V: never", "BAT": "BAT: free"}
    for number, cell in enumerate(cells, 1):
        nets[_print(cell.clock)] = f"SCK {number}"
        nets[_print(cell.data)] = f"DOUT {number}"
        warnings[_print(cell.free)] = f"{_print(cell.free)}: free"
    left, right = (
        tuple(
            Pin(name, name, nets.get(name, ""), warnings.get(name, "")) if name else None
            for name in row
        )
        for row in rows
    )
    parts = tuple(
        converter(number, role, f"SCK {number}", f"DOUT {number}")
        for number, role in enumerate(_ROLES[: len(cells)], 1)
    )
    return Wiring(board, title, "USB up", left, right, parts, notes)


def _print(name: str) -> str:
    return _SHORT.get(name, name)
