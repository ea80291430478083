"""`footspring runs`: each of its parts as a person calls it, on runs that were imported."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.route.rig import Home, is_clear
from tests.unit.app.rundiary import WHO, note_weeks
from trainer.library.library import open_library
from trainer.running.fitwriter import Written, write_fit

NOW = datetime.now(UTC).replace(microsecond=0)
ATHLETE = ("--athlete", WHO)


def write_run(home: Home, days_ago: int, km: float, name: str = "") -> Path:
    """Write a run at 3 m/s, a record a second, and return its file."""
    home.root.joinpath("watch").mkdir(exist_ok=True)
    path = home.root / "watch" / (name or f"{days_ago:03}.fit")
    start = NOW - timedelta(days=days_ago, hours=3)
    told = Written(start=start, seconds=round(km * 1000 / 3), metres=km * 1000, offset_s=None)
    path.write_bytes(write_fit(told))
    return path


@pytest.fixture
def runner(home: Home) -> Home:
    """Return a home with three runs: of 10, 10 and 14 km, the last one yesterday."""
    for days_ago, km in ((20, 10.0), (10, 10.0), (1, 14.0)):
        write_run(home, days_ago, km)
    said = home.say("runs", "import", home.root / "watch", *ATHLETE)
    assert (said.status, said.out.splitlines()[0]) == (
        0, "3 new runs, 0 known already, 0 other activities, 0 files passed over",
    )  # fmt: skip
    return home


def listed(home: Home) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(home.say("runs", "list", *ATHLETE, "--json").out)
    return found


def test_without_runs_every_view_says_how_to_get_some(home: Home) -> None:
    for part in (("list",), ("show",)):
        said = home.say("runs", *part, *ATHLETE)
        assert (said.status, said.err) == (0, "")
        assert "footspring runs import" in said.out
    assert listed(home) == []
    assert home.say("runs", "show", *ATHLETE, "--json").found["spikes"] == []
    picture = home.say("runs", "picture", home.root / "p.svg", *ATHLETE)
    assert picture.status == 2
    assert "`footspring runs import FILE`" in picture.err


def test_runs_are_listed_for_people_and_for_programs(runner: Home) -> None:
    said = runner.say("runs", "list", *ATHLETE)
    assert len(said.out.splitlines()) == 4
    runs = listed(runner)
    assert [run["km"] for run in runs] == [10.0, 10.0, 14.0]
    assert {"spm": 166.0, "gct_ms": 250.0, "source": "FIT"}.items() <= runs[0].items()
    assert not any("lat" in key or "position" in key for key in runs[0])


def test_an_import_tells_a_program_what_became_of_it(runner: Home) -> None:
    cut = runner.root / "cut.fit"
    cut.write_bytes(write_fit()[:200])
    said = runner.say("runs", "import", runner.root / "watch", cut, *ATHLETE, "--json")
    assert said.status == 1
    assert {"new": 0, "known": 3, "not_runs": 0}.items() <= said.found.items()
    assert [where for where, _ in said.found["refused"]] == [str(cut)]


def test_a_single_run_spike_is_shown_and_reaches_the_plan(
    runner: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Noon, wherever that is now: a day that is over has no session and no reasons for its dose.
    monkeypatch.setenv("TZ", f"Etc/GMT{NOW.hour - 12:+d}")
    said = runner.say("runs", "show", *ATHLETE)
    assert "14.0 km, 40 % beyond the longest run of the 30 days before (10.0 km)" in said.out
    assert "1.52 times the injuries" in said.out
    found = runner.say("runs", "show", *ATHLETE, "--json").found
    assert [round(spike["beyond_pct"]) for spike in found["spikes"]] == [40]
    assert found["most_km_within_the_rule"] == pytest.approx(11.0)
    assert "ratio" not in " ".join(found)
    plan = runner.say("plan", "why", *ATHLETE)
    assert "A run of 14.0 km, 40 % beyond the longest of 30 days" in plan.out


def test_a_runs_shoe_is_one_of_the_athletes_and_its_minutes_and_km_count(runner: Home) -> None:
    unknown = runner.say("runs", "shoe", "last", "Bleu", *ATHLETE)
    assert unknown.status == 2
    assert is_clear(unknown.err)
    assert "no shoe 'Bleu'; there are: bare feet. `footspring shoe add` adds one." in unknown.err
    for name, stack in (("Blue", 38), ("Flat", 12)):
        added = runner.say(
            "shoe", "add", name, "--stack", stack, "--drop", 4, "--type", "cushioned", *ATHLETE
        )
        assert (added.status, added.err) == (0, "")
    assert "there are: Blue, Flat, bare feet" in runner.say(
        "runs", "shoe", "last", "Bleu", *ATHLETE
    ).err  # fmt: skip
    said = runner.say("runs", "shoe", "last", "Blue", *ATHLETE)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[1].endswith("Blue")
    assert runner.say("runs", "surface", "last", "trail", *ATHLETE).status == 0
    shoes = runner.say("shoe", "list", *ATHLETE, "--json").found
    assert shoes["softness"]["soft_pct"] == 100.0
    assert shoes["softness"]["km"] == pytest.approx(14.0)
    assert list(shoes["softness"]["per_week"]) == [3, 3]
    on_trail = [week["minutes"] for week in shoes["weeks"] if week["surface"] == "trail"]
    assert on_trail == [pytest.approx(14_000 / 3 / 60, abs=0.1)]


def test_an_imported_shoe_that_nobody_added_is_told(home: Home) -> None:
    table = home.root / "runs.csv"
    table.write_text("start,duration_s,km,shoe\n2026-05-04T05:00:00Z,3600,10,Blue\n")
    said = home.say("runs", "import", table, *ATHLETE)
    assert said.status == 0
    assert "not among your shoes: Blue; `footspring shoe add`" in said.out
    shoe = ("shoe", "add", "Blue", "--stack", 38, "--drop", 8, "--type", "cushioned")
    assert home.say(*shoe, *ATHLETE).status == 0
    home.say("runs", "undo", *ATHLETE)
    assert "not among" not in home.say("runs", "import", table, *ATHLETE).out


def test_marks_stand_last_said_first_taken_back(runner: Home) -> None:
    assert runner.say("runs", "set", "last", "--key", "--surface", "track", *ATHLETE).status == 0
    assert runner.say("runs", "set", "last", "--no-key", *ATHLETE).status == 0
    assert listed(runner)[-1]["is_key"] is False
    said = runner.say("runs", "undo", *ATHLETE)
    assert said.status == 0
    assert said.out.startswith("taken back: what was last said")
    assert {"is_key": True, "surface": "track"}.items() <= listed(runner)[-1].items()
    assert runner.say("runs", "surface", "last", "none", *ATHLETE).status == 0
    assert listed(runner)[-1]["surface"] == ""


def test_a_mark_survives_a_richer_source_and_another_import(runner: Home) -> None:
    runner.say("runs", "surface", "last", "track", *ATHLETE)
    start = NOW - timedelta(days=1, hours=3)
    table = runner.root / "more.csv"
    table.write_text(f"start,duration_s,km\n{start.isoformat()},4667,14.1\n")
    said = runner.say("runs", "import", table, *ATHLETE)
    assert "kept from FIT, the richer one; also in CSV" in said.out
    assert (len(listed(runner)), listed(runner)[-1]["surface"]) == (3, "track")


def test_one_run_is_taken_back_by_name(runner: Home) -> None:
    name = str(listed(runner)[0]["sha256"])[:8]
    said = runner.say("runs", "undo", name, *ATHLETE)
    assert said.status == 0
    assert "importing it again adds it" in said.out
    assert len(listed(runner)) == 2
    again = runner.say("runs", "import", runner.root / "watch", *ATHLETE)
    assert again.out.startswith("1 new run, 2 known already")


def test_runs_beside_feet_need_weeks_and_say_so(runner: Home) -> None:
    said = runner.say("runs", "beside", "gct_ms", *ATHLETE)
    assert said.status == 2
    assert "no measured sets yet" in said.err


@pytest.fixture
def trained(home: Home) -> Home:
    """Return a home with 12 weeks of runs and of sets, from a simulated pad."""
    with open_library(home.folders) as library:
        note_weeks(library, 12, is_simulated=True)
    return home


def test_runs_beside_feet_are_told_with_interval_count_and_no_cause(trained: Home) -> None:
    said = trained.say("runs", "beside", "gct_ms", *ATHLETE, "--side", "left")
    assert said.status == 0
    assert said.out.startswith("SIMULATED: ")
    for part in ("12 weeks that have both", "95 % interval", "No cause", "Proxies"):
        assert part in said.out
    found = trained.say("runs", "beside", "gct_ms", *ATHLETE, "--json").found
    assert found["found"]["weeks"] == 12
    assert found["found"]["rank"]["low"] < found["found"]["rank"]["middle"] < 0
    few = trained.say("runs", "beside", "gct_ms", *ATHLETE, "--foot", "onset_rep")
    assert few.status == 1
    assert "0 weeks have both" in few.out
    wrong = trained.say("runs", "beside", "gct_ms", *ATHLETE, "--exercise", "toe_wave")
    assert (wrong.status, "there are: toe_curl." in wrong.err) == (2, True)


def test_the_picture_is_written_for_its_owner_alone(trained: Home) -> None:
    path = trained.root / "p.svg"
    said = trained.say("runs", "picture", path, *ATHLETE, "--weeks", "1000")
    assert (said.status, said.out) == (0, f"{path}\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    page = path.read_text(encoding="utf-8")
    assert "SIMULATED" in page
    assert "foot force, left foot" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "required: WHAT"),
        (("import",), "required: PATH"),
        (("shoe", "last", "Blue"), "there are no runs yet: `footspring runs import FILE`"),
        (("surface", "last", "lava"), "invalid choice: 'lava'"),
        (("set", "last"), "give --shoe, --surface, --key or --no-key"),
        (("undo", "abc"), "there are no runs yet"),
        (("picture", "p.jpg"), "ends with .svg or .png"),
        (("beside", "mood"), "invalid choice: 'mood'"),
        (("show", "--weeks", "0"), "--weeks"),
        (("watch", "nowhere"), "is no folder"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_to_do(
    arguments: tuple[str, ...], said: str, home: Home
) -> None:
    found = home.say("runs", *arguments)
    assert found.status == 2
    assert said in found.err


def test_a_name_that_means_no_run_or_several_is_refused(runner: Home) -> None:
    said = runner.say("runs", "undo", "zz", *ATHLETE)
    assert said.status == 2
    assert "none begins so. `footspring runs list` shows their names" in said.err


def test_one_athletes_runs_are_not_anothers(runner: Home) -> None:
    assert json.loads(runner.say("runs", "list", "--athlete", "Bo", "--json").out) == []
