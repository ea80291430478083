"""Measured figures, each beside its floor or its peer, and how they are shown."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, beside a floor or a peer from the same run."""

    name: str
    value: float
    unit: str
    floor: str = ""
    """What it is held against."""
    floor_value: float | None = None
    limit: str = ""
    """What was aimed at."""

    @property
    def ratio(self) -> float | None:
        """Return value over floor."""
        return None if self.floor_value is None else self.value / self.floor_value


def as_json(figures: Sequence[Figure]) -> str:
    """Return the figures as one JSON list."""
    return json.dumps([{**asdict(figure), "ratio": figure.ratio} for figure in figures], indent=1)


def as_text(figures: Sequence[Figure]) -> str:
    """Return the figures as lines."""
    lines = []
    for figure in figures:
        line = f"{figure.name}: {figure.value:.3g} {figure.unit}"
        if figure.floor_value is not None and figure.ratio is not None:
            line += f"; {figure.floor}: {figure.floor_value:.3g}; ratio {figure.ratio:.2f}"
        lines.append(line + (f"  (aim: {figure.limit})" if figure.limit else ""))
    return "\n".join(lines)
