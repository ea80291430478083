"""The log of a set and of a session, from what the book and the agenda know of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median, pstdev
from typing import Final

from trainer.coach.agenda import Item
from trainer.coach.circuitplan import BY_BEATS, CircuitPlan
from trainer.coach.marks import Marks, beat_error_s
from trainer.coach.programme import Led
from trainer.coach.reps import is_compensated
from trainer.coach.results import SetResult
from trainer.core.cues import Side
from trainer.core.diary.training import Block, EndedBy, SessionLog, SetLog
from trainer.core.hold import Hold

EARLY_S: Final = 0.1
"""The middle of a pulse's rise may lie so much before the crossing that its hold begins with."""

ENDS: Final = 3
"""Reps at either end of a set that its decline is taken from; the ramp's are left out."""


@dataclass(slots=True)
class DoneSet:
    """What the coach knows of a set that is over, besides its holds."""

    item: Item
    side: Side | None
    ended_by: EndedBy
    duration_s: float
    page: int | None
    """Its place in the book, from 0; None for a set that asked for no press."""
    asked_reps: int = 0
    asked_hold_s: float = 0.0
    onset_rep: int | None = None
    marks: Marks = field(default_factory=Marks)
    ramped: int = 0
    """Reps at its begin that were asked for less than the target."""
    load_n: float | None = None
    """Middle of the load that was asked for, as a share of body weight."""
    device: str = ""
    ease: float | None = None
    pain: float | None = None
    start_s: float | None = None
    end_s: float | None = None


def log_set(plan: CircuitPlan, done: DoneSet, sets: Sequence[SetResult]) -> SetLog:
    """Return the record of one set."""
    item, marks = done.item, done.marks
    page = None if done.page is None else sets[done.page]
    holds = [] if page is None else [rep.hold for rep in page.counted]
    clean = [hold for hold in holds if not (item.drill.is_guarded and is_compensated(hold))]
    target = None if page is None else page.target
    log = SetLog(
        session_id=plan.session_id,
        exercise=item.drill.id,
        block=item.step.block,
        side=done.side,
        ended_by=done.ended_by,
        duration_s=done.duration_s,
        asked_reps=item.beats if item.drill.led in BY_BEATS else done.asked_reps,
        counted_reps=_counted(done, holds),
        compensated_reps=len(holds) - len(clean),
        target_pct_mvc=item.step.target_pct_mvc,
        target_n=None if target is None else target.middle_n,
        plateau_n=median(hold.plateau_n for hold in clean) if clean else None,
        impulse_n_s=sum(hold.impulse_n_s for hold in holds),
        peak_n=max((hold.peak_n for hold in holds), default=None),
        tempo_error_s=_tempo_error_s(holds, done.asked_hold_s),
        tempo_cv_pct=_tempo_cv_pct(holds),
        decline_pct=_decline_pct(clean[done.ramped :]),
        onset_rep=done.onset_rep,
        is_measured=page is not None or marks.stance is not None,
        device=done.device,
        surface=item.step.surface,
        ease=done.ease,
        pain=done.pain,
        recording=plan.recording if done.start_s is not None else "",
        start_s=done.start_s,
        end_s=done.end_s,
        cv_pct=_median(hold.cv_pct for hold in clean),
        rise_n_s=max((hold.rfd_n_s for hold in clean if hold.rfd_n_s is not None), default=None),
        reaction_s=_median(marks.reactions_s.get(hold.start_s) for hold in holds),
        beat_error_s=_beat_error_s(done, holds),
    )
    log = _with_load(_with_squeeze(log, marks, holds), done)
    return _with_stance(_with_taps(log, marks), marks)


def _with_squeeze(log: SetLog, marks: Marks, holds: Sequence[Hold]) -> SetLog:
    longest = max(holds, key=lambda hold: hold.duration_s, default=None)
    found = None if longest is None else marks.squeezes.get(longest.start_s)
    if found is None:
        return log
    return replace(log, decay_pct=found.decay_pct, in_band_s=found.in_band_s)


def _with_load(log: SetLog, done: DoneSet) -> SetLog:
    loads_n = done.marks.loads_n
    if not loads_n:
        return log
    asked = done.item.step.target_pct_bw
    return replace(log, load_n=median(loads_n), target_n=done.load_n, target_pct_bw=asked)


def _with_taps(log: SetLog, marks: Marks) -> SetLog:
    found = marks.taps
    if found is None:
        return replace(log, taps=len(marks.taps_s))
    return replace(
        log,
        taps=found.count,
        counted_reps=found.count,
        tap_cv_pct=found.cv_pct,
        tap_slowing_pct=found.slowing_pct,
    )


def _with_stance(log: SetLog, marks: Marks) -> SetLog:
    seen = marks.stance
    if seen is None:
        return log
    return replace(
        log,
        stood_s=seen.stood_s,
        step_offs=seen.step_offs,
        sway_cm_s=seen.sway_cm_s,
        frontal_rate_dps=seen.frontal_rate_dps,
        medial_excursions=seen.medial_excursions,
    )


def log_session(
    plan: CircuitPlan, logs: Mapping[int, SetLog], lasted_s: float, stop_reason: str
) -> SessionLog:
    """Return the record of the session as it stands."""
    circuit = plan.circuit
    # A training session asks for its day of rest whatever its exercises are.
    hard = {i.number for i in plan.agenda if i.is_loaded and (plan.is_loaded or i.drill.is_hard)}
    return SessionLog(
        session_id=plan.session_id,
        kind=circuit.kind,
        programme=plan.programme,
        circuit=circuit.id,
        is_complete=not stop_reason and is_whole(plan, logs),
        is_hard=any(number in hard and _was_done(log) for number, log in logs.items()),
        duration_s=lasted_s,
        rung=plan.rung,
        protocol_version=circuit.protocol_version,
        stop_reason=stop_reason,
    )


def is_whole(plan: CircuitPlan, logs: Mapping[int, SetLog]) -> bool:
    """Return whether the session was done to its end: some of the work, all of the cooldown."""
    if any(item.number not in logs for item in plan.agenda):
        return False
    work = [log for log in logs.values() if log.block is Block.WORK]
    cooldown = [log for log in logs.values() if log.block is Block.COOLDOWN]
    is_worked = not work or any(_was_done(log) for log in work)
    return is_worked and all(log.ended_by is EndedBy.DONE for log in cooldown)


def _was_done(log: SetLog) -> bool:
    return log.ended_by not in {EndedBy.SKIPPED, EndedBy.IDLE} or log.counted_reps > 0


def _counted(done: DoneSet, holds: Sequence[Hold]) -> int:
    led = done.item.drill.led
    if led is Led.TAPS:
        return len(done.marks.taps_s)
    if led is Led.SEQUENCE:
        return done.marks.beats
    if led is not Led.PULSE:
        return len(holds)
    return min(done.item.beats, len(_pulses_s(done.marks, holds)))


def _pulses_s(marks: Marks, holds: Sequence[Hold]) -> list[float]:
    """Return the times of the pulses within holds that count."""
    return [s for s in marks.pulses_s if any(h.start_s - EARLY_S <= s <= h.end_s for h in holds)]


def _beat_error_s(done: DoneSet, holds: Sequence[Hold]) -> float | None:
    """Return how far presses, or pulses, were from an even beat."""
    tempo = done.item.step.tempo
    match done.item.drill.led:
        case Led.RHYTHM:
            return beat_error_s([hold.start_s for hold in holds], tempo.rep_s)
        case Led.PULSE:
            return beat_error_s(_pulses_s(done.marks, holds), tempo.rep_s)
        case _:
            return None


def _median(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return median(known) if known else None


def _tempo_error_s(holds: Iterable[Hold], asked_hold_s: float) -> float | None:
    errors_s = [abs(hold.duration_s - asked_hold_s) for hold in holds]
    return median(errors_s) if errors_s and asked_hold_s else None


def _tempo_cv_pct(holds: Sequence[Hold]) -> float | None:
    """Return the spread of the reps' lengths from start to start, in percent of their mean."""
    gaps_s = [b.start_s - a.start_s for a, b in pairwise(holds)]
    gaps_s = [gap_s for gap_s in gaps_s if gap_s > 0]
    if len(gaps_s) <= 1:
        return None
    return 100 * pstdev(gaps_s) * len(gaps_s) / sum(gaps_s)


def _decline_pct(holds: Sequence[Hold]) -> float | None:
    if len(holds) < 2 * ENDS:
        return None
    first_n = sum(hold.plateau_n for hold in holds[:ENDS])
    last_n = sum(hold.plateau_n for hold in holds[-ENDS:])
    return 100 * (1 - last_n / first_n)
