"""Draws one frame of the dashboard without a screen into a file, and says what it cost."""

import json
import sys
import time

from PySide6.QtWidgets import QApplication

from trainer.core.clock import SystemClock
from trainer.core.settings import DisplaySettings
from trainer.dashboard.bench import BenchEngine
from trainer.dashboard.window import Dashboard

RATE_HZ = 92.9
"""Measured rate of '80 Hz' converters."""


def main(picture: str) -> None:
    """Draw the frame into a file, and print its figures."""
    application = QApplication(["footspring", "-platform", "offscreen"])
    engine = BenchEngine(RATE_HZ)
    window = Dashboard(engine, DisplaySettings(), SystemClock())
    window.resize(800, 480)
    window.show()
    application.processEvents()
    engine.run_to(10.0)
    began_s = time.perf_counter()
    window.poll()
    image = window.grab().toImage()
    took_ms = (time.perf_counter() - began_s) * 1e3
    size = (image.width(), image.height())
    colours = {image.pixel(x, y) for x in range(0, size[0], 4) for y in range(0, size[1], 4)}
    image.save(picture)
    print(json.dumps({"size": size, "colours": len(colours), "took_ms": round(took_ms, 1)}))


if __name__ == "__main__":
    main(sys.argv[1])
