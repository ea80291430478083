"""How long a set waits without a rep: asked about once, then it ends by itself."""

from enum import Enum
from typing import Final

DUST_S: Final = 1e-6
"""What sums of times may be off by: a timer that ran out has run out."""


class Verdict(Enum):
    """What follows from the time that was waited."""

    WAIT = "wait"
    ASK = "ask"
    GIVE_UP = "give up"


class Patience:
    """Counts from the newest rep, from the begin of the set, or from where it went on."""

    def __init__(self, length_s: float) -> None:
        self._length_s = length_s
        self._from_s = 0.0
        self._is_asked = False

    def begin(self, now_s: float) -> None:
        """Begin to wait: something counted, or the set begins or goes on."""
        self._from_s = now_s
        self._is_asked = False

    def judge(self, now_s: float, own_s: float) -> Verdict:
        """Return what to do now; `own_s` is what one rep takes, which is no waiting."""
        if now_s - self._from_s < self._length_s + own_s - DUST_S:
            return Verdict.WAIT
        if self._is_asked:
            return Verdict.GIVE_UP
        self._from_s, self._is_asked = now_s, True
        return Verdict.ASK

    def left_s(self, now_s: float, own_s: float) -> float:
        """Return the seconds until the next verdict."""
        return max(0.0, self._from_s + self._length_s + own_s - now_s)

    def shift(self, by_s: float) -> None:
        """Follow a stream clock that was set back."""
        self._from_s += by_s
