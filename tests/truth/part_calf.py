"""Calf compensation: how often help of the ankle is seen, by its size and by what the pad has."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tests.truth.figures import Figure, Progress, Table, run_all
from tests.truth.frontdoor import Found, HoldJson, ask, write_csv
from tests.truth.generator import Kind
from tests.truth.helping import EXTRAS_NM, IMU, HelpedTake, record_helped
from tests.truth.intervals import share
from tests.truth.presses import TrueHold
from tests.truth.scene import FOUR_CELLS
from trainer.app.review import Options
from trainer.core.events import CompensationSeen

QUICK: Final = 8
CLEAN: Final = (1, 10)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a pad has, and how many recordings are made with it."""

    name: str
    cells: tuple[str, ...]
    has_imu: bool
    recordings: int
    is_coached: bool = True
    is_judged: bool = False


SETUPS: Final = (
    Setup("four cells, first ten presses clean", FOUR_CELLS, False, 80, is_judged=True),
    Setup("four cells, help among the first ten", FOUR_CELLS, False, 80, is_coached=False),
    Setup("four cells and IMU", FOUR_CELLS, True, 40),
    Setup("toes, heel and IMU", ("hallux", "toes", "heel"), True, 40),
    Setup("toes and heel", ("hallux", "toes", "heel"), False, 40),
    Setup("toes and IMU", ("hallux", "toes"), True, 40),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to generate and to judge."""

    setup: Setup
    seed: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One true press and what was said of it."""

    extra_nm: float
    said: bool | None
    excess_nm: float | None
    was_seen_live: bool


def score_job(job: Job, break_it: Callable[[Found], Found] = lambda found: found) -> list[Judged]:
    """Return what the product says of the presses of one recording, or a broken product does."""
    helped = record_helped(job.seed, is_coached=job.setup.is_coached)
    with tempfile.TemporaryDirectory() as folder:
        found = break_it(ask_helped(helped, job.setup, Path(folder)))
    return judge(helped, found)


def ask_helped(helped: HelpedTake, setup: Setup, folder: Path) -> Found:
    """Return what the product finds when a pad has only some of the sensors."""
    table = helped.take.cells_n
    columns = {"t_s": helped.take.time_s}
    for place, role in enumerate(FOUR_CELLS):
        if role in setup.cells:
            columns[f"{role}_n"] = table[:, place]
    for place, axis in enumerate(IMU, len(FOUR_CELLS)):
        if setup.has_imu:
            columns[axis] = table[:, place]
    path = folder / "helped.csv"
    write_csv(path, columns)
    return ask(path, Options(clean=CLEAN if setup.is_coached else None))


def judge(helped: HelpedTake, found: Found) -> list[Judged]:
    """Return every whole press with what was said of the hold that overlaps it most."""
    seen_s = [event.at_s for event in found.events if isinstance(event, CompensationSeen)]
    judged: list[Judged] = []
    holds = helped.take.of_kind(Kind.WHOLE)
    for hold, extra_nm in zip(holds, helped.extras_nm, strict=False):
        best = max(found.holds, key=lambda one: _overlap_s(hold, one), default=None)
        if best is not None and _overlap_s(hold, best) > 0:
            is_live = any(hold.begin_s <= at_s <= hold.release_s + 0.5 for at_s in seen_s)
            judged.append(Judged(extra_nm, best["compensated"], best["ankle_excess_nm"], is_live))
    return judged


def _overlap_s(truth: TrueHold, found: HoldJson) -> float:
    return min(truth.end_s, found["end_s"]) - max(truth.start_s, found["start_s"])


def measure(seeds: Sequence[int], say: Progress, is_quick: bool) -> Iterator[Table]:
    """Yield the tables of all set-ups; they share their recordings where they can."""
    for one in SETUPS:
        count = max(6, one.recordings // QUICK) if is_quick else one.recordings
        jobs = [Job(one, seed) for seed in seeds[:count]]
        results = run_all(score_job, jobs, f"calf, {one.name}", say)
        yield tabulate(one, results)


def tabulate(one: Setup, results: Sequence[Sequence[Judged]]) -> Table:
    """Return the figures of one set-up."""
    presses = [judged for result in results for judged in result]
    clean = [press for press in presses if press.extra_nm == 0]
    flagged = sum(press.said is True for press in clean)
    specificity = share(len(clean) - flagged, len(clean))
    figures = [
        Figure("specificity", specificity, limit=0.95 if one.is_judged else None, is_least=True)
    ]
    for extra_nm in EXTRAS_NM:
        some = [press for press in presses if press.extra_nm == extra_nm]
        hits = share(sum(press.said is True for press in some), len(some))
        limit = 0.9 if one.is_judged and extra_nm == 2.0 else None
        figures.append(Figure(f"sensitivity at {extra_nm:g} Nm", hits, limit=limit, is_least=True))
    figures += _separation(presses)
    live = share(sum(not press.was_seen_live for press in clean), len(clean))
    figures.append(Figure("live: specificity", live))
    for extra_nm in (2.0, 3.0, 5.0):
        some = [press for press in presses if press.extra_nm == extra_nm]
        hits = share(sum(press.was_seen_live for press in some), len(some))
        figures.append(Figure(f"live: sensitivity at {extra_nm:g} Nm", hits))
    silent = share(sum(press.said is None for press in presses), len(presses))
    figures.append(Figure("presses of which it says that it cannot tell", silent))
    return Table(f"Calf, {one.name}: {len(results)} recordings", tuple(figures))


def _separation(presses: Sequence[Judged]) -> Iterator[Figure]:
    """Yield how well the excess alone would do, whatever its limit: the rule apart."""
    known = [(press.extra_nm, press.excess_nm) for press in presses if press.excess_nm is not None]
    clean = [excess for extra, excess in known if extra == 0]
    helped = [excess for extra, excess in known if extra == 2.0]
    if not clean or not helped:
        return
    limit_nm = float(np.quantile(clean, 0.95))
    hits = sum(excess > limit_nm for excess in helped)
    yield Figure("excess alone: sensitivity at 2 Nm, specificity .95", share(hits, len(helped)))
