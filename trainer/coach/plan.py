"""The plan of one session: which exercise, who, and which foot in which set."""

from dataclasses import dataclass
from enum import StrEnum

from trainer.coach.exercises import MOST_REPS, MOST_SETS, Exercise
from trainer.core.cues import Side
from trainer.core.errors import UsageError


class Feet(StrEnum):
    """Which feet a session trains."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class KnownMvc:
    """A maximal force in newtons, measured earlier with the same exercise and pad."""

    athlete: str
    side: Side
    force_n: float
    exercise: str = ""
    """Whose maximum it is; empty for the session's own exercise."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What a session sets out to do."""

    exercise: Exercise
    athlete: str
    sides: tuple[Side, ...]
    """The foot of each set, in order; as many sets as there are sides."""
    reps: int
    """Reps of each set."""
    known_mvc: tuple[KnownMvc, ...] = ()
    """A foot whose maximum is known is not asked for maximal presses."""


def other(side: Side) -> Side:
    """Return the other foot."""
    return Side.RIGHT if side is Side.LEFT else Side.LEFT


def sides_of(feet: Feet, sets: int, first: Side = Side.LEFT) -> tuple[Side, ...]:
    """Return the foot of each set: `sets` of each foot trained, both taking turns from `first`."""
    if feet is Feet.BOTH:
        return (first, other(first)) * sets
    return (Side(feet.value),) * sets


def make_plan(
    exercise: Exercise,
    *,
    athlete: str,
    feet: Feet = Feet.LEFT,
    sets: int | None = None,
    reps: int | None = None,
    known_mvc: tuple[KnownMvc, ...] = (),
) -> SessionPlan:
    """Return the plan with the exercise's own sets and reps where none are given.

    Raises UsageError where a number is out of bounds.
    """
    sets = exercise.sets if sets is None else sets
    reps = exercise.reps if reps is None else reps
    for name, number, most in (("sets", sets, MOST_SETS), ("reps", reps, MOST_REPS)):
        if not 1 <= number <= most:
            raise UsageError(f"{name}: is {number}; allowed: 1 to {most}. Choose another number.")
    return SessionPlan(exercise, athlete, sides_of(feet, sets), reps, known_mvc)
