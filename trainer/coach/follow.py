"""The phase of a replay: the recording leads, every settled hold is a rep."""

from typing import ClassVar, Final

from trainer.coach.part import Part
from trainer.coach.reps import is_compensated
from trainer.coach.words import CALF_HELPS, HEEL_DOWN, tiring
from trainer.core.cues import RepCounted, SetEnded, SetStarted
from trainer.core.hold import Hold
from trainer.core.texts import tr

SET_REST_S: Final = 10.0
"""A longer rest between two holds ends a set."""


def starts_new_set(last: Hold | None, hold: Hold) -> bool:
    """Return whether a hold begins a set: the first one, or after a rest of more than 10 s."""
    return last is None or hold.start_s - last.end_s > SET_REST_S


class Follow(Part):
    """Counts what it sees and asks for nothing."""

    is_training: ClassVar[bool] = True
    _last: Hold | None = None

    @property
    def word(self) -> str:
        """Return HOLD while one is on, else REPLAY."""
        if self.flow.lamp_s is None:
            return tr("REPLAY")
        return tr(HEEL_DOWN if self.flow.is_compensating else self.flow.exercise.words.hold)

    def enter(self) -> None:
        """Say what is shown."""
        self.flow.message = tr("A recording is shown: nothing is asked of you.")

    def zero(self) -> None:
        """Leave the recording as it is."""

    def settled(self, hold: Hold) -> None:
        """Count the hold, finished or cut off."""
        flow = self.flow
        if starts_new_set(self._last, hold):
            self.ended()
            # A replay knows neither how many sets nor how many reps are to come.
            flow.decline_pct = None
            flow.book.open(flow.labels.side, None, hold.start_s)
            flow.say(SetStarted(flow.now_s, flow.labels.side, flow.book.sets, 0, 0))
        self._last = hold
        flow.book.add(hold, None, flow.target)
        flow.say(RepCounted(flow.now_s, flow.book.counted, hold.plateau_n, is_compensated(hold)))

    def compensated(self) -> None:
        """Say what the recording shows."""
        self.flow.message = tr(CALF_HELPS)

    def tired(self) -> None:
        """Say what the recording shows."""
        assert self.flow.decline_pct is not None
        self.flow.message = tiring(self.flow.decline_pct)

    def settled_stale(self, hold: Hold) -> None:
        """Count it too: nothing is rejected in a replay."""
        self.settled(hold)

    def ended(self) -> None:
        """End the set that is on."""
        flow = self.flow
        if self._last is not None:
            flow.book.close(self._last.end_s)
            flow.say(SetEnded(flow.now_s, flow.book.sets, flow.book.counted))
