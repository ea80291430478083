"""`footspring analyse` with a calibration, a pad and clean holds of the person's own."""

from pathlib import Path

import numpy as np
import pytest

from tests.route.rig import Home, Said, is_clear
from trainer.core.arrays import FloatArray

CALIBRATION = """\
label = "bench"
channels = ["heel", "hallux", "toes"]
zero_counts = [120000, 84000, -31000]
n_per_count = [2.2e-4, 2.1e-4, 1.9e-4]
"""


def pressed() -> tuple[FloatArray, FloatArray]:
    """Return stamps and (n, 3) newtons of heel, hallux and toes: five presses of 30 N."""
    time_s = np.arange(0.0, 20.0, 0.01)
    noise = np.random.default_rng(1).normal(0.0, 0.03, (len(time_s), 3))
    press = 30 * np.clip(3.0 * np.sin(2 * np.pi * time_s / 4) - 1.0, 0.0, 1.0)
    return time_s, noise + np.column_stack([300 + 0.2 * press, 2 + 0.6 * press, 1 + 0.4 * press])


def write(path: Path, header: str, time_s: FloatArray, columns: FloatArray) -> Path:
    table = np.column_stack([time_s, columns])
    np.savetxt(path, table, "%.4f", ",", header=header, comments="")
    return path


def counts_csv(home: Home) -> Path:
    """Return the presses in raw counts, the cells in another order than the calibration's."""
    time_s, newtons = pressed()
    counts = newtons / [2.2e-4, 2.1e-4, 1.9e-4] + [120_000, 84_000, -31_000]
    header = "t_s,hallux_counts,toes_counts,heel_counts"
    return write(home.root / "counts.csv", header, time_s, np.rint(counts[:, [1, 2, 0]]))


def newton_csv(home: Home) -> Path:
    return write(home.root / "newton.csv", "t_s,heel_n,hallux_n,toes_n", *pressed())


def toml(home: Home, text: str) -> Path:
    path = home.root / "file.toml"
    path.write_text(text, encoding="utf-8")
    return path


def plateaus(said: Said) -> list[float]:
    return [hold["plateau_n"] for hold in said.found["holds"]]


def test_counts_with_their_calibration_are_the_newtons_that_were_pressed(home: Home) -> None:
    calibration = toml(home, CALIBRATION)
    said = home.say("analyse", counts_csv(home), "--json", "--calibration", calibration)
    assert (said.status, said.err) == (0, "")
    assert len(plateaus(said)) == 5
    expected = home.say("analyse", newton_csv(home), "--json")
    assert plateaus(said) == pytest.approx(plateaus(expected), abs=0.02)


def test_counts_may_be_named_by_option(home: Home) -> None:
    plain = counts_csv(home)
    text = plain.read_text(encoding="utf-8").replace("hallux_counts", "a").replace("heel", "z")
    plain.write_text(text.replace("toes_counts", "b"), encoding="utf-8")
    options = ("--unit", "counts", "--columns", "hallux=a,toes=b", "--json")
    said = home.say("analyse", plain, *options, "--calibration", toml(home, CALIBRATION))
    assert said.status == 0
    assert len(plateaus(said)) == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ("raw counts", "--calibration")),
        (
            CALIBRATION.replace('"heel", ', "").replace("120000, ", "").replace("2.2e-4, ", ""),
            ("heel",),
        ),
        (CALIBRATION.replace("84000", "x"), ("line 3",)),
    ],
)
def test_counts_that_cannot_become_newtons_are_told_with_the_next_step(
    home: Home, text: str | None, words: tuple[str, ...]
) -> None:
    options = () if text is None else ("--calibration", toml(home, text))
    said = home.say("analyse", counts_csv(home), "--json", *options)
    assert (said.status, said.out) == (2, "")
    assert is_clear(said.err)
    assert all(word in said.err for word in words)


def test_a_pad_file_that_cannot_be_used_is_told_by_its_line(home: Home) -> None:
    pad = toml(home, "ball_x_m = 0.11\n[cells.halux]\nx_m = 0.19\n")
    said = home.say("analyse", newton_csv(home), "--pad", pad)
    assert (said.status, said.out) == (2, "")
    assert "line 2" in said.err
    assert "did you mean 'hallux'?" in said.err
    good = toml(home, "[cells.hallux]\nx_m = 0.19\n")
    assert home.say("analyse", newton_csv(home), "--pad", good).status == 0


def test_clean_holds_are_counted_from_one(home: Home) -> None:
    path = newton_csv(home)
    assert home.say("analyse", path, "--clean", "1:3").status == 0
    for text in ("0:3", "3", "5:2", "a:b"):
        said = home.say("analyse", path, "--clean", text)
        assert said.status == 2
        assert "--clean" in said.err
