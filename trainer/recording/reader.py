"""Own recordings, closed, cut off or damaged: all that can still be read of them."""

import json
from collections.abc import Sequence
from pathlib import Path

from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.packets import Packet
from trainer.recording.header import RecordingHeader, from_json
from trainer.recording.layout import (
    HEADER_NAME,
    RECOVERED_NAME,
    RawMessage,
    Topic,
    unpack_note,
    unpack_packets,
)
from trainer.recording.opening import read_whole
from trainer.recording.override import overridden
from trainer.recording.recording import Note, Recording
from trainer.recording.salvage import MAGIC, Contents, Damage, read_container


def is_recording(data: bytes) -> bool:
    """Return whether a file's first bytes are those of an own recording."""
    return data.startswith(MAGIC)


def read_recording(path: Path) -> Recording:
    """Return all that is readable of an own recording.

    Raises RecordingError: missing, no recording of ours, or without a readable header.
    """
    contents, recorded = read_contents(path, read_whole(path))
    header = overridden(path, recorded)
    packets, notes, undecoded = _decode(contents.messages)
    left_out = [*_earlier_left_out(contents), *describe_damage(contents)]
    if undecoded:
        left_out.append(f"{undecoded} messages hold no packet that this program knows")
    return Recording(
        path=path,
        header=header,
        streams=header.streams,
        packets=packets,
        notes=notes,
        left_out=tuple(left_out),
        recorded_calibration=_earlier_calibration(recorded, header),
        is_cut_off=not contents.is_closed or RECOVERED_NAME in contents.metadata,
    )


def _earlier_calibration(recorded: RecordingHeader, header: RecordingHeader) -> str:
    if header is recorded:
        return ""
    return recorded.calibration.label if recorded.calibration else "no calibration"


def read_contents(path: Path, data: bytes) -> tuple[Contents, RecordingHeader]:
    """Return what the bytes of `path` hold, and its header; raises RecordingError as above."""
    contents = read_container(data)
    if contents is None:
        raise RecordingError(
            f"{path}: is no footspring recording (its first bytes are not those of an MCAP file). "
            "Use a .mcap file of footspring, or a CSV file with a header line.",
            RecordingFault.FORMAT,
        )
    text = contents.metadata.get(HEADER_NAME, {}).get("json")
    if text is None:
        raise RecordingError(
            f"{path}: holds no header of footspring, so nothing in it has a unit or a name. It was "
            "written by another program, or its start is damaged; use a copy if there is one.",
            RecordingFault.FORMAT,
        )
    return contents, from_json(text, str(path))


def _decode(messages: Sequence[RawMessage]) -> tuple[tuple[Packet, ...], tuple[Note, ...], int]:
    notes = [unpack_note(message.data) for message in messages if message.topic == Topic.NOTES]
    packets = unpack_packets([message for message in messages if message.topic != Topic.NOTES])
    undecoded = notes.count(None) + packets.count(None)
    return (
        tuple(packet for packet in packets if packet is not None),
        tuple(note for note in notes if note is not None),
        undecoded,
    )


def describe_damage(contents: Contents) -> list[str]:
    """Return one sentence per damaged place: its bytes, and where in time it lies."""
    return [_describe(place, contents.messages) for place in contents.damage]


def _describe(place: Damage, messages: Sequence[RawMessage]) -> str:
    bytes_text = f"bytes {place.start} to {place.end} could not be read"
    following = place.messages_before
    if not messages:
        return f"{bytes_text}: nothing is left"
    before = _since_start_s(messages, following - 1) if following else None
    after = _since_start_s(messages, following) if following < len(messages) else None
    if before is None:
        return f"{bytes_text}: what came before the first readable packet"
    if after is None:
        return f"{bytes_text}: what came after {before:.2f} s"
    return f"{bytes_text}: what came from {before:.2f} s to {after:.2f} s"


def _since_start_s(messages: Sequence[RawMessage], index: int) -> float:
    return (messages[index].log_ns - messages[0].log_ns) / 1e9


def _earlier_left_out(contents: Contents) -> list[str]:
    """Return what was left out when the recording was finished after a cut."""
    text = contents.metadata.get(RECOVERED_NAME, {}).get("json", "[]")
    try:
        return [str(sentence) for sentence in json.loads(text)]
    except (ValueError, TypeError):
        return ["what was left out at an earlier recovery is no longer readable"]
