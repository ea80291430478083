"""Fatigue: sets with and without an onset, live alarms and the onset found in review."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np

from tests.truth.fatiguing import FatiguePlan, record_set
from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.frontdoor import Found
from tests.truth.generator import Kind
from tests.truth.intervals import bootstrap, share
from tests.truth.presses import TrueHold
from tests.truth.scoring import ask_take
from trainer.core.events import FatigueSeen

QUICK: Final = 8


@dataclass(frozen=True, slots=True)
class FatigueSet:
    """Sets of one plan, how many, and what is asked of them."""

    name: str
    plan: FatiguePlan
    sets: int
    false_alarms: float | None = None
    delay: float | None = None
    """Median of the reps from the onset to the alarm"""
    mae: float | None = None
    is_covered: bool = False
    """80 % intervals are asked to hold the onset 75 to 90 times in 100."""


SETS: Final = (
    FatigueSet("no onset, CV 5 %", FatiguePlan(), 240, false_alarms=5.0),
    FatigueSet("no onset, CV 8 %", FatiguePlan(spread=0.08), 240, false_alarms=5.0),
    FatigueSet("no onset, CV 12 %", FatiguePlan(spread=0.12), 160, false_alarms=5.0),
    FatigueSet(
        "no onset, CV 5 %, each rep like the one before (r .4), warm-up",
        FatiguePlan(memory=0.4, warm_up=0.05),
        160,
    ),
    FatigueSet("1 % per rep, CV 5 %", FatiguePlan(fall=0.01), 240, 5.0, 12.0, 2.0, True),
    FatigueSet("0.5 % per rep, CV 5 %", FatiguePlan(fall=0.005), 100),
    FatigueSet("2 % per rep, CV 5 %", FatiguePlan(fall=0.02), 100),
    FatigueSet("1 % per rep, CV 8 %", FatiguePlan(fall=0.01, spread=0.08), 120, 5.0),
    FatigueSet("1 % per rep, CV 12 %", FatiguePlan(fall=0.01, spread=0.12), 100, 5.0),
    FatigueSet("1 % per rep, CV 5 %, 20 to 60 reps", FatiguePlan((20, 60), fall=0.01), 160),
    FatigueSet("30 % lost at once, CV 5 %", FatiguePlan((20, 60), abrupt=0.3), 100),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One set to generate and to judge."""

    plan: FatiguePlan
    seed: int


@dataclass(frozen=True, slots=True)
class FatigueScore:
    """What was said of one set; reps are true ones, counted from 1."""

    onset_rep: int | None
    alarm_rep: int | None
    """The rep after which the alarm came"""
    is_judged: bool
    found_rep: int | None
    low_rep: int | None
    high_rep: int | None
    is_abrupt: bool


def score_job(job: Job, break_it: Callable[[Found], Found] = lambda found: found) -> FatigueScore:
    """Return what the product says of one set, or a product whose answer is broken on purpose."""
    truth = record_set(job.plan, job.seed)
    with tempfile.TemporaryDirectory() as folder:
        found = break_it(ask_take(truth.take, Path(folder)))
    return score_set(truth.take.of_kind(Kind.WHOLE), truth.onset_rep, found)


def score_set(holds: Sequence[TrueHold], onset_rep: int | None, found: Found) -> FatigueScore:
    """Return the score of an answer."""
    alarms_s = [event.at_s for event in found.events if isinstance(event, FatigueSeen)]
    ends_s = [hold.end_s for hold in holds]
    alarm_rep = sum(end_s < alarms_s[0] for end_s in ends_s) if alarms_s else None
    said = cast("Mapping[str, float | bool | None] | None", found.answer["fatigue"])
    if said is None:
        return FatigueScore(onset_rep, alarm_rep, False, None, None, None, False)
    starts_s = np.array([hold.start_s for hold in holds])

    def rep_of(number: float | bool | None) -> int | None:
        """Return which true rep a found hold is."""
        if number is None:
            return None
        start_s = found.holds[int(number) - 1]["start_s"]
        return int(np.abs(starts_s - start_s).argmin()) + 1

    return FatigueScore(
        onset_rep,
        alarm_rep,
        True,
        rep_of(said["onset_rep"]),
        rep_of(said["onset_rep_low"]),
        rep_of(said["onset_rep_high"]),
        bool(said["abrupt"]),
    )


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the tables of all plans; every plan takes its own seeds from the front."""
    fresh = iter(seeds)
    for one in SETS:
        count = max(12, one.sets // QUICK) if is_quick else one.sets
        jobs = [Job(one.plan, next(fresh)) for _ in range(count)]
        yield tabulate(one, run_all(score_job, jobs, f"fatigue, {one.name}", say))


def tabulate(one: FatigueSet, scores: Sequence[FatigueScore]) -> Table:
    """Return the figures of one plan."""
    few, many = one.plan.reps
    reps = f"{few}" if few == many else f"{few} to {many}"
    figures = [*_live(one, scores), *_review(one, scores)]
    return Table(f"Fatigue, {one.name}: {len(scores)} sets of {reps} reps", tuple(figures))


def is_false_alarm(score: FatigueScore) -> bool:
    """Return whether the alarm came without an onset, or before it."""
    if score.alarm_rep is None:
        return False
    return score.onset_rep is None or score.alarm_rep < score.onset_rep


def delays_of(scores: Sequence[FatigueScore]) -> list[float]:
    """Return how many lowered reps it took to the alarm, infinite without one."""
    delays: list[float] = []
    for score in scores:
        if score.onset_rep is not None and not is_false_alarm(score):
            rep = np.inf if score.alarm_rep is None else score.alarm_rep
            delays.append(float(rep - score.onset_rep + 1))
    return delays


def _live(one: FatigueSet, scores: Sequence[FatigueScore]) -> Iterator[Figure]:
    false = share(sum(map(is_false_alarm, scores)), len(scores))
    yield Figure("sets with a false alarm", false.scaled(100), "%", one.false_alarms)
    if not one.plan.has_onset:
        return
    delay = bootstrap(scores, lambda some: _median(delays_of(some)))
    yield Figure("alarm after, median", delay, "reps", one.delay)
    delays = delays_of(scores)
    for reps in (12, 20):
        early = share(sum(delay <= reps for delay in delays), len(delays))
        yield Figure(f"alarm within {reps} reps", early.scaled(100), "%")


def _review(one: FatigueSet, scores: Sequence[FatigueScore]) -> Iterator[Figure]:
    judged = share(sum(score.is_judged for score in scores), len(scores))
    yield Figure("review: judged at all", judged.scaled(100), "%")
    found = [score for score in scores if score.found_rep is not None]
    told = share(len(found), len(scores))
    name = "review: onset found" if one.plan.has_onset else "review: onset where there is none"
    yield Figure(name, told.scaled(100), "%")
    if not one.plan.has_onset:
        return
    yield Figure("review: onset, mean |error|", bootstrap(found, mae), "reps", one.mae)
    covered = sum(map(is_covered, found))
    estimate = share(covered, len(found)).scaled(100)
    limit = 75.0 if one.is_covered else None
    yield Figure("review: interval holds the onset", estimate, "%", limit, is_least=True)
    if one.is_covered:
        yield Figure("... and is not too wide for it", estimate, "%", 90.0)
    abrupt = share(sum(score.is_abrupt for score in scores), len(scores))
    yield Figure("review: called abrupt", abrupt.scaled(100), "%")


def mae(scores: Sequence[FatigueScore]) -> float:
    """Return the mean error of the onset in reps, of sets in which one was found."""
    errors = [
        abs(score.found_rep - score.onset_rep)
        for score in scores
        if score.found_rep is not None and score.onset_rep is not None
    ]
    return float(np.mean(errors)) if errors else float("nan")


def is_covered(score: FatigueScore) -> bool:
    """Return whether the interval holds the onset."""
    if score.low_rep is None or score.high_rep is None or score.onset_rep is None:
        return False
    return score.low_rep <= score.onset_rep <= score.high_rep


def _median(values: Sequence[float]) -> float:
    return float(np.quantile(values, 0.5, method="nearest")) if len(values) else float("nan")
