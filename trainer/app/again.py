"""Session after session with nobody at the screen: waits for the pad, records, starts over."""

import contextlib
import gc
import signal
from collections.abc import Callable, Iterator
from typing import Final

from trainer.core.errors import SourceError, SourceFault

PAUSE_S: Final = 5.0
"""Between two looks for a pad: a search on the radio itself takes longer."""

LOOK_S: Final = 0.1
"""How often a pause looks whether it is to end."""

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WAITED_FOR: Final = frozenset({SourceFault.NOT_FOUND, SourceFault.LOST})
"""A pad that is switched off, or was: it may come. What else is wrong does not mend by itself."""


def repeat(
    session: Callable[[], bool], tell: Callable[[str], None], wait: Callable[[float], None]
) -> None:
    """Run sessions until one is stopped, or a signal comes between two.

    `session` runs one and returns whether another may follow. After a pain stop none does: nobody
    is to be asked to press again who has just said that it hurts. Raises SourceError where
    waiting does not help.
    """
    said = ""
    with _ended_by_signals() as ends:
        while not ends:
            try:
                if not session():
                    return
                said = ""
            except SourceError as error:
                if error.reason not in WAITED_FOR:
                    raise
                if str(error) != said:
                    said = str(error)
                    tell(f"{said} Waiting for it")
            drop_last()
            _pause(ends, wait)


def drop_last() -> None:
    """Let go of the last session's parts, here: an engine hides them from the collector.

    A window must not be taken apart by the next engine's thread.
    """
    gc.unfreeze()
    gc.collect()


def _pause(ends: list[int], wait: Callable[[float], None]) -> None:
    for _ in range(round(PAUSE_S / LOOK_S)):
        if ends:
            return
        wait(LOOK_S)


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[list[int]]:
    """Yield the signals that came while no session listened to them."""
    heard: list[int] = []
    before = {n: signal.signal(n, lambda number, _frame: heard.append(number)) for n in SIGNALS}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
