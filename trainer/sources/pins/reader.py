"""Looks when it is worth it, reads all converters together, throws away what is in doubt.

Rules:
- The converters run on oscillators of their own: all are waited for, then all are read, so the
  counts of a row lie within one period of each other. Its stamp is that of the slowest one.
- Two looks per conversion: one shortly before it is due, one right after. Until periods and
  phases are known, and after every loss of them, a look each 0.4 ms.
- Whoever may be overwritten while it is read is waited for once more. What was read across a
  conversion all the same is thrown away, and so is whatever the driver doubts, with the next four
  conversions after a possible reset. Every conversion is accepted or counted under its reason.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from trainer.core.errors import SourceFault
from trainer.sources.pins.cells import SETTLING, Cells, Doubt, PinsFaultError, Shift
from trainer.sources.pins.phase import Phase
from trainer.sources.pins.refusal import refusal

DENSE_NS: Final = 400_000
POLL_NS: Final = 200_000
_AFTER_NS: Final = 100_000
_IDLE_NS: Final = 5_000_000
_ROOM_NS: Final = 500_000
"""Time that a reading is given at first: 25 pulses take about 0.3 ms by lgpio (measured on an
x86 guest), four converters by SPI 0.3 ms."""
_MOST_ROOM_NS: Final = 3_000_000
_STUCK_READINGS: Final = 40
"""In a row with wrong check bits: a line stuck low looks ready all the time."""
SILENT_PERIODS: Final = 5
FIRST_SAMPLE_NS: Final = 1_500_000_000
"""At 10 samples a second power-up and settling take 0.8 s."""
REVIVAL_NS: Final = 1_000_000_000
LEARNT_NS: Final = 8_000_000_000
"""For all periods to be known; ten conversions of each tell them."""
LOST_NS: Final = 3_000_000_000
"""Without a sample after the first one, whether a converter is silent or none of its conversions
can be taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sample of all channels."""

    stamp_ns: float
    """Data-ready, monotonic."""
    counts: list[int]
    status: int
    missed: int
    """Conversions between the row before and this one that gave none."""


class Reader:
    """Rows of one set of converters; the clock is handed in, and who calls waits."""

    def __init__(self, cells: Cells, now_ns: Callable[[], int]) -> None:
        self._cells = cells
        self._now_ns = now_ns
        self._phases = [Phase() for _ in cells.names]
        self._settling = 0
        self._room_ns = _ROOM_NS
        self._stamp_ns: float | None = None
        self._refused: Counter[Doubt] = Counter()
        """Readings that gave no row since the last one that did, by reason."""
        self._unchecked = 0
        self._looked_ns = now_ns()
        self._heard_ns = self._looked_ns
        self._revived_ns = self._looked_ns
        self._taken_ns = self._looked_ns
        """When the last row was read; at first the start."""
        self._wait_ns: float | None = None
        self.doubts: Counter[Doubt] = Counter()
        """Conversions that gave no sample, by reason."""
        self.accepted = 0
        self.looks = 0
        # Whoever read the converters before may have ended in the middle of a reading.
        cells.reset()

    @property
    def period_ns(self) -> float:
        """Return the measured period of the rows, 0 until it is known."""
        return max(phase.period_ns for phase in self._phases)

    @property
    def silent(self) -> tuple[str, ...]:
        """Return which converters have been silent for five periods."""
        limit_ns = SILENT_PERIODS * self.period_ns if self.period_ns else FIRST_SAMPLE_NS
        if self._looked_ns - self._heard_ns <= limit_ns:
            return ()
        names = zip(self._cells.names, self._phases, strict=True)
        return tuple(name for name, phase in names if not phase.is_ready)

    def turn(self) -> Row | None:
        """Look once, and read if all are ready; raises PinsFaultError, and OSError of a bus."""
        before_ns = self._now_ns()
        levels = self._cells.look()
        after_ns = self._now_ns()
        self.looks += 1
        self._looked_ns = after_ns
        self._wait_ns = None
        for phase, is_ready in zip(self._phases, levels, strict=True):
            phase.see(is_ready, before_ns, after_ns)
        if not all(phase.is_ready for phase in self._phases):
            self._watch(after_ns)
            return None
        return None if self._must_wait() else self._read()

    def due_ns(self) -> float:
        """Return when the next look is worth it."""
        now_ns = self._looked_ns
        if self._wait_ns is not None:
            return self._wait_ns
        if self.silent:
            return now_ns + _IDLE_NS
        waited = [phase for phase in self._phases if not phase.is_ready] or self._phases
        return min(self._look_ns(phase, now_ns) for phase in waited)

    def _look_ns(self, phase: Phase, now_ns: int) -> float:
        if not phase.is_known:
            return now_ns + DENSE_NS
        if now_ns < phase.due_ns - phase.lead_ns - _AFTER_NS:
            return phase.due_ns - phase.lead_ns
        return max(now_ns + POLL_NS / 2, min(phase.due_ns + _AFTER_NS, now_ns + 5 * POLL_NS))

    def _must_wait(self) -> bool:
        """Return whether a conversion may end during the reading, and not much later."""
        now_ns = self._now_ns()
        for phase in self._phases:
            begin_ns, end_ns = phase.danger_ns(now_ns)
            is_short = phase.is_known and end_ns - begin_ns < phase.period_ns / 2
            if is_short and begin_ns <= now_ns + self._room_ns:
                self._wait_ns = end_ns + 1.0
                return True
        return False

    def _read(self) -> Row | None:
        counts = [0] * self._cells.channels
        shift = self._cells.shift(counts)
        self._heard_ns = shift.end_ns
        length_ns = shift.end_ns - shift.start_ns
        self._room_ns = min(_MOST_ROOM_NS, max(length_ns * 5 // 4, self._room_ns * 15 // 16))
        doubt = self._judge(shift)
        stamp_ns = self._newest_ns(shift.start_ns)
        for phase in self._phases:
            phase.clear(shift.start_ns)
        if doubt is not None:
            self.doubts[doubt] += 1
            self._refused[doubt] += 1
            self._judge_refused(shift.end_ns)
            return None
        missed = self._count_missed(stamp_ns)
        self._taken_ns = shift.end_ns
        self.accepted += 1
        return Row(stamp_ns, counts, shift.status, missed)

    def _judge(self, shift: Shift) -> Doubt | None:
        if shift.doubt is not None:
            self._count_unchecked(shift)
            self._restart()
            return shift.doubt
        self._unchecked = 0
        if self._settling:
            self._settling -= 1
            return Doubt.SETTLING
        if not all(phase.period_ns for phase in self._phases):
            return Doubt.SETTLING
        unsafe = [p for p in self._phases if not p.is_safe(shift.start_ns, shift.end_ns)]
        for phase in unsafe:
            phase.lose()
        return Doubt.LATE if unsafe else None

    def _judge_refused(self, now_ns: int) -> None:
        limit_ns = LOST_NS if self.accepted else LEARNT_NS
        if now_ns - self._taken_ns < limit_ns:
            return
        raise PinsFaultError(
            refusal(self._cells.names, self._refused, limit_ns / 1e9),
            SourceFault.LOST if self.accepted else SourceFault.REFUSED,
        )

    def _newest_ns(self, at_ns: int) -> float:
        slowest = max(self._phases, key=lambda phase: phase.period_ns)
        return slowest.newest_ns(at_ns)

    def _count_missed(self, stamp_ns: float) -> int:
        missed = 0
        if self._stamp_ns is not None:
            missed = max(0, round((stamp_ns - self._stamp_ns) / self.period_ns) - 1)
        self._stamp_ns = stamp_ns
        self.doubts[Doubt.MISSED] += max(0, missed - self._refused.total())
        self._refused.clear()
        return missed

    def _restart(self) -> None:
        """Bring the converters into a known state: what was doubtful may have left any."""
        self._cells.reset()
        self._settling = SETTLING
        # No conversion takes less than its period.
        quiet_ns = 0.9 * min(phase.period_ns for phase in self._phases)
        self._wait_ns = self._now_ns() + quiet_ns
        for phase in self._phases:
            phase.lose()

    def _count_unchecked(self, shift: Shift) -> None:
        self._unchecked = self._unchecked + 1 if shift.doubt is Doubt.UNCHECKED else 0
        if self._unchecked < _STUCK_READINGS:
            return
        names = " and ".join(self._cells.names)
        raise PinsFaultError(
            f"{names}: {self._unchecked} readings in a row without the ones that end each; a data "
            "line is stuck low or disturbed. Check DOUT, that the converter has 3.3 V, and that "
            "its ground is the Pi's.",
            SourceFault.REFUSED,
        )

    def _watch(self, now_ns: int) -> None:
        if not self.silent:
            return
        silent_ns = now_ns - self._heard_ns
        limit_ns = LOST_NS if self.accepted else FIRST_SAMPLE_NS + REVIVAL_NS
        if silent_ns > limit_ns:
            raise PinsFaultError(
                f"{' and '.join(self.silent)}: no conversion for {silent_ns / 1e9:.1f} s (limit "
                f"{limit_ns / 1e9:.1f} s): DOUT stays high. Check DOUT, SCK and the 3.3 V of that "
                "converter, and the build and cells in pins.toml.",
                SourceFault.LOST if self.accepted else SourceFault.NOT_FOUND,
            )
        if now_ns - self._revived_ns > REVIVAL_NS:
            self._revived_ns = now_ns
            self._restart()
