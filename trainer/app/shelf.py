"""The session list and the reports, from the library and the recordings."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Final

from trainer.app.analysis import Analysis, analyse
from trainer.app.logbook import read_logbook
from trainer.app.outcome import session_report
from trainer.app.privatefile import write_private
from trainer.coach.exercises import Exercise, parse_exercises
from trainer.core.errors import (
    RecordingError,
    RecordingFault,
    UsageError,
)
from trainer.core.folders import Folders, make_private, user_folders
from trainer.core.settings import DetectionSettings, build_settings
from trainer.library.library import Library, open_library
from trainer.library.records import SessionRecord, SessionStatus
from trainer.recording.header import RecordingHeader
from trainer.recording.reader import read_recording
from trainer.recording.recovery import Recovered
from trainer.report.page import render

LAST: Final = "last"

_STATUS: Final = {
    SessionStatus.RUNNING: "running",
    SessionStatus.COMPLETE: "complete",
    SessionStatus.ENDED: "ended early",
    SessionStatus.STOPPED: "stopped",
    SessionStatus.RECOVERED: "recovered after a crash",
}


def shipped_exercises() -> dict[str, Exercise]:
    """Return the exercises that come with the program, by id."""
    file = resources.files("trainer.coach").joinpath("exercises.toml")
    return parse_exercises(file.read_text(encoding="utf-8"), "exercises.toml")


def list_sessions() -> str:
    """Return the sessions as a table, newest first, after what was recovered on the way."""
    folders = user_folders()
    with open_library(folders) as library:
        lines = recovered_lines(library.recovered)
        sessions = library.sessions()
    if not sessions:
        return "\n".join([*lines, "no sessions yet: `footspring run` starts one"])
    rows = [
        ("session", "started", "athlete", "foot", "measured sets", "reps", "min", "status"),
        *map(_row, sessions),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    table = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join([*lines, *(line.rstrip() for line in table)])


def finish_cut() -> tuple[list[str], bool]:
    """Finish the recordings that were cut off; return lines, and whether all are whole."""
    with open_library(user_folders()) as library:
        recovered = library.recovered
    return recovered_lines(recovered), all(entry.problem is None for entry in recovered)


def recovered_lines(recovered: Iterable[Recovered]) -> list[str]:
    """Return one line for every recording that had been cut off."""
    return [
        f"{entry.path.name}: had been cut off; "
        + (entry.problem or f"finished with {entry.duration_s:.0f} s")
        for entry in recovered
    ]


def write_report(
    session: str, output: Path | None = None, *, tell: Callable[[str], None] = lambda _line: None
) -> Path:
    """Compute a session again, write its report and return where it lies.

    `tell` hears of recordings that had been cut off and are finished now.

    Raises UsageError for an unknown session, RecordingError and StorageError.
    """
    folders = user_folders()
    with open_library(folders) as library:
        for line in recovered_lines(library.recovered):
            tell(line)
        record = _find(library, session)
        usual = make_private(folders.reports) / f"{record.session_id}.html"
        path = usual if output is None else output.absolute()
        write_private(path, report_text(record, analyse_session(record, folders)))
        library.add_report(record.session_id, path)
    return path


def analyse_session(record: SessionRecord, folders: Folders) -> Analysis:
    """Return what the stages find in a session's recording. Raises RecordingError."""
    if not record.recording:
        raise RecordingError(
            f"session {record.session_id}: has no recording. Choose one that has: `footspring "
            "sessions` lists them.",
            RecordingFault.MISSING,
        )
    path = folders.data / record.recording
    recording = read_recording(path)
    settings = recording.header.settings if recording.header else {}
    detection = build_settings(settings.get("detection", {}), DetectionSettings, str(path))
    return analyse(recording, detection)


def report_text(record: SessionRecord, analysis: Analysis) -> str:
    """Return the report of a session as HTML."""
    recording = analysis.recording
    assert recording.header is not None
    header = _renamed(recording.header, record.athlete)
    book = read_logbook(recording.notes)
    exercise = shipped_exercises().get(header.exercise)
    if exercise is None:
        raise UsageError(
            f"session {record.session_id}: its exercise '{header.exercise}' is unknown to this "
            "version. Update footspring."
        )
    status = _STATUS[record.status]
    if record.stop_reason:
        status = f"{status} for {record.stop_reason}"
    return render(session_report(analysis, header, book, exercise, status))


def _renamed(header: RecordingHeader, athlete: str) -> RecordingHeader:
    """Return the header with who it was in the end: the name may have been put right after it."""
    if header.athlete == athlete:
        return header
    # The maxima that were known at the start are those of somebody else.
    settings = {key: kept for key, kept in header.settings.items() if key != "known_mvc_n"}
    return replace(header, athlete=athlete, settings=settings)


def _find(library: Library, session: str) -> SessionRecord:
    if session != LAST:
        return library.session(session)
    sessions = library.sessions()
    if not sessions:
        raise UsageError("no sessions yet: `footspring run` starts one.")
    return sessions[0]


def _row(record: SessionRecord) -> tuple[str, ...]:
    status = _STATUS[record.status]
    return (
        record.session_id,
        f"{record.local_started_at:%Y-%m-%d %H:%M}",
        record.athlete or "-",
        record.side_plan,
        str(record.sets),
        str(record.reps),
        f"{record.duration_s / 60:.1f}",
        (f"{status}: {record.stop_reason}" if record.stop_reason else status)
        + (" (simulated)" if record.is_simulated else ""),
    )
