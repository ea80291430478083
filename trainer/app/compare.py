"""Two analyses of one recording, hold by hold: what differs by more than the tolerances allow.

Holds are paired in their order so that the paired ones share the most time; a hold that shares none
is in one of the two alone. Differences are B minus A, in per cent of A.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Final

import numpy as np

from trainer.app.comparefile import PARTS, Figures, Found, FoundHold
from trainer.app.summary import Json
from trainer.app.tolerance import Tolerance
from trainer.core.errors import UsageError

FORMAT: Final = 1

_SAME_LENGTH: Final = 0.01
"""Part of its length by which one recording's analyses may differ: lost samples at its ends."""


@dataclass(frozen=True, slots=True)
class HoldPair:
    """One hold found by both; numbers count from 1."""

    a: int
    b: int
    start_ms: float
    end_ms: float
    peak_n: float
    peak_pct: float | None
    """None where A's is zero."""
    plateau_n: float
    plateau_pct: float | None
    finished: tuple[bool, bool]
    compensated: tuple[bool | None, bool | None]
    is_same: bool


@dataclass(frozen=True, slots=True)
class FigurePair:
    """One figure beside the holds; None where an analysis has no answer."""

    part: str
    name: str
    a: float | bool | None
    b: float | bool | None
    is_same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two analyses of one recording share and where they part."""

    a: Found
    b: Found
    tolerance: Tolerance
    pairs: tuple[HoldPair, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]
    figures: tuple[FigurePair, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs by more than the tolerances allow."""
        return (
            not self.only_a
            and not self.only_b
            and all(pair.is_same for pair in self.pairs)
            and all(figure.is_same for figure in self.figures)
        )

    def summary(self) -> dict[str, float | None]:
        """Return the median and the largest size of the paired holds' differences."""
        found: dict[str, float | None] = {}
        for name in ("start_ms", "end_ms", "peak_pct", "plateau_pct"):
            sizes = [abs(size) for pair in self.pairs if (size := getattr(pair, name)) is not None]
            found[f"{name}_median"] = median(sizes) if sizes else None
            found[f"{name}_largest"] = max(sizes, default=None)
        return found

    def to_object(self) -> dict[str, Json]:
        """Return the comparison as one plain object."""
        return {
            "format": FORMAT,
            "same": self.is_same,
            "a": str(self.a.path),
            "b": str(self.b.path),
            "tolerance": asdict(self.tolerance),
            "holds": {
                "a": len(self.a.holds),
                "b": len(self.b.holds),
                "only_a": self.only_a,
                "only_b": self.only_b,
                "summary": self.summary(),
                "pairs": [_renamed(asdict(pair)) for pair in self.pairs],
            },
            "figures": [_renamed(asdict(figure)) for figure in self.figures],
        }


def compare(
    a: Found, b: Found, tolerance: Tolerance | None = None, *, is_forced: bool = False
) -> Comparison:
    """Return how B differs from A. Raises UsageError: not of one recording, unless forced."""
    tolerance = tolerance or Tolerance()
    if not is_forced:
        _check_same_recording(a, b)
    matches = _match(a.holds, b.holds)
    return Comparison(
        a=a,
        b=b,
        tolerance=tolerance,
        pairs=tuple(_pair(a.holds, b.holds, match, tolerance) for match in matches),
        only_a=_without(len(a.holds), [first for first, _ in matches]),
        only_b=_without(len(b.holds), [second for _, second in matches]),
        figures=tuple(_figures(a, b, tolerance)),
    )


def _check_same_recording(a: Found, b: Found) -> None:
    longest_s = max(a.duration_s, b.duration_s)
    if a.recording != b.recording:
        what = f"is of '{b.recording}', {a.path} of '{a.recording}'"
    elif abs(a.duration_s - b.duration_s) > _SAME_LENGTH * longest_s:
        what = f"is of {b.duration_s:.1f} s, {a.path} of {a.duration_s:.1f} s"
    else:
        return
    raise UsageError(
        f"{b.path}: {what}: these are two recordings. Compare analyses of one, or add --force."
    )


def _match(a: Sequence[FoundHold], b: Sequence[FoundHold]) -> list[tuple[int, int]]:
    """Return index pairs in rising order that share the most time in all.

    The order counts, and not the time alone: after a clock stepped back the same time comes twice.
    """
    if not a or not b:
        return []
    starts, ends = (np.array([[getattr(h, n) for h in b]]) for n in ("start_s", "end_s"))
    rows = [np.minimum(ends[0], hold.end_s) - np.maximum(starts[0], hold.start_s) for hold in a]
    shared_s = np.array(rows)
    best = np.zeros((len(a) + 1, len(b) + 1))
    for row in range(len(a)):
        paired = best[row, :-1] + np.where(shared_s[row] > 0, shared_s[row], -math.inf)
        best[row + 1, 1:] = np.maximum(best[row, 1:], paired)
        np.maximum.accumulate(best[row + 1], out=best[row + 1])
    matches: list[tuple[int, int]] = []
    row, column = len(a), len(b)
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            matches.append((row, column))
    return matches[::-1]


def _without(count: int, taken: Sequence[int]) -> tuple[int, ...]:
    return tuple(index + 1 for index in range(count) if index not in set(taken))


def _pair(
    a: Sequence[FoundHold], b: Sequence[FoundHold], match: tuple[int, int], tolerance: Tolerance
) -> HoldPair:
    one, other = a[match[0]], b[match[1]]
    start_ms, end_ms = 1e3 * (other.start_s - one.start_s), 1e3 * (other.end_s - one.end_s)
    finished = (one.is_finished, other.is_finished)
    compensated = (one.is_compensated, other.is_compensated)
    forces = ((one.peak_n, other.peak_n), (one.plateau_n, other.plateau_n))
    return HoldPair(
        a=match[0] + 1,
        b=match[1] + 1,
        start_ms=start_ms,
        end_ms=end_ms,
        peak_n=other.peak_n - one.peak_n,
        peak_pct=_percent(*forces[0]),
        plateau_n=other.plateau_n - one.plateau_n,
        plateau_pct=_percent(*forces[1]),
        finished=finished,
        compensated=compensated,
        is_same=(
            max(abs(start_ms), abs(end_ms)) <= tolerance.time_ms
            and all(_is_near(*force, tolerance.force_pct, tolerance.force_n) for force in forces)
            and finished[0] == finished[1]
            and compensated[0] == compensated[1]
        ),
    )


def _figures(a: Found, b: Found, tolerance: Tolerance) -> list[FigurePair]:
    pairs = _paired("recording", a.counts, b.counts, Tolerance(force_pct=0.0, force_n=0.0))
    for part in PARTS:
        one, other = a.parts[part], b.parts[part]
        if one is None and other is None:
            continue
        if one is None or other is None:
            pairs.append(
                FigurePair(part, "found", one is not None, other is not None, is_same=False)
            )
            continue
        pairs += _paired(part, one, other, tolerance)
    return pairs


def _paired(part: str, a: Figures, b: Figures, tolerance: Tolerance) -> list[FigurePair]:
    return [
        FigurePair(part, name, a.get(name), b.get(name), _agree(name, a, b, tolerance))
        for name in dict.fromkeys((*a, *b))
    ]


def _agree(name: str, a: Figures, b: Figures, tolerance: Tolerance) -> bool:
    one, other = a.get(name), b.get(name)
    if one is None or other is None or isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if name in {"count", "hold"}:
        return one == other
    if "_rep" in name:
        return abs(one - other) <= tolerance.reps
    if name == "onset_s":
        # The start of the first lowered rep: its number is what may differ.
        return True
    if name.endswith("_pct"):
        return abs(one - other) <= tolerance.force_pct
    return _is_near(one, other, tolerance.force_pct, 0.0)


def _is_near(one: float, other: float, pct: float, floor: float) -> bool:
    return abs(other - one) <= max(floor, pct / 100 * abs(one))


def _percent(one: float, other: float) -> float | None:
    return 100 * (other - one) / one if one else None


def _renamed(table: dict[str, Json]) -> dict[str, Json]:
    """Return the table with the answer named as in other outputs."""
    return {"same" if name == "is_same" else name: found for name, found in table.items()}
