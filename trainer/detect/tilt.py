"""How far the foot was tilted at a time, and by how much a hold tilted it.

Angles are relative to the rest at the start, changes to the rest just before the hold: there the
accelerometer's offset, the mounting and a shifted posture drop out.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.hold import Hold

KEPT_S: Final = 900.0
"""Live memory: half as long again as the ten minutes that a hold may last."""

BESIDE_S: Final = (0.9, 0.35)
"""Rest beside a hold, before its start and after its end: the rise passes half of the plateau up to
0.35 s after it began (half of the slowest common rise, 0.7 s), and the hold before is past."""

FEWEST: Final = 3
"""Samples that make a median."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A block, with the last sample of the block before it in front."""

    time_s: FloatArray
    pitch_deg: FloatArray
    own: int
    """Position of the block's own first sample."""
    starts_run: bool


class TiltTrack:
    """Keep the pitch of the last `keep_s` seconds; infinity keeps a whole recording."""

    def __init__(self, keep_s: float = KEPT_S) -> None:
        self._keep_s = keep_s
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self._stretches: deque[_Stretch] = deque()
        self._kept_s = 0.0
        self._stepped_back = False

    def push(self, block: AttitudeBlock) -> None:
        """Take in a block."""
        if not len(block.time_s):
            return
        starts_run = block.starts_run or not self._stretches
        time_s, pitch_deg = block.time_s, block.pitch_deg
        if self._stretches and time_s[0] <= self._stretches[-1].time_s[-1]:
            self._stepped_back = True
        if not starts_run:
            last = self._stretches[-1]
            time_s = np.concatenate([last.time_s[-1:], time_s])
            pitch_deg = np.concatenate([last.pitch_deg[-1:], pitch_deg])
        stretch = _Stretch(time_s, pitch_deg, len(time_s) - len(block.time_s), starts_run)
        self._stretches.append(stretch)
        self._kept_s += _span_s(stretch)
        while self._kept_s > self._keep_s and len(self._stretches) > 1:
            self._kept_s -= _span_s(self._stretches.popleft())

    def pitch_at(self, time_s: FloatArray) -> FloatArray:
        """Return (n,) degrees relative to rest, between samples interpolated, NaN where unknown.

        Where the clock stepped back, a time means its last occurrence.
        """
        pitch_deg = np.full(len(time_s), np.nan)
        if not len(time_s):
            return pitch_deg
        first_s, last_s = float(time_s.min()), float(time_s.max())
        is_open = np.ones(len(time_s), np.bool_)
        # From the newest back: live the times asked about are the newest ones.
        for stretch in reversed(self._stretches):
            if stretch.time_s[-1] >= first_s and stretch.time_s[0] <= last_s:
                inside = is_open & (time_s >= stretch.time_s[0]) & (time_s <= stretch.time_s[-1])
                pitch_deg[inside] = np.interp(time_s[inside], stretch.time_s, stretch.pitch_deg)
                is_open &= ~inside
            is_past = not self._stepped_back and stretch.time_s[0] <= first_s
            if is_past or not is_open.any():
                break
        return pitch_deg

    def change_deg(self, hold: Hold) -> float | None:
        """Return the median pitch of the hold's middle half minus that of the rest beside it.

        The rest before it, and only where that is unknown the rest after it: so a hold that is
        asked about as soon as it is settled gets the same answer as later.
        """
        quarter_s = 0.25 * hold.duration_s
        held_deg = self._median_between(hold.start_s + quarter_s, hold.end_s - quarter_s)
        far_s, near_s = BESIDE_S
        rest_deg = self.rest_before_deg(hold.start_s)
        if rest_deg is None and hold.is_finished:
            rest_deg = self._median_between(hold.end_s + near_s, hold.end_s + far_s)
        return None if held_deg is None or rest_deg is None else held_deg - rest_deg

    def rest_before_deg(self, start_s: float) -> float | None:
        """Return the median pitch of the rest before a press that starts then; None if unknown."""
        far_s, near_s = BESIDE_S
        return self._median_between(start_s - far_s, start_s - near_s)

    def _median_between(self, first_s: float, last_s: float) -> float | None:
        """Return the median of the newest run that reaches into the span; None of too few."""
        pieces: list[FloatArray] = []
        for stretch in reversed(self._stretches):
            start = max(stretch.own, int(stretch.time_s.searchsorted(first_s)))
            stop = int(stretch.time_s.searchsorted(last_s, side="right"))
            pieces.append(stretch.pitch_deg[start:stop])
            if stretch.starts_run or stretch.time_s[0] < first_s:
                known_deg = np.concatenate(pieces)
                known_deg = known_deg[np.isfinite(known_deg)]
                if len(known_deg) >= FEWEST:
                    return float(np.median(known_deg))
                pieces = []
        return None


def _span_s(stretch: _Stretch) -> float:
    return float(stretch.time_s[-1] - stretch.time_s[0])
