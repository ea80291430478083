"""Which system libraries Qt needs, which of them are missing, and the Debian packages to add."""

import ctypes
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

# PySide6-Essentials 6.8 to 6.12 on Debian 12 and 13: what ldd names below PySide6/Qt/plugins.
HEADLESS: Final = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Shared library to package: without these Qt does not load at all."""

WINDOW: Final = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Shared library to package: without these no window opens (X11 and Wayland)."""

_RARE: Final = {
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libxcb.so.1": "libxcb1",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libzstd.so.1": "libzstd1",
}
"""Needed too, but brought along by the packages above; named where ldd misses one all the same."""

FONT: Final = "fonts-dejavu-core"
"""PySide6 ships no font: without one, text is drawn as empty boxes."""

_RENAMED: Final = {"libglib2.0-0": "libglib2.0-0t64"}
"""Package names since the 64-bit time_t change (Debian 13, Ubuntu 24.04)."""


def is_loadable(library: str) -> bool:
    """Return whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(
    libraries: Iterable[str], can_load: Callable[[str], bool] = is_loadable
) -> tuple[str, ...]:
    """Return the shared libraries that do not load, in order."""
    return tuple(library for library in libraries if not can_load(library))


def has_font(folders: Iterable[Path]) -> bool:
    """Return whether any folder holds a font that Qt can draw with."""
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in folders
        for path in folder.rglob("*")
    )


def not_found(ldd_output: str) -> tuple[str, ...]:
    """Return the shared libraries that ldd reports as not found, sorted, each once."""
    return tuple(sorted(set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE))))


def packages(
    libraries: Iterable[str], release: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the packages that hold the libraries on a release, and the libraries unknown."""
    known = HEADLESS | WINDOW | _RARE
    wanted = list(libraries)
    found = {known[library] for library in wanted if library in known}
    if _is_renamed(release):
        found = {_RENAMED.get(name, name) for name in found}
    return tuple(sorted(found)), tuple(library for library in wanted if library not in known)


def parse_release(text: str) -> dict[str, str]:
    """Return the fields of an os-release file."""
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}


def _is_renamed(release: Mapping[str, str]) -> bool:
    first = {"debian": 13.0, "raspbian": 13.0, "ubuntu": 24.04}.get(release.get("ID", ""))
    version = release.get("VERSION_ID", "")
    if first is None or not re.fullmatch(r"\d+(\.\d+)?", version):
        # Debian testing carries no number; elsewhere the old name still resolves (Provides).
        return release.get("ID") == "debian" and not version
    return float(version) >= first
