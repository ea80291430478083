"""How a session is run behind its screen until it is over, and what it is left for meanwhile."""

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import FrameType
from typing import TYPE_CHECKING, Final, TextIO

from trainer.app.again import SIGNALS, drop_last, repeat
from trainer.app.boxpins import find_box, serving
from trainer.app.engine import Engine
from trainer.app.errand import run_errand
from trainer.app.launch import Launch, Place
from trainer.app.order import Order
from trainer.app.review import as_text
from trainer.app.screenchoice import choose_screen
from trainer.app.servicelink import Pulse, ServiceLink
from trainer.app.shelf import recovered_lines
from trainer.app.sounding import find_speaker, sounding
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.errands import Errand
from trainer.core.errors import EndedError, SourceError, SourceFault
from trainer.core.folders import user_folders
from trainer.core.settings import Settings, read_settings
from trainer.library.instance import InstanceLock
from trainer.library.library import open_library

if TYPE_CHECKING:
    from trainer.dashboard.stage import Stage

CLOSING_S: Final = 30.0
"""Time that a session has to close its files and write its report: 2.5 s were measured."""

Show = Callable[[], Errand | None]
"""Returns what the session was left for; None where it ended."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Where and how sessions are shown."""

    kind: str
    """window, terminal or lines."""
    is_json: bool
    """Print what was found as an object instead of the report's path."""
    link: ServiceLink
    """The service manager, which is told how it stands."""
    stage: "Stage | None"
    """Where windows stand; None where there are none."""


def run_session(
    order: Order,
    *,
    screen: str,
    is_json: bool,
    is_again: bool = False,
    is_fullscreen: bool = False,
) -> int:
    """Run the ordered session on a screen and return the exit status.

    `screen` is auto, window, terminal or lines; `is_again` runs session after session. Raises
    TrainerError.
    """
    folders = user_folders()
    settings = read_settings(folders.settings, Settings)
    if is_fullscreen:
        settings = replace(settings, display=replace(settings.display, is_fullscreen=True))
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty()
    shown = choose_screen(screen, is_terminal=is_terminal, is_again=is_again)
    with open_library(folders) as library, InstanceLock(folders):
        for line in recovered_lines(library.recovered):
            _say(line, sys.stderr)
        place = Place(folders, settings, SystemClock(), library)
        stage = _open_stage(settings) if shown == "window" else None
        on = Screen(shown, is_json, ServiceLink.of_system(), stage)
        if is_again:
            repeat(lambda: _run_one(order, place, on, is_again=True), _tell_news, time.sleep)
        else:
            _run_one(order, place, on, is_again=False)
    return 0


def _run_one(order: Order, place: Place, on: Screen, *, is_again: bool) -> bool:
    """Run a session, anew after each errand it is left for; return whether another may follow."""
    while True:
        launch = Launch(order, place)
        engine = launch.engine
        try:
            errand = _run_launch(order, launch, place, on)
        except (EndedError, SourceError):
            # One that was asked to stop owes no session; one that hangs is a fault all the same.
            if is_again and engine.is_stop_asked and engine.is_finished:
                return False
            raise
        finally:
            if on.stage is not None:
                on.stage.uncover()
        if errand is None or on.stage is None:
            return not engine.is_stop_asked
        order = launch.order_anew()
        del launch, engine
        drop_last()
        anew = run_errand(errand, order, place, on.stage, on.link)
        if anew is None:
            return False
        order = anew


def _run_launch(order: Order, launch: Launch, place: Place, on: Screen) -> Errand | None:
    """Run a session to its end and tell what it left; raises what ended it early.

    Returns what it was left for.
    """
    engine = launch.engine
    pulse = Pulse(on.link, engine, place.clock)
    show = _load_screen(launch, place, on, pulse)
    # Not before: loading a window takes long on a small machine, and is no engine that hangs.
    on.link.ready()
    box = find_box(order, place, lambda line: _say(line, sys.stderr))
    if on.kind == "lines" and box is None:
        # Nobody is there to press Next. Queued before the start it is obeyed after the
        # first packets, however fast they come.
        engine.send(Next())
    hints = (launch.due(), launch.left_open(), launch.caution(), launch.reminder())
    for told in filter(None, (launch.pain_warning, *hints)):
        _say(told, sys.stderr)
    on.link.status("waiting for the pad")
    # A line beside the live screen would tear it; the box's light says the same.
    tell = _tell_nobody if on.kind == "terminal" else _tell_news
    if on.stage is not None:
        on.stage.heed(engine.pain_stop, engine.end)
    with _stopping(engine), serving(box):
        engine.start(lambda news: _tell_waiting(news, on), lambda: _attend(pulse, on))
        if box is not None:
            _say(f"{box.attach(engine)}.", sys.stderr)
            box.start(tell)
        with sounding(find_speaker(order, place), engine, tell):
            errand = show()
    # Saving takes a while in which the engine says nothing; from here on it counts anew.
    pulse.look()
    if on.is_json and launch.session is not None and not engine.is_left:
        _say(as_text(launch.found()), sys.stdout)
    elif launch.report is not None:
        if launch.assessed:
            _say(launch.assessed, sys.stdout)
        _say(f"report: {launch.report}", sys.stdout)
    if engine.error is not None:
        raise engine.error
    return errand


@contextlib.contextmanager
def _stopping(engine: Engine) -> Iterator[None]:
    """Let signals stop the session also where no screen listens; see it through to its end."""

    def stop(number: int, _frame: object) -> None:
        if number == signal.SIGTERM:
            engine.end()
        else:
            engine.pain_stop()

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    except BaseException as error:
        # What the engine itself gave up with leaves nothing to stop.
        if error is not engine.error:
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


def _load_screen(launch: Launch, place: Place, on: Screen, pulse: Pulse) -> Show:
    """Return what shows the session until it is over; loads it before the first packet comes."""
    engine = launch.engine
    if on.stage is not None:
        return _load_window(launch, place, pulse, on.stage)
    if on.kind == "terminal":
        from trainer.terminal.screen import run_screen  # noqa: PLC0415 - loads rich

        return lambda: run_screen(engine)
    from trainer.terminal.lines import run_lines  # noqa: PLC0415 - as above

    # With --json the output is the object alone; what is told goes beside it.
    told = sys.stderr if on.is_json else sys.stdout

    def wait(seconds: float) -> None:
        pulse.look()
        time.sleep(seconds)

    return lambda: run_lines(engine, lambda line: _say(line, told), wait=wait)


def _open_stage(settings: Settings) -> "Stage":
    from trainer.dashboard.stage import Stage  # noqa: PLC0415 - loads Qt

    return Stage(settings.display)


def _load_window(launch: Launch, place: Place, pulse: Pulse, stage: "Stage") -> Show:
    from trainer.dashboard.start import show  # noqa: PLC0415 - loads Qt
    from trainer.dashboard.window import Dashboard  # noqa: PLC0415 - as above

    def begin(window: Dashboard) -> None:
        heard: list[int] = []

        def stop(number: int, frame: FrameType | None) -> None:
            del frame
            if number == signal.SIGTERM:
                launch.engine.end()
            else:
                window.pain_stop()
            if number != signal.SIGINT or heard:
                window.close()  # goes as soon as the session is saved
            heard.append(number)

        # The window's timer runs Python often enough for signals to be acted on at once.
        for number in SIGNALS:
            signal.signal(number, stop)
        launch.on_report = window.show_report
        if launch.report is not None:
            window.show_report(launch.report)

    def run() -> Errand | None:
        try:
            return show(
                launch.engine,
                place.settings.display,
                stage,
                errands=launch.errands,
                on_ready=begin,
                attend=pulse.look,
            )
        finally:
            # The window is to go with this session, not with the last thread that knows it.
            launch.on_report = None

    return run


def _attend(pulse: Pulse, on: Screen) -> None:
    pulse.beat()
    if on.stage is not None:
        on.stage.attend()


def _tell_waiting(news: str, on: Screen) -> None:
    _tell_news(news)
    on.link.status(news)
    if on.stage is not None:
        on.stage.tell(f"{news} ...")


def _tell_news(news: str) -> None:
    _say(f"{news} ...", sys.stderr)


def _tell_nobody(news: str) -> None:
    """Pass over it."""


def _say(line: str, stream: TextIO) -> None:
    stream.write(f"{line}\n")
    stream.flush()
