"""The values that flow: units, holds, errors, and that nobody edits one."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from trainer.core import errors
from trainer.core.block import Quality
from trainer.core.cues import PressAsked
from trainer.core.hold import Hold
from trainer.core.packets import IMU_AXES, detected_columns
from trainer.core.snapshot import LinkState, Phase, Snapshot
from trainer.core.units import NEWTON_PER_KG, NEWTON_PER_LB, NEWTON_PER_UNIT, Unit

HOLD = Hold(
    start_s=2.5,
    end_s=4.0,
    peak_n=30.0,
    plateau_n=25.0,
    mean_n=24.0,
    cv_pct=2.0,
    rfd_n_s=100.0,
    impulse_n_s=36.0,
    best_half_second_n=27.0,
    tremor_n=0.1,
    heel_change_n=None,
    trunk_push_n=None,
    is_finished=True,
    is_saturated=False,
    lost_samples=0,
    rest_n=1.0,
)


def test_a_hold_lasts_from_crossing_to_crossing() -> None:
    assert HOLD.duration_s == 1.5


def test_a_pound_is_its_kilograms_under_standard_gravity() -> None:
    assert pytest.approx(0.45359237 * NEWTON_PER_KG, rel=1e-14) == NEWTON_PER_LB


def test_only_units_of_force_turn_into_newtons() -> None:
    assert set(NEWTON_PER_UNIT) == set(Unit) - {Unit.COUNTS, Unit.IMU}


def test_a_value_is_replaced_and_never_edited() -> None:
    for value in (HOLD, PressAsked(1.0, 1, None, 2.0), Snapshot()):
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, None)
    assert replace(Snapshot(), phase=Phase.WORK).phase is Phase.WORK


def test_a_snapshot_starts_without_a_target_or_a_fault() -> None:
    snapshot = Snapshot()
    assert snapshot.phase is Phase.READY
    assert snapshot.link == LinkState()
    assert (snapshot.target_low_n, snapshot.target_high_n, snapshot.mvc_n) == (None, None, None)


def test_the_marks_of_a_sample_are_told_apart() -> None:
    both = Quality.HELD | Quality.SATURATED
    assert Quality.HELD in both
    assert Quality.REJECTED not in both
    assert not Quality.GOOD


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.UsageError("x"), 2),
        (errors.SettingsError("x"), 2),
        (errors.RecordingError("x", errors.RecordingFault.EMPTY), 2),
        (errors.StorageError("x", errors.StorageFault.FULL), 1),
        (errors.SourceError("x", errors.SourceFault.LOST), 1),
    ],
)
def test_an_error_knows_the_exit_status_and_keeps_its_words(
    error: errors.TrainerError, status: int
) -> None:
    assert error.exit_status == status
    assert str(error) == "x"


@pytest.mark.parametrize(
    ("channels", "columns"),
    [
        (("ball", "hallux", "heel", "toes"), (1, 3)),
        (("toes", "force"), (0,)),
        (("heel", "force", "dome"), (1,)),
        (("heel", "dome"), (1,)),
        (("ball", "heel"), (0, 1)),
        (IMU_AXES, (0, 1, 2, 3, 4, 5)),
    ],
)
def test_the_detected_force_is_that_of_the_toes_where_there_are_any(
    channels: tuple[str, ...], columns: tuple[int, ...]
) -> None:
    assert detected_columns(channels) == columns
