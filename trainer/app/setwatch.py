"""What a set shows beside its holds, while a cue asks for it: taps, pulses, squeezes, stance."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from trainer.app.legs import Legs
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import ForceBlock
from trainer.core.cues import (
    BalanceAsked,
    ClockStarted,
    Cue,
    LoadAsked,
    PauseStarted,
    PressAsked,
    RestStarted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetStarted,
    TapsAsked,
)
from trainer.core.events import Event, LoadSeen, PulseSeen, SqueezeSeen, TapSeen, TapsMeasured
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.detect.load import LoadWatch
from trainer.detect.pulses import PulseWatch
from trainer.detect.squeeze import judge_squeeze
from trainer.detect.taps import TapCounter, summarise_taps

TAPS_LATE_S: Final = 0.8
"""A tap is told half a second after it; the set waits for a second."""

LONG_S: Final = 4.0
"""From here on a hold is weighed like a squeeze; the reps of a curl are shorter."""


class SetWatch:
    """Follows what cues ask for; a stage of its own beside the detector of holds."""

    def __init__(self, pad: PadSettings) -> None:
        self._pad = pad
        self._taps: _Taps | None = None
        self._pulses: PulseWatch | None = None
        self._legs: Legs | None = None
        self._load: LoadWatch | None = None
        self._pressed: PressAsked | None = None
        self._blocks: list[ForceBlock] = []

    def tell(self, cue: Cue) -> None:
        """Take notice of what is asked for from now on."""
        match cue:
            case TapsAsked():
                self._taps = _Taps(cue)
            case BalanceAsked():
                self._legs = Legs(cue, self._pad)
            case LoadAsked():
                self._load = LoadWatch(cue.at_s, cue.at_s + cue.duration_s)
            case PressAsked():
                self._ask(cue)
            case SetStarted() | SetEnded():
                self._pressed, self._blocks, self._pulses = None, [], None
            case (
                ClockStarted() | PauseStarted() | RestStarted() | SessionEnded() | SessionStopped()
            ):
                self._legs = self._pulses = self._load = None
            case _:
                pass

    def turn(self, attitude: Sequence[AttitudeBlock]) -> None:
        """Take in how foot or board turns."""
        if self._legs is not None:
            for block in attitude:
                self._legs.turn(block)

    def take(self, block: ForceBlock, level_n: float, rate_hz: float) -> tuple[Event, ...]:
        """Return what the next force shows; `level_n` is the rest level of the detected force."""
        if not len(block.time_s):
            return ()
        found: list[Event] = []
        if self._taps is not None:
            found += self._taps.take(block, rate_hz)
            if self._taps.is_over:
                self._taps = None
        if self._pulses is not None:
            rises_s = self._pulses.push(block.time_s, block.force_n[:, -1] - level_n)
            found += map(PulseSeen, rises_s)
        if self._legs is not None:
            found += self._legs.take(block)
        if self._load is not None:
            ticks = self._load.push(block.time_s, block.force_n[:, :-1].sum(axis=1))
            found += (LoadSeen(at_s, load_n) for at_s, load_n in ticks)
        if self._pressed is not None and self._is_long:
            self._blocks.append(block)
        return tuple(found)

    def weigh(self, hold: Hold, at_s: float) -> tuple[Event, ...]:
        """Return what a long hold was like, settled at a stream time."""
        asked = self._pressed
        if asked is None or not self._is_long or not self._blocks:
            return ()
        time_s = np.concatenate([block.time_s for block in self._blocks])
        force_n = np.concatenate([block.force_n[:, -1] for block in self._blocks])
        found = judge_squeeze([hold], time_s, force_n - hold.rest_n, asked.target_n)
        assert found is not None
        return (SqueezeSeen(at_s, hold.start_s, found.time_in_band_s, found.decay_pct),)

    @property
    def _is_long(self) -> bool:
        asked = self._pressed
        return asked is not None and asked.hold_s >= LONG_S and not asked.pulse_s

    def _ask(self, cue: PressAsked) -> None:
        self._pressed, self._blocks = cue, []
        if cue.pulse_s and self._pulses is None:
            self._pulses = PulseWatch(cue.target_n)


class _Taps:
    """The taps of one request."""

    def __init__(self, asked: TapsAsked) -> None:
        self._until_s = asked.at_s + asked.duration_s
        self._from_s = asked.at_s
        self._counter: TapCounter | None = None
        self.is_over = False

    def take(self, block: ForceBlock, rate_hz: float) -> list[Event]:
        """Return the taps that are known now, and at the end what they are like together."""
        counter = self._counter = self._counter or TapCounter(rate_hz)
        told = counter.push(block.time_s, block.force_n[:, -1], starts_run=block.starts_run)
        found: list[Event] = [TapSeen(at_s) for at_s in told if at_s <= self._until_s]
        if block.time_s[-1] >= self._until_s + TAPS_LATE_S:
            self.is_over = True
            times_s = [s for s in counter.finish().times_s if self._from_s <= s <= self._until_s]
            taps = summarise_taps([times_s])
            measured = (taps.count, taps.interval_cv_pct, taps.slowing_pct)
            found.append(TapsMeasured(self._until_s, *measured))
        return found
