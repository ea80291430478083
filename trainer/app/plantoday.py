"""What the plan asks for today as an order that one key starts, or why it asks for nothing."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, timedelta

from trainer.app.leftopen import find_progress
from trainer.app.made import Made
from trainer.app.notebook import Answer, Notebook
from trainer.app.order import Order
from trainer.coach.length import circuit_min, due_min
from trainer.coach.programme import Circuit
from trainer.coach.setline import print_set
from trainer.core.diary.entry import Entry
from trainer.core.diary.session import Progress
from trainer.core.diary.training import SessionKind
from trainer.core.texts import tr
from trainer.plan.pain import Hurt, end_of_day, find_hurts, open_stop
from trainer.plan.records import Records
from trainer.plan.values import DayKind, Plan, PlanDay


@dataclass(frozen=True, slots=True)
class TodaysOrder:
    """What is started, or nothing, in sentences."""

    athlete: str
    made: Made | None
    """The circuit to start; None: nothing now, or what was cut off goes on."""
    is_resumed: bool
    sentence: str
    """What is started, or why nothing is."""
    later: str
    """What comes after it; of a rest day what there is instead."""
    minutes: float = 0.0
    """Of the circuit, warm-up and cooldown included."""

    @property
    def is_something(self) -> bool:
        """Return whether there is anything to start."""
        return self.is_resumed or self.made is not None

    def onto(self, order: Order) -> Order:
        """Return the order of a session that does it."""
        order = replace(order, athlete=self.athlete, is_resumed=self.is_resumed)
        if self.made is None:
            return order
        made = self.made
        return replace(order, circuit=made.circuit.id, programme=made.programme, made=made)


def order_for(plan: Plan, records: Records, book: Notebook) -> TodaysOrder:
    """Return the order of a plan's today."""
    cut = find_progress(book.library.diary, book.athlete, plan.now)
    if cut is not None and _goes_on(plan, records, cut):
        text = tr("{circuit} was cut off at set {number} of {sets}: it goes on there.")
        said = cut.said
        sentence = text.format(circuit=said.circuit, number=said.number, sets=said.sets)
        return TodaysOrder(book.athlete, None, is_resumed=True, sentence=sentence, later="")
    left = _undone(plan, records)
    if not left:
        why, instead = _why_nothing(plan), _instead(plan, records)
        return TodaysOrder(book.athlete, None, is_resumed=False, sentence=why, later=instead)
    made = Made(left[0], records.programme.id, plan.rung, plan.first_side)
    minutes = due_min(made.circuit, records.programme.drills)
    text = tr("Today: {title}, {minutes:.0f} min, rung {rung}. {why}")
    sentence = text.format(
        title=tr(made.circuit.title),
        minutes=minutes,
        rung=plan.rung,
        why=plan.today.sentence,
    )
    return TodaysOrder(
        book.athlete,
        made,
        is_resumed=False,
        sentence=sentence,
        later=_then(plan, left[1:]),
        minutes=minutes,
    )


def order_answer(order: TodaysOrder) -> Answer:
    """Return an order as lines and as a table, without starting it."""
    made = order.made
    steps = [] if made is None else [asdict(step) for step in made.circuit.steps]
    table = {
        "format": 1,
        "athlete": order.athlete,
        "is_something": order.is_something,
        "is_resumed": order.is_resumed,
        "circuit": "" if made is None else made.circuit.id,
        "rung": "" if made is None else made.rung,
        "programme": "" if made is None else made.programme,
        "first_side": "" if made is None else made.first_side,
        "minutes": round(order.minutes, 1),
        "steps": steps,
        "sentence": order.sentence,
        "later": order.later,
    }
    lines = [order.sentence]
    if made is not None:
        lines += [f"  {print_set(step)}" for step in made.circuit.steps]
    return Answer((*lines, *([order.later] if order.later else ())), table)


def _goes_on(plan: Plan, records: Records, cut: Entry[Progress]) -> bool:
    """Whether what was cut off is what today asks for: of today, or a baseline's second visit."""
    if open_stop(records, find_hurts(records, plan.now)) is not None:
        return False
    is_own = any(circuit.id == cut.said.circuit for circuit in plan.today.circuits)
    if cut.local_day == plan.today.day:
        # Gentle minutes that were cut off do not take the place of the training.
        return is_own or not _undone(plan, records)
    return is_own and plan.today.kind is DayKind.BASELINE and _is_open(plan.today, plan)


def _undone(plan: Plan, records: Records) -> tuple[Circuit, ...]:
    """Return the circuits of today that may be begun now and were not done."""
    today = plan.today
    if not today.is_hard or not _is_open(today, plan):
        return ()
    since = plan.now.astimezone(UTC) - timedelta(days=1)
    done = {
        entry.said.circuit
        for entry in records.sessions
        if entry.at > since and entry.local_day == today.day and entry.said.is_complete
    }
    return tuple(circuit for circuit in today.circuits if circuit.id not in done)


def _is_open(day: PlanDay, plan: Plan) -> bool:
    return day.not_before is None or day.not_before <= plan.now.astimezone(UTC)


def _why_nothing(plan: Plan) -> str:
    today = plan.today
    if today.is_hard and today.not_before is not None:
        text = tr("Not yet: a hard session may begin from {clock} on. {why}")
        clock = f"{today.not_before.astimezone(plan.now.tzinfo):%H:%M}"
        return text.format(clock=clock, why=today.sentence)
    text = tr("Nothing hard today: {why}")
    return text.format(why=today.sentence)


def _instead(plan: Plan, records: Records) -> str:
    gentle = records.programme.circuits.get(records.programme.activation)
    is_done = SessionKind.ACTIVATION in plan.today.done
    if gentle is None or is_done or _pain_of_today(plan, records) is not None:
        return _next_hard(plan)
    text = tr("{minutes:.0f} gentle minutes, if you like: `footspring run --circuit {id}`. {then}")
    minutes = circuit_min(gentle, records.programme.drills)
    offer = text.format(minutes=minutes, id=gentle.id, then=_next_hard(plan))
    return offer.rstrip()


def _pain_of_today(plan: Plan, records: Records) -> Hurt | None:
    return end_of_day(find_hurts(records, plan.now), plan.today.day)


def _then(plan: Plan, rest: tuple[Circuit, ...]) -> str:
    if rest:
        titles = tr(" and ").join(tr(circuit.title) for circuit in rest)
        return tr("After it: {titles}.").format(titles=titles)
    return _next_hard(plan)


def _next_hard(plan: Plan) -> str:
    later = next((day for day in plan.days if day.is_hard and day.day > plan.today.day), None)
    if later is None:
        return ""
    titles = tr(" and ").join(tr(circuit.title) for circuit in later.circuits)
    return tr("Next after today: {titles} on {day:%a %d %b}.").format(titles=titles, day=later.day)
