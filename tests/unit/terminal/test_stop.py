"""The stop button: at once, never twice within itself, and never hidden by a hung engine."""

import contextlib
import errno
import signal
import threading

import pytest

from tests.unit.terminal.fakeengine import FakeEngine
from trainer.core.snapshot import Phase
from trainer.core.watchdog import Alarm
from trainer.terminal.stop import SIGNALS, StopButton


def test_a_press_reaches_the_engine_at_once(engine: FakeEngine) -> None:
    StopButton(engine, engine.clock).press()
    assert engine.pain_stops == 1
    assert engine.snapshot.phase is Phase.STOPPED


def test_an_engine_that_does_not_stop_in_100_ms_is_said_not_to_answer(engine: FakeEngine) -> None:
    engine.is_hung = True
    button = StopButton(engine, engine.clock)
    button.press()
    assert button.judge() is Alarm.STOPPING
    engine.clock.move(0.099)
    assert button.judge() is Alarm.STOPPING
    engine.clock.move(0.001)
    assert button.judge() is Alarm.UNANSWERED


def test_pressing_again_grants_no_more_time(engine: FakeEngine) -> None:
    engine.is_hung = True
    button = StopButton(engine, engine.clock)
    button.press()
    engine.clock.move(0.09)
    button.press()
    engine.clock.move(0.02)
    assert button.judge() is Alarm.UNANSWERED
    assert engine.pain_stops == 2


def test_a_heartbeat_older_than_a_second_is_silence_until_it_comes_back(engine: FakeEngine) -> None:
    button = StopButton(engine, engine.clock)
    engine.clock.move(1.0)
    assert button.judge() is Alarm.NONE
    engine.clock.move(0.1)
    assert button.judge() is Alarm.SILENT
    engine.heartbeat_s = engine.clock.monotonic_s()
    assert button.judge() is Alarm.NONE


def test_a_session_that_is_over_raises_no_alarm(engine: FakeEngine) -> None:
    button = StopButton(engine, engine.clock)
    engine.show(phase=Phase.DONE)
    engine.clock.move(60)
    assert button.judge() is Alarm.NONE


def test_the_wait_after_a_press_ends_when_the_answer_is_late(engine: FakeEngine) -> None:
    engine.is_hung = True
    button = StopButton(engine, engine.clock)
    assert button.wait_s(0.5) == 0.5
    button.press()
    engine.clock.move(0.04)
    assert button.wait_s(0.5) == pytest.approx(0.06)
    engine.clock.move(0.06)
    assert button.wait_s(0.5) == 0.5


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_of_the_person_is_a_pain_stop_and_the_old_handlers_come_back(
    number: signal.Signals, engine: FakeEngine
) -> None:
    assert threading.current_thread() is threading.main_thread()
    before = [signal.getsignal(n) for n in SIGNALS]
    button = StopButton(engine, engine.clock)
    with button.on_signals():
        signal.raise_signal(number)
    assert engine.pain_stops == 1
    assert engine.ends == 0
    assert not button.is_insisted
    assert [signal.getsignal(n) for n in SIGNALS] == before


def test_sigterm_ends_the_session_without_a_pain_stop(engine: FakeEngine) -> None:
    button = StopButton(engine, engine.clock)
    with button.on_signals():
        signal.raise_signal(signal.SIGTERM)
    assert (engine.ends, engine.pain_stops) == (1, 0)
    assert engine.snapshot.phase is Phase.DONE


def test_sigterm_stops_an_engine_that_does_not_answer_and_insisting_leaves_it(
    engine: FakeEngine,
) -> None:
    engine.is_hung = True
    button = StopButton(engine, engine.clock)
    with button.on_signals():
        signal.raise_signal(signal.SIGTERM)
        engine.clock.move(1.1)
        signal.raise_signal(signal.SIGTERM)
        assert (engine.ends, engine.pain_stops) == (1, 1)
        assert not button.is_insisted
        engine.clock.move(0.1)
        signal.raise_signal(signal.SIGTERM)
    assert button.is_insisted


def test_a_second_signal_insists_only_where_the_engine_does_not_answer(engine: FakeEngine) -> None:
    engine.is_hung = True
    button = StopButton(engine, engine.clock)
    with button.on_signals():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert not button.is_insisted
        engine.clock.move(0.1)
        signal.raise_signal(signal.SIGINT)
        assert button.is_insisted


def test_a_signal_in_the_middle_of_a_press_does_not_press_within_it(engine: FakeEngine) -> None:
    # The engine may hold a lock there that is no longer free for the same thread.
    engine.on_pain_stop = lambda: signal.raise_signal(signal.SIGHUP)
    button = StopButton(engine, engine.clock)
    with button.on_signals():
        button.press()
    assert engine.pain_stops == 1


@pytest.mark.parametrize(
    ("error", "is_told"),
    [
        (OSError(errno.EIO, "Input/output error"), False),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), False),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (ZeroDivisionError(), True),
    ],
)
def test_a_screen_that_fails_stops_the_session_and_says_so_if_anyone_can_read_it(
    error: Exception, is_told: bool, engine: FakeEngine
) -> None:
    def fail() -> None:
        with StopButton(engine, engine.clock).on_failure():
            raise error

    with pytest.raises(type(error)) if is_told else contextlib.nullcontext():
        fail()
    assert engine.pain_stops == 1


def test_outside_the_main_thread_no_signal_is_touched(engine: FakeEngine) -> None:
    before = [signal.getsignal(n) for n in SIGNALS]
    seen: list[object] = []

    def look() -> None:
        with StopButton(engine, engine.clock).on_signals():
            seen.extend(signal.getsignal(n) for n in SIGNALS)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == before
