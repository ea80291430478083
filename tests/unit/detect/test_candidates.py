"""What excursions are settled as, and what is learned from them."""

import numpy as np

from tests.unit.detect.traces import RATE_HZ, excursion_of, noise, stamps, trapezoid
from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold
from trainer.core.settings import DetectionSettings
from trainer.detect.aims import Aims
from trainer.detect.candidates import Candidates
from trainer.detect.rest import RestLevel
from trainer.detect.thresholds import Thresholds
from trainer.detect.unrest import Unrest

TIME = stamps(6.0)
CELLS = ("force",)


class Bench:
    """Candidates of a recording whose rest scatters by 0.2 N, and all that learns from them."""

    def __init__(self) -> None:
        self.aims = Aims()
        self.limits = Thresholds(DetectionSettings(), RATE_HZ, None)
        self.rest = RestLevel(self.limits, RATE_HZ)
        self.rest.start(np.zeros(2))
        self.unrest = Unrest(0.8, RATE_HZ)
        means = np.random.default_rng(1).normal(0, 0.2, 400)
        self.unrest.learn(means.tolist(), np.abs(means).tolist())
        self.candidates = Candidates(self.limits, self.rest, self.unrest, self.aims)

    def settle(self, force_n: FloatArray) -> list[Hold]:
        """Return the holds of an excursion."""
        excursion = excursion_of(TIME, force_n + noise(TIME), first=150, stop=330)
        return self.candidates.settle(excursion, CELLS)


def slow_bump(height_n: float) -> FloatArray:
    """Return (n,) newtons of something that rises and falls for 1.5 s each."""
    return height_n * np.interp(TIME, [1.5, 3.0, 3.2, 4.7], [0.0, 1.0, 1.0, 0.0])


def test_a_press_is_a_hold_and_tells_what_holds_are_like() -> None:
    bench = Bench()
    (hold,) = bench.settle(trapezoid(TIME, 2.0, 4.0, 30.0))
    assert abs(hold.start_s - 2.0) < 0.01
    assert abs(bench.limits.holds_n - 30.0) < 0.5
    assert bench.candidates.verdict() == (hold,)


def test_a_slow_weak_bump_is_no_hold_and_teaches_what_unrest_is() -> None:
    bench = Bench()
    before = bench.unrest.level_n
    assert bench.settle(slow_bump(1.6)) == []
    assert len(bench.candidates.holds) == 1
    assert bench.candidates.verdict() == ()
    assert bench.limits.holds_n == 0.0
    assert bench.unrest.level_n > before


def test_a_press_teaches_nothing_about_unrest() -> None:
    bench = Bench()
    before = bench.unrest.level_n
    bench.settle(trapezoid(TIME, 2.0, 4.0, 30.0))
    assert bench.unrest.level_n <= before


def test_a_weak_press_is_kept_back_until_a_clear_one_came() -> None:
    bench = Bench()
    weak = trapezoid(TIME, 2.0, 4.0, 1.2)
    assert bench.settle(weak) == []
    assert len(bench.settle(trapezoid(TIME, 2.0, 4.0, 6.0))) == 1
    assert len(bench.settle(weak)) == 1
    assert len(bench.candidates.verdict()) == 3


def test_what_is_weak_beside_the_holds_is_kept_and_not_told() -> None:
    bench = Bench()
    bench.settle(trapezoid(TIME, 2.0, 4.0, 60.0))
    assert bench.settle(trapezoid(TIME, 2.0, 4.0, 5.0)) == []
    assert len(bench.candidates.holds) == 2
    assert len(bench.candidates.verdict()) == 1


def test_a_light_press_among_strong_ones_is_a_hold_where_it_was_asked_for() -> None:
    bench = Bench()
    for _ in range(4):
        bench.settle(trapezoid(TIME, 2.0, 4.0, 40.0))
    assert bench.settle(trapezoid(TIME, 2.0, 4.0, 3.5)) == []
    bench.aims.tell(1.0, 3.7)
    bench.candidates.begin(2.0)
    assert bench.limits.holds_n == 3.7
    (hold,) = bench.settle(trapezoid(TIME, 2.0, 4.0, 3.5))
    assert hold in bench.candidates.verdict()


def test_what_is_asked_for_makes_no_hold_of_a_weak_slow_bump() -> None:
    bench = Bench()
    bench.settle(trapezoid(TIME, 2.0, 4.0, 40.0))
    bench.aims.tell(1.0, 3.7)
    assert bench.settle(slow_bump(1.0)) == []
    assert len(bench.candidates.verdict()) == 1


def test_who_presses_less_than_asked_for_is_judged_by_what_was_pressed() -> None:
    bench = Bench()
    bench.settle(trapezoid(TIME, 2.0, 4.0, 12.0))
    bench.aims.tell(1.0, 60.0)
    bench.candidates.begin(2.0)
    assert abs(bench.limits.holds_n - 12.0) < 0.5
    assert len(bench.settle(trapezoid(TIME, 2.0, 4.0, 4.0))) == 1
