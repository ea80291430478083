"""The report for a clinician as a PDF with text in it, made without a browser."""

from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.patches import Polygon as Patch

from trainer.core.texts import tr
from trainer.devices.footshape import Point
from trainer.progress.overview import tell_how_to_read
from trainer.progress.painplaces import place_name
from trainer.report.clinicianmodel import (
    ClinicianReport,
    limits,
    opening,
    report_period,
    report_title,
)
from trainer.report.clinicianpage import (
    assessed_rows,
    cell_colours,
    cell_text,
    clinician_words,
    device_columns,
    device_rows,
    load_columns,
    load_rows,
)
from trainer.report.coursefigures import draw_load
from trainer.report.courserows import course_columns
from trainer.report.figures import drawing
from trainer.report.footpicture import draw_feet
from trainer.report.sheets import Sheets

_TRUE_TYPE: Final = 42
"""Letters stay letters: they can be searched and copied."""
_FOOT_WIDE: Final = 130.0
_FOOT_HIGH: Final = 310.0
_DARK_FROM: Final = 5.0


def clinician_pdf(report: ClinicianReport) -> bytes:
    """Return the whole report as the bytes of a PDF."""
    with drawing("clinician"):
        mpl.rc("pdf", fonttype=_TRUE_TYPE)
        foot = f"{report_title(report)}, {report.day}"
        sheets = Sheets(report_title(report), foot)
        _head(sheets, report)
        _pain(sheets, report)
        _load(sheets, report)
        _devices(sheets, report)
        _assessed(sheets, report)
        sheets.heading(clinician_words()["limits"])
        for line in limits():
            sheets.text(f"- {line}")
        return sheets.close()


def _head(sheets: Sheets, report: ClinicianReport) -> None:
    words = clinician_words()
    sheets.text(report_title(report), 16, is_bold=True)
    sheets.text(report_period(report))
    if report.is_simulated:
        sheets.text(tr("SIMULATED: some of this came from no foot."), is_bold=True)
    sheets.text(opening())
    sheets.heading(words["questions"])
    for number, line in enumerate(report.questions, 1):
        sheets.text(f"{number}. {line}")
    if not report.questions:
        sheets.text(words["no_questions"])


def _pain(sheets: Sheets, report: ClinicianReport) -> None:
    words = clinician_words()
    sheets.heading(words["pain"])
    if not report.places:
        sheets.text(words["no_pain"])
        return
    _draw_grid(sheets.axes(0.35 + 0.24 * len(report.places)), report)
    sheets.text(words["pain_key"], 8)
    if report.marks:
        draw_feet(sheets.axes(3.4), report.marks)


def _load(sheets: Sheets, report: ClinicianReport) -> None:
    words = clinician_words()
    sheets.heading(words["load"], keep_in=2.6)
    loads = [week.load for week in report.weeks]
    if any(load.sets for load in loads):
        axes = sheets.axes(2.0)
        # Names of axes take their room from within.
        box = axes.get_position()
        axes.set_position((box.x0 + 0.06, box.y0 + 0.025, box.width - 0.06, box.height - 0.04))
        draw_load(axes, loads, most_ticks=8)
        sheets.text(words["load_key"], 8)
    else:
        sheets.text(words["no_load"])
    sheets.table(load_columns(), load_rows(report), [0.14, *[0.86 / 9] * 9])


def _devices(sheets: Sheets, report: ClinicianReport) -> None:
    words = clinician_words()
    sheets.heading(words["devices"])
    if report.devices:
        sheets.table(device_columns(), device_rows(report), [0.16, 0.22, 0.07, 0.14, 0.41])
    else:
        sheets.text(words["no_devices"])
    if report.dialled_back:
        sheets.heading(words["dialled"])
        for line in report.dialled_back:
            sheets.text(f"- {line}")


def _assessed(sheets: Sheets, report: ClinicianReport) -> None:
    words = clinician_words()
    sheets.heading(words["assessed"])
    heads = assessed_rows(report)
    if not heads:
        sheets.text(words["no_assessed"])
        return
    sheets.text(tell_how_to_read(), 8)
    rows: list[tuple[str, ...]] = []
    name = ""
    for title, found in heads:
        rows.append((title.upper(), *[""] * 6))
        for row in found:
            # On every row: the end of a sheet may part the feet.
            name = row.metric or name
            mdc = f"{row.mdc} ({row.mdc_from})"
            rows.append((name, row.foot, row.first, row.latest, row.change, mdc, row.verdict))
    sheets.table(course_columns(), rows, [0.3, 0.07, 0.09, 0.09, 0.09, 0.16, 0.2])


def _draw_grid(axes: Axes, report: ClinicianReport) -> None:
    """Draw places down, weeks across."""
    names = 3.4
    columns, rows = len(report.mondays), len(report.places)
    axes.set_axis_off()
    axes.set_xlim(0, names + columns + 0.05)
    axes.set_ylim(rows, -1)
    for place_at, monday in enumerate(report.mondays):
        axes.text(names + place_at + 0.5, -0.4, f"{monday:%m-%d}", ha="center", fontsize=7)
    for row, place in enumerate(report.places):
        axes.text(0, row + 0.5, place_name(place.side, place.site), va="center", fontsize=8)
        for column, cell in enumerate(place.cells):
            ground, ink = cell_colours(cell)
            corner = (names + column, row)
            box = _box(corner)
            axes.add_patch(Patch(box, closed=True, fc=ground, ec="#c8ced3", lw=0.6))
            axes.text(
                corner[0] + 0.5,
                row + 0.5,
                cell_text(cell),
                ha="center",
                va="center",
                fontsize=8,
                color=ink,
                fontweight="bold",
            )


def _box(corner: Point) -> list[Point]:
    x, y = corner
    return [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
