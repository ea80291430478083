"""`footspring compare` on what `footspring analyse` wrote, in processes of their own."""

import json
from pathlib import Path

import numpy as np

from tests.route.rig import Home, is_clear


def write_recording(path: Path, force_n: float) -> None:
    time_s = np.arange(0.0, 20.0, 0.01)
    noise = np.random.default_rng(1).normal(0.0, 0.05, len(time_s))
    press = np.clip(3.0 * np.sin(2 * np.pi * time_s / 4) - 1.0, 0.0, 1.0)
    rows = np.column_stack([time_s, 2.0 + force_n * press + noise])
    np.savetxt(path, rows, "%.4f", ",", header="t_s,force_n", comments="")


def write_analysis(home: Home, name: str, force_n: float) -> Path:
    path = home.root / name / "a.csv"
    path.parent.mkdir()
    write_recording(path, force_n)
    said = home.run("analyse", path, "--json")
    assert (said.status, said.err) == (0, "")
    found = home.root / f"{name}.json"
    found.write_text(said.out, encoding="utf-8")
    return found


def test_two_analyses_of_one_recording_are_compared_hold_by_hold(home: Home) -> None:
    a, b = write_analysis(home, "a", 30.0), write_analysis(home, "b", 33.0)
    same = home.run("compare", a, a)
    assert (same.status, same.err) == (0, "")
    assert same.out.splitlines()[-1] == "same within the tolerances"
    said = home.run("compare", a, b, "--json")
    assert (said.status, said.err) == (1, "")
    found = json.loads(said.out)
    assert found["same"] is False
    assert found["holds"]["only_a"] == found["holds"]["only_b"] == []
    assert [8 < pair["plateau_pct"] < 12 for pair in found["holds"]["pairs"]] == [True] * 5
    wide = home.run("compare", a, b, "--force-pct", "20")
    assert wide.status == 0


def test_what_cannot_be_compared_exits_with_2_and_one_clear_line(home: Home) -> None:
    a = write_analysis(home, "a", 30.0)
    other = home.root / "other.json"
    other.write_text(a.read_text(encoding="utf-8").replace("a.csv", "b.csv"), encoding="utf-8")
    for arguments, words in (
        ((a, other), "two recordings"),
        ((a, home.root / "no.json"), "no such file"),
        ((a, home.root / "a" / "a.csv"), "no JSON"),
    ):
        said = home.run("compare", *arguments)
        assert (said.status, said.out) == (2, "")
        assert is_clear(said.err)
        assert words in said.err
    assert home.run("compare", a, other, "--force").status == 0
    assert home.run("compare", a, a, "--time-ms", "-1").status == 2
