"""What is connected to what in a build: a plug with pins, parts with terminals, nets between."""

from dataclasses import dataclass
from typing import Final

GROUND: Final = "GND"
SUPPLY: Final = "3V3"


@dataclass(frozen=True, slots=True)
class Pin:
    """One pin of the plug."""

    number: str
    """What is written on it, or its place in the row."""
    name: str = ""
    """Of a pin in use."""
    net: str = ""
    """Empty where it stays free."""
    warning: str = ""
    """Of a pin that must stay free."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """One terminal of a part."""

    name: str
    net: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part and its terminals, from top to bottom."""

    title: str
    terminals: tuple[Terminal, ...]


@dataclass(frozen=True, slots=True)
class Wiring:
    """All connections of one build."""

    id: str
    title: str
    plug: str
    left: tuple[Pin | None, ...]
    """The plug's left row from the top; None where that row has no pin."""
    right: tuple[Pin | None, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()

    def pins(self) -> tuple[Pin, ...]:
        """Return the pins in use, in the order of their nets' first terminal."""
        used = {pin.net: pin for pin in (*self.left, *self.right) if pin is not None and pin.net}
        nets = [terminal.net for part in self.parts for terminal in part.terminals]
        return tuple(used[net] for net in dict.fromkeys(nets))


def kind_of(net: str) -> str:
    """Return the kind of line that a net is drawn with."""
    if net in {GROUND, SUPPLY}:
        return "ground" if net == GROUND else "supply"
    if net.startswith("SCK"):
        return "clock"
    return "data" if net.startswith("DOUT") else "signal"


def converter(number: int, role: str, clock: str, data: str) -> Part:
    """Return the HX711 board of a cell."""
    return Part(
        f"HX711 {number}: {role}",
        (
            Terminal("VDD and VCC", SUPPLY),
            Terminal("GND", GROUND),
            Terminal("SCK (CLK)", clock),
            Terminal("DOUT (DAT)", data),
        ),
    )


def extras(button: str, light: str, buzzer: str) -> tuple[Part, ...]:
    """Return what a Pi has beside its cells."""
    return (
        Part("Button", (Terminal("one side", button), Terminal("other side", GROUND))),
        Part("LED + 330 Ω", (Terminal("long leg, by 330 Ω", light), Terminal("short leg", GROUND))),
        Part(
            "Buzzer 3.3 V + NPN",
            (
                Terminal("base, by 1 kΩ", buzzer),
                Terminal("buzzer +", SUPPLY),
                Terminal("emitter", GROUND),
            ),
        ),
    )
