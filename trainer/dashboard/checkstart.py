"""Opens the window of an examination and runs it until it closes."""

from collections.abc import Callable

from trainer.dashboard.checkview import CheckView
from trainer.dashboard.stage import Stage
from trainer.doctor.steps import CheckPort


def show_check(
    port: CheckPort,
    stage: Stage,
    *,
    is_simulated: bool = False,
    on_ready: Callable[[CheckView], None] = lambda _: None,
    attend: Callable[[], None] = lambda: None,
) -> int:
    """Show the examination until its window is closed and return Qt's exit status."""
    view = CheckView(port, is_simulated=is_simulated)

    def begin() -> None:
        view.start()
        on_ready(view)

    return stage.run(view, begin, attend)
