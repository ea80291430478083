"""Foot taps for a time."""

from typing import ClassVar, Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.part import Part
from trainer.coach.words import OVERLOAD, foot
from trainer.core.cues import RelaxAsked, TapsAsked
from trainer.core.diary.training import EndedBy
from trainer.core.texts import tr

SETTLING_S: Final = 1.0
"""After the last tap: it is told half a second after it."""


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
        return tr("RELAX") if self._is_counting_on else tr("TAP")

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
