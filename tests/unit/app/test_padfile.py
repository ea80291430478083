"""A pad file: what it changes, what it leaves, and what a person is told."""

from pathlib import Path

import pytest

from trainer.app.padfile import read_pad
from trainer.core.errors import SettingsError
from trainer.core.pad import CellPlace, PadSettings


def test_a_file_that_names_some_cells_keeps_the_others(tmp_path: Path) -> None:
    pad = read_pad(write(tmp_path, "ball_x_m = 0.11\n[cells.hallux]\nx_m = 0.19\ny_m = 0.01\n"))
    default = PadSettings()
    assert pad.cells == {**default.cells, "hallux": CellPlace(0.19, 0.01)}
    assert pad.ball_x_m == 0.11
    assert (pad.clean_ratio, pad.clean_sigma_nm, pad.imu) == (None, None, default.imu)


def test_an_empty_file_is_the_default_pad(tmp_path: Path) -> None:
    assert read_pad(write(tmp_path, "\ufeff# mine\n")) == PadSettings()


def test_the_persons_own_clean_press_is_taken(tmp_path: Path) -> None:
    pad = read_pad(write(tmp_path, "clean_ratio = 1.3\nclean_sigma_nm = 0.4\n"))
    assert (pad.clean_ratio, pad.clean_sigma_nm) == (1.3, 0.4)


def test_a_sensor_may_be_mounted_any_way_that_a_sensor_can_be(tmp_path: Path) -> None:
    pad = read_pad(write(tmp_path, '[imu]\nforward = "-y"\nleft = "+x"\nup = "+z"\n'))
    assert (pad.imu.forward, pad.imu.left, pad.imu.up) == ("-y", "+x", "+z")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[cells.halux]\nx_m = 0.1\n", ("line 1", "unknown cell", "did you mean 'hallux'?")),
        ("[cells.zzz]\nx_m = 0.1\n", ("line 1", "known: hallux")),
        ("\n[cells.heel]\nx_m = 5\n", ("line 3", "'cells.heel.x_m' is 5 m", "-0.3 to 0.5 m")),
        ("\n[cells.heel]\nxm = 0.1\n", ("line 3", "did you mean 'x_m'?")),
        ("[cells.heel]\ny_m = 0\n", ("line 1", "'cells.heel.x_m' is missing")),
        ("cells = 3\n", ("line 1", "expected a table")),
        ("clean_ration = 3\n", ("line 1", "did you mean 'clean_ratio'?")),
        ('[imu]\nup = "z"\n', ("line 1", "direction 'z'", "+x, +y, +z")),
        ('[imu]\nup = "+x"\n', ("line 1", "an axis twice")),
        ('[imu]\nup = "-z"\n', ("line 1", "mirrored", "Turn one of the signs")),
        ("[cells\n", ("not valid TOML",)),
    ],
)
def test_what_cannot_be_used_is_told_by_line_with_the_next_step(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_pad(path)
    assert str(caught.value).startswith(str(path))
    for word in words:
        assert word in str(caught.value)


def test_a_missing_file_is_an_error_and_no_default(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        read_pad(tmp_path / "no.toml")


def write(folder: Path, text: str) -> Path:
    path = folder / "pad.toml"
    path.write_text(text, encoding="utf-8")
    return path
