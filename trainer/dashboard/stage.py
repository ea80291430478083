"""The stage: where a program's windows stand, one after the other, each in the last one's place."""

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from trainer.core.settings import DisplaySettings
from trainer.dashboard.curtain import Curtain
from trainer.dashboard.shapes import Shape, outline
from trainer.dashboard.theme import GREEN, GROUND

ROOMY: Final = (1280, 768)
"""Size of the first window on a desk; less where the screen is smaller."""

ATTEND_MS: Final = 500
"""How often whoever watches over the program hears from the window's own thread."""


class Stage:
    """Shows one window at a time; makes Qt's application where there is none yet."""

    def __init__(self, settings: DisplaySettings) -> None:
        application = QApplication.instance() or QApplication(sys.argv[:1])
        if not isinstance(application, QApplication):
            raise TypeError("a Qt application without windows is running in this process")
        application.setApplicationName("footspring")
        application.setApplicationDisplayName("footspring")
        application.setDesktopFileName("footspring")
        application.setWindowIcon(icon())
        self._application = application
        self._is_full = settings.is_fullscreen
        self._place: QRect | None = None
        self._curtain: Curtain | None = None

    def run(
        self,
        window: QWidget,
        begin: Callable[[], object],
        attend: Callable[[], None] = lambda: None,
    ) -> int:
        """Show a window until it is closed and return Qt's exit status.

        `begin` is called once it is on the screen, `attend` all the while, from its thread.
        """
        self._put(window)
        self.uncover()
        attending = QTimer(window, interval=ATTEND_MS)
        attending.timeout.connect(attend)
        attending.start()
        begin()
        status = self._application.exec()
        attending.stop()
        self._remember(window)
        return status

    def cover(self, detail: str) -> None:
        """Stand in for the window that comes next, until that or `uncover`."""
        curtain = Curtain(detail)
        self._put(curtain)
        self.uncover()
        self._curtain = curtain
        self.attend()

    def heed(self, on_pain: Callable[[], None], on_close: Callable[[], None]) -> None:
        """Pass on what is asked of what stands in, also what was asked of it before."""
        if self._curtain is not None:
            self._curtain.heed(on_pain, on_close)

    def tell(self, detail: str) -> None:
        """Say on what stands in what is being done."""
        if self._curtain is not None:
            self._curtain.tell(detail)

    def attend(self) -> None:
        """Let what stands in be drawn and heard; to be called while no window runs."""
        if self._curtain is not None:
            self._application.processEvents()

    def uncover(self) -> None:
        """Take away what stands in."""
        if self._curtain is not None:
            self._remember(self._curtain)
            self._curtain.hide()
            self._curtain.deleteLater()
            self._curtain = None

    def _put(self, window: QWidget) -> None:
        if self._is_full:
            window.showFullScreen()
            return
        if self._place is None:
            room = self._application.primaryScreen().availableGeometry()
            window.resize(min(ROOMY[0], room.width()), min(ROOMY[1], room.height()))
        else:
            window.setGeometry(self._place)
        window.show()

    def _remember(self, window: QWidget) -> None:
        """Keep where a window stood: a person may have moved it, or let it fill the screen."""
        self._is_full = window.isFullScreen()
        if not self._is_full:
            self._place = window.geometry()


def icon() -> QIcon:
    """Return the window's icon: the shape of a press."""
    picture = QPixmap(128, 128)
    picture.fill(QColor(GROUND))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(outline(Shape.TWO_UP, QRectF(24, 16, 80, 96)), QColor(GREEN))
    painter.end()
    return QIcon(picture)
