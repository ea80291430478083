"""The shelf: nothing is overwritten, the newest that fits is in use, damage is named."""

import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from calibration import Check, Happening, KnownForce, Progress, Record, due_again, make_record
from tests.unit.app.weighing import CELLS, NOW, SETUP, Kept, Pad, go_on, make_wizard
from trainer.app.calibrationshelf import CalibrationShelf, Checked, Unfinished, read_record
from trainer.core.errors import SettingsError, StorageError


@pytest.fixture(scope="module")
def record() -> Record:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    return kept.records[0]


@pytest.fixture
def shelf(tmp_path: Path) -> CalibrationShelf:
    return CalibrationShelf(tmp_path / "calibrations")


def checked(error_n: float) -> Checked:
    known = KnownForce("toes", 49.0, 0.1)
    check = Check(known, 49.0 + error_n, error_n, 0.5)
    return Checked(NOW + timedelta(days=1), None, check, {"toes": 0.2})


def test_what_was_kept_is_read_back_and_only_its_owner_can_read_it(
    shelf: CalibrationShelf, record: Record
) -> None:
    path = shelf.keep(record)
    assert read_record(path) == record
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_calibrations_of_one_second_are_both_kept(
    shelf: CalibrationShelf, record: Record
) -> None:
    assert shelf.keep(record) != shelf.keep(record)
    assert len(list(shelf.records())) == 2


def test_the_newest_of_the_pad_that_fits_its_channels_is_in_use(
    shelf: CalibrationShelf, record: Record
) -> None:
    later = make_record("bench", NOW + timedelta(days=3), SETUP, record.readings)
    for kept in (later, record, replace(later, pad="other", made_at=NOW + timedelta(days=9))):
        shelf.keep(kept)
    assert shelf.newest("bench", CELLS) == later
    assert shelf.newest("bench", ("heel",)) is None
    assert shelf.newest("nobody's") is None


def test_an_unfinished_calibration_is_taken_up_again_until_it_is_forgotten(
    shelf: CalibrationShelf, record: Record
) -> None:
    progress = Progress(CELLS).chosen((("1 kg",), ("2 kg",), ("5 kg",)), 2, with_creep=True)
    left = Unfinished("ble:My/Pad", NOW, SETUP, progress.with_outcome(0, record.readings[0]))
    shelf.keep_unfinished(left)
    assert shelf.unfinished("ble:My/Pad") == left
    assert shelf.unfinished("sim") is None
    shelf.forget_unfinished("ble:My/Pad")
    assert shelf.unfinished("ble:My/Pad") is None


def test_a_damaged_record_is_named_with_a_way_out(shelf: CalibrationShelf, record: Record) -> None:
    path = shelf.keep(record)
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"{path.name}.*move the file away"):
        shelf.newest("bench")


def test_a_damaged_unfinished_calibration_is_named_with_a_way_out(
    shelf: CalibrationShelf, tmp_path: Path
) -> None:
    left = Unfinished("sim", NOW, SETUP, Progress(CELLS))
    shelf.keep_unfinished(left)
    [path] = tmp_path.glob("calibrations/unfinished-*.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | {"setup": {"cells": 3}}), encoding="utf-8")
    with pytest.raises(SettingsError, match="Leave --resume out"):
        shelf.unfinished("sim")


def test_checks_tell_what_failed_and_how_far_the_zero_moved(shelf: CalibrationShelf) -> None:
    shelf.keep_check("bench", checked(0.1))
    assert {event.what for event in shelf.events("bench")} == {Happening.ZERO_MOVED}
    shelf.keep_check("bench", checked(2.0))
    failed = [e for e in shelf.events("bench") if e.what is Happening.CHECK_FAILED]
    assert [(event.value, event.cell) for event in failed] == [(4.0, "toes")]
    assert shelf.events("other") == ()


def test_an_overload_in_a_session_makes_the_pad_due(
    shelf: CalibrationShelf, record: Record
) -> None:
    shelf.keep_overload("bench", NOW + timedelta(days=2), "toes", 392.0)
    shelf.keep_overload("other", NOW + timedelta(days=2), "heel", 980.0)
    [due] = due_again(record, NOW + timedelta(days=3), shelf.events("bench"))
    assert "cell 'toes' was overloaded (392 N)" in due.reason


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, record: Record) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StorageError, match=r"file/calibrations"):
        CalibrationShelf(blocked / "calibrations").keep(record)
