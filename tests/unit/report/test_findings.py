"""What a report says of fatigue and of a calf that helped."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from trainer.core.findings import Compensation, Fatigue, Witness
from trainer.core.hold import Hold, Uncertainty
from trainer.detect.tempo import AskedRep, tempo_errors
from trainer.report import wording
from trainer.report.model import RepData, ReportData, SetData
from trainer.report.numbers import MISSING
from trainer.report.page import render

TIRED = Fatigue(31.0, 4, 3, 6, 17.2, is_abrupt=False)
FRESH = Fatigue(None, None, None, None, 1.0, is_abrupt=False)
HELPED = Compensation(is_compensated=True, witness=Witness.MOMENT, ankle_excess_nm=2.46)
HOLDS = list[Hold]


@pytest.fixture
def tired_set(hold_of: Callable[..., Hold]) -> SetData:
    """Return a set of six reps that tires from the fourth on, the calf helping in the fifth."""
    holds = [hold_of(10.0 + 3 * rep, 1.8, 20.0 - max(0, rep - 3)) for rep in range(1, 7)]
    clean = Compensation(is_compensated=False, ankle_excess_nm=-0.31)
    judged = [replace(hold, compensation=clean) for hold in holds]
    judged[4] = replace(holds[4], compensation=HELPED, uncertainty=Uncertainty(plateau_n=0.14))
    reps = tuple(RepData(number, hold) for number, hold in enumerate(judged, 1))
    return SetData(1, "left", reps, fatigue=TIRED)


def test_the_onset_stands_with_its_interval(tired_set: SetData) -> None:
    assert wording.onset_text(tired_set) == ("4", "3 to 6")
    told = wording.tell_fatigue(tired_set)
    assert "from rep 4 (80 % interval 3 to 6)" in told
    assert "17 % below" in told
    assert "Abrupt" not in told


def test_an_abrupt_loss_is_called_so(tired_set: SetData) -> None:
    abrupt = replace(tired_set, fatigue=replace(TIRED, is_abrupt=True))
    assert "Abrupt" in wording.tell_fatigue(abrupt)


def test_no_onset_and_no_judgement_are_told_apart(tired_set: SetData) -> None:
    fresh, unknown = replace(tired_set, fatigue=FRESH), replace(tired_set, fatigue=None)
    assert wording.onset_text(fresh) == ("none seen", "")
    assert wording.onset_text(unknown)[1] == "cannot tell"
    assert "no onset seen" in wording.tell_fatigue(fresh)
    assert "too short or too uneven" in wording.tell_fatigue(unknown)


def test_compensated_reps_are_counted_among_those_judged(tired_set: SetData) -> None:
    assert wording.count_compensated(tired_set) == "1 of 6"
    assert "1 of 6" in wording.tell_compensation(tired_set)


def test_a_pad_that_cannot_tell_says_so(hold_of: Callable[..., Hold]) -> None:
    blind = SetData(1, "left", (RepData(1, hold_of()),))
    assert "cannot tell" in wording.tell_compensation(blind)
    assert wording.judge_calf(blind.reps[0].hold.compensation) == MISSING


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (HELPED, "helped +2.5"),
        (Compensation(is_compensated=False, ankle_excess_nm=0.31), "+0.3"),
        (Compensation(is_compensated=False), "no"),
        (
            Compensation(is_compensated=True, witness=Witness.PITCH, pitch_change_deg=3.0),
            "helped (heel rise)",
        ),
    ],
)
def test_each_rep_says_what_the_calf_did(judged: Compensation, said: str) -> None:
    assert wording.judge_calf(judged) == said


def test_the_page_shows_onset_calf_and_uncertainty(
    session_of: Callable[..., ReportData], tired_set: SetData
) -> None:
    page = render(replace(session_of(), sets=(tired_set,)))
    for part in (
        "Fatigue from rep 4",
        "helped +2.5",
        "\N{PLUS-MINUS SIGN} 0.1",
        ">calf helped</text>",
        ">fatigue</text>",
        '"onset_rep": 4',
        '"witness": "ankle moment"',
    ):
        assert part in page


def test_a_set_without_findings_draws_none(
    session_of: Callable[..., ReportData], tired_set: SetData
) -> None:
    bare = tuple(
        replace(r, hold=replace(r.hold, compensation=Compensation())) for r in tired_set.reps
    )
    page = render(replace(session_of(), sets=(replace(tired_set, reps=bare, fatigue=FRESH),)))
    assert ">calf helped</text>" not in page
    assert ">fatigue</text>" not in page


def test_tempo_is_told_against_the_cues(tired_set: SetData) -> None:
    asked = [AskedRep(rep.hold.start_s - 0.3, 1.5) for rep in tired_set.reps]
    tempo = tempo_errors(asked, [rep.hold for rep in tired_set.reps])
    told = wording.tell_tempo(tempo)
    assert "0.30 s after the cue" in told
    assert "+0.30 s against what is asked" in told
    assert "varies by 0 %" in told


def test_without_cues_there_is_no_tempo_to_keep() -> None:
    assert wording.tell_tempo(None) == ""
    assert wording.tell_tempo(tempo_errors([], [])) == ""
