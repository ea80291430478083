"""Where it hurt and when: places by weeks, with sharp pain and places that are new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import PainReport, PainSite
from trainer.core.texts import tr

REMEMBERED: Final = timedelta(days=90)
"""A place without pain for so long is a new one when it hurts."""
WORST: Final = 10.0
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in one week."""

    level: float
    """The highest one that was said, 0 none to 10 worst."""
    is_sharp: bool
    is_new: bool
    is_level_said: bool = True
    """Of a pain stop without a figure none is; it counts as the worst."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one foot over the weeks."""

    side: Side
    site: PainSite
    cells: tuple[Cell | None, ...]
    """One a week; None where nothing was said of it."""
    first_on: date
    last_on: date
    """Days of the first and the last report in these weeks that was of pain."""
    reports: int

    @property
    def worst(self) -> float:
        """Return the highest level."""
        return max(cell.level for cell in self.cells if cell)

    @property
    def worst_said(self) -> float:
        """Return the highest level that somebody gave; 0 where nobody gave one."""
        return max((cell.level for cell in self.cells if cell and cell.is_level_said), default=0.0)

    @property
    def is_sharp(self) -> bool:
        """Return whether any of it was sharp."""
        return any(cell.is_sharp for cell in self.cells if cell)

    @property
    def is_new(self) -> bool:
        """Return whether it began in these weeks."""
        return any(cell.is_new for cell in self.cells if cell)


def last_mondays(today: date, count: int) -> tuple[date, ...]:
    """Return the Mondays of the last weeks in order, the running one last."""
    last = today - timedelta(days=today.weekday())
    return tuple(last - _WEEK * back for back in range(count - 1, -1, -1))


def find_places(entries: Sequence[Entry[PainReport]], mondays: Sequence[date]) -> tuple[Place, ...]:
    """Return the places with pain in these weeks, the worst first; `entries` in order of time."""
    hurts: dict[tuple[Side, PainSite], list[tuple[date, PainReport]]] = {}
    for entry in entries:
        key = (entry.said.side, entry.said.site)
        hurts.setdefault(key, []).append((entry.local_day, entry.said))
    found = [
        place
        for (side, site), told in hurts.items()
        if (place := _place(side, site, told, mondays)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.worst, one.side, one.site)))


def place_name(side: Side, site: PainSite) -> str:
    """Return a place of a foot by name."""
    foot = tr("left") if side is Side.LEFT else tr("right")
    if site is PainSite.NOT_SAID:
        return tr("{foot} foot, place not said").format(foot=foot)
    return f"{foot} {tr(site)}"


def _place(
    side: Side, site: PainSite, told: Sequence[tuple[date, PainReport]], mondays: Sequence[date]
) -> Place | None:
    painful = [day for day, report in told if report.level > 0]
    inside = [day for day in painful if mondays[0] <= day < mondays[-1] + _WEEK]
    if not inside:
        return None
    new = {day for day in inside if not any(day - REMEMBERED <= other < day for other in painful)}
    cells = tuple(_cell(told, monday, new, site) for monday in mondays)
    return Place(side, site, cells, min(inside), max(inside), len(inside))


def _cell(
    told: Sequence[tuple[date, PainReport]], monday: date, new: set[date], site: PainSite
) -> Cell | None:
    week = [(day, report) for day, report in told if monday <= day < monday + _WEEK]
    if not week:
        return None
    said = [report.level for _, report in week if report.is_level_said]
    return Cell(
        max(said, default=WORST),
        any(report.is_sharp for _, report in week),
        # What has no place cannot be a new one.
        site is not PainSite.NOT_SAID and any(day in new for day, _ in week),
        is_level_said=bool(said),
    )
