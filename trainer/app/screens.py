"""Which screen shows a session, and how it is run behind it until it is over."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final, TextIO

from trainer.app.display import has_display
from trainer.app.engine import Engine
from trainer.app.launch import Launch, Order, Place
from trainer.app.review import as_text
from trainer.app.shelf import recovered_lines
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.errors import SourceError, SourceFault, UsageError
from trainer.core.folders import user_folders
from trainer.core.settings import DisplaySettings, Settings, read_settings
from trainer.library.instance import InstanceLock
from trainer.library.library import open_library

CLOSING_S: Final = 30.0
"""Time that a session has to close its files and write its report: 2.5 s were measured."""

DISPLAY_NAMES: Final = ("WAYLAND_DISPLAY", "DISPLAY")

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Show = Callable[[], None]


def run_session(order: Order, *, screen: str, is_json: bool) -> int:
    """Run the ordered session on a screen and return the exit status.

    `screen` is auto, window, terminal or lines. Raises TrainerError.
    """
    folders = user_folders()
    settings = read_settings(folders.settings, Settings)
    shown = choose_screen(screen, is_terminal=sys.stdout.isatty() and sys.stdin.isatty())
    with open_library(folders) as library, InstanceLock(folders):
        for line in recovered_lines(library.recovered):
            _say(line, sys.stderr)
        launch = Launch(order, Place(folders, settings, SystemClock(), library))
        show = _load_screen(shown, launch, settings.display, is_json=is_json)
        if shown == "lines":
            # Nobody is there to press Next. Queued before the start it is obeyed after the
            # first packets, however fast they come.
            launch.engine.send(Next())
        with _stopping(launch.engine):
            launch.engine.start(lambda news: _say(f"{news} ...", sys.stderr))
            show()
    if is_json and launch.session is not None:
        _say(as_text(launch.found()), sys.stdout)
    elif launch.report is not None:
        _say(f"report: {launch.report}", sys.stdout)
    if launch.engine.error is not None:
        raise launch.engine.error
    return 0


def choose_screen(wanted: str, *, is_terminal: bool) -> str:
    """Return window, terminal or lines: what this machine can show.

    Raises UsageError where what is wanted cannot be: no display, no terminal.
    """
    if wanted == "window" and not has_display():
        named = ", ".join(f"{n}={os.environ[n]}" for n in DISPLAY_NAMES if os.environ.get(n))
        raise UsageError(
            f"--screen window: no display answers ({named or 'none is named'}). Leave --screen "
            "out: the session then runs without a window."
        )
    if wanted == "terminal" and not is_terminal:
        raise UsageError(
            "--screen terminal: input and output are no terminal. Leave --screen out, or give "
            "--screen lines."
        )
    if wanted != "auto":
        return wanted
    if any(os.environ.get(name) for name in DISPLAY_NAMES) and has_display():
        return "window"
    return "terminal" if is_terminal and os.environ.get("TERM") != "dumb" else "lines"


@contextlib.contextmanager
def _stopping(engine: Engine) -> Iterator[None]:
    """Let signals stop the session also where no screen listens; see it through to its end."""

    def stop(_number: int, _frame: object) -> None:
        engine.pain_stop()

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    except BaseException:
        engine.pain_stop()
        engine.join(CLOSING_S)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if not engine.join(CLOSING_S):
        raise SourceError(
            "the session does not end: its source hangs. What was recorded is kept; "
            "`footspring sessions` finishes it.",
            SourceFault.LOST,
        )


def _load_screen(screen: str, launch: Launch, settings: DisplaySettings, *, is_json: bool) -> Show:
    """Return what shows the session until it is over; loads it before the first packet comes."""
    engine = launch.engine
    if screen == "window":
        return _load_window(launch, settings)
    if screen == "terminal":
        from trainer.terminal.screen import run_screen  # noqa: PLC0415 - loads rich

        return lambda: run_screen(engine)
    from trainer.terminal.lines import run_lines  # noqa: PLC0415 - as above

    # With --json the output is the object alone; what is told goes beside it.
    told = sys.stderr if is_json else sys.stdout
    return lambda: run_lines(engine, lambda line: _say(line, told))


def _load_window(launch: Launch, settings: DisplaySettings) -> Show:
    from trainer.dashboard.start import show  # noqa: PLC0415 - loads Qt
    from trainer.dashboard.window import Dashboard  # noqa: PLC0415 - as above

    def begin(window: Dashboard) -> None:
        heard: list[int] = []

        def stop(number: int, frame: FrameType | None) -> None:
            del frame
            window.pain_stop()
            if number != signal.SIGINT or heard:
                window.close()  # goes as soon as the session is saved
            heard.append(number)

        # The window's timer runs Python often enough for signals to be acted on at once.
        for number in STOP_SIGNALS:
            signal.signal(number, stop)
        launch.on_report = window.show_report
        if launch.report is not None:
            window.show_report(launch.report)

    def run() -> None:
        show(launch.engine, settings, on_ready=begin)

    return run


def _say(line: str, stream: TextIO) -> None:
    stream.write(f"{line}\n")
    stream.flush()
