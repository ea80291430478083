"""Opens the window of a notice and runs it until it closes."""

from collections.abc import Callable

from trainer.dashboard.noticeview import NoticeView
from trainer.dashboard.stage import Stage


def show_notice(
    heading: str,
    text: str,
    stage: Stage,
    *,
    on_ready: Callable[[NoticeView], None] = lambda _: None,
    attend: Callable[[], None] = lambda: None,
) -> int:
    """Show the notice until its window is closed and return Qt's exit status."""
    view = NoticeView(heading, text)
    return stage.run(view, lambda: on_ready(view), attend)
