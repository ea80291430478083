"""One to four HX711 on pins: a data line each, one clock for all."""

from collections.abc import Callable, Sequence
from typing import Final

from trainer.sources.pins.cells import ClockLine, Doubt, Levels, Shift
from trainer.sources.pins.readfast import HIGH_LIMIT_NS, PULSES, GuardedClock, load_read_fast
from trainer.wire.hx711spi import HIGHEST, LOWEST, SATURATED

LANE_BITS: Final = 32
"""A data line's bits gather in a lane of their own, all in one whole number: `read_fast` shifts
it to the left and adds what the line's `value` is, whatever that is."""
_FRAME: Final = (1 << PULSES) - 1
_SIGN: Final = 0x800000


class PinCells:
    """HX711s whose clock we make ourselves; `data` gives the level of cell i in bit 32 i."""

    def __init__(
        self,
        clock: ClockLine,
        data: Levels,
        names: Sequence[str],
        now_ns: Callable[[], int],
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = GuardedClock(clock, data, now_ns)
        self._data = data
        self._names = tuple(names)
        self._now_ns = now_ns
        self._close = close
        self._read_fast = load_read_fast(now_ns)
        self._clock.value = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Return what each converter is called in a message."""
        return self._names

    @property
    def channels(self) -> int:
        """Return the number of cells."""
        return len(self._names)

    def look(self) -> Sequence[bool]:
        """Return which data lines are low."""
        levels = self._data.value
        return [not levels >> LANE_BITS * place & 1 for place in range(len(self._names))]

    def shift(self, into: list[int]) -> Shift:
        """Clock all converters once."""
        clock = self._clock
        clock.begin()
        start_ns = self._now_ns()
        # A glitch may have made the look: a converter that is not ready would read as -1.
        is_ready = all(self.look())
        lanes = self._read_fast(clock, self._data, PULSES)
        end_ns = self._now_ns()
        is_clean = is_ready and lanes == clock.again
        status = 0
        for place in range(len(into)):
            frame = lanes >> LANE_BITS * place & _FRAME
            # After the 25th pulse a converter that is there holds its line high.
            is_clean = is_clean and bool(frame & 1)
            into[place] = count = (frame >> 1 ^ _SIGN) - _SIGN
            if count in (HIGHEST, LOWEST):
                status = SATURATED
        return Shift(start_ns, end_ns, self._doubt(is_clean=is_clean), status)

    def reset(self) -> None:
        """Power all converters down and up again."""
        self._clock.value = 1
        # Asked for before the edge, the time may be over with it: then it is one more pulse.
        end_ns = self._now_ns() + 2 * HIGH_LIMIT_NS
        while self._now_ns() < end_ns:
            pass
        self._clock.value = 0

    def close(self) -> None:
        """Let go of the pins."""
        self._close()

    def _doubt(self, *, is_clean: bool) -> Doubt | None:
        if self._clock.longest_ns > HIGH_LIMIT_NS:
            return Doubt.STRETCHED
        return None if is_clean else Doubt.UNCHECKED
