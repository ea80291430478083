"""The tally keeps what each set came to."""

from dataclasses import replace

from tests.unit.dashboard.scenes import IN_WORK
from trainer.core.cues import Side
from trainer.core.snapshot import Phase
from trainer.dashboard.tally import SetDone, Tally


def test_each_set_keeps_its_last_count() -> None:
    tally = Tally()
    for set_number, side, reps in ((1, Side.LEFT, 20), (2, Side.RIGHT, 12)):
        for rep in range(reps + 1):
            tally.see(replace(IN_WORK, set_number=set_number, side=side, rep=rep))
    assert tally.sets() == (SetDone(1, Side.LEFT, 20), SetDone(2, Side.RIGHT, 12))


def test_a_rep_that_is_taken_back_is_not_counted() -> None:
    tally = Tally()
    for rep in (7, 8, 7):
        tally.see(replace(IN_WORK, rep=rep))
    assert tally.sets() == (SetDone(2, Side.LEFT, 7),)


def test_the_rep_that_ends_a_set_counts_though_it_is_first_seen_in_the_rest() -> None:
    for phase in (Phase.REST, Phase.DONE, Phase.STOPPED):
        tally = Tally()
        tally.see(replace(IN_WORK, rep=19))
        tally.see(replace(IN_WORK, phase=phase, rep=20))
        assert tally.sets() == (SetDone(2, Side.LEFT, 20),)


def test_a_rest_that_speaks_of_the_next_set_adds_none() -> None:
    tally = Tally()
    tally.see(replace(IN_WORK, rep=20))
    tally.see(replace(IN_WORK, phase=Phase.REST, set_number=3, rep=20))
    tally.see(replace(IN_WORK, phase=Phase.COUNTDOWN, set_number=3, rep=0))
    assert tally.sets() == (SetDone(2, Side.LEFT, 20),)
