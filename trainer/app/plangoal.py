"""A goal and the programme that is made for it: named, and started where nobody has trained yet."""

from dataclasses import replace
from typing import Final

from trainer.app.notebook import Notebook
from trainer.app.planrecords import read_records
from trainer.app.programmes import GOALS, shipped_foundation
from trainer.coach.programme import Programme
from trainer.coach.rung import rung_circuit, rungs_in_order
from trainer.coach.setline import print_set
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision, Goal
from trainer.core.diary.training import Block, SessionKind
from trainer.core.texts import tr
from trainer.plan.ladder import decide_start
from trainer.plan.records import Reason, Records

_RULE: Final = "goal"
"""The rule of a start that a goal brought with it, by which it is found again."""


def programme_of(goals: tuple[Entry[Goal], ...]) -> str | None:
    """Return the id of the shipped programme that is made for the newest goal; None without one."""
    return GOALS[goals[-1].said.kind] if goals else None


def follow_goal(book: Notebook) -> tuple[str, ...]:
    """Start the newest goal's programme where nobody has trained, else say how; in sentences."""
    wanted = programme_of(book.entries(Goal))
    records = read_records(book)
    if wanted is None:
        return ()
    own = read_records(book, wanted)
    if records.programme.id == wanted and records.decisions:
        text = tr("The programme {title}, which you follow, is made for it.")
        return (text.format(title=tr(own.programme.title)), *_dose(own.programme))
    # Somebody's own programme was chosen: no goal puts it away.
    is_open = not _has_trained(records) and records.programme.id in GOALS.values()
    if not is_open:
        return (_offer(own.programme, records.programme), *_dose(own.programme))
    decision = replace(decide_start(own), rule=_RULE)
    book.note(decision)
    return (decision.sentence, *_dose(own.programme))


def leave_goal(book: Notebook, goal: Entry[Goal]) -> None:
    """Take back the start that a goal brought with it, while nobody has trained."""
    starts = [
        entry.entry_id
        for entry in book.entries(Decision)
        if entry.said.rule == _RULE and entry.entry_id > goal.entry_id
    ]
    if not _has_trained(read_records(book)):
        book.library.diary.take_back_all(starts)


def goal_reason(records: Records, book: Notebook) -> Reason:
    """Return the goal, and how the programme that is followed meets it."""
    goals = records.goals
    wanted = programme_of(goals)
    if wanted is None:
        return Reason(_RULE, tr("No goal is set: `footspring plan goal KIND`."))
    goal, followed = goals[-1].said.kind, records.programme
    if followed.id == wanted:
        text = tr("Your goal is {goal}: the programme {title} is made for it.")
        return Reason(_RULE, text.format(goal=goal, title=tr(followed.title)))
    offer = _offer(read_records(book, wanted).programme, followed)
    return Reason(_RULE, tr("Your goal is {goal}.").format(goal=goal) + " " + offer)


def _offer(wanted: Programme, followed: Programme) -> str:
    text = tr(
        "The programme {title} is made for it; you follow {followed}: `footspring plan start {id}` "
        "begins it on its lowest rung."
    )
    return text.format(title=tr(wanted.title), followed=tr(followed.title), id=wanted.id)


def _has_trained(records: Records) -> bool:
    return any(entry.said.kind is SessionKind.TRAINING for entry in records.sessions)


def _dose(programme: Programme) -> tuple[str, ...]:
    """Return where the programme's own dose begins: the rungs before it are the form all share."""
    shared = shipped_foundation().circuits
    ladder = rungs_in_order(programme)
    own = [rung for _, rung in ladder if rung.circuit not in shared] or [ladder[0][1]]
    work = [s for s in rung_circuit(programme, own[0].id).steps if s.block is Block.WORK]
    text = tr("Its own dose begins at rung {rung}: {sets}.")
    return (text.format(rung=own[0].id, sets=print_set(work[0])),)
