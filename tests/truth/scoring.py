"""How well holds were found: a truth matched with what the stages report."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from calibration import identity
from tests.truth.generator import Samples, Take, TrueHold
from trainer.core.block import Block
from trainer.core.events import Event
from trainer.core.hold import Hold
from trainer.core.packets import Stream, StreamInfo
from trainer.core.settings import DetectionSettings
from trainer.core.units import Unit
from trainer.detect.holds import HoldDetector
from trainer.signal.bank import FilterBank
from trainer.signal.guard import Guard

CHANNELS = ("force",)
INFO = StreamInfo(Stream.FORCE, CHANNELS, Unit.NEWTON)


@dataclass(slots=True)
class Score:
    """What was found of one or several recordings."""

    truths: int = 0
    missed: list[TrueHold] = field(default_factory=list)
    extra: list[Hold] = field(default_factory=list)
    start_errors_s: list[float] = field(default_factory=list)
    end_errors_s: list[float] = field(default_factory=list)
    plateau_errors: list[float] = field(default_factory=list)
    """Relative."""
    duration_s: float = 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        found = self.truths - len(self.missed)
        return 2 * found / (2 * found + len(self.extra) + len(self.missed))

    @property
    def extra_per_15_min(self) -> float:
        """Return the false holds per 15 minutes."""
        return len(self.extra) * 900 / self.duration_s

    def add(self, other: "Score") -> None:
        """Take in another score."""
        self.truths += other.truths
        self.duration_s += other.duration_s
        self.missed += other.missed
        self.extra += other.extra
        self.start_errors_s += other.start_errors_s
        self.end_errors_s += other.end_errors_s
        self.plateau_errors += other.plateau_errors


def median_of(errors: Sequence[float]) -> float:
    """Return the median of the errors' sizes."""
    return float(np.median(np.abs(errors)))


def worst_of(errors: Sequence[float]) -> float:
    """Return the size that 95 % of the errors stay below."""
    return float(np.percentile(np.abs(errors), 95))


def run_stages(
    runs: Sequence[tuple[Samples, Samples]], rate_hz: float, *, scale: float = 1.0, size: int = 64
) -> tuple[HoldDetector, list[Event]]:
    """Return the detector and its events after the runs went through all stages."""
    calibration = identity(CHANNELS, scale)
    guard, bank = Guard(calibration), FilterBank(calibration, rate_hz)
    detector = HoldDetector(DetectionSettings(), rate_hz)
    events: list[Event] = []
    index = 0
    for time_s, force_n in runs:
        for first in range(0, len(time_s), size):
            part = slice(first, first + size)
            flags = np.zeros(len(time_s[part]), dtype=np.uint8)
            block = Block(INFO, index, time_s[part], force_n[part, None], flags, first == 0)
            events += detector.push(bank.push(guard.push(block).block))
            index += len(flags)
    events += detector.finish()
    return detector, events


def score_take(take: Take) -> Score:
    """Return how well the finished holds of a generated recording were found."""
    detector, _ = run_stages(take.runs, take.scene.rate_hz)
    found = [hold for hold in detector.verdict() if hold.is_finished]
    score = score_holds(take.holds, found)
    score.duration_s = take.scene.duration_s
    # What overlaps a press that a gap or the end cut is no false hold.
    score.extra = [
        hold
        for hold in score.extra
        if not any(cut.start_s < hold.end_s and hold.start_s < cut.end_s for cut in take.cut)
    ]
    return score


def score_holds(truths: Sequence[TrueHold], found: Sequence[Hold]) -> Score:
    """Return the score; each truth takes the hold that overlaps it most."""
    score = Score(truths=len(truths))
    left = list(found)
    for truth in truths:
        best = max(left, key=lambda hold: _overlap_s(truth, hold), default=None)
        if best is None or _overlap_s(truth, best) <= 0:
            score.missed.append(truth)
            continue
        left.remove(best)
        score.start_errors_s.append(best.start_s - truth.start_s)
        score.end_errors_s.append(best.end_s - truth.end_s)
        score.plateau_errors.append(best.plateau_n / truth.plateau_n - 1)
    score.extra = left
    return score


def _overlap_s(truth: TrueHold, hold: Hold) -> float:
    return min(truth.end_s, hold.end_s) - max(truth.start_s, hold.start_s)
