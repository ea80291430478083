"""Check and maximal presses of a circuit: asked for so often, then it goes on without them."""

from typing import Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.machine import Trigger
from trainer.coach.maximal import MaxPress
from trainer.coach.setup import Check
from trainer.core.texts import tr

CHECKS: Final = 3
"""Times 15 s: time enough to come onto the pad."""

SILENCES: Final = 4
"""Requests for a maximal press, 5 s each, in which none is felt."""

SPOILT: Final = 3
"""Presses of a foot that may be spoilt, beside those that are asked for."""


class CircuitCheck(Check):
    """One gentle press; without it the circuit goes on after a while."""

    _asked = 0

    def enter(self) -> None:
        """Ask for the press."""
        self._asked = 1
        super().enter()

    def ring(self) -> None:
        """Ask again, or go on."""
        if self._asked >= CHECKS:
            self.go_on()
            return
        self._asked += 1
        super().ring()


class CircuitMaxPress(MaxPress):
    """A maximal press; a foot that gives none goes on without its maximum."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow
        self._silences = 0
        self._tries: dict[int, int] = {}

    def enter(self) -> None:
        """Ask for the press."""
        number = self._circuit.item.number
        self._tries[number] = self._tries.get(number, 0) + 1
        self._silences = 0
        if self._tries[number] > self.flow.exercise.mvc.trials + SPOILT:
            self._give_up()
        else:
            super().enter()

    def ring(self) -> None:
        """Ask again where nothing was felt, up to a limit."""
        self._silences += self.flow.lamp_s is None
        if self._silences >= SILENCES:
            self._give_up()
        else:
            super().ring()

    def _give_up(self) -> None:
        flow = self._circuit
        flow.maxima.give_up(flow.labels.side)
        flow.notice = tr("No maximal press came: the first presses set the target.")
        flow.move(Trigger.SET_DUE)
