"""Own recordings cut off or damaged anywhere: all that is whole comes back, the rest is named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.clock import ManualClock
from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import CountsPacket
from trainer.core.settings import RecordingSettings
from trainer.recording.container import ContainerWriter
from trainer.recording.header import RecordingHeader
from trainer.recording.layout import RawMessage, Topic
from trainer.recording.reader import is_recording, read_recording
from trainer.recording.recording import Recording
from trainer.recording.salvage import read_container
from trainer.recording.writer import RecordingWriter

CHUNKS = 60
PER_CHUNK = 5
BLOCK = 4096


@dataclass(frozen=True)
class Written:
    """A recording of many chunks, and the numbers of its packets."""

    folder: Path
    data: bytes

    def read(self, data: bytes) -> Recording:
        """Return what is read of other bytes in its place."""
        path = self.folder / "changed.mcap"
        path.write_bytes(data)
        return read_recording(path)


@pytest.fixture
def written(
    tmp_path: Path, header: RecordingHeader, packet: Callable[[int], CountsPacket]
) -> Written:
    settings = RecordingSettings(flush_s=1.0)
    with RecordingWriter(tmp_path / "a.mcap", header, ManualClock(), settings) as writer:
        for chunk in range(CHUNKS):
            writer.write([packet(chunk * PER_CHUNK + i) for i in range(PER_CHUNK)])
            writer.flush()
    return Written(tmp_path, (tmp_path / "a.mcap").read_bytes())


def test_a_recording_cut_off_anywhere_gives_a_whole_start_of_itself(written: Written) -> None:
    whole = written.read(written.data)
    assert len(whole.packets) == CHUNKS * PER_CHUNK
    counts = []
    for length in range(len(written.data) - 1, 3 * BLOCK, -len(written.data) // 40):
        recording = written.read(written.data[:length])
        assert recording.is_cut_off
        assert numbers(recording) == list(range(len(recording.packets)))
        counts.append(len(recording.packets))
    assert len(counts) >= 20
    assert counts == sorted(counts, reverse=True)
    # The last chunk alone may be torn: nothing further back is missing.
    assert counts[0] >= (CHUNKS - 1) * PER_CHUNK


def test_a_cut_between_two_chunks_leaves_nothing_out(written: Written) -> None:
    part = written.data[: written.data.index(b"\x04\x00\x00\x00zstd", 20_000) - 37]
    recording = written.read(part)
    assert recording.is_cut_off
    assert recording.left_out == ()
    assert len(recording.packets) % PER_CHUNK == 0


def test_a_torn_tail_is_named_by_its_bytes_and_time(written: Written) -> None:
    (sentence,) = written.read(written.data[:20_000]).left_out
    assert "to 20000 could not be read: what came after" in sentence


def test_a_zeroed_block_anywhere_costs_only_the_chunks_it_touches(written: Written) -> None:
    # A chunk starts 37 bytes before the name of its compression.
    starts = [m.start() - 37 for m in re.finditer(rb"\x04\x00\x00\x00zstd", written.data)][:CHUNKS]
    assert len(starts) == CHUNKS
    for zeroed in range(BLOCK, starts[-1], BLOCK // 2):
        damaged = written.data[:zeroed] + bytes(BLOCK) + written.data[zeroed + BLOCK :]
        recording = written.read(damaged)
        touched = [
            number
            for number, (start, end) in enumerate(pairwise(starts))
            if start < zeroed + BLOCK and end > zeroed
        ]
        missing = set(range(CHUNKS * PER_CHUNK)) - set(numbers(recording))
        assert {number // PER_CHUNK for number in missing} - {CHUNKS - 1} == set(touched)
        assert numbers(recording) == sorted(numbers(recording))
        assert len(recording.left_out) == 1


def test_the_sentence_on_a_damaged_middle_says_from_when_to_when(written: Written) -> None:
    start = len(written.data) // 2
    damaged = written.data[:start] + bytes(BLOCK) + written.data[start + BLOCK :]
    recording = written.read(damaged)
    arrivals = [p.arrival_s - recording.packets[0].arrival_s for p in recording.packets]
    hole = int(np.argmax(np.diff(arrivals)))
    (sentence,) = recording.left_out
    assert sentence.endswith(f"what came from {arrivals[hole]:.2f} s to {arrivals[hole + 1]:.2f} s")


def test_a_lost_start_is_replaced_by_the_header_s_copy(
    written: Written, header: RecordingHeader
) -> None:
    recording = written.read(bytes(BLOCK) + written.data[BLOCK:])
    assert recording.header == header
    assert numbers(recording)[-1] == CHUNKS * PER_CHUNK - 1
    assert recording.left_out[0].endswith("what came before the first readable packet")


def test_a_single_flipped_bit_is_found_by_the_check_sum(written: Written) -> None:
    place = len(written.data) // 2
    flipped = bytes([written.data[place] ^ 1])
    recording = written.read(written.data[:place] + flipped + written.data[place + 1 :])
    assert len(recording.packets) == (CHUNKS - 1) * PER_CHUNK
    assert len(recording.left_out) == 1


@given(st.binary(max_size=300))
def test_no_bytes_after_the_magic_make_the_reader_fail(tail: bytes) -> None:
    assert read_container(b"\x89MCAP0\r\n" + tail) is not None


@given(st.data())
def test_no_damage_makes_the_reader_fail_or_invent(data: st.DataObject) -> None:
    container = ContainerWriter('{"any": "header"}')
    for number in range(40):
        container.add(RawMessage(Topic.NOTES, number, number, bytes([number]) * 20))
        if number % 8 == 7:
            container.end_chunk()
    container.finish()
    whole = bytearray(container.take())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(whole) - 1))
        junk = data.draw(st.binary(min_size=1, max_size=60))
        whole[start : start + len(junk)] = junk
    contents = read_container(bytes(whole))
    for message in contents.messages if contents else ():
        assert message.data == bytes([message.sequence]) * 20


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b"", RecordingFault.EMPTY, "is empty"),
        (b"t_s,force_n\n0,1\n", RecordingFault.FORMAT, "no footspring recording"),
        (b"\x89MCAP0\r\n", RecordingFault.FORMAT, "holds no header of footspring"),
        (bytes(5000), RecordingFault.FORMAT, "no footspring recording"),
    ],
)
def test_what_is_no_recording_is_told_with_its_name(
    tmp_path: Path, content: bytes, reason: RecordingFault, words: str
) -> None:
    path = tmp_path / "x.mcap"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=words) as caught:
        read_recording(path)
    assert caught.value.reason is reason
    assert str(path) in str(caught.value)


def test_another_program_s_mcap_file_is_told_apart(tmp_path: Path) -> None:
    container = ContainerWriter("{}")
    container.finish()
    path = tmp_path / "x.mcap"
    path.write_bytes(container.take().replace(b"footspring.header", b"other-tool.header"))
    with pytest.raises(RecordingError, match="holds no header of footspring"):
        read_recording(path)


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("missing.mcap", RecordingFault.MISSING, "no such file"),
        (".", RecordingFault.UNREADABLE, "is a folder"),
        ("a.mcap/b.mcap", RecordingFault.UNREADABLE, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_with_the_next_step(
    written: Written, name: str, reason: RecordingFault, words: str
) -> None:
    with pytest.raises(RecordingError, match=words) as caught:
        read_recording(written.folder / name)
    assert caught.value.reason is reason


def test_a_recording_is_known_by_its_first_bytes(written: Written) -> None:
    assert is_recording(written.data)
    assert not is_recording(b"t_s,force_n\n")


def test_messages_of_a_later_version_are_counted_not_fatal(
    tmp_path: Path, header: RecordingHeader
) -> None:
    container = ContainerWriter(header.to_json())
    container.add(RawMessage(42, 1, 1, b"new"))
    container.add(RawMessage(Topic.NOTES, 2, 2, b"no json"))
    container.finish()
    path = tmp_path / "x.mcap"
    path.write_bytes(container.take())
    recording = read_recording(path)
    assert recording.packets == ()
    assert recording.left_out == ("2 messages hold no packet that this program knows",)


def numbers(recording: Recording) -> list[int]:
    """Return the packets' sequence numbers."""
    return [p.seq for p in recording.packets if isinstance(p, CountsPacket)]
