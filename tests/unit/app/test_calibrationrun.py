"""A calibration that runs in its thread: alone to the end, left early, on a pad that is lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from calibration import Command
from calibration.view import View
from tests.route.rig import wait_until
from tests.unit.app.weighing import INFO, Kept, Pad, make_wizard
from trainer.app.calibrationrun import CalibrationRun
from trainer.core.clock import ManualClock, SystemClock
from trainer.core.cues import Cue
from trainer.core.errors import SourceError
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.packets import Packet, StreamInfo
from trainer.core.ports import Clock
from trainer.core.units import Unit
from trainer.dashboard.calibrationview import CalibrationView

FEW = 10
"""Looks at the clock after which a silent pad is given up."""


class PadSource:
    """The pad on the bench as a source; after `frames` it ends, or says nothing more."""

    def __init__(self, pad: Pad, frames: int | None = None, *, hangs: bool = False) -> None:
        self.streams: tuple[StreamInfo, ...] = (INFO,)
        self.is_replay = False
        self.is_simulated = True
        self.vitals: Vitals = NO_VITALS
        self.is_closed = False
        self._pad = pad
        self._left = frames
        self._hangs = hangs

    async def open(self) -> None:
        """Be there at once."""

    async def read(self) -> Sequence[Packet]:
        await asyncio.sleep(0)
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                if self._hangs:
                    await asyncio.Event().wait()
                return ()
        return self._pad.frame()

    def hear(self, cue: Cue) -> None:
        """Take notice of nothing."""

    async def close(self) -> None:
        self.is_closed = True


class HastyClock(ManualClock):
    """Four seconds pass between any two looks."""

    looks = 0

    def monotonic_s(self) -> float:
        self.looks += 1
        self.move(4.0)
        return super().monotonic_s()


def made(
    source: PadSource, pad: Pad, kept: Kept, clock: Clock | None = None, *, is_alone: bool = False
) -> CalibrationRun:
    return CalibrationRun(
        source, lambda _: make_wizard(pad, kept), clock or SystemClock(), is_alone=is_alone
    )


def test_alone_it_goes_to_the_end_and_lets_the_pad_go() -> None:
    pad, kept = Pad(), Kept()
    source = PadSource(pad)
    run = made(source, pad, kept, is_alone=True)
    run.start()
    view = run.join()
    assert view.result == "kept"
    assert len(kept.records) == 1
    assert source.is_closed
    assert run.is_finished


def test_left_early_it_keeps_what_was_read_and_tells_no_result() -> None:
    pad, kept = Pad(), Kept()
    source = PadSource(pad)
    run = made(source, pad, kept)
    run.start()
    run.leave()
    view = run.join()
    assert (view.result, view.is_done, kept.records) == ("", True, [])
    assert source.is_closed


@pytest.mark.parametrize(("hangs", "told"), [(False, "it ended"), (True, "nothing came for 10 s")])
def test_a_pad_that_is_lost_ends_it_with_the_way_to_go_on(hangs: bool, told: str) -> None:
    pad = Pad()
    source = PadSource(pad, frames=3, hangs=hangs)
    run = made(source, pad, Kept(), HastyClock())
    run.start()
    with pytest.raises(SourceError, match=rf"{told}.*--resume"):
        run.join()
    assert source.is_closed


def test_a_link_that_is_being_made_again_is_waited_for_and_told_of() -> None:
    pad = Pad()
    source = PadSource(pad, frames=3, hangs=True)
    source.vitals = replace(NO_VITALS, news="FootNode: silent for 3 s")
    clock, told = HastyClock(), "FootNode: silent for 3 s ..."
    run = made(source, pad, Kept(), clock)
    run.start()
    # Each look at the clock is four seconds: a pad that nobody looks for is given up by now.
    wait_until(lambda: clock.looks > FEW and run.view.instruction.text == told)
    run.leave()
    assert run.join().result == ""


def test_a_pad_in_newtons_has_nothing_to_calibrate() -> None:
    pad = Pad()
    source = PadSource(pad)
    source.streams = (replace(INFO, unit=Unit.NEWTON),)
    run = made(source, pad, Kept())
    run.start()
    with pytest.raises(SourceError, match="nothing to calibrate"):
        run.join()


def test_a_window_leads_through_it_to_the_end(qtbot: QtBot) -> None:
    pad, kept = Pad(), Kept()
    run = made(PadSource(pad), pad, kept)
    window = CalibrationView(run)
    qtbot.addWidget(window)
    window.show()
    run.start()

    def go_on() -> bool:
        window.poll()
        if Command.NEXT in run.view.allowed:
            window.next_button.click()
        return bool(run.view.result)

    qtbot.waitUntil(go_on, timeout=30_000)
    window.close()
    assert run.join().result == "kept"
    assert len(kept.records) == 1


def test_before_the_pad_is_there_it_waits() -> None:
    pad = Pad()
    run = made(PadSource(pad), pad, Kept())
    assert run.view == View()
    assert run.view.heading == "WAIT"


def test_a_window_closes_when_the_calibration_is_left_from_elsewhere(qtbot: QtBot) -> None:
    pad = Pad()
    run = made(PadSource(pad), pad, Kept())
    window = CalibrationView(run)
    qtbot.addWidget(window)
    window.show()
    window.start()
    run.start()
    run.leave()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert run.join().result == ""


def test_a_window_stays_to_tell_that_the_pad_is_lost(qtbot: QtBot) -> None:
    pad = Pad()
    run = made(PadSource(pad, frames=2), pad, Kept())
    window = CalibrationView(run)
    qtbot.addWidget(window)
    window.show()
    window.start()
    run.start()
    qtbot.waitUntil(lambda: window.accessibleName() == "STOPPED", timeout=10_000)
    assert window.isVisible()
    assert window.leave_button.text() == "CLOSE"
    with pytest.raises(SourceError):
        run.join()
