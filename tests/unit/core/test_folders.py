"""The user's folders: where they lie, and that nobody else reads them."""

import contextlib
import errno
import os
from pathlib import Path

import pytest

from trainer.core.errors import StorageError, StorageFault
from trainer.core.folders import make_private, user_folders


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_folders_follow_the_xdg_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folders = user_folders()
    assert folders.data == tmp_path / "data" / "footspring"
    assert folders.recordings == folders.data / "recordings"
    assert folders.reports == folders.data / "reports"
    assert folders.database.parent == folders.data
    assert folders.settings == tmp_path / "config" / "footspring" / "settings.toml"


def test_asking_for_the_folders_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    user_folders()
    assert not list(tmp_path.iterdir())


def test_a_made_folder_and_its_new_parents_are_the_owners_alone(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        made = make_private(tmp_path / "share" / "footspring" / "recordings")
    finally:
        os.umask(umask)
    assert made == tmp_path / "share" / "footspring" / "recordings"
    assert [_mode(folder) for folder in (made, made.parent, made.parents[1])] == [0o700] * 3


def test_a_folder_that_others_could_read_is_closed_and_its_parent_left_alone(
    tmp_path: Path,
) -> None:
    open_folder = tmp_path / "share" / "footspring"
    open_folder.mkdir(parents=True)
    open_folder.chmod(0o755)
    open_folder.parent.chmod(0o755)
    make_private(open_folder)
    assert _mode(open_folder) == 0o700
    assert _mode(open_folder.parent) == 0o755


def test_a_folder_that_its_owner_made_read_only_stays_so(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    kept.chmod(0o555)
    with contextlib.suppress(StorageError):  # root may write everywhere
        make_private(kept)
    assert _mode(kept) == 0o500


def test_making_a_folder_twice_changes_nothing(tmp_path: Path) -> None:
    make_private(tmp_path / "a")
    (tmp_path / "a" / "kept").write_text("kept", encoding="utf-8")
    make_private(tmp_path / "a")
    assert (tmp_path / "a" / "kept").read_text(encoding="utf-8") == "kept"


def test_a_file_in_the_way_is_an_error_that_names_it_and_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match=r"taken/deep.*XDG_DATA_HOME") as caught:
        make_private(tmp_path / "taken" / "deep")
    assert caught.value.reason is StorageFault.READ_ONLY


def test_a_read_only_disk_is_an_error_before_the_first_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, mode: int) -> bool:
        return not (path == tmp_path and mode & os.W_OK)

    monkeypatch.setattr(os, "access", refuse)
    with pytest.raises(StorageError, match="Read-only file system") as caught:
        make_private(tmp_path)
    assert caught.value.reason is StorageFault.READ_ONLY


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_as_such(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, mode: int, *, exist_ok: bool) -> None:
        raise OSError(number, os.strerror(number), str(path), mode, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match="Free some space") as caught:
        make_private(tmp_path / "new")
    assert caught.value.reason is StorageFault.FULL
