"""What runs tell beside the feet: weeks, spikes, proxies, associations without a cause."""

import json
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.app.rundiary import SET, note_runs, note_sets, note_weeks, now, ran
from trainer.app.footresults import results, usual_exercise
from trainer.app.runs import metric_days
from trainer.app.runspicture import draw
from trainer.app.runsview import list_lines, show_json, show_lines
from trainer.core.cues import Side
from trainer.core.diary.running import RunSource
from trainer.core.diary.training import Block, SetLog
from trainer.core.errors import UsageError
from trainer.core.folders import Folders
from trainer.library.library import Library, open_library
from trainer.running.beside import Association, TooFew, associate, weekly
from trainer.running.claims import association_lines


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Folders(tmp_path, tmp_path)) as library:
        yield library


def cells(line: str) -> list[str]:
    return re.split(r" {2,}", line)


def test_the_list_shows_every_figure_with_its_unit_newest_first(library: Library) -> None:
    shelf = note_runs(library, ran(0), ran(1, km=None, surface="trail", is_key=True, doubts=("x",)))
    head, second, first = map(cells, list_lines(shelf.runs()))
    assert head == [
        "run", "started", "km", "min", "steps/min", "step m", "contact ms", "spread %", "left %",
        "osc. mm", "vert. %", "from", "said",
    ]  # fmt: skip
    assert first[1:] == [
        "2026-06-01 06:00", "10.00", "50", "170", "1.18", "250", "4.0", "50.2", "88", "7.6", "FIT",
    ]  # fmt: skip
    assert (second[2], second[-1]) == ("-", "trail, key, 1 field left out")


def test_weeks_have_sums_and_medians_and_say_what_is_missing(library: Library) -> None:
    shelf = note_runs(library, ran(0), ran(2, km=14.0, gct_ms=260.0), ran(3, km=None), ran(8))
    said = show_lines(shelf.runs(), now(2), 3)
    rows = [cells(line) for line in said[1:4]]
    assert [row[:3] for row in rows] == [
        ["2026-05-25", "0", "0.0"], ["2026-06-01", "3", "24.0"], ["2026-06-08", "1", "10.0"],
    ]  # fmt: skip
    assert rows[1][8] == "250"
    assert any("1 run has no usable distance" in line for line in said)


def test_a_run_much_longer_than_the_longest_of_thirty_days_is_named(library: Library) -> None:
    shelf = note_runs(library, ran(0), ran(5, km=13.5, duration_s=4050.0))
    said = "\n".join(show_lines(shelf.runs(), now(1), 2))
    assert "2026-06-06: 13.5 km, 35 % beyond the longest run of the 30 days before" in said
    assert (
        "1.52 times the injuries (hazard ratio, Frandsen 2025: a group's figure, not yours)" in said
    )
    assert "up to 11.0 km is within a tenth of 10.0 km, the longest that was no spike" in said
    assert "until a later run is as long: 13.5 km (2026-06-06)" in said
    assert "No acute:chronic workload ratio" in said
    found = json.loads(show_json(shelf.runs(), now(1), 2))
    assert [spike["km"] for spike in found["spikes"]] == [13.5]
    assert found["most_km_within_the_rule"] == pytest.approx(11.0)
    assert not any("acute" in key or "chronic" in key for key in found)


def test_contact_time_has_a_trend_with_an_interval_beside_the_load(library: Library) -> None:
    shelf = note_weeks(library, 12)
    said = "\n".join(show_lines(shelf.runs(), now(12), 12))
    assert re.search(r"Contact time over 12 weeks: -\d\.\d \(-\d\.\d to -\d\.\d\) ms a week", said)
    assert "neither is shown to be the cause" in said
    assert "Proxies:" in said
    found = json.loads(show_json(shelf.runs(), now(12), 12))["contact_trend"]
    assert found["gct_ms_per_week"]["low"] < found["gct_ms_per_week"]["high"] < 0


def test_figures_of_several_sources_are_said_to_be_a_mixture(
    library: Library, tmp_path: Path
) -> None:
    shelf = note_runs(library, ran(0), ran(1, source=RunSource.CSV, gct_ms=None))
    assert "different sources" not in "\n".join(show_lines(shelf.runs(), now(1), 2))
    shelf = note_runs(library, ran(2, source=RunSource.APPLE))
    said = "Measured by different sources (Apple Health, FIT)"
    assert said in "\n".join(show_lines(shelf.runs(), now(1), 2))
    assert any(said in note for note in json.loads(show_json(shelf.runs(), now(1), 2))["notes"])
    draw(library, "Ada", tmp_path / "p.svg", 2, now(1))
    assert said in texts(tmp_path / "p.svg")


def test_only_measured_working_sets_are_foot_results(library: Library) -> None:
    sets = (
        (0, SET),
        (0, replace(SET, plateau_n=10.0, block=Block.WARM_UP)),
        (1, replace(SET, plateau_n=20.0, is_measured=False)),
        (2, replace(SET, plateau_n=None)),
        (3, replace(SET, plateau_n=50.0, side=Side.RIGHT)),
        (4, replace(SET, plateau_n=60.0, exercise="arch_squeeze")),
    )
    note_sets(library, *sets)
    noted = library.diary.entries("Ada", SetLog)
    assert [value for _, value in results(noted, "plateau_n", "toe_curl")] == [40.0, 50.0]
    assert [value for _, value in results(noted, "plateau_n", "toe_curl", Side.RIGHT)] == [50.0]
    assert usual_exercise(noted, None) == "toe_curl"
    assert usual_exercise(noted, "arch_squeeze") == "arch_squeeze"
    with pytest.raises(UsageError, match=r"there are: arch_squeeze, toe_curl\."):
        usual_exercise(noted, "toe_wave")
    with pytest.raises(UsageError, match="no measured sets yet"):
        usual_exercise([], None)


def beside(library: Library, weeks: int) -> Association | TooFew:
    shelf = note_weeks(library, weeks)
    foot = weekly(results(library.diary.entries("Ada", SetLog), "plateau_n", "toe_curl"))
    return associate(foot, weekly(metric_days(shelf.runs(), "gct_ms")))


def test_an_association_has_its_interval_its_weeks_and_no_cause(library: Library) -> None:
    found = beside(library, 24)
    assert isinstance(found, Association)
    assert found.weeks == 24
    assert -1 < found.rank.low < found.rank.middle < found.rank.high < 0
    assert found.rank_of_changes is not None
    assert found.rank_of_changes.holds_none, "drawn as two drifts with noise of their own"
    said = " ".join(association_lines(found, "plateau", "contact"))
    assert "24 weeks that have both" in said
    assert "two lines that merely rise or fall look like that" in said
    assert "No cause" in said


def test_nine_weeks_say_nothing_and_lines_that_stand_still_neither(library: Library) -> None:
    found = beside(library, 9)
    assert found == TooFew(9)
    assert "9 weeks have both" in association_lines(found, "a", "b")[0]
    days = dict.fromkeys((now(week).date() for week in range(12)), 1.0)
    still = associate(days, days)
    assert still == TooFew(12, is_flat=True)
    assert "never changed" in association_lines(still, "a", "b")[0]
    assert "0 weeks have both" in association_lines(associate({}, days), "a", "b")[0]


def texts(path: Path) -> str:
    return " ".join(re.findall(r">([^<>]+)</text>", path.read_text(encoding="utf-8")))


def test_the_page_has_both_feet_beside_balance_and_ratio_called_proxies(
    library: Library, tmp_path: Path
) -> None:
    note_weeks(library, 12)
    path = tmp_path / "page.svg"
    draw(library, "Ada", path, 12, now(12))
    said = texts(path)
    for label in (
        "contact, left foot's share (%) - proxy",
        "vertical ratio (%) - proxy",
        "spread of it within a run (%) - proxy",
        "foot force, left foot's share (%)",
        "toe_curl, plateau force (N)",
        "left",
        "right",
        "None",
    ):
        assert label in said
    assert "SIMULATED" not in said
    assert "not measured" not in said
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_simulated_or_missing_is_said_on_the_page(library: Library, tmp_path: Path) -> None:
    note_runs(library, ran(0, gct_balance_pct=None))
    path = tmp_path / "page.svg"
    draw(library, "Ada", path, 2, now(1))
    assert "not measured by these runs" in texts(path)
    assert "no foot results yet" in texts(path)
    note_sets(library, (0, SET), is_simulated=True)
    draw(library, "Ada", path, 2, now(1))
    assert "SIMULATED" in texts(path)
    assert "no week with results of both feet yet" in texts(path)


def test_a_page_is_a_png_too_and_nothing_half_is_left(library: Library, tmp_path: Path) -> None:
    note_weeks(library, 2)
    path = tmp_path / "pages" / "page.png"
    with pytest.raises(Exception, match="cannot be written"):
        draw(library, "Ada", path, 12, now(2))
    path.parent.mkdir()
    draw(library, "Ada", path, 12, now(2))
    assert path.read_bytes().startswith(b"\x89PNG")
    assert [one.name for one in path.parent.iterdir()] == ["page.png"]
