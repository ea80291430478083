"""The watchdog fails towards stopping."""

from dataclasses import replace

import pytest

from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import IN_WORK, SNAPSHOTS
from trainer.core.clock import ManualClock
from trainer.core.snapshot import Phase
from trainer.core.watchdog import Alarm, Watchdog


@pytest.fixture
def hung() -> FakeEngine:
    engine = FakeEngine(ManualClock())
    engine.show(IN_WORK)
    assert engine.heartbeat_s == 0.0
    engine.is_hung = True
    return engine


def test_an_engine_that_answers_raises_no_alarm() -> None:
    engine = FakeEngine(ManualClock())
    engine.clock.move(3600.0)
    assert Watchdog().judge(engine, 3600.0) is Alarm.NONE


def test_a_pain_stop_is_shown_at_once_and_unanswered_after_100_ms(hung: FakeEngine) -> None:
    watchdog = Watchdog()
    watchdog.ask(0.5)
    assert watchdog.judge(hung, 0.5) is Alarm.STOPPING
    assert watchdog.judge(hung, 0.599) is Alarm.STOPPING
    assert watchdog.judge(hung, 0.6) is Alarm.UNANSWERED


def test_asking_again_grants_no_more_time(hung: FakeEngine) -> None:
    watchdog = Watchdog()
    watchdog.ask(0.5)
    watchdog.ask(0.59)
    assert watchdog.judge(hung, 0.6) is Alarm.UNANSWERED


def test_an_engine_that_comes_back_to_work_stays_stopped(hung: FakeEngine) -> None:
    watchdog = Watchdog()
    watchdog.ask(0.0)
    hung.is_hung = False
    hung.show(replace(IN_WORK, rep=9))
    hung.clock.move(5.0)
    assert watchdog.judge(hung, 5.0) is Alarm.UNANSWERED


@pytest.mark.parametrize("scene", ["stopped", "done"])
def test_an_engine_that_has_stopped_is_an_answer(hung: FakeEngine, scene: str) -> None:
    watchdog = Watchdog()
    watchdog.ask(0.0)
    hung.show(SNAPSHOTS[scene])
    assert watchdog.judge(hung, 5.0) is Alarm.NONE


def test_a_heartbeat_older_than_a_second_is_an_alarm_that_ends_with_it(hung: FakeEngine) -> None:
    watchdog = Watchdog()
    assert watchdog.judge(hung, 1.0) is Alarm.NONE
    assert watchdog.judge(hung, 1.01) is Alarm.SILENT
    hung.is_hung = False
    hung.clock.move(1.02)
    assert watchdog.judge(hung, 1.02) is Alarm.NONE


@pytest.mark.parametrize("phase", [Phase.DONE, Phase.STOPPED])
def test_the_time_it_takes_to_save_is_no_alarm(hung: FakeEngine, phase: Phase) -> None:
    hung.show(replace(IN_WORK, phase=phase))
    assert Watchdog().judge(hung, 30.0) is Alarm.NONE


def test_a_finished_engine_need_not_answer(hung: FakeEngine) -> None:
    watchdog = Watchdog()
    watchdog.ask(0.0)
    hung.is_finished = True
    assert watchdog.judge(hung, 30.0) is Alarm.NONE


def test_a_stop_that_the_engine_was_asked_for_by_another_way_is_watched_too(
    hung: FakeEngine,
) -> None:
    watchdog = Watchdog()
    hung.stop_asked_s = 3.0
    assert watchdog.judge(hung, 3.0) is Alarm.STOPPING
    assert watchdog.asked_s == 3.0
    assert watchdog.judge(hung, 3.1) is Alarm.UNANSWERED
