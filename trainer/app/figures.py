"""Measured figures, each beside its floor or its peer, and how they are shown."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, beside a floor or a peer from the same run."""

    name: str
    value: float | None
    """None where it could not be measured."""
    unit: str
    floor: str = ""
    """What it is held against."""
    floor_value: float | None = None
    limit: str = ""
    """What was aimed at."""
    note: str = ""
    """What a reader must know of it."""

    @property
    def ratio(self) -> float | None:
        """Return value over floor."""
        if self.value is None or self.floor_value is None:
            return None
        return self.value / self.floor_value


def as_json(figures: Sequence[Figure]) -> str:
    """Return the figures as one JSON list."""
    return json.dumps([{**asdict(figure), "ratio": figure.ratio} for figure in figures], indent=1)


def as_text(figures: Sequence[Figure]) -> str:
    """Return the figures as lines."""
    return "\n".join(_line(figure) for figure in figures)


def _line(figure: Figure) -> str:
    if figure.value is None:
        return f"{figure.name}: not measured ({figure.note})"
    line = f"{figure.name}: {figure.value:.3g} {figure.unit}"
    if figure.floor_value is not None and figure.ratio is not None:
        line += f"; {figure.floor}: {figure.floor_value:.3g}; ratio {figure.ratio:.2f}"
    if figure.note:
        line += f"  ({figure.note})"
    return line + (f"  (aim: {figure.limit})" if figure.limit else "")
