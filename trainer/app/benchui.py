"""What a frame of the window costs: apart from the path, whose libraries are no part of it."""

import os
from typing import Final

from trainer.app.figures import Figure

FRAMES: Final = 10_000
RATE_HZ: Final = 92.9
"""Measured rate of '80 Hz' converters."""


def measure_ui() -> tuple[Figure, ...]:
    """Measure frames of the dashboard offscreen, against a plain widget that draws as much."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from trainer.dashboard.bench import measure_frames  # noqa: PLC0415 - loads Qt

    found = measure_frames(FRAMES, RATE_HZ, (800, 480))
    floor = "plain widget, full redraw of the same curves"
    latency_limit = f"one frame ({found.period_ms:.0f} ms) + 5 ms"
    return (
        Figure("frame, median", found.frame_p50_ms, "ms", floor, found.peer_p50_ms, limit="1.5 ms"),
        Figure("frame, p99", found.frame_p99_ms, "ms", floor, found.peer_p99_ms, limit="4 ms"),
        Figure(
            f"memory after {found.frames} frames",
            found.rss_end_mb,
            "MB",
            "before them",
            found.rss_start_mb,
            limit="flat, under 250 MB",
        ),
        Figure("packet to painted frame, median", found.latency_p50_ms, "ms"),
        Figure(
            "packet to painted frame, p99",
            found.latency_p99_ms,
            "ms",
            "one frame",
            found.period_ms,
            limit=latency_limit,
        ),
    )
