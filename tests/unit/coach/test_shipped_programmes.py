"""What ships: complete, within the cap, with a text, a picture and a substitute for each."""

from pathlib import Path

import pytest

from tests.unit.coach.programmes import FOLDER, SHIPPED, foundation, shipped
from trainer.coach.length import block_min, circuit_min, is_too_long
from trainer.coach.programme import Direction, Drill, Led, PhaseKind, Sensor
from trainer.coach.rung import rung_circuit, rungs_in_order
from trainer.core.diary.devices import Surface
from trainer.core.diary.training import Block, SessionKind

PICTURES = FOLDER.parent / "pictures"
DRILLS = sorted(foundation().drills.values(), key=lambda drill: drill.id)


def work(circuit: str) -> list[str]:
    steps = foundation().circuits[circuit].steps
    return [step.exercise for step in steps if step.block is Block.WORK]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rung_fits_the_cap_with_warm_up_and_cooldown(name: str) -> None:
    found = shipped(name)
    rungs = rungs_in_order(found)
    assert {phase.kind for phase, _ in rungs} == set(PhaseKind)
    for _, rung in rungs:
        circuit = rung_circuit(found, rung.id)
        assert not is_too_long(circuit, found.drills, 15.0), rung.id
        minutes = block_min(circuit, found.drills)
        assert 5 <= minutes[Block.WARM_UP] + 1e-9 <= 7
        assert minutes[Block.COOLDOWN] >= 1
        assert rung.gate.most_compensated_pct is not None


@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.id)
def test_each_exercise_says_how_and_shows_it(drill: Drill) -> None:
    assert len(drill.how) > 40
    assert drill.cues
    assert Path(PICTURES / f"{drill.picture}.svg").is_file(), drill.picture
    if drill.devices or drill.sensor not in {Sensor.NONE, Sensor.IMU}:
        assert not foundation().drills[drill.substitute].devices


def test_the_standard_session_mixes_holds_pulses_and_rhythm_over_toes_arch_and_spread() -> None:
    drills = [foundation().drills[key] for key in work("standard")]
    assert {Led.HOLD, Led.PULSE, Led.RHYTHM, Led.REPS} == {drill.led for drill in drills}
    assert {"toe_flexion_hold", "arch_squeeze", "toe_spread"} <= {drill.id for drill in drills}


def test_three_directions_are_trained_in_one_circuit() -> None:
    found = {foundation().drills[key].direction for key in work("control")}
    assert {Direction.FLEXION, Direction.ADDUCTION, Direction.ABDUCTION} <= found


def test_the_exercises_that_work_the_whole_sole_stand_beside_the_curls() -> None:
    assert {"toe_curl", "short_foot", "toes_spread_out", "toe_extension"} <= set(
        work("first_session")
    )


def test_balance_goes_from_the_floor_over_grass_to_foam() -> None:
    surfaces = [
        next(s for s in rung_circuit(foundation(), f"balance_{name}").steps if s.surface).surface
        for name in ("floor", "grass", "foam")
    ]
    assert surfaces == [Surface.FLOOR, Surface.GRASS, Surface.FOAM]


def test_the_sequence_is_loaded_by_body_weight() -> None:
    step = next(s for s in foundation().circuits["sequence"].steps if s.target_pct_bw)
    assert (step.exercise, step.target_pct_bw) == ("sequence_press", 40)


def test_speed_and_reaction_come_in_the_phase_of_power_alone() -> None:
    for phase, rung in rungs_in_order(foundation()):
        leds = {
            foundation().drills[s.exercise].led for s in rung_circuit(foundation(), rung.id).steps
        }
        assert Led.REACT not in leds or phase.kind is PhaseKind.POWER
    assert {"speed_press", "reactive_press", "foot_taps"} <= set(work("speed"))


def test_calf_and_ankle_work_has_no_calf_guard() -> None:
    for key in ("calf_raise", "ankle_circles", "ankle_rock", "ankle_alphabet"):
        assert not foundation().drills[key].is_guarded, key
    assert foundation().drills["toe_curl"].is_guarded


def test_the_warm_up_moves_the_ankle_and_the_cooldown_is_slow_and_low() -> None:
    assert {"ankle_circles", "ankle_rock"} <= {s.exercise for s in foundation().parts["warm_up"]}
    low = foundation().parts["cooldown"][0]
    assert (foundation().drills[low.exercise].led, low.target_pct_mvc) == (Led.HOLD, 10)
    assert "breathing" in {s.exercise for s in foundation().parts["cooldown"]}


def test_activation_is_two_or_three_gentle_minutes() -> None:
    found = foundation().circuits["activation"]
    assert 2 <= circuit_min(found, foundation().drills) <= 3
    for step in found.steps:
        assert (step.target_pct_mvc or 0) <= 15
        assert not foundation().drills[step.exercise].is_hard


def test_the_travel_routine_needs_no_sensor_and_no_device() -> None:
    found = foundation().circuits["travel"]
    assert found.kind is SessionKind.TRAVEL
    for step in found.steps:
        drill = foundation().drills[step.exercise]
        assert (drill.sensor, drill.devices, step.device) == (Sensor.NONE, (), "")


def test_exercises_of_the_work_name_their_muscles() -> None:
    for circuit in foundation().circuits.values():
        for step in circuit.steps:
            assert step.block is not Block.WORK or foundation().drills[step.exercise].targets


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "foundation"])
def test_goal_templates_take_circuits_by_id_and_cite_their_sources(name: str) -> None:
    found = shipped(name)
    assert found.circuits["first_session"] == foundation().circuits["first_session"]
    assert "# Sources: " in (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert found.goal
