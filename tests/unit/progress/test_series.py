"""Visits are compared with visits of the same conditions only, and never with practice."""

from dataclasses import replace
from datetime import date
from statistics import stdev
from typing import Any

import pytest

from tests.unit.progress.assessed import MONDAY, trial, weekly
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run, RunSource
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.progress.error import Origin
from trainer.progress.load import weekly_loads
from trainer.progress.runcourse import AVERAGED, run_series
from trainer.progress.series import find_series
from trainer.progress.verdicts import half_width, show, tell_mdc, tell_title

QUIET = [50.0, 51.0, 50.0, 49.0, 50.0, 51.0, 50.0]


def both_feet(values: list[float], **changes: Any) -> list[Any]:  # noqa: ANN401 - fields
    """Return weekly visits of both feet."""
    return weekly(values, **changes) + weekly(values, side=Side.RIGHT, **changes)


def test_a_visit_is_the_median_of_its_trials() -> None:
    trials = [trial(0, 48.0), trial(0, 52.0, trial=2), trial(0, 90.0, trial=3)]
    (series,) = find_series(trials)
    ((one,),) = [course.visits for course in series.courses]
    assert (one.day, one.value, one.trials) == (date(2026, 3, 2), 52.0, 3)
    assert one.trial_sd == pytest.approx(stdev([48.0, 52.0, 90.0]))


def test_a_visit_over_two_days_is_one_visit_of_the_first() -> None:
    late = replace(trial(1, 60.0), said=replace(trial(0, 60.0).said, trial=2))
    (series,) = find_series([trial(0, 50.0), late])
    assert [(v.day, v.value) for v in series.courses[0].visits] == [(date(2026, 3, 2), 55.0)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"protocol_version": 2}, "protocol version 1, not 2"),
        ({"device": "pad B"}, "device pad A, not pad B"),
        ({"position": "standing"}, "position seated, not standing"),
        ({"pitch_deg": 10.0}, "pitch 0°, not 10°"),
        ({"pitch_deg": None}, "pitch 0°, not not said"),
    ],
)
def test_what_was_measured_otherwise_is_another_series_and_never_compared(
    changes: dict[str, Any], words: str
) -> None:
    entries = [*weekly([50.0, 50.0]), *weekly([90.0, 90.0], first=2, **changes)]
    new, old = show(find_series(entries))
    assert (new.apart, old.apart) == ((), (words,))
    for shown in (new, old):
        assert [len(foot.course.visits) for foot in shown.feet] == [2]
        assert [foot.change and foot.change.difference for foot in shown.feet] == [0.0]


def test_two_protocols_of_one_metric_are_two_series_named_by_them() -> None:
    entries = [*weekly([50.0, 50.0]), *weekly([90.0], first=2, protocol="standard_set")]
    weekly_set, baseline = show(find_series(entries))
    assert tell_title(weekly_set) == "maximal press, great toe, standard set"
    assert tell_title(baseline) == "maximal press, great toe, baseline"
    assert (weekly_set.apart, baseline.apart) == ((), ())
    assert [len(one.feet[0].course.visits) for one in (weekly_set, baseline)] == [1, 2]
    assert tell_title(show(find_series(weekly([1.0])))[0]) == "maximal press, great toe"


def test_practice_visits_are_shown_apart_and_compared_with_nothing() -> None:
    entries = [*weekly([20.0, 25.0], is_practice=True), *weekly([50.0, 51.0], first=2)]
    (shown,) = show(find_series(entries))
    (foot,) = shown.feet
    assert [v.value for v in foot.course.practice] == [20.0, 25.0]
    assert foot.change is not None
    assert foot.change.difference == pytest.approx(1.0)
    assert [week.median for week in foot.weeks] == [50.0, 51.0]


def test_several_sets_of_one_day_are_trials_of_one_visit() -> None:
    again = replace(trial(0, 60.0), said=replace(trial(0, 60.0).said, visit="week 0 (2)"))
    (shown,) = show(find_series([trial(0, 50.0), again, trial(1, 70.0)]))
    visits = shown.feet[0].course.visits
    assert [(visit.value, visit.trials) for visit in visits] == [(55.0, 2), (70.0, 1)]


def test_practice_alone_has_no_verdict() -> None:
    (shown,) = show(find_series(weekly([20.0, 25.0], is_practice=True)))
    assert shown.feet[0].change is None
    assert shown.feet[0].verdict == "practice only so far: nothing to compare"


def test_practice_is_not_in_the_own_error() -> None:
    entries = [*both_feet([10.0, 90.0], is_practice=True), *both_feet(QUIET, first=2)]
    (shown,) = show(find_series(entries))
    assert shown.error is not None
    assert shown.error.origin is Origin.OWN
    assert shown.error.sem < 1.0


def test_a_change_below_its_mdc_is_no_change_seen_yet_and_one_above_it_is_a_change() -> None:
    (small,) = show(find_series(both_feet([*QUIET, 51.0])))
    (large,) = show(find_series([*both_feet([*QUIET, 51.0]), trial(20, 70.0)]))
    assert small.feet[0].verdict.startswith("no change seen yet (+1.0 N, MDC95 ")
    assert large.feet[0].verdict.startswith("better: +20.0 N, beyond the MDC95 of ")
    assert large.feet[1].verdict.startswith("no change seen yet")


def test_until_the_own_error_is_known_the_published_one_is_named_or_nothing_is_judged() -> None:
    (press,) = show(find_series(weekly([50.0, 55.0])))
    assert tell_mdc(press).startswith("MDC95 30.4 N: published, not own; Ridge 2017")
    (taps,) = show(find_series(weekly([100.0, 140.0], metric="taps")))
    assert tell_mdc(taps) == "MDC95 not known yet (close differences: 1)"
    assert taps.feet[0].verdict.startswith("no verdict yet")
    assert (press.verdicts, taps.verdicts) == (1, 0)


def test_the_own_mdc_names_its_differences() -> None:
    (shown,) = show(find_series(both_feet(QUIET)))
    assert tell_mdc(shown) == f"own MDC95 {shown.mdc95:.1f} N, from 12 differences"


def test_the_sides_of_the_newest_visits_differ_only_beyond_their_error() -> None:
    even = show(find_series(both_feet(QUIET)))[0].symmetry
    uneven = show(find_series([*both_feet(QUIET), trial(7, 80.0)]))[0].symmetry
    assert even is not None
    assert uneven is not None
    assert (even.is_seen, uneven.is_seen) == (False, True)
    assert show(find_series(weekly(QUIET)))[0].symmetry is None


def test_a_week_has_its_median_and_what_it_is_sure_to() -> None:
    (shown,) = show(find_series(both_feet(QUIET)))
    week = shown.feet[0].weeks[0]
    assert shown.mdc95 is not None
    # A difference of two visits is so much less sure than one visit.
    assert half_width(shown.error, week) == pytest.approx(shown.mdc95 / 2**0.5)
    (unknown,) = show(find_series(weekly([1.0], metric="taps")))
    assert half_width(unknown.error, unknown.feet[0].weeks[0]) is None


def test_why_the_newest_visit_has_no_value_is_kept() -> None:
    entries = [trial(0, 50.0), trial(1, None, reason="no onset seen")]
    (series,) = find_series(entries)
    assert series.courses[0].missing == "no onset seen"
    assert len(series.courses[0].visits) == 1
    assert series.newest == date(2026, 3, 2)


def test_what_a_reader_of_the_newest_value_must_know_is_kept() -> None:
    entries = [trial(0, 50.0, note="old"), trial(1, 50.0, note="slow"), trial(1, 51.0, note="slow")]
    assert find_series(entries)[0].courses[0].notes == ("slow",)


def test_metrics_come_in_their_own_order_and_unknown_ones_not_at_all() -> None:
    entries = [
        *weekly([1.0]),
        *weekly([1.0], metric="onset_s"),
        *weekly([1.0], metric="from_the_future"),
    ]
    assert [one.metric.id for one in find_series(entries)] == ["onset_s", "mvc_hallux_n"]


def ran(day: int, gct_ms: float | None, source: RunSource = RunSource.FIT) -> Entry[Run]:
    """Return a run of a day."""
    said = Run(f"{day}", source, 3000.0, gct_ms=gct_ms)
    at = MONDAY.replace(day=1 + day)
    return Entry(day, "Ada", at, "UTC", 0, is_simulated=False, said=said)


def test_runs_are_averaged_at_either_end_and_each_source_stands_by_itself() -> None:
    runs = [ran(n, 250.0 + n % 2) for n in range(20)] + [ran(25, 900.0, RunSource.CSV)]
    csv, fit = show(run_series(runs), AVERAGED)
    assert csv.series.condition.device == "CSV"
    assert len(csv.feet[0].course.visits) == 1
    assert fit.feet[0].averaged == AVERAGED
    assert fit.feet[0].verdict.startswith("no change seen yet")
    assert fit.error is not None
    half = fit.error.mdc95(AVERAGED)
    assert tell_mdc(fit).startswith(f"own MDC95 {half:.0f} ms for means of 8 at either end, from ")
    assert fit.series.metric.is_proxy


def test_runs_without_the_metric_have_no_series() -> None:
    assert run_series([ran(0, None)]) == ()


def done(day: int, side: Side | None, n_s: float, **changes: Any) -> Entry[SetLog]:  # noqa: ANN401
    """Return a set of a day."""
    said = SetLog(
        f"s{day}", "toe_curl", Block.WORK, side, EndedBy.DONE, 60.0, impulse_n_s=n_s,
        counted_reps=10, compensated_reps=1,
    )  # fmt: skip
    at = MONDAY.replace(day=2 + day)
    said = replace(said, **changes)
    return Entry(day, "Ada", at, "UTC", 0, is_simulated=False, said=said)


def test_the_load_is_summed_by_week_and_foot_and_an_empty_week_stands_between() -> None:
    sets = [done(0, Side.LEFT, 100.0), done(1, None, 60.0), done(14, Side.RIGHT, 40.0)]
    first, empty, last = weekly_loads(sets)
    assert (first.left_n_s, first.right_n_s, first.sessions) == (130.0, 30.0, 2)
    assert (empty.total_n_s, empty.sets, empty.compensated_pct) == (0.0, 0, None)
    assert (last.right_n_s, last.compensated_pct) == (40.0, 10.0)
    assert weekly_loads([]) == ()


def test_a_set_without_a_sensor_is_told_as_unmeasured() -> None:
    (week,) = weekly_loads([done(0, None, 0.0, is_measured=False)])
    assert (week.sets, week.unmeasured_sets) == (1, 1)


def test_the_sets_of_a_week_are_all_that_were_begun_and_the_clocks_are_among_them() -> None:
    breathing = done(0, None, 0.0, is_measured=False, block=Block.COOLDOWN)
    gentle = done(0, Side.LEFT, 10.0, block=Block.WARM_UP)
    left_out = done(0, Side.LEFT, 0.0, ended_by=EndedBy.SKIPPED)
    (week,) = weekly_loads([done(0, Side.LEFT, 30.0), breathing, gentle, left_out])
    assert (week.sets, week.unmeasured_sets) == (3, 1)
