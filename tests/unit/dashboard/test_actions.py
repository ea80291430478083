"""What may be asked for in which phase."""

from dataclasses import replace
from typing import get_args

import pytest

from tests.unit.dashboard.scenes import IN_WORK
from trainer.core.commands import ChangeSide, Command, EndSession, Next, Undo
from trainer.core.snapshot import Phase
from trainer.dashboard.actions import is_usable


@pytest.mark.parametrize("phase", [Phase.DONE, Phase.STOPPED])
@pytest.mark.parametrize("asked", get_args(Command))
def test_nothing_is_usable_after_the_end(phase: Phase, asked: type[Command]) -> None:
    assert not is_usable(asked, replace(IN_WORK, phase=phase))


@pytest.mark.parametrize("phase", sorted(set(Phase) - {Phase.DONE, Phase.STOPPED}))
def test_a_session_can_be_ended_from_every_phase(phase: Phase) -> None:
    assert is_usable(EndSession, replace(IN_WORK, phase=phase))


def test_nothing_moves_the_foot_or_the_set_during_work() -> None:
    assert not is_usable(ChangeSide, IN_WORK)
    assert not is_usable(Next, IN_WORK)


def test_undo_needs_something_to_take_back() -> None:
    assert is_usable(Undo, IN_WORK)
    assert not is_usable(Undo, replace(IN_WORK, can_undo=False))
