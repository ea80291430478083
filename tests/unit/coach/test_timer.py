"""The timer: due, held, extended, shifted."""

import math

from trainer.coach.timer import Timer


def test_a_new_timer_has_nothing_due() -> None:
    timer = Timer()
    assert timer.due_s == math.inf
    assert timer.left_s(5.0) == math.inf


def test_a_started_timer_is_due_after_its_length_and_never_has_less_than_nothing_left() -> None:
    timer = Timer()
    timer.start(10.0, 3.0)
    assert timer.due_s == 13.0
    assert timer.left_s(12.0) == 1.0
    assert timer.left_s(20.0) == 0.0
    timer.clear()
    assert timer.due_s == math.inf


def test_a_held_timer_keeps_what_is_left() -> None:
    timer = Timer()
    timer.start(10.0, 3.0)
    timer.hold(11.0)
    timer.hold(12.0)
    assert timer.due_s == math.inf
    assert timer.left_s(50.0) == 2.0
    timer.go_on(50.0)
    timer.go_on(60.0)
    assert timer.due_s == 52.0


def test_a_timer_started_while_held_runs_its_whole_length_afterwards() -> None:
    timer = Timer()
    timer.hold(10.0)
    timer.start(12.0, 3.0)
    timer.go_on(20.0)
    assert timer.due_s == 23.0


def test_extending_never_shortens_and_starts_nothing() -> None:
    timer = Timer()
    timer.extend(0.0, 2.0)
    assert timer.due_s == math.inf
    timer.start(0.0, 10.0)
    timer.extend(5.0, 2.0)
    assert timer.due_s == 10.0
    timer.extend(9.0, 2.0)
    assert timer.due_s == 11.0


def test_a_shifted_timer_leaves_the_same_time() -> None:
    timer = Timer()
    timer.start(100.0, 3.0)
    timer.shift(-95.0)
    assert timer.left_s(6.0) == 2.0
    timer.hold(6.0)
    timer.shift(10.0)
    timer.go_on(17.0)
    assert timer.left_s(17.0) == 2.0
