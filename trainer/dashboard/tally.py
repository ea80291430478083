"""The tally: sets and reps as they were shown, for the screen after the session."""

from dataclasses import dataclass
from typing import Final

from trainer.core.cues import Side
from trainer.core.snapshot import Phase, Snapshot

COUNTING: Final = frozenset({Phase.WORK, Phase.FOLLOW})
AFTER: Final = frozenset({Phase.REST, Phase.DONE, Phase.STOPPED})
"""The last rep of a set may be counted in the same snapshot that ends it."""


@dataclass(frozen=True, slots=True)
class SetDone:
    """Reps of one set of one foot."""

    set_number: int
    side: Side
    reps: int


class Tally:
    """Keeps the last rep count shown of each set."""

    def __init__(self) -> None:
        self._reps: dict[tuple[int, Side], int] = {}

    def see(self, snapshot: Snapshot) -> None:
        """Take in a snapshot."""
        key = (snapshot.set_number, snapshot.side)
        is_late = snapshot.phase in AFTER and key in self._reps
        if snapshot.phase in COUNTING or (is_late and snapshot.rep > 0):
            self._reps[key] = snapshot.rep

    def sets(self) -> tuple[SetDone, ...]:
        """Return the sets in the order in which they began."""
        return tuple(SetDone(number, side, reps) for (number, side), reps in self._reps.items())
