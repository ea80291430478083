"""The wedge is held and rolled over: two exercises of the shipped programme, led by the clock."""

import pytest

from tests.unit.coach.circuits import DRILLS, WARM_UP, circuit, plan
from tests.unit.coach.programmes import foundation
from tests.unit.coach.test_circuit import Doer
from trainer.coach.agenda import make_agenda
from trainer.coach.plan import Feet
from trainer.coach.programme import Led, Sides, Step
from trainer.core.diary.training import EndedBy


@pytest.mark.parametrize("key", ["wedge_hold", "wedge_transition"])
def test_the_wedge_is_led_by_the_clock_with_its_words_and_noted_as_unmeasured(key: str) -> None:
    drill = foundation().drills[key]
    assert (drill.led, drill.devices) == (Led.CLOCK, ("wedge",))
    step = Step(key, duration_s=30.0, sides=Sides.LEFT, rest_s=0.0)
    asked = circuit(WARM_UP, step)
    agenda = make_agenda(asked, {**DRILLS, key: drill}, Feet.LEFT)
    doer = Doer(plan(circuit=asked, agenda=agenda)).begin()
    doer.wait(310.0)
    assert doer.view().exercise == drill.title
    doer.wait(90.0)
    log = doer.coach.logs[2]
    assert (log.exercise, log.ended_by, log.is_measured) == (key, EndedBy.DONE, False)
    assert log.duration_s == pytest.approx(30.0, abs=1.0)


def test_the_two_are_a_hold_and_a_transition() -> None:
    drills = foundation().drills
    assert "Hold the arch up" in drills["wedge_hold"].how
    assert "from the outer edge to the ball of the great toe" in drills["wedge_transition"].how
