"""A pseudo terminal in which the real command runs, as a person would see and use it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
from types import TracebackType
from typing import Self

from tests.route.rig import COMMAND, LONGEST_S, Home

ROWS, COLUMNS = 30, 100


class Terminal:
    """The command in a pseudo terminal; what it shows is read in a thread of its own."""

    def __init__(self, home: Home, *arguments: object) -> None:
        self._screen, screen_end = pty.openpty()
        fcntl.ioctl(screen_end, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.running = subprocess.Popen(
            # The terminal becomes that of the command alone: its Ctrl-C reaches nobody else.
            ["/usr/bin/env", "setsid", "--ctty", str(COMMAND), *map(str, arguments)],
            env=home.environment({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}),
            stdin=screen_end,
            stdout=screen_end,
            stderr=subprocess.PIPE,
        )
        os.close(screen_end)
        self._shown = bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.running.kill()
        self.running.wait()
        if self.running.stderr is not None:
            self.running.stderr.close()
        self._reader.join()
        os.close(self._screen)

    @property
    def shown(self) -> str:
        """Return all that was shown so far, with the terminal's codes."""
        return self._shown.decode("utf-8", errors="replace")

    def press(self, keys: str) -> None:
        """Type keys."""
        os.write(self._screen, keys.encode())

    def hang_up(self) -> None:
        """Tell the command that its terminal is gone."""
        self.running.send_signal(signal.SIGHUP)

    def end(self) -> tuple[int, str]:
        """Wait for the command to end; return its status and what it said on standard error."""
        assert self.running.stderr is not None
        status = self.running.wait(LONGEST_S)
        return status, self.running.stderr.read().decode()

    def _read(self) -> None:
        while self.running.poll() is None or select.select([self._screen], [], [], 0)[0]:
            if not select.select([self._screen], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._screen, 65536)
            except OSError:  # the other end has gone
                return
            self._shown += data
