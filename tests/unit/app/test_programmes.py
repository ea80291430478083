"""Programmes found by id, in the config folder, or by path; and new ones begun from a template."""

import os
import stat
from pathlib import Path

import pytest
import tomlkit

from tests.unit.coach.programmes import OWN
from trainer.app.newprogramme import write_new
from trainer.app.programmes import (
    FOLDER,
    GOALS,
    find_drill,
    find_picture,
    listed,
    load_programme,
    shipped_ids,
)
from trainer.coach.faults import ProgrammeError
from trainer.core.errors import SettingsError, StorageError, UsageError
from trainer.core.folders import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = Folders(tmp_path / "data", tmp_path / "config")
    (found.config / FOLDER).mkdir(parents=True)
    return found


def put(folders: Folders, name: str, text: str = OWN) -> Path:
    path = folders.config / FOLDER / name
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_named_is_the_foundation(folders: Folders) -> None:
    assert load_programme(None, folders).id == "foundation"
    assert shipped_ids()[0] == "foundation"
    assert {"endurance", "hypertrophy", "integration"} <= set(shipped_ids())


def test_ones_own_is_found_by_the_name_of_its_file_and_goes_before_a_shipped_one(
    folders: Folders,
) -> None:
    put(folders, "mine.toml")
    assert load_programme("mine", folders).title == "Mine"
    assert load_programme("foundation", folders).title == "Foundation and power"
    put(folders, "foundation.toml")
    assert load_programme("foundation", folders).title == "Mine"
    assert load_programme(None, folders).title == "Foundation and power"


def test_a_path_names_any_file(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.toml"
    path.write_text("\N{BYTE ORDER MARK}" + OWN, encoding="utf-8")
    assert load_programme(str(path), folders).id == "mine"


@pytest.mark.parametrize("name", ["nothing", "", "../foundation.toml", "a\x07b"])
def test_what_is_not_there_is_wrong_use(name: str, folders: Folders) -> None:
    with pytest.raises(SettingsError) as caught:
        load_programme(name, folders)
    assert caught.value.exit_status == 2
    assert "Choose one of: foundation" in str(caught.value) or "no such file" in str(caught.value)


def test_what_cannot_be_a_programme_is_not_read(folders: Folders, tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"x" * 10_000_000)
    with pytest.raises(SettingsError, match="10000000 bytes"):
        load_programme(str(large), folders)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(bytes(range(256)))
    with pytest.raises(SettingsError, match="readable UTF-8"):
        load_programme(str(binary), folders)
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(SettingsError, match="no plain file"):
        load_programme(str(pipe), folders)
    with pytest.raises(SettingsError, match="is a folder"):
        load_programme(f"{tmp_path}/", folders)


def test_the_list_has_faulty_ones_too(folders: Folders) -> None:
    put(folders, "mine.toml")
    put(folders, "bad.toml", "format = 3")
    rows = {row.id: row for row in listed(folders)}
    assert (rows["mine"].is_own, rows["mine"].fault) == (True, "")
    assert "'id' is missing" in rows["bad"].fault
    assert not rows["foundation"].is_own


@pytest.mark.parametrize("goal", GOALS)
def test_a_new_programme_is_valid_private_and_keeps_its_comments(
    goal: str, folders: Folders
) -> None:
    path = write_new(folders.config / FOLDER / "My plan 2.toml", goal)
    text = path.read_text(encoding="utf-8")
    assert text.count("#") > 10
    assert tomlkit.parse(text)["id"] == "my_plan_2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_programme("My plan 2", folders).id == "my_plan_2"


def test_a_new_programme_never_goes_over_a_file(folders: Folders, tmp_path: Path) -> None:
    path = put(folders, "mine.toml")
    with pytest.raises(UsageError, match="is there already"):
        write_new(path, "endurance")
    assert path.read_text(encoding="utf-8") == OWN
    with pytest.raises(UsageError, match=r"ends in \.toml"):
        write_new(tmp_path / "mine", "endurance")
    with pytest.raises(UsageError, match="Choose one of: endurance"):
        write_new(tmp_path / "new.toml", "beauty")
    with pytest.raises(StorageError, match="cannot be written"):
        write_new(tmp_path / "none" / "new.toml", "endurance")


def test_an_exercise_is_found_with_its_picture(folders: Folders) -> None:
    found = load_programme(None, folders)
    drill = find_drill(found, "short_foot")
    path = find_picture(drill)
    assert path is not None
    assert path.read_text(encoding="utf-8").startswith("<svg")
    with pytest.raises(UsageError, match="Did you mean 'short_foot'"):
        find_drill(found, "short_fot")


def test_a_fault_names_the_others_by_their_number(folders: Folders) -> None:
    put(folders, "bad.toml", "format = 3\nb = 1")
    with pytest.raises(ProgrammeError) as caught:
        load_programme("bad", folders)
    assert caught.value.exit_status == 1
    assert "4 more" in str(caught.value)
    assert len(caught.value.faults) == 5
