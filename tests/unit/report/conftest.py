"""A made-up session with the shapes of a real one: for the report's tests only."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from trainer.core.cues import RejectReason
from trainer.core.events import FramesDropped, GapFound, SamplesLost, SamplesRejected
from trainer.core.hold import Hold
from trainer.report.incidents import find_incidents
from trainer.report.model import LinkData, MvcData, RepData, ReportData, SetData

RATE_HZ = 87.7
PERIOD_S = 3.4
REST_S = 25.0


def make_hold(start_s: float = 1.0, duration_s: float = 1.8, plateau_n: float = 20.0) -> Hold:
    """Return a finished hold with plausible measures."""
    return Hold(
        start_s=start_s,
        end_s=start_s + duration_s,
        peak_n=plateau_n * 1.08,
        plateau_n=plateau_n,
        mean_n=plateau_n * 0.96,
        cv_pct=4.2,
        rfd_n_s=plateau_n * 4.4,
        impulse_n_s=plateau_n * duration_s,
        best_half_second_n=plateau_n * 1.04,
        tremor_n=0.2,
        heel_change_n=None,
        trunk_push_n=None,
        is_finished=True,
        is_saturated=False,
        lost_samples=0,
        rest_n=0.0,
    )


def make_session(sets: int = 2, reps: int = 6, feet: int = 1, *, seed: int = 3) -> ReportData:
    """Return a session whose curve, holds and losses fit together."""
    return _Maker(seed).session(sets, reps, feet)


@pytest.fixture(scope="session")
def session_of() -> Callable[..., ReportData]:
    """Return the maker of sessions."""
    return make_session


@pytest.fixture(scope="session")
def hold_of() -> Callable[..., Hold]:
    """Return the maker of holds."""
    return make_hold


@dataclass
class _Maker:
    seed: int

    def session(self, sets: int, reps: int, feet: int) -> ReportData:
        self._rng = np.random.default_rng(self.seed)
        self._at_s = 12.0
        made = [
            self._set(number, ("left", "right")[foot], reps)
            for number in range(1, sets + 1)
            for foot in range(feet)
        ]
        time_s = np.arange(0.0, self._at_s + 4.0, 1 / RATE_HZ)
        force_n = self._curve(time_s, made)
        gap_s = (made[0].reps[-1].hold.end_s + 5, made[0].reps[-1].hold.end_s + 9.5)
        is_kept = (time_s < gap_s[0]) | (time_s > gap_s[1])
        events = (
            GapFound(*gap_s),
            SamplesLost(31.2, 2),
            SamplesLost(33.0, 1),
            SamplesRejected(20.4, 1),
            FramesDropped(gap_s[1], 56),
        )
        return ReportData(
            title="Toe curls",
            session_id="2026-03-14-0712-anna",
            athlete="Anna Example",
            started_local="Saturday 14 March 2026, 07:12 (Europe/Berlin, UTC+01:00)",
            duration_s=float(time_s[-1]),
            status="complete",
            exercise="Toe curls, 40 % of the maximal press",
            is_simulated=True,
            sets=tuple(made),
            mvc=tuple(
                MvcData(("left", "right")[foot], 50.0 - 3 * foot, "14 March 2026, 07:10")
                for foot in range(feet)
            ),
            time_s=time_s[is_kept],
            force_n=force_n[is_kept],
            link=LinkData(87.7, int(is_kept.sum()), 3, 1, 56),
            incidents=find_incidents(events),
            warnings=("No heel cell: trunk push is not known.",),
            calibration="simulated pad, 4 cells",
            unit_notes=("Newtons, above the rest level of each hold.",),
            settings={"detection.floor_n": "0.8 N", "safety.stale_s": "1 s"},
            versions={"footspring": "0.1.0", "numpy": "2.4.6"},
        )

    def _set(self, number: int, side: str, reps: int) -> SetData:
        done: list[RepData] = []
        for index in range(reps):
            level_n = 20.5 * (1 - 0.006 * number * index) * (1 + self._rng.normal(0, 0.035))
            hold = make_hold(self._at_s, 1.7 + self._rng.normal(0, 0.12), level_n)
            steadiness = 3 + abs(self._rng.normal(0, 1)) + 0.1 * index
            done.append(RepData(index + 1, replace(hold, cv_pct=steadiness)))
            self._at_s += PERIOD_S
            if index == reps // 2 and number == 1:
                short = make_hold(self._at_s, 0.3, 9.0)
                done.append(
                    RepData(
                        index + 2, short, is_counted=False, reject_reason=RejectReason.TOO_SHORT
                    )
                )
                self._at_s += PERIOD_S / 2
        self._at_s += REST_S
        return SetData(number, side, tuple(done), 18.0, 22.0, asked_reps=reps)

    def _curve(self, time_s: np.ndarray, sets: list[SetData]) -> np.ndarray:
        force_n = self._rng.normal(0, 0.03, time_s.size) + 0.2 * np.sin(time_s / 7)
        for rep in (r for s in sets for r in s.reps):
            hold = rep.hold
            rise = 0.5 + 0.5 * np.tanh((time_s - hold.start_s) / 0.09)
            fall = 0.5 - 0.5 * np.tanh((time_s - hold.end_s) / 0.07)
            wander = 1 + 0.03 * np.sin(6.5 * (time_s - hold.start_s) + rep.rep)
            sag = 1.06 - 0.07 * (time_s - hold.start_s)
            force_n = force_n + hold.plateau_n * rise * fall * wander * np.clip(sag, 0.5, 1.2)
        return force_n
