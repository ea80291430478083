"""The plan of an athlete: asked for, its decisions noted; wishes noted, overruled, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from trainer.app.notebook import Answer, Notebook
from trainer.app.plangoal import follow_goal, goal_reason, leave_goal, programme_of
from trainer.app.planrecords import read_records
from trainer.app.plantoday import TodaysOrder, order_for
from trainer.app.planwords import plan_answer, why_answer, year_answer
from trainer.app.programmes import FOLDER, own_ids, shipped_ids
from trainer.coach.rung import rungs_in_order
from trainer.core.diary.planning import (
    Goal,
    Holiday,
    KeyWorkout,
    Overruled,
    PainFreeDay,
    Race,
    Season,
    Subject,
    TodayInstead,
)
from trainer.core.errors import UsageError
from trainer.core.folders import user_folders
from trainer.core.texts import tr
from trainer.plan.closed import find_shut
from trainer.plan.ladder import decide_start
from trainer.plan.pain import Hurt, find_hurts
from trainer.plan.planner import look, make_plan
from trainer.plan.plateau import open_proposal
from trainer.plan.position import find_position
from trainer.plan.records import Records
from trainer.plan.values import Plan
from trainer.plan.week import why_shut

_OWN: Final = (Goal, Race, KeyWorkout, Holiday, Season, PainFreeDay, Overruled)
"""What the athlete noted; decisions of the planner are overruled, not taken back."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what it was made from."""

    plan: Plan
    records: Records


def plan_today(book: Notebook) -> Planned:
    """Return the plan at this moment; what it newly decided is noted. Raises StorageError."""
    records = read_records(book)
    plan = make_plan(records, book.now())
    is_simulated = bool(records.sessions) and records.sessions[-1].is_simulated
    for decision in plan.decisions:
        book.note(decision, is_simulated=is_simulated)
    return Planned(plan, records)


def todays_order(book: Notebook) -> TodaysOrder:
    """Return what the plan asks for today, as it is to be started. Raises StorageError."""
    planned = plan_today(book)
    return order_for(planned.plan, planned.records, book)


def show_plan(book: Notebook) -> Answer:
    """Return today and this week."""
    planned = plan_today(book)
    return plan_answer(planned.plan, planned.records)


def show_why(book: Notebook) -> Answer:
    """Return each decision with its rule, its sentence and its figures."""
    planned = plan_today(book)
    reasons = (goal_reason(planned.records, book), *planned.plan.reasons)
    return why_answer(replace(planned.plan, reasons=reasons), planned.records)


def show_year(book: Notebook) -> Answer:
    """Return the weeks of a year, with seasons and races."""
    return year_answer(plan_today(book).records, book.now())


def start(book: Notebook, programme: str | None) -> Answer:
    """Begin a programme on its lowest rung; without a name the one of the goal's kind.

    Raises UsageError: a file that no later plan would find.
    """
    name = programme or programme_of(book.entries(Goal))
    records = read_records(book, name or "foundation")
    own_id = records.programme.id
    if own_id not in (*shipped_ids(), *own_ids()):
        folder = user_folders().config / FOLDER
        raise UsageError(
            f"plan start {name}: later plans find a programme by its id, {own_id}. Keep the file "
            f"as {folder / own_id}.toml, then `footspring plan start {own_id}`."
        )
    decision = decide_start(records)
    book.note(decision)
    return Answer((decision.sentence,), decision)


def note_wish(
    book: Notebook, said: Goal | Race | KeyWorkout | Holiday | Season | PainFreeDay
) -> Answer:
    """Note a wish and say what is planned next. Raises UsageError: a day that is past."""
    on = getattr(said, "on", None) or getattr(said, "last", None)
    if isinstance(on, date) and on < book.now().date():
        raise UsageError(f"{on}: is past; today is {book.now().date()}. Give a day to come.")
    if isinstance(said, PainFreeDay):
        _refuse_painfree(book)
    book.note(said)
    followed = follow_goal(book) if isinstance(said, Goal) else ()
    planned = plan_today(book)
    noted = tr("Noted: {what}.").format(what=_told(said))
    return Answer((noted, *followed, planned.plan.next_action), said)


def overrule(book: Notebook, what: str, to: str, reason: str) -> Answer:
    """Note that the athlete decided otherwise. Raises UsageError: no reason, or nothing to it."""
    if not reason.strip():
        raise UsageError("overrule: takes a reason. Say it: --reason 'slept badly'.")
    records = plan_today(book).records
    said = _overruled(book, read_records(book, records.programme.id), what, to, reason)
    book.note(said)
    plan = plan_today(book).plan
    noted = tr("Overruled: {what} {to} ({reason}); `footspring plan undo` takes it back.")
    words = noted.format(what=said.subject, to=said.to, reason=reason).replace("  ", " ")
    return Answer((words, plan.next_action), said)


def undo(book: Notebook) -> Answer:
    """Take back what the athlete noted last; decisions are overruled with a reason instead."""
    last = book.newest(*_OWN)
    if last is None:
        raise UsageError(
            "plan undo: nothing of yours is noted. A decision of the planner is undone by "
            "`footspring plan overrule RUNG --reason WHY`."
        )
    book.library.diary.take_back(last.entry_id)
    if isinstance(last.said, Goal):
        leave_goal(book, last)
    return Answer((tr("Taken back: {what}.").format(what=_told(last.said)),), last.said)


def _overruled(book: Notebook, records: Records, what: str, to: str, reason: str) -> Overruled:
    ids = [rung.id for _, rung in rungs_in_order(records.programme)]
    if what == Subject.TODAY:
        return _today(book, records, to, reason)
    if what == Subject.CUT:
        return _cut(book, records, reason)
    if what == Subject.PLATEAU:
        if open_proposal(records) is None:
            raise UsageError("plan overrule plateau: no change is being tried out.")
        return Overruled(Subject.PLATEAU, "", reason)
    if what not in ids:
        known = ", ".join(("today", "cut", "plateau", *ids))
        raise UsageError(f"plan overrule {what}: there is none. Choose one of: {known}.")
    index = find_position(records).index
    if ids.index(what) > index + 1:
        raise UsageError(
            f"plan overrule {what}: is more than one rung above {ids[index]}. Never two rungs at "
            f"once: choose {ids[index + 1]} or one below."
        )
    if ids.index(what) > index:
        _refuse_in_pain(book, what, find_hurts(records, book.now()))
    return Overruled(Subject.RUNG, what, reason)


def _refuse_painfree(book: Notebook) -> None:
    now = book.now()
    hurts = find_hurts(read_records(book), now)
    of_today = [hurt for hurt in hurts if hurt.stops and hurt.day == now.date()]
    if of_today:
        raise UsageError(
            f"plan painfree: {of_today[-1].reason.sentence}; a day on which it hurt is none "
            "without pain. Say it tomorrow, if the feet are well then; a report that was a mistake "
            "is taken back by `footspring log undo`."
        )


def _refuse_in_pain(book: Notebook, what: str, hurts: Sequence[Hurt]) -> None:
    since = book.now() - timedelta(days=7)
    recent = [hurt for hurt in hurts if hurt.at > since]
    if recent:
        raise UsageError(
            f"plan overrule {what}: {recent[-1].reason.sentence}; nothing gets harder within a "
            "week of pain. Wait until it is past."
        )


def _today(book: Notebook, records: Records, to: str, reason: str) -> Overruled:
    now = book.now()
    sight = look(records, now)
    plan = make_plan(records, now)
    instead = TodayInstead(to) if to else _opposite(plan)
    if instead is TodayInstead.TRAIN:
        firm = tuple(shut for shut in find_shut(sight) if shut.is_firm)
        why = why_shut(firm, now.date(), now)
        if why is not None:
            raise UsageError(
                f"plan overrule today: {why.sentence} That rule protects the foot and stands. "
                "`footspring plan` shows the next day."
            )
    return Overruled(Subject.TODAY, instead.value, reason)


def _opposite(plan: Plan) -> TodayInstead:
    return TodayInstead.REST if plan.today.is_hard else TodayInstead.TRAIN


def _cut(book: Notebook, records: Records, reason: str) -> Overruled:
    position = find_position(records)
    if not position.resistance_cuts and not position.rep_cuts:
        raise UsageError("plan overrule cut: nothing is dialled back. `footspring plan why` tells.")
    strong = [hurt for hurt in find_hurts(records, book.now()) if hurt.ends_day]
    _refuse_in_pain(book, "cut", strong)
    return Overruled(Subject.CUT, "", reason)


def _told(said: object) -> str:
    match said:
        case Goal():
            until = f" until {said.until}" if said.until else ""
            return f"goal {said.kind}{until}"
        case Race() | KeyWorkout():
            kind = "race" if isinstance(said, Race) else "key workout"
            return f"{kind} {said.name} on {said.on}".replace("  ", " ")
        case Holiday():
            return f"holiday {said.first} to {said.last}"
        case Season():
            return f"{said.part} season {said.first} to {said.last}"
        case Overruled():
            return f"overruled {said.subject} {said.to} ({said.reason})".replace("  ", " ")
        case _:
            return tr("a day without pain")
