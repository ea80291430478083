"""What a published score rests on: seeds of the frozen commit, and no uncommitted change."""

import argparse
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.truth import PRODUCT, changed_files, draw_seeds, page, why_not_published
from tests.truth.figures import Figure, Table
from tests.truth.intervals import Estimate

ARGS = argparse.Namespace(publish=True, seed=None, only=None, quick=False)
KEPT = Figure("F1", Estimate(0.995, 0.99, 1.0, 10), limit=0.99, is_least=True)
MISSED = Figure("start, 95 %", Estimate(90.0, 80.0, 100.0, 10), "ms", 80.0)
UNKNOWN = Figure("lamp", Estimate(float("nan"), 0.0, 0.0, 0), "ms", 145.0)


def test_seeds_follow_from_the_commit_and_the_part_alone() -> None:
    seeds = draw_seeds("abc", "holds")
    assert seeds == draw_seeds("abc", "holds")
    assert len(set(seeds)) == len(seeds) >= 512
    assert not set(seeds) & set(draw_seeds("abd", "holds"))
    assert not set(seeds) & set(draw_seeds("abc", "taps"))


def test_only_a_whole_run_of_a_committed_product_is_published() -> None:
    assert why_not_published(ARGS, []) == ""
    assert "trainer/x.py" in why_not_published(ARGS, ["trainer/x.py"])
    for name, word in (("seed", "a"), ("only", "holds"), ("quick", True)):
        some = argparse.Namespace(**{**vars(ARGS), name: word})
        assert "NOT PUBLISHED" in why_not_published(some, [])
        some.publish = False
        assert why_not_published(some, []) == ""


def test_a_changed_file_of_the_product_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q"], check=True)
    for folder in (*PRODUCT, "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs" / "x.md").write_text("x")
    assert changed_files() == []
    (tmp_path / "trainer" / "x.py").write_text("x")
    assert changed_files() == ["trainer/"]


def test_the_page_says_plainly_what_was_missed() -> None:
    text = page([Table("Holds, hard", (KEPT, MISSED)), Table("Lamp", (UNKNOWN,))], "abc123")
    assert "abc123" in text
    assert "1 of 3 limits were kept" in text
    assert "- Holds, hard: start, 95 %: 90 ms, asked <= 80 ms\n" in text
    assert "- Lamp: lamp: - ms, asked <= 145 ms\n" in text
    assert "None of it was recorded from a foot" in text
    assert "nothing that was asked for" in page([Table("Holds", (KEPT,))], "abc123")


def test_a_table_marks_the_figures_that_missed_their_limit() -> None:
    lines = Table("Holds", (KEPT, MISSED, UNKNOWN)).lines()
    assert [line.endswith("MISSED") for line in lines] == [False, False, False, True, True]
