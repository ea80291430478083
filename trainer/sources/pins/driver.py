"""Loads the libraries that only a Pi needs, or says how they are installed."""

import importlib
import sys
from typing import Any

from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import PinsFaultError


def load_driver(module: str) -> Any:  # noqa: ANN401 - none of these libraries is typed
    """Return the module. Raises PinsFaultError: not installed, or it finds no Pi here."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise PinsFaultError(
            f"--source pins: the library {module} is missing ({error}). {_advice(module)}",
            SourceFault.NOT_FOUND,
        ) from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise PinsFaultError(
            f"--source pins: {module} cannot be used on this machine ({error}). Run it on the "
            "Raspberry Pi that the pad is wired to; --source sim needs no pad.",
            SourceFault.NOT_FOUND,
        ) from error


def _advice(module: str) -> str:
    if module == "lgpio" and sys.version_info >= (3, 13):
        # No wheel of it fits: Raspberry Pi OS brings its own.
        return (
            "Install the system's, sudo apt install python3-lgpio, and link it into the "
            "environment as hardware.md says under 'Wired pad'."
        )
    return "Install what a Pi needs, in the checkout: .venv/bin/pip install -e '.[pi]'."


def open_i2c() -> Any:  # noqa: ANN401 - as above
    """Return the bus on SDA and SCL. Raises PinsFaultError where there is none."""
    board = load_driver("board")
    try:
        return board.I2C()
    except (AttributeError, RuntimeError, ValueError, OSError) as error:
        raise PinsFaultError(
            f"--source pins: this machine has no I2C bus on its pins ({error}). On a Raspberry Pi "
            "switch it on: sudo raspi-config nonint do_i2c 0. Elsewhere --source sim needs no pad.",
            SourceFault.NOT_FOUND,
        ) from error
