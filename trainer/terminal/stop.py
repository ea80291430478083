"""The stop: a pain stop that no hung engine can hide, from a key or from a signal.

Rules, failing towards stopping:
- A pain stop goes to the engine at once, also out of a signal handler while the screen is busy.
- Ctrl-C and a terminal that is gone are pain stops. SIGTERM, with which a system goes
  down or stops a service, ends the session; an engine that does not answer gets a pain stop then.
- An engine that has not stopped after 100 ms is said not to answer, and the screen shows STOPPED.
- An engine whose heartbeat is older than a second is said not to answer.
- A screen that cannot show the session stops it.
- An engine that does not answer cannot keep the person: q, or one more signal, leaves the screen.
"""

import contextlib
import errno
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final

from trainer.core.ports import Clock, EnginePort
from trainer.core.watchdog import PAIN_ANSWER_S, Alarm, Watchdog

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a plain kill, and a terminal that was closed or cut off."""


GONE: Final = frozenset({errno.EIO, errno.EPIPE, errno.EBADF, errno.ENXIO})
"""What a terminal or a pipe that was closed or cut off answers with."""


class StopButton:
    """Ask the engine for a pain stop, and judge whether it answers."""

    def __init__(self, engine: EnginePort, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._is_pressing = False
        self._watchdog = Watchdog()
        self.is_insisted = False
        """True once a signal came although the engine was not answering."""

    def press(self) -> None:
        """Stop the session; a signal that comes during a press does not press again within it."""
        self._watchdog.ask(self._clock.monotonic_s())
        if self._is_pressing:
            return
        self._is_pressing = True
        try:
            self._engine.pain_stop()
        finally:
            self._is_pressing = False

    def judge(self) -> Alarm:
        """Return the alarm now."""
        return self._watchdog.judge(self._engine, self._clock.monotonic_s())

    def wait_s(self, period_s: float) -> float:
        """Return how long to wait for keys so that a late answer is seen when it is late."""
        asked_s = self._watchdog.asked_s
        if asked_s is None:
            return period_s
        left_s = asked_s + PAIN_ANSWER_S - self._clock.monotonic_s()
        return min(period_s, left_s) if left_s > 0 else period_s

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let Ctrl-C and SIGHUP press the button meanwhile, and SIGTERM end the session."""
        if threading.current_thread() is not threading.main_thread():
            yield  # Python hands signals to the main thread only
            return
        before = {number: signal.signal(number, self._hear) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextlib.contextmanager
    def on_failure(self) -> Iterator[None]:
        """Press the button where showing fails; a terminal or pipe that is gone is no error."""
        try:
            yield
        except Exception as error:
            self.press()
            if not (isinstance(error, OSError) and error.errno in GONE):
                raise

    def _hear(self, number: int, frame: FrameType | None) -> None:
        del frame
        alarm = self.judge()
        self.is_insisted = alarm is Alarm.UNANSWERED
        if number == signal.SIGTERM and alarm is Alarm.NONE:
            self._engine.end()
        else:
            self.press()
