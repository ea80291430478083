"""What a session trains with that no source was named for, and what it then says of itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.route.rig import Home
from trainer.app.launch import Launch, Place
from trainer.app.order import Order
from trainer.app.sourcechoice import choose_source
from trainer.coach.circuit import CircuitCoach
from trainer.core.clock import SystemClock
from trainer.core.commands import Next
from trainer.core.diary.session import Progress
from trainer.core.diary.training import SessionLog, SetLog
from trainer.core.errors import UsageError
from trainer.core.settings import Settings
from trainer.core.snapshot import LinkState, Snapshot
from trainer.dashboard.words import link_words as window_words
from trainer.library.diary import Noting
from trainer.library.library import open_library
from trainer.terminal.words import link_words

UNNAMED = Order(is_source_given=False, athlete="Ann", speed=None)
TRAVEL = replace(UNNAMED, circuit="travel", feet="both")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def chosen(home: Home, order: Order, *earlier: Progress) -> str:
    now = SystemClock().now()
    with open_library(home.folders) as library:
        for one in earlier:
            library.diary.note(Noting("Ann", now.astimezone(), one, key="resume"))
        return choose_source(order, library.diary, "Ann", home.folders, now)


def test_what_the_clock_alone_leads_gets_no_source_and_all_else_the_simulated_pad(
    home: Home,
) -> None:
    assert chosen(home, TRAVEL) == "none"
    assert chosen(home, replace(UNNAMED, circuit="standard")) == "sim"
    assert chosen(home, UNNAMED) == "sim"
    assert chosen(home, replace(TRAVEL, is_source_given=True, source="ble")) == "ble"


def test_a_travel_routine_that_was_cut_off_goes_on_without_a_source(home: Home) -> None:
    cut = Progress("S", "", "travel", "both", 3, 17, 1.0, 300.0, 400.0)
    assert chosen(home, replace(UNNAMED, is_resumed=True), cut) == "none"


def test_travel_is_real_and_unmeasured_and_nobody_is_asked_onto_a_pad(home: Home) -> None:
    told: list[Snapshot] = []
    with open_library(home.folders) as library:
        launch = Launch(TRAVEL, Place(home.folders, Settings(), SystemClock(), library))
        launch.engine.send(Next())
        launch.engine.start()
        while not launch.engine.join(0.005):
            told.append(launch.engine.snapshot)
        assert launch.engine.error is None
        [session] = library.diary.entries("Ann", SessionLog)
        sets = library.diary.entries("Ann", SetLog)
        [listed] = library.sessions()
    assert session.said.is_complete
    assert not session.is_simulated
    assert not any(entry.is_simulated for entry in sets)
    assert len(sets) == 17
    assert not any(entry.said.is_measured for entry in sets)
    assert not listed.is_simulated
    assert launch.report is not None
    page = launch.report.read_text(encoding="utf-8")
    assert "No sensor took part" in page
    assert "samples received at" not in page
    assert not any("your left foot on the pad" in one.message for one in told)
    assert not any(one.link.is_there or one.is_simulated for one in told)
    assert launch.errands == ()


def test_before_it_begins_and_in_its_rests_no_pad_is_spoken_of_as_one_to_stand_on(
    home: Home,
) -> None:
    with open_library(home.folders) as library:
        launch = Launch(TRAVEL, Place(home.folders, Settings(), SystemClock(), library))
        assert launch.plan is not None
        coach = CircuitCoach(launch.plan)
    assert "no pad and no sensor is needed" in coach.view().message
    assert "put your" not in coach.view().message
    coach.obey(Next(), 0.0)
    for second in range(1, 300):
        coach.advance(float(second))
        assert "pad" not in coach.view().message


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (replace(TRAVEL, source="none", is_source_given=True, circuit="standard"), "is measured"),
        (Order(source="none"), "one exercise alone is measured"),
    ],
)
def test_what_is_measured_is_refused_without_a_sensor(home: Home, order: Order, words: str) -> None:
    with open_library(home.folders) as library, pytest.raises(UsageError, match=words):
        Launch(order, Place(home.folders, Settings(), SystemClock(), library))


def test_the_line_about_the_link_says_that_there_is_no_sensor() -> None:
    link = LinkState(rate_hz=20.0, is_there=False)
    assert link_words(link) == window_words(link) == "no sensor, unmeasured"


def test_a_circuit_that_goes_on_stands_in_the_list_with_its_own_feet(home: Home) -> None:
    cut = Progress("S", "", "travel", "both", 17, 17, 1.0, 300.0, 400.0)
    now = SystemClock().now().astimezone()
    with open_library(home.folders) as library:
        library.diary.note(Noting("Ann", now, cut, key="resume"))
        order = replace(UNNAMED, is_resumed=True)
        launch = Launch(order, Place(home.folders, Settings(), SystemClock(), library))
        launch.engine.send(Next())
        launch.engine.start()
        assert launch.engine.join(60.0)
        assert [one.side_plan for one in library.sessions()] == ["both"]
