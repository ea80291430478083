"""One run from many sources: kept once, the richest; a function of the set, so no order matters.

Two sources have the same run where they start within a minute and their distances are alike. Runs
that are tied by a third one count as one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Final

from trainer.core.diary.running import Run, RunMark, RunSource
from trainer.running.measures import Found

SAME_START: Final = timedelta(seconds=60)
"""Watch, phone and web page stamp the same start within seconds; a minute leaves room."""
SAME_SHARE: Final = 0.1
"""Foot pod and satellites differ by some percent."""

_SOURCES: Final = tuple(RunSource)
_MEASURED: Final = (
    "km",
    "spm",
    "gct_ms",
    "gct_cv_pct",
    "gct_balance_pct",
    "vo_mm",
    "vertical_ratio_pct",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A run as it counts, and the sources that have the same one with less in it."""

    found: Found
    twins: tuple[Found, ...] = ()


def settle(reads: Iterable[Found], marks: Sequence[RunMark] = ()) -> tuple[Kept, ...]:
    """Return each run once, in order of time, with what was said of it; newer marks stand later."""
    said: dict[str, list[tuple[int, RunMark]]] = {}
    for place, mark in enumerate(marks):
        said.setdefault(mark.sha256, []).append((place, mark))
    return tuple(_keep(group, said) for group in groups(reads))


def groups(reads: Iterable[Found]) -> list[list[Found]]:
    """Return the runs in groups of the same one; groups in order of time."""
    ordered = sorted(reads, key=lambda found: (found.start, found.run.sha256))
    home = list(range(len(ordered)))

    def root(place: int) -> int:
        while home[place] != place:
            place = home[place]
        return place

    for place, one in enumerate(ordered):
        for later in range(place + 1, len(ordered)):
            if ordered[later].start - one.start > SAME_START:
                break
            if is_same(one, ordered[later]):
                high, low = sorted((root(place), root(later)), reverse=True)
                home[high] = low
    found: dict[int, list[Found]] = {}
    for place, one in enumerate(ordered):
        found.setdefault(root(place), []).append(one)
    return list(found.values())


def is_same(one: Found, other: Found) -> bool:
    """Return whether two sources have the same run."""
    if abs(one.start - other.start) > SAME_START:
        return False
    if one.run.km is not None and other.run.km is not None:
        return _alike(one.run.km, other.run.km)
    return _alike(one.run.duration_s, other.run.duration_s)


def richness(found: Found) -> tuple[int, int, float, str]:
    """Return what runs are ranked by, the richest last: one order for all, without ties."""
    run = found.run
    measured = sum(getattr(run, name) is not None for name in _MEASURED)
    measured += run.step_m is not None and not run.is_step_derived
    return measured, -_SOURCES.index(run.source), run.duration_s, run.sha256


def joined(one: Run, other: Run) -> Run:
    """Return one file that was met twice, with what either place says of shoe and surface."""
    return replace(
        one,
        shoe=_first(one.shoe, other.shoe),
        surface=_first(one.surface, other.surface),
    )


def _keep(group: Sequence[Found], said: Mapping[str, list[tuple[int, RunMark]]]) -> Kept:
    ranked = sorted(group, key=richness, reverse=True)
    best, twins = ranked[0], ranked[1:]
    run = best.run
    run = replace(
        run,
        shoe=run.shoe or _first(*(twin.run.shoe for twin in twins)),
        surface=run.surface or _first(*(twin.run.surface for twin in twins)),
    )
    marks = sorted(
        (placed for found in group for placed in said.get(found.run.sha256, ())),
        key=lambda placed: placed[0],
    )
    for _, mark in marks:
        run = _marked(run, mark)
    return Kept(replace(best, run=run), tuple(twins))


def _marked(run: Run, mark: RunMark) -> Run:
    changes = {
        field.name: getattr(mark, field.name)
        for field in fields(mark)
        if field.name != "sha256" and getattr(mark, field.name) is not None
    }
    return replace(run, **changes)


def _first(*names: str) -> str:
    """Return one of the names that are not empty, the same whatever their order."""
    return min((name for name in names if name), default="")


def _alike(one: float, other: float) -> bool:
    return abs(math.log(one / other)) <= math.log1p(SAME_SHARE)
