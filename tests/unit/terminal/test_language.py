"""The terminal in another language: the same page in the same room."""

import gettext
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.unit.terminal.fakeengine import WORK
from trainer.app.language import LOCALE, read_language
from trainer.core.link import Health, Vitals
from trainer.core.snapshot import LinkState, Phase
from trainer.core.texts import TEXTS, tr
from trainer.core.watchdog import Alarm
from trainer.terminal.bigword import big_word
from trainer.terminal.lines import Teller
from trainer.terminal.picture import Frame, draw

LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))
CUES = ("PRESS", "HOLD", "RELAX", "REST", "READY", "SWITCH", "WAIT", "MAX", "DONE", "STOPPED")


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    TEXTS.use(read_language(request.param))
    yield request.param
    TEXTS.use(gettext.NullTranslations())


@pytest.mark.parametrize("cue", CUES)
def test_the_cue_is_drawn_large_on_the_smallest_screen(cue: str) -> None:
    rows = big_word(tr(cue), 58, "#")
    assert all("#" in row for row in rows), tr(cue)


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("alarm", list(Alarm))
def test_every_page_fits(phase: Phase, alarm: Alarm) -> None:
    scene = replace(WORK, phase=phase, block="work", left_s=12.0, trace=((0.0, 0.0), (1.0, 9.0)))
    for width, height in ((60, 16), (100, 30)):
        rows = draw(scene, alarm, 40.0, Frame(width, height)).plain.split("\n")
        assert len(rows) <= height
        assert max(cell_len(row) for row in rows) <= width


def test_a_weak_signal_and_a_low_battery_are_told() -> None:
    vitals = Vitals(Health(battery_pct=7.0, is_battery_low=True), -91, reconnects=2, bad_bytes=1)
    scene = replace(WORK, is_simulated=False, link=LinkState(rate_hz=80.0, vitals=vitals))
    page = draw(scene, Alarm.NONE, 40.0, Frame(100, 30)).plain
    assert tr("BATTERY LOW") in page
    assert tr("weak") in page


def test_lines_tell_a_session_to_its_end() -> None:
    teller = Teller()
    told = teller.tell(WORK, Alarm.NONE)
    rested = replace(WORK, phase=Phase.REST, rep=20, left_s=45.0, hold_s=0.0)
    told += teller.tell(rested, Alarm.NONE)
    told += teller.tell(replace(rested, phase=Phase.STOPPED, stop_reason="pain"), Alarm.NONE)
    assert any(tr("rest {left:.0f} s").format(left=45.0) in line for line in told)
    assert any(tr("pain") in line for line in told)
