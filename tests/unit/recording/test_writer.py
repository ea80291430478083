"""The live recording: what was handed in is there, whatever happens to disk and program."""

import fcntl
import os
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
from mcap.reader import make_reader

from trainer.core.clock import ManualClock
from trainer.core.errors import StorageError, StorageFault
from trainer.core.packets import CountsPacket, Packet
from trainer.core.settings import RecordingSettings
from trainer.recording.header import RecordingHeader
from trainer.recording.partfile import storage_error, write_all
from trainer.recording.reader import read_recording
from trainer.recording.writer import RecordingWriter

Maker = Callable[[int], CountsPacket]
SmallDisk = Callable[[int], AbstractContextManager[None]]
ONLY_BY_HAND = RecordingSettings(flush_s=1.0, sync_s=60.0)


def test_a_closed_recording_holds_all_that_was_handed_in(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    path = tmp_path / "new folder" / "a.mcap"
    with RecordingWriter(path, header, ManualClock(), RecordingSettings()) as writer:
        writer.write([packet(0), packet(1)])
        writer.note(0.5, "RepCounted", {"rep": 1})
        writer.write([])
        writer.write([packet(2)])
    recording = read_recording(path)
    assert recording.header == header
    assert recording.streams == header.streams
    assert_same(recording.packets, [packet(i) for i in range(3)])
    assert [(n.at_s, n.kind, dict(n.body)) for n in recording.notes] == [
        (0.5, "RepCounted", {"rep": 1})
    ]
    assert recording.left_out == ()
    assert not recording.is_cut_off


def test_a_discarded_recording_leaves_nothing_and_its_name_is_free(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    path = tmp_path / "a.mcap"
    writer = RecordingWriter(path, header, ManualClock(), RecordingSettings())
    writer.write([packet(0)])
    writer.discard()
    writer.discard()
    assert list(tmp_path.iterdir()) == []
    RecordingWriter(path, header, ManualClock(), RecordingSettings()).close()
    assert path.exists()


def test_a_recording_that_is_gone_already_cannot_be_discarded_unnoticed(
    tmp_path: Path, header: RecordingHeader
) -> None:
    writer = RecordingWriter(tmp_path / "a.mcap", header, ManualClock(), RecordingSettings())
    (tmp_path / "a.mcap.part").unlink()
    with pytest.raises(StorageError, match=r"a\.mcap\.part"):
        writer.discard()


def test_while_open_the_file_is_a_locked_part_and_afterwards_private(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    path, part = tmp_path / "a.mcap", tmp_path / "a.mcap.part"
    writer = RecordingWriter(path, header, ManualClock(), RecordingSettings())
    writer.write([packet(0)])
    assert not path.exists()
    with part.open("rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert writer.close() == path
    assert writer.close() == path
    assert not part.exists()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_any_mcap_tool_can_list_it(tmp_path: Path, header: RecordingHeader, packet: Maker) -> None:
    path = tmp_path / "a.mcap"
    clock = ManualClock()
    with RecordingWriter(path, header, clock, RecordingSettings()) as writer:
        writer.write([packet(0)])
        writer.note(1.0, "SetStarted", {})
    with path.open("rb") as file:
        reader = make_reader(file, validate_crcs=True)
        assert reader.get_header().profile == "footspring"
        found = [(channel.topic, message) for _, channel, message in reader.iter_messages()]
        assert [name for name, _ in found] == ["notes", "force/frames"]
        summary = reader.get_summary()
    assert summary is not None
    assert summary.statistics is not None
    assert summary.statistics.message_count == 2
    # 12.000000001 s after the start of the clock, shown as an instant
    assert found[1][1].log_time / 1e9 == pytest.approx(header.started_at.timestamp() + 12.0)


def test_packets_reach_the_file_also_when_no_more_come(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    path = tmp_path / "a.mcap"
    with RecordingWriter(path, header, ManualClock(), RecordingSettings(flush_s=0.1)) as writer:
        writer.write([packet(0)])
        waiting = threading.Event()
        for _ in range(500):
            if read_recording(tmp_path / "a.mcap.part").packets:
                break
            waiting.wait(0.01)
        assert len(read_recording(tmp_path / "a.mcap.part").packets) == 1


def test_a_recording_is_never_written_over(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    path = tmp_path / "a.mcap"
    with RecordingWriter(path, header, ManualClock(), RecordingSettings()) as writer:
        writer.write([packet(0)])
        with pytest.raises(StorageError, match="exists already") as second:
            RecordingWriter(path, header, ManualClock(), RecordingSettings())
    with pytest.raises(StorageError, match="exists already") as third:
        RecordingWriter(path, header, ManualClock(), RecordingSettings())
    assert second.value.reason is third.value.reason is StorageFault.IN_USE
    assert len(read_recording(path).packets) == 1


def test_a_folder_that_cannot_be_written_is_named_with_the_next_step(
    header: RecordingHeader,
) -> None:
    # Nobody, not even root, makes files there.
    with pytest.raises(StorageError, match=r"^/sys/a\.mcap\.part: .* XDG_DATA_HOME") as caught:
        RecordingWriter(Path("/sys/a.mcap"), header, ManualClock(), RecordingSettings())
    assert caught.value.reason is StorageFault.READ_ONLY


def test_a_full_disk_is_told_and_what_was_written_before_is_kept(
    tmp_path: Path, header: RecordingHeader, packet: Maker, small_disk: SmallDisk
) -> None:
    path, part = tmp_path / "a.mcap", tmp_path / "a.mcap.part"
    writer = RecordingWriter(path, header, ManualClock(), ONLY_BY_HAND)
    writer.write([packet(i) for i in range(10)])
    writer.flush()
    size = part.stat().st_size
    with small_disk(size + 50):
        writer.write([packet(i) for i in range(10, 20)])
        with pytest.raises(StorageError, match=r"a\.mcap\.part: the disk is full") as caught:
            writer.flush()
        with pytest.raises(StorageError, match="disk is full"):
            writer.write([packet(20)])
        with pytest.raises(StorageError, match="disk is full"):
            writer.note(1.0, "x", {})
        assert writer.close() == part
    assert caught.value.reason is StorageFault.FULL
    assert part.stat().st_size == size
    recording = read_recording(part)
    assert_same(recording.packets, [packet(i) for i in range(10)])
    assert recording.left_out == ()
    assert recording.is_cut_off


def test_once_there_is_room_again_nothing_is_missing(
    tmp_path: Path, header: RecordingHeader, packet: Maker, small_disk: SmallDisk
) -> None:
    path = tmp_path / "a.mcap"
    writer = RecordingWriter(path, header, ManualClock(), ONLY_BY_HAND)
    with small_disk((tmp_path / "a.mcap.part").stat().st_size + 50):
        writer.write([packet(i) for i in range(10)])
        with pytest.raises(StorageError, match="disk is full"):
            writer.flush()
    writer.flush()
    writer.write([packet(10)])
    assert writer.close() == path
    recording = read_recording(path)
    assert_same(recording.packets, [packet(i) for i in range(11)])
    assert not recording.is_cut_off


def test_a_disk_that_is_full_only_at_the_end_is_told_by_close(
    tmp_path: Path, header: RecordingHeader, packet: Maker, small_disk: SmallDisk
) -> None:
    path, part = tmp_path / "a.mcap", tmp_path / "a.mcap.part"
    writer = RecordingWriter(path, header, ManualClock(), ONLY_BY_HAND)
    writer.write([packet(0)])
    writer.flush()
    with small_disk(part.stat().st_size + 10):
        with pytest.raises(StorageError, match="disk is full"):
            writer.close()
        writer.close()
    assert len(read_recording(part).packets) == 1


def test_a_disk_that_is_full_at_the_start_leaves_no_file(
    tmp_path: Path, header: RecordingHeader, small_disk: SmallDisk
) -> None:
    with small_disk(100), pytest.raises(StorageError, match="disk is full"):
        RecordingWriter(tmp_path / "a.mcap", header, ManualClock(), RecordingSettings())
    assert list(tmp_path.iterdir()) == []


def test_the_system_s_own_word_for_a_full_disk_is_understood() -> None:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(OSError, match="No space left") as caught:
            write_all(descriptor, b"x")
    finally:
        os.close(descriptor)
    assert storage_error(Path("/dev/full"), caught.value).reason is StorageFault.FULL


def test_the_disk_is_asked_to_write_through_without_the_caller(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    # The shortest allowed period is a second: too long to wait for, so only its thread is asked.
    before = set(threading.enumerate())
    with RecordingWriter(tmp_path / "a.mcap", header, ManualClock(), RecordingSettings()) as writer:
        writer.write([packet(0)])
        started = set(threading.enumerate()) - before
        assert {"recording-flush", "recording-sync"} <= {thread.name for thread in started}
    assert not started & set(threading.enumerate())


def assert_same(found: tuple[Packet, ...], expected: list[CountsPacket]) -> None:
    """Check that packets are equal, arrays and arrivals included."""
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert isinstance(one, CountsPacket)
        assert np.array_equal(one.counts, other.counts)
        assert (one.seq, one.tick_us, one.arrival_s) == (other.seq, other.tick_us, other.arrival_s)
