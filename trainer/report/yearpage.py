"""The page of a year: its weeks in one picture, its months in one table."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch

from trainer.core.diary.planning import SeasonPart
from trainer.core.texts import tr
from trainer.report.figures import (
    BLUE,
    GREEN,
    GREY,
    HALF_IN,
    INK,
    VERMILION,
    WIDE_IN,
    drawing,
    svg_text,
)
from trainer.report.progresspage import page_words
from trainer.report.templates import templates
from trainer.report.yearmodel import (
    Year,
    is_race,
    month_columns,
    month_row,
    tell_habit,
    year_span,
    year_title,
)

PART_COLOURS: Final = {
    SeasonPart.BASE: BLUE,
    SeasonPart.BUILD: GREEN,
    SeasonPart.RACE: VERMILION,
    SeasonPart.OFF: GREY,
}
_MID_WEEK: Final = 3
_WIDTHS: Final = (("wide", WIDE_IN), ("narrow", HALF_IN))


def render_year(year: Year) -> str:
    """Return the whole page as HTML text; it refers to nothing outside itself."""
    return (
        templates()
        .get_template("year.html")
        .render(
            title=year_title(year),
            is_simulated=year.is_simulated,
            simulated=tr("SIMULATED: some of this came from no foot."),
            span=year_span(year),
            habit=tell_habit(year),
            pictures=[(where, year_figure(year, width_in)) for where, width_in in _WIDTHS],
            caption=tr(
                "Sessions of each week, coloured by the part of the season; stars are races, "
                "triangles assessments. Below: the rung of the ladder."
            ),
            columns=month_columns(),
            months=[month_row(month) for month in year.months],
            changed=tr("Beyond their own error since the first visit that counts"),
            changes=year.changes,
            nothing=tr("nothing yet"),
            coming_title=tr("To come"),
            coming=year.coming,
            words=page_words(),
        )
    )


def year_figure(year: Year, width_in: float) -> str:
    """Return the weeks: sessions, season, races and visits, and the rung below."""
    with drawing(f"year {width_in}"):
        layout = ConstrainedLayoutEngine(rect=(0, 0.04, 1, 0.96))
        figure = Figure(figsize=(width_in, 3.6), layout=layout)
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.5, 1))
        days = [week.monday.toordinal() + _MID_WEEK for week in year.weeks]
        _draw_weeks(above, year, days)
        _draw_rungs(below, year, days)
        months = [month.first for month in year.months if month.first >= year.weeks[0].monday]
        step = 1 if width_in > HALF_IN else 3
        shown = months[::step]
        below.set_xticks(
            [day.toordinal() for day in shown], [f"{day:%Y-%m}" for day in shown], fontsize=7.5
        )
        above.set_xlim(days[0] - 5, days[-1] + 5)
        return svg_text(figure, is_simulated=year.is_simulated)


def _draw_weeks(axes: Axes, year: Year, days: list[int]) -> None:
    colours = [PART_COLOURS[week.part] for week in year.weeks]
    axes.bar(days, [week.sessions for week in year.weeks], width=5.6, color=colours)
    top = max(3, *(week.sessions for week in year.weeks))
    axes.set_ylim(0, top + 1.4)
    axes.set_yticks(range(top + 1))
    axes.set_ylabel(tr("sessions"))
    axes.plot([day.toordinal() for day in year.visit_days], [top + 0.4] * len(year.visit_days),
              "v", color=INK, ms=3.5)  # fmt: skip
    raced = [day for day, week in zip(days, year.weeks, strict=True) if is_race(week.marks)]
    axes.plot(raced, [top + 1.0] * len(raced), "*", color=VERMILION, ms=10)
    parts = dict.fromkeys(week.part for week in year.weeks)
    axes.legend(
        handles=[Patch(color=PART_COLOURS[part], label=tr(part)) for part in parts],
        ncols=4,
        loc="lower right",
        bbox_to_anchor=(1, 1),
    )


def _draw_rungs(axes: Axes, year: Year, days: list[int]) -> None:
    known = [name for name in year.rungs if any(week.rung == name for week in year.weeks)]
    at = [
        (day, known.index(week.rung))
        for day, week in zip(days, year.weeks, strict=True)
        if week.rung in known
    ]
    axes.step([day for day, _ in at], [rung for _, rung in at], where="mid", color=INK, lw=1.6)
    names = [name.replace("_", " ") for name in known]
    axes.set_yticks(range(len(known)), names, fontsize=7.5)
    axes.set_ylim(-0.5, max(len(known), 1) - 0.5)
