"""The single-run rule, associations and what they refuse to say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run, RunSource
from trainer.running.beside import Association, TooFew, associate, trend_per_week
from trainer.running.claims import association_lines, contact_trend, no_ratio, proxy, room_line
from trainer.running.spike import hazard_ratio, room, spikes

MONDAY = date(2026, 5, 4)


def ran(day: int, km: float) -> Entry[Run]:
    at = datetime(2026, 5, 1, 6, tzinfo=UTC) + timedelta(days=day)
    run = Run(str(day), RunSource.FIT, 3600.0, km)
    return Entry(day, "Ada", at, "UTC", 0, is_simulated=False, said=run, key=str(day))


@pytest.mark.parametrize(
    ("km", "ratio"),
    [(11.0, None), (11.1, 1.64), (13.0, 1.64), (13.1, 1.52), (20.0, 1.52), (20.1, 2.28)],
)
def test_the_hazard_ratio_is_that_of_the_study(km: float, ratio: float | None) -> None:
    assert hazard_ratio(km, 10.0) == ratio


def test_only_the_thirty_days_before_count() -> None:
    assert [spike.km for spike in spikes([ran(0, 20), ran(29, 10), ran(40, 15)])] == [15]


@given(
    st.lists(st.tuples(st.integers(0, 70), st.floats(1, 40)), max_size=25),
)
def test_spikes_are_those_of_the_rule_read_word_by_word(told: list[tuple[int, float]]) -> None:
    runs = [ran(day, km) for day, km in sorted(told)]
    expected = []
    for run in runs:
        before = [
            other.said.km or 0.0
            for other in runs
            if timedelta(0) < run.at - other.at <= timedelta(days=30)
        ]
        if before and round((run.said.km or 0.0) / max(before), 9) > 1.1:
            expected.append((run.at, run.said.km, max(before)))
    assert [(one.at, one.km, one.longest_km) for one in spikes(runs)] == expected


@pytest.mark.parametrize(
    ("told", "base_km"),
    [
        ([(0, 10)], 10),
        ([(0, 10), (5, 16)], 10),
        ([(0, 10), (5, 16), (9, 16)], 16),
        ([(0, 10), (5, 16), (9, 12)], 12),
        ([(0, 10), (29, 16)], 10),
        ([(0, 10), (5, 10.9)], 10.9),
    ],
    ids=["no spike", "spike", "repeated", "a shorter one", "alone in 30 days", "within the rule"],
)
def test_a_spike_is_no_base_for_the_next_run_until_a_later_one_is_as_long(
    told: list[tuple[int, float]], base_km: float
) -> None:
    runs = [ran(day, km) for day, km in told]
    left = room(runs, runs[-1].at + timedelta(days=2))
    assert left is not None
    assert left.base_km == base_km
    assert left.most_km == pytest.approx(1.1 * base_km)


def test_without_a_run_of_thirty_days_there_is_no_measure() -> None:
    assert room([ran(0, 10)], ran(31, 0).at) is None
    assert "no measure" in room_line(None)


def test_too_few_weeks_say_nothing_and_more_name_no_cause() -> None:
    weeks = [MONDAY + timedelta(weeks=n) for n in range(12)]
    line = {week: float(place + place % 3) for place, week in enumerate(weeks)}
    short = dict(list(line.items())[:9])
    assert associate(short, short) == TooFew(9)
    found = associate(line, line)
    assert isinstance(found, Association)
    assert found.rank.middle == pytest.approx(1)
    assert any("No cause" in said for said in association_lines(found, "a", "b"))


def test_contact_time_stands_beside_load_without_a_cause() -> None:
    line = {MONDAY + timedelta(weeks=n): 250.0 - 2 * n for n in range(8)}
    trend = trend_per_week(line)
    assert trend is not None
    assert trend.middle == pytest.approx(-2)
    assert "neither is shown to be the cause" in contact_trend(trend, trend, None, 8)
    assert trend_per_week(dict(list(line.items())[:5])) is None


def test_proxies_are_called_so_and_there_is_no_acute_chronic_ratio() -> None:
    assert "Proxies" in proxy()
    assert "10.1136/bjsports-2024-109380" in no_ratio()
