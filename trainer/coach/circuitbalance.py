"""Sets on one leg: led by how somebody stands where a sensor sees it, by the clock where none does.

Only time on one leg counts; stepping off pauses it. Where nobody is seen on one leg for long the
set is led by the clock if no inertial sensor is there, and given up if one is: it would have seen.
"""

from trainer.coach.circuitclock import LAST_S, ByClock
from trainer.coach.circuitflow import CircuitFlow
from trainer.coach.patience import Verdict
from trainer.coach.programme import Led
from trainer.coach.words import digit, foot
from trainer.core.cues import BalanceAsked, ClockStarted
from trainer.core.diary.training import EndedBy
from trainer.core.events import StanceSeen
from trainer.core.texts import tr


class Balance(ByClock):
    """One set that no press leads."""

    def __init__(self, flow: CircuitFlow) -> None:
        super().__init__(flow)
        self._circuit = flow
        self._is_watched = False
        self._seen: StanceSeen | None = None

    @property
    def is_standing(self) -> bool | None:
        """Return whether somebody is seen on one leg; None where that is not watched."""
        if not self._is_watched:
            return None
        return self._seen is not None and self._seen.is_standing

    @property
    def wobble_dps(self) -> float | None:
        """Return how much the ankle turns to the side now; None where nothing sees it."""
        is_known = self._is_watched and self._seen is not None
        return self._seen.wobble_dps if is_known and self._seen else None

    @property
    def word(self) -> str:
        """Return what is done, in one word."""
        if not self._is_watched:
            return super().word
        if not self.is_standing:
            return tr("STAND")
        return digit(self.left_s) if self.left_s <= LAST_S else tr("BALANCE")

    @property
    def left_s(self) -> float:
        """Return what is left of the time on one leg, or by the clock."""
        if not self._is_watched:
            return super().left_s
        stood_s = 0.0 if self._seen is None else self._seen.stood_s
        return max(0.0, self._circuit.item.set_s - stood_s)

    def enter(self) -> None:
        """Ask for the stance; an interrupted one begins anew, for it is one effort."""
        flow = self._circuit
        self._seen = None
        self._is_watched = flow.is_stance_seen and not flow.is_filling
        if not self._is_watched:
            super().enter()
            if flow.item.drill.led is Led.BALANCE and not flow.is_filling:
                flow.message = f"{flow.message} {self._untold()}"
            return
        flow.interrupted = None
        flow.labels.tared = None
        flow.begin_set()
        flow.patience.begin(flow.now_s)
        flow.message = f"{self.how()} {self._where()}"
        flow.say(BalanceAsked(flow.now_s, flow.item.set_s, flow.set_side))
        self._wait_on()

    def ring(self) -> None:
        """Ask whether anybody is there, then go on without."""
        if not self._is_watched:
            super().ring()
            return
        flow = self._circuit
        verdict = flow.patience.judge(flow.now_s, 0.0)
        if verdict is not Verdict.WAIT and not flow.order.has_motion and not self._has_stood:
            self._leave_to_clock()
        elif verdict is Verdict.GIVE_UP:
            flow.give_up()
        else:
            flow.message = tr("Nobody is seen on one leg: {how} Or SKIP.").format(how=self._where())
            self._wait_on()

    def seen(self, event: StanceSeen) -> None:
        """Take in how somebody stands now."""
        flow = self._circuit
        if not self._is_watched:
            return
        was = self.is_standing
        self._seen = event
        if event.stood_s > 0:
            flow.marks.stance = event
        if event.stood_s >= flow.item.set_s:
            flow.finish_set(EndedBy.DONE)
            return
        if event.is_standing:
            flow.patience.begin(flow.now_s)
            self._wait_on()
        if event.is_standing is not was:
            flow.message = self._turn(is_on=event.is_standing)

    def resume(self) -> None:
        """Go on after silence, which was no waiting."""
        self._circuit.patience.begin(self._circuit.now_s)

    @property
    def _has_stood(self) -> bool:
        return self._seen is not None and self._seen.stood_s > 0

    def _turn(self, *, is_on: bool) -> str:
        if is_on:
            cues = self._circuit.item.drill.cues
            return cues[0] if cues else tr("Stay as still as you can.")
        return tr("The foot is down: the time waits. Stand on it again when you are steady.")

    def _where(self) -> str:
        return tr("Stand on your {foot} alone, on the pad or the board.").format(
            foot=foot(self._circuit.labels.side)
        )

    def _untold(self) -> str:
        return tr("Nothing here sees how you stand: the clock leads, and nothing is measured.")

    def _wait_on(self) -> None:
        flow = self._circuit
        flow.timer.start(flow.now_s, flow.patience.left_s(flow.now_s, 0.0))

    def _leave_to_clock(self) -> None:
        flow = self._circuit
        self._is_watched = False
        flow.message = f"{self.how()} {self._untold()}"
        flow.say(ClockStarted(flow.now_s, flow.item.set_s))
        flow.timer.start(flow.now_s, flow.item.set_s)
