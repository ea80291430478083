"""A review tells what moved beyond its error, how that meets the goal, and what to do next."""

from datetime import date, timedelta

import pytest

from tests.unit.progress.assessed import weekly
from trainer.core.diary.planning import GoalKind
from trainer.progress.metrics import METRICS
from trainer.progress.review import GOAL_METRICS, Review, find_review, is_due
from trainer.progress.series import find_series
from trainer.progress.verdicts import show

NOISE = [0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 0.0, -1.0, 0.0]
FIRST = date(2026, 1, 5)


def review(
    metric: str, last: float, goal: GoalKind | None = GoalKind.POWER, kept: float | None = 1.0
) -> Review:
    """Return the review of one quiet metric that ends with a change."""
    entries = weekly([100.0 + n for n in NOISE], metric=metric)
    entries += weekly([100.0 + last], first=20, metric=metric)
    return find_review(show(find_series(entries)), goal, kept, 0.75)


def test_a_change_of_the_goals_own_figure_is_told_and_the_way_goes_on() -> None:
    found = review("rfd_n_s", 40.0)
    (one,) = found.beyond
    assert (one.metric, one.verdict, one.change) == ("rfd_n_s", "better", 40.0)
    assert (found.goal_better, found.goal_worse, found.not_seen) == (1, 0, 0)
    assert "keep on" in found.next_step


def test_no_change_is_usual_and_missed_sessions_come_first() -> None:
    assert "that is usual" in review("rfd_n_s", 0.5).next_step
    missed = review("rfd_n_s", 0.5, kept=0.4)
    assert "40 % of the sessions" in missed.next_step
    assert (missed.goal_not_seen, missed.beyond) == (1, ())


def test_what_is_worse_is_measured_again_before_anything_gets_harder() -> None:
    found = review("rfd_n_s", -40.0)
    assert (found.goal_worse, found.beyond[0].verdict) == (1, "worse")
    assert "measure it again" in found.next_step
    assert "ask a clinician" in found.next_step


def test_a_lower_figure_is_better_where_lower_is_better() -> None:
    found = review("tempo_error_s", -40.0, GoalKind.INTEGRATION)
    assert (found.goal_better, found.goal_worse) == (1, 0)


def test_a_figure_of_another_goal_does_not_move_this_one() -> None:
    found = review("rfd_n_s", 40.0, GoalKind.ENDURANCE)
    assert (len(found.beyond), found.goal_better) == (1, 0)
    assert "that is usual" in found.next_step


def test_without_a_goal_one_is_asked_for() -> None:
    assert review("rfd_n_s", 40.0, None).next_step.startswith("Set a goal")


def test_a_single_visit_has_nothing_to_compare() -> None:
    found = find_review(show(find_series(weekly([1.0]))), GoalKind.POWER, None, 0.75)
    assert found.next_step.startswith("Nothing to compare yet")


def test_what_has_no_known_error_is_counted_and_not_judged() -> None:
    found = find_review(show(find_series(weekly([1.0, 9.0], metric="taps"))), None, None, 0.75)
    assert (found.unknown, found.not_seen, found.beyond) == (1, 0, ())


@pytest.mark.parametrize("goal", GoalKind)
def test_the_figures_of_every_goal_exist(goal: GoalKind) -> None:
    assert GOAL_METRICS[goal]
    assert set(GOAL_METRICS[goal]) <= set(METRICS)


def test_a_review_is_due_four_weeks_after_the_first_visit_or_the_last_review() -> None:
    later = FIRST + timedelta(days=27)
    assert not is_due([], None, 4)
    assert not is_due([FIRST], None, 4)
    assert is_due([FIRST, later], None, 4)
    assert not is_due([FIRST, later], later, 4)
    assert is_due([FIRST, later, later + timedelta(weeks=4)], later, 4)
