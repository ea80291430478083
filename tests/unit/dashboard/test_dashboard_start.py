"""The window opens, runs and closes; the bench measures it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import SNAPSHOTS
from trainer.core.clock import ManualClock
from trainer.core.settings import DisplaySettings
from trainer.dashboard.bench import BenchEngine, measure_frames
from trainer.dashboard.stage import Stage, icon
from trainer.dashboard.start import show
from trainer.dashboard.window import Dashboard


@pytest.mark.parametrize("is_fullscreen", [False, True])
@pytest.mark.usefixtures("qapp")
def test_it_runs_until_the_window_is_closed(tmp_path: Path, *, is_fullscreen: bool) -> None:
    engine = FakeEngine(ManualClock())
    seen: list[Dashboard] = []

    def end(window: Dashboard) -> None:
        seen.append(window)
        assert window.isVisible()
        assert window.isFullScreen() is is_fullscreen
        engine.show(SNAPSHOTS["done"])
        engine.is_finished = True
        window.show_report(tmp_path / "report.html")
        QTimer.singleShot(40, window.close)

    settings = DisplaySettings(is_fullscreen=is_fullscreen)
    assert show(engine, settings, Stage(settings), on_ready=end) is None
    assert seen[0].end.face.heading == "DONE"
    assert seen[0].end.face.report == tmp_path / "report.html"


@pytest.mark.usefixtures("qapp")
def test_there_is_an_icon() -> None:
    assert not icon().isNull()


@pytest.mark.usefixtures("qapp")
def test_the_bench_measures_frames_memory_and_latency() -> None:
    figures = measure_frames(40, 80.0, (800, 480))
    assert figures.frames == 40
    assert figures.packets == 13
    assert 0.0 < figures.frame_p50_ms <= figures.frame_p99_ms
    assert 0.0 < figures.peer_p50_ms <= figures.peer_p99_ms
    assert 10.0 < figures.rss_start_mb <= 2 * figures.rss_end_mb
    assert 0.0 < figures.latency_p50_ms <= figures.latency_p99_ms < 1000.0


def test_the_bench_session_has_sets_and_rests() -> None:
    engine = BenchEngine(80.0)
    phases = set()
    for second in range(1, 300):
        engine.run_to(second)
        phases.add(engine.snapshot.phase)
        assert engine.ring.head == second * 80
    assert len(phases) == 2
