"""Bad readings are refused by their reason, and what to repeat is named."""

from dataclasses import replace

import numpy as np
import pytest

from calibration import Phase, Reading, Refusal, RefusedError, fit
from tests.unit.calibration.bench import GAINS, LOADS, MIX, SETUP, of_phase, readings


def refused(found: list[Reading]) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        fit(SETUP, found)
    return caught.value


def test_good_readings_are_taken() -> None:
    fit(SETUP, readings(noise=100.0))
    fit(SETUP, readings(cycles=2, loads=LOADS[:3]))


def test_two_masses_are_too_few() -> None:
    error = refused(readings(loads=LOADS[:2]))
    assert error.reason is Refusal.FEW_MASSES
    assert "Add masses" in str(error)


def test_without_the_way_down_there_is_no_hysteresis() -> None:
    error = refused([r for r in readings() if r.phase is not Phase.DOWN])
    assert error.reason is Refusal.NO_DOWN


def test_one_cycle_does_not_show_what_repeats() -> None:
    error = refused(readings(cycles=1))
    assert error.reason is Refusal.ONE_CYCLE
    assert "Do another cycle" in str(error)


def test_a_cycle_needs_its_zero_before_and_after() -> None:
    found = readings()
    del found[of_phase(found, Phase.UNLOADED)[3]]
    error = refused(found)
    assert error.reason is Refusal.NO_ZERO
    assert "'hallux', cycle 2" in str(error)


def test_a_cell_that_was_never_loaded_leaves_crosstalk_unknown() -> None:
    error = refused([r for r in readings() if r.place == "hallux"])
    assert error.reason is Refusal.NOT_LOADED
    assert "'toes'" in str(error)


def test_no_readings_at_all_are_refused() -> None:
    assert refused([]).reason is Refusal.NOT_LOADED


@pytest.mark.parametrize("change", [{"place": "heel"}, {"weights": ("7 kg",)}])
def test_an_unknown_name_is_told(change: dict[str, str]) -> None:
    found = readings()
    found[3] = replace(found[3], **change)  # type: ignore[arg-type]  # one field or the other
    error = refused(found)
    assert error.reason is Refusal.UNKNOWN
    assert error.readings == (3,)


def test_a_reading_of_another_pad_is_told() -> None:
    found = readings()
    found[2] = replace(found[2], mean_counts=(1.0,))
    assert refused(found).reason is Refusal.UNKNOWN


def test_saturated_readings_are_refused() -> None:
    found = readings()
    found[4] = replace(found[4], mean_counts=(999_950.0, 0.0))
    error = refused(found)
    assert error.reason is Refusal.SATURATED
    assert error.readings == (4,)


def test_a_reading_while_something_moved_is_refused() -> None:
    found = readings()
    found[5] = replace(found[5], spread_counts=(100.0, 900.0))
    error = refused(found)
    assert error.reason is Refusal.NOT_STILL
    assert error.readings == (5,)


def test_a_dead_cell_is_named() -> None:
    error = refused(readings(gains=np.array([4000.0, 0.0])))
    assert error.reason is Refusal.NO_ANSWER
    assert "'toes'" in str(error)
    assert "wires" in str(error)


def test_swapped_cells_are_named() -> None:
    error = refused(readings(mix=MIX[::-1]))
    assert error.reason is Refusal.SWAPPED
    assert "channel 'toes' answers by" in str(error)


def test_a_load_on_the_wrong_cell_is_named() -> None:
    # All that should have stood on the toes stood on the hallux.
    right = readings(noise=0.0)
    wrong = [replace(r, place="toes") for r in right if r.place == "hallux"]
    error = refused([r for r in right if r.place == "hallux"] + wrong)
    assert error.reason is Refusal.SWAPPED
    assert "stood on the other cell" in str(error)


def test_a_reversed_polarity_is_named() -> None:
    error = refused(readings(gains=GAINS * [1, -1]))
    assert error.reason is Refusal.POLARITY
    assert "green and white" in str(error)


def test_a_run_that_does_not_rise_names_both_readings() -> None:
    def hangs(force_n: float, reading: Reading) -> float:
        return -90.0 if reading.cycle == 2 and force_n > 90 else 0.0

    error = refused(readings(shift_n=hangs))
    assert error.reason is Refusal.NOT_MONOTONE
    assert len(error.readings) == 2


@pytest.mark.parametrize("index", [3, 11, 17, 33])
def test_one_reading_off_the_line_is_named(index: int) -> None:
    found = readings()
    assert found[index].phase in (Phase.UP, Phase.DOWN)
    own = SETUP.cells.index(found[index].place)
    counts = np.array(found[index].mean_counts)
    counts[own] += 1.0 * GAINS[own]
    found[index] = replace(found[index], mean_counts=tuple(counts))
    error = refused(found)
    assert error.reason is Refusal.OUTLIER
    assert error.readings == (index,)


def test_cells_that_move_as_one_are_refused() -> None:
    error = refused(readings(mix=np.array([[1.0, 0.8], [0.8, 1.0]])))
    assert error.reason is Refusal.CONDITION
    assert "condition 9.0" in str(error)


def test_cells_of_very_different_gains_are_no_fault() -> None:
    found = readings(gains=np.array([100.0, 9000.0]), noise=0.0)
    assert fit(SETUP, found).report.condition == pytest.approx(np.linalg.cond(MIX))
