"""How well holds were found: a truth matched with what the product reports, live and in review."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Final

import numpy as np

from tests.truth.frontdoor import (
    Columns,
    Found,
    HoldJson,
    ask,
    force_columns,
    write_calibration,
    write_csv,
)
from tests.truth.generator import Kind, Take
from tests.truth.laws import Samples
from tests.truth.presses import TrueHold
from trainer.app.review import Options
from trainer.core.events import (
    ContactEnded,
    ContactStarted,
    Event,
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
)

SAME: Final = 0.5
"""A found hold is the true one where they share at least half of the time that either takes."""

MOMENT_S: Final = 0.05
"""Stamps that tell of the same moment differ by less: some samples may be lost there."""

WEAK_N: Final = 5.0
"""Lamp latencies of presses below are told apart."""


@dataclass(slots=True)
class HoldScore:
    """What was found of one recording; errors are found minus true."""

    duration_s: float
    truths: int
    missed: list[TrueHold] = field(default_factory=list)
    extra: list[HoldJson] = field(default_factory=list)
    start_errors_s: list[float] = field(default_factory=list)
    end_errors_s: list[float] = field(default_factory=list)
    peak_errors: list[float] = field(default_factory=list)
    """Relative, as the next."""
    plateau_errors: list[float] = field(default_factory=list)
    cut: int = 0
    """Holds that a gap or the end cut off"""
    cut_told: int = 0
    """... and that are reported unfinished, up to the last stamp before the cut"""
    headless: int = 0
    """Holds that were on already when a run began after a gap"""
    headless_found: int = 0
    first: int = 0
    """... or when the recording began"""
    first_found: int = 0
    lamp_s: list[float] = field(default_factory=list)
    """Latency per true hold of WEAK_N and more, infinite without a lamp"""
    weak_lamp_s: list[float] = field(default_factory=list)
    """The same of weaker ones"""
    contact_s: list[float] = field(default_factory=list)
    """The same of the contact, which is told before the lamp, of all"""
    false_contacts: int = 0
    surprises: list[float] = field(default_factory=list)
    """Errors of starts, ends, peaks and plateaus in standard uncertainties, where one is given"""
    false_lamps: int = 0
    lamps_at_returns: int = 0
    """... of which lit as a lifted foot came back"""


def ask_take(
    take: Take, folder: Path, change: Callable[[Columns], Columns] = lambda columns: columns
) -> Found:
    """Return what the product finds in a generated recording, through a CSV file.

    `change` is what a broken product does to the columns first.
    """
    path = folder / "take.csv"
    write_csv(path, change({"t_s": take.time_s, **force_columns(take)}))
    if take.scene.unit != "counts":
        return ask(path)
    calibration = folder / "calibration.toml"
    write_calibration(calibration, take)
    return ask(path, Options(calibration=calibration))


def score_take(take: Take, found: Found) -> HoldScore:
    """Return how well the product found the holds of a generated recording."""
    full_s = take.full_s if take.scene.unit == "counts" else None
    score = score_holds(take.of_kind(Kind.WHOLE), found.holds, take.scene.duration_s, full_s)
    cut, headless = take.of_kind(Kind.TAIL_CUT), take.of_kind(Kind.HEAD_CUT)
    left = score.extra
    for hold in (*cut, *headless, *take.of_kind(Kind.OPTIONAL)):
        beside = [one for one in left if _overlap_s(hold, one) > 0]
        is_found = bool(beside)
        if hold in cut:
            score.cut += 1
            ends_s = [one["end_s"] for one in beside if not one["finished"]]
            score.cut_told += any(abs(end_s - hold.end_s) < MOMENT_S for end_s in ends_s)
        elif hold in headless and hold.start_s - float(take.time_s[0]) < MOMENT_S:
            score.first += 1
            score.first_found += is_found
        elif hold in headless:
            score.headless += 1
            score.headless_found += is_found
        # What lies in the same cut press counts once, however it is reported.
        left = [one for one in left if one not in beside[:1]]
    score.extra = left
    _score_lamps(score, take, found.events)
    _score_uncertainty(score, take, found.events)
    return score


def _score_uncertainty(score: HoldScore, take: Take, events: Sequence[Event]) -> None:
    """Take in how far off the settled measures are, by what they say of themselves."""
    settled = [event.hold for event in events if isinstance(event, HoldSettled)]
    starts_s = np.array([hold.start_s for hold in settled])
    for truth in take.of_kind(Kind.WHOLE):
        if not settled:
            return
        hold = settled[int(np.abs(starts_s - truth.start_s).argmin())]
        said = hold.uncertainty
        if _shared_s(truth, hold.start_s, hold.end_s) < SAME:
            continue
        for error, u in (
            (hold.start_s - truth.start_s, said.start_s),
            (hold.end_s - truth.end_s, said.end_s),
            (hold.peak_n - truth.peak_n, said.peak_n),
            (hold.plateau_n - truth.plateau_n, said.plateau_n),
        ):
            if u:
                score.surprises.append(error / u)


def score_holds(
    truths: Sequence[TrueHold],
    found: Sequence[HoldJson],
    duration_s: float,
    full_s: Samples | None = None,
) -> HoldScore:
    """Return the score; each truth takes the found hold that it shares most time with.

    Where a sample of it, of `full_s`, is at the end of the range, its force is not known.
    """
    score = HoldScore(duration_s, len(truths))
    left = list(found)
    for truth in truths:
        best = max(left, key=lambda one: _shared(truth, one), default=None)
        if best is None or _shared(truth, best) < SAME:
            score.missed.append(truth)
            continue
        left.remove(best)
        score.start_errors_s.append(best["start_s"] - truth.start_s)
        score.end_errors_s.append(best["end_s"] - truth.end_s)
        if full_s is not None and _is_within_hold(truth, full_s):
            continue
        score.plateau_errors.append(best["plateau_n"] / truth.plateau_n - 1)
        if truth.peak_n:
            score.peak_errors.append(best["peak_n"] / truth.peak_n - 1)
    score.extra = left
    return score


def _is_within_hold(hold: TrueHold, at_s: Samples) -> bool:
    return bool(((at_s >= hold.start_s) & (at_s <= hold.end_s)).any())


def _score_lamps(score: HoldScore, take: Take, events: Sequence[Event]) -> None:
    """Take in when the lamp was on: the stamps of the samples that lit it and put it out."""
    lit = _spans(events, HoldStarted, HoldReleased | HoldSettled | HoldWithdrawn)
    contacts = _spans(events, ContactStarted, ContactEnded)
    for hold in take.of_kind(Kind.WHOLE):
        late_s = _late_s(hold, lit)
        (score.lamp_s if hold.plateau_n >= WEAK_N else score.weak_lamp_s).append(late_s)
        score.contact_s.append(_late_s(hold, contacts))
    score.false_contacts = sum(not _is_within(at_s, take.presses) for at_s, _ in contacts)
    for lit_s, _ in lit:
        if not _is_within(lit_s, take.presses):
            score.false_lamps += 1
            score.lamps_at_returns += _is_within(lit_s, take.returns)


def _late_s(hold: TrueHold, spans: Sequence[tuple[float, float]]) -> float:
    """Return how long after the onset of a press a signal was on, infinite if never."""
    on_s = [on for on, off in spans if off > hold.onset_s and on < hold.end_s]
    return max(0.0, min(on_s) - hold.onset_s) if on_s else float("inf")


def _is_within(at_s: float, spans: Sequence[tuple[float, float]]) -> bool:
    return any(begin - 0.05 <= at_s <= end + 0.05 for begin, end in spans)


def _spans(
    events: Sequence[Event], start: type | UnionType, end: type | UnionType
) -> list[tuple[float, float]]:
    """Return from when to when something was on, as its first and last event say."""
    spans: list[tuple[float, float]] = []
    on_s: float | None = None
    for event in events:
        if isinstance(event, start) and on_s is None:
            on_s = _stamp(event)
        elif isinstance(event, end) and on_s is not None:
            # A clock that stepped back in between: it went out where the old one ended.
            off_s = _stamp(event)
            spans.append((on_s, off_s if off_s >= on_s else np.inf))
            on_s = None
    return spans if on_s is None else [*spans, (on_s, np.inf)]


def _stamp(event: Event) -> float:
    """Return when an event was told; a gap, which has two stamps, when it was over."""
    return event.end_s if isinstance(event, GapFound) else event.at_s


def _shared(truth: TrueHold, found: HoldJson) -> float:
    return _shared_s(truth, found["start_s"], found["end_s"])


def _shared_s(truth: TrueHold, start_s: float, end_s: float) -> float:
    """Return the time that both take over the time that either takes."""
    both_s = min(truth.end_s, end_s) - max(truth.start_s, start_s)
    return both_s / (truth.end_s - truth.start_s + end_s - start_s - both_s)


def _overlap_s(truth: TrueHold, found: HoldJson) -> float:
    return min(truth.end_s, found["end_s"]) - max(truth.start_s, found["start_s"])


def f1(scores: Sequence[HoldScore]) -> float:
    """Return the harmonic mean of precision and recall."""
    missed = sum(len(score.missed) for score in scores)
    extra = sum(len(score.extra) for score in scores)
    found = sum(score.truths for score in scores) - missed
    return 2 * found / (2 * found + extra + missed) if found else 0.0


def quantile(
    of: Callable[[HoldScore], Sequence[float]], at: float
) -> Callable[[Sequence[HoldScore]], float]:
    """Return a figure of scores: a quantile of the sizes of some errors; NaN of none."""

    def figure(scores: Sequence[HoldScore]) -> float:
        sizes = np.abs([size for score in scores for size in of(score)])
        return float(np.quantile(sizes, at, method="nearest")) if len(sizes) else float("nan")

    return figure
