"""A calibration from a TOML file: raw counts to newtons for a recording that lacks its own.

The file:

    label = "my pad, January"
    channels = ["hallux", "toes", "ball", "heel"]
    zero_counts = [84000, -31000, 5000, 120500]
    n_per_count = [2.1e-4, 1.9e-4, 2.4e-4, 2.2e-4]

`matrix_n_per_count = [[...], ...]` stands in for `n_per_count` where cells disturb each other: one
row per cell in newtons, one column per channel in counts. `full_scale_counts` is the largest count
of the converter, `uncertainty_pct` the standard uncertainty of a force in per cent of it; both may
be left out.
"""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import numpy as np

from calibration import Calibration
from trainer.app.namedtoml import fault, read_named
from trainer.core.errors import SettingsError
from trainer.core.packets import CELL_ROLES
from trainer.core.settings import Bound, parse_settings

_Error: TypeAlias = Callable[[str, str], SettingsError]

FULL_SCALE: Final = 0x7FFFFF
"""Largest count of the 24-bit converters of weighing boards (data sheets of HX711, ADS1232)."""

_FURTHEST: Final = 2.0**31
"""Counts that no converter of up to 32 bits sends."""
_COARSEST: Final = 1000.0
"""Newtons per count above which a single count outweighs a person."""


@dataclass(frozen=True, slots=True)
class _CalibrationFile:
    """What the file may say; rules above."""

    channels: tuple[str, ...]
    zero_counts: tuple[Annotated[float, Bound(-_FURTHEST, _FURTHEST, "counts")], ...]
    n_per_count: tuple[Annotated[float, Bound(-_COARSEST, _COARSEST, "N/count")], ...] = ()
    matrix_n_per_count: tuple[
        tuple[Annotated[float, Bound(-_COARSEST, _COARSEST, "N/count")], ...], ...
    ] = ()
    full_scale_counts: Annotated[int, Bound(1, int(_FURTHEST), "counts")] = FULL_SCALE
    uncertainty_pct: Annotated[float, Bound(0.0, 100.0, "%")] | None = None
    label: str = ""


def read_calibration(path: Path) -> Calibration:
    """Return the calibration in a TOML file. Raises SettingsError: which line, what to do."""
    text = read_named(path)
    found = parse_settings(text, _CalibrationFile, str(path))

    def error(key: str, what: str) -> SettingsError:
        return fault(path, text, (key,), what)

    _check_channels(found.channels, error)
    count = len(found.channels)
    _check_count(error, "zero_counts", found.zero_counts, count)
    if bool(found.n_per_count) == bool(found.matrix_n_per_count):
        which = "both are there" if found.n_per_count else "neither is there"
        raise error(
            "n_per_count",
            f"or 'matrix_n_per_count' must be given, one of the two; {which}.",
        )
    matrix = found.matrix_n_per_count
    if not matrix:
        _check_count(error, "n_per_count", found.n_per_count, count)
        matrix = tuple(
            tuple(gain if row == column else 0.0 for column in range(count))
            for row, gain in enumerate(found.n_per_count)
        )
    elif [len(row) for row in matrix] != [count] * count:
        shape = ", ".join(str(len(row)) for row in matrix)
        raise error(
            "matrix_n_per_count",
            f"has {len(matrix)} rows of {shape} numbers; expected {count} rows of {count}, as "
            "'channels' says.",
        )
    if np.linalg.matrix_rank(np.array(matrix)) < count:
        raise error(
            "n_per_count" if found.n_per_count else "matrix_n_per_count",
            "leaves a cell without a force of its own: a gain is zero, or two rows say the same. "
            "Correct it, or leave the cell out.",
        )
    return Calibration(
        channels=found.channels,
        zero_counts=found.zero_counts,
        matrix_n_per_count=matrix,
        full_scale_counts=found.full_scale_counts,
        label=found.label or path.stem,
        uncertainty_pct=found.uncertainty_pct,
    )


def _check_channels(channels: Sequence[str], error: _Error) -> None:
    if not channels:
        raise error("channels", f"is empty; name the cells: {', '.join(CELL_ROLES)}.")
    for name in channels:
        if name not in CELL_ROLES:
            near = difflib.get_close_matches(name, CELL_ROLES, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(CELL_ROLES)}."
            raise error("channels", f"names an unknown cell '{name}'; {hint}")
        if list(channels).count(name) > 1:
            raise error("channels", f"names '{name}' twice. Remove one.")


def _check_count(error: _Error, key: str, numbers: Sequence[float], count: int) -> None:
    if len(numbers) != count:
        raise error(
            key, f"has {len(numbers)} numbers; expected {count}, one for each of 'channels'."
        )
