"""Every fault of converter, node and link appears in what is delivered, and is counted."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.unit.sources.guided import IDEAL, Session, run, with_faults
from trainer.core.packets import CountsPacket, Status
from trainer.sources.sim.config import SimConfig, hard
from trainer.sources.sim.faults import GLITCH_CODES
from trainer.sources.sim.pad import FULL_SCALE
from trainer.sources.sim.truth import FaultCounts

PERIOD_US = 1e6 / IDEAL.rate_hz


def test_without_faults_every_sample_arrives_once_in_full_frames() -> None:
    session = run(IDEAL, [], 10.0)
    assert {len(p.counts) for p in session.packets} == {8}
    assert {p.status for p in session.packets} == {Status.OK}
    assert session.truth.faults == FaultCounts(samples=8 * len(session.packets))
    assert holes(session.packets) == [0] * (len(session.packets) - 1)


def test_glitch_codes_stand_in_single_samples() -> None:
    session = run(with_faults(glitch_per_sample=0.01), [], 60.0)
    counts = all_counts(session)
    clean = all_counts(run(IDEAL, [], 60.0))
    rows, columns = np.nonzero(counts != clean)
    assert len(rows) == session.truth.faults.glitches
    assert 30 < len(rows) < 90
    assert set(counts[rows, columns].tolist()) <= set(GLITCH_CODES)
    assert {-1, 0, FULL_SCALE, -FULL_SCALE - 1, 2**20 - 1} <= set(GLITCH_CODES)


def test_a_full_scale_glitch_looks_saturated_to_the_node_and_is_not_in_truth() -> None:
    session = run(with_faults(glitch_per_sample=0.05), [], 60.0)
    ends = [p for p in session.packets if Status.SATURATED in p.status]
    assert ends
    for packet in ends:
        assert packet.counts.max() == FULL_SCALE or packet.counts.min() == -FULL_SCALE - 1
    assert session.truth.faults.saturated == 0


def test_a_spike_is_alone_and_the_next_conversion_comes_late() -> None:
    session = run(with_faults(spike_per_sample=0.002), [], 60.0)
    toes = all_counts(session).astype(np.int64)
    jumps = np.abs(np.diff(toes, axis=0)).max(axis=1) > 200_000
    assert session.truth.faults.spikes > 3
    assert jumps.sum() == 2 * session.truth.faults.spikes
    assert session.truth.faults.lost_samples == sum(holes(session.packets)) > 0


def test_missed_conversions_end_a_frame_early_and_shift_the_next_clock() -> None:
    session = run(with_faults(missed_per_frame=0.1), [], 60.0)
    lost = holes(session.packets)
    assert set(lost) == {0, 1, 2, 3}
    assert sum(lost) == session.truth.faults.lost_samples
    assert session.truth.faults.gaps == 0
    assert any(len(p.counts) < 8 for p in session.packets)
    for missing, packet in zip(lost, session.packets[1:], strict=True):
        assert (Status.NOT_READY in packet.status) == (missing > 0)
    assert {b.seq - a.seq for a, b in pairwise(session.packets)} <= {1, 1 - 2**16}


def test_a_dropped_frame_jumps_the_sequence_and_is_counted_by_the_node() -> None:
    session = run(with_faults(lost_per_frame=0.05), [], 60.0)
    faults = session.truth.faults
    last = session.packets[-1]
    assert faults.lost_frames == last.dropped_total > 10
    assert faults.lost_samples == 8 * faults.lost_frames
    assert sum(holes(session.packets)) == faults.lost_samples
    for a, b in pairwise(session.packets):
        skipped = (b.seq - a.seq) % 2**16 - 1
        assert skipped == b.dropped_total - a.dropped_total
        assert (Status.QUEUE_OVERFLOW in b.status) == (skipped > 0)
    assert faults.gaps == sum(h + 1 > 5 for h in holes(session.packets))


def test_a_short_dropped_frame_is_a_loss_and_no_gap() -> None:
    session = run(replace(with_faults(lost_per_frame=0.02), frame_samples=2), [], 30.0)
    assert session.truth.faults.lost_frames > 5
    assert session.truth.faults.gaps < session.truth.faults.lost_frames / 3


def test_a_long_gap_lasts_half_a_second_or_more() -> None:
    session = run(with_faults(long_gap_per_frame=0.005), [], 120.0)
    gaps_s = [h * PERIOD_US / 1e6 for h in holes(session.packets) if h > 4]
    assert len(gaps_s) == session.truth.faults.gaps > 1
    assert min(gaps_s) > 0.4


def test_a_doubled_frame_is_the_same_frame_twice() -> None:
    session = run(with_faults(duplicate_per_frame=0.05), [], 60.0)
    doubled = [a for a, b in pairwise(session.packets) if a is b]
    assert len(doubled) == session.truth.faults.duplicates > 5
    assert session.truth.faults.samples == 8 * (len(session.packets) - len(doubled))


def test_a_stamp_saturates_its_cell() -> None:
    session = run(with_faults(overload_per_min=6.0), [], 60.0)
    stamps = [d for d in session.truth.disturbances if d.kind == "stamp"]
    assert stamps
    ends = (all_counts(session) == FULL_SCALE).any(axis=1)
    assert ends.sum() == session.truth.faults.saturated > 0
    assert any(Status.SATURATED in p.status for p in session.packets)


def test_clock_and_sequence_wrap() -> None:
    soon = replace(IDEAL, start_tick_us=2**32 - 2_000_000, start_seq=2**16 - 20)
    packets = run(soon, [], 5.0).packets
    assert sum(b.tick_us < a.tick_us for a, b in pairwise(packets)) == 1
    assert sum(b.seq < a.seq for a, b in pairwise(packets)) == 1
    assert all(h == 0 for h in holes(packets))


def test_the_default_wraps_within_the_first_minute() -> None:
    packets = run(SimConfig(), [], 35.0).packets
    assert packets[-1].tick_us < packets[0].tick_us
    assert packets[-1].seq < packets[0].seq


def test_the_hard_pad_fails_and_fidgets_three_times_as_often() -> None:
    easy, tough = SimConfig(), hard(SimConfig())
    assert tough.unrest.fidgets_per_min == 3 * easy.unrest.fidgets_per_min
    assert tough.unrest.sway_n == 3 * easy.unrest.sway_n
    assert tough.faults.glitch_per_sample == 3 * easy.faults.glitch_per_sample
    assert tough.faults.lost_per_frame == 3 * easy.faults.lost_per_frame
    assert tough.foot == easy.foot


@pytest.mark.parametrize(("rate_hz", "frame_samples"), [(0.5, 8), (2000.0, 8), (80.0, 0)])
def test_what_no_pad_can_do_is_refused(rate_hz: float, frame_samples: int) -> None:
    with pytest.raises(ValueError, match="allowed"):
        SimConfig(rate_hz=rate_hz, frame_samples=frame_samples)


def all_counts(session: Session) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.concatenate([p.counts for p in session.packets])


def holes(packets: tuple[CountsPacket, ...]) -> list[int]:
    """Return how many samples are missing before each frame but the first."""
    singles = [packets[0], *(b for a, b in pairwise(packets) if b is not a)]
    found = []
    for a, b in pairwise(singles):
        periods = ((b.tick_us - a.tick_us) % 2**32) / PERIOD_US
        assert periods == pytest.approx(round(periods), abs=0.01)
        found.append(round(periods) - len(a.counts))
    return found
