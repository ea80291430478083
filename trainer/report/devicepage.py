"""Two pictures of a device: what a try-out gave, and its force over its stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from trainer.core.arrays import FloatArray
from trainer.report.figures import BLUE, GREEN, GREY, INK, NO_METADATA, VERMILION, drawing

_SIZE_IN: Final = (8.27, 6.0)
_DPI: Final = 110
_WRAP: Final = 108
_MOST_POINTS: Final = 4000
"""Of the force's curve: more than the picture is wide, with room for its peaks."""

_BELOW: Final = 0.15
"""Of the highest force: how much is shown below the rest level."""

_FORMS: Final = (("o-", BLUE), ("s--", GREEN), ("^-.", GREY), ("D:", INK))


@dataclass(frozen=True, slots=True)
class SetCurve:
    """The reps of one set."""

    name: str
    plateaus_n: tuple[float, ...]
    is_compensated: tuple[bool, ...]
    """For each of them."""
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class TryOutPage:
    """What stands on the picture of a try-out."""

    title: str
    note: str
    time_s: FloatArray
    force_n: FloatArray
    """Above the rest level, NaN where lost."""
    sets: Sequence[SetCurve]
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class StretchPoint:
    """A force at a stretch, with its expanded uncertainty."""

    stretch_mm: float
    force_n: float
    force_u_n: float


@dataclass(frozen=True, slots=True)
class StretchLine:
    """The line that was fitted: its slope, and the point in the middle that it goes through."""

    name: str
    slope_n_mm: float
    middle_mm: float
    middle_n: float


@dataclass(frozen=True, slots=True)
class StretchPage:
    """What stands on the picture of a characteristic."""

    title: str
    note: str
    way_up: Sequence[StretchPoint]
    way_back: Sequence[StretchPoint]
    now: StretchLine
    first: StretchLine | None
    """The first one that was measured; None where this is it."""
    is_simulated: bool


def write_try_out(page: TryOutPage, path: Path) -> None:
    """Draw force over time, and each set's plateaus by rep, as SVG or PNG by the file's ending."""
    with drawing("device try-out"):
        figure = Figure(figsize=_SIZE_IN, layout="constrained")
        force_axes, rep_axes = figure.subplots(2, 1)
        _draw_force(force_axes, page)
        _draw_reps(rep_axes, page.sets)
        _finish(figure, page.title, page.note, path, is_simulated=page.is_simulated)


def write_stretch(page: StretchPage, path: Path) -> None:
    """Draw force over stretch, there and back, as SVG or PNG by the file's ending."""
    with drawing("device stretch"):
        figure = Figure(figsize=_SIZE_IN, layout="constrained")
        axes = figure.subplots()
        _draw_way(axes, page.way_up, "o-", BLUE, "way up")
        _draw_way(axes, page.way_back, "s--", VERMILION, "way back")
        span = np.array([min(p.stretch_mm for p in page.way_up), page.way_up[-1].stretch_mm])
        for line, colour, form in ((page.now, INK, "-"), (page.first, GREY, (0, (4, 3)))):
            if line is not None:
                force_n = line.middle_n + line.slope_n_mm * (span - line.middle_mm)
                axes.plot(span, force_n, color=colour, ls=form, lw=1.0, label=line.name)
        axes.set_xlabel("stretch (mm)")
        axes.set_ylabel("force (N)")
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.legend(loc="upper left")
        _finish(figure, page.title, page.note, path, is_simulated=page.is_simulated)


def _draw_force(axes: Axes, page: TryOutPage) -> None:
    step = max(1, len(page.time_s) // _MOST_POINTS)
    axes.plot(page.time_s[::step], page.force_n[::step], color=BLUE, lw=0.7)
    for one in page.sets:
        axes.axvspan(one.start_s, one.end_s, color=GREY, alpha=0.15, lw=0)
        axes.annotate(
            one.name,
            ((one.start_s + one.end_s) / 2, 1.01),
            xycoords=("data", "axes fraction"),
            ha="center",
            fontsize=8,
            color=INK,
        )
    axes.set_xlabel("time (s); sets are shaded")
    axes.set_ylabel("force above rest (N)")
    # Off the pad the foot's own weight is missing: that fall would flatten all presses.
    top_n = float(np.nanmax(page.force_n, initial=1.0))
    axes.set_ylim(max(-_BELOW * top_n, axes.get_ylim()[0]), 1.05 * top_n)
    axes.margins(x=0.01)


def _draw_reps(axes: Axes, sets: Sequence[SetCurve]) -> None:
    is_told = False
    for number, one in enumerate(sets):
        form, colour = _FORMS[number % len(_FORMS)]
        reps = np.arange(1, len(one.plateaus_n) + 1)
        plateaus_n = np.array(one.plateaus_n)
        axes.plot(reps, plateaus_n, form, color=colour, ms=4, lw=1.0, label=one.name)
        helped = np.array(one.is_compensated, bool)
        if helped.any():
            name = "_" if is_told else "the calf helped"
            is_told = True
            axes.plot(reps[helped], plateaus_n[helped], "x", color=VERMILION, ms=9, label=name)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("rep")
    axes.set_ylabel("plateau (N)")
    axes.set_ylim(bottom=0.0)
    if sets:
        axes.legend(loc="lower left", ncols=3)


def _draw_way(
    axes: Axes, points: Sequence[StretchPoint], form: str, colour: str, name: str
) -> None:
    if points:
        axes.errorbar(
            [p.stretch_mm for p in points],
            [p.force_n for p in points],
            yerr=[p.force_u_n for p in points],
            fmt=form,
            color=colour,
            ms=4.5,
            lw=1.2,
            capsize=3,
            label=name,
        )


def _finish(figure: Figure, title: str, note: str, path: Path, *, is_simulated: bool) -> None:
    head = f"{title}{'   SIMULATED' if is_simulated else ''}"
    figure.suptitle(
        f"{head}\n{fill(note, _WRAP)}",
        x=0.02,
        ha="left",
        fontsize=9.5,
        color=VERMILION if is_simulated else INK,
    )
    kind = path.suffix.lower().lstrip(".")
    metadata = NO_METADATA if kind == "svg" else None
    figure.savefig(path, format=kind, dpi=_DPI, facecolor="white", metadata=metadata)
