"""Where on the ladder one stands: every decision and what overruled it, in order of time."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from trainer.coach.programme import Phase, PhaseKind, Programme, Rung
from trainer.coach.rung import MOST_WEEKLY, rungs_in_order
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Decision, Overruled, Subject, What
from trainer.plan.records import Records

MOST_CUTS: Final = 3
"""Steps of resistance or reps that a dial-back may take, each 1 / 1.1."""


@dataclass(frozen=True, slots=True)
class Position:
    """A rung, since when, and how far below it the dose stands."""

    index: int = 0
    """Of the rung, from the lowest up."""
    since: datetime | None = None
    """When the rung or a cut was changed last; None before the start."""
    rung_since: datetime | None = None
    below: int | None = None
    """The rung from which this one was stepped up to."""
    resistance_cuts: int = 0
    rep_cuts: int = 0
    dialled_at: datetime | None = None
    """When pain lowered the dose last."""
    raised_at: datetime | None = None

    @property
    def resistance(self) -> float:
        """Return the share of the rung's resistance that the cuts leave."""
        return float(MOST_WEEKLY**-self.resistance_cuts)

    @property
    def reps(self) -> float:
        """Return the share of the rung's reps that the cuts leave."""
        return float(MOST_WEEKLY**-self.rep_cuts)

    @property
    def height(self) -> tuple[int, int]:
        """Return how hard it is, to compare: the rung, then the cuts."""
        return self.index, -(self.resistance_cuts + self.rep_cuts)


def find_position(records: Records) -> Position:
    """Return where the decisions have led."""
    ids = {rung.id: index for index, (_, rung) in enumerate(rungs_in_order(records.programme))}
    merged: list[Entry[Decision] | Entry[Overruled]] = [*records.decisions, *records.overruled]
    merged.sort(key=lambda entry: (entry.at, entry.entry_id))
    position = Position()
    for entry in merged:
        said = entry.said
        if isinstance(said, Decision):
            position = _decided(position, said, entry.at, ids)
        elif said.subject in {Subject.RUNG, Subject.CUT}:
            position = _overruled(position, said, entry.at, ids)
    return position


def phase_at(programme: Programme, index: int) -> Phase:
    """Return the phase of a rung."""
    return rungs_in_order(programme)[index][0]


def rung_at(programme: Programme, index: int) -> Rung:
    """Return a rung by its place on the ladder."""
    return rungs_in_order(programme)[index][1]


def is_foundation(programme: Programme, index: int) -> bool:
    """Return whether phase one is not passed yet."""
    return phase_at(programme, index).kind is PhaseKind.FOUNDATION


def _decided(old: Position, said: Decision, at: datetime, ids: dict[str, int]) -> Position:
    if said.what not in {What.START, What.STEP_UP, What.DIAL_BACK, What.LIFT}:
        return old
    # A rung that the programme has no more leaves the place as it was.
    index = ids.get(said.rung, old.index)
    if said.what is What.START:
        return Position(index, since=at, rung_since=at)
    new = replace(
        _stepped(old, index, at),
        resistance_cuts=said.resistance_cuts,
        rep_cuts=said.rep_cuts,
        since=at,
    )
    if said.what is What.DIAL_BACK:
        return replace(new, dialled_at=at)
    return replace(new, raised_at=at)


def _overruled(old: Position, said: Overruled, at: datetime, ids: dict[str, int]) -> Position:
    if said.subject is Subject.CUT:
        return replace(old, resistance_cuts=0, rep_cuts=0, since=at, raised_at=at)
    index = ids.get(said.to, old.index)
    return replace(_stepped(old, index, at), since=at, raised_at=at)


def _stepped(old: Position, index: int, at: datetime) -> Position:
    if index == old.index and old.rung_since is not None:
        return old
    return replace(old, index=index, rung_since=at, below=old.index if index > old.index else None)
