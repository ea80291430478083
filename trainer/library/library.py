"""The library: athletes, the list of sessions, maximal presses; recovers what was cut off."""

import difflib
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from trainer.core.cues import RepCounted, RepTakenBack, SetEnded, Side
from trainer.core.errors import UsageError
from trainer.core.folders import Folders, make_private
from trainer.library.diary import Diary, athlete_id_of
from trainer.library.instance import is_session_running
from trainer.library.records import MvcRecord, SessionOutcome, SessionRecord, SessionStatus
from trainer.library.schema import athlete_table, entry_table, mvc_table, session_table
from trainer.library.store import Store
from trainer.recording.recovery import Recovered, is_being_written, recover_recordings

_PROPOSED: Final = 5
"""Ids named in a message."""


def open_library(folders: Folders) -> "Library":
    """Return the user's library, made if it is missing; finishes recordings that were cut off.

    Raises StorageError: damaged, from a newer version, not writable, disk full.
    """
    make_private(folders.data)
    make_private(folders.recordings)
    store = Store(folders.database)
    try:
        recovered = recover_recordings(folders.recordings)
        _mark_recovered(store, folders, recovered)
    except BaseException:
        store.close()
        raise
    return Library(folders, store, recovered)


class Library:
    """The open library; every method raises StorageError where the file refuses."""

    def __init__(self, folders: Folders, store: Store, recovered: tuple[Recovered, ...]) -> None:
        self._folders = folders
        self._store = store
        self.diary = Diary(store)
        self.recovered = recovered
        """Recordings that had been cut off, and what became of them at this opening."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        self._store.close()

    def start_session(self, record: SessionRecord) -> None:
        """Add a session to the list."""
        with self._store.transaction() as connection:
            row = {
                "session_id": record.session_id,
                "athlete_id": athlete_id_of(connection, record.athlete),
                "started_at": record.started_at,
                "zone": record.zone,
                "utc_offset_s": record.utc_offset_s,
                "exercise": record.exercise,
                "side_plan": record.side_plan,
                "is_simulated": record.is_simulated,
                "status": record.status,
                "stop_reason": record.stop_reason,
                "sets": record.sets,
                "reps": record.reps,
                "duration_s": record.duration_s,
                "recording": record.recording,
                "report": record.report,
            }
            connection.execute(insert(session_table).values(row))

    def note_stop(self, session_id: str, stop_reason: str) -> None:
        """Store why a session was stopped whose files are still open."""
        with self._store.transaction() as connection:
            _change(connection, session_id, {"stop_reason": stop_reason})

    def finish_session(self, session_id: str, outcome: SessionOutcome) -> None:
        """Store how a session ended."""
        with self._store.transaction() as connection:
            row: dict[str, object] = {
                "status": outcome.status,
                "stop_reason": outcome.stop_reason,
                "sets": outcome.sets,
                "reps": outcome.reps,
                "duration_s": outcome.duration_s,
            }
            if outcome.athlete is not None:
                row["athlete_id"] = athlete_id_of(connection, outcome.athlete)
            _change(connection, session_id, row)

    def forget_session(self, session_id: str) -> None:
        """Take a session off the list, and a name that nothing else stands for."""
        own = session_table.c.session_id == session_id
        with self._store.transaction() as connection:
            athlete = connection.execute(select(session_table.c.athlete_id).where(own)).scalar()
            connection.execute(delete(session_table).where(own))
            uses = [table.c.athlete_id for table in (session_table, mvc_table, entry_table)]
            is_alone = [~select(use).where(use == athlete).exists() for use in uses]
            name = athlete_table.c.athlete_id == athlete
            connection.execute(delete(athlete_table).where(name, *is_alone))

    def add_report(self, session_id: str, report: Path) -> None:
        """Store where a session's report lies; a path in the data folder is kept relative."""
        kept = report
        if report.is_relative_to(self._folders.data):
            kept = report.relative_to(self._folders.data)
        with self._store.transaction() as connection:
            _change(connection, session_id, {"report": str(kept)})

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Return all sessions, newest first."""
        query = _session_query().order_by(
            session_table.c.started_at.desc(), session_table.c.session_id.desc()
        )
        with self._store.transaction() as connection:
            return tuple(_session(row) for row in connection.execute(query))

    def session(self, prefix: str) -> SessionRecord:
        """Return the session whose id is `prefix` or, alone, begins with it; else UsageError."""
        query = _session_query().where(
            func.substr(session_table.c.session_id, 1, len(prefix)) == prefix
        )
        with self._store.transaction() as connection:
            found = [_session(row) for row in connection.execute(query)]
            ids = list(connection.execute(select(session_table.c.session_id)).scalars())
        exact = [record for record in found if record.session_id == prefix]
        if len(exact or found) == 1:
            return (exact or found)[0]
        raise _no_such_session(prefix, [record.session_id for record in found], ids)

    def athletes(self) -> tuple[str, ...]:
        """Return the names of all athletes, in the order they came."""
        query = select(athlete_table.c.name).order_by(athlete_table.c.athlete_id)
        with self._store.transaction() as connection:
            return tuple(connection.execute(query).scalars())

    def add_mvc(self, record: MvcRecord) -> None:
        """Store a maximal press."""
        with self._store.transaction() as connection:
            row = {
                "athlete_id": athlete_id_of(connection, record.athlete),
                "side": record.side,
                "exercise": record.exercise,
                "pad": record.pad,
                "at": record.at,
                "mvc_n": record.mvc_n,
                "is_simulated": record.is_simulated,
            }
            connection.execute(insert(mvc_table).values(row))

    def latest_mvc(self, athlete: str, side: Side, exercise: str, pad: str) -> MvcRecord | None:
        """Return the newest maximal press of that foot on that pad, or None."""
        query = (
            select(mvc_table, athlete_table.c.name.label("athlete"))
            .join(athlete_table)
            .where(
                athlete_table.c.name == athlete,
                mvc_table.c.side == side,
                mvc_table.c.exercise == exercise,
                mvc_table.c.pad == pad,
            )
            .order_by(mvc_table.c.at.desc(), mvc_table.c.mvc_id.desc())
            .limit(1)
        )
        with self._store.transaction() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return MvcRecord(
            row.athlete, Side(row.side), row.exercise, row.pad, row.at, row.mvc_n, row.is_simulated
        )


def _mark_recovered(store: Store, folders: Folders, recovered: tuple[Recovered, ...]) -> None:
    """Mark every session whose program died, with what its recording still tells."""
    found = {entry.session_id: entry for entry in recovered if entry.session_id is not None}
    kept = (session_table.c.session_id, session_table.c.recording, session_table.c.stop_reason)
    query = select(*kept).where(session_table.c.status == SessionStatus.RUNNING)
    with store.transaction() as connection:
        for session_id, recording, stop_reason in connection.execute(query).all():
            entry = found.get(session_id)
            if entry is None and _is_alive(folders, recording):
                continue
            # It had been stopped already: a crash before its end changes nothing about that.
            status = SessionStatus.STOPPED if stop_reason else SessionStatus.RECOVERED
            row: dict[str, object] = {"status": status}
            if entry is not None:
                row["sets"] = entry.note_counts.get(SetEnded.__name__, 0)
                row["reps"] = _reps(entry)
                row["duration_s"] = entry.duration_s
            _change(connection, session_id, row)


def _reps(recovered: Recovered) -> int:
    """Return the reps that were counted and not taken back."""
    counted, taken_back = (
        recovered.note_counts.get(kind.__name__, 0) for kind in (RepCounted, RepTakenBack)
    )
    return counted - taken_back


def _is_alive(folders: Folders, recording: str) -> bool:
    """Return whether some program still runs the session of that recording."""
    path = folders.data / recording
    if recording and path.is_file():
        return False
    return is_being_written(path) or is_session_running(folders)


def _change(connection: Connection, session_id: str, row: dict[str, object]) -> None:
    statement = update(session_table).where(session_table.c.session_id == session_id)
    if connection.execute(statement.values(row)).rowcount != 1:
        raise _no_such_session(session_id, [], [])


def _session_query() -> Select[tuple[object, ...]]:
    return select(session_table, athlete_table.c.name.label("athlete")).join(athlete_table)


def _session(row: Row[tuple[object, ...]]) -> SessionRecord:
    return SessionRecord(
        session_id=row.session_id,
        athlete=row.athlete,
        started_at=row.started_at,
        zone=row.zone,
        utc_offset_s=row.utc_offset_s,
        exercise=row.exercise,
        side_plan=row.side_plan,
        is_simulated=row.is_simulated,
        status=SessionStatus(row.status),
        stop_reason=row.stop_reason,
        sets=row.sets,
        reps=row.reps,
        duration_s=row.duration_s,
        recording=row.recording,
        report=row.report,
    )


def _no_such_session(prefix: str, fitting: list[str], ids: list[str]) -> UsageError:
    if fitting:
        named = ", ".join(sorted(fitting)[:_PROPOSED])
        return UsageError(
            f"'{prefix}' is the start of {len(fitting)} sessions ({named}). Give more of the id."
        )
    near = difflib.get_close_matches(prefix, ids, n=3)
    hint = f" Near: {', '.join(near)}." if near else ""
    return UsageError(f"no session '{prefix}'.{hint} `footspring sessions` lists them all.")
