"""The impulse wheel names only muscles that were loaded."""

from tests.unit.plan.athletes import START, entry_of, programme
from trainer.core.cues import Side
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.plan.days import monday
from trainer.plan.records import Records
from trainer.plan.wheel import turn_wheel


def wheel_of(impulse_n_s: float) -> list[str]:
    said = SetLog("s", "curl", Block.WORK, Side.LEFT, EndedBy.DONE, 60.0, impulse_n_s=impulse_n_s)
    made = Records(programme(), sets=(entry_of(said, START),))
    return [spoke.target for spoke in turn_wheel(made, monday(START.date()))]


def test_a_muscle_that_would_be_told_as_zero_is_left_out() -> None:
    assert wheel_of(0.5) == ["FDB"]
    assert wheel_of(0.4) == []
