"""The product as anybody uses it: a CSV file goes in, the object of `analyse --json` comes out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypedDict

import numpy as np

from tests.truth.generator import Take
from tests.truth.laws import Samples
from trainer.app.review import Options, review
from trainer.core.events import Event

NEWTON_PER_KG = 9.80665
"""Standard gravity: what kilograms on a scale mean."""


Columns: TypeAlias = dict[str, Samples]
"""Columns of a CSV file by their name, of one length."""


class HoldJson(TypedDict):
    """What is read of a hold."""

    start_s: float
    end_s: float
    peak_n: float
    plateau_n: float
    finished: bool
    compensated: bool | None
    ankle_excess_nm: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the product said of one recording."""

    answer: Mapping[str, object]
    """The whole object"""
    holds: tuple[HoldJson, ...]
    events: tuple[Event, ...]
    """What it said live, in order"""


def write_csv(path: Path, columns: Mapping[str, Samples], *, decimals: int = 5) -> None:
    """Write columns of one length as plain CSV; what is NaN becomes an empty cell."""
    row = ",".join(f"%.{decimals}f" for _ in columns) + "\n"
    table = np.column_stack(list(columns.values()))
    body = (row * len(table)) % tuple(table.ravel().tolist())
    path.write_text(",".join(columns) + "\n" + body.replace("nan", ""), encoding="utf-8")


def force_columns(take: Take) -> dict[str, Samples]:
    """Return a recording's forces as columns of a file in its unit."""
    unit, forces = take.scene.unit, take.cells_n
    if unit == "kg":
        forces = forces / NEWTON_PER_KG
    elif unit == "counts":
        forces = np.round(forces / take.gain_n + take.zero_counts)
    return {f"{role}_{unit}": forces[:, i] for i, role in enumerate(take.scene.channels)}


def write_calibration(path: Path, take: Take) -> None:
    """Write what turns a recording's counts into newtons."""
    count = len(take.scene.channels)
    path.write_text(
        f"channels = {json.dumps(take.scene.channels)}\n"
        f"zero_counts = {[take.zero_counts] * count}\n"
        f"n_per_count = {[take.gain_n] * count}\n",
        encoding="utf-8",
    )


def ask(path: Path, options: Options | None = None) -> Found:
    """Return what the product finds in a file, told what the command can be told."""
    reviewed = review(path, options)
    answer = json.loads(reviewed.to_json())
    return Found(answer, tuple(answer["holds"]), reviewed.result.events)
