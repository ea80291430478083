"""The phases before the first press that counts: ready, tare, and the press-here check."""

from typing import ClassVar, Final

from trainer.coach.machine import Trigger
from trainer.coach.part import Part
from trainer.coach.words import OVERLOAD, foot
from trainer.core.cues import CheckAsked, TareAsked
from trainer.core.hold import Hold
from trainer.core.texts import tr

TARE_PATIENCE_S: Final = 10.0
"""A press that lasts this long during the tare is no press: it is how the foot stands."""

CHECK_PATIENCE_S: Final = 15.0
"""Silence after which the check says that nothing is felt: long enough to sort out one's foot."""


class Ready(Part):
    """Waits until the person says that athlete and foot are right."""

    def enter(self) -> None:
        """Say who and which foot is expected."""
        labels = self.flow.labels
        self.flow.message = tr(
            "{who}: put your {foot} on the pad. The pad cannot know whose foot, or which, stands "
            "on it: correct it here if this is wrong, then press Next."
        ).format(who=labels.athlete or tr("You"), foot=foot(labels.side))
        if self.flow.maxima.is_skipped:
            self.flow.message += " " + tr("No maximal presses will be asked for.")

    def renamed(self) -> None:
        """Say it anew."""
        self.enter()

    def skipped(self) -> None:
        """Say it anew."""
        self.enter()

    def go_on(self) -> None:
        """Start."""
        self.flow.move(Trigger.START)


class Tare(Part):
    """Sets the cells to zero over a quiet time; a press begins it anew."""

    is_timed: ClassVar[bool] = True

    _is_pressed = False

    def enter(self) -> None:
        """Ask for a relaxed foot."""
        self._is_pressed = False
        flow = self.flow
        self.renamed()
        flow.say(TareAsked(flow.now_s, flow.exercise.tare_s))
        flow.timer.start(flow.now_s, flow.exercise.tare_s)

    def ring(self) -> None:
        """Go on after a quiet time; try again after a press that does not end."""
        if self._is_pressed:
            self.enter()
            return
        flow = self.flow
        flow.labels.tared = flow.labels.side
        if flow.is_checked:
            flow.go_to_set()
        else:
            flow.move(Trigger.FIRST_ZERO)

    def zero(self) -> None:
        """Begin anew."""
        self.enter()

    def renamed(self) -> None:
        """Say which foot is meant."""
        text = tr("Relax your {foot} on the pad: it is being set to zero.")
        self.flow.message = text.format(foot=foot(self.flow.labels.side))

    def resume(self) -> None:
        """Begin anew: nobody knows how the foot stood meanwhile."""
        self.enter()

    def started(self) -> None:
        """Wait for the end of the press."""
        self._is_pressed = True
        self.flow.message = tr("The pad feels a press: let the toes go completely soft.")
        self.flow.timer.start(self.flow.now_s, TARE_PATIENCE_S)

    def released(self) -> None:
        """Begin anew once the press is over."""
        if self._is_pressed:
            self.enter()

    def withdrawn(self) -> None:
        """Begin anew once the press is over."""
        self.released()

    def settled(self, hold: Hold) -> None:
        """Begin anew once the press is over."""
        del hold
        self.released()


class Check(Part):
    """Asks for one gentle press, to see that the right cells answer."""

    asks_force: ClassVar[bool] = True

    @property
    def word(self) -> str:
        """Return the exercise's word for pressing."""
        return tr(self.flow.exercise.words.press)

    def enter(self) -> None:
        """Ask for the press."""
        self.renamed()
        self._ask()

    def renamed(self) -> None:
        """Say which foot is meant."""
        text = tr("Press here: once, gently, with the toes of your {foot}.")
        self.flow.message = text.format(foot=foot(self.flow.labels.side))

    def ring(self) -> None:
        """Say that nothing was felt, and ask again."""
        self.flow.message = tr(
            "Nothing is felt: put the toes over the marked cells and press a little harder, or "
            "press Next to go on without this check."
        )
        self._ask()

    def go_on(self) -> None:
        """Go on, felt or not."""
        self.flow.is_checked = True
        self.flow.go_to_set()

    def started(self) -> None:
        """Pass: a press is felt."""
        self.go_on()

    def settled(self, hold: Hold) -> None:
        """Pass on a press too gentle for the lamp too."""
        if hold.end_s > self.flow.entered_s:
            self.go_on()

    def overloaded(self) -> None:
        """Ask for less."""
        self.flow.message = tr(OVERLOAD)

    def _ask(self) -> None:
        self.flow.say(CheckAsked(self.flow.now_s))
        self.flow.timer.start(self.flow.now_s, CHECK_PATIENCE_S)
