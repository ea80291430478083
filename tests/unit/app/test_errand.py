"""What is calibrated where a session is left for it: what was left, else as it was last time."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from calibration import Progress, Record
from tests.unit.app.weighing import CELLS, NOW, SETUP, Kept, Pad, go_on, make_wizard
from trainer.app.calibrationbench import Bench
from trainer.app.calibrationshelf import CalibrationShelf, Unfinished
from trainer.app.errand import FRESH, calibrate_order
from trainer.app.order import Order
from trainer.core.clock import SystemClock
from trainer.core.errors import UsageError
from trainer.core.folders import Folders

PINS = Order(source="pins")
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def record() -> Record:
    pad, kept = Pad(), Kept()
    go_on(make_wizard(pad, kept), pad)
    return replace(kept.records[0], pad="pins")


@pytest.fixture
def shelf(tmp_path: Path) -> CalibrationShelf:
    return CalibrationShelf(tmp_path / "calibrations")


def test_a_pad_whose_weights_nobody_has_named_is_told_the_command(shelf: CalibrationShelf) -> None:
    with pytest.raises(UsageError, match=r"footspring calibrate --source pins --weights 1,2,5"):
        calibrate_order(PINS, shelf, NOW)


def test_the_simulated_pad_has_its_own_weights(shelf: CalibrationShelf) -> None:
    order = calibrate_order(Order(speed=20.0, seed=7), shelf, NOW)
    assert (order.source, order.speed, order.seed) == ("sim", 20.0, 7)
    assert len(order.weights()) == 3


def test_a_pad_is_calibrated_with_what_it_was_calibrated_with_last(
    shelf: CalibrationShelf, record: Record
) -> None:
    shelf.keep(record)
    order = calibrate_order(PINS, shelf, NOW)
    assert order.is_like_last
    assert not order.is_resumed


def test_one_that_was_left_today_is_gone_on_with_an_older_one_is_not(
    shelf: CalibrationShelf, record: Record
) -> None:
    shelf.keep(record)
    shelf.keep_unfinished(Unfinished("pins", NOW, SETUP, Progress(CELLS)))
    assert calibrate_order(PINS, shelf, NOW + FRESH - SECOND).is_resumed
    assert not calibrate_order(PINS, shelf, NOW + FRESH + SECOND).is_resumed


def test_one_that_was_left_names_the_weights_too(shelf: CalibrationShelf) -> None:
    shelf.keep_unfinished(Unfinished("pins", NOW, SETUP, Progress(CELLS)))
    assert calibrate_order(PINS, shelf, NOW + SECOND).is_resumed


def test_the_bench_takes_weights_and_loads_from_the_last_calibration(
    tmp_path: Path, record: Record
) -> None:
    folders = Folders(tmp_path, tmp_path)
    CalibrationShelf(folders.calibrations).keep(replace(record, pad="sim"))
    order = calibrate_order(Order(speed=None), CalibrationShelf(folders.calibrations), NOW)
    run = Bench(order, folders, SystemClock()).prepare(is_alone=True)
    run.start()
    # Of a pad with other cells: what the bench took over is what is refused.
    with pytest.raises(Exception, match="is of hallux, toes; the pad has hallux, toes, ball, heel"):
        run.join()
