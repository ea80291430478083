"""The session: what reaches recorder, curves, source and snapshot, and a disk that refuses."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from calibration import identity
from tests.unit.app.standins import INFO, ListeningCoach, Steady, frame, frames
from trainer.app.pipeline import Pipeline
from trainer.app.session import Parts, Session
from trainer.core.clock import ManualClock
from trainer.core.commands import Next
from trainer.core.cues import MvcMeasured, SessionStopped, Side, StopReason, TareAsked
from trainer.core.errors import StorageError, StorageFault
from trainer.core.packets import Packet
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings, RecordingSettings
from trainer.core.snapshot import Phase
from trainer.recording.header import RecordingHeader
from trainer.recording.reader import read_recording
from trainer.recording.writer import RecordingWriter

FULL = StorageError("the disk is full. Free some space.", StorageFault.FULL)


class Refusing(RecordingWriter):
    """A recorder whose disk refuses while it is told to."""

    is_full = False

    def write(self, packets: Sequence[Packet]) -> None:
        super().write(packets)
        self._refuse()

    def note(self, at_s: float, kind: str, body: Mapping[str, object]) -> None:
        super().note(at_s, kind, body)
        self._refuse()

    def _refuse(self) -> None:
        if self.is_full:
            raise FULL


class Kit:
    """A session with all its parts, on a disk that a test fills and frees."""

    def __init__(
        self, path: Path, keep_mvc: Callable[[MvcMeasured, str], None] = lambda _mvc, _who: None
    ) -> None:
        header = RecordingHeader(
            "s",
            datetime(2026, 1, 1, tzinfo=UTC),
            "UTC",
            0,
            "sim",
            is_simulated=True,
            streams=(INFO,),
        )
        self.recorder = Refusing(path, header, ManualClock(), RecordingSettings())
        self.source = Steady([])
        self.coach = ListeningCoach()
        self.ring = Ring(("force", "total"), 100)
        pipeline = Pipeline(INFO, identity(INFO.channels), DetectionSettings())
        parts = Parts(self.source, self.recorder, pipeline, self.coach, keep_mvc)
        self.session = Session(parts, self.ring)

    def message(self) -> str:
        self.session.look()
        return self.session.snapshot.message


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path / "a.mcap")


def test_packets_are_recorded_drawn_and_timed(kit: Kit, tmp_path: Path) -> None:
    sent = frames(10)
    kit.session.take(sent)
    kit.recorder.close()
    assert kit.session.at_s == pytest.approx(79 / 80)
    assert kit.ring.head == 80
    recorded = read_recording(tmp_path / "a.mcap").packets
    assert [packet.arrival_s for packet in recorded] == [packet.arrival_s for packet in sent]


def test_what_is_said_is_noted_in_its_order_and_heard_by_the_source(
    kit: Kit, tmp_path: Path
) -> None:
    kit.session.take(frames(2))
    kit.session.obey(Next())
    kit.session.stop(StopReason.PAIN)
    kit.recorder.close()
    kinds = [note.kind for note in read_recording(tmp_path / "a.mcap").notes]
    assert kinds == ["Next", "TareAsked", "SessionStopped"]
    assert [type(cue) for cue in kit.source.heard] == [TareAsked, SessionStopped]


def test_a_full_disk_is_told_and_stops_nothing(kit: Kit, tmp_path: Path) -> None:
    kit.recorder.is_full = True
    kit.session.take(frames(5))
    kit.session.obey(Next())
    assert "Not saved: disk full" in kit.message()
    assert kit.session.snapshot.phase is Phase.TARE
    kit.recorder.is_full = False
    kit.session.take(frames(5, first=5))
    assert "Not saved" not in kit.message()
    kit.recorder.close()
    recording = read_recording(tmp_path / "a.mcap")
    assert len(recording.packets) == 10
    assert [note.kind for note in recording.notes] == ["Next", "TareAsked"]


def test_a_recording_that_became_whole_at_its_end_is_no_fault_any_more(kit: Kit) -> None:
    kit.recorder.is_full = True
    kit.session.take(frames(5))
    kit.session.note_saved()
    assert kit.session.storage_error is None


def test_a_maximum_that_cannot_be_stored_stops_nothing_and_stays_told(tmp_path: Path) -> None:
    def refuse(_measured: MvcMeasured, _athlete: str) -> None:
        raise FULL

    class Measuring(ListeningCoach):
        def advance(self, at_s: float) -> tuple[MvcMeasured, ...]:
            return (MvcMeasured(at_s, Side.LEFT, 90.0),) if at_s < 0.1 else ()

    kit = Kit(tmp_path / "a.mcap", refuse)
    kit.session.coach = Measuring()
    kit.session.take(frames(1))
    kit.session.take(frames(5, first=1))
    assert kit.session.storage_error is FULL
    assert "Not saved" in kit.message()
    kit.recorder.close()


def test_snapshots_are_numbered_and_tell_time_force_and_link(kit: Kit) -> None:
    first = kit.session.snapshot.seq
    kit.session.take([frame(n, np.full(8, 2.0)) for n in range(40)])
    kit.session.take([frame(n, np.full(8, 42.0)) for n in range(40, 50)])
    kit.session.note_silence(is_stale=True)
    kit.session.look()
    snapshot = kit.session.snapshot
    assert snapshot.seq == first + 1
    assert snapshot.at_s == kit.session.at_s
    assert snapshot.force_n == pytest.approx(40.0, abs=1.0)
    assert snapshot.link.is_stale
    assert snapshot.link.rate_hz == pytest.approx(80.0)
    kit.recorder.close()
