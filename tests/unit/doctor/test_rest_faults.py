"""Every fault of a pad at rest is named by the right finding; a healthy pad gives none."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.doctor.pads import (
    FULL,
    LOWEST,
    Fault,
    Pad,
    added,
    bad_of,
    codes,
    late,
    make_pad,
    marked,
    on_counts,
    shortened,
    spoilt,
    stuck_at,
    stuck_bit,
    times,
    uneven,
    without,
)
from trainer.core.arrays import CountArray, FloatArray
from trainer.core.packets import Status
from trainer.doctor.examine import Evidence, examine
from trainer.doctor.finding import Verdict
from trainer.doctor.take import take
from trainer.sources.sim.config import FaultRates


@pytest.fixture(scope="module")
def pad() -> Pad:
    return make_pad(1, 40.0)


def _noisy(sd_counts: float) -> Fault:
    def spoil(counts: CountArray, time_s: FloatArray) -> None:
        rng = np.random.default_rng(1)
        counts[:, 1] += rng.normal(0.0, sd_counts, len(time_s)).astype(np.int32)

    return on_counts(spoil)


def _coarse(counts: CountArray, time_s: FloatArray) -> None:
    del time_s
    counts[:, 1] = -31_870 + counts[:, 1] % 8


def _frozen(counts: CountArray, time_s: FloatArray) -> None:
    del time_s
    counts[:, 1] = -31_870


def _pressed_to_the_end(counts: CountArray, time_s: FloatArray) -> None:
    counts[(time_s > 5) & (time_s < 5.2), 0] = FULL


def _spikes(counts: CountArray, time_s: FloatArray) -> None:
    counts[9 : len(time_s) : 60, 1] += 400_000


FAULTS: dict[str, tuple[Fault, set[str]]] = {
    "late clocking, 2^k - 1": (codes(lambda turn: 2 ** (12 + turn % 11) - 1), {"glitches"}),
    "0": (codes(lambda _: 0), {"glitches"}),
    "-1": (codes(lambda _: -1), {"glitches"}),
    "lone full scale": (codes(lambda _: FULL), {"glitches"}),
    "lone lowest": (codes(lambda _: LOWEST), {"glitches"}),
    "lone spikes": (on_counts(_spikes), {"glitches"}),
    "power-down in the middle of a frame": (codes(lambda _: -1, 200, 4), {"glitches"}),
    "asleep, as the pad tells": (marked(Status.POWER_DOWN, 100), {"power_down"}),
    "missed conversions": (marked(Status.NOT_READY, 20), {"doubtful"}),
    "queue overflow": (marked(Status.QUEUE_OVERFLOW, 5), {"doubtful"}),
    "saturated": (on_counts(_pressed_to_the_end), {"saturated"}),
    "line at ground": (stuck_at(0), {"stuck"}),
    "line at supply": (stuck_at(-1), {"stuck"}),
    "open input": (stuck_at(FULL), {"stuck"}),
    "open input, other way": (stuck_at(LOWEST), {"stuck"}),
    "frozen": (on_counts(_frozen), {"codes"}),
    "few values": (on_counts(_coarse), {"codes"}),
    "bit 0 always clear": (stuck_bit(0, is_set=False), {"bits"}),
    "bit 5 always set": (stuck_bit(5, is_set=True), {"bits"}),
    "ten a second": (times(0.12), {"rate"}),
    "16 % slow": (times(0.72), {"rate"}),
    "16 % fast": (times(1.16), {"rate"}),
    "stuck low reads at 1470 Hz": (times(15.8), {"rate", "packets"}),
    "uneven": (uneven, {"jitter"}),
    "frames lost": (without(lambda n: n % 30 == 0), {"gaps"}),
    "samples lost": (shortened, {"lost"}),
    "a break of two seconds": (without(lambda n: 100 <= n < 123), {"gaps"}),
    "late packets": (late, {"late"}),
    "noise": (_noisy(400.0), {"noise_counts"}),
    "much noise": (_noisy(2000.0), {"noise_counts", "noise_n"}),
    "creep, ten times that of a cell": (
        added(lambda s: 2.5 * (1 - np.exp(-s / 60))),
        {"drift"},
    ),
    "warming up": (added(lambda s: s / 60), {"drift"}),
    "cooling down": (added(lambda s: -s / 60), {"drift"}),
    "a tare that shifts": (added(lambda s: 3.0 * (s > 20)), {"step"}),
    "a tare that shifts back": (added(lambda s: -3.0 * (s > 20)), {"step"}),
    "a zero far off": (added(lambda s: np.full(len(s), 20.0)), {"zero"}),
    "a zero far below": (added(lambda s: np.full(len(s), -20.0)), {"zero"}),
    "a bent cell": (added(lambda s: np.full(len(s), -220.0)), {"zero", "headroom"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_its_own_finding_and_no_other(pad: Pad, name: str) -> None:
    fault, expected = FAULTS[name]
    assert bad_of(spoilt(pad, fault)) == expected


def test_every_cell_with_the_fault_is_named(pad: Pad) -> None:
    found = {
        f.id: f for f in spoilt(pad, lambda frames: stuck_at(0)(stuck_bit(3, is_set=True)(frames)))
    }
    assert found["stuck"].shown == "100 % of samples (ball reads 0)"
    assert found["bits"].shown == "heel bit 3"
    assert found["glitches"].verdict is Verdict.OK


def test_a_negative_zero_that_the_calibration_knows_is_no_fault(pad: Pad) -> None:
    assert pad.calibration.zero_counts[1] < 0
    assert bad_of(examine(pad.evidence())) == set()


def test_a_little_creep_as_in_the_data_sheet_is_no_fault(pad: Pad) -> None:
    assert bad_of(spoilt(pad, added(lambda s: 0.25 * (1 - np.exp(-s / 60))))) == set()


def test_nothing_at_all_fails(pad: Pad) -> None:
    found = examine(Evidence(take(pad.force, [])))
    assert [(f.id, f.verdict) for f in found] == [("samples", Verdict.FAIL)]


def test_without_a_calibration_what_needs_newtons_is_not_known(pad: Pad) -> None:
    found = examine(replace(pad.evidence(), calibration=None))
    unknown = {f.id for f in found if f.verdict is Verdict.UNKNOWN}
    assert unknown >= {"noise_n", "drift", "step", "zero"}
    assert bad_of(found) == set()


def test_a_short_measurement_does_not_judge_drift() -> None:
    found = {f.id: f for f in examine(make_pad(1, 10.0).evidence())}
    assert found["drift"].verdict is Verdict.UNKNOWN
    assert "--seconds 60" in found["drift"].shown


def test_a_fast_press_is_no_false_sample(pad: Pad) -> None:
    # 60 N within 60 ms, and let go as fast, every two seconds.
    found = spoilt(pad, added(lambda s: 60 * np.clip((np.abs(s % 2 - 1) - 0.5) / 0.06, 0, 1)))
    assert "glitches" not in bad_of(found)
    assert "saturated" not in bad_of(found)


def test_all_cells_dead_is_told_without_a_crash(pad: Pad) -> None:
    def dead(counts: CountArray, time_s: FloatArray) -> None:
        del time_s
        counts[:] = -1

    assert bad_of(spoilt(pad, on_counts(dead))) == {"stuck"}


@pytest.mark.parametrize("samples", [1, 2, 5, 40])
def test_a_handful_of_samples_is_judged_without_a_crash(pad: Pad, samples: int) -> None:
    first = replace(pad.frames[0], counts=np.repeat(pad.frames[0].counts[:1], samples, axis=0))
    assert spoilt(pad, lambda _: [first])


@pytest.mark.parametrize(
    "rates",
    [FaultRates(glitch_per_sample=0.01), FaultRates(spike_per_sample=0.01)],
    ids=["glitches", "spikes"],
)
def test_the_simulated_pads_own_faults_are_named(rates: FaultRates) -> None:
    assert "glitches" in bad_of(examine(make_pad(2, 30.0, rates).evidence()))


def test_twenty_healthy_pads_give_no_finding() -> None:
    found = {seed: bad_of(examine(make_pad(seed, 25.0).evidence())) for seed in range(20)}
    assert found == {seed: set() for seed in range(20)}


@pytest.mark.soak
def test_a_hundred_healthy_pads_give_no_finding_in_a_minute() -> None:
    found = {seed: bad_of(examine(make_pad(seed, 60.0).evidence())) for seed in range(100, 200)}
    assert found == {seed: set() for seed in range(100, 200)}
