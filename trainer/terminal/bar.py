"""The force bar: the force now against the target band, in one row of text and one of marks."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trainer.coach.tracing import wanted_n
from trainer.core.snapshot import Snapshot
from trainer.core.texts import noted

EMPTY_SCALE_N: Final = 20.0
"""Full scale before any target is known; a lesser toe presses some 50 N at most (Ridge 2017)."""

HEADROOM: Final = 1.5
"""Full scale above the target's upper edge, so that too much is seen as such."""

_NICE: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_EIGHTHS: Final = "▏▎▍▌▋▊▉"


class Stand(StrEnum):
    """Where the force is against the target, as it is said."""

    NONE = ""
    LOW = noted("LOW")
    IN = noted("IN TARGET")
    HIGH = noted("HIGH")


class Scale:
    """Full scale of the bar: steady within a phase, grows with the force, never shrinks in it."""

    def __init__(self) -> None:
        self._where: tuple[object, ...] = ()
        self._highest_n = 0.0

    def full_n(self, snapshot: Snapshot) -> float:
        """Return the force at the bar's right end, newtons."""
        where = (snapshot.phase, snapshot.set_number, snapshot.side)
        if where != self._where:
            self._where, self._highest_n = where, 0.0
        self._highest_n = max(self._highest_n, snapshot.force_n)
        target_n = (snapshot.target_high_n or 0.0) * HEADROOM
        return _nice(max(self._highest_n, target_n or EMPTY_SCALE_N))


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar as text; all rows are as wide as was asked."""

    filled: str
    """The part up to the force."""
    band_start: int
    """Column of the target band's left edge, -1 without a target."""
    band_end: int
    """Column after its right edge."""
    width: int
    asked: int = -1
    """Column of the force that a trace asks for now, -1 without a trace."""
    is_plain: bool = False

    @property
    def marks(self) -> str:
        """Return the row below the bar: a bracket under the target band, a mark under the trace."""
        row = ""
        if self.band_start >= 0:
            span = max(self.band_end - self.band_start, 2)
            row = " " * self.band_start + "^" + "-" * (span - 2) + "^"
        if self.asked < 0:
            return row
        mark = "A" if self.is_plain else "▲"
        return row[: self.asked].ljust(self.asked) + mark + row[self.asked + 1 :]


def draw_bar(snapshot: Snapshot, full_n: float, width: int, *, is_plain: bool) -> Bar:
    """Return the bar of the force now; `is_plain` keeps to ASCII."""
    share = min(max(snapshot.force_n / full_n, 0.0), 1.0)
    eighths = round(share * width * 8)
    whole, rest = divmod(eighths, 8)
    if is_plain:
        filled = "#" * round(share * width)
    else:
        filled = "█" * whole + (_EIGHTHS[rest - 1] if rest else "")
    start, end = _band(snapshot, full_n, width)
    return Bar(filled, start, end, width, _asked(snapshot, full_n, width), is_plain)


def _band(snapshot: Snapshot, full_n: float, width: int) -> tuple[int, int]:
    low_n, high_n = snapshot.target_low_n, snapshot.target_high_n
    if low_n is None or high_n is None:
        return -1, -1
    start = min(round(low_n / full_n * width), width - 2)
    return start, min(max(round(high_n / full_n * width), start + 2), width)


def _asked(snapshot: Snapshot, full_n: float, width: int) -> int:
    if not snapshot.trace:
        return -1
    asked_n = wanted_n(snapshot.trace, snapshot.at_s)
    return min(max(round(asked_n / full_n * width), 0), width - 1)


def judge_force(snapshot: Snapshot) -> Stand:
    """Return where the force is against the target while a hold goes on."""
    low_n, high_n = snapshot.target_low_n, snapshot.target_high_n
    if snapshot.hold_s <= 0 or low_n is None or high_n is None:
        return Stand.NONE
    if snapshot.force_n < low_n:
        return Stand.LOW
    return Stand.HIGH if snapshot.force_n > high_n else Stand.IN


def _nice(force_n: float) -> float:
    decade = 10.0 ** math.floor(math.log10(force_n))
    return next(step * decade for step in _NICE if step * decade >= force_n * (1 - 1e-9))
