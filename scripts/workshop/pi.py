"""The wirings of the wired builds, out of the trainer's own pin table."""

from collections.abc import Mapping
from typing import Final

from scripts.workshop.wiring import (
    GROUND,
    SUPPLY,
    Part,
    Pin,
    Terminal,
    Wiring,
    converter,
    extras,
)
from trainer.core.pinplan import HEADER_BCM, Build, shipped_table

_PINS: Final = 40
_FIVE_VOLTS: Final = (2, 4)
_NETS: Final = {
    "supply": SUPPLY,
    "ground": GROUND,
    "sda": "SDA",
    "scl": "SCL",
    "button": "button",
    "led": "LED",
    "buzzer": "buzzer",
}
"""Nets of the table's roles; clocks and data have numbers."""
_ROLES: Final = {"spi": ("toes", "heel"), "gpio": ("hallux", "toes", "ball", "heel")}
"""Which cell is which in a drawing; what the pad has stands in pins.toml."""
_CELL_NOTE: Final = "10 kΩ from each SCK to GND; 100 nF from VDD to GND at each HX711 board."
_SWITCH_NOTE: Final = (
    "One NAU7802 board on each branch of the TCA9548A: cell 1 on branch 0, and so on."
)


def pi_wirings() -> tuple[Wiring, ...]:
    """Return the wiring of every build in the pin table."""
    return tuple(_wiring(name, build) for name, build in shipped_table().builds.items())


def _wiring(name: str, build: Build) -> Wiring:
    nets = {line.pin: _net(role) for role, line in build.lines.items()}
    parts = (
        *_converters(name, build),
        *_imu(build),
        *extras("button", "LED", "buzzer"),
    )
    used = {terminal.net for part in parts for terminal in part.terminals}
    free = {pin for pin, bcm in HEADER_BCM.items() if bcm in build.reserved}
    pins = [_pin(number, nets, used, free) for number in range(1, _PINS + 1)]
    return Wiring(
        f"pi-{name}",
        f"Raspberry Pi, {build.title}",
        "Raspberry Pi",
        tuple(pins[0::2]),
        tuple(pins[1::2]),
        parts,
        _notes(name, build),
    )


def _notes(name: str, build: Build) -> tuple[str, ...]:
    free = "Pins marked free are driven by the SPI buses: no wire on them either."
    return (
        "3.3 V only. Pins 2 and 4 carry 5 V: no wire on them, ever.",
        *((free,) if build.reserved else ()),
        *((_CELL_NOTE if name in _ROLES else _SWITCH_NOTE,)),
    )


def _net(role: str) -> str:
    for prefix, net in (("clock", "SCK"), ("data", "DOUT")):
        if role.startswith(prefix):
            return f"{net} {role.removeprefix(prefix)}".strip()
    return _NETS[role]


def _pin(number: int, nets: Mapping[int, str], used: set[str], free: set[int]) -> Pin:
    net = nets.get(number, "")
    bcm = HEADER_BCM.get(number)
    name = net if bcm is None else f"GPIO{bcm}"
    if number in _FIVE_VOLTS:
        return Pin(str(number), warning="5 V: never")
    if number in free:
        return Pin(str(number), warning=f"{name}: free")
    return Pin(str(number), name, net) if net in used else Pin(str(number))


def _converters(name: str, build: Build) -> tuple[Part, ...]:
    if name not in _ROLES:
        return (_switch(),)
    shared = "clock" in build.lines
    return tuple(
        converter(number, role, "SCK" if shared else f"SCK {number}", f"DOUT {number}")
        for number, role in enumerate(_ROLES[name], 1)
    )


def _switch() -> Part:
    return Part(
        "TCA9548A switch",
        (
            Terminal("VIN of all boards", SUPPLY),
            Terminal("GND of all boards", GROUND),
            Terminal("SDA", "SDA"),
            Terminal("SCL", "SCL"),
        ),
    )


def _imu(build: Build) -> tuple[Part, ...]:
    if "sda" not in build.lines:
        return ()
    return (
        Part(
            "LSM6DSOX, extra",
            (
                Terminal("VIN", SUPPLY),
                Terminal("GND", GROUND),
                Terminal("SDA", "SDA"),
                Terminal("SCL", "SCL"),
            ),
        ),
    )
