"""Session after session: what starts over, what is waited for, and what ends it."""

import gc
import signal
import threading
from collections.abc import Callable

import pytest

from trainer.app.again import LOOK_S, PAUSE_S, SIGNALS, repeat
from trainer.core.errors import SourceError, SourceFault, StorageError, StorageFault

PAUSE = round(PAUSE_S / LOOK_S)
AWAY = SourceError("ble: not found within 30 s. Switch it on.", SourceFault.NOT_FOUND)


class Box:
    """Runs what its script says, one session after the other."""

    def __init__(self, *script: bool | Exception) -> None:
        self._script = list(script)
        self.told: list[str] = []
        self.waits: list[float] = []
        self.on_wait: Callable[[], None] = lambda: None

    def run(self) -> int:
        """Return how many sessions of the script are left at the end."""
        repeat(self._session, self.told.append, self._wait)
        return len(self._script)

    def _session(self) -> bool:
        step = self._script.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.on_wait()


def test_sessions_follow_each_other_until_one_was_stopped() -> None:
    box = Box(True, True, False, True)
    assert box.run() == 1
    assert len(box.waits) == 2 * PAUSE


@pytest.mark.parametrize("fault", [SourceFault.NOT_FOUND, SourceFault.LOST])
def test_a_pad_that_is_away_is_waited_for_and_that_is_told_once(fault: SourceFault) -> None:
    away = SourceError("no pad.", fault)
    box = Box(away, away, away, False)
    assert box.run() == 0
    assert box.told == ["no pad. Waiting for it"]


def test_a_pad_that_goes_again_after_a_session_is_told_again() -> None:
    box = Box(AWAY, True, AWAY, False)
    box.run()
    assert len(box.told) == 2


@pytest.mark.parametrize(
    "error",
    [
        SourceError("two pads.", SourceFault.AMBIGUOUS),
        SourceError("old firmware.", SourceFault.REFUSED),
        StorageError("disk full.", StorageFault.FULL),
    ],
)
def test_what_waiting_does_not_mend_is_raised(error: Exception) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with pytest.raises(type(error)):
        Box(error, True).run()
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_what_a_session_leaves_is_taken_apart_by_this_thread_before_the_next() -> None:
    # A window that another thread takes apart takes the program with it.
    threads: list[int] = []

    class Window:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            threads.append(threading.get_ident())

    def session() -> bool:
        if threads:
            return False
        Window()
        gc.freeze()  # as the engine does
        return True

    repeat(session, print, lambda _seconds: None)
    assert threads == [threading.get_ident()]


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_between_two_sessions_ends_it_at_the_next_look(number: signal.Signals) -> None:
    box = Box(AWAY, True)
    box.on_wait = lambda: signal.raise_signal(number)
    assert box.run() == 1
    assert len(box.waits) == 1
