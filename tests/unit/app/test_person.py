"""What is known of the person: own file live, header in review."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer.app.person import Person, own_pad, recorded_person, storable_pad
from trainer.core.cues import Side
from trainer.core.errors import SettingsError
from trainer.core.folders import Folders
from trainer.core.pad import CellPlace, PadSettings
from trainer.recording.header import RecordingHeader, from_json


def header(settings: dict[str, object]) -> RecordingHeader:
    return RecordingHeader(
        session_id="a",
        started_at=datetime(2026, 1, 2, tzinfo=UTC),
        zone="UTC",
        utc_offset_s=0,
        source="sim",
        is_simulated=True,
        streams=(),
        calibration=None,
        side=Side.RIGHT,
        settings=settings,
    )


def test_without_a_file_the_pad_is_the_default_one(tmp_path: Path) -> None:
    assert own_pad(Folders(tmp_path, tmp_path)) == PadSettings()


def test_the_own_file_says_where_the_cells_lie(tmp_path: Path) -> None:
    (tmp_path / "pad.toml").write_text("ball_x_m = 0.13\n[cells.heel]\nx_m = -0.05\n")
    pad = own_pad(Folders(tmp_path, tmp_path))
    assert pad.ball_x_m == 0.13
    assert pad.cells["heel"] == CellPlace(-0.05)
    assert pad.cells["hallux"] == PadSettings().cells["hallux"]


def test_what_was_recorded_comes_back() -> None:
    pad = PadSettings(ball_x_m=0.11, clean_ratio=0.7)
    kept = header({"pad": storable_pad(pad), "known_mvc_n": {"left": 50.0, "right": 60.0}})
    again = from_json(kept.to_json(), "a")
    assert recorded_person(again, Path("a")) == Person(60.0, pad)


def test_a_recording_from_before_the_pad_was_kept_has_the_default_one() -> None:
    assert recorded_person(header({}), Path("a")) == Person()
    assert recorded_person(None, Path("a")) == Person()


def test_a_recorded_pad_that_cannot_be_is_refused() -> None:
    with pytest.raises(SettingsError, match="ball_x_m"):
        recorded_person(header({"pad": {"ball_x_m": 5.0}}), Path("a"))
