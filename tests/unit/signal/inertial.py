"""Inertial signals with known angles: a board that tilts about its axes, a sensor with errors."""

import numpy as np
from scipy.spatial.transform import Rotation

from trainer.core.arrays import FloatArray
from trainer.core.block import Block
from trainer.core.packets import IMU_AXES, Stream, StreamInfo
from trainer.core.units import NEWTON_PER_KG, Unit

INFO = StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU)


def ramp(time_s: FloatArray, start_s: float, duration_s: float) -> FloatArray:
    """Return 0 before, 1 after, a half cosine between."""
    share = np.clip((time_s - start_s) / duration_s, 0.0, 1.0)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * share))


def lift(time_s: FloatArray, start_s: float, *, rise_s: float = 0.4) -> FloatArray:
    """Return a rise at the start, 2 s at 1, and a fall."""
    return ramp(time_s, start_s, rise_s) - ramp(time_s, start_s + rise_s + 2.0, 0.3)


def inertial(
    time_s: FloatArray, pitch_deg: FloatArray, roll_deg: FloatArray | float = 0.0
) -> FloatArray:
    """Return (n, 6) m/s2 and deg/s of a board that first pitches about left, then rolls."""
    roll = np.broadcast_to(roll_deg, pitch_deg.shape)
    attitude = Rotation.from_euler("YX", np.column_stack([pitch_deg, roll]), degrees=True)
    accel = attitude.inv().apply([0.0, 0.0, NEWTON_PER_KG])
    turned = (attitude[:-1].inv() * attitude[1:]).as_rotvec(degrees=True)
    half = turned / np.diff(time_s)[:, np.newaxis]
    # Turns of both steps beside a sample, so that none runs ahead of the acceleration.
    rates = 0.5 * (np.vstack([half[:1], half]) + np.vstack([half, half[-1:]]))
    return np.hstack([accel, rates])


def with_errors(data: FloatArray, seed: int = 1, noise: float = 1.0) -> FloatArray:
    """Return the signal with the offsets and the noise of a cheap sensor."""
    rng = np.random.default_rng(seed)
    offset = np.array([0.05, -0.04, 0.1, 0.8, -0.9, 0.4])
    spread = noise * np.repeat([0.01, 0.07], 3)
    return np.asarray(data + offset + spread * rng.standard_normal(data.shape))


def block_of(
    time_s: FloatArray, data: FloatArray, first_index: int = 0, *, starts_run: bool = True
) -> Block:
    """Return one block of an inertial stream."""
    quality = np.zeros(len(time_s), dtype=np.uint8)
    return Block(INFO, first_index, time_s, data, quality, starts_run)
