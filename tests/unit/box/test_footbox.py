"""The box on gpiozero's own pretended pins: contacts, light and buzzer, with its real callbacks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import gpiozero  # type: ignore[import-untyped]
import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin  # type: ignore[import-untyped]

from tests.unit.terminal.fakeengine import WORK, FakeEngine
from trainer.box.contacts import HOLD_S
from trainer.box.footbox import READY, STUCK, FootBox
from trainer.box.opening import open_box
from trainer.core.clock import ManualClock
from trainer.core.errors import SettingsError
from trainer.core.pinplan import PinPlan, make_plan, shipped_table
from trainer.core.settings import BoxSettings
from trainer.core.snapshot import Phase, Snapshot

PLAN: Final = make_plan(shipped_table())
SETTINGS: Final = BoxSettings(is_enabled=True)
BOUNCE_S: Final = SETTINGS.bounce_s
LOOK_S: Final = 0.02


@dataclass
class Bench:
    """A box, the pins below it and the session above."""

    box: FootBox
    engine: FakeEngine
    clock: ManualClock
    factory: Any
    told: list[str]

    def pin(self, role: str) -> Any:  # noqa: ANN401 - gpiozero is untyped
        return self.factory.pin(PLAN.line(role).bcm)

    def press(self, length_s: float = 0.2) -> None:
        self.pin("button").drive_low()
        self.look(length_s)
        self.pin("button").drive_high()
        self.look(0.1)

    def look(self, seconds: float) -> None:
        for _ in range(round(seconds / LOOK_S)):
            self.clock.move(LOOK_S)
            self.engine.heartbeat_s = self.clock.monotonic_s()
            self.box.look()

    def states(self, role: str) -> list[float]:
        """Return what the pin went through, the first the state at its claiming."""
        return [state.state for state in self.pin(role).states]


def make(settings: BoxSettings = SETTINGS, *, is_down: bool = False) -> Bench:
    clock, told = ManualClock(), list[str]()
    factory = MockFactory(pin_class=MockPWMPin)
    box = open_box(PLAN, settings, clock, told.append, lambda: factory)
    assert box is not None
    bench = Bench(box, FakeEngine(clock), clock, factory, told)
    clock.move(1.0)
    if is_down:
        bench.pin("button").drive_low()
    told.append(box.attach(bench.engine))
    return bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = make()
    yield made
    made.box.close()


def test_a_contact_reaches_the_engine_within_the_edge_and_not_at_the_release(bench: Bench) -> None:
    bench.pin("button").drive_low()
    assert bench.engine.presses == [False]
    assert bench.engine.snapshot.phase is Phase.STOPPED
    bench.pin("button").drive_high()
    assert bench.engine.presses == [False]


def test_a_thousand_edges_are_a_thousand_calls(bench: Bench) -> None:
    button = bench.pin("button")
    button.clear_states()
    for _ in range(1000):
        bench.clock.move(2 * BOUNCE_S)
        button.drive_low()
        button.drive_high()
    assert bench.engine.presses == [False] * 1000
    assert len(button.states) == 2001


def test_a_contact_that_bounces_is_one(bench: Bench) -> None:
    button = bench.pin("button")
    for _ in range(20):
        button.drive_low()
        bench.clock.move(0.001)
        button.drive_high()
        bench.clock.move(0.001)
    button.drive_low()
    assert bench.engine.presses == [False]


def test_an_edge_that_was_not_told_is_seen_at_the_next_look(bench: Bench) -> None:
    button = bench.pin("button")
    told = button.when_changed
    button.when_changed = None
    button.drive_low()
    assert bench.engine.presses == []
    bench.box.look()
    bench.box.look()
    assert bench.engine.presses == [False]
    button.when_changed = told
    button.drive_high()
    bench.look(0.1)
    button.drive_low()
    assert bench.engine.presses == [False, False]


def test_a_button_held_at_the_start_starts_nothing_and_says_so() -> None:
    bench = make(is_down=True)
    bench.engine.show(phase=Phase.READY, hold_s=0.0)
    bench.look(10.0)
    assert bench.told == [STUCK]
    assert bench.engine.presses == []
    shiver = bench.states("led")
    assert len(shiver) > 50
    bench.pin("button").drive_high()
    bench.look(0.1)
    bench.pin("button").drive_low()
    assert bench.engine.presses == [False]
    bench.box.close()


def test_a_button_that_stays_down_in_a_set_stops_it_and_in_a_rest_does_not(bench: Bench) -> None:
    told: list[str] = []
    bench.box.start(told.append)
    bench.engine.show(phase=Phase.REST)
    bench.pin("button").drive_low()
    bench.engine.show(phase=Phase.REST, is_pain_asked=False)
    bench.look(HOLD_S + 1.0)
    assert bench.engine.presses == [False]
    bench.engine.show(phase=Phase.WORK)
    bench.look(LOOK_S)
    assert bench.engine.presses[:2] == [False, True]
    assert told[0] == STUCK


def test_two_long_holds_after_the_stop_say_no_and_one_does_not(bench: Bench) -> None:
    bench.press(HOLD_S + 1.0)
    bench.press(HOLD_S + 1.0)
    bench.look(10.0)
    assert bench.engine.snapshot.is_pain_asked
    assert bench.engine.denials == 0
    bench.press(HOLD_S + 0.1)
    bench.press(HOLD_S + 0.1)
    assert bench.engine.denials == 1


def test_the_light_burns_while_a_hold_is_on_and_goes_out_at_the_end(bench: Bench) -> None:
    bench.engine.show(is_press_asked=True)
    bench.look(5.0)
    assert bench.states("led") == [0.0, 1.0]
    bench.engine.show(phase=Phase.DONE, is_press_asked=False, hold_s=0.0)
    bench.look(0.1)
    assert bench.pin("led").state == 0.0
    led = bench.pin("led")
    bench.box.close()
    assert led.function == "input"


def test_the_buzzer_tells_a_stop_in_three_long_tones(bench: Bench) -> None:
    bench.look(0.1)
    buzzer = bench.pin("buzzer")
    buzzer.clear_states()
    bench.press()
    bench.look(3.0)
    assert bench.states("buzzer") == [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]


def test_a_bare_piezo_is_driven_by_a_square_wave_of_its_pitch() -> None:
    bench = make(replace(SETTINGS, buzzer_hz=2700))
    assert bench.pin("buzzer").frequency == 2700
    bench.engine.show(phase=Phase.COUNTDOWN)
    bench.look(0.1)
    bench.engine.show(phase=Phase.WORK, force_n=0.0)
    bench.look(0.1)
    assert bench.pin("buzzer").state == 0.5
    bench.box.close()


def test_a_silent_box_claims_no_buzzer() -> None:
    bench = make(replace(SETTINGS, is_sounding=False))
    bench.press()
    assert len(bench.states("buzzer")) == 1
    assert bench.pin("buzzer").function == "input"
    bench.box.close()


def test_the_box_looks_by_itself_until_it_is_closed(bench: Bench) -> None:
    bench.box.start(bench.told.append)
    bench.engine.snapshot = replace(WORK, hold_s=0.0, is_press_asked=True)
    # A look is due every 20 ms; the thread ends with the box.
    for _ in range(200):
        if len(bench.states("led")) > 2:
            break
        bench.engine.clock.move(0.05)
        bench.box.look()
    bench.box.close()
    bench.box.close()
    assert len(bench.states("led")) > 2


def test_where_there_are_no_pins_there_is_no_box_and_it_says_why() -> None:
    told: list[str] = []

    def find() -> object:
        raise gpiozero.PinUnknownPi("unable to locate Pi revision")

    assert open_box(PLAN, SETTINGS, ManualClock(), told.append, find) is None
    assert len(told) == 1
    assert "unable to locate Pi revision" in told[0]
    assert "is_enabled = false" in told[0]


@pytest.mark.parametrize("error", [ImportError("no lgpio"), PermissionError("/dev/gpiochip0")])
def test_what_is_missing_or_forbidden_is_no_crash(error: Exception) -> None:
    told: list[str] = []

    def find() -> object:
        raise error

    assert open_box(PLAN, SETTINGS, ManualClock(), told.append, find) is None
    assert str(error) in told[0]


def test_a_pin_that_another_uses_is_told_and_the_others_are_let_go() -> None:
    told: list[str] = []
    factory = MockFactory(pin_class=MockPWMPin)
    taken = gpiozero.LED(PLAN.line("buzzer").bcm, pin_factory=factory)
    assert open_box(PLAN, SETTINGS, ManualClock(), told.append, lambda: factory) is None
    assert len(told) == 1
    taken.close()
    box = open_box(PLAN, SETTINGS, ManualClock(), told.append, lambda: factory)
    assert box is not None
    box.close()


def test_a_fault_of_our_own_is_not_taken_for_missing_pins() -> None:
    def find() -> object:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - nothing in it to match
        open_box(PLAN, SETTINGS, ManualClock(), lambda _line: None, find)


def test_a_build_without_a_button_is_refused_with_the_way_out() -> None:
    lines = {role: line for role, line in PLAN.lines.items() if role != "button"}
    plan = PinPlan(PLAN.build, PLAN.driver, PLAN.cells, PLAN.has_imu, lines)
    with pytest.raises(SettingsError, match="no line 'button'") as raised:
        open_box(plan, SETTINGS, ManualClock(), lambda _line: None, MockFactory)
    assert "is_enabled = false" in str(raised.value)


def test_a_session_that_runs_shows_ready_first() -> None:
    bench = make()
    assert bench.told == [READY]
    assert isinstance(bench.engine.snapshot, Snapshot)
    bench.box.close()
