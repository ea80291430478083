"""The foot node's frame, bytes to integers and back, for the node and the host alike.

Rules of the frame (all numbers little endian):

 byte  type   meaning
    0  u8     version (1) in the high half, type in the low half: 1 FORCE, 2 IMU
    1  u8     status bits: 1 saturated, 2 converter not ready, 4 power-down seen,
              8 queue overflow, 16 IMU fault, 32 low battery
    2  u16    frames of this type generated so far, modulo 2^16
    4  u32    device clock at data-ready of the first sample, microseconds modulo 2^32
    8  u32    measured sample period in 1/16 us: whole microseconds cost 40 ppm at 80 Hz, and
              sixteen bits of sixteenths end at 244 Hz
   12  u16    frames of this type dropped so far, modulo 2^16
   14  u8     samples n, 1 to 255
   15  u8     channels ch, 1 to 16
   16         n x ch raw counts, sample by sample: int24 in FORCE, int16 in IMU
  end  u16    CRC-16/CCITT-FALSE over all bytes before it (check value 0x29B1)

Sample i was ready at clock + i x period. A sample that the converter missed ends its frame: the
next frame's clock shows the hole. The length follows from bytes 0, 14 and 15, so frames that a
radio has merged come apart again. Bytes that make no frame are skipped, never fatal.

This file also runs on the node's MicroPython or CircuitPython: struct, integers and bytes only.
"""

import binascii
import struct

VERSION = 1
FORCE = 1
IMU = 2
HEADER = "<BBHIIHBB"
HEADER_BYTES = 16
CRC_BYTES = 2
MAX_SAMPLES = 255
MAX_CHANNELS = 16

WIDTHS = {VERSION << 4 | FORCE: 3, VERSION << 4 | IMU: 2}
"""Bytes of one count, by the first byte of the frame."""


def _table() -> list[int]:
    rows: list[int] = []
    for byte in range(256):
        value = byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
        rows.append(value)
    return rows


_TABLE = _table()


def crc_by_table(data: bytes | bytearray | memoryview, value: int) -> int:
    """Return the CRC-16 with polynomial 0x1021 of the bytes, carried on from `value`."""
    for byte in data:
        value = (value << 8 & 0xFFFF) ^ _TABLE[value >> 8 ^ byte]
    return value


# CPython has the same polynomial in C; MicroPython and CircuitPython have not.
_crc = getattr(binascii, "crc_hqx", crc_by_table)


def checksum(data: bytes | bytearray | memoryview) -> int:
    """Return the CRC-16/CCITT-FALSE of the bytes."""
    return int(_crc(data, 0xFFFF))


def frame_length(data: bytes | bytearray | memoryview, start: int = 0) -> int:
    """Return the bytes of the frame whose header stands at `start`; 0 where none can stand."""
    if len(data) - start < HEADER_BYTES:
        return 0
    width = WIDTHS.get(data[start], 0)
    samples = data[start + 14]
    channels = data[start + 15]
    if not width or not samples or not 0 < channels <= MAX_CHANNELS:
        return 0
    return HEADER_BYTES + samples * channels * width + CRC_BYTES


def is_intact(data: bytes | bytearray | memoryview, start: int, length: int) -> bool:
    """Return whether the `length` bytes from `start` are there and their checksum is right."""
    end = start + length - CRC_BYTES
    if end + CRC_BYTES > len(data):
        return False
    return checksum(memoryview(data)[start:end]) == data[end] | data[end + 1] << 8


def decode(
    frame: bytes | bytearray | memoryview,
) -> tuple[int, int, int, int, int, int, list[list[int]]]:
    """Return type, status, seq, tick_us, period_us16, dropped_total and n rows of counts.

    Raises ValueError where the bytes are not one intact frame.
    """
    length = frame_length(frame)
    if length != len(frame) or not is_intact(frame, 0, length):
        raise ValueError("not one intact frame")
    first, status, seq, tick_us, period_us16, dropped, samples, channels = struct.unpack_from(
        HEADER, frame, 0
    )
    width = WIDTHS[first]
    top = 1 << (8 * width - 1)
    place = HEADER_BYTES
    rows: list[list[int]] = []
    for _ in range(samples):
        row: list[int] = []
        for _ in range(channels):
            count = frame[place] | frame[place + 1] << 8
            if width == 3:  # noqa: PLR2004 - the bytes of an int24
                count |= frame[place + 2] << 16
            row.append(count - 2 * top if count & top else count)
            place += width
        rows.append(row)
    return first & 0xF, status, seq, tick_us, period_us16, dropped, rows


class FrameWriter:
    """Frames of one type, filled sample by sample in one buffer that is used again and again."""

    def __init__(self, kind: int, channels: int, samples: int) -> None:
        self._first = VERSION << 4 | kind
        self._channels = channels
        self._width = WIDTHS[self._first]
        self._size = samples
        self._count = 0
        self._tick_us = 0
        self.seq = 0
        """Number of the frame that is being filled."""
        self.buffer = bytearray(HEADER_BYTES + samples * channels * self._width + CRC_BYTES)

    def add(self, tick_us: int, counts: list[int]) -> bool:
        """Append one sample of all channels; return whether the frame is full."""
        if self._count == 0:
            self._tick_us = tick_us
        buffer = self.buffer
        place = HEADER_BYTES + self._count * self._channels * self._width
        for count in counts:
            buffer[place] = count & 0xFF
            buffer[place + 1] = count >> 8 & 0xFF
            if self._width == 3:  # noqa: PLR2004 - the bytes of an int24
                buffer[place + 2] = count >> 16 & 0xFF
            place += self._width
        self._count += 1
        return self._count == self._size

    def close(self, status: int, period_us16: int, dropped: int) -> int:
        """Complete the frame, begin the next, return the bytes of `buffer` to send; 0 if empty."""
        if self._count == 0:
            return 0
        struct.pack_into(
            HEADER,
            self.buffer,
            0,
            self._first,
            status,
            self.seq,
            self._tick_us & 0xFFFFFFFF,
            period_us16,
            dropped & 0xFFFF,
            self._count,
            self._channels,
        )
        end = HEADER_BYTES + self._count * self._channels * self._width
        struct.pack_into("<H", self.buffer, end, checksum(memoryview(self.buffer)[:end]))
        self.seq = (self.seq + 1) & 0xFFFF
        self._count = 0
        return end + CRC_BYTES
