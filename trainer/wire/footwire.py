"""What the foot node says, bytes to integers and back, for the node and the host alike.

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

Rules of the service; the table of characteristics is fixed, what changes is the version in INFO:

 characteristic  the host may  it holds
 FORCE, IMU      subscribe     frames of that type, also several in one notification
 CLOCK           subscribe     a report, the answer to PING
 INFO            read          what the node is
 CONTROL         write         one command in one write

 INFO     u8 version of this table (1), u8 version of the frame, 3 x u8 version of the firmware,
          u8 kind (1 pad, 2 balance board), u8 board (1 XIAO nRF52840 Sense, 2 Feather nRF52840
          Sense, 255 simulated), u8 converter (0 none, 1 HX711, 2 NAU7802), 6 bytes of the chip's
          own number, u16 force and u16 inertial samples in 10 s (nominal; 0: no such stream),
          u8 cells, a u8 role of each (1 hallux, 2 toes, 3 ball, 4 heel, 5 dome, 6 force),
          u8 bytes of the name, the name in UTF-8, CRC
 report   u8 version (1), u8 status bits as in a frame, u16 mark of the ping, u64 device clock in
          microseconds when the ping was seen, u64 the same when this was sent, u16 battery in
          millivolts (0: not known), u16 force and u16 inertial frames dropped, u8 frames waiting
          (255: or more), CRC
 command  u8 what, then for 1 PING: u16 mark; 2 START: u8 streams (1 force, 2 inertial, 3 both),
          u8 1 to go on after a lost link or 0 to begin anew; 3 STOP: nothing; 4 RENAME: 1 to 8
          bytes of UTF-8; 5 BLINK: nothing, so that a person sees which node it is

The host subscribes first and then says START: nothing is sent before a subscription is answered.
The report's clock does not wrap; its low 32 bits are the clock of the frames. A name has at most 8
bytes: flags 3, service 18 and name 2 + 8 fill the 31 bytes of an advertisement.

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

SERVICE_UUID = "f0180001-9401-4e7a-8163-d7f2b435c857"
FORCE_UUID = "f0180002-9401-4e7a-8163-d7f2b435c857"
IMU_UUID = "f0180003-9401-4e7a-8163-d7f2b435c857"
CLOCK_UUID = "f0180004-9401-4e7a-8163-d7f2b435c857"
INFO_UUID = "f0180005-9401-4e7a-8163-d7f2b435c857"
CONTROL_UUID = "f0180006-9401-4e7a-8163-d7f2b435c857"

TABLE_VERSION = 1
REPORT_VERSION = 1
PAD = 1
BALANCE = 2
KINDS = {PAD: "pad", BALANCE: "balance board"}
BOARDS = {1: "XIAO nRF52840 Sense", 2: "Feather nRF52840 Sense", 255: "simulated"}
HX711 = 1
NAU7802 = 2
CONVERTERS = {0: "none", 1: "HX711", 2: "NAU7802"}
ROLES = ("", "hallux", "toes", "ball", "heel", "dome", "force")
"""Roles of cells, by their number."""
LOW_BATTERY = 32
PING = 1
START = 2
STOP = 3
RENAME = 4
BLINK = 5
FRESH = 0
RESUME = 1
NAME_BYTES = 8
REPORT = "<BBHQQHHHB"
REPORT_BYTES = 29
"""With its CRC."""
INFO = "<BBBBBBBB6sHHB"
INFO_BYTES = 19
"""Up to the roles."""

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
    if not length or length != len(frame) or not is_intact(frame, 0, length):
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


def encode_info(
    info: tuple[tuple[int, int, int], int, int, int, bytes, int, int, list[int], str],
) -> bytes:
    """Return the bytes of INFO.

    `info` is firmware version, kind, board, converter, chip number, force and inertial samples in
    10 s, roles of the cells, name.
    """
    firmware, kind, board, converter, chip, force_rate, imu_rate, roles, name = info
    called = name.encode()
    head = struct.pack(
        INFO,
        TABLE_VERSION,
        VERSION,
        *firmware,
        kind,
        board,
        converter,
        chip,
        force_rate,
        imu_rate,
        len(roles),
    )
    body = head + bytes(roles) + bytes([len(called)]) + called
    return body + struct.pack("<H", checksum(body))


def info_versions(data: bytes | bytearray | memoryview) -> tuple[int, int, tuple[int, int, int]]:
    """Return the versions of table, frame and firmware: five bytes that stay in all versions.

    Raises ValueError where there are fewer.
    """
    if len(data) < 5:  # noqa: PLR2004 - see above
        raise ValueError("no version")
    return data[0], data[1], (data[2], data[3], data[4])


def decode_info(
    data: bytes | bytearray | memoryview,
) -> tuple[tuple[int, int, int], int, int, int, bytes, int, int, list[int], str]:
    """Return what `encode_info` was given. Raises ValueError for any other bytes."""
    if len(data) < INFO_BYTES + 1 + CRC_BYTES or (data[0], data[1]) != (TABLE_VERSION, VERSION):
        raise ValueError("not INFO of this version")
    unpacked = struct.unpack_from(INFO, data, 0)
    cells = unpacked[11]
    place = INFO_BYTES + cells
    if len(data) <= place:
        raise ValueError("INFO is cut off")
    end = place + 1 + data[place]
    if len(data) != end + CRC_BYTES or not is_intact(data, 0, len(data)):
        raise ValueError("INFO is damaged")
    roles = list(data[INFO_BYTES:place])
    name = bytes(data[place + 1 : end]).decode()
    firmware = (unpacked[2], unpacked[3], unpacked[4])
    kind, board, converter, chip, force_rate, imu_rate = unpacked[5:11]
    return firmware, kind, board, converter, bytes(chip), force_rate, imu_rate, roles, name


def encode_report(report: tuple[int, int, int, int, int, int, int, int]) -> bytes:
    """Return the bytes of a report.

    `report` is status, mark, received_us, sent_us, battery in mV, force and inertial frames
    dropped, frames waiting.
    """
    status, mark, received_us, sent_us, battery_mv, force_dropped, imu_dropped, waiting = report
    body = struct.pack(
        REPORT,
        REPORT_VERSION,
        status,
        mark,
        received_us,
        sent_us,
        battery_mv,
        force_dropped & 0xFFFF,
        imu_dropped & 0xFFFF,
        min(waiting, 255),
    )
    return body + struct.pack("<H", checksum(body))


def decode_report(
    data: bytes | bytearray | memoryview,
) -> tuple[int, int, int, int, int, int, int, int]:
    """Return what `encode_report` was given. Raises ValueError for any other bytes."""
    if len(data) != REPORT_BYTES or data[0] != REPORT_VERSION or not is_intact(data, 0, len(data)):
        raise ValueError("not one intact report")
    found = struct.unpack_from(REPORT, data, 0)
    return found[1], found[2], found[3], found[4], found[5], found[6], found[7], found[8]


def encode_ping(mark: int) -> bytes:
    """Return the command that asks for a report."""
    return struct.pack("<BH", PING, mark & 0xFFFF)


def encode_start(streams: int, mode: int) -> bytes:
    """Return the command that starts the streams, FRESH or to RESUME after a lost link."""
    return bytes([START, streams, mode])


def encode_stop() -> bytes:
    """Return the command that ends the streams."""
    return bytes([STOP])


def encode_blink() -> bytes:
    """Return the command that makes the node's light blink."""
    return bytes([BLINK])


def encode_rename(name: str) -> bytes:
    """Return the command that gives the node a name. Raises ValueError beyond 1 to 8 bytes."""
    called = name.encode()
    if not 0 < len(called) <= NAME_BYTES:
        raise ValueError("a name has 1 to 8 bytes")
    return bytes([RENAME]) + called


def decode_command(data: bytes | bytearray | memoryview) -> tuple[int, int, int, str]:
    """Return what is asked, mark or streams, mode, name; zero and empty where not asked.

    Raises ValueError for bytes that are no command.
    """
    what = data[0] if len(data) else 0
    if what == PING and len(data) == 3:  # noqa: PLR2004 - rules above
        return what, data[1] | data[2] << 8, 0, ""
    if what == START and len(data) == 3 and 0 < data[1] <= 3 and data[2] <= RESUME:  # noqa: PLR2004 - rules above
        return what, data[1], data[2], ""
    if what in (STOP, BLINK) and len(data) == 1:
        return what, 0, 0, ""
    if what == RENAME and 1 < len(data) <= 1 + NAME_BYTES:
        return what, 0, 0, bytes(data[1:]).decode()
    raise ValueError("not a command")
