"""The session that the terminal's tests move by hand."""

import pytest

from tests.unit.terminal.fakeengine import FakeEngine
from trainer.core.clock import ManualClock


@pytest.fixture
def engine() -> FakeEngine:
    """Return an engine in the middle of a set."""
    return FakeEngine(ManualClock())
