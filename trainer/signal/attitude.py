"""Inertial samples to pitch, roll and turning of the foot, by a complementary filter in space.

Rules:
- Axes: x forward (toes), y left, z up; a turn is positive by the right hand about its axis, so a
  heel that rises pitches up and a left edge that rises rolls up. At rest the accelerometer reads
  +9.81 m/s2 along up.
- The turns alone carry the accelerometer's readings into one frame that stands still; there they
  are averaged exponentially over TIME_CONSTANT_S, and the mean is carried back: the upward
  direction. For small angles this is the complementary filter a (angle + turn x step) + (1 - a)
  tilt, a = .99 at 100 Hz, yet it is right for any angle and linear in the readings, so that a
  block costs a few products of arrays.
- The step is that of the stamps. A lost sample counts with the values it was held at.
- A second of rest, stillness.py, gives the gyroscope's bias and the zero of the angles, which takes
  the accelerometer's offset and the mounting's tilt with it. Before, the angles are NaN.
- A gap of up to CARRIED_S is one step, turned through at the mean of the turns beside it; nothing
  is put into it. A longer one starts the average anew from its first sample. Bias and zero stay.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import lfilter

from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import Block
from trainer.core.pad import ImuMounting
from trainer.core.units import ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT, Unit
from trainer.signal.mounting import mounting_matrix
from trainer.signal.rotations import chained, turned_back, turned_by, turns_by
from trainer.signal.stillness import Stillness

TIME_CONSTANT_S: Final = 1.0
"""Of the average. On simulated heel rises 0.25, 0.5, 1 and 2 s err by 0.019, 0.016, 0.013 and 0.011
deg rms, by 0.044, 0.029, 0.017 and 0.011 where the sensor is 12 cm from the axis; a bias that has
drifted by 0.1 deg/s since the last rest tilts by 0.1 deg for each second of it."""

CARRIED_S: Final = 0.25
"""Real walking with gaps of 25 to 180 ms then agrees with VQF within 13 deg (95 %); begun anew from
the first sample after each gap, which tells little in a swing, within 79 deg."""

PIECE: Final = 16_384
"""Samples of a long block worked on at a time: what is in between then stays in the cache, and no
product is so large that the library starts threads for it, which then wait for each other. A whole
recording takes half the time (measured on x86)."""


class AttitudeFilter:
    """Blocks of an inertial stream to attitude; raw counts are taken as those of our own node."""

    def __init__(self, mounting: ImuMounting, rate_hz: float) -> None:
        axes = mounting_matrix(mounting)
        self._scales = {
            Unit.IMU: (axes, axes),
            Unit.COUNTS: (ACCEL_MS2_PER_COUNT * axes, TURN_DPS_PER_COUNT * axes),
        }
        self._kept = math.exp(-1 / (TIME_CONSTANT_S * rate_hz))
        self._rate_hz = rate_hz
        self.reset()

    def reset(self) -> None:
        """Forget everything, bias and zero too, as at the start."""
        self._stillness = Stillness(self._rate_hz)
        self._start_ms2: FloatArray | None = None
        self._last: _Last | None = None

    def push(self, block: Block) -> AttitudeBlock:
        """Return the block's attitude."""
        pitch_deg, roll_deg = tilts_deg = np.full((2, len(block.time_s)), np.nan)
        to_accel, to_turn = self._scales[block.info.unit]
        accel_ms2, turn_dps = np.empty((2, len(block.time_s), 3))
        if len(block.time_s):
            last = self._last
            is_step = last is not None and 0 < block.time_s[0] - last.time_s <= CARRIED_S
            if block.starts_run and not is_step:
                self._start_ms2 = self._last = None
        for first in range(0, len(block.time_s), PIECE):
            part = slice(first, first + PIECE)
            np.matmul(block.data[part, :3], to_accel.T, out=accel_ms2[part])
            np.matmul(block.data[part, 3:], to_turn.T, out=turn_dps[part])
            index, time_s = block.first_index + first, block.time_s[part]
            self._tilt(index, time_s, accel_ms2[part], turn_dps[part], tilts_deg[:, part])
        return AttitudeBlock(
            block.first_index,
            block.time_s,
            pitch_deg,
            roll_deg,
            turn_dps,
            accel_ms2,
            block.quality,
            block.starts_run,
        )

    def _tilt(
        self,
        first_index: int,
        time_s: FloatArray,
        accel_ms2: FloatArray,
        turn_dps: FloatArray,
        tilts_deg: FloatArray,
    ) -> None:
        """Take the bias off (n, 3) turns, and fill in (2, n) pitch and roll where known."""
        rest = self._stillness.push(first_index, accel_ms2, turn_dps)
        turn_dps -= rest.bias_dps
        if rest.start_ms2 is not None:
            self._start_ms2 = rest.start_ms2
        if rest.known_from is not None and rest.known_from < len(time_s):
            known = slice(rest.known_from, None)
            up = self._average(time_s[known], accel_ms2[known], turn_dps[known])
            tilts_deg[:, known] = _tilts(up @ rest.levelling.T)

    def _average(
        self, time_s: FloatArray, accel_ms2: FloatArray, turn_dps: FloatArray
    ) -> FloatArray:
        """Return the (n, 3) upward direction in the axes of each sample, and remember the last."""
        last = self._last
        if last is None:
            start_ms2 = accel_ms2[0] if self._start_ms2 is None else self._start_ms2
            last = _Last(start_ms2, turn_dps[0], float(time_s[0]))
        step_s = np.diff(time_s, prepend=last.time_s)[:, np.newaxis]
        before_dps = np.vstack([last.turn_dps, turn_dps[:-1]])
        turned = chained(turns_by(np.radians(0.5 * (turn_dps + before_dps)) * step_s))
        kept = self._kept
        carried = turned_by(turned, accel_ms2)
        mean, _ = lfilter([1 - kept], [1, -kept], carried, axis=0, zi=[kept * last.up_ms2])
        up = turned_back(turned, mean)
        self._last = _Last(up[-1], turn_dps[-1], float(time_s[-1]))
        return up


@dataclass(frozen=True, slots=True)
class _Last:
    """The average after the last sample, and what the next step starts from."""

    up_ms2: FloatArray
    """(3,) in the axes of the last sample"""
    turn_dps: FloatArray
    """(3,)"""
    time_s: float


def _tilts(up: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return pitch and roll in degrees from (n, 3) upward directions in the foot's axes."""
    forward, left, upright = up.T
    pitch_deg = np.degrees(np.arctan2(-forward, np.hypot(left, upright)))
    return np.asarray(pitch_deg), np.asarray(np.degrees(np.arctan2(left, upright)))
