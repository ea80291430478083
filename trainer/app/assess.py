"""`assess`: compute a session's figures, note them as a visit's, list the visits, take back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from trainer.app.analysis import Analysis, analyse
from trainer.app.assessjudge import judge_scene
from trainer.app.assessscene import find_scene
from trainer.app.assesswords import figure_lines
from trainer.app.made import Made, made_key
from trainer.app.notebook import Answer, zone_of
from trainer.app.programmes import load_programme
from trainer.app.shelf import LAST
from trainer.coach.programme import Circuit, Programme
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import SessionLog, SetLog
from trainer.core.errors import RecordingError, RecordingFault, UsageError
from trainer.core.folders import Folders
from trainer.core.settings import DetectionSettings, build_settings
from trainer.core.texts import tr, trn
from trainer.library.diary import Noting
from trainer.library.library import Library
from trainer.library.records import SessionRecord
from trainer.progress.metrics import METRICS
from trainer.recording.reader import read_recording

PRACTICE: Final = 2
"""Visits by which a task is learnt: doming gets better between the first sessions without any
strength gained (Bruening 2019, n = 40)."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said of a visit; None: as the last time, or as the day says."""

    visit: str | None = None
    is_practice: bool = False
    """Said to be one, whatever its number."""
    position: str | None = None
    pitch_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of one session, and the circuit that they are of."""

    session: SessionLog
    logs: dict[int, SetLog]
    programme: Programme
    circuit: Circuit


def assess(library: Library, folders: Folders, source: str, wishes: Wishes) -> Answer:
    """Note the figures of a session, by its id, its file or `last`; what it had is replaced.

    Raises UsageError, RecordingError, SettingsError, StorageError.
    """
    record = _find_record(library, source)
    records = tuple(_assess(library, folders, record, wishes))
    _note(library, record, records)
    return Answer((*_head(record, records), *figure_lines(records)), _table(record, records))


def list_visits(library: Library, athlete: str) -> Answer:
    """Return the visits in order of time, each with what was measured in it."""
    visits: dict[tuple[str, str, int], list[Entry[Assessment]]] = {}
    for entry in library.diary.entries(athlete, Assessment):
        said = entry.said
        visits.setdefault((said.visit, said.protocol, said.protocol_version), []).append(entry)
    if not visits:
        none = tr("no assessments yet: `footspring run --circuit baseline` makes the first")
        return Answer((none,), [])
    rows = [_visit(key, entries) for key, entries in visits.items()]
    return Answer(tuple(_visit_line(row) for row in rows), rows)


def undo(library: Library, athlete: str) -> Answer:
    """Take back what was noted of the session that was assessed last."""
    entries = library.diary.entries(athlete, Assessment)
    if not entries:
        raise UsageError(
            tr(
                "--undo: nothing of {name} was assessed. `footspring assess list` shows what was."
            ).format(name=athlete)
        )
    last = max(entries, key=lambda entry: entry.entry_id).said
    own = [entry for entry in entries if entry.said.source == last.source]
    for entry in own:
        library.diary.take_back(entry.entry_id)
    text = trn("{n} figure taken back", "{n} figures taken back", len(own))
    line = tr("{text}: visit {visit}, {protocol}. `footspring assess {source}` notes them again.")
    said = line.format(text=text, visit=last.visit, protocol=last.protocol, source=last.source)
    return Answer((said,), {"taken_back": len(own), "visit": last.visit, "source": last.source})


def _find_record(library: Library, source: str) -> SessionRecord:
    if source == LAST:
        sessions = library.sessions()
        if not sessions:
            raise UsageError("no sessions yet: `footspring run --circuit baseline` starts one.")
        return sessions[0]
    path = Path(source)
    if path.suffix != ".mcap":
        return library.session(source)
    header = read_recording(path).header
    if header is None:
        raise RecordingError(
            f"{source}: is no recording of footspring, so nobody knows which sets it holds. Give "
            "one, or a session's id: `footspring sessions` lists them.",
            RecordingFault.FORMAT,
        )
    return replace(library.session(header.session_id), recording=str(path.absolute()))


def _assess(
    library: Library, folders: Folders, record: SessionRecord, wishes: Wishes
) -> list[Assessment]:
    sets = _find_sets(library, folders, record)
    analysis = _analysis(record, folders)
    scene = find_scene(analysis, sets.circuit, sets.programme.drills, sets.logs)
    header = analysis.recording.header
    device = analysis.pipeline.calibration_label or (header.source if header else "")
    draft = _draft(library, record, sets, wishes, device)
    return [
        replace(
            draft,
            metric=found.metric,
            side=found.side,
            trial=found.trial,
            value=found.value,
            unit=METRICS[found.metric].unit,
            reason=found.reason,
            note=found.note,
        )
        for found in judge_scene(scene)
    ]


def _find_sets(library: Library, folders: Folders, record: SessionRecord) -> Sets:
    diary, own = library.diary, record.session_id
    logs = [
        entry
        for entry in diary.entries(record.athlete, SetLog)
        if (entry.said.recording or entry.said.session_id) == own
    ]
    if not logs:
        raise UsageError(
            f"session {own}: no sets of a circuit are noted of it, so there is nothing to assess. "
            "Run one: `footspring run --circuit baseline`."
        )
    whole = logs[-1].said.session_id
    sessions = {entry.key: entry.said for entry in diary.entries(record.athlete, SessionLog)}
    session = sessions[whole]
    programme = load_programme(session.programme or None, folders)
    made = [e.said for e in diary.entries(record.athlete, Made) if e.key == made_key(whole)]
    circuit = made[-1].circuit if made else programme.circuits.get(session.circuit)
    if circuit is None:
        raise UsageError(
            f"session {own}: programme {programme.id} no longer has its circuit "
            f"{session.circuit}, by which its sets are told. Put it back and try again."
        )
    numbered = {int(entry.key.rpartition("/")[2]): entry.said for entry in logs}
    return Sets(session, numbered, programme, circuit)


def _analysis(record: SessionRecord, folders: Folders) -> Analysis:
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


def _draft(
    library: Library, record: SessionRecord, sets: Sets, wishes: Wishes, device: str
) -> Assessment:
    """Return what all figures of the session have in common."""
    protocol = sets.session.circuit
    visit = wishes.visit or f"{record.local_day:%Y-%m-%d}"
    earlier = [
        entry.said
        for entry in library.diary.entries(record.athlete, Assessment)
        if entry.said.protocol == protocol
        and entry.is_simulated is record.is_simulated
        and entry.at <= record.started_at
        and entry.said.visit != visit
    ]
    last = earlier[-1] if earlier else None
    carried = "" if last is None else last.position
    pitch_deg = None if last is None else last.pitch_deg
    return Assessment(
        metric="",
        side=None,
        trial=0,
        value=None,
        unit="",
        protocol=protocol,
        protocol_version=sets.session.protocol_version,
        visit=visit,
        is_practice=wishes.is_practice or len({said.visit for said in earlier}) < PRACTICE,
        device=device,
        position=carried if wishes.position is None else wishes.position,
        pitch_deg=pitch_deg if wishes.pitch_deg is None else wishes.pitch_deg,
        source=record.session_id,
    )


def _note(library: Library, record: SessionRecord, records: Sequence[Assessment]) -> None:
    """Note the figures at the session's own time, in place of what was noted of it before."""
    diary = library.diary
    for entry in diary.entries(record.athlete, Assessment):
        if entry.said.source == record.session_id:
            diary.take_back(entry.entry_id)
    at = _local(record)
    diary.note_all(
        [Noting(record.athlete, at, said, record.is_simulated, _key(said)) for said in records],
        replaces=True,
    )


def _local(record: SessionRecord) -> datetime:
    return record.started_at.astimezone(zone_of(record.zone, record.local_started_at))


def _key(said: Assessment) -> str:
    foot = "both" if said.side is None else said.side.value
    return f"{said.visit}/{said.protocol}/{foot}/{said.trial}/{said.metric}"


def _head(record: SessionRecord, records: Sequence[Assessment]) -> list[str]:
    if not records:
        return [tr("this session holds nothing that is measured")]
    said = records[0]
    known = sum(one.value is not None for one in records)
    lines = [
        tr("visit {visit}: {protocol}, version {version}, {device}, {position}").format(
            visit=said.visit,
            protocol=said.protocol,
            version=said.protocol_version,
            device=said.device,
            position=said.position or tr("position not said (--position seated)"),
        ),
        tr("{n} figures noted, {m} more could not be told").format(n=known, m=len(records) - known),
    ]
    if said.is_practice:
        lines.append(
            tr(
                "a practice visit: the first two of a task are, for who learns it gets better "
                "without getting stronger (Bruening 2019); they are shown and never compared"
            )
        )
    if record.is_simulated:
        lines.append(tr("SIMULATED: no foot was measured"))
    return lines


def _table(record: SessionRecord, records: Sequence[Assessment]) -> dict[str, object]:
    return {
        "session": record.session_id,
        "athlete": record.athlete,
        "is_simulated": record.is_simulated,
        "results": [asdict(said) for said in records],
    }


def _visit(key: tuple[str, str, int], entries: Sequence[Entry[Assessment]]) -> dict[str, object]:
    visit, protocol, version = key
    known = [entry for entry in entries if entry.said.value is not None]
    return {
        "visit": visit,
        "protocol": protocol,
        "protocol_version": version,
        "days": sorted({f"{entry.local_day:%Y-%m-%d}" for entry in entries}),
        "sources": list(dict.fromkeys(entry.said.source for entry in entries)),
        "figures": len(known),
        "not_told": len(entries) - len(known),
        "is_practice": any(entry.said.is_practice for entry in entries),
        "position": entries[-1].said.position,
        "device": entries[-1].said.device,
        "is_simulated": any(entry.is_simulated for entry in entries),
    }


def _visit_line(row: dict[str, object]) -> str:
    days = row["days"]
    assert isinstance(days, list)
    marks = [
        word
        for word, key in ((tr("practice"), "is_practice"), (tr("simulated"), "is_simulated"))
        if row[key]
    ]
    text = tr("{visit}: {protocol}, version {version}, {figures} figures, {days}").format(
        visit=row["visit"],
        protocol=row["protocol"],
        version=row["protocol_version"],
        figures=row["figures"],
        days=" + ".join(map(str, days)),
    )
    return f"{text}{''.join(f', {mark}' for mark in marks)}"
