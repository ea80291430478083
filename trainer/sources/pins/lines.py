"""The Pi's pins by lgpio, as objects with a `value`: what adafruit_hx711 works on."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import PinsFaultError
from trainer.sources.pins.driver import load_driver
from trainer.sources.pins.pincells import LANE_BITS

PI_LABELS: Final = ("pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1")
"""Of the chip that has the 40-pin header: up to Pi 3, Pi 4, Pi 5."""
_DEVICES: Final = Path("/dev")


class OutputLine:
    """A pin that we drive."""

    def __init__(self, lgpio: Any, handle: int, bcm: int) -> None:  # noqa: ANN401 - untyped library
        self._write: Callable[[int, int, int], int] = lgpio.gpio_write
        self._handle = handle
        self._bcm = bcm
        self._level = 0

    @property
    def value(self) -> int:
        """Return the level that was set last."""
        return self._level

    @value.setter
    def value(self, level: int) -> None:
        self._level = level
        self._write(self._handle, self._bcm, level)


class InputLine:
    """One pin that we read."""

    def __init__(self, lgpio: Any, handle: int, bcm: int) -> None:  # noqa: ANN401 - as above
        self._read: Callable[[int, int], int] = lgpio.gpio_read
        self._handle = handle
        self._bcm = bcm

    @property
    def value(self) -> int:
        """Return the level."""
        return self._read(self._handle, self._bcm)


class InputLanes:
    """Several pins that are read in one call: pin i in bit 32 i."""

    def __init__(self, lgpio: Any, handle: int, bcms: Sequence[int]) -> None:  # noqa: ANN401 - as above
        self._read: Callable[[int, int], tuple[int, int]] = lgpio.group_read
        self._handle = handle
        self._leader = bcms[0]
        self._lanes = [
            sum((levels >> place & 1) << LANE_BITS * place for place in range(len(bcms)))
            for levels in range(1 << len(bcms))
        ]

    @property
    def value(self) -> int:
        """Return the levels."""
        return self._lanes[self._read(self._handle, self._leader)[1] & len(self._lanes) - 1]


class Header:
    """The pins of the 40-pin header, claimed for us until `close`."""

    def __init__(self, devices: Path = _DEVICES, load: Callable[[str], Any] = load_driver) -> None:
        numbers = sorted(int(path.name[8:]) for path in devices.glob("gpiochip[0-9]*"))
        if not numbers:
            raise PinsFaultError(
                f"--source pins: this machine has no pins ({devices}/gpiochip*: none). Run it on "
                "the Raspberry Pi that the pad is wired to; --source sim needs no pad.",
                SourceFault.NOT_FOUND,
            )
        give_folder()
        self._lgpio = load("lgpio")
        self._handle = self._open(numbers)

    def output(self, bcm: int) -> OutputLine:
        """Return a pin driven low."""
        self._call(self._lgpio.gpio_claim_output, bcm, bcm, 0)
        return OutputLine(self._lgpio, self._handle, bcm)

    def inputs(self, bcms: Sequence[int]) -> InputLine | InputLanes:
        """Return pins pulled up: one that nothing drives is never ready."""
        pull_up = self._lgpio.SET_PULL_UP
        if len(bcms) == 1:
            self._call(self._lgpio.gpio_claim_input, bcms[0], bcms[0], pull_up)
            return InputLine(self._lgpio, self._handle, bcms[0])
        self._call(self._lgpio.group_claim_input, bcms[0], list(bcms), pull_up)
        return InputLanes(self._lgpio, self._handle, bcms)

    def close(self) -> None:
        """Let go of all pins."""
        self._lgpio.gpiochip_close(self._handle)

    def _open(self, numbers: Sequence[int]) -> int:
        seen: list[str] = []
        for number in numbers:
            try:
                handle: int = self._lgpio.gpiochip_open(number)
            except self._lgpio.error as error:
                seen.append(f"gpiochip{number}: {error}")
                continue
            label: str = self._lgpio.gpio_get_chip_info(handle)[3]
            if label in PI_LABELS:
                return handle
            seen.append(f"gpiochip{number}: {label}")
            self._lgpio.gpiochip_close(handle)
        raise PinsFaultError(
            f"--source pins: none of the pin chips is a Raspberry Pi's header ({'; '.join(seen)}). "
            'On a Pi, let your user use the pins: sudo usermod -aG gpio "$USER", then log in anew.',
            SourceFault.NOT_FOUND,
        )

    def _call(self, claim: Callable[..., object], bcm: int, *arguments: object) -> None:
        try:
            claim(self._handle, *arguments)
        except self._lgpio.error as error:
            raise PinsFaultError(
                f"GPIO{bcm}: cannot be used ({error}). Another program or a device tree overlay "
                "may have it: end that program, or give another pin in pins.toml.",
                SourceFault.REFUSED,
            ) from error


def give_folder() -> None:
    """Let lgpio make its pipe in a folder of its own, unless LG_WD names one.

    It makes one at its import, else in the current folder, which may be closed to writing.
    """
    if os.environ.get("LG_WD"):
        return
    folder = tempfile.mkdtemp(prefix="footspring-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["LG_WD"] = folder
