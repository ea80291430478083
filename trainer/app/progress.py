"""What the weeks have shown of an athlete, gathered from the diary."""

from collections.abc import Sequence
from datetime import date, datetime

from trainer.app.notebook import Notebook
from trainer.app.planrecords import followed
from trainer.app.programmes import load_programme
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision, Goal, Holiday, Race, Season
from trainer.core.diary.reviewing import GoalReview
from trainer.core.diary.running import Run
from trainer.core.diary.training import SessionLog, SetLog
from trainer.core.texts import tr, trn
from trainer.plan.adherence import look_back
from trainer.plan.days import monday
from trainer.plan.records import Records
from trainer.plan.wheel import find_spike, turn_wheel
from trainer.progress.load import weekly_loads
from trainer.progress.overview import MuscleLoad, Overview
from trainer.progress.review import is_due
from trainer.progress.runcourse import AVERAGED, run_series
from trainer.progress.series import find_series
from trainer.progress.verdicts import show


def gather(book: Notebook) -> Overview:
    """Return what the weeks have shown. Raises StorageError."""
    now = book.now()
    assessed, runs = book.entries(Assessment), book.entries(Run)
    records = records_of(book)
    sets = records.sets
    spokes = turn_wheel(records, monday(now.date()))
    spike = find_spike(records, now)
    visits = _visits(assessed)
    return Overview(
        athlete=book.athlete,
        today=now.date(),
        is_simulated=any(entry.is_simulated for kind in (assessed, sets, runs) for entry in kind),
        visits=sum(not is_practice for _, _, is_practice in visits),
        practice_visits=sum(is_practice for _, _, is_practice in visits),
        shown=show(find_series(assessed)),
        runs=show(run_series(runs), AVERAGED),
        loads=weekly_loads(sets),
        wheel=tuple(
            MuscleLoad(one.target, one.left_n_s, one.right_n_s)
            for one in spokes
            if one.left_n_s + one.right_n_s > 0
        ),
        warnings=() if spike is None else (spike.sentence,),
        habit=_habit(records, now),
        next_steps=_next_steps(book, assessed, records),
    )


def records_of(book: Notebook) -> Records:
    """Return what the planner's own figures are made from, without runs, shoes and devices."""
    decisions = book.entries(Decision)
    return Records(
        load_programme(followed(decisions) or None),
        sessions=book.entries(SessionLog),
        sets=book.entries(SetLog),
        races=book.entries(Race),
        holidays=book.entries(Holiday),
        seasons=book.entries(Season),
        goals=book.entries(Goal),
        decisions=decisions,
    )


def counted_days(assessed: Sequence[Entry[Assessment]]) -> tuple[date, ...]:
    """Return the days of the visits that count and have a value, in order."""
    said = [e for e in assessed if not e.said.is_practice and e.said.value is not None]
    return tuple(sorted({entry.local_day for entry in said}))


def _visits(assessed: Sequence[Entry[Assessment]]) -> set[tuple[str, date, bool]]:
    """Return circuit, first day and practice of each visit; sets of one day are one visit."""
    # A day may hold two circuits, and each has practice visits of its own.
    first: dict[tuple[str, str], date] = {}
    for entry in assessed:
        key = (entry.said.protocol, entry.said.visit)
        first[key] = min(first.get(key, entry.local_day), entry.local_day)
    practice = {(e.said.protocol, e.said.visit) for e in assessed if e.said.is_practice}
    return {(key[0], day, key in practice) for key, day in first.items()}


def _habit(records: Records, now: datetime) -> str:
    """Return how the sessions are kept; empty before the first one."""
    if not records.sessions:
        return ""
    started = records.decisions[0].at if records.decisions else None
    kept = look_back(records, now, started)
    streak = trn("{n} week in a row", "{n} weeks in a row", kept.streak_weeks)
    if kept.share is None:
        return tr("Kept: {streak}.").format(streak=streak)
    text = tr("Kept: {streak}, {share:.0f} % of the sessions of the last 4 weeks.")
    return text.format(streak=streak, share=100 * kept.share)


def _next_steps(
    book: Notebook, assessed: Sequence[Entry[Assessment]], records: Records
) -> tuple[str, ...]:
    if not assessed:
        return (
            tr(
                "No assessment yet: `footspring run --circuit baseline` makes one. The first two "
                "are practice, the third is what all later ones are held against."
            ),
        )
    reviews = book.entries(GoalReview)
    reviewed_on = date.fromisoformat(reviews[-1].said.visit) if reviews else None
    if is_due(counted_days(assessed), reviewed_on, records.programme.reassess_weeks):
        return (tr("A goals review is due after the reassessment: `footspring progress review`."),)
    return ()
