"""What belongs on a board: the firmware's files, and libraries of the installed distributions."""

import re
from importlib import metadata
from pathlib import Path
from typing import Final

from trainer.nodekit.boards import BoardError, BoardFault
from trainer.wire import footwire, hx711spi

LIBRARIES: Final = {
    "nau7802": (
        "cedargrove-nau7802",
        "adafruit-circuitpython-tca9548a",
        "adafruit-circuitpython-register",
    ),
}
"""Distributions a converter needs on the board; `adafruit_bus_device` is built into both boards."""

_PACKAGED: Final = Path(__file__).parent / "firmware"
_CHECKOUT: Final = Path(__file__).parents[2] / "firmware"
_CHECKERS_ONLY: Final = "footnode/ports.py"
_ENTRY: Final = ("main.py", "code.py")
"""In our folder and on the board: `code` is a module of Python's own."""
_FIRMWARE: Final = re.compile(r"^FIRMWARE = \((\d+), (\d+), (\d+)\)", re.MULTILINE)


def firmware_folder() -> Path:
    """Return where the firmware's files lie: in the installed package, else in the checkout."""
    return next(folder for folder in (_PACKAGED, _CHECKOUT) if folder.is_dir())


def firmware_version(folder: Path) -> str:
    """Return the version of the firmware in a folder."""
    found = _FIRMWARE.search((folder / "footnode/settings.py").read_text("utf-8"))
    return ".".join(found.groups()) if found else "of unknown version"


def board_files(folder: Path, converter: str) -> dict[str, bytes]:
    """Return the contents of each file by its place on the board, the program last.

    Raises BoardError where a library is not installed.
    """
    found: dict[str, bytes] = {}
    for distribution in LIBRARIES.get(converter, ()):
        found |= library_files(distribution)
    for source in sorted(folder.rglob("*.py")):
        place = source.relative_to(folder).as_posix()
        if place not in (_ENTRY[0], _CHECKERS_ONLY):
            found[place] = source.read_bytes()
    # Those that this program uses itself, whatever a package has made of the links to them.
    for shared in (footwire.__file__, hx711spi.__file__):
        found[Path(shared).name] = Path(shared).read_bytes()
    # Last: what runs meanwhile is the program before, not the new one with half of its files.
    found[_ENTRY[1]] = (folder / _ENTRY[0]).read_bytes()
    return found


def library_files(name: str) -> dict[str, bytes]:
    """Return the sources of an installed distribution by their place on the board.

    Raises BoardError where it is not installed.
    """
    try:
        files = metadata.distribution(name).files or []
    except metadata.PackageNotFoundError:
        files = []
    sources = [file for file in files if file.suffix == ".py" and ".." not in file.parts]
    if not sources:
        raise BoardError(
            f"the library {name}, which this converter needs on the board, is not installed here. "
            "Install it: pip install 'footspring[node]'.",
            BoardFault.LIBRARY,
        )
    return {f"lib/{file.as_posix()}": file.read_binary() for file in sources}
