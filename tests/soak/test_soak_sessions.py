"""Two hundred simulated sessions, every hold held against the truth; and two hours in one file."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.route.rig import Home, Played, differences, overlap_s, play, write_csv
from trainer.core.hold import Hold
from trainer.core.snapshot import Phase
from trainer.sources.sim.config import SimConfig, hard
from trainer.sources.sim.truth import PressTruth

SESSIONS = 100
"""Of each kind."""

HOURS = 2

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]


@dataclass
class Tally:
    """What many sessions came to."""

    presses: int = 0
    torn: int = 0
    """By gaps."""
    weak: int = 0
    missed: list[tuple[int, float]] = field(default_factory=list)
    """Seed and start, of presses that were not weak."""
    missed_weak: list[tuple[int, float]] = field(default_factory=list)
    invented: list[tuple[int, float]] = field(default_factory=list)
    counted: int = 0
    stream_s: float = 0.0
    starts_s: list[float] = field(default_factory=list)
    """Errors of the starts of found presses."""
    plateaus: list[float] = field(default_factory=list)
    """Relative errors of their plateaus."""

    def take(self, seed: int, played: Played) -> None:
        """Hold a session's holds against what really happened."""
        self.stream_s += played.session.at_s
        finished = [hold for hold in played.holds if hold.is_finished]
        for press in played.presses:
            self._take_press(seed, press, finished, played)
        self.invented += [
            (seed, hold.start_s)
            for hold in finished
            if not any(overlap_s(hold, press) > 0 for press in played.presses)
        ]
        for done in played.session.coach.result().sets:
            self.counted += len(done.counted)

    def _take_press(
        self, seed: int, press: PressTruth, finished: list[Hold], played: Played
    ) -> None:
        if not press.is_finished:
            return
        self.presses += 1
        self.weak += press.is_weak
        found = [hold for hold in finished if overlap_s(hold, press) > 0]
        if found:
            self.starts_s.append(abs(found[0].start_s - press.start_s))
            self.plateaus.append(abs(found[0].plateau_n / press.plateau_n - 1))
        elif any(g.start_s < press.end_s and g.end_s > press.start_s for g in played.pipeline.gaps):
            self.torn += 1
        else:
            (self.missed_weak if press.is_weak else self.missed).append((seed, press.start_s))


@pytest.mark.parametrize("make", [lambda config: config, hard], ids=["easy", "hard"])
def test_many_sessions_find_every_press_and_invent_none(
    make: Callable[[SimConfig], SimConfig], seed: int
) -> None:
    tally = Tally()
    memory_mb = []
    for number in range(SESSIONS):
        config = make(SimConfig(seed=10_000 * seed + number))
        played = play(config, sets=1, reps=10)
        assert played.session.snapshot.phase is Phase.DONE, config.seed
        tally.take(config.seed, played)
        memory_mb.append(resident_mb())
    growth_mb = memory_mb[-1] - memory_mb[SESSIONS // 4]
    print(  # noqa: T201 - kept in docs/soak.md
        f"{SESSIONS} sessions, {tally.stream_s / 3600:.1f} h: {tally.presses} presses, of them "
        f"{tally.torn} torn by gaps and {tally.weak} weak; missed {len(tally.missed)} "
        f"{tally.missed[:5]}, weak ones {len(tally.missed_weak)} {tally.missed_weak[:5]}; invented "
        f"{len(tally.invented)} {tally.invented[:5]}; start off by {median_ms(tally.starts_s):.0f} "
        f"ms in the median, plateau by {100 * np.median(tally.plateaus):.1f} %; memory grew by "
        f"{growth_mb:.1f} MB over the last {SESSIONS - SESSIONS // 4} sessions"
    )
    assert tally.counted == 10 * SESSIONS
    assert tally.missed == []
    assert len(tally.invented) <= 0.001 * tally.presses
    assert len(tally.missed_weak) <= 0.5 * tally.weak
    assert growth_mb < 20.0


def test_two_hours_in_one_file_are_replayed_as_they_are_analysed(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    time_s = np.arange(0.0, 3600.0 * HOURS, 1 / 92.9)
    drift_n = 3.0 * np.sin(time_s / 600.0)
    press = np.clip(4.0 * np.sin(2 * np.pi * time_s / 4.0) - 1.0, 0.0, 1.0)
    force_n = 5.0 + drift_n + 35.0 * press + rng.normal(0.0, 0.1, len(time_s))
    columns = (np.char.mod("%.5f", time_s), np.char.mod("%.3f", force_n))
    path = write_csv(tmp_path / "long.csv", "t_s,force_n", zip(*columns, strict=True))
    home = Home(tmp_path)
    analysed = home.say("analyse", path, "--json")
    replayed = home.say("run", "--source", f"replay:{path}", "--speed", "max", "--json")
    assert (analysed.status, replayed.status) == (0, 0)
    assert [*differences(replayed.found, analysed.found, relative=1e-9)] == []
    finished = [hold for hold in analysed.found["holds"] if hold["finished"]]
    assert len(finished) == 3600 * HOURS / 4
    print(  # noqa: T201 - as above
        f"{HOURS} h, {len(time_s)} samples: {len(finished)} holds, the same in replay and "
        f"analysis; {resident_mb():.0f} MB"
    )


def median_ms(seconds: list[float]) -> float:
    return float(1000.0 * np.median(seconds))


def resident_mb() -> float:
    """Return the memory of this process that is in use."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
