"""Tables of what was asked for and what was reached, in plain text."""

import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from tests.truth.intervals import Estimate

WORKERS: Final = 2
Job = TypeVar("Job")
Result = TypeVar("Result")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, in which unit, and the limit it is held against."""

    what: str
    estimate: Estimate
    unit: str = ""
    limit: float | None = None
    """None where the figure is published without one"""
    is_least: bool = False
    """The limit is what must be reached, not what must not be passed"""

    @property
    def is_missed(self) -> bool:
        """Return whether there is a limit that was not kept; nothing measured is a miss."""
        if self.limit is None:
            return False
        if math.isnan(self.estimate.value):
            return True
        value = self.estimate.value
        return value < self.limit if self.is_least else value > self.limit

    def said(self) -> str:
        """Return what was reached and what was asked, in one line."""
        what, reached, _, asked, *_ = _row(self)
        return f"{what}: {reached}, asked {asked}"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one set of recordings."""

    title: str
    figures: tuple[Figure, ...]
    note: str = ""

    def lines(self) -> list[str]:
        """Return the table as lines of text."""
        rows = [_row(figure) for figure in self.figures]
        rows.insert(0, ("", "reached", "95 % interval", "asked", "of", ""))
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = [self.title, *([self.note] if self.note else [])]
        for what, *cells in rows:
            padded = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
            lines.append(f"  {what.ljust(widths[0])}  {'  '.join(padded)}".rstrip())
        return lines


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    estimate, unit = figure.estimate, f" {figure.unit}" if figure.unit else ""
    asked = ""
    if figure.limit is not None:
        asked = f"{'>=' if figure.is_least else '<='} {_number(figure.limit)}{unit}"
    return (
        figure.what,
        f"{_number(estimate.value)}{unit}",
        f"{_number(estimate.low)} to {_number(estimate.high)}",
        asked,
        str(estimate.count),
        "MISSED" if figure.is_missed else "",
    )


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    if math.isinf(value):
        return "never"
    if value == round(value) and abs(value) < 1e6:
        return f"{value:.0f}"
    return f"{value:.4g}" if abs(value) < 1 or abs(value) >= 100 else f"{value:.2f}"


def run_all(
    work: Callable[[Job], Result], jobs: Sequence[Job], label: str, say: Progress
) -> list[Result]:
    """Return the results of all jobs in order, worked on by two processes."""
    with ProcessPoolExecutor(WORKERS) as pool:
        return list(_counted(pool.map(work, jobs), len(jobs), label, say))


def _counted(results: Iterable[Result], count: int, label: str, say: Progress) -> Iterable[Result]:
    for number, result in enumerate(results, 1):
        say(f"{label}: {number} of {count}")
        yield result
