"""What the note of a set says of it."""

from tests.unit.coach.circuits import COOLDOWN, CURLS, WARM_UP, plan
from tests.unit.coach.test_circuit import Doer, at_curls
from trainer.core.commands import SkipSet
from trainer.core.cues import SetEnded, SetStarted
from trainer.core.snapshot import Phase


def test_a_set_says_where_in_which_recording_it_stands() -> None:
    doer = Doer(plan(WARM_UP, CURLS, COOLDOWN, recording="S2")).begin().reach(Phase.WORK)
    for _ in range(3):
        doer.rep()
    log = doer.coach.logs[2]
    assert log.recording == "S2"
    assert log.session_id == "S1"
    assert (log.start_s, log.end_s) == (doer.last(SetStarted).at_s, doer.last(SetEnded).at_s)


def test_a_set_left_out_stands_in_no_recording() -> None:
    doer = at_curls()
    doer.do(SkipSet())
    doer.do(SkipSet())
    assert (doer.coach.logs[3].recording, doer.coach.logs[3].start_s) == ("", None)
