"""Quick presses to a beat."""

from typing import Final

from trainer.coach.circuitwork import LedWork
from trainer.coach.tracing import Trace, rep_trace
from trainer.core.cues import PressAsked, RelaxAsked
from trainer.core.diary.training import EndedBy
from trainer.core.texts import tr

SETTLING_S: Final = 1.0
"""After the last beat: a hold is settled within half a second of its release."""


class Beats(LedWork):
    """Quick presses to a beat; the beat goes on whatever the foot does."""

    _asked = 0
    _is_down = False
    _beat_s = 0.0
    """When the newest beat came."""

    @property
    def course(self) -> Trace:
        """Return the trace of the beat that is on, and of the next, where a target is known."""
        flow = self.circuit
        if flow.target is None or flow.is_stale:
            return ()
        step, force_n = flow.item.step, flow.target.middle_n
        beat = rep_trace(step, self._beat_s, force_n)
        if self._asked >= flow.plan.reps:
            return beat
        return (*beat, *rep_trace(step, self._beat_s + step.tempo.rep_s, force_n))

    def enter(self) -> None:
        """Begin the beat."""
        self._asked = self.circuit.book.counted if self.circuit.is_on else 0
        super().enter()

    def opening(self) -> str:
        """Return how to press."""
        return tr("Press in time with the beat, quick and even.")

    def ask(self) -> None:
        """Beat once."""
        flow = self.circuit
        self._asked += 1
        self._is_down = True
        self._beat_s = flow.now_s
        half_s = flow.item.step.tempo.rep_s / 2
        middle_n = None if flow.target is None else flow.target.middle_n
        flow.say(PressAsked(flow.now_s, self._asked, middle_n, half_s))
        flow.timer.start(flow.now_s, half_s)

    def ring(self) -> None:
        """Go on to the other half of the beat, or end after the last."""
        flow = self.circuit
        half_s = flow.item.step.tempo.rep_s / 2
        if self._is_down:
            self._is_down = False
            is_last = self._asked >= flow.plan.reps
            flow.say(RelaxAsked(flow.now_s))
            flow.timer.start(flow.now_s, SETTLING_S if is_last else half_s)
        elif self._asked >= flow.plan.reps:
            flow.finish_set(EndedBy.DONE)
        else:
            self.ask()

    @property
    def word(self) -> str:
        """Return the word of the half that is on."""
        words = self.circuit.exercise.words
        return tr(words.press if self._is_down else words.relax)

    @property
    def is_force_wanted(self) -> bool:
        """Return whether the press half is on."""
        return self._is_down

    def started(self) -> None:
        """Leave the beat as it is."""

    def released(self) -> None:
        """Leave the beat as it is."""

    def withdrawn(self) -> None:
        """Leave the beat as it is."""

    def pause(self, length_s: float) -> None:
        """Begin to beat again after a tare or a silence; not after a rep."""
        self._is_down = False
        self.flow.timer.start(self.flow.now_s, length_s)

    def go_on_after_rep(self) -> None:
        """Leave the beat as it is."""

    def end_set(self) -> None:
        """Let the beat end it."""
