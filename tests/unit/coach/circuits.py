"""Small circuits, and a person who goes through them."""

from dataclasses import replace
from typing import Any

from tests.unit.coach.person import EXERCISE
from trainer.coach.agenda import make_agenda
from trainer.coach.circuitplan import CircuitPlan
from trainer.coach.plan import Feet, KnownMvc
from trainer.coach.programme import Circuit, Drill, Led, Sensor, Sides, Step, Tempo
from trainer.core.cues import Side
from trainer.core.diary.training import Block, SessionKind

FORM = ("Heel down.", "Breathe.")
DRILLS = {
    drill.id: drill
    for drill in (
        Drill("mobility", "Ankle circles", "Circle the ankle.", Led.CLOCK, Sensor.NONE),
        Drill(
            "curl", "Toe curl", "Press.", Led.REPS, is_hard=True, cues=("Heel down.", "Breathe.")
        ),
        Drill("squeeze", "Arch squeeze", "Hold.", Led.HOLD, Sensor.TOES),
        Drill("pulse", "Slow pulses", "Pulse.", Led.PULSE, Sensor.TOES),
        Drill("rhythm", "Quick presses", "Press.", Led.RHYTHM, Sensor.TOES),
        Drill("taps", "Foot taps", "Tap.", Led.TAPS, Sensor.TOES),
        Drill("react", "React", "Press at the cue.", Led.REACT, Sensor.TOES),
        Drill("balance", "One leg", "Stand.", Led.BALANCE, Sensor.IMU),
        Drill("sequence", "Sequence", "Shift.", Led.SEQUENCE, Sensor.BALL, beats=("press", "roll")),
        Drill("breath", "Breathe", "Breathe out slowly.", Led.CLOCK, Sensor.NONE),
    )
}

WARM_UP = Step("mobility", duration_s=300.0, sides=Sides.TOGETHER, block=Block.WARM_UP, rest_s=0.0)
CURLS = Step("curl", sets=2, reps=3, rest_s=20.0, target_pct_mvc=40.0, device="band")
COOLDOWN = Step("breath", duration_s=30.0, sides=Sides.TOGETHER, block=Block.COOLDOWN, rest_s=0.0)
TEMPO = Tempo(0.4, 0.2, 0.4)


def circuit(*steps: Step, kind: SessionKind = SessionKind.TRAINING) -> Circuit:
    """Return a circuit of these steps; without any, a whole session in small."""
    return Circuit("small", "Small session", kind, steps or (WARM_UP, CURLS, COOLDOWN))


def plan(*steps: Step, kind: SessionKind = SessionKind.TRAINING, **other: Any) -> CircuitPlan:  # noqa: ANN401 - fields by their names
    """Return the plan of it, both maxima known."""
    known = (KnownMvc("Ann", Side.LEFT, 90.0), KnownMvc("Ann", Side.RIGHT, 95.0))
    asked = circuit(*steps, kind=kind)
    made = CircuitPlan(
        asked,
        make_agenda(asked, DRILLS, Feet.BOTH),
        EXERCISE,
        "Ann",
        session_id="S1",
        known_mvc=known,
    )
    return replace(made, **other)
