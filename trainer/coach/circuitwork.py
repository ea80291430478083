"""Sets of presses that cues lead one by one: reps, long holds, presses after a cue of chance."""

from typing import Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.patience import Verdict
from trainer.coach.programme import Led
from trainer.coach.reps import is_compensated
from trainer.coach.target import ESTIMATE_REPS
from trainer.coach.tracing import Trace, is_traced, pulse_trace, ramp_share, rep_trace
from trainer.coach.words import foot, tiring
from trainer.coach.work import Work
from trainer.core.cues import RejectReason
from trainer.core.diary.training import EndedBy
from trainer.core.hold import Hold
from trainer.core.texts import noted, tr

AHEAD_S: Final = 0.3
"""By so much a press follows its cue (the simulated foot's median reaction time): the tempo of
reps runs from the cue, for who follows a trace sees it come."""

SETTLED_S: Final = 0.6
"""A hold is settled half a second after its release: no cue comes sooner."""

STOP_MARGIN_PCT: Final = 30.0
"""A training set ends here, where the evidence for fatigue is half of what tells it: it is to end
before its onset, and never be the proof of it."""

LEAST_REACTION_S: Final = 0.1
"""Who presses sooner did not react but guess: a false start in sprinting (World Athletics)."""

RISE_S: Final = 0.5
"""A press crosses half of its plateau within this of the lamp (detect/tilt.py: 0.35 s)."""

MARGIN_REPS: Final = 4
"""A set of fewer reps has no margin: with so many there is one (detect/fatiguewatch.py)."""

MOST_LATE_S: Final = 3.0
"""A cue of reaction comes up to so much later than the rest would end."""

ESTIMATED: Final = noted("No maximum is known: the band is estimated from your first firm reps.")


class LedWork(Work):
    """One set of reps or holds, led by cues; a trace to follow where a target is known."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self.circuit = flow
        self._asked_s = 0.0
        self._reaction_s: float | None = None
        """From the cue to the begin of the press that is on; None where it came before its cue."""
        self._is_weighed = False
        """Whether the press that was asked for last has been counted, or rejected."""

    @property
    def is_margin_watched(self) -> bool:
        """Return whether the set ends before its onset of fatigue: a training set of many reps."""
        flow = self.circuit
        return not flow.order.is_to_fatigue and flow.plan.reps >= MARGIN_REPS

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

    @property
    def pulse_s(self) -> float:
        """Return the period of the pulses that are asked for; 0 for none."""
        step, led = self.circuit.item.step, self.circuit.item.drill.led
        return step.tempo.rep_s if led is Led.PULSE else 0.0

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
        flow.patience.begin(flow.now_s)
        self.ask()

    def opening(self) -> str:
        """Return how to press."""
        flow = self.circuit
        side = foot(flow.labels.side)
        if flow.target is None and flow.is_gentle:
            return tr("Press lightly with your {foot}.").format(foot=side)
        if flow.target is None and flow.item.step.target_pct_mvc is not None:
            return self._estimating().format(foot=side, n=ESTIMATE_REPS)
        told = tr("Press with your {foot}, follow the trace.").format(foot=side)
        is_estimated = flow.target is not None and flow.target.is_estimated
        return f"{told} {tr(ESTIMATED)}" if is_estimated else told

    def _estimating(self) -> str:
        """Return what sets the band; a set of fewer reps does not set it by itself."""
        if self.circuit.plan.reps < ESTIMATE_REPS:
            return tr(
                "No maximum is known: press firmly with your {foot} and hold. Your first {n} "
                "presses of all such sets set the band."
            )
        return tr(
            "No maximum is known: press firmly with your {foot} and hold. The first {n} reps "
            "set the band."
        )

    def ring(self) -> None:
        """Go on to the next beat; where nothing has counted for long, ask about it, then end."""
        flow = self.circuit
        verdict = flow.patience.judge(flow.now_s, flow.exercise.hold_s)
        if verdict is Verdict.GIVE_UP:
            flow.give_up()
            return
        super().ring()
        if verdict is Verdict.ASK:
            flow.message = tr("Nothing has counted for a while: press as the cue says, or SKIP.")

    def resume(self) -> None:
        """Begin the rep that was on anew; silence was no waiting."""
        self.circuit.patience.begin(self.circuit.now_s)
        super().resume()

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
        flow.marks.asked += 1
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
        is_awaited = not self.is_paused
        super().started()
        flow = self.circuit
        if is_awaited and flow.lamp_s is not None:
            since_s = flow.lamp_s - self._asked_s
            self._reaction_s = since_s if since_s >= LEAST_REACTION_S else None
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
        if self._reaction_s is not None and not self._is_foreseen:
            flow.marks.reactions_s[hold.start_s] = self._reaction_s
        self._reaction_s = None
        super().settled(hold)
        if flow.book.counted > before:
            flow.patience.begin(flow.now_s)
        if flow.is_on and flow.book.counted > before and not is_compensated(hold):
            self._say_form()
        if flow.is_on:
            self._warn_of_peak(hold)

    @property
    def _is_foreseen(self) -> bool:
        """Return whether the newest cue could be foreseen: by its tempo, or after the countdown."""
        flow = self.circuit
        return flow.item.drill.led is not Led.REACT or not flow.book.counted

    def _say_form(self) -> None:
        """Show a cue of form with every other rep; a gentle one is not asked to be firm."""
        flow = self.circuit
        counted, cues = flow.book.counted, flow.item.drill.cues
        if cues and counted % 2 == 0:
            flow.message = tr(cues[counted // 2 % len(cues)])
        elif flow.target is None and flow.is_gentle:
            flow.message = tr("Rep {rep} counted: as lightly again.").format(rep=counted)

    def _warn_of_peak(self, hold: Hold) -> None:
        """Say that a press went beyond what a new user is to press."""
        flow = self.circuit
        most_n = flow.order.most_n.get(flow.labels.side)
        if most_n is not None and hold.peak_n > most_n:
            flow.message = tr(
                "That press reached {peak:.0f} N: in your first weeks stay below {cap:.0f} N."
            ).format(peak=hold.peak_n, cap=most_n)

    def _stop_before_fatigue(self) -> None:
        flow = self.circuit
        flow.notice = tr("Enough: this set ends before the foot tires.")
        flow.finish_set(EndedBy.FATIGUE)


class React(LedWork):
    """Presses after a cue that comes at a moment nobody can foresee."""

    def pause(self, length_s: float) -> None:
        """Let go until chance gives the cue."""
        super().pause(length_s + MOST_LATE_S * self.circuit.take_luck())

    def started(self) -> None:
        """Let a press not count that came before its cue."""
        flow = self.circuit
        if self.is_paused and flow.lamp_s is not None:
            flow.void(flow.lamp_s, flow.now_s + RISE_S, RejectReason.EARLY)
        super().started()
