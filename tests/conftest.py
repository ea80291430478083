"""What every test shares: no display, nobody's own folders, steady hypothesis, the real data."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# Derandomised: the same commit gives the same result; `make soak` looks further, seeded. Nothing is
# explained: before Python 3.12 that traces every line, and takes thirty times as long.
STEPS = tuple(phase for phase in Phase if phase is not Phase.explain)
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50, phases=STEPS)
settings.register_profile("soak", deadline=None, max_examples=2000, phases=STEPS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_report_header() -> str:
    return f"FOOTSPRING_DATA: {os.environ.get('FOOTSPRING_DATA') or 'NOT SET, see data_folder'}"


@pytest.fixture(scope="session", autouse=True)
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from the library and settings of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session")
def seed() -> int:
    """Return the seed of a soak test."""
    return int(os.environ.get("FOOTSPRING_SEED") or 1)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of the real recordings; skip where it is not named, fail where it lacks."""
    named = os.environ.get("FOOTSPRING_DATA")
    if not named:
        # The recordings are not ours to ship: a clone alone cannot have them.
        pytest.skip("NOT TESTED ON REAL DATA: set FOOTSPRING_DATA to the folder of recordings")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"FOOTSPRING_DATA={named} is no folder; name the folder of the recordings")
    return folder
