"""How a device presses into the sole: too hard for too long, or slipping."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.hold import COURSE_SLOT_S
from trainer.core.texts import tr
from trainer.detect.footwork import JUMP_GAP, JUMP_SLOTS, LEAST_LOAD_N

MEAN_S: Final = 0.5
"""Forces are averaged over this before they are held against a ceiling: one twitch below it does
not begin the count anew."""


RIGID_SHARE: Final = 0.5
"""Proposed: of the presses that can tell."""

PRESS_S: Final = 0.6
"""Around the begin and the end of a press the centre moves with the load: a rise of 0.3 s (the
usual one), and as much to settle."""


@dataclass(frozen=True, slots=True)
class TooHard:
    """A force above the ceiling that lasted."""

    start_s: float
    duration_s: float
    mean_n: float

    def sentence(self, ceiling_n: float) -> str:
        """Return what happened, the limit and what to do."""
        return tr(
            "{mean:.0f} N pressed into the sole for {duration:.0f} s (ceiling {ceiling:g} N): use "
            "a softer device or setting."
        ).format(mean=self.mean_n, duration=self.duration_s, ceiling=ceiling_n)


def too_hard(
    time_s: FloatArray, force_n: FloatArray, *, ceiling_n: float, ceiling_s: float
) -> tuple[TooHard, ...]:
    """Return where an evenly sampled (n,) force stayed above the ceiling for too long."""
    if len(time_s) < 2:  # noqa: PLR2004 - one sample lasts for no time
        return ()
    period_s = float(np.median(np.diff(time_s)))
    width = max(1, round(MEAN_S / period_s))
    # At both ends the mean is of the samples that there are.
    inside = np.convolve(np.ones(len(force_n)), np.ones(width), "same")
    is_above = np.convolve(force_n, np.ones(width), "same") / inside > ceiling_n
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_above.view(np.int8), [0]))))
    found = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        duration_s = float(high - low) * period_s
        if duration_s >= ceiling_s:
            found.append(TooHard(float(time_s[low]), duration_s, float(force_n[low:high].mean())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Slip:
    """A jump of the centre of pressure."""

    at_s: float
    jump_cm: float


def slips(
    time_s: FloatArray, cells_n: FloatArray, places_cm: FloatArray, *, slip_cm: float
) -> tuple[Slip, ...]:
    """Return the slips in evenly sampled (n, cell) forces of cells that lie at (cell,) places.

    A slip is a lasting change of the centre within one slot of 50 ms: a twitch there and back is
    none, a weight that is shifted slowly is none, and what a foot does off the pad is none.
    """
    centre_cm, slot_s = _centre(time_s, cells_n, places_cm)
    count = len(centre_cm) - JUMP_SLOTS + 1
    offset = JUMP_SLOTS + JUMP_GAP
    if count <= offset:
        return ()
    windows = np.lib.stride_tricks.sliding_window_view(centre_cm, JUMP_SLOTS)
    levels = np.median(windows, axis=1)
    # Where the load was too small for a centre there is no number, and no jump.
    jumps_cm = np.nan_to_num(np.abs(levels[offset:] - levels[:-offset]))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (jumps_cm >= slip_cm).view(np.int8), [0]))))
    found = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        top = int(low) + int(jumps_cm[low:high].argmax())
        at_s = float(time_s[0]) + (top + JUMP_SLOTS + 0.5) * slot_s
        found.append(Slip(at_s, float(jumps_cm[top])))
    return tuple(found)


def is_rigid(judged: Sequence[bool | None]) -> bool | None:
    """Return whether most presses of high force came without any movement; None: none can tell.

    What lies rigidly keeps every press still; now and then one is by chance.
    """
    told = [one for one in judged if one is not None]
    return told.count(True) > RIGID_SHARE * len(told) if told else None


def unexplained(
    found: Iterable[Slip], sets_s: Sequence[tuple[float, float]], edges_s: Sequence[float]
) -> tuple[Slip, ...]:
    """Return the slips inside sets that no begin or end of a press explains.

    `sets_s` are begin and end of each set: before and after, feet come and go.
    """
    return tuple(
        slip
        for slip in found
        if any(start_s <= slip.at_s <= end_s for start_s, end_s in sets_s)
        and all(abs(slip.at_s - edge_s) > PRESS_S for edge_s in edges_s)
    )


def _centre(
    time_s: FloatArray, cells_n: FloatArray, places_cm: FloatArray
) -> tuple[FloatArray, float]:
    """Return the (slot,) centre of pressure, NaN without load, and the slot's length."""
    if len(time_s) < 2:  # noqa: PLR2004 - one sample has no period
        return np.empty(0), COURSE_SLOT_S
    period_s = float(np.median(np.diff(time_s)))
    width = max(1, round(COURSE_SLOT_S / period_s))
    count = len(cells_n) // width
    slots = cells_n[: count * width].reshape(count, width, -1).mean(axis=1)
    load_n = slots.sum(axis=1)
    centre_cm = np.full(count, np.nan)
    has_load = load_n >= LEAST_LOAD_N
    centre_cm[has_load] = slots[has_load] @ places_cm / load_n[has_load]
    return centre_cm, width * period_s
