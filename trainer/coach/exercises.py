"""Exercises: what the TOML text may say of one, with units and limits."""

from dataclasses import dataclass, replace
from typing import Annotated

from trainer.core.errors import SettingsError
from trainer.core.settings import Bound, parse_settings

MOST_SETS = 10
MOST_REPS = 100
"""Far above any published protocol (4 x 25 is the largest we know): more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class CueWords:
    """What the cue says during a rep: one word each, in capitals."""

    press: str
    hold: str
    relax: str


@dataclass(frozen=True, slots=True)
class MaxPresses:
    """How the maximum (MVC) is measured: a few presses as hard as possible, far apart."""

    trials: Annotated[int, Bound(1, 5)]
    ready_s: Annotated[float, Bound(1.0, 60.0, "s")]
    """Time to get ready before a foot's first press."""
    press_s: Annotated[float, Bound(3.0, 5.0, "s")]
    """How long each is held, from its provisional start."""
    min_press_s: Annotated[float, Bound(0.5, 5.0, "s")]
    """A shorter press is repeated: the force may not have got to its top."""
    pause_s: Annotated[float, Bound(5.0, 300.0, "s")]
    """Pause after each, the last one too, so that the first set starts rested."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as data: texts, doses and the limits of a rep."""

    title: str
    how: str
    """How to do it, in one or two plain sentences."""
    words: CueWords
    mvc: MaxPresses
    sets: Annotated[int, Bound(1, MOST_SETS)]
    """Sets of each foot."""
    reps: Annotated[int, Bound(1, MOST_REPS)]
    hold_s: Annotated[float, Bound(0.5, 60.0, "s")]
    """From the provisional start of the rise: with 1.5 and `relax_s` 1 the tempo is 1-0.5-1, which
    keeps three sets of 20 on both feet near five minutes of work."""
    relax_s: Annotated[float, Bound(1.0, 60.0, "s")]
    """From the release to the next press; a hold settles within half a second of its release, so at
    one second it is known by then whether it counted."""
    min_hold_s: Annotated[float, Bound(0.1, 60.0, "s")]
    """A shorter hold is no rep. 0.35 s: longer than fidgets (60-300 ms in simulated recordings, an
    assumed law), shorter than any curl that was held on purpose."""
    target_pct_mvc: Annotated[float, Bound(5.0, 100.0, "%")]
    """Middle of the target band, of the foot's own maximum."""
    band_pct: Annotated[float, Bound(5.0, 50.0, "%")]
    """Half width of the band, of its middle. 20: reps of one set vary by 5-12 % (coefficient of
    variation), so nearly all that aim at the middle fall into the band."""
    rest_s: Annotated[float, Bound(5.0, 600.0, "s")]
    """Rest between sets."""
    countdown_s: Annotated[float, Bound(1.0, 10.0, "s")]
    tare_s: Annotated[float, Bound(1.0, 10.0, "s")]
    """Quiet time over which the cells are set to zero."""
    id: str = ""
    """Name of its table; not written inside it."""


@dataclass(frozen=True, slots=True)
class _ExerciseFile:
    format: Annotated[int, Bound(1, 1)]
    exercises: dict[str, Exercise]


def parse_exercises(text: str, origin: str) -> dict[str, Exercise]:
    """Return the exercises of a TOML text by id; `origin` names it in messages.

    Raises SettingsError: not TOML, unknown or missing key, out of bounds, limits that contradict.
    """
    tables = parse_settings(text, _ExerciseFile, origin).exercises
    return {key: _checked(key, table, origin) for key, table in tables.items()}


def _checked(key: str, exercise: Exercise, origin: str) -> Exercise:
    where = f"{origin}: 'exercises.{key}"
    if exercise.id:
        raise SettingsError(
            f"{where}.id' is {exercise.id!r}; the id is the table's own name, {key!r}. Remove it."
        )
    if exercise.min_hold_s > exercise.hold_s:
        raise SettingsError(
            f"{where}.min_hold_s' is {exercise.min_hold_s:g} s; allowed: up to hold_s, "
            f"{exercise.hold_s:g} s. Correct one of the two."
        )
    if exercise.mvc.min_press_s > exercise.mvc.press_s:
        raise SettingsError(
            f"{where}.mvc.min_press_s' is {exercise.mvc.min_press_s:g} s; allowed: up to press_s, "
            f"{exercise.mvc.press_s:g} s. Correct one of the two."
        )
    for name in ("press", "hold", "relax"):
        word: str = getattr(exercise.words, name)
        if not (word.isalpha() and word.isupper()):
            raise SettingsError(
                f"{where}.words.{name}' is {word!r}; a cue is one word in capitals. Correct it."
            )
    return replace(exercise, id=key)
