"""Figures of weeks: a metric's courses with their error, and the load of each week."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from trainer.core.cues import Side
from trainer.core.texts import tr
from trainer.progress.load import WeekLoad
from trainer.progress.verdicts import FootShown, Shown, half_width
from trainer.report.figures import BLUE, GREY, HALF_IN, INK, PALE, VERMILION, drawing, svg_text

MOST_TICKS: Final = 3
"""Dates below a panel that is half a phone wide."""
LONG_DAYS: Final = 200.0
"""Beyond it the months tell where one is, and their year is needed."""
_MID_WEEK: Final = timedelta(days=3)
"""A week's median stands in the middle of the week."""


def course_figure(shown: Shown, name: str, *, is_simulated: bool) -> str:
    """Return weekly medians with 95 % bars, a band of +-MDC95 around the first, a foot a panel."""
    feet = [foot for foot in shown.feet if foot.weeks or foot.course.practice]
    with drawing(f"course {name}"):
        # The lowest line is for the mark of what is simulated.
        layout = ConstrainedLayoutEngine(rect=(0, 0.06, 1, 0.94))
        figure = Figure(figsize=(HALF_IN, 2.4), layout=layout)
        panels = figure.subplots(1, max(len(feet), 1), sharey=True, squeeze=False)[0]
        span = _span([day for foot in feet for day in _days(foot)])
        for axes, foot in zip(panels, feet, strict=False):
            _draw_foot(axes, shown, foot)
            axes.set_xlim(*span)
            _date_axis(axes, span)
        panels[0].set_ylabel(shown.series.metric.unit)
        panels[0].margins(y=0.12)
        return svg_text(figure, is_simulated=is_simulated)


def load_figure(
    loads: Sequence[WeekLoad], width_in: float, name: str, *, is_simulated: bool
) -> str:
    """Return each week's impulse, the left foot below and the right one on top."""
    with drawing(f"load {name} {width_in}"):
        layout = ConstrainedLayoutEngine(rect=(0, 0.06, 1, 0.94))
        figure = Figure(figsize=(width_in, 2.2), layout=layout)
        draw_load(figure.subplots(), loads, most_ticks=int(width_in * 1.2))
        return svg_text(figure, is_simulated=is_simulated)


def draw_load(axes: Axes, loads: Sequence[WeekLoad], most_ticks: int) -> None:
    """Draw each week's impulse, the left foot below and the right one on top."""
    days = [(week.monday + _MID_WEEK).toordinal() for week in loads]
    left = [week.left_n_s / 1000 for week in loads]
    right = [week.right_n_s / 1000 for week in loads]
    axes.bar(days, left, width=5.4, color=BLUE, label=tr("left"))
    axes.bar(days, right, width=5.4, bottom=left, color=VERMILION, label=tr("right"))
    axes.set_ylabel("kN s")
    span = (days[0] - 5.0, days[-1] + 5.0)
    axes.set_xlim(*span)
    _date_axis(axes, span, most_ticks)
    axes.legend(ncols=2, loc="lower right", bbox_to_anchor=(1, 1))


def foot_colour(side: Side | None) -> tuple[str, str]:
    """Return a foot's colour and the form of its points: never told by colour alone."""
    if side is Side.RIGHT:
        return VERMILION, "s"
    return (BLUE, "o") if side is Side.LEFT else (INK, "D")


def _draw_foot(axes: Axes, shown: Shown, foot: FootShown) -> None:
    course = foot.course
    colour, form = foot_colour(course.side)
    names = {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), None: tr("both feet")}
    axes.set_title(names[course.side], loc="left", fontsize=9, color=colour, fontweight="bold")
    if course.visits and shown.mdc95 is not None:
        first, mdc = _reference(foot), shown.error
        assert mdc is not None, "what has an MDC has an error"
        half = mdc.mdc95(max(foot.averaged, 1))
        axes.axhspan(first - half, first + half, color=PALE, lw=0, zorder=0)
        axes.axhline(first, color=GREY, lw=0.8, ls=(0, (4, 3)))
    practice = course.practice
    axes.plot(
        [visit.day.toordinal() for visit in practice],
        [visit.value for visit in practice],
        "x",
        color=GREY,
        ms=4,
    )
    days = [(week.monday + _MID_WEEK).toordinal() for week in foot.weeks]
    medians = [week.median for week in foot.weeks]
    halves = [half_width(shown.error, week) or 0.0 for week in foot.weeks]
    axes.errorbar(
        days, medians, halves, fmt=f"{form}-", color=colour, ms=3.2, lw=0.9, elinewidth=0.8
    )


def _reference(foot: FootShown) -> float:
    count = max(foot.averaged, 1)
    return sum(visit.value for visit in foot.course.visits[:count]) / count


def _days(foot: FootShown) -> list[date]:
    weeks = [week.monday + _MID_WEEK for week in foot.weeks]
    return [*weeks, *(visit.day for visit in foot.course.practice)]


def _span(days: Sequence[date]) -> tuple[float, float]:
    ordinals = [day.toordinal() for day in days]
    return (min(ordinals) - 7.0, max(ordinals) + 7.0) if ordinals else (1.0, 8.0)


def _date_axis(axes: Axes, span: tuple[float, float], most_ticks: int = MOST_TICKS) -> None:
    step = max(1, math.ceil((span[1] - span[0]) / 7 / most_ticks))
    first = math.ceil(span[0])
    monday = first + (-date.fromordinal(first).weekday()) % 7
    ticks = list(range(monday, math.floor(span[1]) + 1, 7 * step))
    form = "%Y-%m" if span[1] - span[0] > LONG_DAYS else "%m-%d"
    axes.set_xticks(ticks, [f"{date.fromordinal(tick):{form}}" for tick in ticks], fontsize=8)
