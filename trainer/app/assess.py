"""`assess`: compute a session's figures, note them as a visit's, take them back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import count
from typing import Final

from trainer.app.analysis import Analysis
from trainer.app.assessjudge import judge_scene
from trainer.app.assessscene import find_scene
from trainer.app.assesssets import Sets, find_record, find_sets
from trainer.app.assesswords import figure_lines
from trainer.app.notebook import Answer, Notebook, zone_of
from trainer.app.shelf import analyse_session
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders, user_folders
from trainer.core.texts import tr, trn
from trainer.library.diary import Diary, Noting
from trainer.library.library import Library
from trainer.library.records import SessionRecord
from trainer.progress.metrics import METRICS

PRACTICE: Final = 2
"""Days by which a task is learnt: doming gets better between the first sessions without any
strength gained (Bruening 2019, n = 40); several sets of one day are one visit to that."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said of a visit; None: as the last time, or as the day says."""

    visit: str | None = None
    is_practice: bool = False
    """Said to be one, whatever its number."""
    position: str | None = None
    pitch_deg: float | None = None


AS_USUAL: Final = Wishes()


def assess_named(book: Notebook, source: str, wishes: Wishes) -> Answer:
    """Note the figures of a session, by its id, its file or `last`; return them in lines.

    Raises UsageError, RecordingError, SettingsError, StorageError.
    """
    record = find_record(book.library, source)
    records = assess(book.library, user_folders(), record, wishes)
    lines = (*head_lines(record, records), *figure_lines(records))
    table = {
        "session": record.session_id,
        "athlete": record.athlete,
        "is_simulated": record.is_simulated,
        "results": [asdict(said) for said in records],
    }
    return Answer(lines, table)


def assess(
    library: Library,
    folders: Folders,
    record: SessionRecord,
    wishes: Wishes = AS_USUAL,
    analysis: Analysis | None = None,
) -> tuple[Assessment, ...]:
    """Compute the figures of a session and note them in place of what was noted of it before.

    `analysis` of its recording, where it was made already. Raises UsageError, RecordingError,
    SettingsError, StorageError.
    """
    sets = find_sets(library, folders, record)
    analysis = analysis or analyse_session(record, folders)
    scene = find_scene(analysis, sets.circuit, sets.programme.drills, sets.logs)
    header = analysis.recording.header
    device = analysis.pipeline.calibration_label or (header.source if header else "")
    blank = Assessment(
        metric="",
        side=None,
        trial=0,
        value=None,
        unit="",
        protocol=sets.session.circuit,
        protocol_version=sets.session.protocol_version,
        visit=wishes.visit or _visit(library, record, sets),
        is_practice=wishes.is_practice,
        device=device,
        source=record.session_id,
    )
    draft = _in_line(library.diary, record, blank, wishes)
    records = tuple(
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
    )
    _note(library.diary, record, records)
    return records


def tell(records: Sequence[Assessment]) -> str:
    """Return in one sentence that a session was assessed."""
    known = sum(said.value is not None for said in records)
    is_practice = any(said.is_practice and said.protocol_version for said in records)
    practice = tr(" (a practice visit)") if is_practice else ""
    text = tr("assessed: {n} figures noted{practice}; `footspring assess last` shows them")
    return text.format(n=known, practice=practice)


def undo(book: Notebook) -> Answer:
    """Take back what was noted of the session that was assessed last."""
    entries = book.entries(Assessment)
    if not entries:
        raise UsageError(
            tr(
                "--undo: nothing of {name} was assessed. `footspring assess list` shows what was."
            ).format(name=book.athlete)
        )
    last = max(entries, key=lambda entry: entry.entry_id).said
    own = [entry for entry in entries if entry.said.source == last.source]
    book.library.diary.take_back_all([entry.entry_id for entry in own])
    taken = trn("{n} figure taken back", "{n} figures taken back", len(own))
    line = tr("{taken}: visit {visit}, {protocol}. `footspring assess {source}` notes them again.")
    said = line.format(taken=taken, visit=last.visit, protocol=last.protocol, source=last.source)
    return Answer((said,), {"taken_back": len(own), "visit": last.visit, "source": last.source})


def _visit(library: Library, record: SessionRecord, sets: Sets) -> str:
    """Return the visit's usual name: the one it has, or its day; a second one of a day is told.

    What went on after a cut belongs to the visit in which it began.
    """
    whole = sets.session.session_id
    logs = library.diary.entries(record.athlete, SetLog)
    parts = {entry.said.recording for entry in logs if entry.said.session_id == whole}
    entries = library.diary.entries(record.athlete, Assessment)
    own = [e.said.visit for e in entries if e.said.source in {*parts, record.session_id, whole}]
    if own:
        return own[0]
    begun = record if whole == record.session_id else library.session(whole)
    day = f"{begun.local_day:%Y-%m-%d}"
    taken = {e.said.visit for e in entries if e.said.protocol == sets.session.circuit}
    later = (f"{day} ({number})" for number in count(2))
    return day if day not in taken else next(name for name in later if name not in taken)


def _in_line(diary: Diary, record: SessionRecord, blank: Assessment, wishes: Wishes) -> Assessment:
    """Return the draft as one of the visits with this circuit: practice, position and pitch."""
    entries = diary.entries(record.athlete, Assessment)
    earlier = [
        entry.said
        for entry in _same_task(entries, record, blank)
        if entry.at <= record.started_at and entry.said.visit != blank.visit
    ]
    own = [entry.said for entry in entries if entry.said.source == record.session_id]
    last = (*earlier, *own)[-1] if earlier or own else blank
    is_early = _days_before(entries, record, blank) < PRACTICE
    return replace(
        blank,
        is_practice=blank.is_practice or is_early,
        position=last.position if wishes.position is None else wishes.position,
        pitch_deg=last.pitch_deg if wishes.pitch_deg is None else wishes.pitch_deg,
    )


def _same_task(
    entries: Sequence[Entry[Assessment]], record: SessionRecord, blank: Assessment
) -> list[Entry[Assessment]]:
    return [
        entry
        for entry in entries
        if entry.said.protocol == blank.protocol and entry.is_simulated is record.is_simulated
    ]


def _days_before(
    entries: Sequence[Entry[Assessment]], record: SessionRecord, blank: Assessment
) -> int:
    """Return on how many days before this visit's the task was done; a split visit is its first."""
    begun: dict[str, date] = {}
    for entry in _same_task(entries, record, blank):
        day = entry.local_day
        begun[entry.said.visit] = min(begun.get(entry.said.visit, day), day)
    own = min(begun.get(blank.visit, record.local_day), record.local_day)
    return len({day for day in begun.values() if day < own})


def _note(diary: Diary, record: SessionRecord, records: Sequence[Assessment]) -> None:
    """Note the figures at the session's own time, in place of what was noted of it before.

    What could not be told in this part of a visit leaves standing what another part told.
    """
    entries = diary.entries(record.athlete, Assessment)
    own = [entry.entry_id for entry in entries if entry.said.source == record.session_id]
    diary.take_back_all(own)
    standing = {
        entry.key for entry in entries if entry.entry_id not in own and entry.said.value is not None
    }
    at = record.started_at.astimezone(zone_of(record.zone, record.local_started_at))
    notings = [
        Noting(record.athlete, at, said, record.is_simulated, _key(said)) for said in records
    ]
    told = [
        noting
        for noting, said in zip(notings, records, strict=True)
        if said.value is not None or noting.key not in standing
    ]
    diary.note_all(told, replaces=True)


def _key(said: Assessment) -> str:
    foot = "both" if said.side is None else said.side.value
    return f"{said.visit}/{said.protocol}/{foot}/{said.trial}/{said.metric}"


def head_lines(record: SessionRecord, records: Sequence[Assessment]) -> list[str]:
    """Return whose figures they are: of which visit, or of a circuit that is no assessment."""
    if not records:
        return [tr("this session holds nothing that is measured")]
    said = records[0]
    known = sum(one.value is not None for one in records)
    simulated = [tr("SIMULATED: no foot was measured")] if record.is_simulated else []
    if not said.protocol_version:
        text = tr("{circuit} is no assessment: its figures, {n} of them, are those of a training")
        return [text.format(circuit=said.protocol, n=known), *simulated]
    head = tr("visit {visit}: {protocol}, version {version}, {device}, {position}")
    counts = tr("{n} figures noted, {m} more could not be told")
    lines = [
        head.format(
            visit=said.visit,
            protocol=said.protocol,
            version=said.protocol_version,
            device=said.device,
            position=said.position or tr("position not said (--position seated)"),
        ),
        counts.format(n=known, m=len(records) - known),
    ]
    if said.is_practice:
        lines.append(
            tr(
                "a practice visit: the first two of a task are, for who learns it gets better "
                "without getting stronger (Bruening 2019); they are shown and never compared"
            )
        )
    return lines + simulated
