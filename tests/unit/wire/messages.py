"""Valid messages of each kind of sensor, by hand from its rules: what a fuzz test starts from."""

import struct
from dataclasses import dataclass

from trainer.wire import footwire


@dataclass(frozen=True)
class Message:
    """Bytes, and where they come from: a characteristic, or a company's manufacturer data."""

    place: str | int
    data: bytes


def _frame(kind: int, rows: list[list[int]]) -> bytes:
    writer = footwire.FrameWriter(kind, len(rows[0]), len(rows))
    for number, row in enumerate(rows):
        writer.add(4_000_000_000 + 12_500 * number, row)
    size = writer.close(0, 200_000, 0)
    return bytes(writer.buffer[:size])


def _foot() -> list[Message]:
    force = _frame(footwire.FORCE, [[-8_388_608, -1, 0, 8_388_607]] * 5)
    imu = _frame(footwire.IMU, [[-32_768, -1, 0, 1, 2, 32_767]] * 5)
    chip = bytes(range(6))
    info = footwire.encode_info(((1, 0, 0), 1, 1, 1, chip, 800, 1_040, [1, 2, 3, 4], "Fuß"))
    reports = [
        footwire.encode_report((32 * (mark % 2), mark, 10**6, 10**6 + 400, 3_900, 0, 0, 0))
        for mark in range(1, 4)
    ]
    return [
        Message(footwire.FORCE_UUID, force),
        Message(footwire.FORCE_UUID, force + force),
        Message(footwire.IMU_UUID, imu),
        Message(footwire.INFO_UUID, info),
        *(Message(footwire.CLOCK_UUID, report) for report in reports),
    ]


def _progressor() -> list[Message]:
    uuid = "7e4e1702-1ea6-40c9-9dcc-13d34ffead57"
    samples = b"".join(struct.pack("<fI", 0.5 * n, 2**32 - 50_000 + 11_400 * n) for n in range(4))
    fifteen = b"".join(struct.pack("<fI", -0.5 * n, 11_400 * n) for n in range(15))
    return [
        Message(uuid, b"\x01\x20" + samples),
        Message(uuid, b"\x01\x78" + fifteen),
        Message(uuid, b"\x01\x08" + samples[:8]),
        Message(uuid, b"\x00\x05" + b"1.2.3"),
        Message(uuid, b"\x00\x03\x11\x22\x33"),
        Message(uuid, b"\x00\x04\x80\x0e\x00\x00"),
        Message(uuid, b"\x02\x08" + samples[:8]),
        Message(uuid, b"\x04\x00"),
    ]


def _battery(level_pct: int) -> Message:
    return Message("00002a19-0000-1000-8000-00805f9b34fb", bytes([level_pct]))


def _forceboard() -> list[Message]:
    uuid = "9a88d682-8df2-4afe-9e0d-c2bbbe773dd0"
    return [
        Message(uuid, bytes.fromhex("0001 000016")),
        Message(uuid, bytes.fromhex("0006 000000 000001 00012c 00044c 000100 0000ff")),
        _battery(100),
    ]


def _entralpi() -> list[Message]:
    uuid = "0000fff1-0000-1000-8000-00805f9b34fb"
    return [Message(uuid, b"\x1c\x52"), Message(uuid, b"\x00\x00\x01\x02"), _battery(0)]


def _musclemeter() -> list[Message]:
    texts = ("07d0 0000 a1 0000", "ff9c 0000 01 0000", "07d1 0000 02 0000")
    return [Message(256, bytes.fromhex("020311 aabbccddeeff 01" + text)) for text in texts]


def _weightscale() -> list[Message]:
    uuid = "00002a9d-0000-1000-8000-00805f9b34fb"
    texts = ("00 b036", "01 483c", "0f 483c ea07 0b 1d 06 1e 00 01 e600 5802", "00 ffff")
    return [Message(uuid, bytes.fromhex(text)) for text in texts]


MESSAGES = {
    "foot": _foot(),
    "progressor": _progressor(),
    "forceboard": _forceboard(),
    "entralpi": _entralpi(),
    "musclemeter": _musclemeter(),
    "weightscale": _weightscale(),
}
"""By the id of the dialect."""
