"""What a terminal says of a calibration: live readings, and at the end its figures."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from calibration import Calibration, Record
from calibration.view import View
from trainer.core.texts import tr

SHARES: Final = (0.1, 0.5, 1.0)
"""Of the calibrated range: where U is told."""

PLOT_WIDTH: Final = 61
PLOT_HEIGHT: Final = 9


def live_rows(view: View) -> list[str]:
    """Return one row per cell: counts above the unloaded pad, and newtons once they are known."""
    above = view.instruction.live_counts
    if not above:
        return []
    rows: list[str] = []
    for cell, counts, force_n, u_n in zip(
        view.cells, above, view.live_n, view.expanded_n, strict=True
    ):
        row = f"{tr(cell):8} " + tr("{n:+12.0f} counts").format(n=counts)
        if force_n is not None:
            row += (
                "  " + tr("about {force:+8.1f} N").format(force=force_n)
                if u_n is None
                else f"  {force_n:+8.2f} \N{PLUS-MINUS SIGN} {u_n:.2f} N"
            )
        rows.append(row)
    return rows


def expanded_at(calibration: Calibration, cell: str) -> tuple[tuple[float, float | None], ...]:
    """Return force and U of one cell at SHARES of its range; none where it has no budget."""
    if calibration.budget is None:
        return ()
    own = calibration.channels.index(cell)
    upper_n = calibration.budget.upper_n[own]
    found: list[tuple[float, float | None]] = []
    for share in SHARES:
        force_n = np.zeros(len(calibration.channels))
        force_n[own] = share * upper_n
        found.append((share * upper_n, calibration.expanded_sum_n(force_n, (cell,))))
    return tuple(found)


def report_rows(record: Record) -> Iterator[str]:
    """Yield the table of a fit, and a plot of what it leaves, cell by cell."""
    yield (
        "cell       counts/N   up to N  nonlin. N  hyster. N  repeat. N  cross %"
        "   U N at 10 %   50 %  100 %"
    )
    for cell in record.report.cells:
        sure = "".join(
            f"{'-' if u_n is None else f'{u_n:.2f}':>7}"
            for _, u_n in expanded_at(record.calibration, cell.cell)
        )
        yield (
            f"{tr(cell.cell):8} {cell.counts_per_n:+10.1f} {cell.range_n[1]:9.1f} "
            f"{cell.nonlinearity_n:10.3f} {cell.hysteresis_n:10.3f} {cell.repeatability_n:10.3f} "
            f"{cell.crosstalk_pct:8.2f}       {sure}"
        )
    yield tr(
        "condition {condition:.2f}, zero moved by up to {moved:.3f} N within a run; U for 95 %."
    ).format(condition=record.report.condition, moved=record.report.zero_moved_n)
    for cell in record.report.cells:
        yield ""
        yield tr("{cell}: found less nominal over the load, both in N").format(cell=tr(cell.cell))
        yield from plot_rows(cell.forces_n, cell.residuals_n)


def plot_rows(x: Sequence[float], y: Sequence[float]) -> Iterator[str]:
    """Yield a plot of points in letters, with its scale; zero is a dashed line."""
    top = max(1e-3, *(abs(value) for value in y))
    furthest = max(1e-9, *x)
    grid = [[" "] * PLOT_WIDTH for _ in range(PLOT_HEIGHT)]
    middle = PLOT_HEIGHT // 2
    grid[middle] = list("- " * (PLOT_WIDTH // 2) + "-")
    for force_n, off_n in zip(x, y, strict=True):
        row = middle - round(off_n / top * middle)
        grid[row][round(force_n / furthest * (PLOT_WIDTH - 1))] = "o"
    scale = {0: f"{top:+.3f}", middle: "0", PLOT_HEIGHT - 1: f"{-top:+.3f}"}
    for number, line in enumerate(grid):
        yield f"{scale.get(number, ''):>8} |{''.join(line)}"
    yield f"{'':8} +{'-' * PLOT_WIDTH}"
    yield f"{'':9} 0{f'{furthest:.1f}':>{PLOT_WIDTH - 1}}"
