"""Which sets a session's recording holds, and by which circuit they were done."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from trainer.app.made import Made, made_key
from trainer.app.programmes import load_programme
from trainer.app.shelf import LAST
from trainer.coach.programme import Circuit, Programme
from trainer.core.diary.training import SessionKind, SessionLog, SetLog
from trainer.core.errors import RecordingError, RecordingFault, UsageError
from trainer.core.folders import Folders
from trainer.library.library import Library
from trainer.library.records import SessionRecord
from trainer.recording.reader import read_recording

_SUFFIX: Final = ".mcap"

TESTS: Final = frozenset({SessionKind.BASELINE, SessionKind.STANDARD_SET})
"""Kept to a protocol, each time the same."""

_NEVER: Final = frozenset({SessionKind.ACTIVATION, SessionKind.TRAVEL, SessionKind.TRY_OUT})


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets in one recording, and the circuit that they are of."""

    session: SessionLog
    logs: dict[int, SetLog]
    """By their number."""
    programme: Programme
    circuit: Circuit


def find_record(library: Library, source: str) -> SessionRecord:
    """Return the session of an id or a file, or the last. Raises UsageError, RecordingError."""
    if source == LAST:
        sessions = library.sessions()
        if not sessions:
            raise UsageError("no sessions yet: `footspring run --circuit baseline` starts one.")
        return sessions[0]
    path = Path(source)
    if path.suffix != _SUFFIX:
        return library.session(source)
    header = read_recording(path).header
    if header is None:
        raise RecordingError(
            f"{source}: is no recording of footspring, so nobody knows which sets it holds. Give "
            "one, or a session's id: `footspring sessions` lists them.",
            RecordingFault.FORMAT,
        )
    return replace(library.session(header.session_id), recording=str(path.absolute()))


def find_sets(library: Library, folders: Folders, record: SessionRecord) -> Sets:
    """Return the sets that were noted of a session. Raises UsageError: none, or of no protocol."""
    diary, own = library.diary, record.session_id
    logs = {
        int(entry.key.rpartition("/")[2]): entry.said
        for entry in diary.entries(record.athlete, SetLog)
        if (entry.said.recording or entry.said.session_id) == own
    }
    whole = next((log.session_id for log in logs.values()), "")
    sessions = diary.entries(record.athlete, SessionLog)
    session = next((entry.said for entry in sessions if entry.key == whole), None)
    if session is None:
        raise UsageError(
            f"session {own}: no sets of a circuit are noted of it, so there is nothing to assess. "
            "Run one: `footspring run --circuit baseline`."
        )
    made = [e.said for e in diary.entries(record.athlete, Made) if e.key == made_key(whole)]
    _refuse(own, session, is_made=bool(made))
    programme = load_programme(session.programme or None, folders)
    circuit = made[-1].circuit if made else programme.circuits.get(session.circuit)
    if circuit is None:
        raise UsageError(
            f"session {own}: programme {programme.id} no longer has its circuit "
            f"{session.circuit}, by which its sets are told. Put it back and try again."
        )
    return Sets(session, logs, programme, circuit)


def _refuse(own: str, session: SessionLog, *, is_made: bool) -> None:
    """Raise UsageError where what was done is no fixed protocol: its figures compare with none."""
    if session.kind in _NEVER:
        raise UsageError(
            f"session {own}: {session.circuit} is of kind {session.kind}, which is gentle or "
            "unmeasured. Assess a baseline or a standard set: `footspring run --circuit baseline`."
        )
    if is_made and session.kind not in TESTS:
        raise UsageError(
            f"session {own}: {session.circuit} was made for its day (rung {session.rung}), so its "
            "dose is no fixed protocol. Assess a baseline or a standard set."
        )
