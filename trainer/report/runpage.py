"""One page of pictures: runs and feet over the weeks, each figure named for the proxy it is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from textwrap import fill
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from trainer.report.figures import BLUE, GREY, INK, NO_METADATA, VERMILION, drawing

Line = Sequence[tuple[date, float]]
PANELS: Final = (
    ("spm", "cadence (steps/min)"),
    ("step_m", "step length (m)"),
    ("gct_ms", "ground contact time (ms)"),
    ("gct_balance_pct", "contact balance, left foot (%)"),
    ("vertical_ratio_pct", "vertical ratio (%)"),
)
_SIZE_IN: Final = (8.27, 11.0)
_DPI: Final = 110
_WRAP: Final = 118
MOST_TICKS: Final = 6
"""Dates below a panel: more overlap."""


@dataclass(frozen=True, slots=True)
class RunPage:
    """What stands on the page."""

    title: str
    note: str
    """What a reader must know of all of it."""
    metrics: Mapping[str, Line]
    """Values of single runs by the name of the metric."""
    feet_name: str
    """What the feet's lines are, with the unit."""
    feet: Mapping[str, Line] = field(default_factory=dict)
    """Results of the left and of the right foot."""
    is_simulated: bool = False


def write_run_page(page: RunPage, path: Path) -> None:
    """Write the page as SVG or PNG, by the file's ending."""
    with drawing("run page"):
        layout = ConstrainedLayoutEngine(rect=(0.02, 0.01, 0.96, 0.89), hspace=0.06)
        figure = Figure(figsize=_SIZE_IN, layout=layout)
        panels = figure.subplots(3, 2).ravel()
        span = _span(page)
        for axes, (name, label) in zip(panels, PANELS, strict=False):
            _draw(axes, page.metrics.get(name, ()), label, is_even=name == "gct_balance_pct")
        _draw_feet(panels[-1], page)
        for axes in panels:
            _date_axis(axes, span)
        figure.text(0.03, 0.985, page.title, fontsize=13, color=INK, va="top")
        figure.text(0.03, 0.958, fill(page.note, _WRAP), fontsize=7.5, color=INK, va="top")
        if page.is_simulated:
            figure.text(0.97, 0.985, "SIMULATED", ha="right", va="top", color=VERMILION)
        kind = path.suffix.lower().lstrip(".")
        metadata = NO_METADATA if kind == "svg" else None
        figure.savefig(path, format=kind, dpi=_DPI, facecolor="white", metadata=metadata)


def _draw(axes: Axes, line: Line, label: str, *, is_even: bool) -> None:
    axes.set_title(f"{label} - proxy", loc="left", fontsize=9, color=INK)
    if not line:
        _say_empty(axes, "not measured by these runs")
        return
    days = [day.toordinal() for day, _ in line]
    axes.plot(days, [value for _, value in line], "o", color=GREY, ms=3, alpha=0.7)
    _draw_weeks(axes, line, BLUE, "o-", "weekly median")
    if is_even:
        axes.axhline(50, color=INK, lw=0.8, ls=(0, (4, 3)))
    axes.margins(y=0.2)


def _draw_feet(axes: Axes, page: RunPage) -> None:
    axes.set_title(f"feet: {page.feet_name}", loc="left", fontsize=9, color=INK)
    drawn = [(name, line) for name, line in page.feet.items() if line]
    if not drawn:
        _say_empty(axes, "no foot results yet")
        return
    for (name, line), (colour, form) in zip(
        drawn, ((BLUE, "o-"), (VERMILION, "s--")), strict=False
    ):
        _draw_weeks(axes, line, colour, form, name)
    axes.margins(y=0.2)
    axes.legend(loc="upper left", ncols=2)


def _draw_weeks(axes: Axes, line: Line, colour: str, form: str, name: str) -> None:
    weeks: dict[int, list[float]] = {}
    for day, value in line:
        weeks.setdefault(day.toordinal() - day.weekday(), []).append(value)
    # A week's median stands in the middle of the week.
    days = [monday + 3 for monday in sorted(weeks)]
    values = [median(weeks[monday]) for monday in sorted(weeks)]
    axes.plot(days, values, form, color=colour, lw=1.4, ms=4.5, label=name)


def _say_empty(axes: Axes, what: str) -> None:
    axes.text(0.5, 0.5, what, transform=axes.transAxes, ha="center", color=GREY)
    axes.set_yticks([])


def _date_axis(axes: Axes, span: tuple[float, float]) -> None:
    axes.set_xlim(*span)
    step = max(1, math.ceil((span[1] - span[0]) / 7 / MOST_TICKS))
    first = math.ceil(span[0])
    monday = first + (-date.fromordinal(first).weekday()) % 7
    ticks = list(range(monday, math.floor(span[1]) + 1, 7 * step))
    axes.set_xticks(ticks, [f"{date.fromordinal(tick):%d %b}" for tick in ticks])


def _span(page: RunPage) -> tuple[float, float]:
    """Return one span of days for all panels, so that they can be read below each other."""
    lines = [*page.metrics.values(), *page.feet.values()]
    days = [day.toordinal() for line in lines for day, _ in line]
    return (min(days) - 4, max(days) + 4) if days else (1.0, 8.0)
