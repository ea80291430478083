"""Reading a recording's container past any damage.

The file is a row of records: operation code (u8), length (u64), content. Messages lie in compressed
chunks, each with its own check sum, so what is damaged is told apart from what is not. After a
damaged place reading goes on at the next record that proves itself: a chunk by its check sum.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import zstandard

from trainer.recording.layout import HEADER_NAME, RawMessage

MAGIC: Final = b"\x89MCAP0\r\n"

_OP_CHUNK: Final = 0x06
_OP_METADATA: Final = 0x0C
_OP_DATA_END: Final = 0x0F
_AT_END: Final = -1
_OP_HEADER: Final = 0x01
_OP_MESSAGE: Final = 0x05
_RECORD: Final = struct.Struct("<BQ")
_CHUNK: Final = struct.Struct("<QQQI")
_MESSAGE: Final = struct.Struct("<HIQQ")
_ZSTD: Final = b"\x04\x00\x00\x00zstd"
_NAME_MARK: Final = struct.pack("<I", len(HEADER_NAME)) + HEADER_NAME.encode()
_LARGEST_CHUNK: Final = 256 * 2**20
"""Chunks are 1 MiB; a damaged length must not claim all memory."""

# Bytes that stand at a fixed distance from the start of a chunk or of the header's copy.
_MARKS: Final = re.compile(re.escape(_ZSTD) + b"|" + re.escape(_NAME_MARK))
_TO_ZSTD: Final = _RECORD.size + _CHUNK.size
_TO_NAME: Final = _RECORD.size


@dataclass(frozen=True, slots=True)
class Damage:
    """A run of bytes that could not be read."""

    start: int
    end: int
    messages_before: int
    """Messages read before it: says where in time it lies."""


@dataclass(slots=True)
class Contents:
    """What a container holds."""

    messages: list[RawMessage] = field(default_factory=list)
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)
    damage: list[Damage] = field(default_factory=list)
    is_closed: bool = False


def read_container(data: bytes) -> Contents | None:
    """Return all that can be read of a recording's bytes, or None where they are no recording."""
    is_started = data.startswith(MAGIC)
    is_ended = len(data) > len(MAGIC) and data.endswith(MAGIC)
    if not is_started and not is_ended:
        return None
    contents = Contents(is_closed=is_ended)
    position = len(MAGIC) if is_started else 0
    while position < len(data):
        following = _read_record(data, position, contents)
        if following is None:
            following = _next_mark(data, position)
            contents.damage.append(Damage(position, following, len(contents.messages)))
        if following == _AT_END:
            break
        position = following
    return contents


def _read_record(data: bytes, position: int, contents: Contents) -> int | None:
    """Read one record; return where the next one starts, or None where this one is damaged."""
    start = position + _RECORD.size
    if start > len(data):
        return None
    code, length = _RECORD.unpack_from(data, position)
    end = start + length
    if end > len(data):
        return None
    is_read = code == _OP_HEADER
    if code == _OP_DATA_END:
        return _AT_END
    if code == _OP_CHUNK:
        is_read = _add_chunk(data[start:end], contents)
    elif code == _OP_METADATA:
        is_read = _add_metadata(data[start:end], contents)
    return end if is_read else None


def _add_chunk(content: bytes, contents: Contents) -> bool:
    messages = _chunk_messages(content)
    contents.messages.extend(messages or ())
    return messages is not None


def _add_metadata(content: bytes, contents: Contents) -> bool:
    found = _metadata(content)
    if found is not None:
        contents.metadata[found[0]] = found[1]
    return found is not None


def _next_mark(data: bytes, position: int) -> int:
    """Return the start of the next record that proves itself, or the end of the data."""
    for mark in _MARKS.finditer(data, position + 1):
        is_chunk = mark.group() == _ZSTD
        start = mark.start() - (_TO_ZSTD if is_chunk else _TO_NAME)
        if start > position and _read_record(data, start, Contents()) is not None:
            return start
    return len(data)


def _chunk_messages(content: bytes) -> list[RawMessage] | None:
    """Return a chunk's messages, or None where it is damaged."""
    head = _CHUNK.size + len(_ZSTD) + 8
    if len(content) < head or content[_CHUNK.size : _CHUNK.size + len(_ZSTD)] != _ZSTD:
        return None
    _, _, size, checksum = _CHUNK.unpack_from(content)
    packed = content[head:]
    try:
        if size > _LARGEST_CHUNK or zstandard.frame_content_size(packed) != size:
            return None
        records = zstandard.decompress(packed)
    except zstandard.ZstdError:
        return None
    if zlib.crc32(records) != checksum:
        return None
    return list(_messages(records))


def _messages(records: bytes) -> Iterator[RawMessage]:
    position, end = 0, len(records)
    read_record, read_message = _RECORD.unpack_from, _MESSAGE.unpack_from
    record_size, message_size = _RECORD.size, _MESSAGE.size
    while position < end:
        code, length = read_record(records, position)
        start = position + record_size
        position = start + length
        if code == _OP_MESSAGE:
            topic, sequence, log_ns, _ = read_message(records, start)
            yield RawMessage(topic, sequence, log_ns, records[start + message_size : position])


def _metadata(content: bytes) -> tuple[str, dict[str, str]] | None:
    try:
        name, rest = _text(content)
        (size,) = struct.unpack_from("<I", rest)
        rest = rest[4:]
        if size != len(rest):
            return None
        table: dict[str, str] = {}
        while rest:
            key, rest = _text(rest)
            table[key], rest = _text(rest)
    except (struct.error, UnicodeDecodeError):
        return None
    return name, table


def _text(content: bytes) -> tuple[str, bytes]:
    (size,) = struct.unpack_from("<I", content)
    if size > len(content) - 4:
        raise struct.error("text runs past its record")
    return content[4 : 4 + size].decode(), content[4 + size :]
