"""How well reps keep time: against the guide where there was one, else among themselves.

A hold answers the last cue given up to EARLY_S after its start, within LATE_S; of several holds
that answer one cue the longest is the rep and the others are extra. Errors are positive where the
person came late or held for too long.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from trainer.core.hold import Hold
from trainer.detect.sets import SET_REST_S, group_sets

EARLY_S: Final = 0.5
"""A press this much ahead of its cue anticipates it: the shortest pause of a guided tempo is twice
as long, so that it cannot be the answer to the cue before."""

LATE_S: Final = SET_REST_S
"""A press later than this belongs to another set."""

FEWEST_CYCLES: Final = 3
"""A coefficient of variation of two cycles is uncertain by 70 per cent of itself."""


@dataclass(frozen=True, slots=True)
class AskedRep:
    """A rep as the guide asked for it."""

    at_s: float
    """Cue to press."""
    hold_s: float
    relax_at_s: float | None = None
    """Cue to let go; None where none was given."""


@dataclass(frozen=True, slots=True)
class RepTiming:
    """How one asked rep was timed."""

    hold: int
    """Number of the hold that answered, from 1."""
    onset_error_s: float
    """Start of the hold minus the cue to press."""
    length_error_s: float | None
    """Duration of the hold minus the one asked for; None where a cut ended it."""
    release_error_s: float | None
    """End of the hold minus the cue to let go; None without one, or where a cut ended it."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """The timing of all reps."""

    reps: tuple[RepTiming | None, ...]
    """One per asked rep; None where it was missed."""
    extra_holds: tuple[int, ...]
    """Numbers of holds that nobody asked for."""
    cycle_cv_pct: float | None
    """Coefficient of variation of the times from start to start, about each set's mean."""


def tempo_errors(asked: Sequence[AskedRep], holds: Sequence[Hold]) -> Tempo:
    """Return the timing of the holds against asked reps, both in order of time; none: no guide."""
    answers: dict[int, int] = {}
    rep = -1
    for number, hold in enumerate(holds, 1):
        while rep + 1 < len(asked) and asked[rep + 1].at_s <= hold.start_s + EARLY_S:
            rep += 1
        if rep < 0 or hold.start_s - asked[rep].at_s > LATE_S:
            continue
        known = answers.get(rep)
        if known is None or hold.duration_s > holds[known - 1].duration_s:
            answers[rep] = number
    answered = set(answers.values())
    return Tempo(
        reps=tuple(
            _timing(one, answers[index], holds) if index in answers else None
            for index, one in enumerate(asked)
        ),
        extra_holds=tuple(
            number for number in range(1, len(holds) + 1) if asked and number not in answered
        ),
        cycle_cv_pct=cycle_variation(holds),
    )


def cycle_variation(holds: Sequence[Hold]) -> float | None:
    """Return the variation of the times from start to start in per cent; None of too few."""
    away2, total_s, cycles, degrees = 0.0, 0.0, 0, 0
    for first, last in group_sets(holds):
        starts = [hold.start_s for hold in holds[first - 1 : last]]
        steps = [after - before for before, after in pairwise(starts)]
        if not steps:
            continue
        mean_s = sum(steps) / len(steps)
        away2 += sum((step - mean_s) ** 2 for step in steps)
        total_s += sum(steps)
        cycles += len(steps)
        degrees += len(steps) - 1
    if cycles < FEWEST_CYCLES or degrees == 0:
        return None
    return 100 * math.sqrt(away2 / degrees) / (total_s / cycles)


def _timing(asked: AskedRep, number: int, holds: Sequence[Hold]) -> RepTiming:
    hold = holds[number - 1]
    is_released = hold.is_finished and asked.relax_at_s is not None
    return RepTiming(
        hold=number,
        onset_error_s=hold.start_s - asked.at_s,
        length_error_s=hold.duration_s - asked.hold_s if hold.is_finished else None,
        release_error_s=hold.end_s - (asked.relax_at_s or 0.0) if is_released else None,
    )
