"""A diary of weeks for the tests of progress: assessments, sets, sessions, runs, pain."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from trainer.core.cues import Side
from trainer.core.diary.assessing import Assessment
from trainer.core.diary.running import Run, RunSource
from trainer.core.diary.training import Block, EndedBy, SessionKind, SessionLog, SetLog
from trainer.library.diary import Noting
from trainer.library.library import Library

BASE: Final = Assessment(
    metric="mvc_hallux_n",
    side=Side.LEFT,
    trial=1,
    value=50.0,
    unit="N",
    protocol="baseline",
    protocol_version=1,
    visit="",
    is_practice=False,
    device="pad A",
    position="seated",
    pitch_deg=0.0,
)
WHO: Final = "Ada"
YEAR_START: Final = datetime(2025, 6, 2, 17, tzinfo=UTC)
"""A Monday; a year later it is 2026-06-01."""
_MEASURED: Final = {
    "mvc_hallux_n": (66.0, 6.0, 14.0),
    "mvc_toes_n": (51.0, 5.0, 2.0),
    "mvc_dome_n": (100.0, 9.0, 25.0),
    "endurance_pct": (88.0, 3.0, 6.0),
    "squeeze_cv_pct": (5.0, 0.7, -1.0),
    "squeeze_in_band_s": (11.0, 1.0, 2.0),
    "taps": (98.0, 5.0, 8.0),
    "tap_cv_pct": (8.0, 1.0, -2.0),
    "sway_cm_s": (2.9, 0.25, -0.3),
    "frontal_rate_dps": (3.4, 0.4, -0.5),
    "tempo_error_s": (0.3, 0.05, -0.1),
    "rfd_n_s": (210.0, 30.0, 40.0),
}
"""Metric: where it begins, what visits vary by, and what a year truly adds."""


def visit(day: int, value: float | None = 50.0, **changes: object) -> Assessment:
    """Return one trial of the visit of a day."""
    return replace(BASE, visit=f"day {day}", value=value, **changes)  # type: ignore[arg-type]


def at(day: int) -> datetime:
    """Return the instant of a day of the diary."""
    return YEAR_START + timedelta(days=day)


def note_visits(library: Library, trials: Sequence[tuple[int, Assessment]]) -> None:
    """Note trials on their days."""
    library.diary.note_all([Noting(WHO, at(day), said) for day, said in trials])


def note_year(library: Library, weeks: int = 52, *, is_simulated: bool = True) -> None:
    """Note weeks of an athlete who trains three times, runs four times and is assessed weekly."""
    random = Random(4)  # noqa: S311 - test data
    notings = [
        *_assessments(random, weeks),
        *_training(random, weeks),
        *_runs(random, weeks),
    ]
    library.diary.note_all([replace(one, is_simulated=is_simulated) for one in notings])


def _assessments(random: Random, weeks: int) -> Iterator[Noting]:
    for week in range(weeks):
        when = YEAR_START + timedelta(weeks=week)
        for metric, (start, spread, gain) in _MEASURED.items():
            for side, more in ((Side.LEFT, 1.0), (Side.RIGHT, 1.12)):
                # Learning: the first two visits are lower than what the foot can do.
                learnt = 0.9 if week < 2 else 1.0
                middle = start * more * learnt + gain * week / weeks + random.gauss(0, spread)
                for trial in (1, 2, 3):
                    said = replace(
                        BASE,
                        metric=metric,
                        side=side,
                        trial=trial,
                        value=round(middle + random.gauss(0, spread / 3), 3),
                        unit="",
                        visit=f"{when:%Y-%m-%d}",
                        is_practice=week < 2,
                        protocol_version=1 if week < 10 else 2,
                    )
                    yield Noting(WHO, when, said)


def _training(random: Random, weeks: int) -> Iterator[Noting]:
    for week in range(weeks):
        for day in (0, 2, 4):
            when = YEAR_START + timedelta(weeks=week, days=day, hours=1)
            session = f"{when:%Y%m%d-%H%M%S}"
            kind = SessionKind.BASELINE if week % 4 == 0 and day == 0 else SessionKind.TRAINING
            log = SessionLog(session, kind, "foundation", "standard", True, True, 800.0)
            yield Noting(WHO, when, log, key=session)
            for number in range(8):
                exercise = ("toe_curl", "arch_squeeze", "toe_spread", "short_foot")[number // 2]
                said = SetLog(
                    session, exercise, Block.WORK, tuple(Side)[number % 2], EndedBy.DONE, 50.0,
                    asked_reps=20, counted_reps=20, compensated_reps=random.randrange(3),
                    plateau_n=28 + week / 8 + random.gauss(0, 2),
                    impulse_n_s=900 + 8 * week + random.gauss(0, 60),
                    tempo_cv_pct=9.0, decline_pct=8.0, ease=6.0, pain=0.0,
                )  # fmt: skip
                yield Noting(WHO, when, said, key=f"{session}/{number}")


def _runs(random: Random, weeks: int) -> Iterator[Noting]:
    for number in range(4 * weeks):
        when = YEAR_START + timedelta(days=number * 7 // 4, hours=6)
        said = Run(
            f"{number:064x}", RunSource.FIT, 3000.0, km=9 + 2 * math.sin(number),
            spm=170.0, step_m=1.1, gct_ms=245 - number / 40 + random.gauss(0, 4),
            gct_cv_pct=4.0 + random.gauss(0, 0.4), gct_balance_pct=50.6 + random.gauss(0, 0.3),
            vo_mm=92.0, vertical_ratio_pct=8.2 + random.gauss(0, 0.2), surface="road",
        )  # fmt: skip
        yield Noting(WHO, when, said, key=said.sha256)
