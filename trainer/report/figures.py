"""Figures: SVG text that stands inside the page, the same bytes for the same values.

matplotlib is imported here and nowhere else; whoever needs a report imports this module late.
"""

import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from trainer.core.arrays import FloatArray
from trainer.core.texts import tr
from trainer.report.decline import Decline
from trainer.report.incidents import Incident, IncidentKind
from trainer.report.model import RepData, SetData
from trainer.report.numbers import clock
from trainer.report.traces import Envelope, Trace, cut_hold
from trainer.report.wording import short_name

# Okabe and Ito's palette: told apart with every common colour vision; never colour alone.
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
GREY: Final = "#8A939B"
INK: Final = "#2B3238"
PALE: Final = "#E3E7EA"

Colour: TypeAlias = tuple[float, float, float, float]

HALF_IN: Final = 4.6
"""Width of a figure that is a phone's width, or half a page's."""

WIDE_IN: Final = 9.4
"""Width of a figure that is a page's width."""

STRIP_COLUMNS_PER_IN: Final = 100
"""Columns of the session strip: more than a phone or a printed page resolves."""

NO_METADATA: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}

MOST_REP_TICKS: Final = 10


def overlay_figure(one_set: SetData, trace: Trace, *, is_simulated: bool) -> str:
    """Return every rep of a set on top of each other, coloured by order."""
    with drawing(f"overlay {one_set.number} {one_set.side}"):
        figure = Figure(figsize=(HALF_IN, 2.7), layout="constrained")
        axes = figure.subplots()
        _draw_target(axes, one_set)
        counted = one_set.counted
        colours = _rep_colours(len(counted))
        for rep in one_set.reps:
            if not rep.is_counted:
                piece = cut_hold(trace, rep.hold)
                axes.plot(piece.time_s, piece.force_n, color=GREY, lw=0.9, ls=(0, (2, 2)))
        for rep, colour in zip(counted, colours, strict=True):
            piece = cut_hold(trace, rep.hold)
            axes.plot(piece.time_s, piece.force_n, color=colour, lw=1.1)
        if len(counted) > 1:
            _draw_rep_scale(figure, axes, counted, colours)
        axes.set_xlabel(tr("time from the start of the hold (s)"))
        axes.set_ylabel(tr("force (N)"))
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        return svg_text(figure, is_simulated=is_simulated)


def trend_figure(one_set: SetData, line: Decline | None, *, is_simulated: bool) -> str:
    """Return peak, plateau with its line, and hold duration, per counted rep."""
    with drawing(f"trend {one_set.number} {one_set.side}"):
        figure = Figure(figsize=(HALF_IN, 2.7), layout="constrained")
        force_axes, hold_axes = figure.subplots(2, 1, sharex=True, height_ratios=(2.4, 1))
        counted = one_set.counted
        reps = np.array([r.rep for r in counted], dtype=np.float64)
        _draw_target(force_axes, one_set)
        if line is not None:
            _draw_line(force_axes, line, reps)
        peak_n = [r.hold.peak_n for r in counted]
        plateau_n = [r.hold.plateau_n for r in counted]
        force_axes.plot(reps, peak_n, "^", mfc="white", mec=GREY, ms=4.5, label=tr("peak"))
        force_axes.plot(reps, plateau_n, "o", color=BLUE, ms=4, label=tr("plateau"))
        _draw_findings(force_axes, one_set)
        force_axes.set_ylabel(tr("force (N)"))
        force_axes.margins(y=0.12)
        force_axes.legend(ncols=5, loc="lower left", bbox_to_anchor=(0, 1))
        hold_axes.bar(reps, [r.hold.duration_s for r in counted], width=0.6, color=INK, alpha=0.75)
        hold_axes.set_ylabel(tr("hold (s)"))
        hold_axes.set_xlabel(tr("rep"))
        hold_axes.set_xticks(_rep_ticks([r.rep for r in counted]))
        hold_axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
        hold_axes.set_xlim(reps[0] - 0.7, reps[-1] + 0.7)
        figure.align_ylabels()
        return svg_text(figure, is_simulated=is_simulated)


def strip_figure(
    curve: Envelope,
    sets: Sequence[SetData],
    incidents: Sequence[Incident],
    *,
    width_in: float,
    is_simulated: bool,
) -> str:
    """Return the whole session: force over time, holds shaded, sets named, gaps marked."""
    with drawing(f"strip {width_in}"):
        figure = Figure(figsize=(width_in, 2.1), layout="constrained")
        axes = figure.subplots()
        axes.fill_between(curve.time_s, curve.low_n, curve.high_n, color=INK, lw=0.5)
        for one_set in sets:
            for rep in one_set.reps:
                _shade_hold(axes, rep)
            _name_set(axes, one_set)
        for incident in incidents:
            if incident.kind is IncidentKind.GAP and incident.end_s > incident.start_s:
                axes.axvspan(
                    incident.start_s, incident.end_s, fc="none", ec=VERMILION, hatch="////", lw=0
                )
        axes.set_ylabel(tr("force (N)"))
        axes.set_xlabel(tr("time (minutes:seconds)"))
        axes.margins(x=0.005)
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        origin_s = float(curve.time_s[0]) if curve.time_s.size else 0.0
        _mark_minutes(axes, origin_s, most_ticks=int(width_in * 1.3))
        return svg_text(figure, is_simulated=is_simulated)


def _draw_target(axes: Axes, one_set: SetData) -> None:
    if one_set.target_low_n is None or one_set.target_high_n is None:
        return
    axes.axhspan(one_set.target_low_n, one_set.target_high_n, color=GREEN, alpha=0.16, lw=0)
    for edge_n in (one_set.target_low_n, one_set.target_high_n):
        axes.axhline(edge_n, color=GREEN, lw=0.8)


def _rep_colours(count: int) -> list[Colour]:
    # The last seventh of cividis is a yellow that is lost on white paper.
    cividis = mpl.colormaps["cividis"]
    return [cividis(float(place)) for place in np.linspace(0, 0.86, count)]


def _draw_rep_scale(
    figure: Figure, axes: Axes, counted: Sequence[RepData], colours: Sequence[Colour]
) -> None:
    first, last = counted[0].rep, counted[-1].rep
    scale = ScalarMappable(Normalize(first - 0.5, last + 0.5), ListedColormap(colours))
    bar = figure.colorbar(scale, ax=axes, pad=0.02, aspect=30, label=tr("rep"), ticks=[first, last])
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0)


def _rep_ticks(reps: Sequence[int]) -> list[int]:
    step = next((s for s in (1, 5, 10, 20, 50) if len(reps) / s <= MOST_REP_TICKS), 100)
    return [reps[0], *(r for r in reps[1:] if r % step == 0)]


def _draw_line(axes: Axes, line: Decline, reps: FloatArray) -> None:
    at = np.linspace(reps[0], reps[-1], 25)
    middle_n, half_n = line.line_n(at), line.half_width_n(at)
    colour, dashes = (VERMILION, "-") if line.is_distinct else (GREY, "--")
    axes.fill_between(at, middle_n - half_n, middle_n + half_n, color=colour, alpha=0.15, lw=0)
    axes.plot(at, middle_n, color=colour, lw=1.6, ls=dashes, label=tr("line"))


def _draw_findings(axes: Axes, one_set: SetData) -> None:
    """Mark where fatigue begins, with its interval, and the reps that the calf helped in."""
    helped = [r for r in one_set.counted if r.hold.compensation.is_compensated]
    if helped:
        at = ([r.rep for r in helped], [r.hold.plateau_n for r in helped])
        axes.plot(*at, "o", mfc="none", mec=VERMILION, mew=1.4, ms=8.5, label=tr("calf helped"))
    fatigue = one_set.fatigue
    if fatigue is None or fatigue.onset_rep is None:
        return
    axes.axvline(fatigue.onset_rep, color=VERMILION, lw=1.6, ls=(0, (4, 2)), label=tr("fatigue"))
    if fatigue.onset_rep_low is not None and fatigue.onset_rep_high is not None:
        span = (fatigue.onset_rep_low - 0.3, fatigue.onset_rep_high + 0.3)
        axes.axvspan(*span, color=VERMILION, alpha=0.10, lw=0)


def _shade_hold(axes: Axes, rep: RepData) -> None:
    start_s, end_s = rep.hold.start_s, rep.hold.end_s
    if rep.is_counted:
        axes.axvspan(start_s, end_s, color=BLUE, alpha=0.28, lw=0)
    else:
        axes.axvspan(start_s, end_s, fc="none", ec=GREY, hatch="xxxx", lw=0)


def _name_set(axes: Axes, one_set: SetData) -> None:
    if not one_set.reps:
        return
    start_s, end_s = one_set.reps[0].hold.start_s, one_set.reps[-1].hold.end_s
    above = axes.get_xaxis_transform()
    axes.plot([start_s, end_s], [1.03, 1.03], color=BLUE, lw=2, transform=above, clip_on=False)
    middle_s = (start_s + end_s) / 2
    axes.text(middle_s, 1.06, short_name(one_set), transform=above, ha="center", fontsize=8)


def _mark_minutes(axes: Axes, origin_s: float, most_ticks: int) -> None:
    low_s, high_s = axes.get_xlim()
    span_s = high_s - low_s
    steps_s = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
    step_s = next((s for s in steps_s if span_s / s <= most_ticks), math.ceil(span_s / most_ticks))
    first = math.ceil((low_s - origin_s) / step_s)
    last = math.floor((high_s - origin_s) / step_s)
    axes.set_xticks([origin_s + step_s * k for k in range(max(first, 0), last + 1)])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at_s, _: clock(at_s - origin_s)))


@contextmanager
def drawing(name: str) -> Iterator[None]:
    """Draw with our own style alone, and with ids that no other figure of the page has."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("svg", fonttype="none", hashsalt=name)
        mpl.rc("font", family="DejaVu Sans", size=9)
        mpl.rc("axes", labelsize=9, edgecolor=GREY, labelcolor=INK, axisbelow=True, grid=True)
        mpl.rc("axes.grid", axis="y")
        mpl.rc("axes.spines", top=False, right=False)
        mpl.rc("grid", color=PALE, linewidth=0.7)
        mpl.rc("hatch", linewidth=0.6)
        mpl.rc("xtick", color=GREY, labelcolor=INK)
        mpl.rc("ytick", color=GREY, labelcolor=INK)
        mpl.rc("legend", frameon=False, fontsize=8, borderpad=0, columnspacing=1.2)
        mpl.rc("legend", handlelength=1.4, handletextpad=0.4)
        mpl.rc("lines", solid_capstyle="round")
        yield


def svg_text(figure: Figure, *, is_simulated: bool) -> str:
    """Return the figure as an <svg> element, without what only a file of its own needs."""
    if is_simulated:
        figure.text(0.995, 0.01, tr("SIMULATED"), ha="right", fontsize=7, color=VERMILION)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", facecolor="none", metadata=NO_METADATA)
    text = drawn.getvalue()
    text = text[text.index("<svg") :]
    # Element ids would repeat from figure to figure; only the hashed ones are referred to.
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    # Two decimals of a point are far below a pixel and halve the page.
    return re.sub(r"(\d\.\d\d)\d+", r"\1", text)
