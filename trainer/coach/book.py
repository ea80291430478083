"""The book: every hold of every set, as it becomes known."""

from dataclasses import dataclass, field, replace

from trainer.coach.results import RepResult, SetResult
from trainer.coach.target import Target
from trainer.core.cues import RejectReason, Side
from trainer.core.hold import Hold


@dataclass(slots=True)
class _Page:
    number: int
    side: Side
    asked_reps: int | None
    start_s: float
    end_s: float | None = None
    reps: list[RepResult] = field(default_factory=list[RepResult])
    counted: int = 0


class Book:
    """Keeps the sets in order; the newest is open until it is closed."""

    def __init__(self) -> None:
        self._pages: list[_Page] = []

    @property
    def sets(self) -> int:
        """Return how many sets were begun."""
        return len(self._pages)

    @property
    def counted(self) -> int:
        """Return the counted reps of the newest set."""
        return self._pages[-1].counted if self._pages else 0

    @property
    def total(self) -> int:
        """Return the counted reps of all sets."""
        return sum(page.counted for page in self._pages)

    def open(self, side: Side, asked_reps: int | None, at_s: float) -> None:
        """Begin a set."""
        self._pages.append(_Page(len(self._pages) + 1, side, asked_reps, at_s))

    def close(self, at_s: float) -> None:
        """End the set that is on."""
        self._pages[-1].end_s = at_s

    def add(self, hold: Hold, reason: RejectReason | None, target: Target | None) -> None:
        """Enter a hold into the newest set: counted where there is no reason against it."""
        page = self._pages[-1]
        is_counted = reason is None
        page.reps.append(RepResult(page.counted + 1, hold, is_counted, reason, target))
        page.counted += is_counted

    def take_back(self) -> None:
        """Undo the newest set's last counted rep; only called where there is one."""
        page = self._pages[-1]
        last = max(index for index, rep in enumerate(page.reps) if rep.is_counted)
        page.reps[last] = replace(page.reps[last], is_counted=False)
        page.counted -= 1

    def relabel(self, side: Side) -> None:
        """Say of all sets that they were the other foot's."""
        for page in self._pages:
            page.side = side

    def plateaus_n(self, side: Side) -> list[float]:
        """Return the plateaus of a foot's counted reps in order, in newtons."""
        return [
            rep.hold.plateau_n
            for page in self._pages
            if page.side is side
            for rep in page.reps
            if rep.is_counted
        ]

    def results(self) -> tuple[SetResult, ...]:
        """Return the sets as they stand."""
        return tuple(
            SetResult(p.number, p.side, p.asked_reps, p.start_s, p.end_s, tuple(p.reps))
            for p in self._pages
        )
