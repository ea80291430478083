"""Floors under the scores of holds and lamp on a few recordings: a broken product falls below one.

They lie under what was measured by as much as a few recordings scatter; the limits that the
product is asked to keep on many are in part_holds.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.truth.part_holds import Draw
from tests.truth.scene import draw_easy, draw_glitchy, draw_hard, draw_rest, draw_strong, draw_weak
from tests.truth.scoring import HoldScore, f1, quantile


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure of several recordings and the limit it is held against."""

    name: str
    figure: Callable[[Sequence[HoldScore]], float]
    limit: float
    is_least: bool = False

    def is_kept(self, scores: Sequence[HoldScore]) -> bool:
        """Return whether the scores keep to it; nothing measured does not."""
        value = self.figure(scores)
        return value >= self.limit if self.is_least else value <= self.limit


def per_15_min(count: Callable[[HoldScore], int]) -> Callable[[Sequence[HoldScore]], float]:
    """Return a figure: how often something happened in 15 minutes."""

    def figure(scores: Sequence[HoldScore]) -> float:
        return sum(map(count, scores)) * 900 / sum(score.duration_s for score in scores)

    return figure


def _cut_told(scores: Sequence[HoldScore]) -> float:
    cut = sum(score.cut for score in scores)
    return sum(score.cut_told for score in scores) / cut if cut else float("nan")


def _found(least: float) -> tuple[Floor, ...]:
    return (
        Floor("F1", f1, least, is_least=True),
        Floor("false holds per 15 min", per_15_min(lambda score: len(score.extra)), 1.0),
        Floor("cut-off holds told", _cut_told, 1.0, is_least=True),
    )


def _exact(middle_s: float, worst_s: float, share: float) -> tuple[Floor, ...]:
    return (
        Floor("start, median", quantile(lambda score: score.start_errors_s, 0.5), middle_s),
        Floor("start, 95 %", quantile(lambda score: score.start_errors_s, 0.95), worst_s),
        Floor("end, median", quantile(lambda score: score.end_errors_s, 0.5), middle_s),
        Floor("end, 95 %", quantile(lambda score: score.end_errors_s, 0.95), worst_s),
        Floor("peak, median", quantile(lambda score: score.peak_errors, 0.5), share),
        Floor("plateau, median", quantile(lambda score: score.plateau_errors, 0.5), share),
    )


def _lamp(middle_s: float, worst_s: float, false: float) -> tuple[Floor, ...]:
    return (
        Floor("lamp, median", quantile(lambda score: score.lamp_s, 0.5), middle_s),
        Floor("lamp, 95 %", quantile(lambda score: score.lamp_s, 0.95), worst_s),
        Floor("false lamps per 15 min", per_15_min(lambda score: score.false_lamps), false),
    )


FLOORS: Final[dict[Draw, tuple[Floor, ...]]] = {
    draw_easy: (*_found(0.998), *_exact(0.003, 0.01, 0.01), *_lamp(0.125, 0.3, 0.8)),
    draw_hard: (*_found(0.993), *_exact(0.006, 0.045, 0.018), *_lamp(0.125, 0.4, 2.0)),
    draw_weak: (*_found(0.993), *_exact(0.006, 0.04, 0.018)),
    draw_glitchy: (
        Floor("false lamps per 15 min", per_15_min(lambda score: score.false_lamps), 2.0),
    ),
    draw_strong: (*_found(0.993), *_exact(0.006, 0.045, 0.018)),
    # Where nothing else tells that a fidget was no press.
    draw_rest: (Floor("false holds per 15 min", per_15_min(lambda score: len(score.extra)), 3.0),),
}


def floor_of(draw: Draw, name: str) -> Floor:
    """Return one floor of a family of recordings by its name."""
    return next(floor for floor in FLOORS[draw] if floor.name == name)
