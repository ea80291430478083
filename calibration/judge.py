"""Readings before the fit: whether they can become a calibration, and if not, what to do."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from calibration.budget import FloatArray
from calibration.errors import Refusal, RefusedError
from calibration.readings import Phase, Reading, Setup
from calibration.series import Series, sort_readings, unloaded

LEAST_MASSES: Final = 3
"""Fewer do not show whether the line is straight."""

LEAST_CYCLES: Final = 2
"""One does not show what repeats."""

STILL_SPREAD: Final = 5.0
"""A reading that scatters so many times more than the middle one saw something move."""

LEAST_ANSWER: Final = 10.0
"""Noises by which the heaviest load must move its cell."""

AS_MUCH: Final = 0.95
"""Share of its answer to its own load from which a channel is taken for that of another cell."""

OFF_SCALES: Final = 6.0
OFF_SHARE: Final = 0.005
OFF_N: Final = 0.1
"""A reading is off the line by more than the aim of a calibration, .5 % + .1 N, and by 6 robust
standard deviations of all, in units of it. What is smaller makes the uncertainty larger: that is no
reason to refuse."""

NORMAL_PER_MAD: Final = 1.4826
"""Standard deviation of normal values in their median absolute deviations."""


def judge(setup: Setup, readings: Sequence[Reading]) -> tuple[Series, ...]:
    """Return the readings by loaded cell. Raises RefusedError: why, and what to repeat."""
    _check_names(setup, readings)
    _check_saturated(setup, readings)
    _check_still(readings)
    for name in setup.cells:
        _check_plan(setup, readings, name)
    found = tuple(sort_readings(setup, readings, cell) for cell in range(len(setup.cells)))
    answers = np.array([slopes(series) for series in found])
    for series in found:
        _check_answers(setup, readings, series, answers)
    for series in found:
        _check_line(setup, readings, series)
    return found


def describe(reading: Reading) -> str:
    """Return a reading in words, to be found again in a list."""
    what = " + ".join(reading.weights) or "nothing"
    return f"'{reading.place}', cycle {reading.cycle}, {reading.phase.value}, {what}"


def _check_names(setup: Setup, readings: Sequence[Reading]) -> None:
    known = {weight.name for weight in setup.weights}
    for index, reading in enumerate(readings):
        strange = [name for name in reading.weights if name not in known]
        if reading.place not in setup.cells or strange:
            what = strange[0] if strange else reading.place
            raise RefusedError(
                f"Reading {index} ({describe(reading)}) names '{what}', which is neither a cell "
                "nor a weight of this calibration. Correct the name.",
                Refusal.UNKNOWN,
                (index,),
            )
        if len(reading.mean_counts) != len(setup.cells):
            raise RefusedError(
                f"Reading {index} ({describe(reading)}) has {len(reading.mean_counts)} channels; "
                f"expected {len(setup.cells)}, one per cell. Read the pad again.",
                Refusal.UNKNOWN,
                (index,),
            )


def _check_saturated(setup: Setup, readings: Sequence[Reading]) -> None:
    for index, reading in enumerate(readings):
        for cell, counts in enumerate(reading.mean_counts):
            if abs(counts) + reading.spread_counts[cell] >= setup.full_scale_counts:
                raise RefusedError(
                    f"Reading {index} ({describe(reading)}): cell '{setup.cells[cell]}' stands at "
                    f"{counts:.0f} counts, the converter ends at {setup.full_scale_counts}. Use a "
                    "lighter load, or less gain.",
                    Refusal.SATURATED,
                    (index,),
                )


def _check_still(readings: Sequence[Reading]) -> None:
    if not readings:
        return
    spread = np.array([reading.spread_counts for reading in readings])
    limit = STILL_SPREAD * np.median(spread, axis=0)
    for index, cell in np.argwhere((spread > limit) & (limit > 0)).tolist():
        raise RefusedError(
            f"Reading {index} ({describe(readings[index])}) scatters by {spread[index, cell]:.0f} "
            f"counts; expected up to {limit[cell]:.0f}, {STILL_SPREAD:g} times the middle of all. "
            "Something moved: repeat it.",
            Refusal.NOT_STILL,
            (index,),
        )


def _check_plan(setup: Setup, readings: Sequence[Reading], name: str) -> None:
    mine = [reading for reading in readings if reading.place == name]
    up = [reading for reading in mine if reading.phase is Phase.UP]
    down = [reading for reading in mine if reading.phase is Phase.DOWN]
    if not up and not down:
        raise RefusedError(
            f"Cell '{name}' was never loaded: neither its gain nor what it does to the others is "
            "known. Load it as the other cells, or leave it out.",
            Refusal.NOT_LOADED,
        )
    masses = {round(_mass_kg(setup, reading), 9) for reading in up}
    if len(masses) < LEAST_MASSES:
        raise RefusedError(
            f"Cell '{name}' was loaded with {len(masses)} different masses; at least "
            f"{LEAST_MASSES}, better 5. Add masses.",
            Refusal.FEW_MASSES,
        )
    if not {r.weights for r in down} & {r.weights for r in up}:
        raise RefusedError(
            f"Cell '{name}' was read only while masses were put on; its hysteresis is not known. "
            "Read it again while you take them off.",
            Refusal.NO_DOWN,
        )
    cycles = {reading.cycle for reading in up} & {reading.cycle for reading in down}
    if len(cycles) < LEAST_CYCLES:
        raise RefusedError(
            f"Cell '{name}' was loaded up and down {len(cycles)} times; at least {LEAST_CYCLES}, "
            "better 3: what repeats is not known. Do another cycle.",
            Refusal.ONE_CYCLE,
        )
    for cycle in sorted({reading.cycle for reading in (*up, *down)}):
        if len(unloaded(readings, name, cycle)) < 2:  # noqa: PLR2004  before and after
            raise RefusedError(
                f"Cell '{name}', cycle {cycle}: an unloaded reading before and one after are "
                "needed, to see what the zero does. Repeat the cycle with both.",
                Refusal.NO_ZERO,
            )


def _mass_kg(setup: Setup, reading: Reading) -> float:
    return sum(w.mass_kg * reading.weights.count(w.name) for w in setup.weights)


def slopes(series: Series) -> FloatArray:
    """Return (channel,) counts per newton of the loaded cell, the middle of all readings."""
    return np.asarray(np.median(series.tared / series.force_n[:, None], axis=0))


def _check_answers(
    setup: Setup, readings: Sequence[Reading], series: Series, answers: FloatArray
) -> None:
    """Refuse a cell that does not answer its load; `answers` is (loaded cell, channel)."""
    name, own = setup.cells[series.cell], float(answers[series.cell, series.cell])
    heaviest_n = float(series.force_n.max())
    spread = np.array([readings[index].spread_counts for index in series.indices])
    least = LEAST_ANSWER * np.median(spread, axis=0) / heaviest_n
    for channel, answer in enumerate(answers[series.cell].tolist()):
        known = AS_MUCH * abs(float(answers[channel, channel]))
        if channel != series.cell and abs(answer) > max(known, float(least[channel])):
            raise RefusedError(
                f"With the load on '{name}', channel '{setup.cells[channel]}' answers by "
                f"{answer:.0f} counts per N, no less than under its own load, and '{name}' by "
                f"{own:.0f}. Their wires are swapped, or the load stood on the other cell: swap "
                "the names, or repeat.",
                Refusal.SWAPPED,
                series.indices,
            )
    if abs(own) <= float(least[series.cell]):
        raise RefusedError(
            f"Cell '{name}' moves by {abs(own) * heaviest_n:.0f} counts under {heaviest_n:.0f} N; "
            f"expected more than {least[series.cell] * heaviest_n:.0f}, {LEAST_ANSWER:g} times its "
            "noise. Check its wires and that the load stands on it.",
            Refusal.NO_ANSWER,
            series.indices,
        )
    if own < 0:
        raise RefusedError(
            f"Cell '{name}' counts down under load ({own:.0f} counts per N): its polarity is "
            "reversed. Swap its two signal wires (A+ and A-, mostly green and white), or turn the "
            "cell over, and repeat.",
            Refusal.POLARITY,
            series.indices,
        )


def _check_line(setup: Setup, readings: Sequence[Reading], series: Series) -> None:
    tared = series.tared[:, series.cell]
    off_n = tared / slopes(series)[series.cell] - series.force_n
    aim_n = OFF_SHARE * series.force_n + OFF_N
    scale = NORMAL_PER_MAD * float(np.median(np.abs(off_n) / aim_n))
    limit_n = max(1.0, OFF_SCALES * scale) * aim_n
    worst = int(np.argmax(np.abs(off_n) / limit_n))
    name = setup.cells[series.cell]
    _check_rising(readings, series, lambda text: f"Cell '{name}': {text}")
    if abs(off_n[worst]) > limit_n[worst]:
        index = series.indices[worst]
        raise RefusedError(
            f"Reading {index} ({describe(readings[index])}) lies {off_n[worst]:+.2f} N off the "
            f"line of the others at {series.force_n[worst]:.1f} N; limit {limit_n[worst]:.2f} N. "
            "Check which weights stood on the cell, and that nothing touched it; repeat it.",
            Refusal.OUTLIER,
            (index,),
        )


def _check_rising(readings: Sequence[Reading], series: Series, say: Callable[[str], str]) -> None:
    """Refuse a run in which more force gives no more counts."""
    keys = [(readings[index].cycle, readings[index].phase) for index in series.indices]
    for key in dict.fromkeys(keys):
        rows = [row for row, found in enumerate(keys) if found == key]
        rows.sort(key=lambda row: float(series.force_n[row]))
        steps = np.diff(series.tared[rows, series.cell])
        if len(steps) and steps.min() <= 0:
            at = int(np.argmin(steps))
            low, high = (series.indices[rows[at + side]] for side in (0, 1))
            raise RefusedError(
                say(
                    f"{series.force_n[rows[at + 1]]:.1f} N gave {-steps[at]:.0f} counts less than "
                    f"{series.force_n[rows[at]]:.1f} N (readings {low} and {high}). A weight was "
                    "mistaken for another, or the load hung on something: repeat both."
                ),
                Refusal.NOT_MONOTONE,
                (low, high),
            )
