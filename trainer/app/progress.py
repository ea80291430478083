"""What the weeks have shown of an athlete, gathered from the diary."""

from collections.abc import Sequence

from trainer.app.notebook import Notebook
from trainer.app.planrecords import followed
from trainer.app.programmes import load_programme
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision
from trainer.core.diary.running import Run
from trainer.core.diary.training import SessionLog, SetLog
from trainer.core.texts import tr
from trainer.plan.days import monday
from trainer.plan.records import Records
from trainer.plan.wheel import find_spike, turn_wheel
from trainer.progress.load import weekly_loads
from trainer.progress.overview import MuscleLoad, Overview
from trainer.progress.runcourse import AVERAGED, run_series
from trainer.progress.series import find_series
from trainer.progress.verdicts import show


def gather(book: Notebook) -> Overview:
    """Return what the weeks have shown. Raises StorageError."""
    now = book.now()
    assessed, sets = book.entries(Assessment), book.entries(SetLog)
    runs = book.entries(Run)
    records = _records(book, sets)
    spokes = turn_wheel(records, monday(now.date()))
    spike = find_spike(records, now)
    practice = {entry.said.visit for entry in assessed if entry.said.is_practice}
    return Overview(
        athlete=book.athlete,
        today=now.date(),
        is_simulated=any(entry.is_simulated for kind in (assessed, sets, runs) for entry in kind),
        visits=len({entry.said.visit for entry in assessed} - practice),
        practice_visits=len(practice),
        shown=show(find_series(assessed)),
        runs=show(run_series(runs), AVERAGED),
        loads=weekly_loads(sets),
        wheel=tuple(MuscleLoad(one.target, one.left_n_s, one.right_n_s) for one in spokes),
        warnings=() if spike is None else (spike.sentence,),
        next_steps=_next_steps(assessed),
    )


def _records(book: Notebook, sets: tuple[Entry[SetLog], ...]) -> Records:
    programme = load_programme(followed(book.entries(Decision)) or None)
    return Records(programme, sessions=book.entries(SessionLog), sets=sets)


def _next_steps(assessed: Sequence[Entry[Assessment]]) -> tuple[str, ...]:
    if not assessed:
        return (
            tr(
                "No assessment yet: `footspring assess` makes one. The first two are practice, "
                "the third is what all later ones are held against."
            ),
        )
    return ()
