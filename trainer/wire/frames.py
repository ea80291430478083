"""The node's frames as packets: bytes of a notification in, CountsPackets out, and back."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.core.packets import CountsPacket, Status, Stream
from trainer.wire import footwire

_HEADER: Final = struct.Struct(footwire.HEADER)
_LEAST: Final = footwire.HEADER_BYTES + footwire.CRC_BYTES
_FORCE: Final = footwire.VERSION << 4 | footwire.FORCE
_STATUS: Final[tuple[Status, ...]] = tuple(Status(bits) for bits in range(256))
"""Every flag byte: making a flag anew costs as much as the rest of the header."""


@dataclass(frozen=True, slots=True)
class FrameBatch:
    """The packets of one notification, in order, and the bytes that made no frame."""

    packets: tuple[CountsPacket, ...]
    bad_bytes: int


def split_frames(data: bytes | bytearray, arrival_s: float) -> FrameBatch:
    """Return the packets in the bytes; anything else is skipped and counted, never raises."""
    packets: list[CountsPacket] = []
    start = 0
    bad_bytes = 0
    while len(data) - start >= _LEAST:
        length = footwire.frame_length(data, start)
        if length and footwire.is_intact(data, start, length):
            packets.append(_decode(data, start, length, arrival_s))
            start += length
        else:
            start += 1
            bad_bytes += 1
    return FrameBatch(tuple(packets), bad_bytes + len(data) - start)


def decode_frames(
    frames: Sequence[bytes], arrivals_s: Sequence[float]
) -> list[CountsPacket | None]:
    """Return the first packet in each of many notifications, None where there is none.

    The same as `split_frames` one by one, for a recording: those of one shape, as nearly all of a
    stream are, are turned into counts together.
    """
    found: list[CountsPacket | None] = [None] * len(frames)
    shapes: dict[tuple[int, int, int, int], list[int]] = {}
    for place, frame in enumerate(frames):
        shapes.setdefault(_shape(frame), []).append(place)
    for shape, places in shapes.items():
        alike = [frames[place] for place in places]
        arrived_s = [arrivals_s[place] for place in places]
        packets: list[CountsPacket] | list[CountsPacket | None]
        if _are_intact(alike, shape):
            packets = _decode_alike(alike, arrived_s, shape[1:])
        else:
            packets = list(map(_first_packet, alike, arrived_s))
        for place, packet in zip(places, packets, strict=True):
            found[place] = packet
    return found


def _first_packet(data: bytes, arrival_s: float) -> CountsPacket | None:
    packets = split_frames(data, arrival_s).packets
    return packets[0] if packets else None


def _shape(data: bytes) -> tuple[int, int, int, int]:
    """Return length, and first byte, samples and channels as a header would tell them."""
    if len(data) < _LEAST:
        return 0, 0, 0, 0
    return len(data), data[0], data[14], data[15]


def _are_intact(frames: Sequence[bytes], shape: tuple[int, int, int, int]) -> bool:
    """Return whether all of these are one intact frame each; they agree in their shape."""
    length = shape[0]
    if not length or footwire.frame_length(frames[0]) != length:
        return False
    told = np.ndarray(len(frames), "<u2", b"".join(frames), length - footwire.CRC_BYTES, (length,))
    end = -footwire.CRC_BYTES
    return [int(crc) for crc in told] == [footwire.checksum(frame[:end]) for frame in frames]


def _decode_alike(
    frames: Sequence[bytes], arrivals_s: Sequence[float], shape: tuple[int, int, int]
) -> list[CountsPacket]:
    first, samples, channels = shape
    length = len(frames[0])
    place = footwire.HEADER_BYTES
    together = b"".join(frames)
    size = (len(frames), samples, channels)
    if first == _FORCE:
        stream = Stream.FORCE
        # As in `_decode`.
        counts = np.ndarray(size, "<i4", together, place - 1, (length, 3 * channels, 3)) >> 8
    else:
        stream = Stream.IMU
        strides = (length, 2 * channels, 2)
        counts = np.ndarray(size, "<i2", together, place, strides).astype(np.int32)
    return [
        CountsPacket(
            stream, seq, tick, period, dropped, _STATUS[int(status)], rows, arrival_s, frame
        )
        for (_, status, seq, tick, period, dropped, _, _), rows, arrival_s, frame in zip(
            map(_HEADER.unpack_from, frames), counts, arrivals_s, frames, strict=True
        )
    ]


def encode_packet(packet: CountsPacket) -> bytes:
    """Return the frame of a packet: the exact inverse of `split_frames`, arrival aside.

    Raises ValueError for a shape or a count that the frame cannot carry.
    """
    samples, channels = packet.counts.shape
    if not 0 < samples <= footwire.MAX_SAMPLES or not 0 < channels <= footwire.MAX_CHANNELS:
        raise ValueError(
            f"counts of shape {packet.counts.shape}: a frame carries 1 to {footwire.MAX_SAMPLES} "
            f"samples of 1 to {footwire.MAX_CHANNELS} channels. Cut the packet."
        )
    kind = footwire.FORCE if packet.stream is Stream.FORCE else footwire.IMU
    first = footwire.VERSION << 4 | kind
    header = _HEADER.pack(
        first,
        packet.status,
        packet.seq,
        packet.tick_us,
        packet.period_us16,
        packet.dropped_total,
        samples,
        channels,
    )
    body = header + _pack_counts(packet, footwire.WIDTHS[first])
    return body + footwire.checksum(body).to_bytes(footwire.CRC_BYTES, "little")


def _decode(data: bytes | bytearray, start: int, length: int, arrival_s: float) -> CountsPacket:
    first, status, seq, tick_us, period_us16, dropped, samples, channels = _HEADER.unpack_from(
        data, start
    )
    place = start + footwire.HEADER_BYTES
    if first == _FORCE:
        stream = Stream.FORCE
        # Each int24 is read as an int32 that begins one byte early, then shifted down with its
        # sign: the byte before the first count is the header's last, so nothing is out of reach.
        early = np.ndarray((samples, channels), "<i4", data, place - 1, (3 * channels, 3))
        counts = early >> 8
    else:
        stream = Stream.IMU
        counts = np.ndarray((samples, channels), "<i2", data, place).astype(np.int32)
    return CountsPacket(
        stream,
        seq,
        tick_us,
        period_us16,
        dropped,
        _STATUS[int(status)],
        counts,
        arrival_s,
        bytes(data[start : start + length]),
    )


def _pack_counts(packet: CountsPacket, width: int) -> bytes:
    top = 1 << (8 * width - 1)
    low, high = int(packet.counts.min()), int(packet.counts.max())
    if low < -top or high >= top:
        raise ValueError(
            f"counts from {low} to {high}: a {packet.stream} frame carries {-top} to {top - 1}. "
            "Limit them as the converter does."
        )
    wide = np.ascontiguousarray(packet.counts, dtype="<i4").view(np.uint8)
    return wide.reshape(-1, 4)[:, :width].tobytes()
