"""The list of wishes names tests that there are, and its sum is right."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.splitlines() if re.match(r"\| S\d", line)]


def test_every_wish_has_one_row() -> None:
    assert [row[0].strip("| ") for row in ROWS] == [f"S{number}" for number in range(1, 76)]


def test_each_test_that_is_named_is_there() -> None:
    named = [row[3].strip("`") for row in ROWS if row[3] != "none yet"]
    assert len(named) > 60
    for name in named:
        path, _, function = name.partition("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {function}" in text, name


def test_what_works_has_a_test_and_the_sum_is_right() -> None:
    states = [row[5].strip(" |") for row in ROWS]
    assert set(states) <= {"works", "part"}
    assert f"{states.count('works')} work, {states.count('part')} in part." in PAGE
    assert all(row[3] != "none yet" for row in ROWS if row[5].strip(" |") == "works")
