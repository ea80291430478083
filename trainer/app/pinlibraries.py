"""The libraries at a Pi's pins: which are installed, and in which version."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Final

_LIBRARIES: Final = {
    "spidev": "spidev",
    "lgpio": "lgpio",
    "gpiod": "gpiod",
    "Adafruit-Blinka": "board",
    "adafruit-circuitpython-hx711": "adafruit_hx711",
    "adafruit-circuitpython-lsm6ds": "adafruit_lsm6ds",
    "adafruit-circuitpython-tca9548a": "adafruit_tca9548a",
    "cedargrove-nau7802": "cedargrove_nau7802",
}
"""Module by package."""


def _has_module(name: str) -> bool:
    # Looked for, not loaded: lgpio writes a pipe into the current folder as it is.
    return find_spec(name) is not None


def pin_versions(
    *,
    are_needed: bool,
    version_of: Callable[[str], str] = version,
    has_module: Callable[[str], bool] = _has_module,
) -> dict[str, str]:
    """Return version by package; one that is not there is left out unless they are needed."""
    found: dict[str, str] = {}
    for package, module in _LIBRARIES.items():
        try:
            found[package] = version_of(package)
        except PackageNotFoundError:
            if has_module(module):
                # Debian's lgpio, linked into the environment, brings no version with it.
                found[package] = "the system's"
            elif are_needed:
                found[package] = "missing"
    return found
