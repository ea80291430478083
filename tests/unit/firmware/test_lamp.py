"""What the light shows."""

from itertools import pairwise

import pytest
from footnode.lamp import BLINKING, FAULT, LINKED, LOW, OFF, STREAMING, WAITING, is_lit

SHARES = {
    OFF: 0.0,
    WAITING: 0.05,
    LINKED: 0.0167,
    STREAMING: 1.0,
    BLINKING: 0.5,
    LOW: 0.5,
    FAULT: 0.5,
}


@pytest.mark.parametrize("state", SHARES)
def test_each_state_is_lit_for_its_share_of_the_time(state: int) -> None:
    lit = sum(is_lit(state, at_us) for at_us in range(0, 6_000_000, 1000))
    assert lit / 6000 == pytest.approx(SHARES[state], abs=0.001)


def test_no_two_states_that_blink_look_alike() -> None:
    looks = set()
    for state in SHARES:
        seen = [is_lit(state, at_us) for at_us in range(0, 6_000_000, 1000)]
        looks.add((sum(a != b for a, b in pairwise(seen)), sum(seen)))
    assert len(looks) == len(SHARES)
