"""The keyboard: single keys from a terminal, whose ways are put back whatever happens."""

import errno
import os
import select
import termios
from types import TracebackType
from typing import Final, Protocol, Self, TypeAlias

from trainer.terminal.stop import GONE

Ways: TypeAlias = list[int | list[bytes | int]]
"""What tcgetattr returns."""

MOST_BYTES: Final = 1024

_NO_KEY: Final = b"\0"
"""_POSIX_VDISABLE on Linux: no key does this."""


class Keys(Protocol):
    """Where keys come from."""

    def wait(self, timeout_s: float) -> bytes | None:
        """Return the bytes that came within the time, empty if none, None if none ever will."""
        ...


class Keyboard:
    """The terminal at a file descriptor, read key by key without echo."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def __enter__(self) -> Self:
        self._before = termios.tcgetattr(self._fd)
        ways = termios.tcgetattr(self._fd)
        # Ctrl-S would hold up the picture, and with it the keys; Ctrl-Z would freeze a set midway.
        ways[0] &= ~termios.IXON
        ways[3] &= ~(termios.ECHO | termios.ICANON)
        ways[6][termios.VMIN] = 1
        ways[6][termios.VTIME] = 0
        ways[6][termios.VSUSP] = _NO_KEY
        self._apply(ways)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._apply(self._before)
        except termios.error as failed:
            if failed.args[0] not in GONE:
                raise

    def wait(self, timeout_s: float) -> bytes | None:
        """Return the bytes that came within the time, empty if none, None if none ever will."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, timeout_s))
        return (os.read(self._fd, MOST_BYTES) or None) if ready else b""

    def _apply(self, ways: Ways) -> None:
        """Set the terminal's ways; a Ctrl-C while its output drains must not leave it half set."""
        while True:
            try:
                termios.tcsetattr(self._fd, termios.TCSAFLUSH, ways)
            except termios.error as failed:
                if failed.args[0] != errno.EINTR:
                    raise
            else:
                return
