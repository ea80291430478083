"""The diary in the library: records noted, read back by their kind, taken back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from cattrs.preconf.json import make_converter
from sqlalchemy import Connection, Row, func, insert, select, update

from trainer.core.diary.entry import Entry
from trainer.core.errors import StorageError, StorageFault
from trainer.library.schema import athlete_table, entry_table
from trainer.library.store import Store

Said = TypeVar("Said")

_CONVERTER: Final = make_converter()


@dataclass(frozen=True, slots=True)
class Noting:
    """One record to be noted."""

    athlete: str
    at: datetime
    """Aware, in the athlete's zone."""
    said: object
    """A frozen dataclass; its class is its kind."""
    is_simulated: bool = False
    key: str = ""
    """Not empty: it stands once for each athlete."""


class Diary:
    """Records of all athletes; every method raises StorageError where the file refuses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, noting: Noting, *, replaces: bool = False) -> int | None:
        """Note one record and return its number; None where its key stands already.

        With `replaces` what stood under the key is taken back first.
        """
        return self.note_all((noting,), replaces=replaces)[0]

    def note_all(
        self, notings: Iterable[Noting], *, replaces: bool = False
    ) -> tuple[int | None, ...]:
        """Note records, all or none; return a number each, None where a key stands already."""
        with self._store.transaction() as connection:
            return tuple(_note(connection, noting, replaces=replaces) for noting in notings)

    def entries(
        self, athlete: str, kind: type[Said], since: datetime | None = None
    ) -> tuple[Entry[Said], ...]:
        """Return an athlete's records of a kind, from an instant on, in order of time."""
        query = (
            select(entry_table)
            .join(athlete_table)
            .where(
                athlete_table.c.name == athlete,
                entry_table.c.kind == kind.__name__,
                entry_table.c.taken_back_at.is_(None),
            )
            .order_by(entry_table.c.at, entry_table.c.entry_id)
        )
        if since is not None:
            query = query.where(entry_table.c.at >= since)
        with self._store.transaction() as connection:
            return tuple(_entry(athlete, kind, row) for row in connection.execute(query))

    def take_back(self, entry_id: int) -> bool:
        """Take one record back; return whether it stood. It stays on the disk, unseen."""
        with self._store.transaction() as connection:
            return _take_back(connection, entry_table.c.entry_id == entry_id) > 0

    def take_back_all(self, entry_ids: Collection[int]) -> int:
        """Take records back, all or none; return how many stood."""
        with self._store.transaction() as connection:
            return _take_back(connection, entry_table.c.entry_id.in_(entry_ids))

    def put_back(self, entry_id: int) -> bool:
        """Let a record that was taken back stand again; return whether it does."""
        with self._store.transaction() as connection:
            row = connection.execute(
                select(entry_table).where(entry_table.c.entry_id == entry_id)
            ).one_or_none()
            if row is None or (row.key and _stands(connection, row)):
                return False
            changed = update(entry_table).where(entry_table.c.entry_id == entry_id)
            return connection.execute(changed.values(taken_back_at=None)).rowcount > 0


def _note(connection: Connection, noting: Noting, *, replaces: bool) -> int | None:
    offset = noting.at.utcoffset()
    assert offset is not None, "a time without a zone says nothing"
    kind = type(noting.said).__name__
    athlete_id = athlete_id_of(connection, noting.athlete)
    if noting.key:
        same = (
            (entry_table.c.athlete_id == athlete_id)
            & (entry_table.c.kind == kind)
            & (entry_table.c.key == noting.key)
        )
        if replaces:
            _take_back(connection, same)
        else:
            standing = select(entry_table.c.entry_id).where(
                same, entry_table.c.taken_back_at.is_(None)
            )
            if connection.execute(standing).first() is not None:
                return None
    row = {
        "athlete_id": athlete_id,
        "kind": kind,
        "key": noting.key,
        "at": noting.at,
        "zone": str(noting.at.tzinfo),
        "utc_offset_s": round(offset.total_seconds()),
        "is_simulated": noting.is_simulated,
        "body": _CONVERTER.unstructure(noting.said),
        "taken_back_at": None,
    }
    added = insert(entry_table).values(row).returning(entry_table.c.entry_id)
    return int(connection.execute(added).scalar_one())


def athlete_id_of(connection: Connection, name: str) -> int:
    """Return the number of an athlete, who is added where there is none of that name."""
    query = select(athlete_table.c.athlete_id).where(athlete_table.c.name == name)
    found = connection.execute(query).scalar_one_or_none()
    if found is not None:
        return int(found)
    added = insert(athlete_table).values(name=name).returning(athlete_table.c.athlete_id)
    return int(connection.execute(added).scalar_one())


def _take_back(connection: Connection, which: Any) -> int:  # noqa: ANN401 - SQLAlchemy's own word
    changed = update(entry_table).where(which, entry_table.c.taken_back_at.is_(None))
    return int(connection.execute(changed.values(taken_back_at=datetime.now(UTC))).rowcount)


def _stands(connection: Connection, row: Row[Any]) -> bool:
    count = select(func.count()).where(
        entry_table.c.athlete_id == row.athlete_id,
        entry_table.c.kind == row.kind,
        entry_table.c.key == row.key,
        entry_table.c.taken_back_at.is_(None),
    )
    return int(connection.execute(count).scalar_one()) > 0


def _entry(athlete: str, kind: type[Said], row: Row[Any]) -> Entry[Said]:
    try:
        said = _CONVERTER.structure(row.body, kind)
    except Exception as error:
        raise StorageError(
            f"diary: entry {row.entry_id} ({kind.__name__}) cannot be read ({error}). A newer "
            "footspring may have written it: update. Nothing was changed.",
            StorageFault.DAMAGED,
        ) from error
    return Entry(
        row.entry_id,
        athlete,
        row.at,
        row.zone,
        row.utc_offset_s,
        row.is_simulated,
        said,
        row.key,
    )
