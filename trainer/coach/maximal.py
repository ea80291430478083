"""The maximal presses of a foot: get ready, press as hard as possible, pause.

A press belongs to the foot that is on the pad, so with both feet the other foot's presses come
right before its own first set: it is on the pad then anyway, and no foot has to come back.
"""

from typing import ClassVar, Final

from trainer.coach.machine import Trigger
from trainer.coach.part import PROMPT_S, Part
from trainer.coach.reps import fault
from trainer.coach.words import OVERLOAD, digit, foot, seconds
from trainer.core.cues import MaxPressAsked, RejectReason, RelaxAsked, RestStarted, TareAsked
from trainer.core.hold import Hold
from trainer.core.texts import noted, tr

DIGITS_S: Final = 3.0
"""The last seconds before an effort are counted aloud."""


class MaxReady(Part):
    """Time to get ready before a foot's first maximal press."""

    is_timed: ClassVar[bool] = True

    @property
    def word(self) -> str:
        """Return READY, then the last seconds."""
        return digit(self.left_s) if self.left_s <= DIGITS_S else tr("READY")

    def enter(self) -> None:
        """Say what is coming."""
        self.flow.maxima.begin()
        self.renamed()
        self.flow.timer.start(self.flow.now_s, self.flow.exercise.mvc.ready_s)

    def renamed(self) -> None:
        """Say which foot is meant."""
        mvc, side = self.flow.exercise.mvc, self.flow.labels.side
        self.flow.message = tr(
            "Next: {n} presses with your {foot}, each as hard as you can for {length}. They set "
            "your target; stop at any pain."
        ).format(n=mvc.trials, foot=foot(side), length=seconds(mvc.press_s))

    def skipped(self) -> None:
        """Go to the set."""
        self.flow.move(Trigger.SET_DUE)

    def ring(self) -> None:
        """Ask for the first press."""
        self.flow.move(Trigger.MAX_ASKED)

    def go_on(self) -> None:
        """Ask for it now."""
        self.ring()


class MaxPress(Part):
    """One maximal press, asked for until one is felt."""

    is_timed: ClassVar[bool] = True
    asks_force: ClassVar[bool] = True

    _is_relaxing = False

    @property
    def word(self) -> str:
        """Return MAX, or the exercise's word for letting go."""
        return tr(self.flow.exercise.words.relax) if self._is_relaxing else tr("MAX")

    @property
    def goal_s(self) -> float:
        """Return how long to press."""
        return self.flow.exercise.mvc.press_s

    @property
    def left_s(self) -> float:
        """Return the seconds left to press; all of them before the press begins."""
        if self._is_relaxing:
            return 0.0
        if self.flow.lamp_s is None:
            return self.goal_s
        return min(self.goal_s, self.flow.timer.left_s(self.flow.now_s))

    def enter(self) -> None:
        """Ask for the press."""
        self._is_relaxing = False
        self.flow.message = tr("Press as hard as you can, and keep pressing!")
        self._ask()

    def ring(self) -> None:
        """Ask again where nothing was felt, else say that it was long enough."""
        flow = self.flow
        if flow.lamp_s is None:
            self._is_relaxing = False
            flow.message = tr(
                "No press was felt: press as hard as you can, or skip the maximal presses."
            )
            self._ask()
            return
        if self._is_relaxing:
            # A press that outlasts the request to let go is how the foot stands.
            flow.say(TareAsked(flow.now_s, flow.exercise.tare_s))
            flow.message = tr(
                "The pad still feels a press: let the toes go completely soft while it is set to "
                "zero. The press will be repeated."
            )
            flow.move(Trigger.MAX_OVER)
            return
        self._is_relaxing = True
        flow.message = tr("Let go.")
        flow.say(RelaxAsked(flow.now_s))
        flow.timer.start(flow.now_s, PROMPT_S)

    def skipped(self) -> None:
        """Go to the set."""
        self.flow.move(Trigger.SET_DUE)

    def zero(self) -> None:
        """Leave the cells alone during a press."""

    def resume(self) -> None:
        """Take the press as spoilt."""
        self.flow.message = tr("The data broke off: this press will be repeated.")
        self.flow.move(Trigger.MAX_OVER)

    def started(self) -> None:
        """Give the press its time."""
        flow = self.flow
        self._is_relaxing = False
        from_s = flow.now_s if flow.lamp_s is None else max(flow.lamp_s, flow.entered_s)
        flow.timer.start(from_s, self.goal_s)

    def released(self) -> None:
        """Wait for the settled press."""
        self._is_relaxing = True
        self.flow.timer.start(self.flow.now_s, PROMPT_S)

    def withdrawn(self) -> None:
        """Go on waiting for a press."""
        self._is_relaxing = False
        self.flow.timer.start(self.flow.now_s, PROMPT_S)

    def settled(self, hold: Hold) -> None:
        """Take the press in, or say why it has to be repeated."""
        flow = self.flow
        mvc = flow.exercise.mvc
        pressed_s = hold.end_s - max(hold.start_s, flow.entered_s)
        is_twitch = hold.best_half_second_n is None and hold.is_finished
        if pressed_s <= 0 or is_twitch:
            return
        wrong = fault(hold, flow.rate_hz, flow.void_reason(hold))
        if wrong is not None:
            flow.message = tr(_SPOILT[wrong])
        elif pressed_s < mvc.min_press_s:
            text = tr("That press was too short: press for {length}. It will be repeated.")
            flow.message = text.format(length=seconds(mvc.press_s))
        else:
            flow.maxima.add(flow.labels.side, hold)
            flow.message = ""
        flow.move(Trigger.MAX_OVER)

    def overloaded(self) -> None:
        """Let this press be repeated."""
        self.flow.message = tr(OVERLOAD)
        self.flow.void(self.flow.now_s, self.flow.now_s, RejectReason.SATURATED)

    def _ask(self) -> None:
        flow, mvc = self.flow, self.flow.exercise.mvc
        side, trial = flow.labels.side, flow.maxima.trial
        flow.say(MaxPressAsked(flow.now_s, side, trial, mvc.trials, mvc.press_s))
        flow.timer.start(flow.now_s, PROMPT_S)


class MaxRest(Part):
    """The pause after each maximal press."""

    is_timed: ClassVar[bool] = True

    @property
    def word(self) -> str:
        """Return REST, then the last seconds before another press."""
        is_last = self.flow.maxima.is_complete
        return digit(self.left_s) if self.left_s <= DIGITS_S and not is_last else tr("REST")

    def enter(self) -> None:
        """Begin the pause; what was wrong with the press stays to be read."""
        flow = self.flow
        pause_s = flow.exercise.mvc.pause_s
        if not flow.message:
            self.renamed()
        flow.say(RestStarted(flow.now_s, pause_s, flow.labels.side))
        flow.timer.start(flow.now_s, pause_s)

    def renamed(self) -> None:
        """Say what comes after the pause."""
        flow = self.flow
        side, trial = flow.labels.side, flow.maxima.trial
        text = (
            tr("Rest your {foot}; its first set comes next.")
            if flow.maxima.is_complete
            else tr("Rest your {foot}; press {trial} of {trials} comes next.")
        )
        flow.message = text.format(foot=foot(side), trial=trial, trials=flow.exercise.mvc.trials)

    def skipped(self) -> None:
        """Go to the set."""
        self.flow.move(Trigger.SET_DUE)

    def ring(self) -> None:
        """Go on to the next press, or to the set after the last."""
        is_complete = self.flow.maxima.is_complete
        self.flow.move(Trigger.SET_DUE if is_complete else Trigger.MAX_ASKED)

    def go_on(self) -> None:
        """End the pause."""
        self.ring()


_SPOILT: Final = {
    RejectReason.TOO_SHORT: noted("That press was too short; it will be repeated."),
    RejectReason.CUT_OFF: noted("The data broke off during that press; it will be repeated."),
    RejectReason.SATURATED: noted(
        "That press overloaded the pad and will be repeated: press less hard, or skip the maximal "
        "presses."
    ),
    RejectReason.EARLY: noted("That press came before its cue; it will be repeated."),
    RejectReason.LOST_SAMPLES: noted(
        "Too many samples of that press were lost; it will be repeated."
    ),
}
