"""Sets that the clock alone leads, and what a warm-up lacked."""

from typing import ClassVar, Final

from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.machine import Trigger
from trainer.coach.part import Part
from trainer.coach.programme import Led
from trainer.coach.words import digit, foot
from trainer.core.cues import ClockStarted
from trainer.core.diary.training import EndedBy
from trainer.core.texts import tr

LAST_S: Final = 1.0
"""The last second is counted."""


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
            return tr("WARM UP")
        if self.left_s <= LAST_S:
            return digit(self.left_s)
        return tr("BALANCE") if flow.item.drill.led is Led.BALANCE else tr("GO ON")

    def enter(self) -> None:
        """Begin, or go on with what was interrupted."""
        flow = self._circuit
        left_s = None if flow.interrupted is None else flow.interrupted[1]
        flow.interrupted = None
        flow.labels.tared = None
        if flow.is_filling:
            flow.times.begin(flow.now_s)
            flow.message = tr(
                "Warm up: walk on the spot, circle the ankles, spread the toes. Loaded sets begin "
                "after five minutes of warm-up."
            )
            flow.timer.start(flow.now_s, flow.warm_left_s)
            return
        if left_s is None:
            flow.begin_set()
        lasts_s = flow.item.set_s if left_s is None else left_s
        flow.message = self.how()
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

    def how(self) -> str:
        """Return how it is done, and with which foot."""
        flow = self._circuit
        drill = flow.item.drill
        title, how = tr(drill.title), tr(drill.how)
        cues = " ".join(f"{tr(cue)}." for cue in drill.cues)
        text = "{title}. {how} {cues}"
        if flow.item.side is not None:
            text = tr("{title}, {foot}. {how} {cues}")
        side = flow.labels.side
        return text.format(title=title, foot=foot(side), how=how, cues=cues).strip()
