"""The whole page: what it says, what it hides from, and that it stands alone."""

import gettext
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import cast

import numpy as np
import pytest

from trainer.app.language import read_language
from trainer.core.hold import Hold
from trainer.core.texts import TEXTS
from trainer.report.model import LinkData, RepData, ReportData, SetData
from trainer.report.numbers import MISSING
from trainer.report.page import render

Maker = Callable[..., ReportData]
VOID = {"meta", "use", "path", "rect", "br"}


@pytest.fixture(scope="module")
def page(session_of: Maker) -> str:
    return render(session_of(2, 6, 2))


def test_the_page_refers_to_nothing_outside_itself(page: str) -> None:
    outside = re.findall(r"(?:src|href|action|poster|data|resource)\s*=\s*[\"'](?!#)[^\"']*", page)
    assert outside == []
    assert re.findall(r"url\((?!#)[^)]*\)|@import", page) == []
    assert set(re.findall(r"https?://[^\"\s<]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_the_same_session_gives_the_same_bytes(session_of: Maker) -> None:
    assert render(session_of(1, 3)) == render(session_of(1, 3))


def test_every_element_is_closed_in_order(page: str) -> None:
    _Balance().check(page)


def test_an_id_is_used_once_unless_it_names_the_same_thing(page: str) -> None:
    shapes: dict[str, set[str]] = {}
    for tag, name in re.findall(r"(<[^<>]*\bid=\"([^\"]+)\"[^<>]*>)", page):
        shapes.setdefault(name, set()).add(tag)
    assert shapes
    assert all(len(tags) == 1 for tags in shapes.values())


def test_a_simulated_session_says_so_at_the_top_and_on_every_figure(page: str) -> None:
    assert page.index('class="banner"') < page.index("<h1>")
    assert page.count("<svg") == page.count(">SIMULATED</text>") == 10


def test_a_real_session_never_says_simulated(session_of: Maker) -> None:
    data = replace(session_of(1, 2), is_simulated=False, calibration="pad 7")
    page = render(data)
    assert _embedded(page)["simulated"] is False
    assert "simulated" not in page[: page.index("<script")].lower()


def test_what_a_person_typed_is_shown_and_never_run(session_of: Maker) -> None:
    evil = "</script><script>alert('x')</script><img src=x onerror=y> $\\alpha$ <!--"
    side_and_name = replace(
        session_of(1, 3), athlete=evil, title=evil, exercise=evil, status=evil,
        warnings=(evil,), left_out=(evil,), settings={evil: evil},
    )  # fmt: skip
    page = render(side_and_name)
    assert "<img" not in page
    assert page.count("<script") == page.count("</script>") == 1
    assert page.count("&lt;img src=x") >= 6
    assert _embedded(page)["athlete"] == evil


def test_the_embedded_session_holds_every_hold(page: str, session_of: Maker) -> None:
    data = session_of(2, 6, 2)
    sets = cast("list[dict[str, list[dict[str, object]]]]", _embedded(page)["sets"])
    holds = [rep for one_set in sets for rep in one_set["reps"]]
    assert len(holds) == 26
    assert holds[0]["plateau_n"] == data.sets[0].reps[0].hold.plateau_n
    assert [h["reject_reason"] for h in holds if not h["counted"]] == ["too short"] * 2


def test_a_figure_that_is_no_number_is_null_and_a_dash(
    session_of: Maker, hold_of: Callable[..., Hold]
) -> None:
    hold = replace(hold_of(12.0), cv_pct=None, rfd_n_s=float("nan"))
    data = replace(session_of(1, 1), sets=(SetData(1, "left", (RepData(1, hold),)),))
    page = render(data)
    sets = cast("list[dict[str, list[dict[str, object]]]]", _embedded(page)["sets"])
    assert sets[0]["reps"][0]["rfd_n_s"] is None
    assert page.count(f"<td>{MISSING}</td>") >= 3


def test_an_empty_session_is_a_whole_page(session_of: Maker) -> None:
    data = ReportData(
        title="Toe curls", session_id="s", athlete="", started_local="today", duration_s=0.0,
        status="ended early", exercise="Toe curls",
    )  # fmt: skip
    page = render(data)
    _Balance().check(page)
    assert "<svg" not in page
    assert "No set was started." in page
    assert "0 samples received" in page
    started = replace(session_of(1, 1), sets=(SetData(1, "left", (), asked_reps=20),))
    assert "0 of 20 reps." in render(started)


def test_a_single_rep_has_figures_and_no_line(session_of: Maker) -> None:
    page = render(session_of(1, 1))
    assert "A line through the plateaus takes 3 counted reps." in page
    assert page.count("<svg") == 4


def test_holds_without_any_curve_still_give_their_table(session_of: Maker) -> None:
    nothing = np.zeros(0)
    page = render(replace(session_of(1, 4), time_s=nothing, force_n=nothing))
    assert "No force was recorded." in page
    assert page.count('<th scope="row">4</th>') == 1


def test_times_count_from_the_first_sample(session_of: Maker) -> None:
    data = session_of(1, 2)
    moved = replace(
        data,
        time_s=data.time_s + 5000.0,
        incidents=(),
        sets=tuple(_moved(s, 5000.0) for s in data.sets),
    )
    page = render(moved)
    assert "<td>0:12.0</td>" in page
    assert "(5000.00 s on the recording" in page


def test_the_foot_stands_in_words_at_each_set(page: str) -> None:
    for name in ("Set 1, left foot", "Set 1, right foot", "Set 2, left foot", "Set 2, right foot"):
        assert f"<h2>{name}</h2>" in page


def test_every_figure_is_told_in_words(page: str) -> None:
    labels = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert len(labels) == page.count("<svg")
    assert all(len(label) > 40 for label in labels)


def test_an_estimated_target_is_called_estimated_and_shows_no_percent(session_of: Maker) -> None:
    data = session_of(1, 2)
    one_set = replace(data.sets[0], is_target_estimated=True)
    page = render(replace(data, sets=(one_set,), mvc=(), exercise="Toe curls"))
    assert "Target 18.0 to 22.0 N, estimated from the first reps" in page
    assert "None were made." in page


def test_it_says_what_it_is_not(page: str) -> None:
    assert "not a medical device" in page
    assert "not been validated on feet" in page
    assert "onset" not in page.lower()


def test_losses_are_listed_in_order_with_their_times(session_of: Maker) -> None:
    page = render(session_of(1, 6))
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]+)</td></tr>', page)
    told = [what for _, what in rows]
    assert told[-5:] == [
        "1 sample rejected",
        "hold of 0.30 s at 9.0 N in set 1 not counted: too short",
        "3 samples lost",
        "gap of 4.50 s",
        "56 frames dropped by the node",
    ]
    assert rows[-3][0] == "0:31.2 to 0:33.0"


def test_a_hold_whose_end_was_not_seen_has_a_bound_for_its_time(
    session_of: Maker, hold_of: Callable[..., Hold]
) -> None:
    hold = replace(hold_of(12.0, 1.25), is_finished=False)
    data = replace(session_of(1, 1), sets=(SetData(1, "", (RepData(1, hold),)),))
    page = render(data)
    assert "<td>≥1.25</td>" in page
    assert "Set 1, foot not stated" in page


def test_a_rate_that_was_not_measured_is_not_told(session_of: Maker) -> None:
    page = render(replace(session_of(1, 1), link=LinkData()))
    assert "Hz" not in re.sub(r"<style.*?</style>|<script.*", "", page, flags=re.DOTALL)


def _moved(one_set: SetData, by_s: float) -> SetData:
    return replace(
        one_set,
        reps=tuple(
            replace(
                r,
                hold=replace(r.hold, start_s=r.hold.start_s + by_s, end_s=r.hold.end_s + by_s),
            )
            for r in one_set.reps
        ),
    )


def _embedded(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return cast("dict[str, object]", json.loads(found[1]))


class _Balance(HTMLParser):
    """Fails where an element is not closed, or closed in another order."""

    def check(self, page: str) -> None:
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_a_page_is_in_the_language_in_use(session_of: Maker) -> None:
    TEXTS.use(read_language("de"))
    try:
        page = render(session_of())
    finally:
        TEXTS.use(gettext.NullTranslations())
    assert '<html lang="de">' in page
    assert "<h2>Die ganze Einheit</h2>" in page
    assert "Satz 1, links" in page
    assert "The whole session" not in page
    assert '<html lang="en">' in render(session_of())
