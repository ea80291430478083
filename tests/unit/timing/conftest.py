"""What the tests of timing share."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pytest

from trainer.core.events import Event

SameEvents: TypeAlias = Callable[[Sequence[Event], Sequence[Event]], None]


@pytest.fixture
def same_events() -> SameEvents:
    """Return an assertion that events are equal, their times to a microsecond."""

    def check(found: Sequence[Event], wanted: Sequence[Event]) -> None:
        assert [type(event) for event in found] == [type(event) for event in wanted]
        for one, other in zip(found, wanted, strict=True):
            for name in other.__slots__:
                expected = pytest.approx(getattr(other, name), rel=0, abs=1e-6)
                assert getattr(one, name) == expected, name

    return check
