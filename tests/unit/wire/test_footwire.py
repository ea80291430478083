"""The frame itself: golden vectors, checksum, and the node's writer."""

import ast
import binascii
import json
from pathlib import Path
from typing import TypedDict, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.wire import footwire


class Golden(TypedDict):
    name: str
    type: int
    status: int
    seq: int
    tick_us: int
    period_us16: int
    dropped_total: int
    counts: list[list[int]]
    hex: str


class Foreign(TypedDict):
    name: str
    hex: str


class Vectors(TypedDict):
    frames: list[Golden]
    not_frames: list[Foreign]


VECTORS = cast(
    "Vectors",
    json.loads((Path(__file__).parents[2] / "vectors" / "frames.json").read_text("utf-8")),
)


@pytest.mark.parametrize("golden", VECTORS["frames"], ids=lambda golden: golden["name"])
def test_a_golden_frame_decodes_to_its_numbers(golden: Golden) -> None:
    frame = bytes.fromhex(golden["hex"])
    assert footwire.frame_length(frame) == len(frame)
    assert footwire.decode(frame) == (
        golden["type"],
        golden["status"],
        golden["seq"],
        golden["tick_us"],
        golden["period_us16"],
        golden["dropped_total"],
        golden["counts"],
    )


@pytest.mark.parametrize("golden", VECTORS["frames"], ids=lambda golden: golden["name"])
def test_the_node_writes_the_golden_frame(golden: Golden) -> None:
    counts = golden["counts"]
    writer = footwire.FrameWriter(golden["type"], len(counts[0]), len(counts))
    writer.seq = golden["seq"]
    full = [writer.add(golden["tick_us"] + i, row) for i, row in enumerate(counts)]
    assert full == [False] * (len(counts) - 1) + [True]
    size = writer.close(golden["status"], golden["period_us16"], golden["dropped_total"])
    assert writer.buffer[:size].hex() == golden["hex"]
    assert writer.seq == (golden["seq"] + 1) % 2**16


@pytest.mark.parametrize("foreign", VECTORS["not_frames"], ids=lambda foreign: foreign["name"])
def test_foreign_bytes_are_refused(foreign: Foreign) -> None:
    with pytest.raises(ValueError, match="not one intact frame"):
        footwire.decode(bytes.fromhex(foreign["hex"]))


def test_the_checksum_has_its_published_check_value() -> None:
    assert footwire.checksum(b"123456789") == 0x29B1


@given(st.binary(max_size=300), st.integers(0, 0xFFFF))
def test_the_table_gives_the_checksum_of_the_c_library(data: bytes, value: int) -> None:
    assert footwire.crc_by_table(data, value) == binascii.crc_hqx(data, value)


def test_a_frame_is_closed_early_where_the_converter_missed_a_sample() -> None:
    writer = footwire.FrameWriter(footwire.FORCE, 2, 8)
    writer.add(1000, [1, -1])
    size = writer.close(0, 16, 0)
    assert footwire.decode(writer.buffer[:size])[-1] == [[1, -1]]


def test_the_writers_buffer_holds_nothing_of_the_frame_before() -> None:
    writer = footwire.FrameWriter(footwire.IMU, 1, 3)
    for tick_us in (10, 20, 30):
        writer.add(tick_us, [-5])
    writer.close(0, 160, 0)
    writer.add(40, [7])
    size = writer.close(0, 160, 0)
    frame = footwire.decode(writer.buffer[:size])
    assert (frame[2], frame[3], frame[-1]) == (1, 40, [[7]])


def test_the_clock_and_the_counters_of_the_node_wrap() -> None:
    writer = footwire.FrameWriter(footwire.FORCE, 1, 1)
    writer.seq = 0xFFFF
    writer.add(2**32 + 5, [0])
    writer.close(0, 16, 2**16 + 1)
    writer.add(2**32 + 6, [0])
    size = writer.close(0, 16, 2**16 + 2)
    frame = footwire.decode(writer.buffer[:size])
    assert (frame[2], frame[3], frame[5]) == (0, 6, 2)


def test_an_empty_frame_is_not_sent() -> None:
    writer = footwire.FrameWriter(footwire.FORCE, 1, 4)
    assert writer.close(0, 16, 0) == 0
    assert writer.seq == 0


def test_the_node_needs_only_binascii_and_struct() -> None:
    tree = ast.parse(Path(footwire.__file__).read_text("utf-8"))
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = [a.name for n in imports if isinstance(n, ast.Import) for a in n.names]
    assert len(names) == len(imports)
    assert sorted(names) == ["binascii", "struct"]
