"""The work of one set: press, hold, let go, and again until all reps are counted.

Beats of a rep
  PRESS --lamp--> HOLD --hold_s from the provisional start--> RELAX --released--> PAUSE
  PAUSE --relax_s--> PRESS;  an early release leads from HOLD, an early press from PAUSE to HOLD
  PRESS --nothing for PROMPT_S--> asked again
  RELAX --still pressed after PROMPT_S--> LINGER, told again --PROMPT_S--> set to zero, PAUSE
A press that outlasts all this, or the time before the set, is no press: it is how the foot stands.
A rep is counted by its settled hold alone, whatever the beat was: the cue leads, it does not count.
"""

from enum import Enum, auto
from typing import ClassVar, assert_never

from trainer.coach.flow import Flow
from trainer.coach.machine import Trigger
from trainer.coach.part import PROMPT_S, Part
from trainer.coach.reps import REJECTED, is_compensated, judge, praise
from trainer.coach.target import ESTIMATE_REPS
from trainer.coach.words import CALF_HELPS, HEEL_DOWN, OVERLOAD, foot, tiring
from trainer.core.cues import (
    PressAsked,
    RejectReason,
    RelaxAsked,
    RepCounted,
    RepRejected,
    SessionEnded,
    SetEnded,
    SetStarted,
    TareAsked,
)
from trainer.core.hold import Hold
from trainer.core.texts import tr


class _Beat(Enum):
    PRESS = auto()
    HOLD = auto()
    RELAX = auto()
    LINGER = auto()
    PAUSE = auto()


class Work(Part):
    """One set."""

    asks_force: ClassVar[bool] = True
    is_training: ClassVar[bool] = True

    def __init__(self, flow: Flow) -> None:
        super().__init__(flow)
        self._beat = _Beat.PRESS

    @property
    def word(self) -> str:
        """Return the exercise's word for the beat; a calf that helps goes before HOLD."""
        if self.flow.is_compensating and self._beat is _Beat.HOLD:
            return tr(HEEL_DOWN)
        words = self.flow.exercise.words
        return tr({_Beat.PRESS: words.press, _Beat.HOLD: words.hold}.get(self._beat, words.relax))

    @property
    def is_force_wanted(self) -> bool:
        """Return whether a press is asked for or held."""
        return self._beat in {_Beat.PRESS, _Beat.HOLD}

    @property
    def is_paused(self) -> bool:
        """Return whether the time of the next press is known, and waited for."""
        return self._beat is _Beat.PAUSE

    @property
    def pulse_s(self) -> float:
        """Return the period of the pulses that are asked for; 0 for none."""
        return 0.0

    @property
    def goal_s(self) -> float:
        """Return how long to hold."""
        return self.flow.exercise.hold_s

    def enter(self) -> None:
        """Begin the set."""
        flow = self.flow
        labels = flow.labels
        flow.book.open(labels.side, flow.plan.reps, flow.now_s)
        flow.decline_pct = None
        number, sets = flow.book.sets, len(labels.sides)
        flow.say(SetStarted(flow.now_s, labels.side, number, sets, flow.plan.reps))
        text = (
            tr("Press with your {foot} up into the band and hold.")
            if flow.target
            else tr("Press firmly with your {foot} and hold: the first {n} reps set your target.")
        )
        flow.message = text.format(foot=foot(labels.side), n=ESTIMATE_REPS)
        self.ask()

    def go_on(self) -> None:
        """End the set early, once the foot is tired."""
        if self.flow.decline_pct is not None:
            self.end_set()

    def ring(self) -> None:
        """Go on to the next beat, or say again what is waited for."""
        match self._beat:
            case _Beat.PRESS if self.flow.lamp_s is None:
                self.flow.message = tr(
                    "No press is felt: press with the toes, over the marked cells, and hold."
                )
                self.ask()
            case _Beat.HOLD:
                self._ask_to_relax(_Beat.RELAX)
            case _Beat.RELAX:
                self.flow.message = tr("Let the toes go completely soft.")
                self._ask_to_relax(_Beat.LINGER)
            case _Beat.LINGER | _Beat.PRESS:
                self.zero()
            case _Beat.PAUSE:
                self.ask()
            case _:
                assert_never(self._beat)

    def zero(self) -> None:
        """Set to zero between two reps: what is pressed during it is void."""
        flow = self.flow
        tare_s = flow.exercise.tare_s
        flow.say(TareAsked(flow.now_s, tare_s))
        text = tr("Relax your {foot}: the pad is being set to zero.")
        flow.message = text.format(foot=foot(flow.labels.side))
        flow.void(flow.now_s, flow.now_s + tare_s, RejectReason.CUT_OFF)
        self.pause(tare_s)

    def resume(self) -> None:
        """Begin the rep that was on anew, after a moment."""
        self.flow.message = tr("The data are back: go on with the next press.")
        self.pause(self.flow.exercise.relax_s)

    def started(self) -> None:
        """Time the hold from its provisional start."""
        self._beat = _Beat.HOLD
        flow = self.flow
        from_s = flow.now_s if flow.lamp_s is None else flow.lamp_s
        flow.timer.start(from_s, flow.exercise.hold_s)

    def released(self) -> None:
        """Pause, also after an early release; a press from before the set is none of ours."""
        if self._beat in {_Beat.HOLD, _Beat.RELAX, _Beat.LINGER}:
            self.pause(self.flow.exercise.relax_s)

    def compensated(self) -> None:
        """Say what to do with the heel."""
        self.flow.message = tr(CALF_HELPS)

    def tired(self) -> None:
        """Say that the foot is tiring."""
        assert self.flow.decline_pct is not None
        self.flow.message = f"{tiring(self.flow.decline_pct)} {tr('Next ends the set here.')}"

    def withdrawn(self) -> None:
        """Wait on for the press; after a needless RELAX, pause first."""
        if self._beat is _Beat.HOLD:
            self._beat = _Beat.PRESS
            self.flow.timer.start(self.flow.now_s, PROMPT_S)
        else:
            self.released()

    def settled(self, hold: Hold) -> None:
        """Count the hold, or say why not."""
        self.released()
        flow = self.flow
        if hold.start_s < flow.entered_s:
            flow.message = tr("That press began before the set: let go, then press again.")
            return
        reason = judge(hold, flow.exercise, flow.rate_hz, flow.void_reason(hold))
        if reason is None:
            self._count(hold)
        else:
            self._reject(hold, reason)

    def settled_stale(self, hold: Hold) -> None:
        """Reject: nothing counts while data are stale."""
        self._reject(hold, RejectReason.CUT_OFF)

    def overloaded(self) -> None:
        """Let nothing count of what is pressed now."""
        flow = self.flow
        flow.message = tr(OVERLOAD)
        flow.void(flow.now_s, flow.now_s, RejectReason.SATURATED)

    def ended(self) -> None:
        """End the set."""
        flow = self.flow
        flow.book.close(flow.now_s)
        flow.say(SetEnded(flow.now_s, flow.book.sets, flow.book.counted))

    def _count(self, hold: Hold) -> None:
        flow = self.flow
        flow.book.add(hold, None, flow.target)
        rep = flow.book.counted
        flow.say(RepCounted(flow.now_s, rep, hold.plateau_n, is_compensated(hold)))
        was = flow.target
        flow.aim()
        # The rep that makes the estimate is held against nothing, and no other is asked for it.
        is_new = was is None and flow.target is not None
        flow.message = praise(rep, hold, was, is_estimating=flow.is_estimating, is_new=is_new)
        if rep >= flow.plan.reps:
            self.end_set()
        else:
            self.go_on_after_rep()

    def go_on_after_rep(self) -> None:
        """Pause where the press that counted was not the one that was asked for."""
        if self._beat is _Beat.PRESS:
            self.pause(self.flow.exercise.relax_s)

    def _reject(self, hold: Hold, reason: RejectReason) -> None:
        flow = self.flow
        flow.book.add(hold, reason, flow.target)
        flow.say(RepRejected(flow.now_s, reason))
        flow.message = tr(REJECTED[reason])

    def end_set(self) -> None:
        """End the set after its last rep, or early."""
        flow = self.flow
        self.ended()
        if flow.book.sets < len(flow.labels.sides):
            flow.move(Trigger.SET_OVER)
            return
        flow.is_complete = True
        flow.move(Trigger.ALL_DONE)
        flow.say(SessionEnded(flow.now_s, is_complete=True))

    def ask(self) -> None:
        """Ask for the next press."""
        flow = self.flow
        self._beat = _Beat.PRESS
        middle_n = None if flow.target is None else flow.target.middle_n
        rep = flow.book.counted + 1
        flow.say(PressAsked(flow.now_s, rep, middle_n, flow.exercise.hold_s, self.pulse_s))
        flow.timer.start(flow.now_s, PROMPT_S)

    def _ask_to_relax(self, beat: _Beat) -> None:
        self._beat = beat
        self.flow.say(RelaxAsked(self.flow.now_s))
        self.flow.timer.start(self.flow.now_s, PROMPT_S)

    def pause(self, length_s: float) -> None:
        """Let go for a while before the next press."""
        self._beat = _Beat.PAUSE
        self.flow.timer.start(self.flow.now_s, length_s)
