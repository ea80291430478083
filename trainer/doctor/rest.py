"""The pad at rest, nothing on it: what each cell's values, level and drift show."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.core.arrays import FloatArray
from trainer.core.units import Unit
from trainer.doctor.checks import (
    BITS,
    CODES,
    DRIFT,
    GLITCHES,
    HEADROOM,
    NOISE_COUNTS,
    NOISE_N,
    SATURATED,
    STEP,
    STUCK,
    ZERO,
)
from trainer.doctor.finding import Check, Finding, Verdict
from trainer.doctor.take import Take
from trainer.doctor.values import (
    END_CODES,
    FULL_SCALE,
    Values,
    judge_values,
    noise,
    stuck_bits,
    stuck_share,
)

MOSTLY: Final = 0.5
"""More than half of the samples one end code: that line is stuck, and nothing else is asked."""
FROZEN: Final = 2
FEW: Final = 16
"""Different codes: the noise of a working converter shows many more."""
LEAST_S: Final = 20.0
"""Drift is told from so much on: over less, 0.01 N of noise would look like 0.5 N/min."""
PIECE_S: Final = 1.0
JUMP_N: Final = 0.5
"""Between two seconds: what moves at once is told as a jump and is no drift."""

_IN_COUNTS: Final = (CODES, BITS, NOISE_COUNTS, SATURATED, HEADROOM, GLITCHES)


@dataclass(frozen=True, slots=True)
class Rest:
    """What later steps need to know of the pad at rest."""

    level: FloatArray
    """(channel,) in the unit of the stream"""
    noise: FloatArray
    """(channel,) the same"""


def rest_of(taken: Take) -> Rest | None:
    """Return level and noise of the unloaded cells; None where nothing came."""
    if len(taken.data) == 0:
        return None
    cells = [judge_values(column).clean for column in taken.data.T]
    whole = [
        clean if len(clean) else column for clean, column in zip(cells, taken.data.T, strict=True)
    ]
    return Rest(
        np.array([np.median(cell) for cell in whole]),
        np.array([noise(cell) for cell in whole]),
    )


def rest_findings(taken: Take, calibration: Calibration | None) -> tuple[Finding, ...]:
    """Return what is found of a force stream at rest; the calibration gives newtons."""
    is_counts = taken.info.unit is Unit.COUNTS
    cells = {
        name: judge_values(column)
        for name, column in zip(taken.channels, taken.data.T, strict=True)
    }
    shares = {name: stuck_share(cell.raw) for name, cell in cells.items()} if is_counts else {}
    stuck = {name for name, share in shares.items() if share > MOSTLY}
    alive = {name: cell for name, cell in cells.items() if name not in stuck}
    found = [_stuck(cells, shares, stuck)] if is_counts else []
    if is_counts:
        found += _count_findings(alive)
    return (*found, *_force_findings(taken, alive, calibration))


def bit_finding(taken: Take) -> Finding:
    """Return which bits are stuck, of all cells that are not stuck as a whole."""
    told: list[str] = []
    for name, column in zip(taken.channels, taken.data.T, strict=True):
        clean = judge_values(column).clean
        if stuck_share(column) <= MOSTLY and len(clean):
            told += [f"{name} bit {bit}" for bit in stuck_bits(clean)]
    return BITS.tell(Verdict.FAIL if told else Verdict.OK, ", ".join(told) or "none")


def _stuck(cells: Mapping[str, Values], shares: Mapping[str, float], stuck: set[str]) -> Finding:
    worst = 100.0 * max(shares.values())
    if not stuck:
        return STUCK.find(Verdict.OK, worst)
    told = ", ".join(
        f"{name} reads {_end_code(cells[name].raw)}" for name in cells if name in stuck
    )
    return STUCK.find(Verdict.FAIL, worst, told)


def _end_code(raw: FloatArray) -> int:
    return max(END_CODES, key=lambda code: int(np.sum(raw == code)))


def _count_findings(alive: Mapping[str, Values]) -> list[Finding]:
    """Return what only raw counts show."""
    if not alive:
        return [check.unknown("no cell answers") for check in _IN_COUNTS if check is not BITS]
    full = {name: 100.0 * float(np.mean(cell.is_full)) for name, cell in alive.items()}
    false = {name: 100.0 * float(np.mean(cell.is_false)) for name, cell in alive.items()}
    clean = {name: cell.clean for name, cell in alive.items() if len(cell.clean)}
    found = [SATURATED.judge_cells(full), GLITCHES.judge_cells(false)]
    if not clean:
        return [*found, *(check.unknown("all at full scale") for check in (CODES, NOISE_COUNTS))]
    used = {name: 100.0 * abs(float(np.median(raw))) / FULL_SCALE for name, raw in clean.items()}
    found += [_codes(clean), HEADROOM.judge_cells(used)]
    return [*found, _noise(NOISE_COUNTS, {name: noise(raw) for name, raw in clean.items()})]


def _codes(clean: Mapping[str, FloatArray]) -> Finding:
    counted = {name: len(np.unique(raw)) for name, raw in clean.items()}
    fewest = min(counted.values())
    verdict = Verdict.FAIL if fewest <= FROZEN else Verdict.WARN if fewest < FEW else Verdict.OK
    bad = [name for name, count in counted.items() if count < FEW]
    return CODES.find(verdict, float(fewest), ", ".join(bad))


def _noise(check: Check, values: Mapping[str, float]) -> Finding:
    known = {name: value for name, value in values.items() if np.isfinite(value)}
    return check.judge_cells(known) if known else check.unknown("too few samples")


def _force_findings(
    taken: Take, alive: Mapping[str, Values], calibration: Calibration | None
) -> tuple[Finding, ...]:
    """Return what is judged in newtons: only samples that are clean in every cell that answers."""
    checks = (NOISE_N, DRIFT, STEP, ZERO)
    if calibration is None:
        return tuple(check.unknown("no calibration gives newtons") for check in checks)
    if not alive:
        return tuple(check.unknown("no cell answers") for check in checks)
    bad = np.any([cell.is_full | cell.is_false for cell in alive.values()], axis=0)
    if bad.all():
        return tuple(check.unknown("no sample is clean") for check in checks)
    force_n = calibration.to_newton(taken.data[~bad])
    columns = {name: force_n[:, taken.channels.index(name)] for name in alive}
    zero = ZERO.judge_cells({name: abs(float(np.median(n))) for name, n in columns.items()})
    noises = _noise(NOISE_N, {name: noise(n) for name, n in columns.items()})
    return (noises, *_course_findings(taken.time_s[~bad], columns), zero)


def _course_findings(
    time_s: FloatArray, columns: Mapping[str, FloatArray]
) -> tuple[Finding, Finding]:
    """Return drift and jumps of the rest level."""
    pieces = {name: _levels(time_s, force_n) for name, force_n in columns.items()}
    steps = {name: _highest_step(levels_n) for name, levels_n in pieces.items()}
    step = STEP.judge_cells(steps)
    if time_s[-1] - time_s[0] < LEAST_S:
        return DRIFT.unknown(f"less than {LEAST_S:.0f} s were measured: give --seconds 60"), step
    slopes = {name: abs(_slope_n_min(levels_n)) for name, levels_n in pieces.items()}
    return DRIFT.judge_cells(slopes), step


def _levels(time_s: FloatArray, force_n: FloatArray) -> FloatArray:
    """Return the median of each second; seconds without a sample take the one before."""
    seconds = ((time_s - time_s[0]) / PIECE_S).astype(np.intp)
    # The last second is mostly cut short.
    edges = np.searchsorted(seconds, np.arange(max(2, int(seconds[-1]) + 1)))
    pieces = [force_n[start:stop] for start, stop in pairwise(edges)]
    return np.array([np.median(piece) for piece in pieces if len(piece)])


def _highest_step(levels_n: FloatArray) -> float:
    """Return the largest change within two seconds: a jump may fall into a second's middle."""
    if len(levels_n) <= 2:  # noqa: PLR2004 - two seconds
        return 0.0
    return float(np.max(np.abs(levels_n[2:] - levels_n[:-2])))


def _slope_n_min(levels_n: FloatArray) -> float:
    """Return the median slope of all pairs (Theil 1950), jumps taken off."""
    steps_n = np.diff(levels_n)
    steps_n[np.abs(steps_n) > JUMP_N] = 0.0
    level_n = np.concatenate(([0.0], np.cumsum(steps_n)))
    first, last = np.triu_indices(len(level_n), 1)
    return float(np.median((level_n[last] - level_n[first]) / (last - first))) * 60.0 / PIECE_S
