"""The inertial sensor on the simulated foot: it rises with the calf, sways, and speaks in frames.

Its converter has its own clock, offsets and noise; it knows the presses, never a detector.
"""

from collections.abc import Callable

import numpy as np

from trainer.core.arrays import CountArray, FloatArray
from trainer.core.packets import CountsPacket, Status, Stream
from trainer.core.units import ACCEL_MS2_PER_COUNT, NEWTON_PER_KG, TURN_DPS_PER_COUNT
from trainer.sources.sim.bands import Band
from trainer.sources.sim.config import ImuConfig, SimConfig
from trainer.sources.sim.faults import Occasions
from trainer.sources.sim.press import Press
from trainer.sources.sim.stance import ONE_LEG

Alone = Callable[[FloatArray], FloatArray | float]

CHUNK = 1024
"""Samples of sway and noise computed at once, 10 s of them."""

EDGE_S = 0.002
"""Turns are differences of angles so far to either side."""

LIMIT = 2**15 - 1
"""End of a count of 16 bits."""


class ImuStream:
    """Makes frames up to a stream time; depends on the config and on the presses alone."""

    def __init__(self, config: SimConfig, imu: ImuConfig) -> None:
        # The eighth of the streams of random numbers: the pad's own are left as they are.
        seed = np.random.SeedSequence(config.seed).spawn(8)[7]
        self._rng = np.random.default_rng(seed)
        self._config = config
        self._imu = imu
        self._sways = [Band(self._rng, 0.05, 1.0) for _ in range(2)]
        accel, turn = imu.accel_offset_ms2, imu.turn_bias_dps
        offsets = np.repeat([accel, turn], 3) * self._rng.standard_normal(6)
        self._offset_counts = offsets / _UNITS
        self._noise_counts = np.repeat([imu.accel_noise_ms2, imu.turn_noise_dps], 3) / _UNITS
        self._lost = Occasions(config.faults.lost_per_frame, self._rng)
        self._rows = np.empty((0, 10))
        self._first = 0
        self._frame = 0
        self._dropped = 0

    def frames_until(
        self, now_s: float, presses: list[Press], alone: Alone = lambda _time_s: 0.0
    ) -> list[CountsPacket]:
        """Return the frames that are complete by then; presses are those under way since the last.

        `alone` tells of (n,) times how much of a stance on one leg there is, 0 to 1.

        Times must not step back.
        """
        packets: list[CountsPacket] = []
        size = self._imu.frame_samples
        while (self._frame * size + size - 1) / self._imu.rate_hz <= now_s:
            packet = self._make(self._frame * size, size, presses, alone)
            if packet is not None:
                packets.append(packet)
        return packets

    def _make(
        self, first: int, count: int, presses: list[Press], alone: Alone
    ) -> CountsPacket | None:
        counts = self._convert(first, count, presses, alone)
        frame = self._frame
        self._frame += 1
        if self._lost.within(frame, 1):
            self._dropped += 1
            return None
        return CountsPacket(
            stream=Stream.IMU,
            seq=(self._config.start_seq + frame) % 2**16,
            tick_us=(self._config.start_tick_us + round(1e6 * first / self._imu.rate_hz)) % 2**32,
            period_us16=round(16e6 / self._imu.rate_hz),
            dropped_total=self._dropped % 2**16,
            status=Status.OK,
            counts=counts,
            arrival_s=0.0,
        )

    def _convert(self, first: int, count: int, presses: list[Press], alone: Alone) -> CountArray:
        rows = self._take(first, count)
        time_s = np.arange(first, first + count) / self._imu.rate_hz
        unsteadier = 1.0 + (ONE_LEG - 1.0) * np.reshape(alone(time_s), (-1, 1))
        rows = np.column_stack((unsteadier * rows[:, :4], rows[:, 4:]))
        pitches = [rows[:, 0], rows[:, 1]]
        for press in presses:
            if press.start_s - EDGE_S < time_s[-1] and press.end_s + EDGE_S > time_s[0]:
                height_deg = self._height_deg(press)
                for side, edge_s in enumerate((-EDGE_S, EDGE_S)):
                    share = press.force(time_s + edge_s) / press.level_n
                    pitches[side] = pitches[side] + height_deg * share
        readings = _readings(pitches[0], pitches[1], rows[:, 2], rows[:, 3])
        counts = readings / _UNITS + self._offset_counts + self._noise_counts * rows[:, 4:]
        whole: CountArray = np.clip(np.rint(counts), -LIMIT - 1, LIMIT).astype(np.int32)
        return whole

    def _height_deg(self, press: Press) -> float:
        """Return by how much the heel rises in a press: with the calf's moment, else hardly."""
        raised_deg = self._imu.rise_deg_per_nm * press.intent.extra_moment_nm
        return raised_deg + self._imu.clean_deg

    def _take(self, first: int, count: int) -> FloatArray:
        """Return rows of pitch and roll before and after each sample, and six columns of noise."""
        while first + count > self._first + len(self._rows):
            begin = self._first + len(self._rows)
            kept = self._rows[max(0, first - self._first) :]
            self._first = begin - len(kept)
            time_s = np.arange(begin, begin + CHUNK) / self._imu.rate_hz
            columns = [
                self._imu.sway_deg * sway.at(time_s + edge_s)
                for sway in self._sways
                for edge_s in (-EDGE_S, EDGE_S)
            ]
            noise = self._rng.standard_normal((CHUNK, 6))
            self._rows = np.concatenate((kept, np.column_stack((*columns, noise))))
        return self._rows[first - self._first : first - self._first + count]


_UNITS = np.repeat([ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT], 3)


def _readings(
    pitch_before: FloatArray,
    pitch_after: FloatArray,
    roll_before: FloatArray,
    roll_after: FloatArray,
) -> FloatArray:
    """Return (n, 6) m/s2 and deg/s of a foot at these degrees EDGE_S before and after a sample."""
    pitch = np.radians((pitch_before + pitch_after) / 2)
    roll = np.radians((roll_before + roll_after) / 2)
    pitch_dps = (pitch_after - pitch_before) / (2 * EDGE_S)
    roll_dps = (roll_after - roll_before) / (2 * EDGE_S)
    return np.column_stack(
        (
            -NEWTON_PER_KG * np.sin(pitch),
            NEWTON_PER_KG * np.cos(pitch) * np.sin(roll),
            NEWTON_PER_KG * np.cos(pitch) * np.cos(roll),
            roll_dps,
            pitch_dps * np.cos(roll),
            -pitch_dps * np.sin(roll),
        )
    )
