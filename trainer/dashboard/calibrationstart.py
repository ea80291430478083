"""Opens the window of a calibration and runs it until it closes."""

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from calibration.view import CalibrationPort
from trainer.core.settings import DisplaySettings
from trainer.dashboard.calibrationview import CalibrationView
from trainer.dashboard.start import ROOMY, icon


def show_calibration(
    port: CalibrationPort,
    settings: DisplaySettings,
    *,
    on_ready: Callable[[CalibrationView], None] | None = None,
) -> int:
    """Show the calibration until its window is closed and return Qt's exit status."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("a Qt application without windows is running in this process")
    application.setApplicationName("footspring")
    application.setDesktopFileName("footspring")
    application.setWindowIcon(icon())
    view = CalibrationView(port)
    if settings.is_fullscreen:
        view.showFullScreen()
    else:
        room = application.primaryScreen().availableGeometry()
        view.resize(min(ROOMY[0], room.width()), min(ROOMY[1], room.height()))
        view.show()
    view.start()
    if on_ready is not None:
        on_ready(view)
    return application.exec()
