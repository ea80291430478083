"""The scores are right: judged by answers that were made up from the truth."""

import numpy as np
import pytest

from tests.truth.frontdoor import Found, HoldJson
from tests.truth.generator import Kind, Take, record
from tests.truth.scene import draw_easy
from tests.truth.scoring import f1, quantile, score_take
from trainer.core.events import Event, HoldReleased, HoldStarted


@pytest.fixture(scope="module")
def take() -> Take:
    return record(draw_easy(np.random.default_rng(2), 200.0), 2)


def answer(take: Take, late_s: float = 0.0) -> list[HoldJson]:
    """Return the holds of a product that knows everything, but tells starts late."""
    whole, cut = take.of_kind(Kind.WHOLE), take.of_kind(Kind.TAIL_CUT)
    return [
        HoldJson(
            start_s=hold.start_s + late_s,
            end_s=hold.end_s,
            peak_n=hold.peak_n,
            plateau_n=hold.plateau_n,
            finished=hold in whole,
            compensated=None,
            ankle_excess_nm=None,
        )
        for hold in (*whole, *cut)
    ]


def lamps(take: Take, late_s: float) -> list[Event]:
    """Return a lamp for every whole hold."""
    events: list[Event] = []
    for hold in take.of_kind(Kind.WHOLE):
        events.append(HoldStarted(hold.onset_s + late_s, hold.start_s))
        events.append(HoldReleased(hold.end_s))
    return events


def test_a_product_that_knows_everything_has_a_perfect_score(take: Take) -> None:
    score = score_take(take, Found({}, tuple(answer(take)), tuple(lamps(take, 0.1))))
    assert score.truths > 20
    assert f1([score]) == 1.0
    assert (score.cut, score.cut_told) == (1, 1)
    assert (score.false_lamps, score.false_contacts) == (0, 0)
    assert score.lamp_s == pytest.approx([0.1] * score.truths)
    for errors in (score.start_errors_s, score.end_errors_s, score.peak_errors):
        assert errors == pytest.approx([0.0] * score.truths)


def test_what_is_missed_and_what_is_made_up_lower_the_score(take: Take) -> None:
    holds = answer(take)
    made_up = holds[0].copy()
    made_up["start_s"], made_up["end_s"] = holds[0]["start_s"] - 0.9, holds[0]["start_s"] - 0.4
    score = score_take(take, Found({}, (made_up, *holds[1:]), ()))
    assert (len(score.missed), len(score.extra)) == (1, 1)
    assert f1([score]) == pytest.approx(1 - 1 / score.truths)


def test_late_starts_are_told_by_how_late_they_are(take: Take) -> None:
    score = score_take(take, Found({}, tuple(answer(take, 0.03)), ()))
    assert quantile(lambda one: one.start_errors_s, 0.5)([score]) == pytest.approx(0.03)
    assert quantile(lambda one: one.end_errors_s, 0.95)([score]) == pytest.approx(0.0)


def test_a_hold_in_two_pieces_counts_as_one_and_a_false_one(take: Take) -> None:
    first, *others = answer(take)
    head, tail = first.copy(), first.copy()
    head["end_s"] = tail["start_s"] = first["start_s"] + 0.8 * (first["end_s"] - first["start_s"])
    score = score_take(take, Found({}, (head, tail, *others), ()))
    assert (len(score.missed), len(score.extra)) == (0, 1)


def test_a_cut_hold_that_is_called_finished_is_not_told(take: Take) -> None:
    holds = answer(take)
    holds[-1]["finished"] = True
    score = score_take(take, Found({}, tuple(holds), ()))
    assert (score.cut, score.cut_told, score.extra) == (1, 0, [])


def test_a_lamp_at_rest_is_false_and_a_press_without_one_waits_forever(take: Take) -> None:
    at_s = take.of_kind(Kind.WHOLE)[0].begin_s - 0.5
    events: tuple[Event, ...] = (HoldStarted(at_s, at_s), HoldReleased(at_s + 0.1))
    score = score_take(take, Found({}, tuple(answer(take)), events))
    assert score.false_lamps == 1
    assert score.lamp_s == [np.inf] * score.truths
