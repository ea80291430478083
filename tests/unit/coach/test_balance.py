"""A set on one leg: time counts while somebody stands; the clock leads where nothing sees it."""

import pytest

from tests.unit.coach.circuits import COOLDOWN, WARM_UP, plan
from tests.unit.coach.test_circuit import Doer
from trainer.coach.programme import Sides, Step
from trainer.core.commands import Next, Pause, SkipSet
from trainer.core.cues import BalanceAsked, ClockStarted, StopReason
from trainer.core.diary.training import EndedBy
from trainer.core.events import StanceSeen
from trainer.core.snapshot import Phase

STANCE = Step("balance", duration_s=10.0, sides=Sides.LEFT, surface="floor", rest_s=5.0)
TICK_S = 0.25


class Stander(Doer):
    """A person on one leg, seen four times a second."""

    stood_s = 0.0
    downs = 0

    def stand(self, seconds: float, wobble_dps: float = 2.0) -> None:
        """Stand for a while; 0 wobble is what no sensor says."""
        for _ in range(round(seconds / TICK_S)):
            self.wait(TICK_S)
            self.stood_s += TICK_S
            self.tell(wobble_dps, is_standing=True)

    def step_off(self, seconds: float) -> None:
        self.downs += 1
        for _ in range(round(seconds / TICK_S)):
            self.wait(TICK_S)
            self.tell(9.0, is_standing=False)

    def tell(self, wobble_dps: float, *, is_standing: bool) -> None:
        seen = StanceSeen(self.at_s, is_standing, self.stood_s, self.downs, wobble_dps, 1.5, 0.8, 2)
        self.feel(seen)


def at_stance(step: Step = STANCE, *, has_motion: bool = True) -> Stander:
    stander = Stander(plan(WARM_UP, step, COOLDOWN, has_motion=has_motion))
    stander.begin()
    end_s = stander.at_s + 700.0
    while stander.view().exercise != "One leg" or stander.view().phase is not Phase.CLOCK:
        assert stander.at_s < end_s
        stander.wait(0.5)
    return stander


def test_only_time_on_one_leg_counts_and_stepping_off_waits() -> None:
    stander = at_stance()
    assert stander.last(BalanceAsked).side == "left"
    stander.wait(4.0)
    assert stander.view().cue == "STAND"
    assert stander.view().left_s == pytest.approx(10.0)
    stander.stand(6.0)
    assert stander.view().cue == "BALANCE"
    assert stander.view().wobble_dps == 2.0
    stander.step_off(5.0)
    assert stander.view().is_standing is False
    assert stander.view().left_s == pytest.approx(4.0)
    stander.stand(4.0)
    assert stander.ended(2) is EndedBy.DONE
    log = stander.coach.logs[2]
    assert (log.stood_s, log.step_offs, log.is_measured) == (10.0, 1, True)
    assert (log.frontal_rate_dps, log.sway_cm_s, log.medial_excursions) == (1.5, 0.8, 2)


def test_who_never_stands_there_is_asked_and_then_passed_over() -> None:
    stander = at_stance()
    stander.wait(31.0)
    assert "SKIP" in stander.view().message
    stander.wait(30.0)
    assert stander.ended(2) is EndedBy.IDLE
    assert stander.coach.logs[2].stood_s is None


def test_where_only_the_pad_could_see_it_the_clock_leads_after_a_while_and_says_so() -> None:
    stander = at_stance(has_motion=False)
    stander.wait(31.0)
    assert "the clock leads" in stander.view().message
    assert stander.view().is_standing is None
    stander.wait(10.5)
    assert stander.ended(2) is EndedBy.DONE
    assert not stander.coach.logs[2].is_measured


def test_on_foam_without_a_sensor_the_clock_leads_at_once_and_says_so() -> None:
    foam = Step("balance", duration_s=10.0, sides=Sides.LEFT, surface="foam")
    stander = at_stance(foam, has_motion=False)
    assert stander.last(ClockStarted).duration_s == 10.0
    assert "nothing is measured" in stander.view().message
    stander.wait(10.5)
    assert stander.ended(2) is EndedBy.DONE


def test_a_pause_begins_the_stance_anew() -> None:
    stander = at_stance()
    stander.stand(8.0)
    stander.do(Pause())
    stander.wait(60.0)
    stander.do(Next())
    assert stander.view().left_s == pytest.approx(10.0)
    stander.stood_s = 0.0
    stander.stand(10.0)
    assert stander.ended(2) is EndedBy.DONE


def test_a_stance_is_left_by_skip_and_by_a_pain_stop() -> None:
    stander = at_stance()
    stander.stand(3.0)
    stander.do(SkipSet())
    assert stander.ended(2) is EndedBy.SKIPPED
    assert stander.coach.logs[2].stood_s == 3.0
    other = at_stance()
    other.stand(3.0)
    other.coach.stop(StopReason.PAIN, other.at_s)
    assert other.view().phase is Phase.STOPPED
    assert other.ended(2) is EndedBy.PAIN
