"""The sentences of a report: what a figure shows, what a line says and what it does not."""

from collections.abc import Sequence
from typing import Final, assert_never

import numpy as np

from trainer.core.findings import Compensation, Witness
from trainer.detect.tempo import Tempo
from trainer.report.decline import MIN_REPS, Decline
from trainer.report.incidents import Incident, IncidentKind
from trainer.report.model import RepData, ReportData, SetData
from trainer.report.numbers import MISSING, clock, count, number, signed

EXTRAPOLATED: Final = "(extrapolated)"
"""Beside a force beyond what the cells were calibrated with."""


def name_set(one_set: SetData) -> str:
    """Return the set's number and foot in words."""
    foot = f"{one_set.side} foot" if one_set.side else "foot not stated"
    return f"Set {one_set.number}, {foot}"


def short_name(one_set: SetData) -> str:
    """Return the set's number and foot for a table cell."""
    return f"{one_set.number} {one_set.side}".strip()


def count_of(done: int, asked: int | None) -> str:
    """Return how many were done, and of how many where that is known."""
    return f"{done} of {asked}" if asked else str(done)


def tell_reps(one_set: SetData) -> str:
    """Return how many reps were counted, as a sentence."""
    done = len(one_set.counted)
    is_one = (one_set.asked_reps or done) == 1
    return f"{count_of(done, one_set.asked_reps)} {'rep' if is_one else 'reps'}."


def tell_target(one_set: SetData) -> str:
    """Return the target band in newtons and where it comes from."""
    if one_set.target_low_n is None or one_set.target_high_n is None:
        return "No target was set."
    band = f"{number(one_set.target_low_n, 1)} to {number(one_set.target_high_n, 1)} N"
    if one_set.is_target_estimated:
        return f"Target {band}, estimated from the first reps (no maximal presses)."
    return f"Target {band}."


def tell_decline(line: Decline | None, reps: int) -> str:
    """Return what the line through the plateaus says about the set, and no more than that."""
    if line is None:
        is_short = reps < MIN_REPS
        needs = f"A line through the plateaus takes {MIN_REPS} counted reps."
        return needs if is_short else "No line fits: the force at the first rep is not positive."
    interval = (
        f"{signed(line.pct, 2)} % per rep, "
        f"95 % interval {signed(line.low_pct, 2)} to {signed(line.high_pct, 2)}"
    )
    if not line.is_distinct:
        return f"Plateau: not distinguishable from no change ({interval})."
    verb = "falls" if line.pct < 0 else "rises"
    return f"Plateau {verb} over the set ({interval})."


def slope_text(line: Decline | None) -> tuple[str, str]:
    """Return the slope and its interval for two lines of a table cell."""
    if line is None:
        return MISSING, ""
    ends = f"{signed(line.low_pct, 1)} to {signed(line.high_pct, 1)}"
    return f"{signed(line.pct, 1)} %", ends if line.is_distinct else f"{ends}, no clear change"


def onset_text(one_set: SetData) -> tuple[str, str]:
    """Return the onset of fatigue and its interval for two lines of a table cell."""
    fatigue = one_set.fatigue
    if fatigue is None:
        return MISSING, "cannot tell"
    if fatigue.onset_rep is None:
        return "none seen", ""
    return str(fatigue.onset_rep), f"{fatigue.onset_rep_low} to {fatigue.onset_rep_high}"


def tell_fatigue(one_set: SetData) -> str:
    """Return what the set shows of fatigue, as a sentence."""
    fatigue = one_set.fatigue
    if fatigue is None:
        return "Fatigue: the set is too short or too uneven to tell."
    if fatigue.onset_rep is None:
        return "Fatigue: no onset seen."
    abrupt = " Abrupt: a quarter or more was lost within two reps." if fatigue.is_abrupt else ""
    return (
        f"Fatigue from rep {fatigue.onset_rep} (80 % interval {fatigue.onset_rep_low} to "
        f"{fatigue.onset_rep_high}): the last reps are {number(fatigue.decline_pct, 0)} % below "
        f"those before it.{abrupt}"
    )


def count_compensated(one_set: SetData) -> str:
    """Return in how many of the judged reps the calf helped."""
    judged = [
        rep.hold.compensation.is_compensated
        for rep in one_set.counted
        if rep.hold.compensation.is_compensated is not None
    ]
    return f"{sum(judged)} of {len(judged)}" if judged else MISSING


def tell_compensation(one_set: SetData) -> str:
    """Return in how many reps the calf helped, as a sentence."""
    told = count_compensated(one_set)
    if told == MISSING:
        return "Whether the calf helped, this pad cannot tell." if one_set.counted else ""
    return f"The calf helped in {told} judged reps."


def tell_tempo(tempo: Tempo | None) -> str:
    """Return how the presses kept time with their cues; empty where nobody asked."""
    kept = [rep for rep in tempo.reps if rep is not None] if tempo else []
    if tempo is None or not kept:
        return ""
    onset_s = float(np.median([rep.onset_error_s for rep in kept]))
    told = f"Tempo: presses begin {number(onset_s, 2)} s after the cue in the median"
    lengths_s = [rep.length_error_s for rep in kept if rep.length_error_s is not None]
    if lengths_s:
        told += f" and last {signed(float(np.median(lengths_s)), 2)} s against what is asked"
    if tempo.cycle_cv_pct is not None:
        told += f"; the time from press to press varies by {number(tempo.cycle_cv_pct, 0)} %"
    return f"{told}."


def judge_calf(judged: Compensation) -> str:
    """Return whether the calf helped in one rep, with the moment beyond the clean one."""
    excess = judged.ankle_excess_nm
    if judged.is_compensated is None:
        return MISSING
    figure = "" if excess is None else signed(excess, 1)
    if not judged.is_compensated:
        return figure or "no"
    witness = "" if judged.witness in {None, Witness.MOMENT} else f" ({judged.witness})"
    return f"helped {figure}".rstrip() + witness


def plus_minus(uncertainty: float | None, decimals: int) -> str:
    """Return a standard uncertainty to be set behind its figure; empty where there is none."""
    return "" if uncertainty is None else f" \N{PLUS-MINUS SIGN} {number(uncertainty, decimals)}"


def judge_band(rep: RepData, one_set: SetData) -> str:
    """Return whether the plateau lies in the target band, in one word."""
    if one_set.target_low_n is None or one_set.target_high_n is None:
        return MISSING
    if rep.hold.plateau_n < one_set.target_low_n:
        return "low"
    return "high" if rep.hold.plateau_n > one_set.target_high_n else "in"


def share_in_band(one_set: SetData) -> str:
    """Return how many counted reps lie in the target band, as a count."""
    words = [judge_band(r, one_set) for r in one_set.counted]
    if MISSING in words or not words:
        return MISSING
    return f"{words.count('in')} of {len(words)}"


def median_text(figures: Sequence[float], decimals: int, unit: str = "") -> str:
    """Return the median of the figures with its unit, or a dash where there are none."""
    return number(float(np.median(figures)), decimals) + unit if figures else MISSING


def tell_link(data: ReportData) -> str:
    """Return how many samples arrived, and how many did not."""
    link = data.link
    gaps = [i for i in data.incidents if i.kind is IncidentKind.GAP]
    rate = f" at {number(link.rate_hz, 1)} Hz (measured)" if link.rate_hz is not None else ""
    return (
        f"{_plural(link.samples, 'sample')} received{rate}; {count(link.lost_samples)} lost, "
        f"{count(link.rejected_samples)} rejected, {_plural(len(gaps), 'gap')}, "
        f"{_plural(link.dropped_frames, 'frame')} dropped."
    )


def tell_incident(incident: Incident) -> str:
    """Return what happened, in words with its figure."""
    match incident.kind:
        case IncidentKind.GAP if incident.end_s >= incident.start_s:
            return f"gap of {number(incident.end_s - incident.start_s, 2)} s"
        case IncidentKind.GAP:
            return "gap: the clock stepped back"
        case IncidentKind.OVERLOAD:
            return "overload: a cell at the end of its range"
        case IncidentKind.LOST | IncidentKind.REJECTED:
            return f"{_plural(incident.count, 'sample')} {incident.kind.value.split()[1]}"
        case IncidentKind.DROPPED:
            return f"{_plural(incident.count, 'frame')} dropped by the node"
        case _:
            assert_never(incident.kind)


def tell_duration(rep: RepData) -> str:
    """Return how long the hold was in seconds; a bound where its end was not seen."""
    bound = "" if rep.hold.is_finished else "\N{GREATER-THAN OR EQUAL TO}"
    return bound + number(rep.hold.duration_s, 2)


def tell_rejected(rep: RepData, one_set: SetData) -> str:
    """Return which hold was not counted, and why."""
    reason = rep.reject_reason.value if rep.reject_reason else "taken back"
    hold = rep.hold
    return (
        f"hold of {tell_duration(rep)} s at {number(hold.plateau_n, 1)} N "
        f"in set {one_set.number} not counted: {reason}"
    )


def describe_overlay(one_set: SetData) -> str:
    """Return the overlay in words, for those who cannot see it."""
    reps = one_set.counted
    if not reps:
        return f"{name_set(one_set)}: no counted rep."
    plateaus = [r.hold.plateau_n for r in reps]
    return (
        f"{name_set(one_set)}: force over time of {len(reps)} counted reps laid over each other; "
        f"plateaus from {number(min(plateaus), 1)} to {number(max(plateaus), 1)} N. "
        f"{tell_target(one_set)}"
    )


def describe_trend(one_set: SetData, line: Decline | None) -> str:
    """Return the trend of at least one counted rep in words, for those who cannot see it."""
    reps = one_set.counted
    durations = [r.hold.duration_s for r in reps]
    return (
        f"{name_set(one_set)}: peak, plateau and hold duration of {len(reps)} reps. "
        f"{tell_decline(line, len(reps))} "
        f"Holds last {number(min(durations), 2)} to {number(max(durations), 2)} s."
    )


def describe_strip(data: ReportData) -> str:
    """Return the whole-session strip in words, for those who cannot see it."""
    counted = sum(len(s.counted) for s in data.sets)
    others = sum(len(s.reps) for s in data.sets) - counted
    return (
        f"Force over the whole session of {clock(data.duration_s)} minutes: "
        f"{_plural(len(data.sets), 'set')}, {_plural(counted, 'counted rep')}, "
        f"{_plural(others, 'hold')} not counted."
    )


def _plural(figure: int, noun: str) -> str:
    return f"{count(figure)} {noun}{'' if figure == 1 else 's'}"
