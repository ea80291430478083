"""Progress by the command itself, in a process of its own, from an empty diary to the report."""

import stat

from tests.route.rig import Home
from tests.unit.app.progressdiary import WHO, note_visits, note_year, visit
from trainer.core.cues import Side
from trainer.library.library import open_library


def test_from_an_empty_diary_over_practice_to_a_verdict_a_page_and_a_report(home: Home) -> None:
    said = home.say("progress")
    assert said.status == 0
    assert said.out == (
        "No assessment yet: `footspring run --circuit baseline` makes one. The first two are "
        "practice, the third is what all later ones are held against.\n"
    )
    with open_library(home.folders) as library:
        for week, value in enumerate((30.0, 40.0, 50.0, 55.0, 99.0)):
            is_practice = week < 2
            for side in Side:
                one = visit(week, value, side=side, is_practice=is_practice)
                note_visits(library, [(7 * week, one)])
    said = home.run("progress", "--athlete", WHO)
    assert "3 visits that count; 2 practice visits" in said.out
    assert said.out.count("50.0 N (2025-06-16) -> 99.0 N (2025-06-30): better: +49.0 N") == 2
    found = home.say("progress", "--athlete", WHO, "--json").found
    assert found["series"][0]["feet"][0]["change"]["is_seen"] is True
    page, report = home.root / "p.html", home.root / "r.pdf"
    assert home.say("progress", "--athlete", WHO, "--html", str(page)).status == 0
    assert home.run("progress", "--athlete", WHO, "--clinician", str(report)).status == 0
    assert report.read_bytes().startswith(b"%PDF-")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (page, report)} == {0o600}


def test_a_page_that_cannot_be_written_is_told_in_one_line(home: Home) -> None:
    with open_library(home.folders) as library:
        note_visits(library, [(0, visit(0))])
    said = home.say("progress", "--athlete", WHO, "--html", str(home.root / "no" / "p.html"))
    assert said.status != 0
    assert said.err.startswith("footspring: ")
    assert said.err.count("\n") == 1


def test_the_year_by_command_is_a_table_for_a_program_too(home: Home) -> None:
    with open_library(home.folders) as library:
        note_year(library, weeks=2)
    found = home.say("progress", "--athlete", WHO, "--year", "--json").found
    assert (len(found["weeks"]), found["format"]) == (53, 1)
