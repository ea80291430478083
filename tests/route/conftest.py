"""Folders of a person who has just installed the program, and of one who has done a session."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.route.rig import Home, Said


@dataclass(frozen=True)
class Done:
    """A session that was run in one go, and what the command said."""

    home: Home
    said: Said

    @property
    def recording(self) -> Path:
        return self.home.recordings[0]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Return a whole session, from the command in a process of its own; read it, change nothing."""
    home = Home(tmp_path_factory.mktemp("done"))
    return Done(home, home.run("run", "--speed", "60", "--sets", "1", "--reps", "4"))
