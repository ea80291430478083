"""One session on one page: how a sample gets from pad to picture, and a cue back to the foot."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

import numpy as np

from trainer.app.pipeline import Pipeline
from trainer.coach.conductor import Conductor
from trainer.core.block import ForceBlock
from trainer.core.commands import Command
from trainer.core.cues import (
    ClockStarted,
    Cue,
    MvcMeasured,
    RepTakenBack,
    RestStarted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetRated,
    SetStarted,
    StopExplained,
    StopReason,
)
from trainer.core.errors import StorageError
from trainer.core.events import Event, HoldSettled
from trainer.core.packets import Packet, is_force
from trainer.core.ports import Source
from trainer.core.ring import Ring
from trainer.core.snapshot import Snapshot
from trainer.recording.writer import RecordingWriter
from trainer.timing.clockfit import ClockFit

RECORDING: Final = "recording"
MAXIMUM: Final = "maximum"
STOP: Final = "stop"
DIARY: Final = "diary"
"""What a disk may refuse."""

_TURNING: Final = (ClockStarted, SetStarted, SetEnded, SetRated, RestStarted, RepTakenBack)
_LAST: Final = (SessionEnded, SessionStopped, StopExplained)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session is made of."""

    source: Source
    recorder: RecordingWriter | None
    """None for a replay: it is recorded already."""
    pipeline: Pipeline
    coach: Conductor
    keep_mvc: Callable[[MvcMeasured, str], None]
    """Stores a maximum as soon as it is measured, with the athlete's name."""
    keep_stop: Callable[[StopReason], None] = lambda _reason: None
    """Stores why a session was stopped before its files are closed: a question may be open yet."""
    keep_circuit: Callable[[], None] | None = None
    """Notes what a circuit has done, whenever that has changed; None without a circuit."""


class Session:
    """Take packets in, keep snapshot and curves up to date; knows no thread and no clock."""

    def __init__(self, parts: Parts, ring: Ring) -> None:
        self._source = parts.source
        self._recorder = parts.recorder
        self._pipeline = parts.pipeline
        self.coach = parts.coach
        self._keep_mvc = parts.keep_mvc
        self._keep_stop = parts.keep_stop
        self._keep_circuit = parts.keep_circuit
        self._answer_left_s = 0.0
        self._ring = ring
        self._clock_fit = ClockFit()
        self._late_s = 0.0
        self._force_n = 0.0
        self._is_stale = False
        self.at_s = 0.0
        """Stream time: the newest stamp."""
        self._refused: dict[str, StorageError] = {}
        self.snapshot = Snapshot()
        """What a screen shows; as new as the last `look`."""
        self.look()

    @property
    def is_over(self) -> bool:
        """Return whether the coach has ended or stopped the session."""
        return self.coach.is_over

    @property
    def is_pain_asked(self) -> bool:
        """Return whether a stop by the foot button waits to be explained."""
        return self.coach.is_pain_asked

    @property
    def storage_error(self) -> StorageError | None:
        """Return what keeps data from the disk; the session goes on, packets wait in memory."""
        return next(iter(self._refused.values()), None)

    def take(self, packets: Sequence[Packet]) -> None:
        """Take one batch of packets the whole way."""
        self._record(packets)
        processed = self._pipeline.push(packets)
        for block in processed.blocks:
            self._draw(block)
        arrivals_s = [packet.arrival_s for packet in packets if is_force(packet)]
        if arrivals_s:
            self._follow_clock(arrivals_s[-1])
        self._conduct(processed.events)
        self._tell(self.coach.advance(self.at_s))

    def obey(self, command: Command) -> None:
        """Do what the person asks for."""
        self._note(command)
        self._tell(self.coach.obey(command, self.at_s))

    def stop(self, reason: StopReason) -> None:
        """Stop for safety, from any phase."""
        self._tell(self.coach.stop(reason, self.at_s))

    def wait_for_answer(self, left_s: float) -> None:
        """Show how long the question whether it was pain is still open."""
        self._answer_left_s = left_s

    def assume_pain(self) -> None:
        """Store pain for now: should nothing be stored after this, that is what it was."""
        self._store(STOP, lambda: self._keep_stop(StopReason.PAIN))

    def explain(self, *, is_pain: bool) -> None:
        """Take in the answer."""
        self._answer_left_s = 0.0
        self._tell(self.coach.explain(is_pain=is_pain, at_s=self.at_s))

    def note_silence(self, *, is_stale: bool) -> None:
        """Take notice that no data come, or that they come again."""
        if is_stale != self._is_stale:
            self._is_stale = is_stale
            self._tell(self.coach.stale(is_stale, self.at_s))

    def finish(self) -> None:
        """Settle what is still open: the source has ended, or the session is over."""
        self._conduct(self._pipeline.finish().events)
        self._tell(self.coach.finish(self.at_s))

    def note_saved(self) -> None:
        """Take notice that the recording is whole on the disk after all."""
        self._refused.pop(RECORDING, None)

    def look(self) -> None:
        """Take the snapshot anew."""
        view, refused, vitals = self.coach.view(), self.storage_error, self._source.vitals
        self.snapshot = replace(
            view,
            seq=self.snapshot.seq + 1,
            at_s=self.at_s,
            left_s=self._answer_left_s or view.left_s,
            force_n=self._force_n,
            message=_not_saved(refused) if refused else vitals.news or view.message,
            is_simulated=self._source.is_simulated,
            link=replace(
                self._pipeline.link(),
                is_there=view.link.is_there,
                late_s=self._late_s,
                is_stale=self._is_stale,
                vitals=vitals,
            ),
        )

    def _record(self, packets: Sequence[Packet]) -> None:
        recorder = self._recorder
        if recorder is not None:
            self._store(RECORDING, lambda: recorder.write(packets))

    def _store(self, what: str, store: Callable[[], None]) -> None:
        """Store something; a disk that refuses is told and ends no session."""
        try:
            store()
        except StorageError as error:
            self._refused[what] = error
        else:
            self._refused.pop(what, None)

    def _follow_clock(self, arrival_s: float) -> None:
        self._clock_fit.push(self.at_s, arrival_s)
        self._late_s = self._clock_fit.late_s(self.at_s, arrival_s) or 0.0

    def _draw(self, block: ForceBlock) -> None:
        if len(block.time_s) == 0:
            return
        self.at_s = max(self.at_s, float(block.time_s[-1]))
        detector = self._pipeline.detector
        levels = detector.levels_n if detector else None
        curves = block.lowpass_n - (block.lowpass_n[0] if levels is None else levels)
        self._force_n = float(curves[-1, -1])
        self._ring.push(np.asarray(curves))

    def _conduct(self, events: Iterable[Event]) -> None:
        for event in events:
            self._note(event)
            self._tell(self.coach.push(event))

    def _tell(self, cues: Iterable[Cue]) -> None:
        """Let recording, detection and source hear what the coach says."""
        for cue in cues:
            self._note(cue)
            self._pipeline.tell(cue)
            if isinstance(cue, MvcMeasured):
                self._keep(cue)
            self._source.hear(cue)
            if self._keep_circuit is not None and isinstance(cue, _TURNING + _LAST):
                self._store(DIARY, self._keep_circuit)

    def _keep(self, measured: MvcMeasured) -> None:
        athlete = self.coach.view().athlete
        self._store(MAXIMUM, lambda: self._keep_mvc(measured, athlete))

    def _note(self, said: Event | Cue | Command) -> None:
        recorder = self._recorder
        if recorder is not None:
            body = _body(said)
            self._store(RECORDING, lambda: recorder.note(self.at_s, type(said).__name__, body))


def _body(said: Event | Cue | Command) -> dict[str, object]:
    """Return what a note keeps: all but a hold's course, which the samples beside it have."""
    if isinstance(said, HoldSettled):
        said = replace(said, hold=replace(said.hold, course_n=()))
    return asdict(said)


def _not_saved(error: StorageError) -> str:
    return (
        f"Not saved: {error.reason}. What came before is kept. Free some space, and the rest is "
        "saved too, or end the session."
    )
