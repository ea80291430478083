"""The calibration's share: in every newton's uncertainty where it is known, and said where not."""

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from calibration import Calibration, Record, identity
from tests.unit.app.weighing import CELLS, NOW, Kept, Pad, go_on, make_wizard
from trainer.app.calibrationshare import facts_of, share_out, tell
from trainer.core.hold import UNKNOWN, Hold, Uncertainty

OWN = Uncertainty(
    start_s=0.01, end_s=0.02, peak_n=0.3, plateau_n=0.2, mean_n=0.2, cv_pct=0.5, rfd_n_s=4.0,
    impulse_n_s=0.5, tremor_n=0.02, decrement_pct=1.0,
)  # fmt: skip

HOLD = Hold(
    start_s=1.0,
    end_s=3.0,
    peak_n=44.0,
    plateau_n=40.0,
    mean_n=39.0,
    cv_pct=2.0,
    rfd_n_s=150.0,
    impulse_n_s=78.0,
    best_half_second_n=41.0,
    tremor_n=0.2,
    heel_change_n=None,
    trunk_push_n=40.0,
    is_finished=True,
    is_saturated=False,
    lost_samples=0,
    rest_n=5.0,
    uncertainty=OWN,
    cell_changes_n=(25.0, 15.0),
    cell_rest_n=(3.0, 2.0),
)


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    record: Record = kept.records[0]
    return record.calibration


def plain(pct: float | None) -> Calibration:
    return replace(identity(CELLS), uncertainty_pct=pct, label="plain")


def test_the_share_of_a_plain_percentage_is_added_in_squares() -> None:
    [hold] = share_out([HOLD], plain(1.0))
    assert hold.combined.plateau_n == pytest.approx(math.hypot(0.2, 0.40))
    assert hold.combined.peak_n == pytest.approx(math.hypot(0.3, 0.44))
    assert hold.combined.impulse_n_s == pytest.approx(math.hypot(0.5, 0.39 * 2.0))
    assert hold.combined.rfd_n_s == pytest.approx(math.hypot(4.0, 1.5))
    assert hold.combined.tremor_n == pytest.approx(math.hypot(0.02, 0.002))


def test_what_a_gain_does_not_change_keeps_its_own_uncertainty() -> None:
    [hold] = share_out([HOLD], plain(5.0))
    for name in ("start_s", "end_s", "cv_pct", "decrement_pct"):
        assert getattr(hold.combined, name) == getattr(OWN, name)
    assert hold.uncertainty == OWN


def test_a_budget_gives_half_of_its_u_at_the_forces_of_the_hold(calibration: Calibration) -> None:
    [hold] = share_out([HOLD], calibration)
    expanded_n = calibration.expanded_sum_n(np.array([25.0, 15.0]), CELLS)
    assert hold.combined.plateau_n is not None
    assert expanded_n is not None
    share_n = math.sqrt(hold.combined.plateau_n**2 - 0.2**2)
    # k lies between that of a normal law and that of three degrees of freedom.
    assert expanded_n / 3.2 < share_n < expanded_n / 1.95


def test_without_a_budget_nothing_is_combined_and_the_page_says_so() -> None:
    [hold] = share_out([HOLD], plain(None))
    assert hold.combined == UNKNOWN
    assert hold.shown_uncertainty == OWN
    facts = facts_of(plain(None), [hold], NOW)
    assert not facts.is_known
    assert "calibration uncertainty not known" in tell(facts)


def test_a_hold_whose_own_uncertainty_is_not_known_gets_none_from_the_calibration() -> None:
    [hold] = share_out([replace(HOLD, uncertainty=UNKNOWN)], plain(1.0))
    assert hold.combined.plateau_n is None


@pytest.mark.parametrize(("rest_n", "is_beyond"), [(3.0, False), (70.0, True)])
def test_a_cell_with_more_on_it_than_was_ever_tried_is_extrapolated(
    calibration: Calibration, rest_n: float, is_beyond: bool
) -> None:
    [hold] = share_out([replace(HOLD, cell_rest_n=(rest_n, 2.0))], calibration)
    assert hold.is_extrapolated is is_beyond
    facts = facts_of(calibration, [hold], NOW)
    assert facts.is_extrapolated is is_beyond
    assert ("went beyond" in tell(facts)) is is_beyond


def test_u_is_told_at_three_forces_with_what_it_is_made_of(calibration: Calibration) -> None:
    facts = facts_of(calibration, [HOLD], NOW + timedelta(days=10))
    assert facts.range_n == pytest.approx(2 * 8 * 9.80665)
    forces_n = [one.force_n for one in facts.expanded]
    assert forces_n == pytest.approx([0.1 * 156.9064, 0.5 * 156.9064, 156.9064])
    assert [one.expanded_n for one in facts.expanded] == sorted(
        one.expanded_n for one in facts.expanded
    )
    assert facts.parts[0][0] == "gravity and scale"
    assert not any(char.isdigit() for name, _ in facts.parts for char in name)
    assert facts.is_due is False


def test_a_calibration_that_was_too_old_when_it_was_used_is_said_to_be(
    calibration: Calibration,
) -> None:
    facts = facts_of(calibration, [], NOW + timedelta(days=200))
    assert facts.is_due is True
    assert "too old" in tell(facts)
    assert facts_of(plain(1.0), [], NOW).is_due is None
