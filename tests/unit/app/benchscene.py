"""A foot on a bench: presses of straight lines at known times, and the notes of their sets."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from trainer.app.analysis import analyse
from trainer.app.assessfound import Found
from trainer.app.assessjudge import judge_scene
from trainer.app.assessscene import find_scene
from trainer.app.programmes import shipped_foundation
from trainer.coach.programme import Circuit, Step
from trainer.core.arrays import FloatArray
from trainer.core.cues import MaxPressAsked, PressAsked, RepCounted, RestStarted, SetStarted, Side
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.core.packets import IMU_AXES, Packet, Stream, StreamInfo, UnitPacket
from trainer.core.settings import DetectionSettings
from trainer.core.units import Unit
from trainer.recording.recording import Note, Recording

RATE_HZ = 80.0
CELLS = ("hallux", "toes", "ball", "heel")
REST_N = np.array([20.0, 15.0, 140.0, 175.0])
PRESS = np.array([0.6, 0.4, -0.8, 0.3])
"""What the cells take of a press of one newton: hallux and toes all of it, the ball unloads."""
CALF = np.array([0.0, 0.0, 0.75, -0.75])
"""... and what a calf that helps moves from the heel to the ball."""
GRAVITY_MS2 = 9.81


@dataclass(frozen=True)
class Drawn:
    """A press whose straight ramps cross half of it at its start and end."""

    start_s: float
    end_s: float
    force_n: float
    up_s: float = 0.3
    down_s: float = 0.3
    calf: float = 0.0
    """How much the calf helps, as a share of the press."""
    calf_ahead_s: float = 0.0

    def course_n(self, time_s: FloatArray, ahead_s: float = 0.0) -> FloatArray:
        start_s, end_s = self.start_s - ahead_s, self.end_s
        corners = [
            start_s - self.up_s / 2,
            start_s + self.up_s / 2,
            end_s - self.down_s / 2,
            end_s + self.down_s / 2,
        ]
        return np.interp(time_s, corners, [0.0, self.force_n, self.force_n, 0.0])


@dataclass(frozen=True)
class DrawnSet:
    """One set, its presses, and the cues that asked for them."""

    exercise: str
    start_s: float
    end_s: float
    presses: tuple[Drawn, ...] = ()
    asked: tuple[tuple[float, float], ...] = ()
    """Seconds of the cue, seconds to hold."""
    target_n: float | None = None
    side: Side = Side.LEFT
    ended_by: EndedBy = EndedBy.DONE
    asked_reps: int = 0


@dataclass(frozen=True)
class DrawnMax:
    """One maximal press."""

    asked_s: float
    press: Drawn | None
    trial: int
    side: Side = Side.LEFT


@dataclass(frozen=True)
class Bench:
    """A recording as it is drawn."""

    sets: tuple[DrawnSet, ...] = ()
    maxima: tuple[DrawnMax, ...] = ()
    taps_s: tuple[float, ...] = ()
    cells: tuple[str, ...] = CELLS
    roll: tuple[float, float] | None = None
    """Degrees and hertz of a sway to the side, from 5 s on; None without an inertial sensor."""
    lean_cm: tuple[float, float] = (0.0, 0.1)
    """Amplitude and hertz of the centre of pressure's way along the foot."""
    circuit: str = "baseline"
    steps: tuple[Step, ...] = field(default=())
    """In place of the circuit's own."""
    seen: tuple[tuple[str, float], ...] = ()
    """What the notes of the sets say of a stance."""

    def judged(self) -> tuple[Found, ...]:
        """Return the figures of what was drawn."""
        return _judged(self)


def values(found: Sequence[Found], metric: str, side: Side | None = Side.LEFT) -> list[float]:
    """Return a metric's values of a foot, trial by trial; fails where one has none."""
    own = sorted((f for f in found if f.metric == metric and f.side is side), key=lambda f: f.trial)
    assert own, f"no {metric} at all"
    known = [f.value for f in own if f.value is not None]
    assert len(known) == len(own), [f.reason for f in own]
    return known


def reasons(found: Sequence[Found], metric: str) -> set[str]:
    """Return why a metric has no value."""
    own = [f for f in found if f.metric == metric]
    assert own, f"no {metric} at all"
    assert all(f.value is None for f in own), own
    return {f.reason for f in own}


@cache
def _judged(bench: Bench) -> tuple[Found, ...]:
    programme = shipped_foundation()
    circuit = programme.circuits[bench.circuit]
    if bench.steps:
        circuit = Circuit("drawn", "Drawn", circuit.kind, bench.steps, 1)
    seen: dict[str, Any] = dict(bench.seen)
    logs = {number: replace(log_of(one), **seen) for number, one in enumerate(bench.sets, 1)}
    analysis = analyse(recording_of(bench), DetectionSettings())
    return judge_scene(find_scene(analysis, circuit, programme.drills, logs))


def log_of(one: DrawnSet) -> SetLog:
    """Return the note of a set."""
    return SetLog(
        session_id="drawn",
        exercise=one.exercise,
        block=Block.WORK,
        side=one.side,
        ended_by=one.ended_by,
        duration_s=one.end_s - one.start_s,
        asked_reps=one.asked_reps or len(one.asked),
        counted_reps=len(one.presses),
        start_s=one.start_s,
        end_s=one.end_s,
    )


def recording_of(bench: Bench) -> Recording:
    """Return the bench's recording, which no file holds."""
    ends = [one.end_s for one in bench.sets] + [most.asked_s + 8 for most in bench.maxima]
    last_s = max(ends) + 5
    time_s = np.arange(0.0, last_s, 1 / RATE_HZ)
    columns = [CELLS.index("hallux" if cell == "dome" else cell) for cell in bench.cells]
    packets: list[Packet] = [
        UnitPacket(Stream.FORCE, time_s, _force_n(bench, time_s)[:, columns], last_s)
    ]
    streams = [StreamInfo(Stream.FORCE, bench.cells, Unit.NEWTON, 1 / RATE_HZ)]
    if bench.roll is not None:
        packets.append(_motion(*bench.roll, last_s))
        streams.append(StreamInfo(Stream.IMU, IMU_AXES, Unit.IMU, 0.01))
    return Recording(Path("drawn.mcap"), None, tuple(streams), tuple(packets), _notes(bench))


def _force_n(bench: Bench, time_s: FloatArray) -> FloatArray:
    drawn = [p for one in bench.sets for p in one.presses]
    drawn += [one.press for one in bench.maxima if one.press is not None]
    force_n = REST_N + np.random.default_rng(5).normal(0, 0.03, (len(time_s), len(CELLS)))
    for press in drawn:
        force_n += press.course_n(time_s)[:, None] * PRESS
        force_n += press.calf * press.course_n(time_s, press.calf_ahead_s)[:, None] * CALF
    for tap_s in bench.taps_s:
        force_n += Drawn(tap_s - 0.05, tap_s + 0.05, 15, 0.04, 0.04).course_n(time_s)[
            :, None
        ] * np.array([0.6, 0.4, 0, 0])
    amplitude_cm, lean_hz = bench.lean_cm
    # Load that goes over from the heel at -4.5 cm to the ball at 12 cm moves the centre so far.
    moved_n = REST_N.sum() * amplitude_cm / 16.5
    force_n += (moved_n * np.sin(2 * np.pi * lean_hz * time_s))[:, None] * np.array([0, 0, 1, -1])
    return force_n


def _motion(roll_deg: float, roll_hz: float, last_s: float) -> UnitPacket:
    time_s = np.arange(0.0, last_s, 0.01)
    phase = 2 * np.pi * roll_hz * (time_s - 5.0)
    roll = np.radians(roll_deg) * np.where(time_s > 5, np.sin(phase), 0.0)
    rate = roll_deg * 2 * np.pi * roll_hz * np.where(time_s > 5, np.cos(phase), 0.0)
    still = np.zeros(len(time_s))
    accel = (still, GRAVITY_MS2 * np.sin(roll), GRAVITY_MS2 * np.cos(roll))
    return UnitPacket(Stream.IMU, time_s, np.column_stack([*accel, rate, still, still]), last_s)


def _notes(bench: Bench) -> tuple[Note, ...]:
    notes: list[Note] = []
    for most in bench.maxima:
        cue = MaxPressAsked(most.asked_s, most.side, most.trial, 3, 4.0)
        over_s = most.asked_s + 7
        notes.append(Note(most.asked_s, "MaxPressAsked", asdict(cue)))
        notes.append(Note(over_s, "RestStarted", asdict(RestStarted(over_s, 1.0, most.side))))
    for number, one in enumerate(bench.sets, 1):
        started = SetStarted(one.start_s, one.side, number, len(bench.sets), len(one.asked))
        notes.append(Note(one.start_s, "SetStarted", asdict(started)))
        for rep, (at_s, hold_s) in enumerate(one.asked, 1):
            asked = PressAsked(at_s, rep, one.target_n, hold_s)
            notes.append(Note(at_s + 0.02, "PressAsked", asdict(asked)))
        for rep, press in enumerate(one.presses, 1):
            span = {"hold": {"start_s": press.start_s, "end_s": press.end_s}}
            counted = RepCounted(press.end_s + 0.5, rep, press.force_n)
            notes.append(Note(press.end_s + 0.5, "HoldSettled", span))
            notes.append(Note(press.end_s + 0.5, "RepCounted", asdict(counted)))
    notes.sort(key=lambda note: note.at_s)
    return tuple(notes)
