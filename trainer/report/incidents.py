"""Incidents: what was lost, rejected or dropped on the way, gathered from the events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, assert_never

from trainer.core.events import (
    CompensationSeen,
    ContactEnded,
    ContactStarted,
    Event,
    FatigueSeen,
    FramesDropped,
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
    LoadSeen,
    MarginSeen,
    PulseSeen,
    SamplesLost,
    SamplesRejected,
    SaturationSeen,
    SqueezeSeen,
    StanceSeen,
    TapSeen,
    TapsMeasured,
)

MERGE_S: Final = 10.0
"""Incidents of one kind that follow each other within this time are one row: a link that loses one
sample in 16 (measured on exports of a climbing app) would otherwise fill pages."""


class IncidentKind(StrEnum):
    """What happened to the samples."""

    GAP = "gap"
    LOST = "samples lost"
    REJECTED = "samples rejected"
    OVERLOAD = "overload"
    DROPPED = "frames dropped"


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened to the samples, once or in a run."""

    kind: IncidentKind
    start_s: float
    end_s: float
    count: int = 1
    """Samples or frames; occurrences for gaps and overload."""


def find_incidents(events: Iterable[Event]) -> tuple[Incident, ...]:
    """Return the incidents among the events by start, close ones of a kind merged."""
    open_runs: dict[IncidentKind, Incident] = {}
    done: list[Incident] = []
    for event in events:
        found = _incident(event)
        if found is None:
            continue
        run = open_runs.get(found.kind)
        if run is not None and _continues(run, found):
            found = replace(run, end_s=found.end_s, count=run.count + found.count)
        elif run is not None:
            done.append(run)
        open_runs[found.kind] = found
    done.extend(open_runs.values())
    return tuple(sorted(done, key=lambda i: (i.start_s, i.kind)))


def _continues(run: Incident, found: Incident) -> bool:
    # Each gap keeps its own row: its two times are what the person looks for.
    is_gap = found.kind is IncidentKind.GAP
    return not is_gap and 0 <= found.start_s - run.end_s <= MERGE_S


def _incident(event: Event) -> Incident | None:
    match event:
        case GapFound():
            return Incident(IncidentKind.GAP, event.start_s, event.end_s)
        case SamplesLost():
            return Incident(IncidentKind.LOST, event.at_s, event.at_s, event.count)
        case SamplesRejected():
            return Incident(IncidentKind.REJECTED, event.at_s, event.at_s, event.count)
        case SaturationSeen():
            return Incident(IncidentKind.OVERLOAD, event.at_s, event.at_s)
        case FramesDropped():
            return Incident(IncidentKind.DROPPED, event.at_s, event.at_s, event.count)
        case (
            ContactStarted()
            | ContactEnded()
            | HoldStarted()
            | HoldReleased()
            | HoldSettled()
            | HoldWithdrawn()
            | CompensationSeen()
            | FatigueSeen()
            | MarginSeen()
            | TapSeen()
            | TapsMeasured()
            | PulseSeen()
            | SqueezeSeen()
            | StanceSeen()
            | LoadSeen()
        ):
            return None
        case _:
            assert_never(event)
