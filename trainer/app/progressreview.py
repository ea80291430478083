"""The goals review after a reassessment: shown, decided, noted with its goal, taken back."""

from dataclasses import asdict, dataclass
from datetime import date

from trainer.app.notebook import Answer, Notebook
from trainer.app.plangoal import goal_reason
from trainer.app.planrecords import read_records
from trainer.app.progress import counted_days, gather, records_of
from trainer.app.progresstext import side_name
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.planning import Goal
from trainer.core.diary.reviewing import GoalReview, ReviewedChange
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.plan.adherence import LEAST, look_back
from trainer.progress.metrics import METRICS
from trainer.progress.overview import Overview
from trainer.progress.review import Review, find_review


@dataclass(frozen=True, slots=True)
class _Case:
    """What is reviewed."""

    goal: Goal | None
    review: Review
    overview: Overview
    newest: date


def show_review(book: Notebook) -> Answer:
    """Return what there is to decide on; nothing is noted."""
    case = _case(book)
    decide = tr(
        "Decide: `footspring progress review --keep`, or `--goal KIND` for another one; either "
        "is noted, and `footspring progress undo` takes it back."
    )
    return Answer((*_lines(case), decide), {**asdict(case.review), "visit": case.newest})


def note_review(book: Notebook, goal: Goal | None, words: str = "") -> Answer:
    """Note the review with the goal from now on; None keeps the one there is."""
    today = book.now().date()
    if goal is not None and goal.until is not None and goal.until < today:
        text = tr("progress review --date {day}: is past; today is {today}. Give a day to come.")
        raise UsageError(text.format(day=goal.until, today=today))
    case = _case(book, goal)
    after = goal or case.goal
    if after is None:
        raise UsageError(
            tr(
                "progress review --keep: there is no goal to keep. Set one: `footspring progress "
                "review --goal endurance`."
            )
        )
    is_simulated = case.overview.is_simulated
    # The goal is noted anew, so that it is younger than what it was decided on.
    number = book.note(after, is_simulated=is_simulated)
    said = GoalReview(
        visit=f"{case.newest}",
        goal_before=str(case.goal.kind) if case.goal else "",
        goal_after=str(after.kind),
        changes=case.review.beyond,
        not_seen=case.review.not_seen,
        unknown=case.review.unknown,
        next_step=case.review.next_step,
        goal_entry=number,
        words=words,
    )
    book.note(said, is_simulated=is_simulated)
    text = tr("Noted: the goal is {goal} from now on; `footspring progress undo` takes it back.")
    followed = () if goal is None else (goal_reason(read_records(book), book).sentence,)
    return Answer((*_lines(case), text.format(goal=after.kind), *followed), asdict(said))


def undo_review(book: Notebook) -> Answer:
    """Take the last review back, and the goal that it noted."""
    reviews = book.entries(GoalReview)
    if not reviews:
        return Answer((tr("nothing to take back: there is no review yet"),), status=1)
    last = max(reviews, key=lambda entry: entry.entry_id)
    book.library.diary.take_back(last.entry_id)
    book.library.diary.take_back(last.said.goal_entry)
    text = tr("taken back: the review of {day}; the goal is {goal} again")
    goal = last.said.goal_before or tr("not set")
    return Answer((text.format(day=last.local_day, goal=goal),))


def _case(book: Notebook, wanted: Goal | None = None) -> _Case:
    """Return what is reviewed; what is advised looks at the wanted goal, where there is one."""
    days = counted_days(book.entries(Assessment))
    if not days:
        raise UsageError(
            tr(
                "progress review: there is no visit that counts yet. `footspring run --circuit "
                "baseline` makes one; the first two are practice."
            )
        )
    goals = book.entries(Goal)
    goal = goals[-1].said if goals else None
    overview = gather(book)
    records = records_of(book)
    started = records.decisions[0].at if records.decisions else None
    kept = look_back(records, book.now(), started)
    held = wanted or goal
    review = find_review(overview.shown, held.kind if held else None, kept.share, LEAST)
    return _Case(goal, review, overview, max(days))


def _lines(case: _Case) -> list[str]:
    review = case.review
    lines = [
        tr("Goals review of {athlete}, after the visit of {day}").format(
            athlete=case.overview.athlete, day=case.newest
        )
    ]
    if case.overview.is_simulated:
        lines.append(tr("SIMULATED: some of this came from no foot."))
    lines += [_goal_line(case.goal), tr("Beyond their own error:")]
    lines += [f"  {change_line(one)}" for one in review.beyond] or [tr("  nothing yet")]
    text = tr("{n} figures show no change yet; of {unknown} more the error is not known.")
    lines.append(text.format(n=review.not_seen, unknown=review.unknown))
    if case.goal is not None:
        text = tr("The goal's own figures: {better} better, {worse} worse, {same} without a change")
        lines.append(
            text.format(
                better=review.goal_better, worse=review.goal_worse, same=review.goal_not_seen
            )
        )
    return [*lines, tr("Next: {step}").format(step=review.next_step)]


def _goal_line(goal: Goal | None) -> str:
    if goal is None:
        return tr("Goal: none is set")
    words = [f"{goal.kind}", goal.words, tr("until {day}").format(day=goal.until or "")]
    shown = words if goal.until else words[:2]
    return tr("Goal: {goal}").format(goal=", ".join(word for word in shown if word))


def change_line(one: ReviewedChange) -> str:
    """Return a change that was seen in one line."""
    metric = METRICS[one.metric]
    text = tr("{title}, {foot}: {verdict}, {change:+.{digits}f} {unit} (MDC95 {mdc:.{digits}f})")
    return text.format(
        title=f"{tr(metric.title)} ({one.protocol.replace('_', ' ')})",
        foot=side_name(one.side),
        verdict=one.verdict,
        change=one.change,
        digits=metric.decimals,
        unit=one.unit,
        mdc=one.mdc95,
    ).replace("  ", " ")
