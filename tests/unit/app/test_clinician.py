"""The report for a clinician: load, pain, devices, figures with their error, and questions."""

import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.app.progressdiary import WHO, YEAR_START, note_visits, visit
from trainer.app.clinician import gather_report
from trainer.app.notebook import Notebook
from trainer.app.progressfiles import write_clinician
from trainer.cli.main import main
from trainer.core.clock import ManualClock
from trainer.core.cues import Side
from trainer.core.diary.devices import Device, MorningCheck
from trainer.core.diary.planning import Decision, What
from trainer.core.diary.training import Block, EndedBy, PainReport, PainSite, SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.library.library import Library, open_library
from trainer.report.clinicianmodel import ClinicianReport
from trainer.report.clinicianpage import load_columns, load_rows, render_clinician
from trainer.report.clinicianpdf import clinician_pdf

SHARP = PainReport(PainSite.SESAMOIDS, Side.RIGHT, 6.0, is_sharp=True, device="red-band")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return an empty library."""
    root = tmp_path_factory.mktemp("clinician")
    with open_library(Folders(root / "data", root / "config")) as opened:
        yield opened


@pytest.fixture(scope="module")
def book(library: Library) -> Notebook:
    """Return the notebook of somebody with a blocked device, pain and two visits."""
    note_visits(library, [(0, visit(0)), (7, visit(7, 52.0))])
    book = Notebook(library, WHO, ManualClock(YEAR_START + timedelta(days=20)))
    book.note(Device("red-band", "band"), key="red-band")
    said = SetLog(
        "s", "toe_curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60.0, counted_reps=20,
        impulse_n_s=1500.0, device="red-band", pain=2.0,
    )  # fmt: skip
    book.note(said)
    book.note(SHARP)
    book.note(MorningCheck(3.0))
    book.note(Decision(What.DIAL_BACK, "pain", "Sharp pain: one step lower."))
    return book


@pytest.fixture(scope="module")
def report(book: Notebook) -> ClinicianReport:
    """Return the report with a question that would be a formula and a mark of a page."""
    return gather_report(book, asked=["<b>$x$"])


@pytest.fixture(scope="module")
def pdf(report: ClinicianReport) -> bytes:
    """Return its PDF, which takes a second to draw."""
    return clinician_pdf(report)


def text_of(pdf: bytes) -> str:
    """Return the letters of a PDF of ours, a line each: what can be searched and copied."""
    lines = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            told = zlib.decompress(stream)
        except zlib.error:
            continue
        for block in re.findall(rb"\nBT\n(.*?)\nET\n", told, re.DOTALL):
            pieces = re.findall(rb"\(((?:\\.|[^\\)])*)\)", block, re.DOTALL)
            letters = re.sub(rb"\\(.)", rb"\1", b"".join(pieces), flags=re.DOTALL)
            lines.append(letters.decode("utf-16-be", errors="replace"))
    return "\n".join(lines)


def test_the_questions_name_sharp_pain_its_device_and_what_the_athlete_asks(book: Notebook) -> None:
    questions = gather_report(book, asked=["May I run?"]).questions
    assert questions[0] == "May I run?"
    assert questions[1] == (
        "Sharp pain, right sesamoids, 2025-06-22, with red-band: may this foot be loaded, and how?"
    )
    assert any("had not in the 90 days before" in line for line in questions)
    assert any("above 5" in line for line in questions)


def test_the_report_has_load_pain_devices_mornings_and_what_was_lowered(book: Notebook) -> None:
    report = gather_report(book, weeks=4)
    last = report.weeks[-1]
    assert (last.load.left_n_s, last.set_pain, last.morning) == (1500.0, 2.0, 3.0)
    assert [len(report.mondays), len(report.weeks)] == [4, 4]
    (device,) = report.devices
    assert (device.sets, device.state.partition(":")[0]) == (1, "BLOCKED since 2025-06-22")
    assert report.dialled_back == ("2025-06-22: Sharp pain: one step lower.",)


def test_pain_of_a_breathing_set_is_pain_during_a_set_and_the_clocks_sets_are_counted(
    library: Library,
) -> None:
    other = Notebook(library, "Bo", ManualClock(YEAR_START))
    calm = SetLog("s", "breathing", Block.COOLDOWN, None, EndedBy.DONE, 60.0, is_measured=False)
    other.note(replace(calm, pain=2.0))
    row = dict(zip(load_columns(), load_rows(gather_report(other, weeks=1))[0], strict=True))
    assert (row["all sets"], row["by the clock"], row["pain in a set"]) == ("1", "1", "2")


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_both_forms_say_the_same_and_neither_is_a_diagnosis(
    report: ClinicianReport, pdf: bytes, form: str
) -> None:
    page = render_clinician(report) if form == "html" else text_of(pdf)
    for words in (
        "Foot training: report of Ada for a clinician",
        "It holds no diagnosis",
        "right sesamoids",
        "6!*",
        "BLOCKED since 2025-06-22",
        "Sharp pain: one step lower.",
        "no change seen yet",
        "published",
        "30.4",
        "cannot say",
        "not a medical device",
    ):
        assert words in page.replace("\n", " "), words


def test_the_pdf_is_one_with_letters_and_makes_no_formula_of_a_name(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert "1. <b>$x$" in text_of(pdf)


def test_the_page_escapes_what_a_person_typed(report: ClinicianReport) -> None:
    assert "&lt;b&gt;$x$" in render_clinician(report)


def test_an_empty_diary_still_makes_a_report_that_says_so(library: Library) -> None:
    report = gather_report(Notebook(library, "Nobody", ManualClock(YEAR_START)))
    page = render_clinician(report)
    assert "No pain was noted in these weeks; that is not the same as none." in page
    assert "There is no assessment that counts yet." in page
    assert "No device was noted." in page


def test_the_file_is_private_and_its_ending_says_its_form(
    tmp_path: Path, report: ClinicianReport
) -> None:
    write_clinician(report, tmp_path / "a.html")
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o600
    with pytest.raises(UsageError, match=r"ends with .pdf or .html"):
        write_clinician(report, tmp_path / "a.doc")


def test_the_command_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    path = tmp_path / "r.pdf"
    words = ["--clinician", str(path), "--weeks", "6", "--question", "May I run?"]
    assert main(["progress", "--athlete", "Ada", *words]) == 0
    assert "May I run?" in capsys.readouterr().out
    assert path.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(SystemExit):
        main(["progress", "--weeks", "1"])
    assert "from 2 to 26" in capsys.readouterr().err
    assert main(["progress", "--question", "May I run?"]) == 2
    assert "go with --clinician" in capsys.readouterr().err
