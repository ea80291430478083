"""A maximum of one exercise is none of another: each has its own, all presses of all toes share."""

import pytest

from tests.unit.coach.circuits import COOLDOWN, WARM_UP, plan
from tests.unit.coach.test_circuit import Doer
from trainer.coach.agenda import Item
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.plan import KnownMvc
from trainer.coach.programme import Drill, Led, Sensor, Sides, Step
from trainer.core.cues import MvcMeasured, PressAsked, Side
from trainer.core.diary.training import SessionKind
from trainer.core.snapshot import Phase

HALLUX = Drill("hallux", "Great toe", "Press.", Led.REPS, Sensor.HALLUX, is_hard=True)
DOME = Drill("dome", "Dome", "Squeeze.", Led.HOLD, Sensor.DOME, is_hard=True)


def made(drill: Drill, *known: KnownMvc) -> CircuitPlan:
    """Return a circuit of one set of it, the toes' maxima known."""
    step = Step(drill.id, reps=6, sides=Sides.LEFT, target_pct_mvc=40.0)
    base = plan(WARM_UP, Step("curl", reps=1), COOLDOWN)
    first, last = base.agenda[0], base.agenda[-1]
    agenda = (first, Item(2, 1, step, drill, Side.LEFT, 1), last)
    kind = SessionKind.BASELINE
    return plan(WARM_UP, COOLDOWN, kind=kind, agenda=agenda, known_mvc=(*base.known_mvc, *known))


def test_a_great_toe_makes_maximal_presses_of_its_own() -> None:
    doer = Doer(made(HALLUX)).begin().reach(Phase.MVC_PRESS)
    while doer.view().phase is not Phase.WORK:
        if doer.view().phase is Phase.MVC_PRESS and doer.view().cue == "MAX":
            doer.press(4.2, 30.0)
        doer.wait(0.5)
    measured = doer.last(MvcMeasured)
    assert (measured.exercise, measured.side) == ("hallux", Side.LEFT)
    assert doer.view().mvc_n == pytest.approx(30.0)
    assert max(n for _, n in doer.view().trace[:4]) == pytest.approx(0.4 * 30.0)


def test_what_is_known_of_the_exercise_itself_sets_its_target() -> None:
    known = KnownMvc("Ann", Side.LEFT, 60.0, "dome")
    doer = Doer(made(DOME, known)).begin().reach(Phase.WORK)
    assert doer.last(PressAsked).target_n == pytest.approx(24.0)


def test_a_dome_takes_no_maximum_of_the_toes() -> None:
    doer = Doer(made(DOME)).begin().reach(Phase.WORK)
    assert doer.last(PressAsked).target_n is None
    assert doer.view().mvc_n is None
