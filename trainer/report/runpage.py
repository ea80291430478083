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

from trainer.core.texts import tr
from trainer.report.figures import BLUE, GREY, INK, NO_METADATA, VERMILION, drawing

Line = Sequence[tuple[date, float]]
METRICS: Final = (
    "spm", "step_m", "gct_ms", "gct_cv_pct", "gct_balance_pct", "vertical_ratio_pct",
)  # fmt: skip
"""What of the runs is drawn."""
_EVEN_PCT: Final = 50.0
_SIZE_IN: Final = (8.27, 11.7)
_DPI: Final = 110
_WRAP: Final = 138
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
        layout = ConstrainedLayoutEngine(rect=(0.02, 0.01, 0.96, 0.9), hspace=0.06)
        figure = Figure(figsize=_SIZE_IN, layout=layout)
        panels = figure.subplots(4, 2).ravel()
        _draw_runs(panels, page)
        # Right of the left foot's share of the contact its share of the force: one scale of sides.
        _draw_share(panels[5], page)
        _draw_feet(panels[7], page)
        span = _span(page)
        for axes in panels:
            _date_axis(axes, span)
        figure.text(0.03, 0.985, page.title, fontsize=13, color=INK, va="top")
        figure.text(0.03, 0.96, fill(page.note, _WRAP), fontsize=7.5, color=INK, va="top")
        if page.is_simulated:
            figure.text(0.97, 0.985, "SIMULATED", ha="right", va="top", color=VERMILION)
        kind = path.suffix.lower().lstrip(".")
        metadata = NO_METADATA if kind == "svg" else None
        figure.savefig(path, format=kind, dpi=_DPI, facecolor="white", metadata=metadata)


def _draw_runs(panels: Sequence[Axes], page: RunPage) -> None:
    _draw(panels[0], page, "spm", tr("cadence (steps/min)"))
    _draw(panels[1], page, "step_m", tr("step length (m)"))
    _draw(panels[2], page, "gct_ms", tr("ground contact time (ms) - proxy"))
    _draw(panels[3], page, "gct_cv_pct", tr("spread of it within a run (%) - proxy"))
    _draw(panels[4], page, "gct_balance_pct", tr("contact, left foot's share (%) - proxy"))
    panels[4].axhline(_EVEN_PCT, color=INK, lw=0.8, ls=(0, (4, 3)))
    _draw(panels[6], page, "vertical_ratio_pct", tr("vertical ratio (%) - proxy"))


def _draw(axes: Axes, page: RunPage, name: str, label: str) -> None:
    axes.set_title(label, loc="left", fontsize=9, color=INK)
    line = page.metrics.get(name, ())
    if not line:
        _say_empty(axes, tr("not measured by these runs"))
        return
    days = [day.toordinal() for day, _ in line]
    axes.plot(days, [value for _, value in line], "o", color=GREY, ms=3, alpha=0.7)
    _draw_weeks(axes, weekly(line), BLUE, "o-", "")
    axes.margins(y=0.2)


def _draw_share(axes: Axes, page: RunPage) -> None:
    axes.set_title(tr("foot force, left foot's share (%)"), loc="left", fontsize=9, color=INK)
    sides = [weekly(page.feet.get(side, ())) for side in ("left", "right")]
    both = sorted(set(sides[0]) & set(sides[1]))
    sums = {monday: sides[0][monday] + sides[1][monday] for monday in both}
    share = {monday: 100 * sides[0][monday] / sums[monday] for monday in both if sums[monday] > 0}
    if not share:
        _say_empty(axes, tr("no week with results of both feet yet"))
        return
    _draw_weeks(axes, share, BLUE, "o-", "")
    axes.axhline(_EVEN_PCT, color=INK, lw=0.8, ls=(0, (4, 3)))
    axes.margins(y=0.2)


def _draw_feet(axes: Axes, page: RunPage) -> None:
    axes.set_title(page.feet_name, loc="left", fontsize=9, color=INK)
    drawn = [(name, line) for name, line in page.feet.items() if line]
    if not drawn:
        _say_empty(axes, tr("no foot results yet"))
        return
    for (name, line), (colour, form) in zip(
        drawn, ((BLUE, "o-"), (VERMILION, "s--")), strict=False
    ):
        _draw_weeks(axes, weekly(line), colour, form, name)
    axes.margins(y=0.2)
    axes.legend(loc="upper left", ncols=2)


def weekly(line: Line) -> dict[int, float]:
    """Return the median of each week that has a value, by the day number of its Monday."""
    weeks: dict[int, list[float]] = {}
    for day, value in line:
        weeks.setdefault(day.toordinal() - day.weekday(), []).append(value)
    return {monday: median(weeks[monday]) for monday in sorted(weeks)}


def _draw_weeks(axes: Axes, weeks: Mapping[int, float], colour: str, form: str, name: str) -> None:
    # A week's median stands in the middle of the week.
    days = [monday + 3 for monday in weeks]
    axes.plot(days, list(weeks.values()), form, color=colour, lw=1.4, ms=4.5, label=name)


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
