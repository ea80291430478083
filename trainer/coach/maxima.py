"""The maxima of the feet: known from earlier, or the best of this session's presses."""

from dataclasses import replace

from trainer.coach.plan import KnownMvc
from trainer.coach.results import MvcResult
from trainer.core.cues import Side
from trainer.core.hold import Hold


class Maxima:
    """Knows each foot's maximal force (MVC) and the presses made for it so far.

    One for each exercise: that of a great toe is none of all toes, that of a dome none of a curl.
    """

    def __init__(self, known: tuple[KnownMvc, ...], trials: int) -> None:
        self._known = {(mvc.athlete, mvc.side, mvc.exercise): mvc.force_n for mvc in known}
        self._trials = trials
        self._presses: list[Hold] = []
        self._measured: dict[tuple[Side, str], MvcResult] = {}
        self._is_untold = False
        self._given_up: set[tuple[Side, str]] = set()
        self.exercise = ""
        """Whose maximum is meant; empty for the session's own exercise."""
        self.is_skipped = False
        """True once the person wants no more maximal presses."""

    @property
    def trial(self) -> int:
        """Return the number of the press that is due, from 1; the last one once all are done."""
        return min(len(self._presses) + 1, self._trials)

    @property
    def is_complete(self) -> bool:
        """Return whether the foot on the pad has made all its presses."""
        return len(self._presses) >= self._trials

    def force_n(self, athlete: str, side: Side) -> float | None:
        """Return the maximum in newtons: this session's, else an earlier one, else None."""
        measured = self._measured.get((side, self.exercise))
        if measured is not None:
            return measured.force_n
        return self._known.get((athlete, side, self.exercise))

    def is_wanted(self, athlete: str, side: Side) -> bool:
        """Return whether the foot is to make maximal presses."""
        is_asked = not self.is_skipped and (side, self.exercise) not in self._given_up
        return is_asked and self.force_n(athlete, side) is None

    def give_up(self, side: Side) -> None:
        """Ask that foot for no more maximal presses of the exercise."""
        self._given_up.add((side, self.exercise))

    def begin(self) -> None:
        """Start over for the foot that is now on the pad."""
        self._presses.clear()

    def add(self, side: Side, press: Hold) -> None:
        """Take in a valid press; the last one makes the maximum known."""
        self._presses.append(press)
        if self.is_complete:
            best = max(self._presses, key=best_n)
            presses = tuple(self._presses)
            mvc = MvcResult(side, best_n(best), best.start_s, presses, self.exercise)
            self._measured[side, self.exercise] = mvc
            self._is_untold = True

    def take_untold(self, side: Side) -> MvcResult | None:
        """Return the maximum just measured, once."""
        if not self._is_untold:
            return None
        self._is_untold = False
        return self._measured[side, self.exercise]

    def relabel(self, old: Side, new: Side) -> None:
        """Say that what was measured as the old foot's is the new one's, and the other way."""
        other = {old: new, new: old}
        self._measured = {
            (other[side], exercise): replace(mvc, side=other[side])
            for (side, exercise), mvc in self._measured.items()
        }

    def results(self) -> tuple[MvcResult, ...]:
        """Return the maxima measured in this session, in order."""
        return tuple(sorted(self._measured.values(), key=lambda mvc: mvc.at_s))


def best_n(press: Hold) -> float:
    """Return the highest 0.5 s mean of a press in newtons, 0 for one too short to have it."""
    return press.best_half_second_n or 0.0
