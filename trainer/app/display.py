"""Whether a display answers: Qt ends the program, without an error to catch, where none does."""

import contextlib
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

X_SOCKETS: Final = Path("/tmp/.X11-unix")  # noqa: S108 - where every X server has its sockets
X_PORT: Final = 6000
"""Display 0 of an X server over TCP; display 10 is 6010 (the X protocol's own rule)."""

ANSWER_S: Final = 2.0


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a Wayland or X display is named and answers, or Qt was told what to use."""
    if environment.get("QT_QPA_PLATFORM"):
        return True
    wayland, x = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    if wayland and _answers(str(Path(environment.get("XDG_RUNTIME_DIR", "")) / wayland)):
        return True
    return _x_answers(x)


def _x_answers(display: str) -> bool:
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdecimal():
        return False
    if host in {"", "unix"}:
        path = str(X_SOCKETS / f"X{number}")
        # Linux servers listen on the same name in the abstract namespace too.
        return _answers(path) or _answers(f"\0{path}")
    try:
        socket.create_connection((host, X_PORT + int(number)), ANSWER_S).close()
    except (OSError, OverflowError, UnicodeError):
        return False
    return True


def _answers(path: str) -> bool:
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as asked:
        asked.settimeout(ANSWER_S)
        try:
            asked.connect(path)
        except OSError:
            return False
    return True
