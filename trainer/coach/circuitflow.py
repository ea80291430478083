"""The flow of a circuit: which set is on or comes next, warm-up, rests, dose, and what was done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from trainer.coach.agenda import LOADED_KINDS, Item
from trainer.coach.circuitplan import (
    PRESSED,
    WARM_UP_S,
    CircuitPlan,
    exercise_of,
    maximum_of,
    reps_of,
)
from trainer.coach.dose import LIGHTER_SHARE
from trainer.coach.flow import Flow
from trainer.coach.length import CHANGE_S, beyond_cap
from trainer.coach.machine import Trigger
from trainer.coach.marks import Marks
from trainer.coach.patience import Patience
from trainer.coach.plan import SessionPlan
from trainer.coach.programme import Led
from trainer.coach.sessiontimes import SessionTimes
from trainer.coach.setlog import DoneSet, is_whole, log_set
from trainer.coach.target import aim
from trainer.coach.tracing import RAMP, Trace, ramp_share
from trainer.core.cues import SessionEnded, SetEnded, SetStarted, Side
from trainer.core.diary.training import Block, EndedBy, SessionKind, SetLog
from trainer.core.snapshot import Phase
from trainer.core.texts import tr

BROKEN_OFF: Final = frozenset({EndedBy.ENDED, EndedBy.CUT_OFF, EndedBy.PAIN})
"""Ends of a set that end the session with it: going on begins with that set."""

FLOOR: Final = "floor"

BY_REPS: Final = frozenset({Led.REPS, Led.REACT})
"""Led rep by rep: with a length, as many as fit into it."""
CLOSING_S: Final = 20.0
"""Three answers of one key each after the last set, as before the first."""

_CLOSED: Final = LOADED_KINDS | {SessionKind.TRAVEL}
"""Kinds with a cooldown, after which breath and posture are asked about."""


class CircuitFlow(Flow):
    """State of one circuit session."""

    def __init__(self, order: CircuitPlan) -> None:
        self.order = order
        self.load_share = 1.0
        self.upcoming = order.first
        self.done: dict[int, DoneSet] = {}
        self.is_ramped = False
        self.notice = ""
        """What the next rest says first."""
        item = order.agenda[order.first]
        super().__init__(
            SessionPlan(
                exercise_of(item, order.base, 1.0),
                order.athlete,
                order.sides,
                reps_of(item, 1.0),
                order.known_mvc,
            ),
            Phase.READY,
        )
        self.labels.set_index = order.first
        self.maxima.exercise = maximum_of(item, order.base)
        self.share = 1.0 if order.dose_share is None else order.dose_share
        self.is_filling = False
        """True while the clock runs for the warm-up alone."""
        self.is_on = False
        """True from the begin of a set to its end, also while it is interrupted."""
        self.interrupted: tuple[Phase, float] | None = None
        """What a pause has interrupted, and the seconds that were left of it."""
        self.set_from_s = 0.0
        self.times = SessionTimes(order.lasted_s, order.warmed_s)
        self.rested_from_s: dict[tuple[int, Side | None], float] = {}
        """End of the newest set of a step's foot."""
        self.margin_pct: float | None = None
        self.onset_rep: int | None = None
        self.is_abrupt = False
        self.marks = Marks()
        """What the set that is on, or just done, has shown beside its holds."""
        self.pain: float | None = None
        self.ease: float | None = None
        self.trace: Trace = ()
        self.patience = Patience(order.settings.idle_s)
        self._lighter: dict[int, float] = {}
        self.choose: Callable[[Led], None] = lambda _led: None
        """Told how the set that was prepared is led."""
        self._luck = 0

    @property
    def item(self) -> Item:
        """Return the set that is prepared, on, or just done."""
        return self.order.agenda[self.labels.set_index]

    @property
    def next_item(self) -> Item | None:
        """Return the set that comes next; None after the last."""
        agenda = self.order.agenda
        return agenda[self.upcoming] if self.upcoming < len(agenda) else None

    @property
    def set_side(self) -> Side | None:
        """Return the foot of the set, as the person says it is; None where none is meant."""
        return None if self.item.side is None else self.labels.side

    @property
    def next_side(self) -> Side:
        """Return the foot of the next set; the one on the pad after the last."""
        sides = self.labels.sides
        return sides[self.upcoming] if self.upcoming < len(sides) else self.labels.side

    @property
    def load_band_n(self) -> tuple[float, float] | None:
        """Return the load that the foot is to bear; None where none is asked, or can be told."""
        pct, weight_n = self.item.step.target_pct_bw, self.order.weight_n
        if pct is None or weight_n is None:
            return None
        middle_n = self.load_share * pct / 100 * weight_n
        half_n = middle_n * self.exercise.band_pct / 100
        return middle_n - half_n, middle_n + half_n

    @property
    def is_stance_seen(self) -> bool:
        """Return whether a sensor may see how somebody stands in the set that is prepared.

        Without an inertial sensor only the pad does, and it lies on the floor.
        """
        is_floor = self.item.step.surface in {"", FLOOR}
        is_there = is_floor or self.order.has_motion
        return self.item.drill.led is Led.BALANCE and self.order.has_pad and is_there

    @property
    def is_gentle(self) -> bool:
        """Return whether the set is to be light: warm-up, cooldown, the daily activation."""
        return not self._is_firm(self.item)

    def _is_firm(self, item: Item) -> bool:
        return item.is_loaded and self.order.circuit.kind is not SessionKind.ACTIVATION

    @property
    def lacks_maximum(self) -> bool:
        """Return whether a firm set is to come whose maximum nobody knows or measures first."""
        order = self.order
        known = {(one.athlete, one.side, one.exercise) for one in order.known_mvc}
        return (
            order.has_pad
            and not order.is_to_fatigue
            and any(
                (self.labels.athlete, side, "") not in known
                for item, side in zip(order.agenda, self.labels.sides, strict=True)
                if self._is_firm(item) and item.step.target_pct_mvc is not None
                if not item.is_by_clock and not maximum_of(item, order.base)
            )
        )

    @property
    def is_estimating(self) -> bool:
        """Return whether the presses of now are to set the target: not where none is wanted."""
        is_wanted = self.item.step.target_pct_mvc is not None and not self.is_gentle
        return is_wanted and super().is_estimating

    @property
    def can_undo(self) -> bool:
        """Return whether a name, or a rep of the newest set, can be taken back."""
        last = self.done.get(self.item.number)
        is_own = self.is_on or (last is not None and last.page is not None)
        return self.labels.can_undo or (is_own and super().can_undo)

    @property
    def is_time_up(self) -> bool:
        """Return whether a set of reps that has a length instead of a number is over."""
        return self.is_by_time and self.now_s - self.set_from_s >= self.item.step.duration_s

    @property
    def is_by_time(self) -> bool:
        """Return whether a set of reps has a length instead of a number."""
        step = self.item.step
        return step.duration_s > 0 and not step.reps and self.item.drill.led in BY_REPS

    @property
    def lasted_s(self) -> float:
        """Return how long the session has lasted, from its first set on."""
        return self.times.lasted_s(self.now_s)

    @property
    def warmed_s(self) -> float:
        """Return how long the foot was warmed up."""
        return self.times.warmed_s(self.now_s)

    @property
    def next_number(self) -> int:
        """Return the set to go on with after an end: the one that was on, else the next."""
        logs = self.logs
        last = max(logs, default=0)
        is_again = last > 0 and logs[last].ended_by in BROKEN_OFF
        return min(len(self.order.agenda), last if is_again else last + 1)

    @property
    def warm_left_s(self) -> float:
        """Return what the warm-up still lacks before the next set."""
        item = self.next_item
        is_asked = self.order.is_loaded and item is not None and item.is_loaded
        return max(0.0, WARM_UP_S - self.warmed_s) if is_asked else 0.0

    @property
    def logs(self) -> dict[int, SetLog]:
        """Return the records of all sets done, by their number."""
        sets = self.book.results()
        own = {n: log_set(self.order, done, sets) for n, done in self.done.items()}
        return {**self.order.earlier, **own}

    def go_to_set(self) -> None:
        """Go to what the foot on the pad still needs before its set."""
        # What warms up for a maximal press is done without knowing the maximum. Within its cap
        # training has no time for it: tests measure it, and it is kept.
        is_aimed = self.item.step.target_pct_mvc is not None and self.item.is_loaded
        is_aimed = is_aimed and self.order.is_to_fatigue
        is_pressed = self.item.drill.sensor in PRESSED and self.item.drill.led is not Led.TAPS
        is_wanted = self.maxima.is_wanted(self.labels.athlete, self.labels.side)
        is_max = is_aimed and is_pressed and is_wanted and not self.is_on
        self.move(Trigger.MAX_WANTED if is_max else Trigger.SET_DUE)

    def aim(self) -> None:
        """Set the band anew, lower in the first reps of a foot's first set."""
        item = self.item
        if item.step.target_pct_mvc is None or item.is_by_clock:
            self.target = None
            return
        mvc_n = self.mvc_n
        self.target = aim(self.exercise, mvc_n, self._plateaus_n(item))
        if self.target is not None and self.is_ramped and mvc_n is not None:
            share = ramp_share(self.book.counted + 1)
            low_n, middle_n, high_n = (
                share * n for n in (self.target.low_n, self.target.middle_n, self.target.high_n)
            )
            self.target = replace(self.target, low_n=low_n, middle_n=middle_n, high_n=high_n)

    def prepare(self) -> None:
        """Let the upcoming set be the one that is prepared."""
        self.labels.set_index = self.upcoming
        item = self.item
        self.maxima.exercise = maximum_of(item, self.order.base)
        load = self.load_share * self._lighter.get(item.step_number, 1.0)
        exercise = exercise_of(item, self.order.base, load if item.is_loaded else 1.0)
        self.plan = replace(self.plan, exercise=exercise, reps=reps_of(item, self.share))
        self.exercise = exercise
        self.is_ramped = False
        self.aim()
        self.choose(item.drill.led)

    def proceed(self) -> None:
        """Go on to the next set: by the clock, or onto the pad, or warm up first."""
        item = self.next_item
        if item is None:
            self.end_all()
            return
        if self.warm_left_s > 0:
            self.is_filling = True
            self.move(Trigger.CLOCK_DUE)
            return
        self.prepare()
        if item.is_by_clock:
            self.move(Trigger.CLOCK_DUE)
        elif self.phase is Phase.READINESS:
            self.move(Trigger.SET_OVER)
        else:
            self.move(Trigger.FOOT_CHANGED)

    def begin_set(self) -> None:
        """Begin the set that was prepared."""
        self.is_on = True
        self.set_from_s = self.now_s
        self.times.begin(self.now_s)
        self.margin_pct = self.onset_rep = self.decline_pct = self.ease = self.pain = None
        self.is_abrupt, self.marks = False, Marks()
        item = self.item
        if item.is_by_clock:
            return
        self.book.open(self.labels.side, self.plan.reps, self.now_s)
        is_first = item.nth == 1 and not self.order.is_to_fatigue
        is_long_enough = self.plan.reps > len(RAMP) and item.drill.led is Led.REPS
        self.is_ramped = is_first and is_long_enough and item.is_loaded
        self.aim()
        sets = len(self.order.agenda)
        self.say(SetStarted(self.now_s, self.labels.side, item.number, sets, self.plan.reps))

    def finish_set(self, ended_by: EndedBy) -> None:
        """End the set that is on, and go on."""
        self.close_set(ended_by)
        self.go_past()

    def give_up(self) -> None:
        """End a set in which nothing is seen any more; what was done of it is noted."""
        self.notice = tr("Nothing was seen for long: that set ended without it.")
        self.finish_set(EndedBy.IDLE)

    def close_set(self, ended_by: EndedBy) -> None:
        """Note the set that is on as done."""
        item = self.item
        page = None
        if not item.is_by_clock:
            self.book.close(self.now_s)
            page = self.book.sets - 1
            self.say(SetEnded(self.now_s, item.number, self.book.counted))
        self.is_on = False
        self.trace = ()
        self.rested_from_s[item.step_number, self.set_side] = self.now_s
        self.done[item.number] = DoneSet(
            item=item,
            side=self.set_side,
            ended_by=ended_by,
            duration_s=self._set_s(),
            page=page,
            # Of a set that has a length, what fits into it depends on chance and on the foot.
            asked_reps=self.marks.asked if self.is_by_time else self.plan.reps,
            asked_hold_s=0.0 if item.is_by_clock else self.exercise.hold_s,
            onset_rep=self.onset_rep,
            marks=self.marks,
            load_n=None if self.load_band_n is None else sum(self.load_band_n) / 2,
            ramped=len(RAMP) * self.is_ramped,
            device=self.device,
            ease=self.ease,
            pain=self.pain,
            start_s=self.set_from_s,
            end_s=self.now_s,
        )

    def _set_s(self) -> float:
        """Return how long the set was; what is waited for after its taps is none of it."""
        lasted_s = max(0.0, self.now_s - self.set_from_s)
        return min(lasted_s, self.item.set_s) if self.item.drill.led is Led.TAPS else lasted_s

    @property
    def device(self) -> str:
        """Return the athlete's device of the set, else its kind; empty for none."""
        kind = self.item.step.device
        return self.order.devices.get(kind, kind)

    def skip(self, item: Item) -> None:
        """Note a set that is not on as left out."""
        side = None if item.side is None else self.labels.sides[item.number - 1]
        self.done[item.number] = DoneSet(item, side, EndedBy.SKIPPED, 0.0, None)

    def go_past(self) -> None:
        """Leave the set behind."""
        self.upcoming = self.labels.set_index + 1
        self._keep_to_cap()
        if self.next_item is None:
            is_done = self.done[self.item.number].ended_by is EndedBy.DONE
            if not is_done or self.order.circuit.kind not in _CLOSED:
                self.end_all()
                return
            self.times.end(self.now_s)
        self.move(Trigger.SET_OVER)

    def _keep_to_cap(self) -> None:
        """Leave out the next sets of the work where the cooldown would end beyond the cap."""
        lasted_s = self.lasted_s - self.times.idle_s
        dropped = beyond_cap(self.order.agenda[self.upcoming :], lasted_s, self.order.cap_s)
        for item in dropped:
            self.skip(item)
        self.upcoming += len(dropped)
        if dropped:
            text = tr("Left out, so that the cooldown ends within {minutes:g} min: {titles}.")
            titles = ", ".join(dict.fromkeys(tr(item.drill.title) for item in dropped))
            self.notice = text.format(minutes=self.order.cap_s / 60, titles=titles)

    def end_all(self) -> None:
        """End the session after its last set."""
        self.is_complete = is_whole(self.order, self.logs)
        self.move(Trigger.ALL_DONE)
        self.say(SessionEnded(self.now_s, self.is_complete))

    def rest_s(self) -> float:
        """Return the rest before the next set: for its foot, and for changing feet."""
        item = self.next_item
        if item is None:
            return CLOSING_S
        side = None if item.side is None else self.next_side
        ended_s = self.rested_from_s.get((item.step_number, side))
        due_s = 0.0 if ended_s is None else ended_s + item.step.rest_s - self.now_s
        # The foot rests on while the pad is set to zero and the set is counted down.
        due_s -= 0.0 if item.is_by_clock else self.exercise.tare_s + self.exercise.countdown_s
        is_change = not item.is_by_clock and (item.side is not None or self.is_moved)
        return max(0.0, due_s, CHANGE_S if is_change else 0.0)

    @property
    def is_moved(self) -> bool:
        """Return whether the next foot is not the one the pad was last set to zero under."""
        return self.next_side is not self.labels.tared

    def lighten(self) -> None:
        """Let the sets of the step that are to come be lighter."""
        step = self.item.step_number
        self._lighter[step] = self._lighter.get(step, 1.0) * LIGHTER_SHARE

    def take_luck(self) -> float:
        """Return the next number of chance, from 0 to 1."""
        luck = self.order.luck[self._luck % len(self.order.luck)]
        self._luck += 1
        return luck

    def shift(self, by_s: float) -> None:
        """Follow a stream clock that was set back."""
        super().shift(by_s)
        self.set_from_s += by_s
        self.times.shift(by_s)
        self.patience.shift(by_s)
        self.rested_from_s = {foot: at_s + by_s for foot, at_s in self.rested_from_s.items()}

    def _plateaus_n(self, item: Item) -> list[float]:
        """Return what stands in for an unknown maximum: the foot's firm presses, in newtons.

        Of all sets that ask for a share of the same maximum, so that a gentle set is a share of it
        too; its own presses would say nothing.
        """
        whose = maximum_of(item, self.order.base)
        items = {done.page: done.item for done in self.done.values()}
        found: list[float] = []
        for page, one in enumerate(self.book.results()):
            of = items.get(page, item)
            is_firm = self._is_firm(of) and of.step.target_pct_mvc is not None
            is_same = is_firm and maximum_of(of, self.order.base) == whose
            if is_same and one.side is self.labels.side:
                found += [rep.hold.plateau_n for rep in one.counted]
        return found

    @property
    def block(self) -> Block:
        """Return the block of the session that is on."""
        if self.is_filling:
            return Block.WARM_UP
        return self.item.step.block
