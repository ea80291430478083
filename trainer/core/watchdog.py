"""The watchdog: what a screen says by itself when the engine does not answer.

Rules, failing towards stopping:
- From the moment a pain stop is asked the picture is that of a stop, never again of a session;
  the same goes for a stop by the foot button, which the engine is asked for by another way.
- An engine that has not said STOPPED after 100 ms is said not to answer.
- An engine whose heartbeat is older than a second during a session is said not to answer.
"""

from enum import Enum
from typing import Final

from trainer.core.ports import EnginePort
from trainer.core.snapshot import Phase, Snapshot

PAIN_ANSWER_S: Final = 0.1
"""About the time after which a person notices that nothing happened (Miller 1968)."""

HEARTBEAT_S: Final = 1.0
"""A healthy engine answers with every packet, 20 times a second: twenty are missing."""

ANSWER_S: Final = 60.0
"""How long the question whether a stop was for pain stays open: time to step off the pad and walk
to the screen."""

THINK_S: Final = 1.0
"""A no that comes sooner is none: the hand was on its way to something else when the question came.
Longer than it takes to finish a tap, a key, or a letter of a name."""

OVER: Final = frozenset({Phase.STOPPED, Phase.DONE})


def may_deny(snapshot: Snapshot) -> bool:
    """Return whether a no is taken as an answer to the question that is shown."""
    return snapshot.is_pain_asked and 0.0 < snapshot.left_s <= ANSWER_S - THINK_S


class Alarm(Enum):
    """What a screen knows beyond the snapshot."""

    NONE = "none"
    SILENT = "silent"
    """The heartbeat is too old; ends when it comes back."""
    STOPPING = "stopping"
    """A pain stop was asked, and there is still time to answer."""
    UNANSWERED = "unanswered"
    """A pain stop was asked and the engine did not answer in time."""


class Watchdog:
    """Remembers a pain stop and judges the engine's silence; times are host monotonic seconds."""

    def __init__(self) -> None:
        self._asked_s: float | None = None

    @property
    def asked_s(self) -> float | None:
        """Return when the pain stop was first asked; None while none was."""
        return self._asked_s

    def ask(self, at_s: float) -> None:
        """Note that a pain stop was asked; asking again does not grant more time."""
        if self._asked_s is None:
            self._asked_s = at_s

    def judge(self, engine: EnginePort, at_s: float) -> Alarm:
        """Return the alarm at a moment."""
        if engine.is_finished or engine.snapshot.phase in OVER:
            return Alarm.NONE
        if self._asked_s is None:
            self._asked_s = engine.stop_asked_s
        if self._asked_s is not None:
            is_late = at_s >= self._asked_s + PAIN_ANSWER_S
            return Alarm.UNANSWERED if is_late else Alarm.STOPPING
        return Alarm.SILENT if at_s - engine.heartbeat_s > HEARTBEAT_S else Alarm.NONE
