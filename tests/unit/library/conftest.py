"""What the library's tests share: folders of nobody, and a session to put in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.core.folders import Folders
from trainer.library.records import SessionRecord


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return the folders of a user who has none yet."""
    return Folders(data=tmp_path / "data", config=tmp_path / "config")


@pytest.fixture
def session() -> SessionRecord:
    """Return a session that has just begun, late in the evening of 2 January in New York."""
    return SessionRecord(
        session_id="20260102-233000-ab12",
        athlete="Zoë",
        started_at=datetime(2026, 1, 3, 4, 30, 0, 123_456, tzinfo=UTC),
        zone="America/New_York",
        utc_offset_s=-5 * 3600,
        exercise="toe_curl",
        side_plan="both",
        is_simulated=True,
        recording="recordings/20260102-233000-ab12.mcap",
    )
