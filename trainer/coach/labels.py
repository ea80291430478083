"""Labels: who trains, and which foot stands on the pad, as the person says it is."""

from trainer.coach.plan import SessionPlan, other
from trainer.core.cues import Side


class Labels:
    """Athlete and the foot of each set; the newest changes can be taken back."""

    def __init__(self, plan: SessionPlan) -> None:
        self.athlete = plan.athlete
        self.sides = plan.sides
        self.set_index = 0
        """Set that is prepared, on, or just done; counted from 0."""
        self.tared: Side | None = None
        """The foot that the pad was last set to zero under."""
        self._before: list[tuple[str, tuple[Side, ...]]] = []

    @property
    def side(self) -> Side:
        """Return the foot of the set at `set_index`."""
        return self.sides[self.set_index]

    @property
    def next_side(self) -> Side:
        """Return the foot of the set after it; the same foot after the last."""
        return self.sides[min(self.set_index + 1, len(self.sides) - 1)]

    @property
    def can_undo(self) -> bool:
        """Return whether a change can be taken back."""
        return bool(self._before)

    def name_athlete(self, name: str) -> bool:
        """Say who trains; return whether that is news."""
        if name == self.athlete:
            return False
        self._before.append((self.athlete, self.sides))
        self.athlete = name
        return True

    def name_side(self, side: Side, set_index: int) -> bool:
        """Say which foot does a set; where that is news, the later sets change feet too.

        After the last set, while its questions are asked, no foot is left to be named.
        """
        if set_index >= len(self.sides) or side is self.sides[set_index]:
            return False
        self._before.append((self.athlete, self.sides))
        changed = tuple(other(old) for old in self.sides[set_index:])
        self.sides = self.sides[:set_index] + changed
        return True

    def undo(self) -> None:
        """Take back the newest change."""
        self.athlete, self.sides = self._before.pop()

    def keep(self) -> None:
        """Let the changes stand: from here on something was measured under these labels."""
        self._before.clear()
