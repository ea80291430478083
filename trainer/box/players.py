"""Players: what makes a sound of a tone on this machine; none is a library, none is needed."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from typing import Final, Protocol, TextIO

from trainer.box.signs import Tone
from trainer.box.waves import sound_file

PROGRAMS: Final[tuple[tuple[str, ...], ...]] = (
    ("aplay", "-q", "-"),
    ("pacat", "--file-format=wav", "/dev/stdin"),
)
"""They read a WAV file from their standard input: alsa-utils, on every Raspberry Pi OS, and
pulseaudio-utils."""

BELL: Final = "\a"


class Player(Protocol):
    """Sounds tones."""

    def play(self, tone: Tone) -> bool:
        """Begin a tone, in place of one that still sounds; return False where it cannot."""
        ...

    def close(self) -> None:
        """Be silent."""
        ...


class ProgramPlayer:
    """Hands each tone to a program of the system."""

    def __init__(self, command: Sequence[str], share: float) -> None:
        self._command = command
        self._files = {tone: sound_file(tone, share) for tone in Tone}
        self.running: subprocess.Popen[bytes] | None = None
        """The program that was handed the newest tone; None before any."""

    def play(self, tone: Tone) -> bool:
        """Begin a tone; False where the program failed the last time, or is gone."""
        before = self.running
        is_failed = before is not None and before.poll() not in {None, 0}
        self.close()
        if is_failed:
            return False
        try:
            running = subprocess.Popen(  # noqa: S603 - a program of PROGRAMS, found by its path
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            assert running.stdin is not None
            self.running = running
            with running.stdin as sound:
                sound.write(self._files[tone])
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Cut off what sounds."""
        running, self.running = self.running, None
        if running is not None:
            running.kill()
            running.wait()


class BellPlayer:
    """Rings the terminal's bell: one sound for every tone."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def play(self, tone: Tone) -> bool:
        """Ring; False where the terminal is gone."""
        del tone
        try:
            self._terminal.write(BELL)
            self._terminal.flush()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Do nothing: a bell ends by itself."""


def find_player(
    share: float,
    terminal: TextIO,
    which: Callable[[str], str | None] = shutil.which,
) -> Player | None:
    """Return what can sound here: a program, else the terminal's bell, else None."""
    for name, *options in PROGRAMS:
        path = which(name)
        if path is not None:
            return ProgramPlayer((path, *options), share)
    return BellPlayer(terminal) if terminal.isatty() else None
