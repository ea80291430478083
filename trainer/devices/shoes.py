"""Shoes and surfaces: minutes a week, minimalist ones among them, mostly soft soles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from trainer.core.diary.devices import BARE_FEET, Shoe, ShoeType
from trainer.core.texts import tr

MINIMALIST: Final = frozenset({ShoeType.MINIMALIST, ShoeType.BAREFOOT})

USUAL_PER_WEEK: Final = (2, 3)
SOFT_PER_WEEK: Final = 3


@dataclass(frozen=True, slots=True)
class Worn:
    """Minutes on one day in one shoe on one surface; from the log and from runs."""

    on: date
    shoe: str
    surface: str
    minutes: float


@dataclass(frozen=True, slots=True)
class WeekOnSurface:
    """Minutes of one week, which starts on its Monday."""

    monday: date
    surface: str
    minutes: float
    minimalist_min: float
    """Of these, in minimalist shoes or with bare feet."""


def weekly(worn: Iterable[Worn], shoes: Mapping[str, Shoe]) -> tuple[WeekOnSurface, ...]:
    """Return the minutes by week and surface, in order of time."""
    sums: dict[tuple[date, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in worn:
        minutes = sums[monday_of(one.on), one.surface]
        minutes[0] += one.minutes
        minutes[1] += one.minutes * is_minimalist(one.shoe, shoes)
    return tuple(WeekOnSurface(*key, *minutes) for key, minutes in sorted(sums.items()))


def monday_of(day: date) -> date:
    """Return the first day of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def is_minimalist(shoe: str, shoes: Mapping[str, Shoe]) -> bool:
    """Return whether a shoe's name means bare feet or a minimalist shoe."""
    return shoe == BARE_FEET or (shoe in shoes and shoes[shoe].shoe_type in MINIMALIST)


@dataclass(frozen=True, slots=True)
class MinimalistWeek:
    """What the plan allows this week, and what was done of it."""

    allowed_min: float
    done_min: float
    why: str

    @property
    def is_beyond(self) -> bool:
        """Return whether more was done than is allowed."""
        return self.done_min > self.allowed_min


@dataclass(frozen=True, slots=True)
class Softness:
    """What share of the kilometres was run in high-stack shoes."""

    km: float
    """In shoes whose stack is known."""
    soft_pct: float | None
    """None without such a kilometre."""
    per_week: tuple[int, int]
    """Foot sessions, from and to."""
    why: str


def softness(
    runs: Iterable[tuple[str, float]], shoes: Mapping[str, Shoe], high_stack_mm: float
) -> Softness:
    """Return the softness of (shoe, km) pairs; most of them high-stack asks for three sessions.

    Cushioning leaves the foot's muscles less to do, so they get the upper end of two to three.
    """
    known = [(shoes[name].stack_mm, km) for name, km in runs if name in shoes]
    total = sum(km for _, km in known)
    if total <= 0:
        return Softness(0.0, None, USUAL_PER_WEEK, tr("no kilometre in a known shoe"))
    soft = sum(km for stack_mm, km in known if stack_mm >= high_stack_mm)
    pct = 100 * soft / total
    why = tr("{pct:.0f} % of {km:.0f} km in shoes of {stack:g} mm and more").format(
        pct=pct, km=total, stack=high_stack_mm
    )
    is_mostly_soft = soft > total / 2
    asked = (SOFT_PER_WEEK, SOFT_PER_WEEK) if is_mostly_soft else USUAL_PER_WEEK
    return Softness(total, pct, asked, why)
