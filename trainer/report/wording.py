"""The sentences of a report: what a figure shows, what a line says and what it does not."""

from collections.abc import Sequence
from typing import Final, assert_never

import numpy as np

from trainer.core.cues import RejectReason
from trainer.core.findings import Compensation, Witness
from trainer.core.texts import noted, tr, trn
from trainer.detect.tempo import Tempo
from trainer.report.decline import MIN_REPS, Decline
from trainer.report.incidents import Incident, IncidentKind
from trainer.report.model import RepData, ReportData, SetData
from trainer.report.numbers import MISSING, clock, count, number, signed

EXTRAPOLATED: Final = noted("(extrapolated)")
"""Beside a force beyond what the cells were calibrated with."""


LOW: Final = noted("low")
IN: Final = noted("in")
HIGH: Final = noted("high")
HELPED: Final = noted("helped")


def name_set(one_set: SetData) -> str:
    """Return the set's number and foot in words."""
    if not one_set.side:
        return tr("Set {number}, foot not stated").format(number=one_set.number)
    text = tr("Set {number}, {side} foot")
    return text.format(number=one_set.number, side=tr(one_set.side))


def short_name(one_set: SetData) -> str:
    """Return the set's number and foot for a table cell."""
    return f"{one_set.number} {tr(one_set.side)}".strip()


def count_of(done: int, asked: int | None) -> str:
    """Return how many were done, and of how many where that is known."""
    return tr("{done} of {asked}").format(done=done, asked=asked) if asked else str(done)


def tell_reps(one_set: SetData) -> str:
    """Return how many reps were counted, as a sentence."""
    done = len(one_set.counted)
    is_one = (one_set.asked_reps or done) == 1
    text = tr("{count} rep.") if is_one else tr("{count} reps.")
    return text.format(count=count_of(done, one_set.asked_reps))


def tell_target(one_set: SetData) -> str:
    """Return the target band in newtons and where it comes from."""
    if one_set.target_low_n is None or one_set.target_high_n is None:
        return tr("No target was set.")
    text = (
        tr("Target {low} to {high} N, estimated from the first reps (no maximal presses).")
        if one_set.is_target_estimated
        else tr("Target {low} to {high} N.")
    )
    low, high = number(one_set.target_low_n, 1), number(one_set.target_high_n, 1)
    return text.format(low=low, high=high)


def tell_decline(line: Decline | None, reps: int) -> str:
    """Return what the line through the plateaus says about the set, and no more than that."""
    if line is None:
        if reps < MIN_REPS:
            return tr("A line through the plateaus takes {n} counted reps.").format(n=MIN_REPS)
        return tr("No line fits: the force at the first rep is not positive.")
    interval = tr("{change} % per rep, 95 % interval {low} to {high}").format(
        change=signed(line.pct, 2), low=signed(line.low_pct, 2), high=signed(line.high_pct, 2)
    )
    if not line.is_distinct:
        text = tr("Plateau: not distinguishable from no change ({interval}).")
    elif line.pct < 0:
        text = tr("Plateau falls over the set ({interval}).")
    else:
        text = tr("Plateau rises over the set ({interval}).")
    return text.format(interval=interval)


def slope_text(line: Decline | None) -> tuple[str, str]:
    """Return the slope and its interval for two lines of a table cell."""
    if line is None:
        return MISSING, ""
    low, high = signed(line.low_pct, 1), signed(line.high_pct, 1)
    text = tr("{low} to {high}") if line.is_distinct else tr("{low} to {high}, no clear change")
    return f"{signed(line.pct, 1)} %", text.format(low=low, high=high)


def onset_text(one_set: SetData) -> tuple[str, str]:
    """Return the onset of fatigue and its interval for two lines of a table cell."""
    fatigue = one_set.fatigue
    if fatigue is None:
        return MISSING, tr("cannot tell")
    if fatigue.onset_rep is None:
        return tr("none seen"), ""
    text = tr("{low} to {high}")
    ends = text.format(low=fatigue.onset_rep_low, high=fatigue.onset_rep_high)
    return str(fatigue.onset_rep), ends


def tell_fatigue(one_set: SetData) -> str:
    """Return what the set shows of fatigue, as a sentence."""
    fatigue = one_set.fatigue
    if fatigue is None:
        return tr("Fatigue: the set is too short or too uneven to tell.")
    if fatigue.onset_rep is None:
        return tr("Fatigue: no onset seen.")
    told = tr(
        "Fatigue from rep {rep} (80 % interval {low} to {high}): the last reps are {decline} % "
        "below those before it."
    ).format(
        rep=fatigue.onset_rep,
        low=fatigue.onset_rep_low,
        high=fatigue.onset_rep_high,
        decline=number(fatigue.decline_pct, 0),
    )
    abrupt = tr("Abrupt: a quarter or more was lost within two reps.")
    return f"{told} {abrupt}" if fatigue.is_abrupt else told


def count_compensated(one_set: SetData) -> str:
    """Return in how many of the judged reps the calf helped."""
    judged = [
        rep.hold.compensation.is_compensated
        for rep in one_set.counted
        if rep.hold.compensation.is_compensated is not None
    ]
    return count_of(sum(judged), len(judged)) if judged else MISSING


def tell_compensation(one_set: SetData) -> str:
    """Return in how many reps the calf helped, as a sentence."""
    told = count_compensated(one_set)
    if told == MISSING:
        unknown = tr("Whether the calf helped, this pad cannot tell.")
        return unknown if one_set.counted else ""
    return tr("The calf helped in {count} judged reps.").format(count=told)


def tell_tempo(tempo: Tempo | None) -> str:
    """Return how the presses kept time with their cues; empty where nobody asked."""
    kept = [rep for rep in tempo.reps if rep is not None] if tempo else []
    if tempo is None or not kept:
        return ""
    onset_s = float(np.median([rep.onset_error_s for rep in kept]))
    told = tr("Tempo: presses begin {onset} s after the cue in the median")
    told = told.format(onset=number(onset_s, 2))
    lengths_s = [rep.length_error_s for rep in kept if rep.length_error_s is not None]
    if lengths_s:
        text = tr("{told} and last {length} s against what is asked")
        told = text.format(told=told, length=signed(float(np.median(lengths_s)), 2))
    if tempo.cycle_cv_pct is not None:
        text = tr("{told}; the time from press to press varies by {cv} %")
        told = text.format(told=told, cv=number(tempo.cycle_cv_pct, 0))
    return f"{told}."


def judge_calf(judged: Compensation) -> str:
    """Return whether the calf helped in one rep, with the moment beyond the clean one."""
    excess = judged.ankle_excess_nm
    if judged.is_compensated is None:
        return MISSING
    figure = "" if excess is None else signed(excess, 1)
    if not judged.is_compensated:
        return figure or tr("no")
    witness = "" if judged.witness in {None, Witness.MOMENT} else f" ({judged.witness})"
    return f"{tr(HELPED)} {figure}".rstrip() + witness


def plus_minus(uncertainty: float | None, decimals: int) -> str:
    """Return a standard uncertainty to be set behind its figure; empty where there is none."""
    return "" if uncertainty is None else f" \N{PLUS-MINUS SIGN} {number(uncertainty, decimals)}"


def judge_band(rep: RepData, one_set: SetData) -> str:
    """Return whether the plateau lies in the target band, in one word."""
    if one_set.target_low_n is None or one_set.target_high_n is None:
        return MISSING
    if rep.hold.plateau_n < one_set.target_low_n:
        return tr(LOW)
    return tr(HIGH) if rep.hold.plateau_n > one_set.target_high_n else tr(IN)


def share_in_band(one_set: SetData) -> str:
    """Return how many counted reps lie in the target band, as a count."""
    words = [judge_band(r, one_set) for r in one_set.counted]
    if MISSING in words or not words:
        return MISSING
    return count_of(words.count(tr(IN)), len(words))


def median_text(figures: Sequence[float], decimals: int, unit: str = "") -> str:
    """Return the median of the figures with its unit, or a dash where there are none."""
    return number(float(np.median(figures)), decimals) + unit if figures else MISSING


def tell_link(data: ReportData) -> str:
    """Return how many samples arrived, and how many did not."""
    link = data.link
    gaps = [i for i in data.incidents if i.kind is IncidentKind.GAP]
    text = (
        tr("{samples} received; {lost} lost, {rejected} rejected, {gaps}, {frames} dropped.")
        if link.rate_hz is None
        else tr(
            "{samples} received at {rate} Hz (measured); {lost} lost, {rejected} rejected, {gaps}, "
            "{frames} dropped."
        )
    )
    return text.format(
        samples=_samples(link.samples),
        rate=number(link.rate_hz, 1),
        lost=count(link.lost_samples),
        rejected=count(link.rejected_samples),
        gaps=trn("{n} gap", "{n} gaps", len(gaps)),
        frames=_frames(link.dropped_frames),
    )


def tell_incident(incident: Incident) -> str:
    """Return what happened, in words with its figure."""
    match incident.kind:
        case IncidentKind.GAP if incident.end_s >= incident.start_s:
            length_s = incident.end_s - incident.start_s
            return tr("gap of {length} s").format(length=number(length_s, 2))
        case IncidentKind.GAP:
            return tr("gap: the clock stepped back")
        case IncidentKind.OVERLOAD:
            return tr("overload: a cell at the end of its range")
        case IncidentKind.LOST:
            return tr("{samples} lost").format(samples=_samples(incident.count))
        case IncidentKind.REJECTED:
            return tr("{samples} rejected").format(samples=_samples(incident.count))
        case IncidentKind.DROPPED:
            return tr("{frames} dropped by the node").format(frames=_frames(incident.count))
        case _:
            assert_never(incident.kind)


def tell_duration(rep: RepData) -> str:
    """Return how long the hold was in seconds; a bound where its end was not seen."""
    bound = "" if rep.hold.is_finished else "\N{GREATER-THAN OR EQUAL TO}"
    return bound + number(rep.hold.duration_s, 2)


def tell_rejected(rep: RepData, one_set: SetData) -> str:
    """Return which hold was not counted, and why."""
    reason = _REASONS[rep.reject_reason] if rep.reject_reason else noted("taken back")
    text = tr("hold of {length} s at {force} N in set {number} not counted: {reason}")
    return text.format(
        length=tell_duration(rep),
        force=number(rep.hold.plateau_n, 1),
        number=one_set.number,
        reason=tr(reason),
    )


def describe_overlay(one_set: SetData) -> str:
    """Return the overlay in words, for those who cannot see it."""
    reps = one_set.counted
    if not reps:
        return tr("{set}: no counted rep.").format(set=name_set(one_set))
    plateaus = [r.hold.plateau_n for r in reps]
    told = tr(
        "{set}: force over time of {n} counted reps laid over each other; plateaus from {low} to "
        "{high} N."
    ).format(
        set=name_set(one_set),
        n=len(reps),
        low=number(min(plateaus), 1),
        high=number(max(plateaus), 1),
    )
    return f"{told} {tell_target(one_set)}"


def describe_trend(one_set: SetData, line: Decline | None) -> str:
    """Return the trend of at least one counted rep in words, for those who cannot see it."""
    reps = one_set.counted
    durations = [r.hold.duration_s for r in reps]
    return tr(
        "{set}: peak, plateau and hold duration of {n} reps. {decline} Holds last {low} to {high} "
        "s."
    ).format(
        set=name_set(one_set),
        n=len(reps),
        decline=tell_decline(line, len(reps)),
        low=number(min(durations), 2),
        high=number(max(durations), 2),
    )


def describe_strip(data: ReportData) -> str:
    """Return the whole-session strip in words, for those who cannot see it."""
    counted = sum(len(s.counted) for s in data.sets)
    others = sum(len(s.reps) for s in data.sets) - counted
    return tr(
        "Force over the whole session of {length} minutes: {sets}, {reps}, {others} not counted."
    ).format(
        length=clock(data.duration_s),
        sets=trn("{n} set", "{n} sets", len(data.sets)),
        reps=trn("{n} counted rep", "{n} counted reps", counted),
        others=trn("{n} hold", "{n} holds", others),
    )


def _samples(figure: int) -> str:
    text = tr("{count} sample") if figure == 1 else tr("{count} samples")
    return text.format(count=count(figure))


def _frames(figure: int) -> str:
    text = tr("{count} frame") if figure == 1 else tr("{count} frames")
    return text.format(count=count(figure))


_REASONS: Final = {
    RejectReason.TOO_SHORT: noted("too short"),
    RejectReason.SATURATED: noted("overload"),
    RejectReason.CUT_OFF: noted("cut off"),
    RejectReason.EARLY: noted("before the cue"),
    RejectReason.LOST_SAMPLES: noted("lost samples"),
}
