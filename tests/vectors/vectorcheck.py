"""The golden vectors of the node's own code, checked by whatever Python runs this.

CPython runs it, and MicroPython, whose small integers have 31 bits as on the board. The vectors'
texts are handed in; the answer is one line per check, "ok" or "FAILED" with what was found.
"""

import binascii
import json

import footwire
from footnode.ring import FrameRing
from hx711spi import decode as decode_hx711

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Vector = dict[str, Any]


def check_all(frames: str, others: str, said: "list[str]", golden: str) -> "list[str]":
    """Return a line for each vector, and for the run of a node against what it must say."""
    vectors = json.loads(others)
    vectors["frames"] = json.loads(frames)["frames"]
    lines = [
        _line(group + ": " + vector["name"], check, vector)
        for group, check in _CHECKS
        for vector in vectors[group]
    ]
    lines.append(_line("ring: overflow and rewind", _check_ring, {}))
    lines.append(_line("node: a whole run", _check_run, {"said": said, "golden": golden.split()}))
    return lines


def _line(name: str, check: "Callable[[Vector], str]", vector: "Vector") -> str:
    wrong = check(vector)
    return "FAILED " + name + ": " + wrong if wrong else "ok " + name


def _differ(found: object, expected: object) -> str:
    return "" if found == expected else str(found) + " instead of " + str(expected)


def _bytes(vector: "Vector") -> bytes:
    return binascii.unhexlify(vector["hex"])


def _hex(data: "bytes | bytearray | memoryview") -> str:
    return binascii.hexlify(bytes(data)).decode()


def _check_frame(vector: "Vector") -> str:
    frame = _bytes(vector)
    counts = vector["counts"]
    keys = ("type", "status", "seq", "tick_us", "period_us16", "dropped_total", "counts")
    wrong = _differ(list(footwire.decode(frame)), [vector[key] for key in keys])
    writer = footwire.FrameWriter(vector["type"], len(counts[0]), len(counts))
    writer.seq = vector["seq"]
    for i, row in enumerate(counts):
        # Only the first sample's time is in the frame; it is written modulo 2^32.
        writer.add(vector["tick_us"] + (7 << 32) + i, row)
    length = writer.close(vector["status"], vector["period_us16"], vector["dropped_total"])
    return wrong or _differ(_hex(memoryview(writer.buffer)[:length]), vector["hex"])


def _check_info(vector: "Vector") -> str:
    firmware, kind, board, converter, chip, force, imu, roles, name = vector["info"]
    info = (
        tuple(firmware),
        kind,
        board,
        converter,
        binascii.unhexlify(chip),
        force,
        imu,
        roles,
        name,
    )
    wrong = _differ(_hex(footwire.encode_info(info)), vector["hex"])
    return wrong or _differ(footwire.decode_info(_bytes(vector)), info)


def _check_report(vector: "Vector") -> str:
    report = tuple(vector["report"])
    wrong = _differ(_hex(footwire.encode_report(report)), vector["hex"])
    return wrong or _differ(footwire.decode_report(_bytes(vector)), report)


def _check_command(vector: "Vector") -> str:
    return _differ(list(footwire.decode_command(_bytes(vector))), vector["command"])


def _check_refused(vector: "Vector") -> str:
    decode = {
        "frame": footwire.decode,
        "info": footwire.decode_info,
        "report": footwire.decode_report,
        "command": footwire.decode_command,
    }[vector["as"]]
    try:
        return str(decode(_bytes(vector))) + " instead of a refusal"
    except ValueError:
        return ""


def _check_crc(vector: "Vector") -> str:
    found = footwire.checksum(_bytes(vector)), footwire.crc_by_table(_bytes(vector), 0xFFFF)
    return _differ(found, (vector["crc"], vector["crc"]))


def _check_hx711(vector: "Vector") -> str:
    into = [0]
    status = decode_hx711(_bytes(vector), into, 0)
    return _differ([status, into[0]], [vector["status"], vector["count"]])


def _check_ring(_: "Vector") -> str:
    ring = FrameRing(4, 3)
    for number in range(7):
        ring.push(bytearray([number, 0, 0]), 1 + number % 3)
    sent = []
    for _turn in range(2):
        while ring.waiting:
            sent.append(_hex(ring.peek()))
            ring.advance()
        ring.rewind(2)
    found = [sent, ring.dropped, ring.waiting]
    return _differ(found, [["03", "0400", "050000", "06", "050000", "06"], 3, 2])


def _check_run(vector: "Vector") -> str:
    said, golden = vector["said"], vector["golden"]
    for place in range(min(len(said), len(golden))):
        if said[place] != golden[place]:
            return "line " + str(place) + ": " + _differ(said[place], golden[place])
    return _differ(len(said), len(golden))


_CHECKS = (
    ("frames", _check_frame),
    ("info", _check_info),
    ("report", _check_report),
    ("command", _check_command),
    ("refused", _check_refused),
    ("crc", _check_crc),
    ("hx711", _check_hx711),
)
