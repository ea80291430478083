"""The product as anybody uses it: a CSV file goes in, the object of `analyse --json` comes out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import numpy as np

from tests.truth.laws import Samples
from trainer.app.review import review
from trainer.core.events import Event

NEWTON_PER_KG = 9.80665
"""Standard gravity: what kilograms on a scale mean."""


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


def force_columns(channels: Sequence[str], cells_n: Samples, unit: str) -> dict[str, Samples]:
    """Return (n, channel) newtons as columns of a file in `n` or `kg`."""
    scale = NEWTON_PER_KG if unit == "kg" else 1.0
    return {f"{role}_{unit}": cells_n[:, i] / scale for i, role in enumerate(channels)}


def ask(path: Path, task: str | None = None) -> Found:
    """Return what the product finds in a file."""
    reviewed = review(path, task=task)
    answer = json.loads(reviewed.to_json())
    return Found(answer, tuple(answer["holds"]), reviewed.analysis.pipeline.events)
