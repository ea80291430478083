"""UNTRIED on hardware: NAU7802 in place of HX711, one per cell, each on a branch of a TCA9548A.

All NAU7802 have the same address, so each has its branch. Their clock is their own and needs no
care. But a conversion that ends while the three bytes of a count are fetched would mix two counts:
what was fetched across one is thrown away, as with an HX711. They are fetched past the library,
whose `read` (2.1.4) makes three talks of it and gives twice the count. At 100 kHz four cells leave
little room; set dtparam=i2c_arm_baudrate=400000 in config.txt.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import I2cDevice, PinsFaultError, Shift
from trainer.sources.pins.driver import load_driver, open_i2c
from trainer.wire.hx711spi import HIGHEST, LOWEST, SATURATED

RATE_SPS: Final = 80
BRANCHES: Final = 8
_OUTPUT_REGISTER: Final = b"\x12"
"""Nuvoton's data sheet: three bytes from here on, the highest first."""


class Nau7802(Protocol):
    """What of cedargrove_nau7802 is used."""

    i2c_device: AbstractContextManager[I2cDevice]
    poll_rate: int

    def calibrate(self, mode: str) -> bool:
        """Zero the chip's own amplifier; True where it worked."""
        ...

    def available(self) -> bool:
        """Return whether a conversion waits."""
        ...


class NauCells:
    """NAU7802s that are waited for together."""

    def __init__(
        self, chips: Sequence[Nau7802], names: Sequence[str], now_ns: Callable[[], int]
    ) -> None:
        self._chips = tuple(chips)
        self._names = tuple(names)
        self._now_ns = now_ns
        self._ready = [False] * len(self._chips)
        self._bytes = bytearray(3)
        for chip, name in zip(self._chips, self._names, strict=True):
            chip.poll_rate = RATE_SPS
            if not chip.calibrate("INTERNAL"):
                raise PinsFaultError(
                    f"{name}: the NAU7802 could not zero its amplifier. Check that its cell is "
                    "connected, E+ and E- too.",
                    SourceFault.REFUSED,
                )

    @property
    def names(self) -> tuple[str, ...]:
        """Return what each converter is called in a message."""
        return self._names

    @property
    def channels(self) -> int:
        """Return the number of cells."""
        return len(self._chips)

    def look(self) -> Sequence[bool]:
        """Return which have a conversion."""
        # One that waits goes on waiting: the bus is left to the others.
        self._ready = [
            was_ready or bool(chip.available())
            for was_ready, chip in zip(self._ready, self._chips, strict=True)
        ]
        return self._ready

    def shift(self, into: list[int]) -> Shift:
        """Read one chip after the other."""
        start_ns = self._now_ns()
        status = 0
        self._ready = [False] * len(self._chips)
        for place, chip in enumerate(self._chips):
            with chip.i2c_device as device:
                device.write_then_readinto(_OUTPUT_REGISTER, self._bytes)
            into[place] = count = int.from_bytes(self._bytes, "big", signed=True)
            if count in (HIGHEST, LOWEST):
                status = SATURATED
        return Shift(start_ns, self._now_ns(), None, status)

    def reset(self) -> None:
        """Do nothing: a chip that was unplugged needs its registers anew, by a new start."""

    def close(self) -> None:
        """Let go of nothing: the bus belongs to the process."""


class _OwnBus:
    """A bus without its lock, for the one thread of a process that has it to itself.

    Where the switch does not answer, its library raises with the lock held, and waits for that
    lock for ever at the next look.
    """

    def __init__(self, bus: Any) -> None:  # noqa: ANN401 - an untyped library
        self.writeto = bus.writeto
        self.readfrom_into = bus.readfrom_into
        self.writeto_then_readfrom = bus.writeto_then_readfrom

    def try_lock(self) -> bool:
        return True

    def unlock(self) -> None: ...


def open_nau7802(names: Sequence[str], now_ns: Callable[[], int]) -> NauCells:
    """Return one chip per name, on branches 0, 1, 2 and so on of the switch."""
    return nau7802_on(open_i2c(), names, now_ns)


def nau7802_on(
    bus: Any,  # noqa: ANN401 - as above
    names: Sequence[str],
    now_ns: Callable[[], int],
) -> NauCells:
    """Return the chips on that bus. Raises PinsFaultError where one does not answer."""
    switch = load_driver("adafruit_tca9548a").TCA9548A(_OwnBus(bus))
    make = load_driver("cedargrove_nau7802").NAU7802
    chips: list[Nau7802] = []
    for branch, name in enumerate(names):
        try:
            chips.append(make(switch[branch]))
        except (OSError, ValueError, RuntimeError) as error:
            raise PinsFaultError(
                f"{name}: no NAU7802 answers on branch {branch} of the TCA9548A ({error}). Check "
                "SDA, SCL and the 3.3 V of both, and the cells in pins.toml.",
                SourceFault.NOT_FOUND,
            ) from error
    return NauCells(chips, names, now_ns)
