"""The ladder: rungs open on the technique gate, never on the date alone, and never two at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from trainer.coach.programme import Circuit, Gate
from trainer.coach.rung import ease_in, rung_circuit, rungs_in_order
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision, Figure, What
from trainer.core.diary.training import SessionKind, SessionLog
from trainer.core.texts import tr
from trainer.plan.adherence import Adherence
from trainer.plan.days import WEEK, since
from trainer.plan.gates import Check, check_session
from trainer.plan.pain import Hurt
from trainer.plan.position import Position, rung_at
from trainer.plan.records import Reason, Records
from trainer.plan.season import RULES, season_part
from trainer.plan.wheel import find_spike

_CALM: Final = WEEK
"""So long after pain nothing gets harder."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the ladder's decisions look at."""

    records: Records
    position: Position
    hurts: tuple[Hurt, ...]
    adherence: Adherence
    now: datetime

    @property
    def at(self) -> datetime:
        """Return now in UTC."""
        return self.now.astimezone(UTC)


def decide_start(records: Records) -> Decision:
    """Return the first decision of a programme: its lowest rung."""
    rung = rungs_in_order(records.programme)[0][1]
    text = tr("The programme {title} begins on its lowest rung, {rung}.")
    sentence = text.format(title=tr(records.programme.title), rung=rung.id)
    return Decision(What.START, "start", sentence, programme=records.programme.id, rung=rung.id)


def decide_up(sight: Sight) -> tuple[Decision | None, Reason]:
    """Return the one thing that gets harder, if any, and otherwise what is missing for it."""
    blocks = tuple(_blocks(sight))
    if blocks:
        return None, blocks[0]
    checks = tuple(_gate_checks(sight))
    figures = tuple(check.figure for check in checks if check.figure is not None)
    position = sight.position
    if position.rep_cuts or position.resistance_cuts:
        return _lift(sight, figures), Reason("gate", tr("The gate is passed."), figures)
    ladder = rungs_in_order(sight.records.programme)
    if position.index + 1 >= len(ladder):
        text = tr("The highest rung, {rung}, is reached: it is kept.")
        return None, Reason("ladder", text.format(rung=ladder[-1][1].id))
    rung = ladder[position.index + 1][1]
    sessions = rung_at(sight.records.programme, position.index).gate.sessions
    text = tr("The gate was passed in the {n} newest sessions: rung {rung} opens.")
    sentence = text.format(n=sessions, rung=rung.id)
    programme = sight.records.programme.id
    up = Decision(What.STEP_UP, "technique gate", sentence, figures, programme, rung.id)
    return up, Reason("gate", sentence, figures)


def eased_circuit(records: Records, position: Position, at: datetime) -> Circuit:
    """Return the rung's circuit as it is by now: what rose rises by 10 % a week at most."""
    programme = records.programme
    full = rung_circuit(programme, rung_at(programme, position.index).id)
    if position.below is None or position.rung_since is None:
        return full
    old = rung_circuit(programme, rung_at(programme, position.below).id)
    return ease_in(old, full, max(0, (at - position.rung_since) // WEEK))


def _blocks(sight: Sight) -> Iterator[Reason]:
    """Yield what keeps everything as it is, the weightiest first."""
    yield from _pain_block(sight)
    if not sight.adherence.is_enough:
        yield _missed(sight.adherence)
    part = season_part(sight.records, sight.now.date())
    if not RULES[part].may_rise:
        text = tr("Season: {part}: nothing gets harder.")
        yield Reason("season", text.format(part=part))
    spike = find_spike(sight.records, sight.now)
    if spike is not None:
        yield spike
    yield from _week_block(sight)
    yield from _gate_block(sight)


def _pain_block(sight: Sight) -> Iterator[Reason]:
    recent = [hurt for hurt in sight.hurts if sight.at - hurt.at < _CALM]
    if recent:
        text = tr("{pain}: nothing gets harder for a week.")
        reason = recent[-1].reason
        yield Reason("pain", text.format(pain=capital(reason.sentence)), reason.figures)


def _missed(adherence: Adherence) -> Reason:
    text = tr(
        "Sessions missed: {done} of {meant:.0f} in 4 weeks, {share:.0f} %; a step up takes 75 %."
    )
    share = 100 * (adherence.share or 0.0)
    figures = (Figure("adherence", round(share), "%"), Figure("done", adherence.done))
    sentence = text.format(done=adherence.done, meant=adherence.meant, share=share)
    return Reason("adherence", sentence, figures)


def _week_block(sight: Sight) -> Iterator[Reason]:
    position = sight.position
    rung = rung_at(sight.records.programme, position.index)
    weeks = rung.weeks if not (position.rep_cuts or position.resistance_cuts) else 1
    assert position.since is not None, "the start was decided before"
    raised = max(position.since, position.raised_at or position.since)
    on_it = (sight.at - raised) / WEEK
    if on_it < weeks:
        text = tr("Rung {rung} for {on_it:.1f} weeks; at least {weeks}.")
        figures = (Figure("on it", round(on_it, 1), "weeks"), Figure("least", weeks, "weeks"))
        yield Reason("weeks", text.format(rung=rung.id, on_it=on_it, weeks=weeks), figures)
        return
    full = rung_circuit(sight.records.programme, rung.id)
    if eased_circuit(sight.records, position, sight.at) != full:
        text = tr("Rung {rung} still rises by 10 % a week.")
        yield Reason("weeks", text.format(rung=rung.id))


def _gate_block(sight: Sight) -> Iterator[Reason]:
    gate = rung_at(sight.records.programme, sight.position.index).gate
    found = _gate_sessions(sight, gate)
    if len(found) < gate.sessions:
        text = tr("{n} of {asked} sessions for the gate are done on rung {rung}.")
        rung = rung_at(sight.records.programme, sight.position.index).id
        figures = (Figure("sessions", len(found)), Figure("asked", gate.sessions))
        yield Reason("gate", text.format(n=len(found), asked=gate.sessions, rung=rung), figures)
        return
    shut = [check for check in _gate_checks(sight) if not check.is_met]
    if shut:
        text = tr("The gate stays shut: {checks}.")
        told = tuple(check.figure for check in shut if check.figure is not None)
        sentence = text.format(checks="; ".join(dict.fromkeys(check.text() for check in shut)))
        yield Reason("gate", sentence, told)


def _gate_sessions(sight: Sight, gate: Gate) -> list[Entry[SessionLog]]:
    """Return the newest training sessions since the rung or a cut was changed."""
    assert sight.position.since is not None, "the start was decided before"
    rung = rung_at(sight.records.programme, sight.position.index).id
    found = [
        entry
        for entry in since(sight.records.sessions, sight.position.since)
        if entry.said.kind is SessionKind.TRAINING and entry.said.rung in {rung, ""}
    ]
    return found[-gate.sessions :]


def _gate_checks(sight: Sight) -> Iterator[Check]:
    gate = rung_at(sight.records.programme, sight.position.index).gate
    assert sight.position.since is not None, "the start was decided before"
    sets = since(sight.records.sets, sight.position.since)
    pains = since(sight.records.pains, sight.position.since)
    for session in _gate_sessions(sight, gate):
        key = session.said.session_id
        logs = [entry.said for entry in sets if entry.said.session_id == key]
        hurts = [entry.said.level for entry in pains if entry.said.session_id == key]
        yield from check_session(gate, logs, hurts)
        yield Check(
            tr("complete"), 100.0 * session.said.is_complete, 100.0, is_least=True, unit="%"
        )


def _lift(sight: Sight, figures: tuple[Figure, ...]) -> Decision:
    """Bring the reps back first, then the resistance, a step at a time."""
    position = sight.position
    is_reps = position.rep_cuts > 0
    rung = rung_at(sight.records.programme, position.index)
    what = tr("reps") if is_reps else tr("resistance")
    text = tr("The gate is passed after the dial-back: the {what} rise by 10 %, nothing else.")
    return Decision(
        What.LIFT,
        "technique gate",
        text.format(what=what),
        figures,
        sight.records.programme.id,
        rung.id,
        position.resistance_cuts - (not is_reps),
        position.rep_cuts - is_reps,
    )


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]
