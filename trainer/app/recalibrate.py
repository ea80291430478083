"""`footspring recalibrate`: a session computed again with another calibration, and back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.app.analysis import Request, analyse, find_stream
from trainer.app.calibrationshelf import CalibrationShelf, given_calibration
from trainer.app.privatefile import write_private
from trainer.app.result import Result
from trainer.app.shelf import LAST, recovered_lines, write_report
from trainer.core.errors import RecordingError, RecordingFault, SettingsError, UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.hold import Hold
from trainer.core.packets import Stream
from trainer.core.ports import Clock
from trainer.core.settings import DetectionSettings, build_settings
from trainer.core.units import Unit
from trainer.library.library import Library, open_library
from trainer.library.records import SessionRecord, SessionStatus
from trainer.recording.override import Applied, override_path, overrides_text, read_overrides
from trainer.recording.reader import read_recording
from trainer.recording.recording import Recording

SAME_S: Final = 0.25
"""Two holds that begin as close are one: gains move a crossing by far less."""

HEADER: Final = "hold  start s   plateau N before           after   change %"


@dataclass(frozen=True, slots=True)
class RecalibrateOrder:
    """What a person ordered."""

    session: str
    """Its name or the beginning of it, or 'last'."""
    calibration: str | None = None
    """A TOML file, a record of the shelf or its name; None for the newest of the pad."""
    is_dry: bool = False
    is_undone: bool = False


def recalibrate(order: RecalibrateOrder, clock: Clock) -> Iterator[str]:
    """Compute a session again and yield what changed, line by line. Raises TrainerError."""
    folders = user_folders()
    with open_library(folders) as library:
        yield from recovered_lines(library.recovered)
        session = _find(library, order.session)
    path = folders.data / session.recording
    if order.is_undone:
        yield from _undo(session, path, folders)
        return
    recording = read_recording(path)
    calibration = _choose(order, recording, folders)
    settings = _detection(recording)
    before = analyse(recording, settings).result
    after = analyse(recording, settings, Request(calibration=calibration)).result
    yield from change_lines(before, after)
    if order.is_dry:
        yield "dry run: nothing was changed"
        return
    applied = (*read_overrides(path), Applied(clock.now(), calibration))
    kept = _set_aside(session, folders, len(applied))
    write_private(override_path(path), overrides_text(applied))
    yield f"report: {write_report(session.session_id)}"
    if kept is not None:
        yield f"the report before it: {kept}"
    yield f"`footspring recalibrate {session.session_id} --undo` takes it back"


def change_lines(before: Result, after: Result) -> Iterator[str]:
    """Yield the names of both calibrations and a table, hold by hold."""
    names = [one.calibration.label if one.calibration else "-" for one in (before, after)]
    yield f"calibration: '{names[0]}' -> '{names[1]}'"
    yield f"holds: {len(before.holds)} -> {len(after.holds)}"
    if before.holds or after.holds:
        yield HEADER
    changes: list[float] = []
    for number, (old, new) in enumerate(_pairs(before.holds, after.holds), 1):
        start_s = min(one.start_s for one in (old, new) if one is not None)
        change = 100 * (new.plateau_n / old.plateau_n - 1) if old and new else None
        if change is not None:
            changes.append(change)
        told = "" if change is None else f"{change:+8.2f}"
        yield f"{number:4d}  {start_s:7.2f}  {_force(old):>18}  {_force(new):>18}  {told}".rstrip()
    if changes:
        yield f"median change of the plateaus: {float(np.median(changes)):+.2f} %"


def _pairs(
    before: Sequence[Hold], after: Sequence[Hold]
) -> Iterator[tuple[Hold | None, Hold | None]]:
    """Yield holds of both that begin together, and those that only one of them has."""
    left = list(after)
    for old in before:
        near = [new for new in left if abs(new.start_s - old.start_s) <= SAME_S]
        new = min(near, key=lambda one: abs(one.start_s - old.start_s)) if near else None
        if new is not None:
            left.remove(new)
        yield old, new
    for new in left:
        yield None, new


def _force(hold: Hold | None) -> str:
    if hold is None:
        return "no hold"
    u_n = hold.shown_uncertainty.plateau_n
    return f"{hold.plateau_n:.2f}" + ("" if u_n is None else f" \N{PLUS-MINUS SIGN} {u_n:.2f}")


def _choose(order: RecalibrateOrder, recording: Recording, folders: Folders) -> Calibration:
    """Return the calibration to apply. Raises SettingsError, UsageError, RecordingError."""
    info, header = find_stream(recording.streams, Stream.FORCE), recording.header
    if info is None or info.unit is not Unit.COUNTS or header is None:
        raise RecordingError(
            f"{recording.path}: holds no raw counts, so no calibration can be applied to it. "
            "Choose a session of a pad that sends counts.",
            RecordingFault.CALIBRATION,
        )
    shelf = CalibrationShelf(folders.calibrations)
    if order.calibration is not None:
        found: Calibration | None = named_calibration(order.calibration, folders)
    else:
        newest = shelf.newest(header.source, info.channels)
        found = None if newest is None else newest.calibration
    if found is None:
        raise SettingsError(
            f"{header.source}: has no calibration to apply. Make one with `footspring calibrate`, "
            "or name a file with --calibration."
        )
    return found


def named_calibration(name: str, folders: Folders) -> Calibration:
    """Return the calibration of a TOML file, of a record, or of a record's name on the shelf."""
    path = Path(name)
    if not path.exists():
        path = folders.calibrations / f"{name.removesuffix('.json')}.json"
    if not path.exists():
        raise UsageError(
            f"--calibration {name}: is neither a file nor a record in {folders.calibrations}. Give "
            "a TOML file, or the name of a file there without its ending."
        )
    return given_calibration(path)


def _undo(session: SessionRecord, path: Path, folders: Folders) -> Iterator[str]:
    applied = read_overrides(path)
    if not applied:
        raise UsageError(
            f"--undo: no other calibration was applied to session {session.session_id}. Nothing is "
            "to be taken back."
        )
    if len(applied) == 1:
        override_path(path).unlink()
    else:
        write_private(override_path(path), overrides_text(applied[:-1]))
    kept = _aside(session, folders, len(applied))
    if kept.exists():
        report = folders.reports / f"{session.session_id}.html"
        kept.replace(report)
        yield f"report: {report}, as it was before"
    else:
        yield f"report: {write_report(session.session_id)}"


def _aside(session: SessionRecord, folders: Folders, number: int) -> Path:
    return folders.reports / f"{session.session_id}.before-{number}.html"


def _set_aside(session: SessionRecord, folders: Folders, number: int) -> Path | None:
    """Keep the report that is there under another name; None where none is."""
    report = folders.reports / f"{session.session_id}.html"
    if not report.exists():
        return None
    kept = _aside(session, folders, number)
    write_private(kept, report.read_text(encoding="utf-8"))
    return kept


def _detection(recording: Recording) -> DetectionSettings:
    header = recording.header
    known = header.settings.get("detection", {}) if header else {}
    return build_settings(known, DetectionSettings, str(recording.path))


def _find(library: Library, name: str) -> SessionRecord:
    sessions = library.sessions() if name == LAST else (library.session(name),)
    if not sessions:
        raise UsageError("no sessions yet: `footspring run` starts one.")
    found = replace(sessions[0])
    if found.status is SessionStatus.RUNNING or not found.recording:
        raise UsageError(
            f"session {found.session_id}: is still running, or has no recording. `footspring "
            "sessions` lists those that are over."
        )
    return found
