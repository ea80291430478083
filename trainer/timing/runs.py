"""Rows of samples to blocks on an unbroken index: losses held, gaps cut, both reported."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from trainer.core.arrays import FlagArray, FloatArray, IndexArray
from trainer.core.block import Block, Quality
from trainer.core.events import Event, FramesDropped, GapFound, SamplesLost
from trainer.core.packets import StreamInfo


@dataclass(frozen=True, slots=True)
class Rows:
    """Samples that did arrive, with what is missing before each of them."""

    time_s: FloatArray
    """(n,) stamps, at least one; rising except where a jump is 0"""
    data: FloatArray
    """(n, channel)"""
    quality: FlagArray
    """(n,) Quality bits"""
    jumps: IndexArray | None = None
    """(n,) periods since the row before: 1 = none lost, 0 = a gap or a new clock; None = all 1"""
    dropped: tuple[tuple[int, int], ...] = ()
    """(row, frames dropped before it)"""


class RunBuilder:
    """Keeps the index, the last sample and the counts of what was missing."""

    def __init__(self, info: StreamInfo) -> None:
        self._info = info
        self._index = 0
        self._last_s: float | None = None
        self._last_row: FloatArray = np.zeros((1, len(info.channels)))
        self._clock_start_s = 0.0
        self._past_clocks_s = 0.0
        self.lost_samples = 0
        """Samples held in place of lost ones."""
        self.gaps = 0
        """Gaps and new clocks."""

    @property
    def newest_s(self) -> float | None:
        """Return the newest stamp; None before the first row."""
        return self._last_s

    @property
    def duration_s(self) -> float:
        """Return the seconds from the first stamp to the last, gaps included, clocks summed."""
        now_s = self._clock_start_s if self._last_s is None else self._last_s
        return self._past_clocks_s + now_s - self._clock_start_s

    def push(self, rows: Rows) -> tuple[tuple[Block, ...], tuple[Event, ...]]:
        """Return one block per run that the rows touch, and what was missing, in their order."""
        starts_run = self._last_s is None
        if starts_run:
            self._clock_start_s = float(rows.time_s[0])
        if rows.jumps is None and not rows.dropped:
            block = self._block(rows.time_s, rows.data, rows.quality, starts_run=starts_run)
            self._remember(rows)
            return (block,), ()
        jumps = np.ones(rows.time_s.shape, np.intp) if rows.jumps is None else rows.jumps.copy()
        before_s = np.concatenate(([self._last_s or 0.0], rows.time_s[:-1]))
        if starts_run:
            jumps[0] = 1
        filled, ends = self._hold_lost(rows, jumps, before_s)
        events = self._events(rows, jumps, before_s)
        cuts = [int(ends[row]) for row in np.flatnonzero(jumps == 0)]
        edges = sorted({0, *cuts, filled.time_s.shape[0]})
        blocks = tuple(
            self._block(
                filled.time_s[start:end],
                filled.data[start:end],
                filled.quality[start:end],
                starts_run=start in cuts or (start == 0 and starts_run),
            )
            for start, end in pairwise(edges)
        )
        self._remember(rows)
        return blocks, events

    def _block(
        self, time_s: FloatArray, data: FloatArray, quality: FlagArray, *, starts_run: bool
    ) -> Block:
        block = Block(self._info, self._index, time_s, data, quality, starts_run)
        self._index += time_s.shape[0]
        return block

    def _remember(self, rows: Rows) -> None:
        self._last_s = float(rows.time_s[-1])
        self._last_row = rows.data[-1:]

    def _hold_lost(
        self, rows: Rows, jumps: IndexArray, before_s: FloatArray
    ) -> tuple[Rows, IndexArray]:
        """Return the rows with held ones evenly between, and each row's new place."""
        repeats = np.maximum(jumps, 1)
        ends = np.cumsum(repeats) - 1
        owner = np.repeat(np.arange(repeats.shape[0], dtype=np.intp), repeats)
        step = np.arange(owner.shape[0], dtype=np.intp) - ends[owner] + repeats[owner]
        is_held = step < repeats[owner]
        time_s = before_s[owner] + (rows.time_s - before_s)[owner] * (step / repeats[owner])
        time_s[ends] = rows.time_s
        data = np.concatenate((self._last_row, rows.data))[np.where(is_held, owner, owner + 1)]
        held = np.uint8(Quality.HELD)
        quality = np.where(is_held, held, rows.quality[owner])
        return Rows(time_s, data, quality), ends

    def _events(self, rows: Rows, jumps: IndexArray, before_s: FloatArray) -> tuple[Event, ...]:
        """Return the events in the order of their rows, the cause before its effect."""
        dropped = dict(rows.dropped)
        events: list[Event] = []
        for row in sorted({*dropped, *np.flatnonzero(jumps != 1).tolist()}):
            at_s, last_s, jump = float(rows.time_s[row]), float(before_s[row]), int(jumps[row])
            if row in dropped:
                events.append(FramesDropped(at_s, dropped[row]))
            if jump == 0:
                events.append(GapFound(last_s, at_s))
                self._count_gap(last_s, at_s)
            elif jump > 1:
                events.append(SamplesLost(last_s + (at_s - last_s) / jump, jump - 1))
                self.lost_samples += jump - 1
        return tuple(events)

    def _count_gap(self, last_s: float, at_s: float) -> None:
        self.gaps += 1
        if at_s <= last_s:
            self._past_clocks_s += last_s - self._clock_start_s
            self._clock_start_s = at_s
