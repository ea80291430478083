"""The phases between the sets of a circuit: ready, readiness, rest, countdown, pause."""

from typing import ClassVar, Final

from trainer.coach.agenda import Item
from trainer.coach.circuitasking import AskingFlow
from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.machine import Trigger
from trainer.coach.part import Part
from trainer.coach.sets import Countdown
from trainer.coach.setup import Ready
from trainer.coach.words import BLOCKS, foot
from trainer.core.cues import CountdownStarted, PauseStarted, RestStarted
from trainer.core.snapshot import Phase
from trainer.core.texts import noted, tr

READINESS_S: Final = 20.0
"""Three answers of one key each; who does not answer is not kept waiting."""

ASKED: Final = {
    "pain": noted("Before you begin: pain in the feet now, 0 none to 10 worst?"),
    "stiffness": noted("Stiffness of the feet, 0 none to 10 worst?"),
    "tiredness": noted("Tiredness of the feet, 0 none to 10 worst?"),
    "ease": noted("How easy was that set, 0 hard to 10 easy?"),
    "pain of set": noted("Did that set hurt, 0 not at all to 10 worst?"),
    "breath": noted("Did you breathe calmly throughout? y or n"),
    "posture": noted("Were you upright throughout? y or n"),
    "replaced": noted("Did this take the place of other light mobility work? y or n"),
}

NO_MAXIMUM: Final = noted(
    "No maximum is known: bands are estimated. `footspring run --circuit baseline` measures it."
)


class CircuitReady(Ready):
    """Waits until the person says that athlete and foot are right."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow

    def go_on(self) -> None:
        """Ask how the feet are today, unless that was answered before a cut."""
        flow = self._circuit
        flow.move(Trigger.ASK_READINESS)

    def enter(self) -> None:
        """Say what is going to be done, and by whom."""
        flow = self._circuit
        super().enter()
        if not flow.order.has_pad:
            text = tr(
                "{who}: no pad and no sensor is needed. The clock leads, and what you do is noted "
                "as unmeasured. Press Next."
            )
            flow.message = text.format(who=flow.labels.athlete or tr("You"))
        title = tr("{title}: {sets} sets.").format(
            title=tr(flow.order.circuit.title), sets=len(flow.order.agenda)
        )
        if flow.order.first:
            title = tr("{title}, from set {number} of {sets} on.").format(
                title=tr(flow.order.circuit.title),
                number=flow.order.first + 1,
                sets=len(flow.order.agenda),
            )
        lacking = f" {tr(NO_MAXIMUM)}" if flow.lacks_maximum else ""
        flow.message = f"{title}{lacking} {flow.message}"


class Readiness(Part):
    """Twenty seconds for three figures; then it goes on, answered or not."""

    is_timed: ClassVar[bool] = True

    def __init__(self, flow: AskingFlow) -> None:
        super().__init__(flow)
        self._circuit = flow

    @property
    def word(self) -> str:
        """Return the cue in one word."""
        return tr("HOW")

    def enter(self) -> None:
        """Ask the first question; none where it was answered before a cut."""
        flow = self._circuit
        is_asked = flow.order.dose_share is None
        flow.timer.start(flow.now_s, READINESS_S if is_asked else 0.0)
        self.ask()

    def ask(self) -> None:
        """Ask the next question, or go on after the last."""
        flow = self._circuit
        flow.message = tr(ASKED[flow.question]) if flow.question else ""
        if not flow.question:
            self.ring()

    def ring(self) -> None:
        """Go on."""
        flow = self._circuit
        if flow.share < 1:
            flow.notice = tr("Today with {share:.0f} % of the dose.").format(share=100 * flow.share)
        flow.proceed()

    def go_on(self) -> None:
        """Go on, not answered."""
        self.ring()

    def zero(self) -> None:
        """Leave the cells alone: no foot need stand on them yet."""


class CircuitRest(Part):
    """The rest before the next set, in which the feet change and the last set is rated."""

    is_timed: ClassVar[bool] = True

    def __init__(self, flow: AskingFlow) -> None:
        super().__init__(flow)
        self._circuit = flow

    @property
    def word(self) -> str:
        """Return REST, SWITCH where the pad waits for another foot, HOW after the last set."""
        if self._circuit.times.has_ended:
            return tr("HOW")
        item = self._circuit.next_item
        is_pad = item is not None and not item.is_by_clock
        return tr("SWITCH") if is_pad and self._circuit.is_moved else tr("REST")

    def enter(self) -> None:
        """Begin the rest, or go on with one that was interrupted."""
        flow = self._circuit
        rest_s = flow.rest_s()
        if flow.interrupted is not None:
            rest_s = flow.interrupted[1]
            flow.interrupted = None
        flow.timer.start(flow.now_s, rest_s)
        flow.say(RestStarted(flow.now_s, rest_s, flow.next_side))
        self.ask()

    def renamed(self) -> None:
        """Say which foot is next now."""
        flow = self._circuit
        flow.say(RestStarted(flow.now_s, self.left_s, flow.next_side))
        self.ask()

    def ask(self) -> None:
        """Say what comes next, and ask how the last set was."""
        flow = self._circuit
        item = flow.next_item
        parts = [flow.notice]
        if item is not None:
            parts.append(self._next(item))
        asked = "pain of set" if flow.question == "pain" else flow.question
        parts.append(tr(ASKED[asked]) if asked else "")
        flow.message = " ".join(part for part in parts if part)
        if flow.times.has_ended and not flow.question:
            self.ring()

    def _next(self, item: Item) -> str:
        """Return what comes next, and where the foot is wanted, if there is a pad."""
        flow = self._circuit
        block, title = tr(BLOCKS[item.step.block]), tr(item.drill.title)
        if not flow.order.has_pad:
            return tr("Next, {block}: {title}.").format(block=block, title=title)
        where = tr("no foot on the pad is needed")
        if not item.is_by_clock:
            where = tr("put your {foot} on the pad").format(foot=foot(flow.next_side))
        text = tr("Next, {block}: {title}; {where}.")
        return text.format(block=block, title=title, where=where)

    def zero(self) -> None:
        """Leave the cells alone: each set begins with a tare."""

    def ring(self) -> None:
        """Go on to the next set."""
        self._circuit.notice = ""
        self._circuit.proceed()

    def go_on(self) -> None:
        """End the rest."""
        self.ring()


class CircuitCountdown(Countdown):
    """The seconds before a set on the pad."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow

    def enter(self) -> None:
        """Say what is coming, and count."""
        flow = self._circuit
        item = flow.item
        how = tr(item.drill.how) if item.nth == 1 else tr("Get ready.")
        told = tr("Set {number} of {sets}, {title}, {foot}. {how}").format(
            number=item.number,
            sets=len(flow.order.agenda),
            title=tr(item.drill.title),
            foot=foot(flow.labels.side),
            how=how,
        )
        flow.message = f"{flow.notice} {told}".strip()
        flow.notice = ""
        flow.say(CountdownStarted(flow.now_s, flow.exercise.countdown_s))
        flow.timer.start(flow.now_s, flow.exercise.countdown_s)


class Paused(Part):
    """Stands still until Next; then the foot is zeroed anew before anything is pressed."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow
        self._from_s = 0.0

    def enter(self) -> None:
        """Say that nothing runs."""
        flow = self._circuit
        self._from_s = flow.now_s
        flow.trace = ()
        flow.say(PauseStarted(flow.now_s))
        flow.message = tr("Paused: nothing runs. Next goes on where you were.")

    def zero(self) -> None:
        """Leave the cells alone."""

    def go_on(self) -> None:
        """Go on: a rest with what was left of it, anything on the pad through a tare."""
        flow = self._circuit
        flow.times.idle_s += flow.now_s - self._from_s
        assert flow.interrupted is not None
        phase = flow.interrupted[0]
        if phase is Phase.REST:
            flow.move(Trigger.SET_OVER)
            return
        if phase is not Phase.CLOCK:
            flow.interrupted = None
        if phase is Phase.READINESS:
            flow.move(Trigger.ASK_READINESS)
        elif phase is Phase.CLOCK:
            flow.move(Trigger.CLOCK_DUE)
        else:
            flow.move(Trigger.FOOT_CHANGED)
