"""A scripted person: feeds a conductor with the events that presses on a pad would cause."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

from trainer.coach.conductor import Coach, Conductor
from trainer.coach.exercises import Exercise, parse_exercises
from trainer.coach.plan import Feet, KnownMvc, SessionPlan, make_plan
from trainer.core.commands import Command, Next, SkipMvc
from trainer.core.cues import Cue, Side
from trainer.core.events import Event, HoldReleased, HoldSettled, HoldStarted
from trainer.core.hold import Hold
from trainer.core.snapshot import Phase, Snapshot

SHIPPED = Path(__file__).parents[3] / "trainer" / "coach" / "exercises.toml"
EXERCISE = parse_exercises(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)["toe_curl"]

LATENCY_S = 0.1
"""From the start of the rise to the lamp."""
SETTLING_S = 0.3
"""From the release to the settled hold."""

Said = TypeVar("Said", bound=Cue)


class Flaws(TypedDict, total=False):
    """What may be wrong with a hold."""

    is_finished: bool
    is_saturated: bool
    lost_samples: int


def make_hold(start_s: float, length_s: float, force_n: float = 20.0) -> Hold:
    """Return a good hold."""
    return Hold(
        start_s=start_s,
        end_s=start_s + length_s,
        peak_n=1.1 * force_n,
        plateau_n=force_n,
        mean_n=force_n,
        cv_pct=3.0,
        rfd_n_s=100.0,
        impulse_n_s=force_n * length_s,
        best_half_second_n=force_n if length_s >= 0.5 else None,
        tremor_n=0.1,
        heel_change_n=None,
        trunk_push_n=None,
        is_finished=True,
        is_saturated=False,
        lost_samples=0,
        rest_n=0.0,
    )


def make_session(
    feet: Feet = Feet.LEFT,
    sets: int = 2,
    reps: int = 3,
    exercise: Exercise = EXERCISE,
    mvc_n: dict[Side, float] | None = None,
) -> SessionPlan:
    """Return a small plan for Ann."""
    known = tuple(KnownMvc("Ann", side, force_n) for side, force_n in (mvc_n or {}).items())
    return make_plan(exercise, athlete="Ann", feet=feet, sets=sets, reps=reps, known_mvc=known)


class Person:
    """Moves stream time on, presses, commands; keeps all cues."""

    def __init__(self, conductor: Conductor, step_s: float = 0.05) -> None:
        self.conductor = conductor
        conductor.know_rate(80.0)
        self.step_s = step_s
        self.at_s = 0.0
        self.cues: list[Cue] = []

    def view(self) -> Snapshot:
        return self.conductor.view()

    def heard(self, kind: type[Said]) -> list[Said]:
        return [cue for cue in self.cues if isinstance(cue, kind)]

    def last(self, kind: type[Said]) -> Said:
        return self.heard(kind)[-1]

    def do(self, *commands: Command) -> None:
        for command in commands:
            self.cues += self.conductor.obey(command, self.at_s)

    def feel(self, *events: Event) -> None:
        for event in events:
            self.cues += self.conductor.push(event)

    def wait(self, seconds: float) -> None:
        """Let time pass in steps, to the end exactly."""
        end_s = self.at_s + seconds
        while self.at_s + self.step_s < end_s:
            self.at_s += self.step_s
            self.cues += self.conductor.advance(self.at_s)
        self.at_s = end_s
        self.cues += self.conductor.advance(end_s)

    def wait_for(self, phase: Phase, most_s: float = 100.0) -> None:
        """Let time pass until a phase is reached."""
        end_s = self.at_s + most_s
        while self.view().phase is not phase:
            assert self.at_s < end_s, f"still in {self.view().phase}, not in {phase}"
            self.wait(self.step_s)

    def start_press(self) -> float:
        """Begin to press; return the provisional start."""
        start_s = self.at_s
        self.wait(LATENCY_S)
        self.feel(HoldStarted(self.at_s, start_s))
        return start_s

    def end_press(self, hold: Hold) -> None:
        """Let go now and wait until the hold is settled."""
        self.feel(HoldReleased(self.at_s))
        self.wait(SETTLING_S)
        self.feel(HoldSettled(self.at_s, hold))

    def press(self, length_s: float = 1.8, force_n: float = 20.0, **flaws: Unpack[Flaws]) -> Hold:
        """Press from now on for a while; `flaws` replace fields of the settled hold."""
        start_s = self.start_press()
        self.wait(length_s - LATENCY_S)
        hold = replace(make_hold(start_s, length_s, force_n), **flaws)
        self.end_press(hold)
        return hold

    def do_reps(self, forces_n: Sequence[float]) -> None:
        """Press at the cue, once for each force."""
        for force_n in forces_n:
            while self.view().cue != EXERCISE.words.press:
                self.wait(self.step_s)
            self.wait(0.3)
            self.press(force_n=force_n)

    def go_to(self, phase: Phase) -> None:
        """Do what leads from the start to a phase of the first set, without maximal presses."""
        path = (Phase.READY, Phase.TARE, Phase.CHECK, Phase.COUNTDOWN, Phase.WORK)
        self.do(SkipMvc())
        for here in path[: path.index(phase)]:
            if here in {Phase.READY, Phase.CHECK}:
                self.do(Next())
            else:
                self.wait(max(0.0, self.view().left_s))
        assert self.view().phase is phase

    def go_to_presses(self) -> None:
        """Go to the first maximal press."""
        self.do(Next())
        self.wait(EXERCISE.tare_s)
        self.do(Next(), Next())
        assert self.view().phase is Phase.MVC_PRESS


def at_work(
    feet: Feet = Feet.LEFT,
    sets: int = 2,
    reps: int = 3,
    mvc_n: dict[Side, float] | None = None,
) -> Person:
    """Return a person in the first set."""
    person = Person(Coach(make_session(feet, sets, reps, mvc_n=mvc_n)))
    person.go_to(Phase.WORK)
    return person
