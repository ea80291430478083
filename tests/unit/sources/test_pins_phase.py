"""The bounds on conversions hold whatever the looks saw, and as long as they are told to."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from trainer.sources.pins.phase import TOLERANCE, Phase

PERIOD_NS = 11_363_636

DRIFTS = st.lists(st.floats(-0.9, 0.9), min_size=400, max_size=400)
"""Each period's difference from the mean, in parts of half the tolerance."""
LATENESS = st.lists(
    st.one_of(
        st.integers(0, 300_000), st.integers(0, 3_000_000), st.integers(10_000_000, 80_000_000)
    ),
    min_size=30,
    max_size=30,
)
"""How much too late the process wakes: mostly little, now and then by periods."""


def _conversions(drifts: list[float]) -> Iterator[int]:
    at_ns = 1_000_000_000
    for drift in drifts:
        at_ns += round(PERIOD_NS * (1 + TOLERANCE / 2 * drift))
        yield at_ns


def _learn(phase: Phase, ends_ns: list[int]) -> int:
    """Let it see the first conversions closely; return the time."""
    for end_ns in ends_ns[:12]:
        phase.see(False, end_ns - 200_000, end_ns - 190_000)
        phase.see(True, end_ns + 190_000, end_ns + 200_000)
        phase.clear(end_ns + 210_000)
    assert phase.is_known
    return ends_ns[11] + 500_000


@given(DRIFTS, LATENESS)
def test_no_conversion_ends_where_it_was_called_safe(
    drifts: list[float], lateness: list[int]
) -> None:
    ends_ns = list(_conversions(drifts))
    phase = Phase()
    now_ns = _learn(phase, ends_ns)
    read_to = 11
    for late_ns in lateness:
        now_ns = max(now_ns, round(phase.due_ns - phase.lead_ns)) + late_ns
        newest = sum(end_ns <= now_ns for end_ns in ends_ns) - 1
        phase.see(newest > read_to, now_ns, now_ns + 5_000)
        if phase.is_ready:
            begin_ns = now_ns + 10_000
            for length_ns in (100_000, 400_000, 5_000_000, 30_000_000):
                if phase.is_safe(begin_ns, begin_ns + length_ns):
                    inside = [e for e in ends_ns if begin_ns <= e <= begin_ns + length_ns]
                    assert inside == []
            phase.clear(begin_ns)
            read_to = sum(end_ns <= begin_ns for end_ns in ends_ns) - 1
        now_ns += 200_000


def test_nothing_is_safe_before_the_period_is_known_or_after_the_bounds_are_lost() -> None:
    phase = Phase()
    assert not phase.is_safe(0, 1)
    now_ns = _learn(phase, list(_conversions([0.0] * 20)))
    assert phase.is_safe(now_ns, now_ns + 1_000_000)
    phase.lose()
    assert not phase.is_safe(now_ns, now_ns + 1)


def test_two_conversions_with_an_unseen_one_between_do_not_teach_the_period() -> None:
    phase = Phase()
    for number in range(1, 40):
        # Every second one is looked at; the other passes unread.
        end_ns = 2 * number * PERIOD_NS
        phase.see(False, end_ns - 200_000, end_ns - 190_000)
        phase.see(True, end_ns + 190_000, end_ns + 200_000)
        phase.clear(end_ns + PERIOD_NS + 1_000_000)
    assert phase.period_ns == 0
