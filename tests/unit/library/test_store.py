"""The library's file: private, whole, of the newest shape, and never harmed."""

import resource
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import trainer.library.store
from trainer.core.errors import StorageError, StorageFault
from trainer.library.schema import HEAD, metadata
from trainer.library.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a path on which no library lies yet."""
    return tmp_path / "library.sqlite3"


def test_a_new_library_has_the_shape_that_the_program_knows(path: Path) -> None:
    store = Store(path)
    with store.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()
    store.close()


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    config = Config()
    folder = Path(trainer.library.store.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_file_is_private_and_survives_a_power_cut(path: Path) -> None:
    store = Store(path)
    with store.transaction() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        connection.execute(text("INSERT INTO athlete (name) VALUES ('Ada')"))
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert modes == {0o600}
        assert len(list(path.parent.iterdir())) == 3
    store.close()


def test_a_transaction_that_fails_changes_nothing(path: Path) -> None:
    store = Store(path)
    with pytest.raises(ValueError, match="a"):
        add(store, "Ada", then=lambda: int("a"))
    assert names(store) == []


def test_a_migration_cut_short_leaves_no_half_made_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        # Stands in the way of the last table only.
        connection.execute("CREATE TABLE mvc (x)")
        connection.commit()
    with pytest.raises(StorageError, match="already exists") as caught:
        Store(path)
    assert caught.value.reason is StorageFault.DAMAGED
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert tables.fetchall() == [("mvc",)]


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_named_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StorageError, match=f"mv {path} {path}.damaged") as caught:
        Store(path)
    assert caught.value.reason is StorageFault.DAMAGED
    assert path.read_bytes() == content


def test_damage_inside_the_file_is_found_at_opening(path: Path) -> None:
    store = Store(path)
    with store.transaction() as connection:
        for number in range(2000):
            connection.execute(
                text("INSERT INTO athlete (name) VALUES (:name)"), {"name": f"{number:060}"}
            )
    store.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\xa5" * 4096
    path.write_bytes(data)
    with pytest.raises(StorageError, match="damaged") as caught:
        Store(path)
    assert caught.value.reason is StorageFault.DAMAGED
    assert path.read_bytes() == bytes(data)


def test_a_library_of_a_newer_version_is_refused_and_left(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"revision 0999; .*Update footspring") as caught:
        Store(path)
    assert caught.value.reason is StorageFault.NEWER
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(path: Path) -> None:
    path.mkdir()
    for refused in (path, Path("/sys/library.sqlite3")):
        with pytest.raises(StorageError, match="cannot be opened for writing") as caught:
            Store(refused)
        assert caught.value.reason is StorageFault.READ_ONLY


def test_opening_a_library_leaves_the_locks_of_another_thread_alone(path: Path) -> None:
    Store(path).close()
    with closing(sqlite3.connect(path)) as held:
        held.execute("SELECT count(*) FROM athlete").fetchone()
        locks = Path("/proc/locks").read_text(encoding="utf-8")
        place = f":{path.stat().st_ino} "
        assert place in locks
        Store(path).close()
        assert place in Path("/proc/locks").read_text(encoding="utf-8")


def test_a_full_disk_is_told_and_what_was_stored_is_kept(path: Path) -> None:
    store = Store(path)
    add(store, "Ada")
    with pytest.raises(StorageError, match="the disk is full") as caught:
        fill(store)
    assert caught.value.reason is StorageFault.FULL
    assert names(store) == ["Ada"]


def test_a_disk_that_refuses_to_write_is_told_and_what_was_stored_is_kept(path: Path) -> None:
    store = Store(path)
    add(store, "Ada")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StorageError, match="Check that the disk has room"):
            add(store, "Bob")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(store) == ["Ada"]
    add(store, "Bob")
    assert names(store) == ["Ada", "Bob"]


def test_two_programs_may_open_a_new_library_at_once(path: Path) -> None:
    first, second = Store(path), Store(path)
    add(first, "Ada")
    assert names(second) == ["Ada"]


def add(store: Store, name: str, then: Callable[[], object] = lambda: None) -> None:
    """Add an athlete, and do something else before that is stored."""
    with store.transaction() as connection:
        connection.execute(text("INSERT INTO athlete (name) VALUES (:name)"), {"name": name})
        then()


def fill(store: Store) -> None:
    """Add athletes until SQLite finds no more room for a page."""
    with store.transaction() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        query = text("INSERT INTO athlete (name) VALUES (:name)")
        for number in range(1000):
            connection.execute(query, {"name": f"{number:0500}"})


def names(store: Store) -> list[str]:
    """Return the athletes' names."""
    with store.transaction() as connection:
        return list(connection.execute(text("SELECT name FROM athlete")).scalars())
