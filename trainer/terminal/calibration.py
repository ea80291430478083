"""A guided calibration in a terminal: live with keys, or plain lines where nobody looks."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from calibration import Command
from calibration.view import CalibrationPort, View
from trainer.core.texts import noted, tr
from trainer.terminal.bigword import big_word
from trainer.terminal.calibrationwords import live_rows, report_rows
from trainer.terminal.keyboard import Keyboard, Keys
from trainer.terminal.padpicture import pad_rows
from trainer.terminal.words import clean

FRAME_S: Final = 0.1
BAR: Final = 40
MOST_NAMED: Final = 3
"""Weights that are named on the cell; the line above names all."""
SPARE: Final = 1
"""Rows that a long instruction may take beyond its first."""

KEYS: Final = {
    " ": Command.NEXT,
    "\r": Command.NEXT,
    "\n": Command.NEXT,
    "u": Command.UNDO,
    "r": Command.REDO,
    "s": Command.SKIP,
}
LEAVE: Final = frozenset({"q", "\x03", "\x1b"})

HINTS: Final = (
    (Command.NEXT, noted("space next")),
    (Command.UNDO, noted("u undo")),
    (Command.REDO, noted("r redo")),
    (Command.SKIP, noted("s skip")),
)
"""In the order in which they are shown; leaving is always possible."""


@dataclass(frozen=True, slots=True)
class Place:
    """How large the picture may be, and whether the terminal shows more than ASCII."""

    width: int
    height: int
    is_plain: bool = False


def run_terminal(
    port: CalibrationPort, *, input_fd: int | None = None, console: Console | None = None
) -> None:
    """Show the calibration and obey the keys; the terminal is always put back."""
    console = console or Console(highlight=False)
    with Keyboard(sys.stdin.fileno() if input_fd is None else input_fd) as keys:
        if not console.is_dumb_terminal:
            follow_live(port, keys, console)
            return

        def wait(seconds: float) -> None:
            data = keys.wait(seconds)
            if data is None or obey(port, data):
                port.leave()

        follow_lines(port, lambda line: console.print(line, markup=False), wait)


def follow_live(port: CalibrationPort, keys: Keys, console: Console) -> None:
    """Show and obey until it is over, or the terminal is gone; what was read is kept."""
    is_plain = not console.encoding.lower().startswith("utf")
    with Live(console=console, screen=True, auto_refresh=False) as live:
        while not port.view.is_done:
            live.update(draw(port.view, Place(*console.size, is_plain)), refresh=True)
            data = keys.wait(FRAME_S)
            if data is None or obey(port, data):
                port.leave()
                return


def follow_lines(
    port: CalibrationPort, write: Callable[[str], None], wait: Callable[[float], object]
) -> None:
    """Tell each step once until it is over."""
    told: tuple[int, str] | None = None
    while not port.view.is_done:
        said = port.view.instruction
        if said.step is not None and told != (said.number, port.view.heading):
            told = said.number, port.view.heading
            write(clean(f"{said.number}/{said.total} {told[1]}: {tr(said.text)}"))
        wait(FRAME_S)


def obey(port: CalibrationPort, data: bytes) -> bool:
    """Pass on what the keys of one read ask for; return whether the person leaves."""
    text = data.decode("utf-8", errors="replace").lower()
    if text.startswith("\x1b") and len(text) > 1:
        return False  # an arrow or a function key
    for letter in text:
        if letter in LEAVE:
            return True
        if letter in KEYS:
            port.say(KEYS[letter])
    return False


def draw(view: View, place: Place) -> Group:
    """Return the page."""
    said = view.instruction
    ink = "#" if place.is_plain else "█"
    number = ""
    if said.total:
        number = tr("step {number} of {total}").format(number=said.number, total=said.total)
    weights = said.step.weights if said.step else ()
    load = (
        " + ".join(weights)
        if len(weights) <= MOST_NAMED
        else tr("{n} weights").format(n=len(weights))
    )
    rows = [Text(), Text(clean(tr(said.text)), style="bold"), Text(number), Text()]
    rows += [Text(row) for row in pad_rows(view.cells, view.loaded_cell, load)]
    rows += [Text(), *(Text(row) for row in live_rows(view))]
    if view.cells:
        rows.append(Text(f"{tr('still')} {_bar(view.stillness, ink)}"))
        rows.append(Text(f"{tr('read ')} {_bar(view.read_share, ink)}"))
    if view.record is not None:
        rows += [Text(row) for row in list(report_rows(view.record))[: 2 + len(view.cells)]]
        rows.append(Text(tr("space keeps it, u takes the last reading back."), style="bold"))
    hints = [tr(told) for word, told in HINTS if word in view.allowed]
    rows.append(Text("   ".join([*hints, tr("q leave; --resume goes on")]), style="dim"))
    return Group(*_headed(view.heading, rows, place, ink))


def _headed(heading: str, rows: list[Text], place: Place, ink: str) -> list[Text]:
    """Return the page for a terminal that may be low: gaps go first, then the large letters."""
    large = [Text(row, style="bold") for row in big_word(heading, place.width - 2, ink)]
    if len(large) + len(rows) + SPARE > place.height:
        rows = [row for row in rows if row.plain]
    if len(large) + len(rows) + SPARE > place.height:
        return [Text(heading, style="bold reverse"), *rows]
    return [*large, *rows]


def end_lines(view: View) -> list[str]:
    """Return what is told once it is over: the figures where there are any, and the result."""
    lines = list(report_rows(view.record)) if view.record is not None and view.result else []
    return [*lines, view.result] if view.result else lines


def _bar(share: float, ink: str) -> str:
    filled = round(BAR * max(0.0, min(1.0, share)))
    return f"[{ink * filled}{' ' * (BAR - filled)}]"
