"""Where the figures of a device come from: a file, or the recording of a session."""

from pathlib import Path

from trainer.app.analysis import Analysis, analyse
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.logbook import match_hold, read_logbook
from trainer.core.errors import RecordingError, RecordingFault, UsageError
from trainer.core.folders import user_folders
from trainer.core.hold import Hold
from trainer.core.settings import DetectionSettings
from trainer.core.texts import tr
from trainer.library.records import SessionRecord
from trainer.recording.stored import load_recording


def find_session(shelf: DeviceShelf, session: str) -> SessionRecord:
    """Return a session by its id or `last`. Raises UsageError: there is none."""
    if session != "last":
        return shelf.book.library.session(session)
    sessions = [one for one in shelf.book.library.sessions() if one.athlete == shelf.book.athlete]
    if not sessions:
        raise UsageError(
            tr("no sessions of {athlete} yet: `footspring run` starts one.").format(
                athlete=shelf.book.athlete
            )
        )
    return sessions[0]


def find_source(shelf: DeviceShelf, source: str) -> Path:
    """Return the path that is named, or the word for a session. Raises UsageError: neither."""
    path = Path(source)
    if path.is_file() or source == "last":
        return path
    if path.suffix or len(path.parts) > 1:
        raise UsageError(
            tr("{path}: there is no such file. Name a file that there is, or a session.").format(
                path=path
            )
        )
    find_session(shelf, source)
    return path


def analysis_of(shelf: DeviceShelf, source: str) -> Analysis:
    """Return the analysis of a file or of a session's recording. Raises RecordingError: none."""
    path = find_source(shelf, source)
    if not path.is_file():
        path = _recording(find_session(shelf, source))
    return analyse(load_recording(path), DetectionSettings())


def analysis_of_session(record: SessionRecord) -> Analysis:
    """Return the analysis of a session's recording. Raises RecordingError: it has none."""
    return analyse(load_recording(_recording(record)), DetectionSettings())


def is_simulated(analysis: Analysis) -> bool:
    """Return whether a recording says that its pad was simulated."""
    header = analysis.recording.header
    return header is not None and header.is_simulated


def holds_by_set(analysis: Analysis) -> list[tuple[str, tuple[Hold, ...]]]:
    """Return foot and holds of each set: the counted ones as noted, else as the rests tell."""
    noted = read_logbook(analysis.recording.notes).sets
    if noted:
        found = [
            (one.side, [match_hold(rep, analysis.holds) for rep in one.reps if rep.is_counted])
            for one in noted
        ]
        return [(side, tuple(hold for hold in holds if hold)) for side, holds in found]
    return [
        ("", analysis.holds[one.first_hold - 1 : one.last_hold]) for one in analysis.result.sets
    ]


def _recording(record: SessionRecord) -> Path:
    path = user_folders().data / record.recording if record.recording else None
    if path is None or not path.is_file():
        raise RecordingError(
            f"session {record.session_id}: has no recording. Choose one that has: `footspring "
            "sessions` lists them.",
            RecordingFault.MISSING,
        )
    return path
