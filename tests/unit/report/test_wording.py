"""What the report says, and what it does not claim."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from trainer.core.hold import Hold
from trainer.report.decline import fit_decline
from trainer.report.incidents import Incident, IncidentKind
from trainer.report.model import RepData, SetData
from trainer.report.numbers import MINUS, MISSING
from trainer.report.wording import (
    describe_overlay,
    judge_band,
    share_in_band,
    slope_text,
    tell_decline,
    tell_incident,
    tell_rejected,
    tell_target,
)

MakeHold = Callable[..., Hold]


def test_a_slope_whose_interval_holds_zero_is_never_called_a_change() -> None:
    line = fit_decline([1, 2, 3, 4], [20.0, 22.0, 19.0, 20.5])
    text = tell_decline(line, 4)
    assert "not distinguishable from no change" in text
    assert "falls" not in text
    assert slope_text(line)[1].endswith("no clear change")


@pytest.mark.parametrize(("step", "verb", "sign"), [(-1.0, "falls", MINUS), (1.0, "rises", "+")])
def test_a_clear_slope_is_told_with_its_interval(step: float, verb: str, sign: str) -> None:
    plateau_n = [20.0, 20.1 + step, 19.9 + 2 * step, 20 + 3 * step, 20.1 + 4 * step]
    line = fit_decline([1, 2, 3, 4, 5], plateau_n)
    text = tell_decline(line, 5)
    assert f"Plateau {verb} over the set ({sign}" in text
    assert "95 % interval" in text
    assert "clear" not in slope_text(line)[1]


def test_a_line_through_no_force_is_not_told() -> None:
    assert tell_decline(None, 5).startswith("No line fits")
    assert tell_decline(None, 2).endswith("takes 3 counted reps.")
    assert slope_text(None) == (MISSING, "")


@pytest.mark.parametrize(("plateau_n", "word"), [(17.9, "low"), (18.0, "in"), (22.1, "high")])
def test_the_band_is_judged_by_the_plateau(plateau_n: float, word: str, hold_of: MakeHold) -> None:
    rep = RepData(1, hold_of(plateau_n=plateau_n))
    assert judge_band(rep, SetData(1, "left", (rep,), 18.0, 22.0)) == word


def test_without_a_target_nothing_is_judged(hold_of: MakeHold) -> None:
    rep = RepData(1, hold_of())
    one_set = SetData(1, "left", (rep,))
    assert judge_band(rep, one_set) == MISSING
    assert share_in_band(one_set) == MISSING
    assert tell_target(one_set) == "No target was set."


def test_only_counted_reps_are_judged(hold_of: MakeHold) -> None:
    reps = (RepData(1, hold_of()), RepData(2, hold_of(), is_counted=False))
    assert share_in_band(SetData(1, "left", reps, 18.0, 22.0)) == "1 of 1"


def test_a_rep_that_was_taken_back_is_told_so(hold_of: MakeHold) -> None:
    rep = RepData(2, hold_of(), is_counted=False)
    assert tell_rejected(rep, SetData(3, "left", (rep,))) == (
        "hold of 1.80 s at 20.0 N in set 3 not counted: taken back"
    )


@pytest.mark.parametrize(
    ("incident", "text"),
    [
        (Incident(IncidentKind.GAP, 1.0, 3.5), "gap of 2.50 s"),
        (Incident(IncidentKind.GAP, 3.5, 1.0), "gap: the clock stepped back"),
        (Incident(IncidentKind.OVERLOAD, 1.0, 1.0), "overload: a cell at the end of its range"),
        (Incident(IncidentKind.LOST, 1.0, 2.0, 1200), "1\u202f200 samples lost"),
        (Incident(IncidentKind.REJECTED, 1.0, 1.0, 1), "1 sample rejected"),
        (Incident(IncidentKind.DROPPED, 1.0, 1.0, 2), "2 frames dropped by the node"),
    ],
)
def test_an_incident_is_told_with_its_figure(incident: Incident, text: str) -> None:
    assert tell_incident(incident) == text


def test_a_set_of_uncounted_holds_is_described_as_such(hold_of: MakeHold) -> None:
    rep = RepData(1, replace(hold_of(), is_finished=False), is_counted=False)
    assert describe_overlay(SetData(1, "left", (rep,))) == "Set 1, left foot: no counted rep."
