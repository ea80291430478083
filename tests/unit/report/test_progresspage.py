"""The page of progress has every figure with its error, is whole in itself and escapes texts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.progress.assessed import weekly
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.progress.load import WeekLoad
from trainer.progress.overview import MuscleLoad, Overview
from trainer.progress.series import find_series
from trainer.progress.verdicts import show
from trainer.report.progresspage import render_progress

VALUES = [50.0, 51.0, 50.0, 49.0, 50.0, 51.0, 50.0, 52.0]
TODAY = date(2026, 6, 1)


def overview(entries: Sequence[Entry[Any]], **changes: Any) -> Overview:  # noqa: ANN401 - fields
    """Return an overview of assessments."""
    shown = show(find_series(entries))
    return replace(Overview("Ada", TODAY, False, 8, 0, shown=shown), **changes)


@pytest.fixture(scope="module")
def page() -> str:
    """Return the page of two feet."""
    entries = weekly(VALUES) + weekly([v + 20 for v in VALUES], side=Side.RIGHT)
    loads = (WeekLoad(date(2026, 5, 25), 900.0, 800.0, 3, 24, 0, 5.0),)
    wheel = (MuscleLoad("FDB", 400.0, 380.0),)
    return render_progress(
        overview(entries, athlete="<Ada>", loads=loads, wheel=wheel, warnings=("a jump",))
    )


def test_every_figure_of_the_table_has_its_mdc_beside_it(page: str) -> None:
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", page.split("FDB", maxsplit=1)[0])
    assert len(rows) == 2
    for row in rows:
        _foot, first, latest, change, mdc, _verdict = re.findall(r"<td[^>]*>([^<]*)<", row)
        assert "<small>own, n 14</small>" in row
        assert float(mdc) > 0
        assert all(re.search(r"\d", figure) for figure in (first, latest, change))


def test_no_change_seen_yet_is_a_normal_verdict_of_the_page(page: str) -> None:
    assert page.count("<td>no change seen yet</td>") == 2


def test_a_change_beyond_the_mdc_stands_out() -> None:
    text = render_progress(overview([*weekly(VALUES), *weekly([99.0], first=20)]))
    assert '<td class="seen">better</td>' in text
    assert "<td>no change seen yet</td>" not in text


def test_the_page_refers_to_nothing_outside_itself_and_escapes_names(page: str) -> None:
    assert "&lt;Ada&gt;" in page
    assert "<Ada>" not in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "SIMULATED" not in page


def test_load_muscles_and_warnings_are_on_the_page(page: str) -> None:
    assert "Load by week" in page
    assert '<th scope="row">FDB</th><td>400</td><td>380</td>' in page
    assert "<li>a jump</li>" in page


def test_what_is_simulated_is_called_so() -> None:
    assert "SIMULATED" in render_progress(overview(weekly(VALUES), is_simulated=True))


def test_runs_are_marked_as_proxies_and_other_conditions_stand_apart() -> None:
    entries = [*weekly(VALUES), *weekly([1.0, 2.0], first=9, device="pad B")]
    runs = show(find_series(weekly(VALUES, metric="gct_ms", side=None)))
    text = render_progress(overview(entries, runs=runs))
    assert "<small>proxy</small>" in text
    assert "Apart, not compared (device pad A, not pad B): left: " in text


def test_contact_balance_and_vertical_ratio_stand_beside_the_feet_on_one_page() -> None:
    names = ("gct_ms", "gct_balance_pct", "vertical_ratio_pct")
    runs = [show(find_series(weekly(VALUES, metric=name, side=None)))[0] for name in names]
    text = render_progress(overview(weekly(VALUES), runs=tuple(runs)))
    beside = text[text.index("<h2>Running beside the foot</h2>") :]
    for title in ("ground contact time", "share of the contact time", "vertical oscillation over"):
        assert title in beside
    assert beside.count("<svg") == len(names)
    assert "neither is shown to be the cause" in beside
    assert "<h2>Transfer of force</h2>" in text


def test_practice_alone_is_told_and_makes_no_course() -> None:
    text = render_progress(overview(weekly([50.0], is_practice=True)))
    assert "left: practice, not compared: 50.0 N." in text
    assert "<svg" not in text


def test_the_same_values_give_the_same_bytes() -> None:
    one = overview(weekly(VALUES))
    assert render_progress(one) == render_progress(one)
