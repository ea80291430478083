"""The live screen: a session in a terminal, with keys."""

import sys
from typing import Final, Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from trainer.core.clock import SystemClock
from trainer.core.commands import EndSession
from trainer.core.ports import Clock, EnginePort
from trainer.core.snapshot import Snapshot
from trainer.core.texts import tr
from trainer.core.watchdog import Alarm
from trainer.terminal.bar import Scale
from trainer.terminal.keyboard import Keyboard, Keys
from trainer.terminal.keys import (
    ANSWER_HINT,
    ANSWERS,
    HINT,
    KEYS,
    NoPain,
    PainStop,
    Pressed,
    decode,
)
from trainer.terminal.lines import Teller
from trainer.terminal.picture import MIN_HEIGHT, Frame, draw
from trainer.terminal.stop import StopButton

FRAME_S: Final = 1 / 15
"""Between two looks at the snapshot: a terminal, also one far away, shows 15 pictures a second."""


def has_screen() -> bool:
    """Return whether a person sits at a terminal: both standard input and output are one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run_screen(
    engine: EnginePort,
    *,
    input_fd: int | None = None,
    console: Console | None = None,
    clock: Clock | None = None,
) -> None:
    """Show the session and obey the keys until it is over; the terminal is always put back.

    Returns early, after a pain stop, where the terminal is gone or the engine does not answer.
    """
    console = console or Console(highlight=False)
    button = StopButton(engine, clock or SystemClock())
    fd = sys.stdin.fileno() if input_fd is None else input_fd
    with button.on_signals(), button.on_failure(), Keyboard(fd) as keys:
        if console.is_dumb_terminal:
            follow(engine, keys, button, DumbDisplay(console))
        else:
            with LiveDisplay(console) as display:
                follow(engine, keys, button, display)
            console.print(display.draw(engine.snapshot, button.judge(), most_rows=MIN_HEIGHT))


class Display(Protocol):
    """What shows snapshots."""

    def show(self, snapshot: Snapshot, alarm: Alarm) -> None:
        """Show the snapshot."""
        ...


def follow(engine: EnginePort, keys: Keys, button: StopButton, display: Display) -> None:
    """Show and obey until the session is over, or nobody can be shown anything any more."""
    while not engine.is_finished:
        alarm = button.judge()
        display.show(engine.snapshot, alarm)
        data = keys.wait(button.wait_s(FRAME_S))
        if data is None:
            button.press()
            return
        is_silent = alarm in {Alarm.SILENT, Alarm.UNANSWERED}
        is_asked = engine.snapshot.is_pain_asked
        for pressed in decode(data, ANSWERS if is_asked else KEYS):
            if isinstance(pressed, EndSession) and is_silent:
                button.press()
                return
            _obey(engine, button, pressed)
        if button.is_insisted:
            return
    display.show(engine.snapshot, Alarm.NONE)


def _obey(engine: EnginePort, button: StopButton, pressed: Pressed) -> None:
    if isinstance(pressed, PainStop):
        button.press()
    elif isinstance(pressed, NoPain):
        engine.deny_pain()
    else:
        engine.send(pressed)


class LiveDisplay:
    """The picture on the whole terminal, drawn where it changed."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_plain = not console.encoding.lower().startswith("utf")
        self._scale = Scale()
        self._picture = Text()
        self._live = Live(console=console, screen=True, auto_refresh=False)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._live.stop()

    def show(self, snapshot: Snapshot, alarm: Alarm) -> None:
        """Draw the snapshot if it looks different from the last one."""
        picture = self.draw(snapshot, alarm)
        if picture != self._picture:
            self._picture = picture
            self._live.update(picture, refresh=True)

    def draw(self, snapshot: Snapshot, alarm: Alarm, *, most_rows: int | None = None) -> Text:
        """Return the picture in the terminal's size, or lower."""
        width, height = self._console.size
        frame = Frame(width, min(height, most_rows or height), self._is_plain)
        return draw(snapshot, alarm, self._scale.full_n(snapshot), frame)


class DumbDisplay:
    """Plain lines on a terminal that cannot place its cursor."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._teller = Teller()
        self._is_asked = False
        self._print(tr(HINT))

    def show(self, snapshot: Snapshot, alarm: Alarm) -> None:
        """Print what changed."""
        for line in self._teller.tell(snapshot, alarm):
            self._print(line)
        if snapshot.is_pain_asked and not self._is_asked:
            self._print(tr(ANSWER_HINT))
        self._is_asked = snapshot.is_pain_asked

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False)
