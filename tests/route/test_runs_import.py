"""`footspring runs import`: killed between two batches and begun again, damaged files, progress."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.route.kills import kill
from tests.route.rig import Home, wait_until
from trainer.running.fitwriter import Written, write_fit

USUAL = Written(start=datetime(2026, 5, 4, 5, tzinfo=UTC))
COUNT = 240


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of runs, one a day, with a damaged one and a cut one among them."""
    folder = tmp_path_factory.mktemp("watch")
    for day in range(COUNT):
        told = write_fit(replace(USUAL, start=USUAL.start - timedelta(days=day)))
        (folder / f"{day:03}.fit").write_bytes(told)
    whole = write_fit(USUAL)
    (folder / "100_damaged.fit").write_bytes(whole[:200] + b"\x00\x00" + whole[202:])
    (folder / "101_cut.fit").write_bytes(whole[:300])
    return folder


def stored(home: Home) -> int:
    """Return how many runs stand in the library, without opening it as a command does."""
    path = home.folders.database
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            query = "select count(*) from entry where kind = 'RunRead' and taken_back_at is null"
            return int(connection.execute(query).fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def starts(home: Home) -> list[str]:
    said = home.say("runs", "list", "--athlete", "Ada", "--json")
    assert said.err == ""
    return [run["start"] for run in json.loads(said.out)]


def test_an_import_that_was_killed_goes_on_where_it_was(home: Home, folder: Path) -> None:
    running = home.start("runs", "import", folder, "--athlete", "Ada")
    wait_until(lambda: stored(home) >= 50)
    kill(running)
    before = stored(home)
    assert 50 <= before < COUNT, "it was killed between two batches"
    assert len(starts(home)) == before, "what was stored is whole"
    again = home.run("runs", "import", folder, "--athlete", "Ada")
    assert again.status == 1
    assert again.out.startswith(f"{COUNT - before} new runs, {before} known already")
    found = starts(home)
    assert len(found) == len(set(found)) == COUNT
    assert again.err.splitlines() == ["200 of 242"]


def test_damaged_files_are_named_with_their_reason_and_the_rest_is_read(
    home: Home, folder: Path
) -> None:
    said = home.say(
        "runs", "import", "--athlete", "Ada",
        *(folder / name for name in ("000.fit", "100_damaged.fit", "101_cut.fit", "none.fit")),
    )  # fmt: skip
    assert said.status == 1
    lines = said.out.splitlines()
    assert lines[0].startswith("1 new run, 0 known already")
    assert lines[1] == "3 could not be read:"
    assert "none.fit: there is no such file" in lines[2]
    assert "100_damaged.fit: the FIT file is cut off or damaged (its checksum" in lines[3]
    assert "101_cut.fit: the FIT file is cut off or damaged (it has 300 bytes of" in lines[4]


def test_an_import_is_taken_back_as_a_whole_and_comes_again(home: Home, folder: Path) -> None:
    first, second = folder / "000.fit", folder / "001.fit"
    home.say("runs", "import", first, "--athlete", "Ada")
    home.say("runs", "import", second, folder / "002.fit", "--athlete", "Ada")
    said = home.say("runs", "undo", "--athlete", "Ada")
    assert said.status == 0
    assert "the last import" in said.out
    assert len(starts(home)) == 1
    assert home.say("runs", "undo", "--athlete", "Ada").status == 0
    nothing = home.say("runs", "undo", "--athlete", "Ada")
    assert (nothing.status, nothing.out) == (1, "there is nothing to take back\n")
    assert home.say("runs", "import", second, "--athlete", "Ada").out.startswith("1 new run,")


def test_the_library_of_runs_is_its_owners_alone(home: Home, folder: Path) -> None:
    home.say("runs", "import", folder / "000.fit", "--athlete", "Ada")
    modes = {path.stat().st_mode & 0o077 for path in home.folders.data.rglob("*")}
    assert modes == {0}
