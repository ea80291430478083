"""Guided presses and the tilt: which cell answers, its sign, and which way an axis points."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.unit.doctor.pads import Frames, Pad, added, bad_of, make_pad, on_counts
from trainer.core.arrays import CountArray, FloatArray
from trainer.core.packets import CountsPacket, Status
from trainer.core.units import ACCEL_MS2_PER_COUNT, NEWTON_PER_KG, TURN_DPS_PER_COUNT
from trainer.doctor.examine import NEEDS_REST, Evidence, examine
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.press import Press
from trainer.doctor.take import take

CELLS = ("hallux", "toes", "ball", "heel")
PER_N = (21_400, 21_400, 8_560, 8_560)


@pytest.fixture(scope="module")
def pad() -> Pad:
    return make_pad(3, 25.0)


def _pressed(pad: Pad, cell: int, force_n: float) -> Frames:
    def press(counts: CountArray, time_s: FloatArray) -> None:
        counts[time_s > 1, cell] += round(PER_N[cell] * force_n)

    return on_counts(press)(pad.frames[:40])


def _examined(
    pad: Pad, answers: dict[str, tuple[str, float]], *, is_calibrated: bool = True
) -> dict[str, Finding]:
    """Return the findings where pressing a cell makes another one, or itself, answer."""
    presses = tuple(
        Press(asked, take(pad.force, _pressed(pad, CELLS.index(answered), force_n)))
        for asked, (answered, force_n) in answers.items()
    )
    evidence = replace(pad.evidence(), presses=presses)
    if not is_calibrated:
        evidence = replace(evidence, calibration=None)
    return {found.id: found for found in examine(evidence)}


@pytest.mark.parametrize("is_calibrated", [True, False])
def test_right_presses_give_no_finding(pad: Pad, *, is_calibrated: bool) -> None:
    right = {cell: (cell, 15.0) for cell in CELLS}
    found = _examined(pad, right, is_calibrated=is_calibrated)
    assert bad_of(tuple(found.values())) == set()
    assert found["cells"].verdict is found["polarity"].verdict is Verdict.OK


@pytest.mark.parametrize("is_calibrated", [True, False])
def test_swapped_cells_are_told_by_their_names(pad: Pad, *, is_calibrated: bool) -> None:
    swapped = {cell: (cell, 15.0) for cell in CELLS}
    swapped |= {"hallux": ("toes", 15.0), "toes": ("hallux", 15.0)}
    found = _examined(pad, swapped, is_calibrated=is_calibrated)
    assert bad_of(tuple(found.values())) == {"cells"}
    assert found["cells"].shown == "toes answers for hallux, hallux answers for toes"


def test_a_cell_that_counts_down_is_told(pad: Pad) -> None:
    answers = {cell: (cell, 15.0 if cell != "ball" else -15.0) for cell in CELLS}
    found = _examined(pad, answers)
    assert bad_of(tuple(found.values())) == {"polarity"}
    assert found["polarity"].shown == "negative: ball"


def test_a_cell_that_does_not_answer_is_told(pad: Pad) -> None:
    found = _examined(pad, {cell: (cell, 15.0 if cell != "heel" else 0.5) for cell in CELLS})
    assert bad_of(tuple(found.values())) == {"answer"}
    assert found["answer"].shown == "no answer: heel"


def test_presses_that_nobody_was_asked_for_are_not_known(pad: Pad) -> None:
    found = {f.id: f for f in examine(pad.evidence())}
    told = {found[name].verdict for name in ("answer", "cells", "polarity", "axes")}
    assert told == {Verdict.UNKNOWN}


def _tilted(pad: Pad, to_x: float, to_y: float, turn_y: float = 1.0) -> Frames:
    """Return inertial frames in which the pad tilts by 20 degrees within two seconds."""
    edges = np.cumsum([0, *(len(frame.counts) for frame in pad.inertial[:100])])
    counts = np.concatenate([frame.counts for frame in pad.inertial[:100]])
    angle_rad = np.radians(20.0) * np.clip(np.arange(len(counts)) / 104 / 2, 0, 1)
    pull = NEWTON_PER_KG / ACCEL_MS2_PER_COUNT
    counts[:, 0] += np.rint(to_x * pull * np.sin(angle_rad)).astype(np.int32)
    counts[:, 1] += np.rint(to_y * pull * np.sin(angle_rad)).astype(np.int32)
    counts[:208, 4] += round(turn_y * 10.0 / TURN_DPS_PER_COUNT)
    return _with(pad.inertial[:100], counts, edges.tolist())


def _with(frames: Frames, counts: CountArray, edges: list[int]) -> Frames:
    return [
        replace(frame, counts=counts[start:stop])
        for frame, (start, stop) in zip(frames, pairwise(edges), strict=True)
    ]


@pytest.mark.parametrize(
    ("axes", "shown"),
    [
        ((-1.0, 0.0, 1.0), "x falls by"),
        ((1.0, 0.0, -1.0), "points to the heel"),
        ((0.0, -1.0, 0.0), "y changes by"),
        ((-1.0, 0.0, -1.0), "gyroscope's axes are others"),
        ((0.0, 0.0, 0.0), "no tilt was seen"),
    ],
    ids=["right", "backwards", "turned", "gyroscope", "no tilt"],
)
def test_the_tilt_tells_which_way_the_axes_point(
    pad: Pad, axes: tuple[float, float, float], shown: str
) -> None:
    tilt = take(pad.motion, _tilted(pad, *axes))
    found = {f.id: f for f in examine(replace(pad.evidence(), tilt=tilt))}
    assert shown in found["axes"].shown
    assert (found["axes"].verdict is Verdict.OK) is (shown == "x falls by")


def _still(pad: Pad, change: dict[int, float]) -> Frames:
    """Return inertial frames with counts added to columns."""

    def changed(frame: CountsPacket) -> CountsPacket:
        counts = frame.counts.copy()
        for column, added_counts in change.items():
            counts[:, column] += round(added_counts)
        return replace(frame, counts=counts)

    return [changed(frame) for frame in pad.inertial]


def _motion_bad(pad: Pad, frames: Frames) -> set[str]:
    evidence = pad.evidence()
    return bad_of(
        examine(Evidence(evidence.rest, take(pad.motion, frames), calibration=pad.calibration))
    )


def test_each_fault_of_the_inertial_sensor_is_named(pad: Pad) -> None:
    pull = NEWTON_PER_KG / ACCEL_MS2_PER_COUNT
    assert _motion_bad(pad, pad.inertial) == set()
    assert _motion_bad(pad, _still(pad, {2: -2 * pull})) == {"level"}
    assert _motion_bad(pad, _still(pad, {0: pull, 2: -pull})) == {"level"}
    assert _motion_bad(pad, _still(pad, {2: 0.1 * pull})) == {"gravity"}
    assert _motion_bad(pad, _still(pad, {3: 15 / TURN_DPS_PER_COUNT})) == {"gyro"}
    faulty = [replace(frame, status=Status.IMU_FAULT) for frame in pad.inertial]
    assert _motion_bad(pad, faulty) == {"imu_alive"}
    first = pad.inertial[0].counts
    assert _motion_bad(pad, [replace(f, counts=0 * f.counts + first[0]) for f in pad.inertial]) == {
        "imu_alive"
    }
    slow = [
        replace(f, tick_us=round((f.tick_us - pad.inertial[0].tick_us) % 2**32 * 2) % 2**32)
        for f in pad.inertial
    ]
    assert _motion_bad(pad, slow) == {"imu_rate"}
    assert _motion_bad(pad, []) == {"imu_alive"}


def test_a_drift_while_somebody_may_stand_on_it_is_not_judged(pad: Pad) -> None:
    frames = added(lambda s: 3.0 * s)(pad.frames)
    evidence = replace(replace(pad, frames=frames).evidence(), is_live=False, is_at_rest=False)
    found = {f.id: f for f in examine(evidence)}
    assert {check.id for check in NEEDS_REST} <= {
        f.id for f in found.values() if f.verdict is Verdict.UNKNOWN
    }
    assert "late" not in found
