"""Fatigue told while it happens, on simulated sets with a known onset."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.detect.repsets import fall_from, holds_of, plateaus, with_unrest
from trainer.core.events import FatigueSeen
from trainer.core.hold import Hold
from trainer.detect.fatiguewatch import FatigueWatch

SLOW = plateaus(np.random.default_rng(1), slope=0.02)


def told(
    holds: Sequence[Hold],
    watch: FatigueWatch | None = None,
    aims_n: Sequence[float | None] = (),
) -> list[tuple[int, FatigueSeen]]:
    """Return what was told, each with the number of the hold that showed it."""
    watch = watch or FatigueWatch()
    found: list[tuple[int, FatigueSeen]] = []
    asked = aims_n or [None] * len(holds)
    for number, (hold, aim_n) in enumerate(zip(holds, asked, strict=True), 1):
        for event in watch.push(hold, hold.end_s + 0.3, aim_n):
            assert isinstance(event, FatigueSeen)
            assert event.at_s == hold.end_s + 0.3
            found.append((number, event))
    return found


def test_one_per_cent_a_rep_is_told_within_twelve_reps() -> None:
    rng = np.random.default_rng(5)
    found = [told(holds_of(plateaus(rng, slope=0.01))) for _ in range(60)]
    delays = np.array([events[0][0] - 25 for events in found])
    assert np.median(delays) <= 11
    assert (delays <= 12).mean() >= 0.8
    assert (delays < 0).mean() <= 0.05


@pytest.mark.parametrize("noise", [0.05, 0.12])
def test_of_sets_without_fatigue_one_in_twenty_is_called_at_most(noise: float) -> None:
    rng = np.random.default_rng(6)
    called = sum(bool(told(holds_of(plateaus(rng, noise=noise)))) for _ in range(100))
    assert called <= 5


def test_a_set_is_told_of_once_with_how_far_the_newest_reps_are_down() -> None:
    ((number, event),) = told(holds_of(SLOW))
    assert 28 <= number <= 34
    expected = 100 * (1 - SLOW[number - 5 : number].mean() / SLOW[:8].mean())
    assert event.decline_pct == pytest.approx(expected)
    assert not event.is_abrupt


def test_a_third_lost_at_once_is_told_with_the_second_low_rep() -> None:
    series = plateaus(np.random.default_rng(3), noise=0.03)
    series[30:] *= 0.6
    ((number, event),) = told(holds_of(series))
    assert (number, event.is_abrupt) == (32, True)
    assert event.decline_pct == pytest.approx(40.0, abs=4.0)


def test_what_falls_slowly_and_then_at_once_is_told_twice_and_no_more() -> None:
    series = plateaus(np.random.default_rng(3), noise=0.03, slope=0.01)
    series[45:] *= 0.6
    found = [event.is_abrupt for _, event in told(holds_of(series))]
    assert found == [False, True]


def test_a_long_rest_starts_anew() -> None:
    first = holds_of(SLOW)
    again = holds_of(SLOW, first_s=first[-1].end_s + 10.1)
    one_set = holds_of(SLOW, first_s=first[-1].end_s + 9.9)
    assert len(told([*first, *again])) == 2
    assert len(told([*first, *one_set])) == 1


def test_a_clock_that_stepped_back_starts_anew() -> None:
    assert len(told([*holds_of(SLOW), *holds_of(SLOW)])) == 2


def test_what_was_before_a_reset_is_forgotten() -> None:
    watch, holds = FatigueWatch(), holds_of(SLOW)
    assert told(holds[:24], watch) == []
    watch.reset()
    assert told(holds[24:36], watch) == told(holds[24:36])


def test_eight_reps_are_too_few_to_tell() -> None:
    assert told(holds_of(40 * (1 - 0.04 * fall_from(2, 8)))) == []


def test_holds_cut_off_or_saturated_tell_nothing() -> None:
    holds = holds_of(plateaus(np.random.default_rng(2)))
    spoilt = [replace(hold, plateau_n=4.0, is_finished=False) for hold in holds[40:]]
    assert told([*holds[:40], *spoilt]) == []


def test_unrest_beside_a_fall_brings_the_news_earlier() -> None:
    rng = np.random.default_rng(9)
    earlier = []
    for _ in range(20):
        holds = holds_of(plateaus(rng, noise=0.08, slope=0.01))
        fall = fall_from(25, 60)
        unrest = np.exp(0.06 * fall + 0.15 * rng.normal(size=60))
        earlier.append(told(holds)[0][0] - told(with_unrest(holds, unrest))[0][0])
    assert np.mean(earlier) >= 1


def test_unrest_alone_is_not_told() -> None:
    holds = holds_of(plateaus(np.random.default_rng(2), noise=0.03))
    growing = with_unrest(holds, np.exp(fall_from(26, 60) * 0.05))
    assert told(growing) == []


def test_three_hundred_reps_in_one_set_are_followed() -> None:
    rng = np.random.default_rng(3)
    fall = fall_from(201, 300)
    ((number, _),) = told(holds_of(40 * (1 - 0.005 * fall) * np.exp(0.05 * rng.normal(size=300))))
    assert 201 <= number <= 225


def test_a_force_that_all_but_vanishes_is_told_and_breaks_nothing() -> None:
    fall = np.minimum(fall_from(25, 60), 9.99)
    assert told(holds_of(1e6 * (1 - 0.1 * fall)))


def test_a_lower_force_that_was_asked_for_is_no_loss() -> None:
    series = plateaus(np.random.default_rng(3), noise=0.03)
    series[4:] *= 0.1
    holds = holds_of(series)
    assert told(holds)[0][1].is_abrupt
    assert told(holds, aims_n=[None] * 4 + [4.0] * (len(holds) - 4)) == []


def test_a_loss_after_another_force_was_asked_for_is_told() -> None:
    series = plateaus(np.random.default_rng(3), noise=0.03)
    series[4:] *= 0.1
    series[30:] *= 0.6
    found = told(holds_of(series), aims_n=[None] * 4 + [4.0] * (len(series) - 4))
    assert [(number, event.is_abrupt) for number, event in found] == [(32, True)]


def test_the_margin_is_said_from_the_fourth_rep_of_one_aim_on_and_not_before() -> None:
    watch = FatigueWatch()
    margins: list[float | None] = []
    aims_n = [10.0, 14.0, 20.0, *[20.0] * 7]
    for hold, aim_n in zip(holds_of(SLOW[:10]), aims_n, strict=True):
        watch.push(hold, hold.end_s, aim_n)
        margins.append(watch.margin_pct)
    assert margins[:5] == [None] * 5
    assert None not in margins[5:]
