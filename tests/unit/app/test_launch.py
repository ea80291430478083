"""A launch: what an order becomes, and what it leaves behind."""

import html
from dataclasses import replace
from pathlib import Path

import pytest

from tests.route.rig import Home
from trainer.app.launch import Launch, Place, patient, versions
from trainer.app.notebook import Notebook
from trainer.app.order import Order
from trainer.core.clock import SystemClock
from trainer.core.commands import ChangeAthlete, ChangeSide, Command, EndSession, Next, Undo
from trainer.core.cues import Side
from trainer.core.diary.training import DespitePain, PainReport, PainSite
from trainer.core.errands import Errand
from trainer.core.errors import SourceError, UsageError
from trainer.core.settings import SafetySettings, Settings
from trainer.core.snapshot import Phase
from trainer.library.library import open_library
from trainer.library.records import SessionRecord
from trainer.recording.reader import read_recording

SHORT = Order(speed=None, sets=1, reps=1, is_mvc_skipped=True)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def run(home: Home, order: Order, *commands: Command) -> Launch:
    """Run an order to its end; the commands are queued before the first packet."""
    with open_library(home.folders) as library:
        launch = Launch(order, Place(home.folders, Settings(), SystemClock(), library))
        for command in commands:
            launch.engine.send(command)
        launch.engine.start()
        assert launch.engine.join(60.0)
        assert launch.engine.error is None
    return launch


def only(home: Home) -> SessionRecord:
    """Return the one session."""
    [session] = home.sessions()
    return session


def test_a_name_put_right_after_the_start_is_the_one_in_list_and_report(home: Home) -> None:
    launch = run(home, replace(SHORT, athlete="Mia"), ChangeAthlete("Zoë"), Next())
    assert launch.report is not None
    page = html.unescape(launch.report.read_text(encoding="utf-8"))
    assert only(home).athlete == "Zoë"
    assert "Zoë" in page
    assert "Mia" not in page


def test_a_change_that_was_undone_leaves_the_first_name(home: Home) -> None:
    run(home, replace(SHORT, athlete="Mia"), ChangeAthlete("Zoë"), Undo(), Next())
    assert only(home).athlete == "Mia"


def test_a_foot_put_right_after_the_start_is_the_one_that_trained(home: Home) -> None:
    run(home, SHORT, ChangeSide(Side.RIGHT), Next())
    notes = read_recording(home.recordings[0]).notes
    assert [note.body["side"] for note in notes if note.kind == "SetStarted"] == ["right"]


def test_a_session_ended_before_it_began_is_kept_and_has_a_report(home: Home) -> None:
    launch = run(home, SHORT, EndSession())
    assert launch.session is not None
    assert launch.session.snapshot.phase is Phase.DONE
    assert only(home).reps == 0
    assert home.reports == [launch.report]


def test_a_session_left_before_it_began_leaves_nothing_behind(home: Home) -> None:
    with open_library(home.folders) as library:
        order = Order(speed=20.0, athlete="Mia")
        launch = Launch(order, Place(home.folders, Settings(), SystemClock(), library))
        launch.engine.start()
        assert [part.stat().st_size > 0 for part in home.parts] == [True]
        assert [session.athlete for session in library.sessions()] == ["Mia"]
        launch.engine.leave()
        assert launch.engine.join(60.0)
        assert launch.engine.error is None
        assert (library.sessions(), library.athletes()) == ((), ())
    assert home.recordings == home.parts == home.reports == []
    assert launch.report is None


def test_the_order_anew_has_name_and_foot_as_they_were_put_right(home: Home) -> None:
    order = replace(SHORT, athlete="Mia", sets=2)
    launch = run(home, order, ChangeAthlete("Zoë"), ChangeSide(Side.RIGHT), EndSession())
    assert launch.order_anew() == replace(order, athlete="Zoë", feet="right")


def test_a_pad_of_counts_may_be_checked_and_calibrated_a_recording_neither(home: Home) -> None:
    launch = run(home, SHORT, EndSession())
    assert launch.errands == (Errand.TODAY, Errand.CHECK, Errand.CALIBRATE)
    replay = Order(source=f"replay:{home.recordings[0]}", speed=None)
    assert run(home, replay).errands == ()


def test_the_report_is_told_to_whoever_waits_for_it(home: Home) -> None:
    told: list[Path] = []
    with open_library(home.folders) as library:
        launch = Launch(SHORT, Place(home.folders, Settings(), SystemClock(), library))
        launch.on_report = told.append
        launch.engine.send(EndSession())
        launch.engine.start()
        assert launch.engine.join(60.0)
    assert told == home.reports


@pytest.mark.parametrize(
    ("order", "error", "words"),
    [
        (Order(source="pad"), SourceError, "'replay:FILE'"),
        (Order(exercise="toe_crul"), UsageError, "known: toe_curl"),
    ],
)
def test_an_order_that_cannot_be_met_is_refused_before_anything_is_written(
    order: Order, error: type[Exception], words: str, home: Home
) -> None:
    with (
        open_library(home.folders) as library,
        pytest.raises(error, match=words),
    ):
        Launch(order, Place(home.folders, Settings(), SystemClock(), library))
    assert home.sessions() == ()
    assert home.recordings == home.parts == []


@pytest.mark.parametrize("order", [SHORT, replace(SHORT, circuit="travel")])
def test_no_session_starts_on_a_day_of_pain_without_a_reason(order: Order, home: Home) -> None:
    with open_library(home.folders) as library:
        place = Place(home.folders, Settings(), SystemClock(), library)
        book = Notebook(library, "Mia", place.clock)
        book.note(PainReport(PainSite.HEEL, Side.LEFT, 3.0, is_sharp=True))
        order = replace(order, athlete="Mia")
        with pytest.raises(UsageError, match="that ends the day"):
            Launch(order, place)
        assert Launch(replace(order, athlete="Zoë"), place).pain_warning == ""
        launch = Launch(replace(order, despite_pain="a stone"), place)
        assert launch.pain_warning == ""
        assert [entry.said.reason for entry in book.entries(DespitePain)] == ["a stone"]


def test_pain_of_a_simulated_foot_is_told_and_locks_nobody_out(home: Home) -> None:
    with open_library(home.folders) as library:
        place = Place(home.folders, Settings(), SystemClock(), library)
        hurt = PainReport(PainSite.HEEL, Side.LEFT, 3.0, is_sharp=True)
        Notebook(library, "Mia", place.clock).note(hurt, is_simulated=True)
        launch = Launch(replace(SHORT, athlete="Mia"), place)
        assert "nothing would start" in launch.pain_warning


@pytest.mark.parametrize(("speed", "factor"), [(None, 1), (1.0, 1), (50.0, 1), (0.1, 10)])
def test_a_slow_source_may_be_silent_for_longer(speed: float | None, factor: float) -> None:
    limits = patient(SafetySettings(stale_s=1.0, stop_after_stale_s=10.0), speed)
    assert limits == SafetySettings(stale_s=factor, stop_after_stale_s=10.0 * factor)


def test_versions_name_what_the_figures_depend_on() -> None:
    assert {"footspring", "python", "numpy", "scipy", "mcap"} == set(versions())
