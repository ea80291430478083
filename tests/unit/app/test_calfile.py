"""A calibration file: what it means, and what a person is told of one that cannot be used."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.app.calfile import FULL_SCALE, read_calibration
from trainer.core.errors import SettingsError

PLAIN = """\
label = "bench"
channels = ["hallux", "heel"]
zero_counts = [1000, -500.5]
n_per_count = [1e-3, 5e-4]
"""


def test_gains_are_newtons_per_count_above_each_zero(tmp_path: Path) -> None:
    found = read_calibration(write(tmp_path, PLAIN))
    assert (found.label, found.channels) == ("bench", ("hallux", "heel"))
    assert (found.full_scale_counts, found.uncertainty_pct) == (FULL_SCALE, None)
    np.testing.assert_allclose(found.to_newton(np.array([[2000.0, 499.5]])), [[1.0, 0.5]])


def test_a_matrix_takes_cross_talk_off(tmp_path: Path) -> None:
    text = PLAIN.replace("n_per_count = [1e-3, 5e-4]", "matrix_n_per_count = [[1, 2], [3, 4]]")
    found = read_calibration(
        write(tmp_path, text + "full_scale_counts = 99\nuncertainty_pct = 1\n")
    )
    assert found.matrix_n_per_count == ((1.0, 2.0), (3.0, 4.0))
    assert (found.full_scale_counts, found.uncertainty_pct) == (99, 1.0)


def test_a_file_without_a_label_is_known_by_its_name(tmp_path: Path) -> None:
    assert read_calibration(write(tmp_path, PLAIN.replace('"bench"', '""'))).label == "cal"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"heel"', '"heal"', ("line 2", "unknown cell 'heal'", "did you mean 'heel'?")),
        ('"heel"', '"zzz"', ("line 2", "known: hallux, toes")),
        ('"heel"', '"hallux"', ("line 2", "twice", "Remove one")),
        ('["hallux", "heel"]', "[]", ("line 2", "is empty", "name the cells")),
        ("[1000, -500.5]", "[1000]", ("line 3", "1 numbers", "expected 2")),
        ("[1000, -500.5]", '[1000, "x"]', ("line 3", "expected a number")),
        ("[1000, -500.5]", "[1000, nan]", ("line 3", "allowed: -2.14748e+09 to")),
        ("[1e-3, 5e-4]", "[1e-3]", ("line 4", "1 numbers", "expected 2")),
        ("[1e-3, 5e-4]", "[1e-3, 0]", ("line 4", "without a force of its own")),
        ("n_per_count =", "n_per_cuont =", ("line 4", "did you mean 'n_per_count'?")),
        ("n_per_count = [1e-3, 5e-4]", "", ("'n_per_count'", "neither is there")),
        ("n_per_count", "matrix_n_per_count = [[1,2],[3,4]]\nn_per_count", ("both are there",)),
        ("n_per_count = [1e-3, 5e-4]", "matrix_n_per_count = [[1], [2]]", ("2 rows of 1, 1",)),
        ("n_per_count = [1e-3, 5e-4]", "matrix_n_per_count = [[1, 2], [2, 4]]", ("two rows",)),
        ("zero_counts", "zeros", ("line 3", "unknown key")),
        ("zero_counts = [1000, -500.5]", "", ("'zero_counts' is missing; add it",)),
        ("label =", "label", ("not valid TOML", "Correct that line")),
    ],
)
def test_what_cannot_be_used_is_told_by_line_with_the_next_step(
    tmp_path: Path, old: str, new: str, words: tuple[str, ...]
) -> None:
    path = write(tmp_path, PLAIN.replace(old, new, 1))
    with pytest.raises(SettingsError) as caught:
        read_calibration(path)
    assert str(caught.value).startswith(str(path))
    for word in words:
        assert word in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path / "no.toml", "there is no such file"),
        (tmp_path, "is a folder"),
        (write(tmp_path, b"\xff\xfe\x00"), "UTF-8 text"),
    ):
        with pytest.raises(SettingsError, match=words) as caught:
            read_calibration(path)
        assert str(path) in str(caught.value)


@given(
    st.lists(
        st.sampled_from(
            [*PLAIN.splitlines(), "[x]", "channels = 1", "zero_counts = [[1]]", "label = 3", "é"]
        )
    )
)
def test_no_text_makes_the_reader_fail_otherwise(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = write(tmp_path_factory.mktemp("cal"), "\n".join(lines))
    with contextlib.suppress(SettingsError):
        found = read_calibration(path)
        assert len(found.channels) == len(found.zero_counts)


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "cal.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
