"""Opens the window and runs it until it closes."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from trainer.core.clock import SystemClock
from trainer.core.ports import EnginePort
from trainer.core.settings import DisplaySettings
from trainer.dashboard.shapes import Shape, outline
from trainer.dashboard.theme import GREEN, GROUND
from trainer.dashboard.window import Dashboard

ROOMY = (1280, 768)
"""Size of the window on a desk; less where the screen is smaller."""

ATTEND_MS = 500
"""How often whoever watches over the program hears from the window's own thread."""


def show(
    engine: EnginePort,
    settings: DisplaySettings,
    *,
    on_ready: Callable[[Dashboard], None] | None = None,
    attend: Callable[[], None] = lambda: None,
) -> int:
    """Show the session until its window is closed and return Qt's exit status.

    `on_ready` gets the window once it is on the screen: for `pain_stop` and `show_report`;
    `attend` is called all the while, from the window's thread.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("a Qt application without windows is running in this process")
    application.setApplicationName("footspring")
    application.setApplicationDisplayName("footspring")
    application.setDesktopFileName("footspring")
    application.setWindowIcon(icon())
    window = Dashboard(engine, settings, SystemClock())
    if settings.is_fullscreen:
        window.showFullScreen()
    else:
        room = application.primaryScreen().availableGeometry()
        window.resize(min(ROOMY[0], room.width()), min(ROOMY[1], room.height()))
        window.show()
    window.start()
    attending = QTimer(window, interval=ATTEND_MS)
    attending.timeout.connect(attend)
    attending.start()
    if on_ready is not None:
        on_ready(window)
    return application.exec()


def icon() -> QIcon:
    """Return the window's icon: the shape of a press."""
    picture = QPixmap(128, 128)
    picture.fill(QColor(GROUND))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(outline(Shape.TWO_UP, QRectF(24, 16, 80, 96)), QColor(GREEN))
    painter.end()
    return QIcon(picture)
