"""Holds: when force stands out of rest, and the settled hold once it is over.

States of an excursion, sample by sample:
  START  --first grid cell complete-->                     REST
  REST   --force > level + on-->                           PRESS
  PRESS  --force < level + off-->                          FALL  (off: .6 on, or .25 of the height)
  PRESS  --flat for FLAT_S, too low for a hold-->          settle, re-tare, REST  (a shifted level)
  FALL   --force > level + .5 height within SHORTEST_S-->  PRESS (a dip, not an end)
  FALL   --force > level + .5 height later-->              settle, PRESS
  FALL   --REST_S over-->                                  settle, re-tare, REST
  any    --gap, end of recording-->                        settle as cut off
To settle is to look for holds in the samples between (segment.py). The level stays as it is from the
start of an excursion to its end.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.block import ForceBlock
from trainer.core.events import Event, HoldReleased, HoldSettled, HoldStarted, HoldWithdrawn
from trainer.core.hold import Hold
from trainer.core.settings import DetectionSettings
from trainer.detect.history import History
from trainer.detect.measures import measure_hold
from trainer.detect.rest import GRID, RestLevel
from trainer.detect.segment import REST_S, SHORTEST_S, Excursion, find_spans
from trainer.detect.verdict import LEAST_SHARE, RECENT, is_hold, judge, typical_plateau_n

OFF_OF_ON: Final = 0.6
"""Hysteresis: an excursion ends below this share of the force that began it (measured)."""

OFF_OF_HEIGHT: Final = 0.25
"""... or of its height; above SPLIT_SHARE of a plateau half as high as the impact before it."""

AGAIN_OF_HEIGHT: Final = 0.5
"""A new excursion within the settling time must reach this share of the last one's height."""

CONTEXT_S: Final = 1.0
"""Rest that is kept before an excursion, for its level and for the foot of a slow rise."""


class _State(Enum):
    START = auto()
    REST = auto()
    PRESS = auto()
    FALL = auto()


class HoldDetector:
    """Find holds in blocks of force; any cutting of the signal gives the same events."""

    def __init__(
        self, settings: DetectionSettings, rate_hz: float, mvc_n: float | None = None
    ) -> None:
        self._settings = settings
        self._rate_hz = rate_hz
        self._mvc_n = mvc_n
        self._context = round(CONTEXT_S * rate_hz)
        self.reset()

    def reset(self) -> None:
        """Forget everything, as at the start."""
        self._rest = RestLevel(self._settings, self._rate_hz, self._mvc_n)
        self._history = History()
        self._candidates: list[Hold] = []
        self._events: list[Event] = []
        self.levels_n: FloatArray | None = None
        """(cell + 1,) rest levels in newtons; None before the first samples."""
        self._cells: tuple[str, ...] = ()
        self._start_run(_State.START)

    @property
    def candidates(self) -> Sequence[Hold]:
        """Return every settled excursion that stands out of the noise, in order of time."""
        return self._candidates

    def verdict(self) -> tuple[Hold, ...]:
        """Return the holds, judged by all that was found so far."""
        return judge(self._candidates)

    def expect_mvc(self, mvc_n: float) -> None:
        """Take a newly measured maximum into the thresholds."""
        self._rest.expect_mvc(mvc_n)

    def retare(self) -> None:
        """Take the next samples as the rest level, unless an excursion is going on."""
        if self._state is _State.REST:
            self._start_run(_State.START)

    def push(self, block: ForceBlock) -> tuple[Event, ...]:
        """Return what was found in the next block."""
        count = len(block.time_s)
        if count == 0:
            return ()
        if block.starts_run:
            self._end_run()
            self._cells = block.channels
        self._history.append(block)
        force = block.force_n[:, -1].tolist()
        position = 0
        while position < count:
            stop = min(count, position + GRID - (block.first_index + position) % GRID)
            self._take_part(block, position, force[position:stop])
            position = stop
        if self._state is _State.REST:
            self._history.forget_before(self._history.next_index - self._context)
        return self._take_events()

    def finish(self) -> tuple[Event, ...]:
        """Return what the end of the recording settles: a hold still on is cut off."""
        self._end_run()
        return self._take_events()

    def _take_events(self) -> tuple[Event, ...]:
        if not self._events:
            return ()
        events = tuple(self._events)
        self._events.clear()
        return events

    def _start_run(self, state: _State) -> None:
        self._state = state
        self._is_lamp_on = False
        self._height_n = 0.0
        self._on_index = 0
        self._off_index = 0
        self._off_s = 0.0
        self._cell: list[float] = []
        self._cell_sum: FloatArray | None = None

    def _end_run(self) -> None:
        """Settle what a gap or the end cuts off; the level stays, the samples do not."""
        stop = self._history.next_index
        if self._state in {_State.PRESS, _State.FALL}:
            last_s = self._history.time_at(stop - 1)
            self._settle(last_s, stop, is_open=self._state is _State.PRESS)
        self._history.clear()
        self._start_run(_State.START if self._rest.level_n is None else _State.REST)

    def _take_part(self, block: ForceBlock, position: int, force: list[float]) -> None:
        """Take in the samples of one grid cell, or the part of it that this block has."""
        is_quiet = self._state is _State.REST and max(force) <= self._rest.on_level_n
        if self._state is _State.PRESS and self._is_lamp_on:
            height = max(self._height_n, max(force) - self._rest.known_level_n)
            is_quiet = min(force) >= self._off_level_n(height)
            self._height_n = height if is_quiet else self._height_n
        if not is_quiet and self._state is not _State.START:
            for offset, value in enumerate(force):
                self._take_sample(block, position + offset, value)
        part = block.force_n[position : position + len(force)].sum(axis=0)
        self._cell = self._cell + force if self._cell else force
        self._cell_sum = part if self._cell_sum is None else self._cell_sum + part
        if (block.first_index + position + len(force)) % GRID == 0:
            self._end_cell(block.first_index + position + len(force))

    def _off_level_n(self, height_n: float) -> float:
        off = max(OFF_OF_ON * self._rest.on_n, OFF_OF_HEIGHT * height_n)
        return self._rest.known_level_n + off

    def _take_sample(self, block: ForceBlock, position: int, force_n: float) -> None:
        index = block.first_index + position
        if self._state is _State.FALL:
            self._wait_for_rest(float(block.time_s[position]), index, force_n)
        if self._state is _State.REST and force_n > self._rest.on_level_n:
            self._begin(index)
        if self._state is not _State.PRESS:
            return
        above = force_n - self._rest.known_level_n
        self._height_n = max(self._height_n, above)
        if not self._is_lamp_on and above > self._rest.lamp_n:
            self._is_lamp_on = True
            start_s = self._history.time_at(self._on_index)
            self._events.append(HoldStarted(float(block.time_s[position]), start_s))
        if force_n < self._off_level_n(self._height_n):
            self._state = _State.FALL
            self._off_index = index
            self._off_s = float(block.time_s[position])
            if self._is_lamp_on:
                self._events.append(HoldReleased(self._off_s))

    def _begin(self, index: int) -> None:
        self._state = _State.PRESS
        self._on_index = index
        self._height_n = 0.0

    def _wait_for_rest(self, now_s: float, index: int, force_n: float) -> None:
        again_n = max(self._rest.on_n, AGAIN_OF_HEIGHT * self._height_n)
        is_again = force_n > self._rest.known_level_n + again_n
        if is_again and now_s - self._off_s < SHORTEST_S:
            self._state = _State.PRESS
            if self._is_lamp_on:
                self._events.append(HoldStarted(now_s, now_s))
        elif is_again:
            self._settle(now_s, index, is_open=False)
            self._begin(index)
        elif now_s - self._off_s > REST_S:
            self._settle(now_s, index, is_open=False)
            self._retare_on(self._off_index + 1, index)

    def _retare_on(self, first: int, stop: int) -> None:
        """Take the median of the samples from `first` up to `stop` as the new level."""
        self._state = _State.REST
        self.levels_n = np.median(self._history.cut(first, stop).force_n, axis=0)
        self._rest.retare(float(self.levels_n[-1]))

    def _end_cell(self, stop: int) -> None:
        """Take a complete grid cell into the rest level, at rest only."""
        cell, self._cell = self._cell, []
        cell_sum, self._cell_sum = self._cell_sum, None
        assert cell_sum is not None
        mean = sum(cell) / len(cell)
        variance = sum((value - mean) ** 2 for value in cell) / max(1, len(cell) - 1)
        means = cell_sum / len(cell)
        if self._state is _State.START:
            if len(cell) > GRID // 2:
                self.levels_n = means
                self._rest.start(mean, variance)
                self._state = _State.REST
            return
        self._rest.note_range(min(cell), max(cell))
        if self._state is _State.REST:
            share = self._rest.follow(mean, variance)
            if share and self.levels_n is not None:
                self.levels_n = self.levels_n + share * (means - self.levels_n)
        elif self._state is _State.PRESS and self._is_shift(mean):
            now_s = self._history.time_at(stop - 1)
            self._off_index = stop - GRID
            self._settle(now_s, stop, is_open=False)
            self._retare_on(self._off_index, stop)

    def _is_shift(self, mean_n: float) -> bool:
        """Return whether the level moved up and stays, too low to be a hold."""
        away = mean_n - self._rest.known_level_n
        return away < LEAST_SHARE * self._rest.holds_level_n and self._rest.is_flat()

    def _settle(self, now_s: float, stop: int, *, is_open: bool) -> None:
        """Look for holds in the samples up to `stop` and report them."""
        stretch = self._history.cut(self._on_index - self._context, stop)
        end = stop if is_open else self._off_index + 1
        excursion = Excursion(
            stretch.time_s,
            stretch.force_n[:, -1],
            self._on_index - stretch.first_index,
            end - stretch.first_index,
            is_open,
        )
        is_found = False
        for span in find_spans(excursion, self._rest.least_n):
            hold = measure_hold(excursion, span, self._cells, stretch)
            typical_n = typical_plateau_n([*self._candidates[-RECENT:], hold])
            self._candidates.append(hold)
            if is_hold(hold, typical_n):
                is_found = True
                self._events.append(HoldSettled(now_s, hold))
                self._rest.expect(typical_n)
        if self._is_lamp_on and not is_found:
            self._events.append(HoldWithdrawn(now_s))
        self._is_lamp_on = False
