"""The collector is off within, and afterwards as it was before."""

import gc

import pytest

from trainer.app.uncollected import without_collector


def test_the_collector_is_off_within_and_on_again_after_an_error() -> None:
    seen: list[bool] = []

    @without_collector()
    def fail() -> None:
        seen.append(gc.isenabled())
        raise ValueError("within")

    assert gc.isenabled()
    with pytest.raises(ValueError, match="within"):
        fail()
    assert seen == [False]
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    with without_collector():
        with without_collector():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
