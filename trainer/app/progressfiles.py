"""Pages of progress as files of their owner alone."""

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Final

from trainer.app.notebook import Answer
from trainer.app.privatefile import write_private
from trainer.core.errors import UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.texts import tr
from trainer.progress.overview import Overview
from trainer.report.clinicianmodel import ClinicianReport
from trainer.report.yearmodel import Year

PAGE: Final = "progress.html"
YEAR_PAGE: Final = "year.html"
"""Their names among the reports."""


def write_page(overview: Overview, path: Path) -> Answer:
    """Write the page. Raises UsageError: nothing to show; StorageError: it cannot be written."""
    from trainer.report.progresspage import render_progress  # noqa: PLC0415 - loads matplotlib

    refuse_empty(overview)
    write_private(path.absolute(), render_progress(overview))
    return Answer((tr("the page of progress: {path}").format(path=path),), {"path": str(path)})


def open_page(
    write: Callable[[Path], Answer],
    name: str,
    folders: Folders | None = None,
    show: Callable[[str], bool] = webbrowser.open,
) -> Answer:
    """Write a page among the reports and open it in the browser, where there is one."""
    reports = (folders or user_folders()).reports
    reports.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = reports / name
    answer = write(path)
    if show(path.as_uri()):
        return answer
    line = tr("no browser was found: open {path} yourself").format(path=path)
    return Answer((line,), answer.table)


def write_year(year: Year, path: Path) -> Answer:
    """Write the page of the year. Raises StorageError: it cannot be written."""
    from trainer.report.yearpage import render_year  # noqa: PLC0415 - loads matplotlib

    write_private(path.absolute(), render_year(year))
    return Answer((tr("the page of the year: {path}").format(path=path),), {"path": str(path)})


def write_clinician(report: ClinicianReport, path: Path) -> Answer:
    """Write the report for a clinician; the name says in which form. Raises UsageError."""
    match path.suffix.lower():
        case ".pdf":
            from trainer.report.clinicianpdf import clinician_pdf  # noqa: PLC0415

            content: str | bytes = clinician_pdf(report)
        case ".html":
            from trainer.report.clinicianpage import render_clinician  # noqa: PLC0415

            content = render_clinician(report)
        case _:
            text = tr("{path}: ends with '{ending}'; name a file that ends with .pdf or .html.")
            raise UsageError(text.format(path=path, ending=path.suffix))
    write_private(path.absolute(), content)
    lines = (tr("the report for a clinician: {path}").format(path=path), *report.questions)
    return Answer(lines, {"path": str(path), "questions": report.questions})


def refuse_empty(overview: Overview) -> None:
    """Raise UsageError where there is nothing to show, with what to do next."""
    if overview.is_empty:
        raise UsageError(tr("nothing to show yet.") + " " + " ".join(overview.next_steps))
