"""The page of a calibration: gains, what the fit leaves, and how sure a newton is."""

from collections.abc import Sequence
from html import escape
from typing import Final

import numpy as np
from matplotlib.figure import Figure

from calibration import Calibration, CellReport, Record
from trainer.report.figures import BLUE, GREY, HALF_IN, VERMILION, drawing, svg_text
from trainer.report.numbers import number

SHARES: Final = (0.1, 0.5, 1.0)
"""Of the calibrated range: where U is told."""

CURVE_POINTS: Final = 60

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#2B3238;margin:2rem auto;max-width:70rem;"
    "padding:0 1rem}table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    "th,td{padding:.25rem .7rem;text-align:right;border-bottom:1px solid #E3E7EA}"
    "th:first-child{text-align:left}.cells{display:flex;flex-wrap:wrap;gap:1.5rem}"
    "figure{margin:0}svg{max-width:100%;height:auto}.scroll{overflow-x:auto}"
)

_HEAD: Final = (
    "cell",
    "counts per N",
    "range N",
    "nonlinearity N",
    "hysteresis N",
    "repeatability N",
    "cross-talk %",
    "U at 10 % N",
    "at 50 % N",
    "at 100 % N",
)


def render_calibration(record: Record) -> str:
    """Return the whole page as HTML text; it refers to nothing outside itself."""
    made = f"{record.made_at:%Y-%m-%d %H:%M %Z}"
    weights = ", ".join(
        f"{weight.name} \N{PLUS-MINUS SIGN} {1000 * weight.half_width_kg:g} g"
        for weight in record.setup.weights
    )
    figures = "".join(
        f"<figure>{residual_figure(record.calibration, cell)}<figcaption>{escape(cell.cell)}: "
        f"found less nominal. Band: U, for 95 %.</figcaption></figure>"
        for cell in record.report.cells
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Calibration of {escape(record.pad)}, {made}</title><style>{_STYLE}</style></head>"
        f"<body><h1>Calibration of {escape(record.pad)}</h1>"
        f"<p>{made}. Weights: {escape(weights)}. Gravity {record.setup.gravity.value_ms2:.5f} "
        f"\N{PLUS-MINUS SIGN} {record.setup.gravity.half_width_ms2:.4f} m/s².</p>"
        f'<div class="scroll"><table><thead><tr>{_cells("th", _HEAD)}</tr></thead><tbody>'
        + "".join(f"<tr>{_row(record.calibration, cell)}</tr>" for cell in record.report.cells)
        + f'</tbody></table></div><div class="cells">{figures}</div>'
        f"<p>Condition {number(record.report.condition, 2)}; the unloaded pad moved by up to "
        f"{number(record.report.zero_moved_n, 3)} N within a run. Weights stood still on the "
        "middle of one cell at a time: a foot does not.</p></body></html>\n"
    )


def residual_figure(calibration: Calibration, cell: CellReport) -> str:
    """Return what the fit leaves of one cell over its load, with U, as SVG text."""
    with drawing(f"calibration {cell.cell}"):
        figure = Figure(figsize=(HALF_IN, 2.7), layout="constrained")
        axes = figure.subplots()
        force_n = np.linspace(0.0, cell.range_n[1], CURVE_POINTS)
        u_n = np.array([_expanded(calibration, cell.cell, float(f)) or 0.0 for f in force_n])
        axes.fill_between(force_n, -u_n, u_n, color=BLUE, alpha=0.15, lw=0)
        axes.axhline(0.0, color=GREY, lw=0.8)
        axes.plot(cell.forces_n, cell.residuals_n, "o", mfc="none", mec=VERMILION, ms=4)
        axes.set_xlabel("load (N)")
        axes.set_ylabel("found less nominal (N)")
        return svg_text(figure, is_simulated=False)


def _row(calibration: Calibration, cell: CellReport) -> str:
    sure = (_expanded(calibration, cell.cell, share * cell.range_n[1]) for share in SHARES)
    figures = (
        cell.cell,
        number(cell.counts_per_n, 1),
        f"{number(cell.range_n[0], 1)} to {number(cell.range_n[1], 1)}",
        number(cell.nonlinearity_n, 3),
        number(cell.hysteresis_n, 3),
        number(cell.repeatability_n, 3),
        number(cell.crosstalk_pct, 2),
        *(number(u_n, 2) for u_n in sure),
    )
    return _cells("td", figures).replace("td>", "th>", 2)


def _expanded(calibration: Calibration, cell: str, force_n: float) -> float | None:
    loads = np.zeros(len(calibration.channels))
    loads[calibration.channels.index(cell)] = force_n
    return calibration.expanded_sum_n(loads, (cell,))


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
