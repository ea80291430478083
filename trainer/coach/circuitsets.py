"""The sets of a circuit, by how they are led: reps, beats, taps, reaction, the clock."""

from typing import ClassVar, Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.machine import Trigger
from trainer.coach.part import Part
from trainer.coach.programme import Led
from trainer.coach.reps import is_compensated
from trainer.coach.target import ESTIMATE_REPS
from trainer.coach.tracing import Trace, is_traced, pulse_trace, ramp_share, rep_trace
from trainer.coach.words import OVERLOAD, digit, foot, tiring
from trainer.coach.work import Work
from trainer.core.cues import ClockStarted, PressAsked, RelaxAsked, TapsAsked
from trainer.core.diary.training import EndedBy
from trainer.core.hold import Hold
from trainer.core.texts import tr

SETTLING_S: Final = 1.0
"""After the last beat: a hold is settled within half a second of its release."""

AHEAD_S: Final = 0.3
"""By so much a press follows its cue (the simulated foot's median reaction time): the tempo of
reps runs from the cue, for who follows a trace sees it come."""

SETTLED_S: Final = 0.6
"""A hold is settled half a second after its release: no cue comes sooner."""

STOP_MARGIN_PCT: Final = 30.0
"""A training set ends here, where the evidence for fatigue is half of what tells it: it is to end
before its onset, and never be the proof of it."""

MOST_LATE_S: Final = 3.0
"""A cue of reaction comes up to so much later than the rest would end."""


class LedWork(Work):
    """One set of reps or holds, led by cues; a trace to follow where a target is known."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self.circuit = flow
        self._asked_s = 0.0
        self._is_weighed = False
        """Whether the press that was asked for last has been counted, or rejected."""

    @property
    def course(self) -> Trace:
        """Return the trace of the rep that is on, and of the next, which is seen coming."""
        flow = self.circuit
        number = flow.book.counted + 1 + (not self._is_weighed)
        is_led = bool(flow.trace) and flow.item.drill.led is Led.REPS and flow.target is not None
        if not is_led or number > flow.plan.reps or flow.is_stale:
            return flow.trace
        assert flow.target is not None
        rise = ramp_share(number) / ramp_share(flow.book.counted + 1) if flow.is_ramped else 1.0
        due_s = flow.timer.due_s if self.is_paused else self._asked_s + flow.item.step.tempo.rep_s
        coming = rep_trace(flow.item.step, due_s, rise * flow.target.middle_n)
        return (*(point for point in flow.trace if point[0] < due_s), *coming)

    def enter(self) -> None:
        """Begin the set, or go on with one that was interrupted."""
        flow = self.circuit
        if flow.is_on:
            flow.message = tr("Go on where you were: {left} left.").format(
                left=flow.plan.reps - flow.book.counted
            )
        else:
            flow.begin_set()
            flow.message = self.opening()
        self.ask()

    def opening(self) -> str:
        """Return how to press."""
        flow = self.circuit
        if flow.target is None and flow.item.step.target_pct_mvc is not None:
            return tr("Press firmly with your {foot} and hold: the first {n} reps set it.").format(
                foot=foot(flow.labels.side), n=ESTIMATE_REPS
            )
        return tr("Press with your {foot}, follow the trace.").format(foot=foot(flow.labels.side))

    def end_set(self) -> None:
        """End the set: all its reps are done, or Next was said to a tired foot."""
        flow = self.circuit
        is_done = flow.book.counted >= flow.plan.reps
        flow.finish_set(EndedBy.DONE if is_done else EndedBy.ENDED)

    def ended(self) -> None:
        """Leave it to the coach, who ends a set in any phase."""

    def tired(self) -> None:
        """End a training set; a test goes on into fatigue, save where force is lost at once."""
        flow = self.circuit
        assert flow.decline_pct is not None
        if flow.onset_rep is None and not flow.is_abrupt:
            flow.onset_rep = flow.book.counted
        if flow.is_abrupt:
            flow.notice = tr("Force was lost within two reps: this set ends.")
            flow.finish_set(EndedBy.ABRUPT_LOSS)
        elif flow.order.is_to_fatigue:
            flow.message = tiring(flow.decline_pct)
        else:
            self._stop_before_fatigue()

    def margin_seen(self) -> None:
        """End a training set that comes too near to its onset of fatigue."""
        margin_pct = self.circuit.margin_pct
        is_near = margin_pct is not None and margin_pct <= STOP_MARGIN_PCT
        if is_near and not self.circuit.order.is_to_fatigue:
            self._stop_before_fatigue()

    def ask(self) -> None:
        """Ask for the next press, and draw its course; a set of a length ends with it."""
        flow = self.circuit
        if flow.is_time_up:
            flow.finish_set(EndedBy.DONE)
            return
        super().ask()
        self._is_weighed = False
        self._asked_s = flow.now_s
        led = flow.item.drill.led
        flow.trace = ()
        if flow.target is None or not is_traced(led):
            return
        step, force_n = flow.item.step, flow.target.middle_n
        flow.trace = (
            pulse_trace(step, flow.item.beats, flow.now_s, force_n)
            if led is Led.PULSE
            else rep_trace(step, flow.now_s, force_n)
        )

    def started(self) -> None:
        """Time a rep from its cue, a hold from its provisional start."""
        super().started()
        flow = self.circuit
        if flow.item.drill.led is Led.REPS:
            from_s = flow.now_s if flow.lamp_s is None else flow.lamp_s
            flow.timer.start(from_s - AHEAD_S, flow.exercise.hold_s)

    def pause(self, length_s: float) -> None:
        """Let go up to the next cue: reps keep their tempo from cue to cue."""
        flow = self.circuit
        if flow.item.drill.led is Led.REPS:
            due_s = self._asked_s + flow.item.step.tempo.rep_s - flow.now_s
            length_s = min(length_s, max(SETTLED_S, due_s))
        super().pause(length_s)

    def settled(self, hold: Hold) -> None:
        """Count the hold; between two praises a cue of form is shown."""
        flow = self.circuit
        before = flow.book.counted
        self._is_weighed = True
        super().settled(hold)
        cues = flow.item.drill.cues
        is_plain = flow.book.counted > before and not is_compensated(hold)
        if flow.is_on and is_plain and cues and flow.book.counted % 2 == 0:
            flow.message = cues[flow.book.counted // 2 % len(cues)]

    def _stop_before_fatigue(self) -> None:
        flow = self.circuit
        flow.notice = tr("Enough: this set ends before the foot tires.")
        flow.finish_set(EndedBy.FATIGUE)


class React(LedWork):
    """Presses after a cue that comes at a moment nobody can foresee."""

    def pause(self, length_s: float) -> None:
        """Let go until chance gives the cue."""
        super().pause(length_s + MOST_LATE_S * self.circuit.take_luck())


class Beats(LedWork):
    """Quick presses to a beat; the beat goes on whatever the foot does."""

    _asked = 0
    _is_down = False

    def enter(self) -> None:
        """Begin the beat."""
        self._asked = self.circuit.book.counted if self.circuit.is_on else 0
        super().enter()

    def opening(self) -> str:
        """Return how to press."""
        return tr("Press in time with the beat, quick and even.")

    def ask(self) -> None:
        """Beat once."""
        flow = self.circuit
        self._asked += 1
        self._is_down = True
        half_s = flow.item.step.tempo.rep_s / 2
        middle_n = None if flow.target is None else flow.target.middle_n
        flow.say(PressAsked(flow.now_s, self._asked, middle_n, half_s))
        flow.timer.start(flow.now_s, half_s)

    def ring(self) -> None:
        """Go on to the other half of the beat, or end after the last."""
        flow = self.circuit
        half_s = flow.item.step.tempo.rep_s / 2
        if self._is_down:
            self._is_down = False
            is_last = self._asked >= flow.plan.reps
            flow.say(RelaxAsked(flow.now_s))
            flow.timer.start(flow.now_s, SETTLING_S if is_last else half_s)
        elif self._asked >= flow.plan.reps:
            flow.finish_set(EndedBy.DONE)
        else:
            self.ask()

    @property
    def word(self) -> str:
        """Return the word of the half that is on."""
        words = self.circuit.exercise.words
        return words.press if self._is_down else words.relax

    @property
    def is_force_wanted(self) -> bool:
        """Return whether the press half is on."""
        return self._is_down

    def started(self) -> None:
        """Leave the beat as it is."""

    def released(self) -> None:
        """Leave the beat as it is."""

    def withdrawn(self) -> None:
        """Leave the beat as it is."""

    def pause(self, length_s: float) -> None:
        """Begin to beat again after a tare or a silence; not after a rep."""
        self._is_down = False
        self.flow.timer.start(self.flow.now_s, length_s)

    def go_on_after_rep(self) -> None:
        """Leave the beat as it is."""

    def end_set(self) -> None:
        """Let the beat end it."""


class Taps(Part):
    """Foot taps for a time, as fast and even as possible."""

    is_timed: ClassVar[bool] = True
    asks_force: ClassVar[bool] = True
    _is_counting_on = False

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow

    @property
    def word(self) -> str:
        """Return the cue in one word."""
        return "RELAX" if self._is_counting_on else "TAP"

    def enter(self) -> None:
        """Ask for taps; an interrupted set begins anew, for it is one effort."""
        flow = self._circuit
        flow.begin_set()
        flow.message = tr("Tap with the toes of your {foot}: quick and even.").format(
            foot=foot(flow.labels.side)
        )
        self._is_counting_on = False
        flow.say(TapsAsked(flow.now_s, flow.item.set_s))
        flow.timer.start(flow.now_s, flow.item.set_s)

    def ring(self) -> None:
        """Wait for the last taps to be told, then end the set."""
        flow = self._circuit
        if self._is_counting_on:
            flow.finish_set(EndedBy.DONE)
            return
        self._is_counting_on = True
        flow.message = tr("Stop.")
        flow.say(RelaxAsked(flow.now_s))
        flow.timer.start(flow.now_s, SETTLING_S)

    def resume(self) -> None:
        """End a set whose middle nobody saw."""
        self._circuit.finish_set(EndedBy.CUT_OFF)

    def zero(self) -> None:
        """Leave the cells alone."""

    def overloaded(self) -> None:
        """Ask for less."""
        self.flow.message = OVERLOAD


class ByClock(Part):
    """A set led by the clock alone: mobility, balance, breathing; and a warm-up that is short."""

    is_timed: ClassVar[bool] = True

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow

    @property
    def word(self) -> str:
        """Return what is done, in one word."""
        flow = self._circuit
        if flow.is_filling:
            return "WARM UP"
        if self.left_s <= SETTLING_S:
            return digit(self.left_s)
        return "BALANCE" if flow.item.drill.led is Led.BALANCE else "GO ON"

    def enter(self) -> None:
        """Begin, or go on with what was interrupted."""
        flow = self._circuit
        left_s = None if flow.interrupted is None else flow.interrupted[1]
        flow.interrupted = None
        flow.labels.tared = None
        if flow.is_filling:
            flow.note_begin()
            flow.message = tr(
                "Warm up: walk on the spot, circle the ankles, spread the toes. Loaded sets begin "
                "after five minutes of warm-up."
            )
            flow.timer.start(flow.now_s, flow.warm_left_s)
            return
        if left_s is None:
            flow.begin_set()
        lasts_s = flow.item.set_s if left_s is None else left_s
        flow.message = self._how()
        flow.say(ClockStarted(flow.now_s, lasts_s))
        flow.timer.start(flow.now_s, lasts_s)

    def ring(self) -> None:
        """End the set, or what the warm-up lacked."""
        flow = self._circuit
        if flow.is_filling:
            flow.is_filling = False
            flow.move(Trigger.SET_OVER)
            return
        flow.finish_set(EndedBy.DONE)

    def zero(self) -> None:
        """Leave the cells alone: no foot need stand on them."""

    def _how(self) -> str:
        flow = self._circuit
        drill = flow.item.drill
        which = "" if flow.item.side is None else f", {foot(flow.labels.side)}"
        cues = " ".join(drill.cues)
        return f"{drill.title}{which}. {drill.how} {cues}".strip()
