"""The agenda: each day of this week and the next, its circuits and reason, and what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from trainer.coach.length import block_min, due_min
from trainer.coach.programme import Circuit, Programme
from trainer.core.cues import StopReason
from trainer.core.diary.training import Block, SessionKind, SessionLog
from trainer.core.texts import tr
from trainer.plan.adherence import is_holiday
from trainer.plan.closed import Shut
from trainer.plan.days import DAY, WEEK, monday
from trainer.plan.ladder import Sight, capital
from trainer.plan.pain import end_of_day
from trainer.plan.position import rung_at
from trainer.plan.session import fit_cap, take_turns, training_circuit, trainings_done
from trainer.plan.values import DayKind, Dose, PlanDay
from trainer.plan.week import DAYS, Slot, why_shut


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the days are built from."""

    sight: Sight
    dose: Dose
    shut: tuple[Shut, ...]
    slots: tuple[Slot, ...]
    review_due: date
    sessions_a_week: int
    gentle: tuple[Circuit, ...]
    """The circuits of a rest day; empty where the programme has none."""
    gentle_min: float


def build_days(agenda: Agenda) -> tuple[PlanDay, ...]:
    """Return this week's days and the next week's, past ones with what was done."""
    first = monday(agenda.sight.now.date())
    days = [first + timedelta(days=shift) for shift in range(DAYS)]
    done = _done(agenda.sight, first)
    hard = {slot.day: (slot, kind) for slot, kind in _kinds(agenda)}
    sight = agenda.sight
    training = training_circuit(sight.records, sight.position, agenda.dose, sight.now)
    turn = trainings_done(sight.records)
    turns = {day: turn + ahead for ahead, day in enumerate(sorted(hard))}
    return tuple(
        _hard_day(agenda, *hard[day], take_turns(training, sight.records.programme, turns[day]))
        if day in hard
        else _other_day(agenda, day, done.get(day, []))
        for day in days
    )


def say_next(days: tuple[PlanDay, ...], now: datetime) -> str:
    """Return the next thing to do, in one sentence."""
    today = next(day for day in days if day.day == now.date())
    if today.is_hard:
        opens = today.not_before
        text = tr("Now: {what}, {minutes:.0f} min.")
        if opens is not None and opens > now.astimezone(UTC):
            text = tr("Today from {clock}: {what}, {minutes:.0f} min.")
        clock = "" if opens is None else f"{opens.astimezone(now.tzinfo):%H:%M}"
        return text.format(what=_titles(today), minutes=today.minutes, clock=clock)
    later = next((day for day in days if day.is_hard and day.day > today.day), None)
    if today.kind is DayKind.ACTIVATION and SessionKind.ACTIVATION not in today.done:
        return tr("Today: {minutes:.0f} min of gentle activation.").format(minutes=today.minutes)
    if later is not None:
        return tr("Next: {what} on {day:%a %d %b}.").format(what=_titles(later), day=later.day)
    return tr("Next: gentle activation tomorrow, {day:%a %d %b}.").format(day=today.day + DAY)


def _titles(day: PlanDay) -> str:
    return tr(" and ").join(tr(circuit.title) for circuit in day.circuits) or day.kind


def _done(sight: Sight, first: date) -> dict[date, list[SessionLog]]:
    done: dict[date, list[SessionLog]] = {}
    for entry in reversed(sight.records.sessions):
        if entry.local_day < first - DAY:
            break
        done.setdefault(entry.local_day, []).insert(0, entry.said)
    return done


def _kinds(agenda: Agenda) -> Iterator[tuple[Slot, DayKind]]:
    """Tell baseline, standard set and training apart; each slot is one of them."""
    due, tested = agenda.review_due, _last_standard(agenda.sight)
    every = WEEK if agenda.sessions_a_week > 2 else 2 * WEEK  # noqa: PLR2004 - else no training is left
    for slot in agenda.slots:
        if slot.day >= due:
            due, tested = slot.day + WEEK * agenda.sight.records.programme.reassess_weeks, slot.day
            yield slot, DayKind.BASELINE
        elif monday(slot.day) >= monday(tested) + every:
            tested = slot.day
            yield slot, DayKind.STANDARD_SET
        else:
            yield slot, DayKind.TRAINING


def _last_standard(sight: Sight) -> date:
    kinds = {SessionKind.STANDARD_SET, SessionKind.BASELINE}
    days = (
        entry.local_day for entry in reversed(sight.records.sessions) if entry.said.kind in kinds
    )
    return next(days, sight.now.date())


def _hard_day(agenda: Agenda, slot: Slot, kind: DayKind, training: Circuit) -> PlanDay:
    programme = agenda.sight.records.programme
    circuits = _circuits(programme, kind, training)
    blocks = [block_min(one, programme.drills) for one in circuits]
    warm_min = sum(minutes[Block.WARM_UP] for minutes in blocks)
    mobility = tr("Replaces {minutes:.0f} min of light mobility work: the warm-up holds it.")
    return PlanDay(
        slot.day,
        kind,
        _why_hard(agenda, kind),
        circuits,
        slot.window.start,
        slot.window.end,
        sum(due_min(one, programme.drills) for one in circuits),
        mobility.format(minutes=warm_min),
    )


def _circuits(programme: Programme, kind: DayKind, training: Circuit) -> tuple[Circuit, ...]:
    ids = {DayKind.BASELINE: programme.baseline, DayKind.STANDARD_SET: programme.standard_set}
    special = programme.circuits.get(ids.get(kind, ""))
    if special is None:
        return (training,)
    if kind is DayKind.BASELINE:
        return (special,)
    # Hard work of its own, so it takes a session's place: the next one is 48 hours away.
    return (fit_cap(special, programme),)


def _why_hard(agenda: Agenda, kind: DayKind) -> str:
    rung = rung_at(agenda.sight.records.programme, agenda.sight.position.index).id
    if kind is DayKind.BASELINE:
        weeks = agenda.sight.records.programme.reassess_weeks
        text = tr("The baseline circuit, every {weeks} weeks; it ends with a review of the goals.")
        return text.format(weeks=weeks)
    if kind is DayKind.STANDARD_SET:
        return tr("The short standard set, by which a plateau is told.")
    text = tr("One of {n} sessions a week, at least 48 hours apart, on rung {rung}.")
    return text.format(n=agenda.sessions_a_week, rung=rung)


def _other_day(agenda: Agenda, day: date, done: list[SessionLog]) -> PlanDay:
    told = tuple(map(_told, done))
    today = agenda.sight.now.date()
    ended = _why_ended(agenda, day)
    if any(log.kind is not SessionKind.ACTIVATION for log in done) or (day < today and done):
        return PlanDay(day, DayKind.DONE, " ".join([*_what_was(done), *ended]), done=told)
    if is_holiday(agenda.sight.records.holidays, day):
        text = tr("Holiday: nothing is asked; the travel routine if you like.")
        return PlanDay(day, DayKind.HOLIDAY, text, done=told)
    if day < today:
        return PlanDay(day, DayKind.NOTHING, tr("Nothing was noted."), done=told)
    if ended:
        return PlanDay(day, DayKind.NOTHING, " ".join(ended), done=told)
    reason = why_shut(agenda.shut, day, agenda.sight.now)
    sentence = tr("Rest between hard sessions.") if reason is None else reason.sentence
    return PlanDay(
        day,
        DayKind.ACTIVATION,
        sentence,
        agenda.gentle,
        minutes=agenda.gentle_min,
        mobility=tr("Supplements the light mobility work: it is no load session."),
        done=told,
    )


def _why_ended(agenda: Agenda, day: date) -> tuple[str, ...]:
    """Return in sentences why today is over; nothing of other days, and where it is not."""
    sight = agenda.sight
    end = end_of_day(sight.hurts, day) if day == sight.now.date() else None
    if end is None:
        return ()
    shut = why_shut(agenda.shut, day, sight.now)
    why = f"{capital(end.reason.sentence)}." if shut is None else shut.sentence
    return why, tr("Nothing more today, gentle minutes neither.")


def _is_stopped(log: SessionLog) -> bool:
    """Whether it was stopped for pain; the foot button counts as that until it is said."""
    return log.stop_reason in {StopReason.PAIN.value, StopReason.BUTTON.value}


def _told(log: SessionLog) -> str:
    kind = str(log.kind)
    return tr("{kind}, stopped for pain").format(kind=kind) if _is_stopped(log) else kind


def _what_was(done: Sequence[SessionLog]) -> Iterator[str]:
    """Yield what was done and what was stopped, each in a sentence."""
    whole = [log.kind for log in done if not _is_stopped(log)]
    stopped = [log.kind for log in done if _is_stopped(log)]
    if whole:
        yield tr("Done: {what}.").format(what=", ".join(whole))
    if stopped:
        yield tr("Stopped for pain: {what}.").format(what=", ".join(stopped))
