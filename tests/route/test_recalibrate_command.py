"""`footspring recalibrate`: other newtons from the same counts, and all of it taken back."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.route.rig import Home

HALF = """label = "half"
channels = ["hallux", "toes", "ball", "heel"]
zero_counts = [84210, -31870, 152400, -96450]
n_per_count = [2.336e-5, 2.336e-5, 5.84e-5, 5.84e-5]
uncertainty_pct = 1.0
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the home of a person with one session; copy it, change nothing."""
    home = Home(tmp_path_factory.mktemp("trained"))
    options = ("--speed", "max", "--sets", "1", "--reps", "3", "--skip-mvc", "--screen", "lines")
    assert home.say("run", *options).status == 0
    return home


@pytest.fixture
def own(trained: Home, tmp_path: Path) -> Home:
    shutil.copytree(trained.root, tmp_path / "own")
    home = Home(tmp_path / "own")
    (tmp_path / "half.toml").write_text(HALF)
    return home


@pytest.fixture
def half(own: Home) -> Path:
    return own.root.parent / "half.toml"


def plateaus_n(home: Home) -> list[float]:
    found = json.loads(home.say("analyse", home.recordings[0], "--json").out)
    return [hold["plateau_n"] for hold in found["holds"]]


def test_half_the_gain_gives_half_the_newtons_in_analysis_and_report(own: Home, half: Path) -> None:
    before = plateaus_n(own)
    counts = hashlib.sha256(own.recordings[0].read_bytes()).hexdigest()
    said = own.say("recalibrate", "last", "--calibration", half)
    assert said.status == 0, said.err
    assert "'simulated pad' -> 'half'" in said.out
    after = plateaus_n(own)
    assert len(after) == len(before) >= 3
    assert after == pytest.approx([plateau_n / 2 for plateau_n in before], rel=0.02)
    assert hashlib.sha256(own.recordings[0].read_bytes()).hexdigest() == counts
    page = next(path for path in own.reports if "before" not in path.name)
    text = page.read_text(encoding="utf-8")
    assert "recorded with calibration" in text.lower()
    assert "half" in text


def test_undo_brings_back_the_newtons_and_the_very_report(own: Home, half: Path) -> None:
    before, [page] = plateaus_n(own), own.reports
    text = page.read_text(encoding="utf-8")
    own.say("recalibrate", "last", "--calibration", half)
    assert page.read_text(encoding="utf-8") != text
    assert len(own.reports) == 2
    assert own.say("recalibrate", "last", "--undo").status == 0
    assert plateaus_n(own) == before
    assert own.reports == [page]
    assert page.read_text(encoding="utf-8") == text


def test_a_dry_run_tells_all_and_changes_nothing(own: Home, half: Path) -> None:
    before = {p: p.read_bytes() for p in own.root.rglob("*.*ml*")}
    said = own.say("recalibrate", "last", "--calibration", half, "--dry-run")
    assert "median change of the plateaus: -5" in said.out
    assert {p: p.read_bytes() for p in own.root.rglob("*.*ml*")} == before
    assert not list(own.folders.recordings.glob("*.json"))


def test_two_in_a_row_are_taken_back_one_by_one(own: Home, half: Path) -> None:
    first = plateaus_n(own)
    other = half.with_name("third.toml")
    other.write_text(HALF.replace("half", "third").replace("2.336", "1.557"))
    own.say("recalibrate", "last", "--calibration", half)
    second = plateaus_n(own)
    own.say("recalibrate", "last", "--calibration", other)
    assert plateaus_n(own) != second
    own.say("recalibrate", "last", "--undo")
    assert plateaus_n(own) == second
    own.say("recalibrate", "last", "--undo")
    assert plateaus_n(own) == first


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("last", "--undo"), "no other calibration was applied"),
        (("last",), "has no calibration to apply"),
        (("last", "--calibration", "nowhere"), "neither a file nor a record"),
        (("never",), "no session 'never'"),
    ],
)
def test_wrong_use_is_told_with_what_to_do(
    own: Home, arguments: tuple[str, ...], told: str
) -> None:
    said = own.say("recalibrate", *arguments)
    assert said.status == 2
    assert told in said.err


def test_a_damaged_override_is_named_with_a_way_out(own: Home, half: Path) -> None:
    own.say("recalibrate", "last", "--calibration", half)
    [path] = own.folders.recordings.glob("*.calibration.json")
    path.write_text("{", encoding="utf-8")
    said = own.say("analyse", own.recordings[0])
    assert said.status == 2
    assert "Move the file away" in said.err
