"""Guided presses: which cell answers where a person presses, and with which sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.core.arrays import FloatArray
from trainer.doctor.checks import ANSWER, CELLS, POLARITY
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.rest import Rest
from trainer.doctor.take import Take

LEAST_N: Final = 5.0
"""A thumb presses more without an effort."""
LEAST_COUNTS: Final = 20_000.0
"""2 N of a 50 kg cell: 2 mV/V on a HX711 give 8,700 counts a newton."""
HIGH: Final = 90.0
"""Percentile that stands for the press: it lasts for more than a tenth of its step."""

SKIPPED: Final = "nobody was asked to press (see --help)"


@dataclass(frozen=True, slots=True)
class Press:
    """A step in which one cell was to be pressed."""

    cell: str
    taken: Take


@dataclass(frozen=True, slots=True)
class _Answer:
    asked: str
    answered: str
    change: float
    """Newtons or counts, with their sign."""
    is_felt: bool


def press_findings(
    presses: Sequence[Press], rest: Rest | None, calibration: Calibration | None
) -> tuple[Finding, ...]:
    """Return what the presses show; without any, that it is not known."""
    if not presses or rest is None:
        return tuple(check.unknown(SKIPPED) for check in (ANSWER, CELLS, POLARITY))
    answers = [_answer(press, rest, calibration) for press in presses]
    felt = [answer for answer in answers if answer.is_felt]
    return (_answered(answers), _placed(felt), _signed(felt))


def _answer(press: Press, rest: Rest, calibration: Calibration | None) -> _Answer:
    taken = press.taken
    if len(taken.data) == 0:
        return _Answer(press.cell, press.cell, 0.0, is_felt=False)
    change = taken.data - rest.level
    if calibration is not None:
        change = change @ calibration.matrix().T
    highest = _highest(change)
    index = int(np.argmax(np.abs(highest)))
    least = LEAST_COUNTS if calibration is None else LEAST_N
    is_felt = abs(float(highest[index])) >= least
    return _Answer(press.cell, taken.channels[index], float(highest[index]), is_felt)


def _highest(change: FloatArray) -> FloatArray:
    """Return (channel,) the change that stands for the press, up or down."""
    up, down = np.percentile(change, (HIGH, 100.0 - HIGH), axis=0)
    highest: FloatArray = np.where(np.abs(up) >= np.abs(down), up, down)
    return highest


def _answered(answers: Sequence[_Answer]) -> Finding:
    silent = [answer.asked for answer in answers if not answer.is_felt]
    if silent:
        return ANSWER.tell(Verdict.FAIL, f"no answer: {', '.join(silent)}")
    return ANSWER.tell(Verdict.OK, f"{len(answers)} of {len(answers)} cells")


def _placed(felt: Sequence[_Answer]) -> Finding:
    if not felt:
        return CELLS.unknown("no press was felt")
    wrong = [f"{a.answered} answers for {a.asked}" for a in felt if a.answered != a.asked]
    return CELLS.tell(Verdict.FAIL if wrong else Verdict.OK, ", ".join(wrong) or "all in place")


def _signed(felt: Sequence[_Answer]) -> Finding:
    if not felt:
        return POLARITY.unknown("no press was felt")
    down = [answer.answered for answer in felt if answer.change < 0]
    if down:
        return POLARITY.tell(Verdict.FAIL, f"negative: {', '.join(down)}")
    return POLARITY.tell(Verdict.OK, "positive")
