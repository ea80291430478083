"""Units that lie: each is left out or put right, and said; what can be is kept."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.diary.running import Run, RunSource
from trainer.running.limits import LIMITS, judge
from trainer.running.measures import Found, Measures, Refused
from trainer.running.readers import Reader

NOW = datetime(2026, 11, 29, tzinfo=UTC)
HOME = ZoneInfo("Europe/Berlin")
RIGHT = Measures(
    RunSource.CSV,
    datetime(2026, 5, 4, 5, tzinfo=UTC),
    3600.0,
    10.8,
    spm=166.0,
    step_m=1.084,
    gct_ms=250.0,
    gct_cv_pct=4.0,
    gct_balance_pct=50.1,
    vo_mm=90.0,
    vertical_ratio_pct=8.5,
)


def run(**lie: Any) -> Run:  # noqa: ANN401 - a field's value
    found = judge(replace(RIGHT, **lie), "a", NOW, HOME)
    assert isinstance(found, Found)
    return found.run


def test_what_can_be_is_kept_without_a_doubt() -> None:
    found = run()
    assert found.doubts == ()
    assert (found.km, found.step_m, found.is_step_derived) == (10.8, 1.084, False)


@pytest.mark.parametrize(
    ("name", "lie", "said"),
    [
        ("spm", 83.0, "one foot's strides"),
        ("spm", 332.0, "counted twice"),
        ("spm", 2.77, "one foot's strides"),
        ("gct_ms", 0.25, "seconds"),
        ("gct_ms", 2500.0, "another unit"),
        ("gct_ms", 400.0, "longer than a step"),
        ("gct_balance_pct", 0.501, "too little"),
        ("gct_balance_pct", 5010.0, "too much"),
        ("vo_mm", 9.0, "centimetres"),
        ("vo_mm", 900.0, "another unit"),
        ("vertical_ratio_pct", 0.085, "a share"),
        ("km", 10_800.0, "metres"),
        ("km", 0.0108, "kilometres for metres"),
        ("km", 10.8 * 3.6, "km/h for m/s"),
        ("km", 10.8 * 60, "minutes for seconds"),
        ("km", 10.8 / 1.609344, "(miles)"),
        ("km", 0.0, "no distance"),
        ("km", math.nan, "no distance"),
    ],
)
def test_a_lying_unit_is_left_out_and_said(name: str, lie: float, said: str) -> None:
    found = run(**{name: lie})
    assert getattr(found, name) is None
    [doubt] = found.doubts
    assert doubt.startswith(f"{name} ")
    assert said in doubt


@pytest.mark.parametrize("lie", [108.4, 1084.0, 2.168, 0.542])
def test_a_lying_step_is_put_right_from_speed_and_cadence(lie: float) -> None:
    found = run(step_m=lie)
    assert found.step_m == pytest.approx(10_800 / 3600 * 60 / 166)
    assert found.is_step_derived
    assert found.doubts[0].startswith("step_m ")


@pytest.mark.parametrize(
    ("km", "duration_s", "is_kept"),
    [(0.8, 101.0, True), (42.2, 7236.0, True), (43.0, 7300.0, False), (320.0, 86_400.0, False)],
)
def test_nobody_is_faster_than_the_world_records(
    km: float, duration_s: float, *, is_kept: bool
) -> None:
    kept = run(km=km, duration_s=duration_s, spm=None, step_m=None, gct_ms=None)
    assert (kept.km is not None) == is_kept


@pytest.mark.parametrize(
    "start",
    [
        datetime(1989, 12, 31, 0, 0, 5, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        NOW + timedelta(days=2),
        datetime(9999, 12, 31, 23, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23),  # noqa: DTZ001
        datetime(1, 1, 1),  # noqa: DTZ001
        None,
    ],
)
def test_a_run_of_another_age_is_refused(start: datetime | None) -> None:
    found = judge(replace(RIGHT, start=start), "a", NOW, HOME)
    assert isinstance(found, Refused)
    assert "clock was" in found.why


def test_a_wall_clock_without_a_zone_is_taken_as_home_and_may_be_a_day_ahead() -> None:
    found = judge(replace(RIGHT, start=datetime(2026, 11, 29, 13)), "a", NOW, HOME)  # noqa: DTZ001
    assert isinstance(found, Found)
    assert found.start.tzinfo is HOME


@pytest.mark.parametrize("duration_s", [None, 0.0, -5.0, 9.9, math.nan, math.inf, 600_000.0])
def test_a_run_without_a_duration_is_refused(duration_s: float | None) -> None:
    found = judge(replace(RIGHT, duration_s=duration_s), "a", NOW, HOME)
    assert isinstance(found, Refused)
    assert "duration" in found.why


NUMBERS = st.none() | st.floats()


@given(st.fixed_dictionaries(dict.fromkeys(("km", "duration_s", *LIMITS), NUMBERS)))
def test_no_number_crashes_and_what_is_kept_is_within_its_limits(lies: dict[str, Any]) -> None:
    found = judge(replace(RIGHT, **lies), "a", NOW, HOME)
    if isinstance(found, Refused):
        return
    for name, limit in LIMITS.items():
        value = getattr(found.run, name)
        assert value is None or limit.low <= value <= limit.high
    # Whatever was told and is not kept is said.
    for name in LIMITS:
        if lies[name] is not None and getattr(found.run, name) != lies[name]:
            assert any(name.split("_")[0] in doubt for doubt in found.run.doubts)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("start", "2026-05-04T05:00:00Z"),
        ("Date", "2026-05-04 05:00:00"),
        ("start", "4.5.2026 05:00"),
    ],
)
def test_tables_say_their_units_in_the_names_of_columns(column: str, value: str) -> None:
    header = f"{column};distance_m;duration_min;step_length_mm;vo_cm;GCT Balance;spm"
    told = f"{header}\n{value};10800;60,0;1084;9,0;49.8% L / 50.2% R;166\n".encode()
    (found,) = Reader(NOW, UTC).read(told)
    assert isinstance(found, Found)
    got = found.run
    assert (got.km, got.duration_s, got.step_m) == pytest.approx((10.8, 3600, 1.084))
    assert (got.vo_mm, got.gct_balance_pct, got.spm) == pytest.approx((90, 49.8, 166))
    assert got.doubts == ()
