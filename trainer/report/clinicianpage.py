"""The report for a clinician as one self-contained HTML file."""

from trainer.core.texts import tr
from trainer.devices.footmap import draw, shade
from trainer.progress.metrics import Head
from trainer.progress.overview import tell_head, tell_how_to_read
from trainer.progress.painplaces import Cell, Place, place_name
from trainer.report.clinicianmodel import (
    ClinicianReport,
    limits,
    opening,
    report_period,
    report_title,
)
from trainer.report.coursefigures import load_figure
from trainer.report.courserows import Row, course_columns, course_rows
from trainer.report.figures import HALF_IN, WIDE_IN
from trainer.report.numbers import MISSING, number
from trainer.report.templates import templates

_WHITE_FROM = 5.0
"""Levels from here on are written in white."""


def render_clinician(report: ClinicianReport) -> str:
    """Return the whole report as HTML text; it refers to nothing outside itself."""
    title = report_title(report)
    return (
        templates()
        .get_template("clinician.html")
        .render(
            title=title,
            period=report_period(report),
            opening=opening(),
            is_simulated=report.is_simulated,
            simulated=tr("SIMULATED: some of this came from no foot."),
            words=clinician_words(),
            questions=report.questions,
            pain_columns=[f"{monday:%m-%d}" for monday in report.mondays],
            places=[(place_name(place.side, place.site), _cells(place)) for place in report.places],
            foot_map=draw(report.marks, tr("Worst of these weeks")) if report.marks else "",
            load=_load(report),
            load_columns=load_columns(),
            weeks=load_rows(report),
            devices=device_rows(report),
            device_columns=device_columns(),
            dialled_back=report.dialled_back,
            columns=course_columns(),
            heads=assessed_rows(report),
            how_to_read=tell_how_to_read(),
            limits=limits(),
        )
    )


def clinician_words() -> dict[str, str]:
    """Return the headings and what stands where there is nothing."""
    return {
        "questions": tr("Questions"),
        "no_questions": tr("None were noted, and the entries raise none."),
        "pain": tr("Pain by place and week"),
        "no_pain": tr("No pain was noted in these weeks; that is not the same as none."),
        "pain_key": tr(
            "Highest level of the week, 0 to 10; ? level not said. ! sharp. * new: none in 90 "
            "days before."
        ),
        "load": tr("Training load by week"),
        "load_key": tr(
            "Impulse of the counted reps in kN s: left foot below, right foot on top. Sets by the "
            "clock have no sensor and no impulse; pain in a set counts whatever the set was."
        ),
        "no_load": tr("No set was noted in these weeks."),
        "devices": tr("Devices"),
        "no_devices": tr("No device was noted."),
        "dialled": tr("What the plan lowered"),
        "assessed": tr("Assessments, each with its own error"),
        "no_assessed": tr("There is no assessment that counts yet."),
        "limits": tr("What these figures cannot say"),
    }


def load_columns() -> tuple[str, ...]:
    """Return the heads of the table of weeks."""
    return (
        tr("week of"),
        tr("left, kN s"),
        tr("right, kN s"),
        tr("sessions"),
        tr("all sets"),
        tr("by the clock"),
        tr("calf helped, %"),
        tr("pain in a set"),
        tr("pain, mornings"),
        tr("run, km"),
    )


def load_rows(report: ClinicianReport) -> list[tuple[str, ...]]:
    """Return a row a week."""
    return [
        (
            str(week.load.monday),
            number(week.load.left_n_s / 1000, 1),
            number(week.load.right_n_s / 1000, 1),
            str(week.load.sessions),
            str(week.load.sets),
            str(week.load.unmeasured_sets),
            number(week.load.compensated_pct, 0),
            number(week.set_pain, 0),
            number(week.morning, 0),
            number(week.run_km, 1) if week.runs else MISSING,
        )
        for week in report.weeks
    ]


def device_columns() -> tuple[str, ...]:
    """Return the heads of the table of devices."""
    return (tr("device"), tr("kind"), tr("sets"), tr("last used"), tr("state"))


def device_rows(report: ClinicianReport) -> list[tuple[str, ...]]:
    """Return a row a device."""
    return [
        (one.name, one.kind or MISSING, str(one.sets), str(one.last_on or MISSING), one.state)
        for one in report.devices
    ]


def assessed_rows(report: ClinicianReport) -> list[tuple[str, list[Row]]]:
    """Return the rows of each head that has some."""
    found = [
        (
            tell_head(head),
            [
                row
                for one in report.shown
                if one.series.metric.head is head
                for row in course_rows(one)
            ],
        )
        for head in Head
    ]
    return [(title, rows) for title, rows in found if rows]


def cell_text(cell: Cell | None) -> str:
    """Return a cell's level with its marks; empty where nothing was said."""
    if cell is None:
        return ""
    level = f"{cell.level:g}" if cell.is_level_said else "?"
    return level + ("!" if cell.is_sharp else "") + ("*" if cell.is_new else "")


def cell_colours(cell: Cell | None) -> tuple[str, str]:
    """Return a cell's ground and the colour of its text."""
    if cell is None:
        return "#ffffff", "#000000"
    return shade(cell.level), "#ffffff" if cell.level >= _WHITE_FROM else "#000000"


def _cells(place: Place) -> list[tuple[str, str, str]]:
    return [(cell_text(cell), *cell_colours(cell)) for cell in place.cells]


def _load(report: ClinicianReport) -> list[tuple[str, str]]:
    loads = [week.load for week in report.weeks]
    if not any(load.sets for load in loads):
        return []
    return [
        (where, load_figure(loads, width_in, where, is_simulated=report.is_simulated))
        for where, width_in in (("wide", WIDE_IN), ("narrow", HALF_IN))
    ]
