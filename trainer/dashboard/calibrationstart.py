"""Opens the window of a calibration and runs it until it closes."""

from collections.abc import Callable

from calibration.view import CalibrationPort
from trainer.dashboard.calibrationview import CalibrationView
from trainer.dashboard.stage import Stage


def show_calibration(
    port: CalibrationPort,
    stage: Stage,
    *,
    is_simulated: bool = False,
    on_ready: Callable[[CalibrationView], None] = lambda _: None,
    attend: Callable[[], None] = lambda: None,
) -> int:
    """Show the calibration until its window is closed and return Qt's exit status."""
    view = CalibrationView(port, is_simulated=is_simulated)

    def begin() -> None:
        view.start()
        on_ready(view)

    return stage.run(view, begin, attend)
