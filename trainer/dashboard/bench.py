"""Measures the window offscreen: cost of a frame, memory, and the way from packet to painted frame.

The peer is the least a widget can do: one path through the same points, drawn whole each frame.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from trainer.core.arrays import FloatArray
from trainer.core.clock import SystemClock
from trainer.core.commands import Command
from trainer.core.cues import Side
from trainer.core.ring import Ring
from trainer.core.settings import DisplaySettings
from trainer.core.snapshot import LinkState, Phase, Snapshot
from trainer.dashboard.graph import path
from trainer.dashboard.theme import GROUND, INK
from trainer.dashboard.window import FRAME_MS, POLL_MS, Dashboard

CHANNELS: Final = ("hallux", "toes", "ball", "heel", "total")
FRAMES_PER_S: Final = 60
WARM_UP: Final = 200
"""Frames before anything is counted: fonts, first layouts, caches."""

POLLS: Final = FRAME_MS // POLL_MS

PEER_FRAMES: Final = 600
PACKET_SAMPLES: Final = 4
LIVE_S: Final = 10.0
"""How long packets come in real time, at most: 200 packets at 80 Hz."""


@dataclass(frozen=True, slots=True)
class FrameFigures:
    """What was measured; times in milliseconds of the main thread, memory in megabytes."""

    frames: int
    rate_hz: float
    size_px: tuple[int, int]
    frame_p50_ms: float
    frame_p99_ms: float
    peer_p50_ms: float
    peer_p99_ms: float
    full_redraws: int
    rss_start_mb: float
    rss_end_mb: float
    packets: int
    latency_p50_ms: float
    latency_p99_ms: float
    """From the push of a packet's samples to the end of the first paint that shows them."""
    period_ms: float


def measure_frames(frames: int, rate_hz: float, size: tuple[int, int]) -> FrameFigures:
    """Return the figures of a window of a size at a sample rate; 4 cells and their sum."""
    application = QApplication.instance() or QApplication(["footspring", "-platform", "offscreen"])
    engine = BenchEngine(rate_hz)
    window = Dashboard(engine, DisplaySettings(), SystemClock())
    window.resize(*size)
    window.show()
    application.processEvents()
    _time_frames(engine, window.poll, WARM_UP)
    rss_start_mb = rss_mb()
    costs_ms = _time_frames(engine, window.poll, frames)
    rss_end_mb = rss_mb()
    redraws = window.session.plot.trace.full_redraws
    latencies_ms = _measure_latency(engine, window, min(LIVE_S, frames / FRAMES_PER_S))
    peer = Peer(engine.ring)
    peer.resize(window.session.plot.canvas.widget.size())
    peer.show()
    application.processEvents()
    peer_ms = _time_frames(engine, peer.look, min(frames, PEER_FRAMES))
    engine.is_finished = True
    window.close()
    peer.close()
    return FrameFigures(
        frames=frames,
        rate_hz=rate_hz,
        size_px=size,
        frame_p50_ms=float(np.percentile(costs_ms, 50)),
        frame_p99_ms=float(np.percentile(costs_ms, 99)),
        peer_p50_ms=float(np.percentile(peer_ms, 50)),
        peer_p99_ms=float(np.percentile(peer_ms, 99)),
        full_redraws=redraws,
        rss_start_mb=rss_start_mb,
        rss_end_mb=rss_end_mb,
        packets=len(latencies_ms),
        latency_p50_ms=float(np.percentile(latencies_ms, 50)),
        latency_p99_ms=float(np.percentile(latencies_ms, 99)),
        period_ms=float(FRAME_MS),
    )


def rss_mb() -> float:
    """Return the memory that this process has in use, in megabytes (10^6 bytes)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class BenchEngine:
    """A circuit of endless sets: presses of 2 s every 4 s, snapshots as a coach would send them."""

    def __init__(self, rate_hz: float) -> None:
        self.rate_hz = rate_hz
        self.ring = Ring(CHANNELS, round(DisplaySettings().window_s * rate_hz))
        self.snapshot = Snapshot()
        self.is_finished = False
        self._seconds = 0.0
        self._random = np.random.default_rng(1)

    @property
    def heartbeat_s(self) -> float:
        """Return now: it always answers."""
        return time.monotonic()

    def send(self, command: Command) -> None:
        """Do nothing: nobody asks."""

    stop_asked_s = None
    """Nobody asks."""

    def pain_stop(self) -> None:
        """Do nothing: nobody asks."""

    def press_button(self, *, is_held: bool = False) -> None:
        """Do nothing: nobody asks."""

    def deny_pain(self) -> None:
        """Do nothing: nobody asks."""

    def end(self) -> None:
        """Do nothing: nobody asks."""

    def leave(self) -> None:
        """Do nothing: nobody asks."""

    def run_to(self, seconds: float) -> None:
        """Push the samples up to a moment of the session, and what is to be shown then."""
        self._seconds = seconds
        count = int(seconds * self.rate_hz) - self.ring.head
        if count > 0:
            self.push(count)

    def push(self, count: int) -> None:
        """Push samples and a snapshot."""
        at_s = (self.ring.head + np.arange(count)) / self.rate_hz
        press = self._press(at_s)
        cells = press[:, None] * np.array([14.0, 10.0, 6.0, -2.0])
        cells += self._random.normal(0.0, 0.1, cells.shape)
        self.ring.push(np.column_stack([cells, cells[:, :2].sum(axis=1)]))
        self.snapshot = self._picture(float(at_s[-1]), 24.0 * float(press[-1]))

    def _press(self, at_s: FloatArray) -> FloatArray:
        # The strength wanders, so that the force axis changes now and then.
        strength = 1.0 + 0.4 * np.sin(2 * np.pi * at_s / 180)
        return np.asarray(np.clip(np.sin(2 * np.pi * at_s / 4), 0, None) ** 0.3 * strength)

    def _picture(self, at_s: float, force_n: float) -> Snapshot:
        set_number, in_set_s = divmod(at_s, 120.0)
        phase = Phase.WORK if in_set_s < 80 else Phase.REST  # noqa: PLR2004 - 20 reps of 4 s
        hold_s = in_set_s % 4 if in_set_s % 4 < 2 and phase is Phase.WORK else 0.0  # noqa: PLR2004
        cue = "REST" if phase is Phase.REST else "HOLD" if hold_s else "RELAX"
        return replace(
            self.snapshot,
            seq=self.snapshot.seq + 1,
            at_s=at_s,
            phase=phase,
            exercise="Toe curl",
            athlete="Bench",
            side=Side.LEFT,
            is_press_asked=bool(hold_s),
            cue=cue,
            message="Hold until the ring is full." if hold_s else "Let go completely.",
            set_number=1 + int(set_number) % 3,
            sets=3,
            rep=min(20, int(in_set_s // 4)),
            reps=20,
            hold_s=hold_s,
            hold_goal_s=2.0,
            left_s=max(0.0, 120.0 - in_set_s) if phase is Phase.REST else 0.0,
            force_n=force_n,
            target_low_n=22.0,
            target_high_n=28.0,
            mvc_n=62.0,
            block="work",
            trace=_trace(at_s) if phase is Phase.WORK else (),
            is_simulated=True,
            link=LinkState(rate_hz=self.rate_hz),
        )


class Peer(QWidget):
    """Draws every curve as one path of width 1, whole, each frame."""

    def __init__(self, ring: Ring) -> None:
        super().__init__()
        self._ring = ring
        self._head = -1

    def look(self) -> None:
        """Ask for a repaint where the ring has something new."""
        if self._ring.head != self._head:
            self._head = self._ring.head
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curves."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(GROUND))
        painter.setPen(QPen(QColor(INK), 1))
        _, samples = self._ring.window()
        x_px = np.linspace(0.0, self.width(), samples.shape[1])
        for curve in samples:
            y_px = self.height() * (0.9 - curve.astype(np.float64) / 50.0)
            painter.drawPath(path(x_px, y_px))


def _trace(at_s: float) -> tuple[tuple[float, float], ...]:
    """Return the line to follow through the press that is on and the next one."""
    from_s = 4.0 * (at_s // 4.0)
    rep = ((0.0, 0.0), (0.5, 25.0), (2.0, 25.0), (3.0, 0.0))
    return tuple((from_s + 4.0 * press + at, n) for press in range(2) for at, n in rep)


def _time_frames(engine: BenchEngine, poll: Callable[[], None], frames: int) -> FloatArray:
    """Return the main thread's milliseconds for each frame, painting included."""
    costs_ms = np.empty(frames)
    begun_s = engine.ring.head / engine.rate_hz
    for frame in range(frames):
        engine.run_to(begun_s + (frame + 1) / FRAMES_PER_S)
        start_s = time.thread_time()
        for _ in range(POLLS):
            poll()
            QApplication.processEvents()
        costs_ms[frame] = 1000 * (time.thread_time() - start_s)
    return costs_ms


def _measure_latency(engine: BenchEngine, window: Dashboard, seconds: float) -> FloatArray:
    """Return milliseconds from each packet's push to the end of the paint that first shows it."""
    pushed: list[tuple[int, float]] = []
    painted: list[tuple[int, float]] = []
    period_s = PACKET_SAMPLES / engine.rate_hz

    def write() -> None:
        clock = threading.Event()
        for _ in range(round(seconds / period_s)):
            clock.wait(period_s)
            engine.push(PACKET_SAMPLES)
            pushed.append((engine.ring.head, time.monotonic()))

    writer = threading.Thread(target=write, name="packets", daemon=True)
    window.session.plot.trace.when_painted = lambda head: painted.append((head, time.monotonic()))
    window.start()
    loop = QEventLoop()
    watch = QTimer(interval=50)

    def end() -> None:
        if not writer.is_alive() and painted and painted[-1][0] == engine.ring.head:
            loop.quit()

    watch.timeout.connect(end)
    watch.start()
    writer.start()
    loop.exec()
    window.session.plot.trace.when_painted = None
    heads = np.array([head for head, _ in painted])
    found = np.searchsorted(heads, [head for head, _ in pushed])
    painted_s = np.array([at_s for _, at_s in painted])[found]
    return np.asarray(1000 * (painted_s - np.array([at_s for _, at_s in pushed])))
