"""One of the Pi's SPI buses, by spidev."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import PinsFaultError
from trainer.sources.pins.driver import load_driver
from trainer.wire.hx711spi import BAUD

_DEVICES: Final = Path("/dev")
_SWITCHES: Final = {
    0: "sudo raspi-config nonint do_spi 0",
    1: "add the line dtoverlay=spi1-1cs to /boot/firmware/config.txt and restart",
}
"""How each bus is switched on."""


class SpiBus:
    """Bus `number`; its chip select is left alone."""

    def __init__(
        self,
        number: int,
        devices: Path = _DEVICES,
        load: Callable[[str], Any] = load_driver,
    ) -> None:
        path = devices / f"spidev{number}.0"
        if not path.exists():
            raise PinsFaultError(
                f"--source pins: {path} is not there, so SPI{number} is off or this is no Pi. On a "
                f"Raspberry Pi: {_SWITCHES[number]}. Elsewhere --source sim needs no pad.",
                SourceFault.NOT_FOUND,
            )
        self._spi = load("spidev").SpiDev()
        try:
            self._spi.open(number, 0)
            self._spi.max_speed_hz = BAUD
            self._spi.mode = 0
        except OSError as error:
            raise PinsFaultError(
                f"{path}: cannot be used ({error.strerror or error}). Let your user use it: sudo "
                'usermod -aG spi "$USER", then log in anew; end other programs that have it.',
                SourceFault.REFUSED,
            ) from error
        self._transfer: Callable[[list[int]], list[int]] = self._spi.xfer2

    def exchange(self, out: bytes) -> bytes:
        """Return what comes back while the bytes go out."""
        return bytes(self._transfer(list(out)))

    def close(self) -> None:
        """Let go of the bus."""
        self._spi.close()
