"""Recovery: a program killed at any moment loses a moment, and a living one is left alone."""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import pytest

from trainer.core.clock import ManualClock
from trainer.core.packets import CountsPacket
from trainer.core.settings import RecordingSettings
from trainer.recording.header import RecordingHeader
from trainer.recording.reader import read_recording
from trainer.recording.recovery import is_being_written, recover_recordings
from trainer.recording.writer import RecordingWriter

Maker = Callable[[int], CountsPacket]

FLUSH_S = 0.1
LOSS_S = 0.5
"""Half of what is promised; five times the setting, for a busy machine."""

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from trainer.core.clock import SystemClock
from trainer.core.packets import CountsPacket, Status, Stream
from trainer.core.settings import RecordingSettings
from trainer.recording.header import RecordingHeader
from trainer.recording.writer import RecordingWriter

header = RecordingHeader("s", datetime.now(UTC), "UTC", 0, "sim", True, ())
path, flush_s = Path(sys.argv[1]), float(sys.argv[2])
writer = RecordingWriter(path, header, SystemClock(), RecordingSettings(flush_s=flush_s))
counts = np.arange(32, dtype=np.int32).reshape(8, 4)
number = 0
while sys.stdin.buffer.read(1):
    frame = CountsPacket(Stream.FORCE, number % 65536, 0, 1, 0, Status.OK, counts, float(number))
    writer.write([frame])
    sys.stdout.buffer.write(b".")
    sys.stdout.buffer.flush()
    number += 1
"""


@pytest.mark.parametrize(
    "life_s",
    [
        0.013,
        0.31,
        0.77,
        0.95,
        *(pytest.param(0.1 + 0.041 * n, marks=pytest.mark.soak) for n in range(40)),
    ],
)
def test_a_killed_program_loses_at_most_what_came_in_the_last_moment(
    tmp_path: Path, life_s: float
) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "a.mcap"), str(FLUSH_S)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        written_at_s = feed(child.stdin, child.stdout, life_s)
        child.kill()
        killed_at_s = time.monotonic()
        child.stdin.close()
    (recovered,) = recover_recordings(tmp_path)
    assert recovered.problem is None
    assert recovered.session_id == "s"
    recording = read_recording(tmp_path / "a.mcap")
    assert [p.arrival_s for p in recording.packets] == list(range(len(recording.packets)))
    due = sum(at_s < killed_at_s - LOSS_S for at_s in written_at_s)
    assert len(written_at_s) >= len(recording.packets) - 1
    assert len(recording.packets) >= due
    assert recovered.packets == len(recording.packets)
    assert recording.is_cut_off
    assert recover_recordings(tmp_path) == ()


def test_a_recording_whose_owner_lives_is_left_alone(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    path = tmp_path / "a.mcap"
    assert not is_being_written(path)
    with RecordingWriter(path, header, ManualClock(), RecordingSettings()) as writer:
        writer.write([packet(0)])
        assert recover_recordings(tmp_path) == ()
        assert is_being_written(path)
        writer.write([packet(1)])
    assert not is_being_written(path)
    assert len(read_recording(path).packets) == 2


def test_what_is_recovered_tells_what_was_left_out_and_counted(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    part = leave_part(tmp_path, header, packet)
    part.write_bytes(part.read_bytes()[:-7])
    (recovered,) = recover_recordings(tmp_path)
    assert recovered.path == tmp_path / "a.mcap"
    assert recovered.session_id == header.session_id
    assert recovered.packets == 20
    assert recovered.duration_s == pytest.approx(1.9, abs=1e-6)
    assert dict(recovered.note_counts) == {"RepCounted": 2}
    assert len(recovered.left_out) == 1
    recording = read_recording(recovered.path)
    assert recording.is_cut_off
    assert recording.left_out == recovered.left_out
    assert len(recording.packets) == 20
    assert [path.name for path in tmp_path.iterdir()] == ["a.mcap"]
    assert recovered.path.stat().st_mode & 0o777 == 0o600


def test_a_recovery_that_was_itself_cut_off_is_done_again(
    tmp_path: Path, header: RecordingHeader, packet: Maker
) -> None:
    part = leave_part(tmp_path, header, packet)
    saved = part.read_bytes()
    recover_recordings(tmp_path)
    part.write_bytes(saved)
    (tmp_path / "a.mcap.new").write_bytes(b"half")
    (recovered,) = recover_recordings(tmp_path)
    assert recovered.problem is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.mcap"]
    assert len(read_recording(tmp_path / "a.mcap").packets) == 30


def test_a_part_in_which_nothing_is_found_is_kept_under_another_name(tmp_path: Path) -> None:
    (tmp_path / "a.mcap.part").write_bytes(b"garbage")
    (recovered,) = recover_recordings(tmp_path)
    assert recovered.path == tmp_path / "a.mcap.part.damaged"
    assert recovered.path.read_bytes() == b"garbage"
    assert recovered.problem is not None
    assert "Nothing was deleted" in recovered.problem
    assert recover_recordings(tmp_path) == ()


def test_an_empty_part_is_removed(tmp_path: Path) -> None:
    (tmp_path / "a.mcap.part").touch()
    assert recover_recordings(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_part_for_the_next_time(
    tmp_path: Path,
    header: RecordingHeader,
    packet: Maker,
    small_disk: Callable[[int], AbstractContextManager[None]],
) -> None:
    part = leave_part(tmp_path, header, packet)
    before = part.read_bytes()
    with small_disk(500):
        (recovered,) = recover_recordings(tmp_path)
    assert recovered.problem is not None
    assert "disk is full" in recovered.problem
    assert part.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.mcap.part"]
    (recovered,) = recover_recordings(tmp_path)
    assert recovered.problem is None
    assert recovered.packets == 30


def test_a_folder_in_the_place_of_a_part_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.mcap.part").mkdir()
    (recovered,) = recover_recordings(tmp_path)
    assert recovered.problem is not None
    assert "Is a directory" in recovered.problem


def test_a_folder_that_is_not_there_holds_nothing_to_recover(tmp_path: Path) -> None:
    assert recover_recordings(tmp_path / "none") == ()


def leave_part(folder: Path, header: RecordingHeader, packet: Maker) -> Path:
    """Return a part as a killed program leaves it: 20 packets and notes, 10 in a last chunk."""
    settings = RecordingSettings(flush_s=1.0)
    with RecordingWriter(folder / "a.mcap", header, ManualClock(), settings) as writer:
        writer.write([packet(i) for i in range(20)])
        writer.note(1.0, "RepCounted", {})
        writer.note(2.0, "RepCounted", {})
        writer.flush()
        writer.write([packet(i) for i in range(20, 30)])
        writer.flush()
        saved = (folder / "a.mcap.part").read_bytes()
    (folder / "a.mcap").unlink()
    part = folder / "a.mcap.part"
    part.write_bytes(saved)
    return part


def feed(to_child: IO[bytes], from_child: IO[bytes], life_s: float) -> list[float]:
    """Have a packet written at a time until `life_s` has passed; return when each was written."""
    written_at_s: list[float] = []
    while not written_at_s or written_at_s[-1] < written_at_s[0] + life_s:
        to_child.write(b".")
        to_child.flush()
        assert from_child.read(1) == b"."
        written_at_s.append(time.monotonic())
    return written_at_s
