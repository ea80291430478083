"""The phases around a set: countdown and rest."""

from typing import ClassVar

from trainer.coach.machine import Trigger
from trainer.coach.part import Part
from trainer.coach.words import digit, foot
from trainer.core.cues import CountdownStarted, RestStarted
from trainer.core.texts import tr


class Countdown(Part):
    """The seconds before a set."""

    is_timed: ClassVar[bool] = True

    @property
    def word(self) -> str:
        """Return the seconds left."""
        return digit(self.left_s)

    def enter(self) -> None:
        """Begin to count; before the first set this is the moment to read how it is done."""
        flow = self.flow
        number = flow.book.sets + 1
        flow.message = tr("Set {number} of {sets}, {foot}. {how}").format(
            number=number,
            sets=len(flow.labels.sides),
            foot=foot(flow.labels.side),
            how=tr(flow.exercise.how) if number == 1 else tr("Get ready."),
        )
        flow.say(CountdownStarted(flow.now_s, flow.exercise.countdown_s))
        flow.timer.start(flow.now_s, flow.exercise.countdown_s)

    def ring(self) -> None:
        """Begin the set."""
        self.flow.move(Trigger.GO)


class Rest(Part):
    """The rest between two sets, in which the feet may change."""

    is_timed: ClassVar[bool] = True

    @property
    def _is_change(self) -> bool:
        labels = self.flow.labels
        return labels.next_side is not labels.tared

    @property
    def word(self) -> str:
        """Return REST, or SWITCH where the other foot is next."""
        return tr("SWITCH") if self._is_change else tr("REST")

    def enter(self) -> None:
        """Begin the rest."""
        rest_s = self.flow.exercise.rest_s
        self.flow.timer.start(self.flow.now_s, rest_s)
        self._announce(rest_s)

    def renamed(self) -> None:
        """Say which foot is next now."""
        self._announce(self.left_s)

    def _announce(self, left_s: float) -> None:
        flow = self.flow
        side = flow.labels.next_side
        text = (
            tr("Change feet: put your {foot} on the pad for the next set.")
            if self._is_change
            else tr("Rest your {foot}; the next set is with the same foot.")
        )
        flow.message = text.format(foot=foot(side))
        flow.say(RestStarted(flow.now_s, left_s, side))

    def ring(self) -> None:
        """Go on to the next set, through a tare where the feet change."""
        is_change = self._is_change
        self.flow.labels.set_index += 1
        if is_change:
            self.flow.move(Trigger.FOOT_CHANGED)
        else:
            self.flow.move(Trigger.SET_DUE)

    def go_on(self) -> None:
        """End the rest."""
        self.ring()
