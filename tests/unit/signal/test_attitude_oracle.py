"""Pitch and roll agree with VQF (Laidig and Seel 2023), on simulated lifts and on real walking."""

from pathlib import Path

import numpy as np
import pytest

from tests.unit.signal.inertial import INFO, block_of, inertial, lift, with_errors
from trainer.core.arrays import FloatArray
from trainer.core.packets import Stream, UnitPacket
from trainer.core.pad import ImuMounting
from trainer.signal.attitude import AttitudeFilter
from trainer.signal.mounting import mounting_matrix
from trainer.signal.rotations import levelling_of
from trainer.timing.assemble import Assembler

vqf = pytest.importorskip(
    "vqf", reason="NOT COMPARED WITH VQF: it is not installed, aarch64 has no wheel"
)

WALKING_HZ = 226.3

SHANK = ImuMounting(forward="+z", left="+y", up="-x")
"""At rest the shank's sensor reads (-9.8, -0.4, 0.1) m/s2."""


def vqf_pitch_roll(
    data: FloatArray, rate_hz: float, levelling: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return pitch and roll in degrees that VQF finds in (n, 6) m/s2 and deg/s."""
    turn_rad_s = np.ascontiguousarray(np.radians(data[:, 3:]))
    oracle = vqf.VQF(1.0 / rate_hz)
    w, x, y, z = oracle.updateBatch(turn_rad_s, np.ascontiguousarray(data[:, :3]))["quat6D"].T
    up = np.column_stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])
    forward, left, upright = levelling @ up.T
    pitch_deg = np.degrees(np.arctan2(-forward, np.hypot(left, upright)))
    return pitch_deg, np.degrees(np.arctan2(left, upright))


@pytest.mark.parametrize("rise_s", [0.15, 0.4, 1.0])
def test_simulated_lifts_agree_within_half_a_degree(rise_s: float) -> None:
    rate_hz = 104.0
    time_s = np.arange(round(60 * rate_hz)) / rate_hz
    # Rest first, for VQF takes twenty seconds to learn the bias.
    starts = np.arange(25.0, 55.0, 5.0)
    lifted = sum((lift(time_s, start, rise_s=rise_s) for start in starts), np.zeros_like(time_s))
    data = with_errors(inertial(time_s, 8.0 * lifted, 3.0 * lifted))
    found = AttitudeFilter(ImuMounting(), rate_hz).push(block_of(time_s, data))
    pitch_deg, roll_deg = vqf_pitch_roll(
        data, rate_hz, levelling_of(data[: round(rate_hz), :3].mean(0))
    )
    settled = time_s > 22.0
    for ours_deg, theirs_deg in ((found.pitch_deg, pitch_deg), (found.roll_deg, roll_deg)):
        apart_deg = (ours_deg - theirs_deg)[settled]
        assert np.abs(apart_deg - np.median(apart_deg)).max() < 0.5


@pytest.mark.parametrize(
    ("name", "mounting", "median_deg", "most_deg"),
    [("foot", ImuMounting(), 8.0, 16.0), ("shank", SHANK, 3.0, 8.0)],
)
def test_real_walking_agrees_within_what_its_gaps_allow(
    data_folder: Path, name: str, mounting: ImuMounting, median_deg: float, most_deg: float
) -> None:
    table = np.loadtxt(data_folder / "imu" / f"{name}.csv", delimiter=",", skiprows=1)
    time_s, data = table[:, 0], table[:, 1:]
    assembler = Assembler(INFO)
    assembled = assembler.push([UnitPacket(Stream.IMU, time_s, data, 0.0)])
    watcher = AttitudeFilter(mounting, WALKING_HZ)
    blocks = [watcher.push(block) for block in assembled.blocks]
    assert len(blocks) > 20
    ours_s = np.concatenate([block.time_s for block in blocks])
    ours_deg = np.concatenate([block.pitch_deg for block in blocks])
    # VQF knows no gaps: it gets straight lines across them, 25 to 180 ms long.
    grid_s = np.arange(time_s[0], time_s[-1], 1.0 / WALKING_HZ)
    even = np.column_stack([np.interp(grid_s, time_s, column) for column in data.T])
    axes = mounting_matrix(mounting)
    even = np.hstack([even[:, :3] @ axes.T, even[:, 3:] @ axes.T])
    is_rest = grid_s < time_s[0] + 1.0
    theirs_deg, _ = vqf_pitch_roll(even, WALKING_HZ, levelling_of(even[is_rest, :3].mean(0)))
    apart_deg = ours_deg - np.interp(ours_s, grid_s, theirs_deg)
    apart_deg = np.abs(apart_deg[np.isfinite(apart_deg)])
    assert len(apart_deg) > 3400
    assert theirs_deg.max() - theirs_deg.min() > 40.0
    assert float(np.median(apart_deg)) < median_deg
    assert float(np.percentile(apart_deg, 95)) < most_deg
