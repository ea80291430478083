"""Opens the window of a session and runs it until it closes."""

from collections.abc import Callable

from trainer.core.clock import SystemClock
from trainer.core.errands import Errand
from trainer.core.ports import EnginePort
from trainer.core.settings import DisplaySettings
from trainer.dashboard.stage import Stage
from trainer.dashboard.window import Dashboard


def show(
    engine: EnginePort,
    settings: DisplaySettings,
    stage: Stage,
    *,
    errands: tuple[Errand, ...] = (),
    on_ready: Callable[[Dashboard], None] | None = None,
    attend: Callable[[], None] = lambda: None,
) -> Errand | None:
    """Show the session until its window is closed; return what it was left for, None if it ended.

    `on_ready` gets the window once it is on the screen: for `pain_stop` and `show_report`;
    `attend` is called all the while, from the window's thread.
    """
    window = Dashboard(engine, settings, SystemClock(), errands=errands)

    def begin() -> None:
        window.start()
        if on_ready is not None:
            on_ready(window)

    stage.run(window, begin, attend)
    return window.errand
