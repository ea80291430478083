"""Another language fits the same screens: nothing clipped, the cue still read across the room."""

import gettext
import tomllib
from collections.abc import Iterator
from dataclasses import replace

import polib
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from scripts.texts import DATA, all_texts
from tests.unit.dashboard.conftest import MakeWindow
from tests.unit.dashboard.fakeengine import FakeEngine
from tests.unit.dashboard.scenes import BASE, IN_WORK, SNAPSHOTS
from tests.unit.dashboard.test_dashboard_layout import CUES, fitted, visible
from trainer.app.errand import Found
from trainer.app.language import LOCALE, read_language
from trainer.coach.words import foot
from trainer.core.cues import Side
from trainer.core.snapshot import Snapshot
from trainer.core.texts import TEXTS, tr
from trainer.dashboard.checkview import CheckView
from trainer.dashboard.fit import fit_text
from trainer.dashboard.places import place
from trainer.doctor import checks, linked, machine
from trainer.doctor.finding import Check, Verdict
from trainer.doctor.steps import Picture

SIZES = [(800, 480), (1920, 1080)]
LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))
LIVE = ("trainer/dashboard/", "trainer/terminal/", "trainer/box/", "trainer/coach/", "calibration/")
"""Where the texts of the screens are that stand before a person who trains."""

LEAST_CAPITALS_PX = 44
"""Of a cue at 800x480: 20 arc minutes at 1.5 m on the 7 inch screen."""

CIRCUIT = replace(IN_WORK, block="warm-up", margin_pct=62.0, trace=((0.0, 0.0), (1.0, 25.0)))
SCENES = {
    **SNAPSHOTS,
    "circuit": CIRCUIT,
    "margin": replace(CIRCUIT, margin_pct=None, is_margin_watched=True),
    "question": replace(SNAPSHOTS["rest"], block="work", question="pain"),
    "yes or no": replace(SNAPSHOTS["rest"], block="work", question="breath", is_yes_no=True),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    TEXTS.use(read_language(request.param))
    yield request.param
    TEXTS.use(gettext.NullTranslations())


def said(snapshot: Snapshot) -> Snapshot:
    """Return a scene with the coach's words in the language in use."""
    return replace(snapshot, cue=tr(snapshot.cue), exercise=tr(snapshot.exercise))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("language")
def test_no_text_is_clipped_in_another_language(
    make_window: MakeWindow, engine: FakeEngine, size: tuple[int, int]
) -> None:
    window = make_window(*size)
    for scene, snapshot in SCENES.items():
        engine.show(said(snapshot))
        window.poll()
        for widget in visible(window):
            check(widget, scene)


def check(widget: QWidget, scene: str) -> None:
    for text in fitted(widget):
        words = scene, " ".join(line for _, line in text.lines)
        assert not text.lines or widget.rect().toRectF().contains(text.inked()), words
        assert text.is_whole or scene == "long_names", words


@pytest.mark.usefixtures("language")
def test_the_cue_is_seen_from_across_the_room(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(800, 480)
    for cue in (*CUES, "STOPPED", "STAND", "TAP", "NOW", "GO ON", "BALANCE"):
        engine.show(replace(IN_WORK, cue=tr(cue)))
        window.poll()
        capitals_px = QFontMetricsF(window.session.cue.texts()[0].font).capHeight()
        assert capitals_px >= LEAST_CAPITALS_PX, tr(cue)


@pytest.mark.usefixtures("qapp")
def test_the_longest_exercise_is_told_whole(language: str) -> None:
    del language
    box = place(800, 480).message
    for path in sorted(DATA.rglob("*.toml")):
        for drill in tomllib.loads(path.read_text(encoding="utf-8")).get("exercises", {}).values():
            head = f"{tr(drill['title'])}, {foot(Side.RIGHT)}. {tr(drill['how'])}"
            cues = " ".join(tr(cue) for cue in drill.get("cues", ()))
            for told in (f"{head} {cues}", f"Satz 12 von 24, {head}"):
                laid = fit_text(told, box, 17, Qt.AlignmentFlag.AlignLeft, max_lines=3)
                assert laid.is_whole, told


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_text_of_the_live_screens_is_translated(name: str) -> None:
    catalogue = {entry.msgid: entry for entry in polib.pofile(str(LOCALE / f"{name}.po"))}
    live = [text for text in all_texts() if text.occurrences[0][0].startswith(LIVE)]
    assert len(live) > 400
    assert [text.msgid for text in live if not catalogue[text.msgid].translated()] == []


def test_a_foot_is_named_and_a_set_counted_in_german(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    TEXTS.use(read_language("de"))
    try:
        window = make_window(800, 480)
        engine.show(replace(BASE, set_number=2, phase=IN_WORK.phase))
        window.poll()
        assert window.session.left_foot.text() == "LINKER FUSS"
        assert window.session.counter.face.below == "SATZ 2/3"
        assert window.session.pain.text() == "SCHMERZ-STOPP"
    finally:
        TEXTS.use(gettext.NullTranslations())


@pytest.mark.usefixtures("language")
def test_every_advice_of_a_check_is_read_whole(qtbot: QtBot) -> None:
    known = [
        check
        for module in (checks, linked, machine)
        for check in vars(module).values()
        if isinstance(check, Check)
    ]
    assert len(known) > 30
    for check in known:
        found = check.find(Verdict.FAIL, 12.3, "hallux, toes")
        view = CheckView(Found(Picture(findings=(found,), is_done=True)), is_simulated=True)
        qtbot.addWidget(view)
        view.resize(800, 480)
        view.show()
        view.poll()
        assert all(text.is_whole for text in view.texts()), check.title
