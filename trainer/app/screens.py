"""Which screen shows a session, and how it is run behind it until it is over."""

import os
import signal
import sys
from typing import Final

from trainer.app.launch import Launch, Order, Place
from trainer.app.review import as_text
from trainer.app.shelf import recovered_lines
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.errors import SourceError, SourceFault
from trainer.core.folders import user_folders
from trainer.core.settings import Settings, read_settings
from trainer.library.library import open_library


CLOSING_S: Final = 30.0
"""Time that a session has to close its files and write its report: 2.5 s were measured."""


def run_session(order: Order, *, screen: str, is_json: bool) -> int:
    """Run the ordered session on a screen and return the exit status.

    `screen` is auto, window, terminal or lines. Raises TrainerError.
    """
    folders = user_folders()
    settings = read_settings(folders.settings, Settings)
    with open_library(folders) as library:
        for line in recovered_lines(library.recovered):
            print(line, file=sys.stderr)
        launch = Launch(order, Place(folders, settings, SystemClock(), library))
        try:
            shown = choose_screen(screen)
            if shown == "lines":
                # Nobody is there to press Next. Queued before the start it is obeyed after the
                # first packets, however fast they come.
                launch.engine.send(Next())
            launch.engine.start()
            _show(launch, shown, settings, is_json=is_json)
            if not launch.engine.join(CLOSING_S):
                raise SourceError(
                    "the session does not end: its source hangs. What was recorded is kept; "
                    "`footspring sessions` finishes it.",
                    SourceFault.LOST,
                )
        finally:
            launch.release()
    if launch.engine.error is not None:
        raise launch.engine.error
    if is_json:
        print(as_text(launch.found()))
    elif launch.report is not None:
        print(f"report: {launch.report}")
    return 0


def choose_screen(wanted: str) -> str:
    """Return window, terminal or lines: what this machine can show."""
    if wanted != "auto":
        return wanted
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return "window"
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty()
    return "terminal" if is_terminal and os.environ.get("TERM") != "dumb" else "lines"


def _show(launch: Launch, screen: str, settings: Settings, *, is_json: bool) -> None:
    """Show the session until it is over or the person closes the screen."""
    if screen == "window":
        _show_window(launch, settings)
    elif screen == "terminal":
        from trainer.terminal.screen import run_screen  # noqa: PLC0415 - loads rich

        run_screen(launch.engine)
    else:
        from trainer.terminal.lines import run_lines  # noqa: PLC0415 - as above

        # With --json the output is the object alone; what is told goes beside it.
        told = sys.stderr if is_json else sys.stdout
        run_lines(launch.engine, lambda line: print(line, file=told, flush=True))


def _show_window(launch: Launch, settings: Settings) -> None:
    from trainer.dashboard.start import show  # noqa: PLC0415 - loads Qt
    from trainer.dashboard.window import Dashboard  # noqa: PLC0415 - as above

    def begin(window: Dashboard) -> None:
        # The window's timer runs Python often enough for signals to be acted on at once.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: window.pain_stop())
        launch.on_report = window.show_report

    show(launch.engine, settings.display, on_ready=begin)
