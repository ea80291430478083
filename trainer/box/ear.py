"""The ear: hears from one snapshot to the next what is worth a tone, and keeps the beat of a trace.

A beat is where the trace turns up or down. Snapshots come with the packets, twenty a second, which
is too coarse for a beat: between two of them stream time runs on with the clock.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from trainer.box.signs import STOPPING, Tone
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.watchdog import Alarm

RUN_ON_S: Final = 0.1
"""No longer than this without a packet: then nobody knows what time it is in the stream."""

_PHASE_TONE: Final = {
    Phase.WORK: Tone.START,
    Phase.CLOCK: Tone.START,
    Phase.MVC_PRESS: Tone.START,
    Phase.REST: Tone.REST,
    Phase.MVC_REST: Tone.REST,
    Phase.DONE: Tone.REST,
}


@dataclass(slots=True)
class Ear:
    """Hears snapshots; one for whatever sounds."""

    _phase: Phase | None = None
    _is_stopped: bool = False
    _is_told: bool = False
    """True once the target was told in the press that is on."""
    _is_asked: bool = False
    _at_s: float = 0.0
    """Stream time of the newest snapshot."""
    _seen_s: float = 0.0
    """When that came, by the clock."""
    _heard_s: float = 0.0
    """Stream time up to which beats were told."""

    def hear(self, snapshot: Snapshot, alarm: Alarm, now_s: float) -> Tone | None:
        """Return the tone that is due at a moment of the clock; None for most."""
        before, self._phase = self._phase, snapshot.phase
        was_stopped = self._is_stopped
        self._is_stopped = snapshot.phase is Phase.STOPPED or alarm in STOPPING
        beat = self._hear_beat(snapshot, now_s)
        if self._is_stopped:
            return None if was_stopped else Tone.STOP
        if before is not None and before is not snapshot.phase:
            return _PHASE_TONE.get(snapshot.phase)
        return beat or self._hear_target(snapshot)

    def _hear_target(self, snapshot: Snapshot) -> Tone | None:
        low_n = snapshot.target_low_n
        if not snapshot.is_press_asked:
            self._is_told = False
        elif not self._is_told and low_n is not None and snapshot.force_n >= low_n:
            self._is_told = True
            return Tone.TARGET
        return None

    def _hear_beat(self, snapshot: Snapshot, now_s: float) -> Tone | None:
        """Return the beat that has come since the last look, by the trace, or else by the cues."""
        was_asked, self._is_asked = self._is_asked, snapshot.is_press_asked
        if snapshot.at_s != self._at_s:
            self._at_s, self._seen_s = snapshot.at_s, now_s
        run_on_s = min(max(0.0, now_s - self._seen_s), RUN_ON_S)
        # Never back by what ran on too far: a beat is told once.
        heard_s = self._heard_s if self._at_s > self._heard_s - RUN_ON_S else self._at_s
        self._heard_s = max(heard_s, self._at_s + run_on_s)
        if snapshot.phase is not Phase.WORK or not snapshot.block or snapshot.link.is_stale:
            return None
        if snapshot.trace:
            return _turn(snapshot.trace, heard_s, self._heard_s)
        if was_asked is snapshot.is_press_asked:
            return None
        return Tone.TICK if snapshot.is_press_asked else Tone.TOCK


def _turn(trace: tuple[tuple[float, float], ...], from_s: float, to_s: float) -> Tone | None:
    """Return the last turn of a trace after `from_s` and up to `to_s`."""
    found: Tone | None = None
    for (at_s, force_n), (_, next_n) in pairwise(trace):
        if from_s < at_s <= to_s and next_n != force_n:
            found = Tone.TICK if next_n > force_n else Tone.TOCK
    return found
