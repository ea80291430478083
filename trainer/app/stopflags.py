"""The stop flags: what was asked of a session beside its queue, and what it comes to.

Rules, failing towards stopping:
- Each wish is a plain flag, set within the call that asks for it, and never taken back.
- A contact of the foot button goes on where both the phase that was shown at the contact and the
  phase in which it is read are the same pause; it stops in any other case.
- A pain stop is pain, whatever else is asked before or after it.
- A wish to leave without a trace holds where the session still waits to begin and nothing else was
  asked; anywhere else it is none, and is forgotten.
- The question after the button's stop is answered no by an explicit no alone; a no that came before
  anybody can have read the question is none. A pain stop, an end and silence are a yes.
"""

from collections import deque

from trainer.core.cues import StopReason
from trainer.core.snapshot import PAUSES, Phase, Snapshot
from trainer.core.watchdog import OVER, may_deny


class StopFlags:
    """Safe from any thread, and in a signal handler in the midst of anything."""

    def __init__(self) -> None:
        self._is_pain = False
        self._is_halted = False
        self._is_ended = False
        self._is_denied = False
        self._is_leaving = False
        self._contacts: deque[Phase] = deque()
        """The pause in which each contact found the session."""
        self.asked_s: float | None = None
        """When a stop was first asked, in host monotonic seconds."""

    def pain(self, at_s: float) -> None:
        """Note a pain stop."""
        self._is_pain = True
        self._note(at_s)

    def press(self, shown: Snapshot, at_s: float, *, is_held: bool) -> None:
        """Note a contact, by the snapshot that is shown; once a session is over it is nothing."""
        if shown.phase in OVER:
            return
        if shown.phase not in PAUSES:
            self._is_halted = True
            self._note(at_s)
        elif not is_held:
            self._contacts.append(shown.phase)

    def deny(self, shown: Snapshot) -> None:
        """Note the answer no, where the question is shown and can have been read."""
        if may_deny(shown):
            self._is_denied = True

    def end(self) -> None:
        """Note an end."""
        self._is_ended = True

    def leave(self) -> None:
        """Note the wish to leave without a trace."""
        self._is_leaving = True

    def take_leave(self, phase: Phase) -> bool:
        """Return whether that was wished and may be; the wish is over with the answer."""
        is_leaving, self._is_leaving = self._is_leaving, False
        return is_leaving and phase is Phase.READY and not self.is_asked

    @property
    def is_pain(self) -> bool:
        """Return whether a pain stop was asked."""
        return self._is_pain

    @property
    def is_ended(self) -> bool:
        """Return whether an end was asked."""
        return self._is_ended

    @property
    def is_asked(self) -> bool:
        """Return whether a session is to be over: by a pain stop, the button or an end."""
        return self._is_pain or self._is_halted or self._is_ended

    @property
    def reason(self) -> StopReason | None:
        """Return why to stop; None where no stop was asked."""
        if self._is_pain:
            return StopReason.PAIN
        return StopReason.BUTTON if self._is_halted else None

    def take_next(self, phase: Phase, at_s: float) -> bool:
        """Return whether the oldest contact goes on from the phase; else it stops, or is none."""
        if not self._contacts:
            return False
        if self._contacts.popleft() is phase:
            return True
        self._is_halted = True
        self._note(at_s)
        return False

    def answer(self, left_s: float, *, is_closed: bool) -> bool | None:
        """Return whether it was pain; None while that may still be answered.

        `left_s` is what is left of ANSWER_S; `is_closed` says that the person leaves the session.
        """
        if self._is_pain or self._is_ended or is_closed or left_s <= 0:
            return True
        return False if self._is_denied else None

    def _note(self, at_s: float) -> None:
        if self.asked_s is None:
            self.asked_s = at_s
