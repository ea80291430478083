"""The wizard: packets and words in, a calibration out, and nothing that was read is lost."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from calibration import Command, State, Weight, make_record
from calibration.progress import Open
from tests.unit.app.weighing import (
    CELLS,
    CHOICE,
    GAINS,
    INFO,
    MIX,
    NOW,
    SETUP,
    Kept,
    Pad,
    go_on,
    make_wizard,
)
from trainer.app.calibrating import Job, choice_of, kept_readings, rough_gain
from trainer.app.counts import CountReader
from trainer.core.packets import Stream, UnitPacket


def test_weights_put_on_step_by_step_give_the_gains_of_the_pad() -> None:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    [record] = kept.records
    expected = np.linalg.inv(GAINS[:, None] * MIX)
    np.testing.assert_allclose(record.calibration.matrix(), expected, atol=2e-3 / 4000)
    assert (record.pad, record.made_at, record.calibration.label) == ("bench", NOW, SETUP.label)


def test_every_reading_is_kept_as_soon_as_it_is_there() -> None:
    pad, kept = Pad(), Kept()
    wizard = make_wizard(pad, kept)
    go_on(wizard, pad, until=3)
    assert len(kept.progress[-1].readings()) == 3
    assert wizard.view().instruction.number == 4


def test_a_calibration_taken_up_again_goes_on_after_the_last_reading() -> None:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad, until=5)
    left = kept.progress[-1]
    last_s = left.readings()[-1].at_s
    job = Job("bench", SETUP, CHOICE, left, start_s=last_s + 30.0)
    other = Pad(seed=2)
    again = make_wizard(other, kept, job)
    go_on(again, other)
    [record] = kept.records
    assert record.readings[:5] == left.readings()
    assert record.readings[5].at_s > last_s + 30.0


def test_undo_takes_the_last_reading_back_and_it_is_read_again() -> None:
    pad, kept = Pad(), Kept()
    wizard = make_wizard(pad, kept)
    go_on(wizard, pad, until=2)
    wizard.say(Command.UNDO)
    assert len(kept.progress[-1].readings()) == 1
    assert wizard.view().instruction.number == 2


def test_what_may_not_be_said_now_changes_nothing() -> None:
    kept = Kept()
    wizard = make_wizard(Pad(), kept)
    wizard.say(Command.REDO)
    assert kept.progress == []
    assert wizard.view().instruction.state is State.PLACE


def test_a_finished_calibration_is_kept_only_when_the_person_says_so() -> None:
    pad, kept = Pad(), Kept()
    wizard = make_wizard(pad, kept)
    while wizard.view().record is None:
        if Command.NEXT in wizard.allowed():
            wizard.say(Command.NEXT)
        wizard.take(pad.frame())
    assert kept.records == []
    wizard.say(Command.UNDO)
    assert wizard.view().record is None
    go_on(wizard, pad)
    assert len(kept.records) == 1
    assert wizard.view().result == "kept"


def test_newtons_are_shown_roughly_from_the_first_load_on_and_with_u_from_the_fit_on() -> None:
    pad, kept = Pad(), Kept()
    wizard = make_wizard(pad, kept)
    go_on(wizard, pad, until=2)
    wizard.take(pad.frame())
    assert wizard.view().live_n == (None, None)
    go_on(wizard, pad, until=3)
    pad.put("hallux", SETUP.weights[2:])
    wizard.take(pad.frame())
    first = wizard.view()
    assert first.live_n[0] == pytest.approx(49.0, abs=0.3)
    assert first.expanded_n == (None, None)
    while wizard.view().record is None:
        if Command.NEXT in wizard.allowed():
            wizard.say(Command.NEXT)
        wizard.take(pad.frame())
    assert all(u_n is not None and u_n > 0 for u_n in wizard.view().expanded_n)


def test_a_pad_at_rest_is_still_and_one_that_swings_is_not() -> None:
    pad, kept = Pad(), Kept()
    wizard = make_wizard(pad, kept)
    wizard.take(pad.frame())
    assert wizard.view().stillness > 0.8
    [packet] = pad.frame()
    swing = 5000 * np.sin(np.arange(20) / 3)[:, None]
    wizard.take([replace(packet, counts=(packet.counts + swing).astype(np.int32))])
    assert wizard.view().stillness < 0.5


class Careless(Pad):
    """Puts the wrong weights on at one step."""

    def __init__(self, wrong: int) -> None:
        super().__init__()
        self._left = wrong

    def put(self, cell: str, weights: Sequence[Weight]) -> None:
        self._left -= 1
        super().put(cell, weights[:-1] if self._left == 0 else weights)


def test_a_wrong_weight_is_refused_with_the_step_and_only_its_run_is_read_again() -> None:
    # Of hallux, in the second run, where all three weights were asked for.
    pad, kept = Careless(wrong=12), Kept()
    wizard = make_wizard(pad, kept)
    while wizard.view().instruction.state is not State.REFUSED:
        if Command.NEXT in wizard.allowed():
            wizard.say(Command.NEXT)
        wizard.take(pad.frame())
    assert "A weight was mistaken for another" in wizard.view().instruction.text
    before = len(kept.progress[-1].readings())
    wizard.say(Command.NEXT)
    step = wizard.view().instruction.step
    assert step is not None
    assert (step.place, step.cycle) == ("hallux", 2)
    assert 0 < before - len(kept.progress[-1].readings()) <= 7
    go_on(wizard, pad)
    assert len(kept.records) == 1


def test_one_cell_read_anew_keeps_the_readings_of_the_others() -> None:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    [first] = kept.records
    progress = kept_readings(first, ["toes"])
    assert choice_of(first) == CHOICE
    assert {
        step.place
        for step, known in zip(progress.plan(), progress.done, strict=True)
        if known is Open.MISSING
    } == {"toes"}
    other = Pad(seed=3)
    job = Job("bench", SETUP, CHOICE, progress, start_s=first.readings[-1].at_s + 1)
    go_on(make_wizard(other, kept, job), other)
    second = kept.records[1]
    mine = [r for r in first.readings if r.place == "hallux"]
    assert [r for r in second.readings if r.place == "hallux"] == mine
    assert [r for r in second.readings if r.place == "toes"] != mine


def stamped(start_s: float) -> list[UnitPacket]:
    time_s = start_s + np.arange(50) / 10
    return [UnitPacket(Stream.FORCE, time_s, np.zeros((50, 2)), arrival_s=0.0)]


def test_a_clock_that_starts_anew_goes_on_after_the_last_sample() -> None:
    reader = CountReader(INFO, start_s=100.0)
    found = [time_s for start_s in (7.0, 0.0, 5.0) for time_s, _ in reader.read(stamped(start_s))]
    time_s = np.concatenate(found)
    assert len(time_s) > 100
    assert time_s[0] == 100.0
    assert np.all(np.diff(time_s) > 0)


def test_the_record_is_what_its_readings_give() -> None:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    [record] = kept.records
    assert make_record("bench", NOW, SETUP, record.readings) == record
    assert rough_gain(SETUP, record.readings, CELLS[0]) == pytest.approx(GAINS[0], rel=2e-3)
