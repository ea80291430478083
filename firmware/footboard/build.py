"""A node made of the board's parts and of the settings."""

import os
import time

import _bleio
import board
import busio
import digitalio
import microcontroller

import footwire
from footboard.battery import Battery
from footboard.light import Light
from footboard.radio import Radio
from footboard.registers import Registers
from footboard.spibus import SpiBus
from footnode.hx711 import Hx711s
from footnode.lsm6 import Lsm6
from footnode.memory import Memory
from footnode.node import Node
from footnode.options import Options
from footnode.settings import Settings

if board.board_id == "feather_bluefruit_sense":
    from footboard.feather import PINS
else:
    from footboard.xiao import PINS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from footnode.ports import Converter

_I2C_HZ = 400_000


def build_light() -> Light:
    """Return the light, which is also there when nothing else can be built."""
    return Light(PINS.led, PINS.is_led_lit_high)


def build_node(light: Light) -> Node:
    """Return the node; ValueError for a setting that means nothing."""
    options = Options(os.getenv)
    store = microcontroller.nvm
    # Both boards have 8 kB of it.
    assert store is not None
    buses: dict[object, busio.I2C] = {}
    settings = Settings(
        options.kind, PINS.number, options.converter, bytes(microcontroller.cpu.uid[-6:])
    )
    return Node(
        settings,
        _converter(options, buses),
        _imu(options, buses) if options.has_imu else None,
        Radio(_bleio.adapter),
        Battery(
            PINS.battery, PINS.battery_ground, PINS.battery_numerator, PINS.battery_denominator
        ),
        light,
        Memory(store),
        lambda: time.monotonic_ns() // 1000,
        lambda: int.from_bytes(os.urandom(2), "little"),
    )


def _converter(options: Options, buses: "dict[object, busio.I2C]") -> "Converter | None":
    if not options.converter:
        return None
    if options.converter == footwire.HX711:
        spi = [SpiBus(PINS.spi[place]) for place in range(len(options.cells))]
        return Hx711s(spi, options.cells)
    # Its libraries are on the board only where this converter is used.
    from footboard.nau7802 import Nau7802s  # noqa: PLC0415 - see above

    return Nau7802s(_i2c(PINS.i2c, buses), options.cells)


def _imu(options: Options, buses: "dict[object, busio.I2C]") -> Lsm6:
    if PINS.imu_power is not None:
        power = digitalio.DigitalInOut(PINS.imu_power)
        power.switch_to_output(value=True, drive_mode=digitalio.DriveMode.PUSH_PULL)
        _KEPT.append(power)
        # Its boot takes 15 ms (LSM6DS3TR-C data sheet).
        time.sleep(0.02)
    return Lsm6(Registers(_i2c(PINS.imu_i2c, buses), PINS.imu_address), options.axes)


_KEPT: "list[digitalio.DigitalInOut]" = []
"""Pins that must go on being driven: what nothing refers to is collected and let go."""


def _i2c(
    where: "tuple[microcontroller.Pin, microcontroller.Pin]", buses: "dict[object, busio.I2C]"
) -> busio.I2C:
    if where not in buses:
        buses[where] = busio.I2C(where[0], where[1], frequency=_I2C_HZ)
    return buses[where]
