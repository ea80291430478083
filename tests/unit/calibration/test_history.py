"""A calibration is kept with all it came from, checked, and renewed for a reason."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from calibration import (
    ANYWHERE,
    Calibration,
    CalibrationError,
    DamagedError,
    Happening,
    History,
    KnownForce,
    PadEvent,
    RefusedError,
    Weight,
    check,
    due_again,
    from_json,
    known_weight,
    make_record,
)
from calibration.progress import progress_from_json
from tests.unit.calibration.bench import GAINS, MIX, SETUP, ZERO, readings

MADE = datetime(2026, 3, 1, 10, tzinfo=UTC)
WARM = [replace(reading, temperature_c=21.0) for reading in readings()]
RECORD = make_record("kitchen pad", MADE, SETUP, WARM)


def test_a_record_comes_back_as_it_was_and_says_the_same() -> None:
    again = from_json(RECORD.to_json(), "a.json")
    assert again == RECORD
    assert again.calibration.expanded_sum_n([30, 20], SETUP.cells) == (
        RECORD.calibration.expanded_sum_n([30, 20], SETUP.cells)
    )


def test_a_record_can_be_computed_again_from_its_readings() -> None:
    again = from_json(RECORD.to_json(), "a.json")
    assert make_record(again.pad, again.made_at, again.setup, again.readings) == RECORD


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": "x"}'])
def test_a_damaged_record_is_named(text: str) -> None:
    with pytest.raises(DamagedError, match=r"a\.json: the calibration is damaged"):
        from_json(text, "a.json")
    with pytest.raises(DamagedError, match=r"a\.json: the unfinished calibration is damaged"):
        progress_from_json(text, "a.json")


@pytest.mark.parametrize("key", ["setup", "readings", "report", "calibration", "made_at"])
def test_a_record_with_a_part_of_another_kind_is_damaged(key: str) -> None:
    with pytest.raises(DamagedError, match="damaged"):
        from_json(json.dumps(json.loads(RECORD.to_json()) | {key: 5}), "a.json")


def test_a_record_of_a_newer_program_is_refused_by_its_number() -> None:
    newer = json.dumps(json.loads(RECORD.to_json()) | {"format": 2})
    with pytest.raises(DamagedError, match="in format 2; this program reads up to 1"):
        from_json(newer, "a.json")


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no UTC offset"):
        make_record("pad", MADE.replace(tzinfo=None), SETUP, WARM)


def test_bad_readings_make_no_record() -> None:
    with pytest.raises(RefusedError):
        make_record("pad", MADE, SETUP, WARM[:5])


def test_a_history_knows_which_calibration_held_when() -> None:
    later = replace(RECORD, made_at=MADE + timedelta(days=100))
    history = History().with_record(later).with_record(RECORD)
    assert history.records == (RECORD, later)
    assert history.last() is later
    assert history.at(MADE + timedelta(days=50)) is RECORD
    assert history.at(MADE - timedelta(days=1)) is None
    assert History().last() is None


def test_a_calibration_is_due_again_after_half_a_year() -> None:
    assert due_again(RECORD, MADE + timedelta(days=180)) == ()
    (due,) = due_again(RECORD, MADE + timedelta(days=200))
    assert due.reason == "The calibration is 200 days old; limit 182 days."
    assert len(due_again(None, MADE)) == 1


@pytest.mark.parametrize(
    ("what", "value", "is_due"),
    [
        (Happening.OVERLOAD, 600.0, True),
        (Happening.ZERO_MOVED, 1.5, False),
        (Happening.ZERO_MOVED, -2.5, True),
        (Happening.TEMPERATURE, 29.0, False),
        (Happening.TEMPERATURE, 5.0, True),
        (Happening.CHECK_FAILED, -1.4, True),
        (Happening.REPAIRED, 0.0, True),
    ],
)
def test_what_happened_to_the_pad_makes_it_due(what: Happening, value: float, is_due: bool) -> None:
    event = PadEvent(MADE + timedelta(days=3), what, value, "hallux")
    found = due_again(RECORD, MADE + timedelta(days=4), (event,))
    assert [due.because for due in found] == ([what] if is_due else [])
    assert all(due.reason.startswith("2026-03-04: ") for due in found)


def test_what_happened_before_the_calibration_does_not_count() -> None:
    event = PadEvent(MADE - timedelta(days=3), Happening.REPAIRED, 0.0)
    assert due_again(RECORD, MADE + timedelta(days=4), (event,)) == ()


def test_without_a_known_temperature_none_is_too_far() -> None:
    record = make_record("pad", MADE, SETUP, readings())
    event = PadEvent(MADE + timedelta(days=3), Happening.TEMPERATURE, -20.0)
    assert due_again(record, MADE + timedelta(days=4), (event,)) == ()


@pytest.mark.parametrize(("off_n", "passes"), [(0.0, True), (0.1, True), (-2.0, False)])
def test_a_check_tells_both_numbers(off_n: float, passes: bool) -> None:
    known = known_weight("toes", Weight("dumbbell", 5.0, 0.002), ANYWHERE)
    counts = ZERO + GAINS * (MIX @ np.array([0.0, known.force_n + off_n]))
    found = check(RECORD.calibration, known, counts, ZERO)
    assert found.has_passed() is passes
    assert (abs(found.en()) <= 1) is passes
    assert found.error_n == pytest.approx(off_n, abs=0.02)
    assert f"limit {found.limit_n:.2f} N" in found.sentence()
    assert ("calibrate anew" in found.sentence()) is not passes


def test_a_force_that_is_badly_known_is_allowed_to_differ_more() -> None:
    counts = ZERO + GAINS * (MIX @ np.array([0.0, 51.0]))
    well, badly = (
        check(RECORD.calibration, KnownForce("toes", 50.0, expanded_n), counts, ZERO)
        for expanded_n in (0.0, 2.0)
    )
    assert not well.has_passed()
    assert badly.has_passed()
    assert badly.limit_n == pytest.approx(np.hypot(well.limit_n, 2.0))


def test_a_check_against_nothing_is_refused() -> None:
    bare = Calibration(("toes",), (0.0,), ((1e-3,),))
    with pytest.raises(CalibrationError, match="does not say how sure"):
        check(bare, KnownForce("toes", 10.0, 0.1), [1.0], [0.0])
    with pytest.raises(CalibrationError, match="No cell 'heel'"):
        check(bare, KnownForce("heel", 10.0, 0.1), [1.0], [0.0])


def test_a_known_weight_is_as_sure_as_its_mass_and_gravity() -> None:
    known = known_weight("toes", Weight("dumbbell", 5.0, 0.01), ANYWHERE)
    assert known.force_n == pytest.approx(49.03325)
    assert known.expanded_n == pytest.approx(
        2 * 49.03325 * np.hypot(0.01 / 5, 0.0265 / 9.80665) / 3**0.5
    )
