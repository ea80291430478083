"""Asks the system for what helps to be on time, and says what it refuses."""

import ctypes
import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FIFO_PRIORITY: Final = 50
SLACK_NS: Final = 1_000
_PR_SET_TIMERSLACK: Final = 29


@dataclass(frozen=True, slots=True)
class System:
    """The calls that are made; each raises OSError where it is refused."""

    set_fifo: Callable[[int], None]
    set_slack: Callable[[int], None]


def _set_fifo(priority: int) -> None:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(priority))


def _set_slack(slack_ns: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_TIMERSLACK, slack_ns, 0, 0, 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


SYSTEM: Final = System(_set_fifo, _set_slack)


def hurry(system: System) -> str:
    """Put this process before others; return what was refused and what helps, mostly nothing.

    Without it all values stay right: readings that were disturbed are thrown away and counted.
    """
    # Nothing that exists now will be garbage: the collector need not look through it.
    gc.freeze()
    refused: list[str] = []
    try:
        system.set_slack(SLACK_NS)
    except OSError as error:
        refused.append(f"timer slack of {SLACK_NS / 1000:g} us ({error.strerror})")
    try:
        system.set_fifo(FIFO_PRIORITY)
    except OSError as error:
        refused.append(f"real-time priority {FIFO_PRIORITY} ({error.strerror})")
    if not refused:
        return ""
    return (
        f"{' and '.join(refused)} refused; more readings may be thrown away. To allow it, put "
        f"'@gpio - rtprio {FIFO_PRIORITY}' into /etc/security/limits.d/footspring.conf and log in "
        "anew."
    )
