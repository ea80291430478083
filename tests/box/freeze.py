"""Stops one thread of a process from outside, while the others go on (ptrace(2))."""

import contextlib
import ctypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SEIZE: Final = 0x4206
_INTERRUPT: Final = 0x4207
_DETACH: Final = 0x11
_ALL: Final = 0x40000000
"""waitpid's __WALL: threads too."""

WAITS_FOR_EVENTS: Final = frozenset({"22", "232", "281", "441"})
"""Numbers of epoll_pwait on ARM, epoll_wait, epoll_pwait and epoll_pwait2: only an event loop."""

SLEEPS: Final = frozenset({"115", "230"})
"""clock_nanosleep on ARM and x86: a thread that runs on and holds no lock of Python."""


def call_of(process: int, thread: int) -> str:
    """Return the number of the system call that a thread is in."""
    try:
        return Path(f"/proc/{process}/task/{thread}/syscall").read_text().partition(" ")[0]
    except OSError:
        return ""


def threads(process: int) -> list[int]:
    """Return the threads of a process."""
    return sorted(int(path.name) for path in Path(f"/proc/{process}/task").iterdir())


@contextlib.contextmanager
def frozen(thread: int) -> Iterator[None]:
    """Hold a thread still meanwhile. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    for request in (_SEIZE, _INTERRUPT):
        if libc.ptrace(request, thread, None, None) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    os.waitpid(thread, _ALL)
    try:
        yield
    finally:
        libc.ptrace(_DETACH, thread, None, None)
        let_go(thread)


def let_go(thread: int) -> None:
    """Take notice of a held thread's death: until then its process cannot end."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(thread, _ALL | os.WNOHANG)
