"""Finds the stretches that were held in a force trace, and reads a table of stretches.

1. The trace is cut into slots of a quarter of a second. A slot is still where the medians of the
   second before and after it agree within 3 spreads of the quiet trace (or the floor).
2. A run of still slots of three seconds or more is a step; a second at either end is left out.
3. The steps are matched with the stretches in order: their number must agree.
"""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.errors import UsageError
from trainer.devices.stiffness import StretchStep

SLOT_S: Final = 0.25
REACH: Final = 4
"""Slots before and after: a second, in which a hand moves a band by millimetres."""

LEAST_STEP_S: Final = 3.0
FLOOR_N: Final = 0.3
"""No change below this counts as a move: a millimetre of the softest toe band."""

SPREADS: Final = 3.0
LEAST_DRIFT_S: Final = 20.0
"""Shorter, and the noise of a cell (0.1 N of 10 N) hides a drift of 1 % a minute."""

COLUMNS: Final = ("stretch_mm", "force_n")


def steps_of_trace(
    time_s: FloatArray, force_n: FloatArray, stretches_mm: Sequence[float], origin: str
) -> tuple[StretchStep, ...]:
    """Return the held steps of an evenly sampled (n,) force with their stretches.

    The first is the slack device, at 0 mm: its force is the zero of all others, whatever rests on
    the pad. Raises UsageError: it is not, or another number of steps was found than was named.
    """
    if not stretches_mm or stretches_mm[0] != 0:
        raise UsageError(
            f"{origin}: the stretches begin with "
            f"{f'{stretches_mm[0]:g} mm' if stretches_mm else 'none'}; begin with 0, the slack "
            "device: its force is the zero. Record again from slack, as in --stretches 0,10,20,30."
        )
    slot = max(1, round(SLOT_S / float(np.median(np.diff(time_s))))) if len(time_s) > 1 else 1
    count = len(force_n) // slot
    means = force_n[: count * slot].reshape(count, slot).mean(axis=1)
    runs = _still_runs(means)
    if len(runs) != len(stretches_mm):
        raise UsageError(
            f"{origin}: {len(runs)} stretches held for {LEAST_STEP_S:g} s or more were found, "
            f"{len(stretches_mm)} were named. Name the stretches in the order they were held, or "
            "record again: still, 5 s or more each."
        )
    low, high = runs[0]
    force_n = force_n - float(means[low:high].mean())
    return tuple(
        _step(stretch_mm, time_s[low * slot : high * slot], force_n[low * slot : high * slot])
        for stretch_mm, (low, high) in zip(stretches_mm, runs, strict=True)
    )


def _still_runs(means: FloatArray) -> list[tuple[int, int]]:
    """Return the first slot and the one after the last of every step."""
    if len(means) < 2 * REACH + 1:
        return []
    windows = np.lib.stride_tricks.sliding_window_view(means, REACH)
    levels = np.median(windows, axis=1)
    change_n = np.abs(levels[REACH + 1 :] - levels[: -REACH - 1])
    quiet_n = 1.4826 * float(np.median(np.abs(np.diff(means)))) / math.sqrt(2)
    is_still = np.zeros(len(means), bool)
    is_still[REACH : len(means) - REACH] = change_n <= max(FLOOR_N, SPREADS * quiet_n)
    # The ends of the trace are as still as what lies next to them.
    is_still[:REACH] = is_still[REACH]
    is_still[len(means) - REACH :] = is_still[len(means) - REACH - 1]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_still.view(np.int8), [0]))))
    runs = [(int(low), int(high)) for low, high in zip(edges[::2], edges[1::2], strict=True)]
    return [run for run in runs if (run[1] - run[0]) * SLOT_S >= LEAST_STEP_S - 2 * REACH * SLOT_S]


def _step(stretch_mm: float, time_s: FloatArray, force_n: FloatArray) -> StretchStep:
    duration_s = float(time_s[-1] - time_s[0])
    drift = _drift(time_s, force_n) if duration_s >= LEAST_DRIFT_S else None
    return StretchStep(
        stretch_mm,
        float(force_n.mean()),
        _mean_u_n(force_n),
        drift[0] if drift else None,
        drift[1] if drift else None,
    )


def _mean_u_n(force_n: FloatArray) -> float:
    return float(force_n.std(ddof=1)) / math.sqrt(len(force_n)) if len(force_n) > 1 else 0.0


def _drift(time_s: FloatArray, force_n: FloatArray) -> tuple[float, float] | None:
    """Return the slope of the force in percent a minute with its standard uncertainty."""
    minutes = (time_s - time_s.mean()) / 60
    spread = float((minutes**2).sum())
    middle_n = float(force_n.mean())
    if middle_n <= FLOOR_N or len(force_n) < 3 or spread == 0:  # noqa: PLR2004 - a line and a rest
        return None
    slope = float((minutes * force_n).sum()) / spread
    left = force_n - middle_n - slope * minutes
    u = math.sqrt(float((left**2).sum()) / (len(force_n) - 2) / spread)
    return 100 * slope / middle_n, 100 * u / middle_n


def steps_of_table(text: str, origin: str) -> tuple[StretchStep, ...]:
    """Return the steps of a CSV with stretch_mm, force_n and, if known, t_s.

    Rows with one stretch that follow each other are one step. Raises UsageError with the line.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    names = rows.fieldnames or ()
    if any(column not in names for column in COLUMNS):
        raise UsageError(
            f"{origin}: its header is {', '.join(names) or 'empty'}; expected the columns "
            "stretch_mm and force_n, and t_s if there is a time."
        )
    columns = (*COLUMNS, "t_s") if "t_s" in names else COLUMNS
    digits = dict.fromkeys(COLUMNS, 1.0)
    points: list[tuple[float, ...]] = []
    for row in rows:
        try:
            numbers = tuple(float(row[column]) for column in columns)
        except (TypeError, ValueError):
            numbers = (math.nan,)
        if not all(map(math.isfinite, numbers)):
            raise UsageError(
                f"{origin}, line {rows.line_num}: {', '.join(columns)} must be numbers. Correct "
                "that line."
            )
        points.append(numbers)
        digits = {column: min(digits[column], last_digit(row[column])) for column in COLUMNS}
    steps: list[StretchStep] = []
    for stretch_mm, group in groupby(points, key=lambda point: point[0]):
        held = np.array(list(group))
        # Without times a step has no duration, and no drift.
        time_s = held[:, 2] if len(columns) > len(COLUMNS) else np.zeros(len(held))
        step = _step(stretch_mm, time_s, held[:, 1])
        steps.append(replace(step, digit_mm=digits[COLUMNS[0]], digit_n=digits[COLUMNS[1]]))
    return tuple(steps)


def last_digit(number: str) -> float:
    """Return what a step of a written number's last digit is worth: 0.1 for 2.0."""
    return 10.0 ** int(Decimal(number.strip()).as_tuple().exponent)
