"""The SQLite file of the library: made, moved to the newest shape, and its faults named.

Write-ahead log with full synchronisation: a row that was written survives a power cut. Every
transaction takes the write lock at its start, so two programs never half-see each other.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from trainer.core.errors import StorageError, StorageFault
from trainer.library.schema import HEAD

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BUSY_S: Final = 5.0
"""How long to wait for another program's transaction; ours take milliseconds."""


class Store:
    """Transactions on one library file; no connection stays open between them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _touch_private(path)
        self._engine = _engine(path)
        with self.transaction() as connection:
            _check_and_migrate(connection, path)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection; all of it is stored at the end, or nothing. Raises StorageError."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise _storage_error(self._path, error) from error

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        self._engine.dispose()


def _touch_private(path: Path) -> None:
    """Make the file with mode 0600 if it is missing; SQLite gives its log files the same."""
    try:
        # Only where it is missing: closing any descriptor of a file lets go of all locks that this
        # process has on it, another thread's transaction too, and then the library is damaged
        # (sqlite.org/howtocorrupt.html, 2.2).
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        if path.is_file() and os.access(path, os.W_OK):
            return
        raise _not_writable(path, "no file that you may write") from None
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error)) from error


def _not_writable(path: Path, why: str) -> StorageError:
    return StorageError(
        f"{path}: cannot be opened for writing ({why}). Make it a file "
        "that is writable for you, or set XDG_DATA_HOME to a folder that is.",
        StorageFault.READ_ONLY,
    )


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": _BUSY_S}
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _check_and_migrate(connection: Connection, path: Path) -> None:
    verdict = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if verdict != "ok":
        raise _damaged(path, str(verdict))
    revision = _revision(connection)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise StorageError(
            f"{path}: written by a newer footspring (library revision {revision}; this one knows "
            f"up to {HEAD}). Update footspring; nothing was changed.",
            StorageFault.NEWER,
        )
    _migrate(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    # Only a new or old library needs alembic, which takes longer to load than the rest together.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _storage_error(path: Path, error: DBAPIError) -> StorageError:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    why = str(error.orig)
    if code == sqlite3.SQLITE_FULL:
        return StorageError(
            f"{path}: the disk is full ({why}). What was stored before is kept. Free some space in "
            "that folder, then start again.",
            StorageFault.FULL,
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StorageError(
            f"{path}: another program held it for {_BUSY_S:g} s ({why}). End that program, then "
            "try again.",
            StorageFault.IN_USE,
        )
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}:
        return _damaged(path, why)
    return StorageError(
        f"{path}: cannot be read or written ({why}). Check that the disk has room and that the "
        "folder is writable for you, or set XDG_DATA_HOME to a folder that is.",
        StorageFault.READ_ONLY,
    )


def _damaged(path: Path, why: str) -> StorageError:
    return StorageError(
        f"{path}: the session list is damaged ({why}). Nothing was changed, and the recordings "
        f"beside it are untouched. Move it aside with: mv {path} {path}.damaged; a new list is "
        "made at the next start.",
        StorageFault.DAMAGED,
    )
