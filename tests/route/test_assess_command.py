"""A baseline by its command, assessed at its end; its visits listed, put right and taken back."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.route.rig import Home, Said
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import SessionLog, SetLog
from trainer.library.diary import Noting
from trainer.library.library import open_library
from trainer.progress.metrics import METRICS
from trainer.sources.sim.config import FootConfig

SMALL = """\
format = 1
id = "small"
title = "Small"
[reassess]
baseline = "first"

[circuits.first]
title = "A small baseline"
kind = "baseline"
protocol_version = 7
include = ["warm_up", "cooldown"]
sets = [
    "1x13 toe_curl @40% tempo 1-0.5-1 rest 5s each foot",
    "1x15s arch_squeeze @30% rest 5s each foot",
    "1x30s foot_taps rest 5s each foot",
    "1x4 reactive_press @40% rest 5s each foot",
]

[circuits.curls]
title = "Curls"
include = ["warm_up", "cooldown"]
sets = ["1x2 toe_curl @20% rest 5s each foot"]

[[phases]]
id = "form"
title = "Form"
kind = "foundation"

[[phases.steps]]
id = "only"
circuit = "curls"
"""
FOOT = FootConfig()
RUN = (
    *("run", "--source", "sim", "--screen", "lines", "--speed", "max", "--side", "left"),
    *("--circuit", "first", "--programme", "small", "--seed", "3"),
)


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Said]:
    """Return the home of somebody who has just done a baseline, and what was said."""
    home = Home(tmp_path_factory.mktemp("baseline"))
    folder = home.folders.config / "programmes"
    folder.mkdir(parents=True)
    (folder / "small.toml").write_text(SMALL, encoding="utf-8")
    return home, home.say(*RUN)


def noted(home: Home) -> tuple[Entry[Assessment], ...]:
    with open_library(home.folders) as library:
        return library.diary.entries("athlete", Assessment)


def figure(home: Home, metric: str) -> list[float]:
    entries = [entry for entry in noted(home) if entry.said.metric == metric]
    assert entries, f"no {metric} at all"
    known = [entry.said.value for entry in entries if entry.said.value is not None]
    assert len(known) == len(entries), [entry.said.reason for entry in entries]
    return known


def test_a_baseline_is_assessed_by_itself_near_what_the_foot_can_do(
    baseline: tuple[Home, Said],
) -> None:
    home, said = baseline
    assert said.status == 0, said.err
    assert "assessed: " in said.out
    assert said.out.splitlines()[-1].startswith("report: ")
    maxima_n = figure(home, "mvc_n")
    assert len(maxima_n) == 3
    assert max(maxima_n) == pytest.approx(FOOT.left_mvc_n, rel=0.1)
    parts_n = zip(figure(home, "mvc_hallux_n"), figure(home, "mvc_toes_n"), strict=True)
    # The best half second of each cell need not be that of their sum.
    assert [a + b for a, b in parts_n] == pytest.approx(maxima_n, rel=0.05)
    assert 80 <= median(figure(home, "endurance_pct")) <= 110
    assert median(figure(home, "tempo_error_s")) < 0.4
    assert 60 <= median(figure(home, "smoothness_pct")) <= 100
    assert 10 < median(figure(home, "tracking_pct")) < 40
    assert 50 <= median(figure(home, "flexion_pct")) <= 100
    assert 50 <= median(figure(home, "taps")) <= 110
    # From when the cue was given, so that the way to the foot and back is in it.
    assert FOOT.reaction_s < median(figure(home, "reaction_s")) < FOOT.reaction_s + 0.25
    # The band is a share of the rested maximum; tired by its curls the foot may lie below it.
    assert 0 < max(figure(home, "squeeze_in_band_s")) <= 16


def test_every_figure_has_its_unit_or_its_reason_and_is_called_simulated(
    baseline: tuple[Home, Said],
) -> None:
    entries = noted(baseline[0])
    assert {entry.is_simulated for entry in entries} == {True}
    for entry in entries:
        said = entry.said
        assert said.unit == METRICS[said.metric].unit
        assert (said.value is None) is bool(said.reason), said
        assert (said.protocol, said.protocol_version) == ("first", 7)
        assert said.source == baseline[0].sessions()[0].session_id


def test_the_figures_stand_under_three_heads_with_units_trials_and_median(
    baseline: tuple[Home, Said],
) -> None:
    said = baseline[0].say("assess", "last")
    assert said.status == 0, said.err
    heads = ["ARCH RESILIENCE", "TOE-OFF STABILITY", "TRANSFER OF FORCE"]
    lines = said.out.splitlines()
    assert [line for line in lines if line in heads] == heads
    place = lines.index("  maximal press, all toes [N]")
    assert lines.index(heads[2]) < place
    assert lines[place + 1].split()[0] == "left"
    assert "median" in lines[place + 1]
    assert "SIMULATED" in said.out
    assert "a practice visit" in said.out


def test_the_same_figures_come_by_id_and_by_file_and_stand_once(
    baseline: tuple[Home, Said],
) -> None:
    home, _ = baseline
    record = home.sessions()[0]
    by_id = home.say("assess", record.session_id, "--json").found
    by_file = home.say("assess", home.recordings[0], "--json").found
    assert by_id == by_file
    results: list[dict[str, Any]] = by_id["results"]
    assert len(results) == len(noted(home))
    assert by_id["is_simulated"] is True


def test_a_visit_has_a_name_a_position_and_a_pitch_that_stay(
    baseline: tuple[Home, Said],
) -> None:
    home, _ = baseline
    home.say("assess", "last", "--visit", "spring", "--position", "seated", "--pitch", "5")
    assert {(e.said.position, e.said.pitch_deg) for e in noted(home)} == {("seated", 5.0)}
    listed = home.say("assess", "list").out
    assert listed.count("\n") == 1
    assert "spring: first, version 7, " in listed
    assert "seated, 5°, practice, simulated" in listed
    home.say("assess", "last")
    assert {(e.said.position, e.said.pitch_deg) for e in noted(home)} == {("seated", 5.0)}


def test_what_was_assessed_last_is_taken_back_and_noted_anew(
    baseline: tuple[Home, Said],
) -> None:
    home, _ = baseline
    home.say("assess", "last")
    undone = home.say("assess", "--undo")
    assert undone.status == 0
    assert "taken back" in undone.out
    assert noted(home) == ()
    assert json.loads(home.say("assess", "list", "--json").out) == []
    nothing = home.say("assess", "--undo")
    assert nothing.status == 2
    assert "nothing of athlete was assessed" in nothing.err
    home.say("assess", "last")
    assert noted(home)


def test_the_third_visit_is_no_practice_unless_it_is_said_to_be(
    baseline: tuple[Home, Said],
) -> None:
    home, _ = baseline
    home.say("assess", "last")
    pattern = noted(home)[0]
    with open_library(home.folders) as library:
        for days in (30, 60):
            visit = replace(pattern.said, visit=f"{days} days ago", source=f"{days}")
            at = pattern.at - timedelta(days=days)
            library.diary.note(Noting("athlete", at, visit, is_simulated=True, key=f"{days}"))
    own = home.sessions()[0].session_id
    assert "a practice visit" not in home.say("assess", "last").out
    home.say("assess", "last", "--practice")
    assert {e.said.is_practice for e in noted(home) if e.said.source == own} == {True}


def test_a_recording_from_elsewhere_or_without_sets_is_refused_with_a_way_out(
    baseline: tuple[Home, Said], tmp_path: Path
) -> None:
    home, _ = baseline
    unknown = home.say("assess", "1999")
    assert unknown.status == 2
    missing = home.say("assess", tmp_path / "none.mcap")
    assert missing.status == 2
    with open_library(home.folders) as library:
        for kind in (SetLog, SessionLog):
            entries = library.diary.entries("athlete", kind)
            for entry in entries:
                library.diary.take_back(entry.entry_id)
            try:
                bare = home.say("assess", "last")
            finally:
                for entry in entries:
                    library.diary.put_back(entry.entry_id)
            assert bare.status == 2
            assert "no sets of a circuit are noted of it" in bare.err
