"""What is said of a report of pain: nothing that nobody said."""

import pytest

from trainer.app.logwords import words
from trainer.core.cues import Side
from trainer.core.diary.training import NO_FIGURE, PainReport, PainSite

STOP = PainReport(PainSite.NOT_SAID, Side.RIGHT, 10.0, is_sharp=True, words=NO_FIGURE)
TOLD = PainReport(PainSite.HEEL, Side.LEFT, 4.0)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (STOP, "pain, right foot (place not said): level not said, sharp"),
        (TOLD, "pain, left heel: 4 of 10"),
    ],
)
def test_a_level_that_nobody_gave_is_not_told(report: PainReport, told: str) -> None:
    assert words(report) == told
