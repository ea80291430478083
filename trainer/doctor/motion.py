"""The inertial sensor: its rate, gravity and turning at rest, and its axes when it is tilted."""

from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.packets import CountsPacket, Status
from trainer.core.units import ACCEL_MS2_PER_COUNT, NEWTON_PER_KG, TURN_DPS_PER_COUNT, Unit
from trainer.doctor.checks import AXES, GRAVITY, GYRO, IMU_ALIVE, IMU_RATE, LEVEL
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.pace import measure_pace
from trainer.doctor.take import Take

GRAVITY_MS2: Final = NEWTON_PER_KG
GOOD_HZ: Final = (94.0, 115.0)
TILT_MS2: Final = 0.17 * GRAVITY_MS2
"""10 degrees: less is no tilt that was meant."""
ASIDE: Final = 0.5
"""The other axis may change by half as much: nobody tilts exactly."""

SKIPPED: Final = "nobody was asked to tilt the pad (see --help)"

_SCALES: Final = np.repeat([ACCEL_MS2_PER_COUNT, TURN_DPS_PER_COUNT], 3)


def motion_findings(rest: Take, tilt: Take | None) -> tuple[Finding, ...]:
    """Return what is found of an inertial stream; the tilt raises the heel end."""
    if len(rest.data) == 0:
        return (IMU_ALIVE.tell(Verdict.FAIL, "no samples"),)
    still = _in_units(rest)
    accel = np.median(still[:, :3], axis=0)
    pull_ms2 = float(np.linalg.norm(accel))
    turn_dps = np.abs(np.median(still[:, 3:], axis=0))
    return (
        _rate(rest),
        _alive(rest),
        GRAVITY.judge(abs(pull_ms2 - GRAVITY_MS2)),
        LEVEL.judge(_slope_deg(accel)),
        GYRO.judge(float(turn_dps.max()), "xyz"[int(turn_dps.argmax())]),
        _axes(accel, still, tilt),
    )


def _in_units(taken: Take) -> FloatArray:
    """Return (n, 6) m/s2 and degrees a second."""
    return taken.data * _SCALES if taken.info.unit is Unit.COUNTS else taken.data


def _rate(taken: Take) -> Finding:
    pace = measure_pace(taken)
    if pace is None:
        return IMU_RATE.unknown("too few samples")
    rate_hz = 1 / pace.period_s
    is_good = GOOD_HZ[0] <= rate_hz <= GOOD_HZ[1]
    return IMU_RATE.find(Verdict.OK if is_good else Verdict.WARN, rate_hz)


def _alive(taken: Take) -> Finding:
    frozen = [
        name for name, column in zip(taken.channels, taken.data.T, strict=True) if _same(column)
    ]
    states = [packet.status for packet in taken.packets if isinstance(packet, CountsPacket)]
    faults = sum(bool(state & Status.IMU_FAULT) for state in states)
    if frozen:
        return IMU_ALIVE.tell(Verdict.FAIL, f"frozen: {', '.join(frozen)}")
    if faults:
        return IMU_ALIVE.tell(Verdict.FAIL, f"tells of a fault in {faults} frames")
    return IMU_ALIVE.tell(Verdict.OK, "yes")


def _same(column: FloatArray) -> bool:
    return bool(np.ptp(column) == 0)


def _slope_deg(accel: FloatArray) -> float:
    """Return the angle between the z axis and up; 180 of a sensor without gravity."""
    pull_ms2 = float(np.linalg.norm(accel))
    if pull_ms2 == 0:
        return 180.0
    return float(np.degrees(np.arccos(np.clip(accel[2] / pull_ms2, -1.0, 1.0))))


def _axes(level: FloatArray, still: FloatArray, tilt: Take | None) -> Finding:
    if tilt is None or len(tilt.data) == 0:
        return AXES.unknown(SKIPPED)
    moved = _in_units(tilt)
    changes = moved[:, :3] - level
    at = int(np.argmax(np.hypot(changes[:, 0], changes[:, 1])))
    # A few samples about the largest tilt: a single one may be a knock.
    x_ms2, y_ms2, _ = np.median(changes[max(0, at - 2) : at + 3], axis=0)
    if max(abs(x_ms2), abs(y_ms2)) < TILT_MS2:
        return AXES.tell(
            Verdict.WARN, "no tilt was seen", "Raise the heel end by a hand's breadth."
        )
    if abs(y_ms2) > ASIDE * abs(x_ms2):
        return AXES.tell(Verdict.FAIL, f"y changes by {y_ms2:+.1f} m/s2, x by {x_ms2:+.1f}")
    if x_ms2 > 0:
        return AXES.tell(Verdict.FAIL, f"x rises by {x_ms2:.1f} m/s2: it points to the heel")
    turned_dps = moved[: at + 1, 4] - np.median(still[:, 4])
    if float(turned_dps.sum()) <= 0:
        return AXES.tell(Verdict.FAIL, "y turns backward: the gyroscope's axes are others")
    return AXES.tell(Verdict.OK, f"x falls by {-x_ms2:.1f} m/s2, y turns forward")
