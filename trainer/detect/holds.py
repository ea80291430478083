"""Holds: when force stands out of rest, and the settled hold once it is over.

States of an excursion, sample by sample:
  START  --first grid cell complete-->                     REST
  REST   --force > level + on-->                           PRESS
  PRESS  --force < level + off-->                          FALL  (off: .6 on, or .25 height)
  PRESS  --flat where it is rest (shift.py)-->             settle, re-tare, REST
  FALL   --force > level + .5 height within SHORTEST_S-->  PRESS (a dip, not an end)
  FALL   --force > level + .5 height later-->              settle, PRESS
  FALL   --REST_S over-->                                  settle, re-tare, REST
  any    --gap, end of recording, tare asked for-->        settle as cut off
To settle is to look for holds in the samples between (candidates.py). The level stays as it is from
the start of an excursion to its end.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.core.events import (
    ContactEnded,
    ContactStarted,
    Event,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
)
from trainer.core.hold import Hold
from trainer.core.settings import DetectionSettings
from trainer.detect.aims import Aims
from trainer.detect.baseline import REST_S, SAME_REST_S, SEARCH_S, medians_of
from trainer.detect.candidates import Candidates
from trainer.detect.cells import Cells, cells_of
from trainer.detect.excursion import Excursion
from trainer.detect.history import History
from trainer.detect.lamp import Lamp
from trainer.detect.rest import RestLevel
from trainer.detect.segment import SHORTEST_S
from trainer.detect.shift import ShiftWatch
from trainer.detect.thresholds import GRID, Thresholds
from trainer.detect.unrest import Unrest

OFF_OF_ON: Final = 0.6
"""Hysteresis: an excursion ends below this share of the force that began it (measured)."""

OFF_OF_HEIGHT: Final = 0.25
"""... or of its height; above SPLIT_SHARE of a plateau half as high as the impact before it."""

AGAIN_OF_HEIGHT: Final = 0.5
"""A new excursion within the settling time must reach this share of the last one's height."""

FALLING_SHARE: Final = 0.02
"""Force that falls by more than this share of the height within half of REST_S is no rest yet: it
is let go within four seconds, as slow releases are that training asks for."""

LONGEST_FALL_S: Final = 3.0
"""... and for so long at most, below the end of the excursion."""

CONTEXT_S: Final = SEARCH_S + SAME_REST_S
"""Rest that is kept before an excursion, for its level and for a light press before it."""


class _State(Enum):
    START = auto()
    REST = auto()
    PRESS = auto()
    FALL = auto()


class HoldDetector:
    """Find holds in blocks of force; any cutting of the signal gives the same events."""

    def __init__(
        self,
        settings: DetectionSettings,
        rate_hz: float,
        mvc_n: float | None = None,
        aims: Aims | None = None,
    ) -> None:
        self._settings = settings
        self._aims = aims or Aims()
        self._rate_hz = rate_hz
        self._mvc_n = mvc_n
        self._context = round(CONTEXT_S * rate_hz)
        self._rest_samples = max(2, round(REST_S * rate_hz) + 1)
        self.reset()

    def reset(self) -> None:
        """Forget everything, as at the start."""
        self._limits = Thresholds(self._settings, self._rate_hz, self._mvc_n)
        self._rest = RestLevel(self._limits, self._rate_hz)
        self._shift = ShiftWatch(self._rest, self._limits, self._rate_hz)
        self._unrest = Unrest(self._settings.floor_n, self._rate_hz)
        self._lamp = Lamp(self._unrest, self._limits, self._rate_hz, self._settings.floor_n)
        self._history = History()
        self._candidates = Candidates(self._limits, self._rest, self._unrest, self._aims)
        self._events: list[Event] = []
        self._cells: tuple[str, ...] = ()
        self._run_index = 0
        self._start(_State.START)

    @property
    def levels_n(self) -> FloatArray | None:
        """Return the (cell + 1,) rest levels in newtons; None before the first samples."""
        return self._rest.levels_n

    @property
    def candidates(self) -> Sequence[Hold]:
        """Return every settled excursion that stands out of the noise, in order of time."""
        return self._candidates.holds

    def verdict(self) -> tuple[Hold, ...]:
        """Return the holds, judged by all that was found so far."""
        return self._candidates.verdict()

    def retare(self) -> None:
        """Take the next samples as the rest level; a press that is still on was none.

        It is asked for while the foot is relaxed, after it was put on the pad: that looks like a
        press which never ends.
        """
        if self._state is _State.FALL:
            self._end_run()
        elif self._state is _State.PRESS:
            now_s = self._history.newest_s
            self._go_out(now_s, HoldWithdrawn(now_s))
        self._start(_State.START)
        self._run_index = self._history.next_index

    def push(self, block: ForceBlock) -> tuple[Event, ...]:
        """Return what was found in the next block."""
        count = len(block.time_s)
        if count == 0:
            return ()
        if block.starts_run:
            self._end_run()
            self._cells = block.channels
            self._run_index = block.first_index
        start = self._on_index if self._is_excursion else block.first_index
        self._history.append(block, start - self._context)
        position = self._fill_cell(block, 0)
        whole = (count - position) // GRID
        if whole:
            self._take_cells(block, position, whole)
            position += GRID * whole
        self._fill_cell(block, position)
        return self._take_events() if self._events else ()

    def finish(self) -> tuple[Event, ...]:
        """Return what the end of the recording settles: a hold still on is cut off."""
        self._end_run()
        return self._take_events()

    @property
    def _is_excursion(self) -> bool:
        return self._state is _State.PRESS or self._state is _State.FALL

    def _take_events(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events

    def _start(self, state: _State) -> None:
        """Begin a run of samples."""
        self._history.clear()
        self._state = state
        self._height_n = 0.0
        self._on_index = 0
        self._on_s = 0.0
        self._off_index = 0
        self._off_s = 0.0
        self._rows: list[FloatArray] = []

    def _end_run(self) -> None:
        """Settle what a gap or the end cuts off; the level stays, the samples do not."""
        if self._is_excursion:
            end = self._history.next_index
            stop = end if self._state is _State.PRESS else self._off_index + 1
            self._settle(stop, end, is_cut=True)
        self._start(_State.START if self.levels_n is None else _State.REST)

    def _fill_cell(self, block: ForceBlock, position: int) -> int:
        """Take in samples up to the end of a cell that this block has a part of; return where."""
        offset = (block.first_index + position) % GRID
        count = len(block.time_s) - position
        if count == 0 or (offset == 0 and count >= GRID):
            return position
        stop = position + min(count, GRID - offset)
        rows = block.force_n[position:stop]
        force = rows[:, -1].tolist()
        if not self._is_quiet(min(force), max(force), float(block.time_s[stop - 1])):
            self._take_samples(block, position, force)
        self._rows.append(rows)
        if (block.first_index + stop) % GRID == 0:
            rows = np.concatenate(self._rows)
            self._rows.clear()
            self._end_part(block.first_index + stop, rows)
        return stop

    def _end_part(self, stop: int, rows_n: FloatArray) -> None:
        """Take a cell that several blocks had parts of; a run may begin within one."""
        if len(rows_n) == GRID:
            self._end_cell(stop, cells_of(rows_n), 0)
        elif self._state is _State.START and len(rows_n) > GRID // 2:
            self._begin_rest(rows_n)

    def _take_cells(self, block: ForceBlock, position: int, count: int) -> None:
        """Take in whole cells of the grid."""
        cells = cells_of(block.force_n[position : position + GRID * count])
        lows, highs = cells.lows_n, cells.highs_n
        index = 0
        while index < count:
            if self._state is _State.REST:
                index = self._follow(cells, index, count)
                if index == count:
                    return
            start = position + GRID * index
            stop = start + GRID
            if not self._is_quiet(lows[index], highs[index], float(block.time_s[stop - 1])):
                self._take_samples(block, start, block.force_n[start:stop, -1].tolist())
            self._end_cell(block.first_index + stop, cells, index)
            index += 1

    def _follow(self, cells: Cells, first: int, stop: int) -> int:
        """Let rest follow these cells; return the first that stands out of it."""
        aways_n = self._rest.follow(cells, first, stop)
        stop = first + len(aways_n)
        self._unrest.learn(cells.means_n[first:stop], aways_n)
        return stop

    def _end_cell(self, stop: int, cells: Cells, index: int) -> None:
        """Take a complete cell into the rest level, or look whether an excursion is rest."""
        if self._state is _State.REST:
            self._follow(cells, index, index + 1)
        elif self._state is _State.START:
            self._begin_rest(cells.rows_n[GRID * index : GRID * (index + 1)])
        else:
            self._rest.note_range(cells.lows_n[index], cells.highs_n[index])
            if self._state is _State.PRESS:
                self._look_for_shift(stop, cells.means_n[index], cells.highs_n[index])

    def _begin_rest(self, rows_n: FloatArray) -> None:
        # The median: nothing has yet vouched for the first samples.
        self._rest.start(medians_of(rows_n))
        self._state = _State.REST

    def _take_samples(self, block: ForceBlock, position: int, force_n: list[float]) -> None:
        stamps = block.time_s[position : position + len(force_n)].tolist()
        index = block.first_index + position
        for now_s, value in zip(stamps, force_n, strict=True):
            self._take_sample(index, now_s, value)
            index += 1

    def _is_quiet(self, low_n: float, high_n: float, last_s: float) -> bool:
        """Return whether samples within these limits, up to a time, change no state."""
        level_n = self._rest.level_n
        if self._state is _State.REST:
            return high_n <= level_n + self._limits.on_n
        if self._state is _State.START:
            return True
        if self._state is _State.FALL:
            is_over = last_s - self._off_s > REST_S
            return not is_over and high_n - level_n <= self._again_n()
        if not self._lamp.is_on:
            return False
        height_n = max(self._height_n, high_n - level_n)
        if low_n < level_n + self._off_n(height_n):
            return False
        self._height_n = height_n
        return True

    def _off_n(self, height_n: float) -> float:
        return max(OFF_OF_ON * self._limits.on_n, OFF_OF_HEIGHT * height_n)

    def _again_n(self) -> float:
        return max(self._limits.on_n, AGAIN_OF_HEIGHT * self._height_n)

    def _take_sample(self, index: int, now_s: float, force_n: float) -> None:
        if self._state is _State.FALL:
            self._wait_for_rest(now_s, index, force_n - self._rest.level_n)
        above_n = force_n - self._rest.level_n
        if self._state is _State.REST and above_n > self._limits.on_n:
            self._begin(now_s, index)
        if self._state is not _State.PRESS:
            return
        self._height_n = max(self._height_n, above_n)
        if not self._lamp.is_on:
            self._ask_lamp(now_s, above_n)
        if above_n < self._off_n(self._height_n):
            self._state = _State.FALL
            self._off_index, self._off_s = index, now_s
            self._go_out(now_s, HoldReleased(now_s))

    def _begin(self, now_s: float, index: int) -> None:
        self._state = _State.PRESS
        self._on_index, self._on_s = index, now_s
        self._height_n = 0.0
        self._shift.begin()
        self._candidates.begin(now_s)
        before_n = self._history.tail(self._lamp.window, index) - self._rest.level_n
        self._lamp.begin(before_n.tolist(), self._rest.return_n)

    def _ask_lamp(self, now_s: float, above_n: float) -> None:
        was_contact = self._lamp.is_contact
        self._lamp.take(above_n)
        if self._lamp.is_contact and not was_contact:
            self._events.append(ContactStarted(now_s))
        if self._lamp.is_on:
            self._events.append(self._started(now_s))

    def _go_out(self, now_s: float, lamp_event: HoldReleased | HoldWithdrawn) -> None:
        """Tell that contact and lamp, as far as they are on, are over."""
        if self._lamp.is_contact:
            self._events.append(ContactEnded(now_s))
        if self._lamp.is_on:
            self._events.append(lamp_event)

    def _started(self, now_s: float) -> HoldStarted:
        assert self.levels_n is not None
        return HoldStarted(now_s, self._on_s, tuple(self.levels_n.tolist()))

    def _wait_for_rest(self, now_s: float, index: int, above_n: float) -> None:
        is_again = above_n > self._again_n()
        if is_again and now_s - self._off_s < SHORTEST_S:
            self._state = _State.PRESS
            if self._lamp.is_contact:
                self._events.append(ContactStarted(now_s))
            if self._lamp.is_on:
                self._events.append(self._started(now_s))
        elif is_again:
            self._settle(self._off_index + 1, index + 1)
            self._begin(now_s, index)
        elif now_s - self._off_s > REST_S and not self._is_falling(now_s, index):
            cells_n = self._settle(self._off_index + 1, index + 1)
            self._retare_on(cells_n[max(self._off_index - index, -self._rest_samples) :])

    def _is_falling(self, now_s: float, index: int) -> bool:
        """Return whether the press is still being let go, slowly: then rest is yet to come."""
        if now_s - self._off_s > LONGEST_FALL_S:
            return False
        newest_n = self._history.tail(self._rest_samples, index + 1)
        half = len(newest_n) // 2
        fallen_n = float(newest_n[:half].mean() - newest_n[-half:].mean())
        return fallen_n > max(FALLING_SHARE * self._height_n, self._limits.noise_n)

    def _retare_on(self, cells_n: FloatArray) -> None:
        """Take (n, cell + 1) newtons as rest: the half of them that is nearer to the old level.

        The other one may hold the last of the fall, the next press, or toes that are lifted.
        """
        level_n = self._rest.level_n
        halves = [medians_of(half) for half in np.array_split(cells_n, 2)]
        self._rest.retare(min(halves, key=lambda levels_n: abs(float(levels_n[-1]) - level_n)))
        self._state = _State.REST

    def _look_for_shift(self, stop: int, mean_n: float, high_n: float) -> None:
        """Take a press that turns out to be a shifted rest level for rest."""
        if self._shift.is_rest(mean_n, high_n, self._height_n):
            first = stop - self._rest.flat_samples
            cells_n = self._settle(first, stop)
            self._retare_on(cells_n[first - stop :])

    def _settle(self, stop: int, end: int, *, is_cut: bool = False) -> FloatArray:
        """Report the holds up to `stop`, exclusive; return (n, cell + 1) newtons up to `end`."""
        assert self.levels_n is not None
        stretch = self._history.cut(self._on_index - self._context, end)
        excursion = Excursion(
            stretch,
            first=self._on_index - stretch.first_index,
            stop=stop - stretch.first_index,
            levels_n=self.levels_n,
            is_cut_before=stretch.first_index == self._run_index,
            is_cut_after=is_cut,
        )
        now_s = float(stretch.time_s[-1])
        if self._state is _State.PRESS and self._lamp.is_contact:
            self._events.append(ContactEnded(now_s))
        holds = self._candidates.settle(excursion, self._cells)
        self._events += [HoldSettled(now_s, hold) for hold in holds]
        if self._lamp.is_on and not holds:
            self._events.append(HoldWithdrawn(now_s))
        self._lamp.begin(())
        return stretch.cells_n
