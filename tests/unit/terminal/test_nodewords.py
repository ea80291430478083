"""A node in words and as an object."""

import json
from dataclasses import replace

from trainer.core.packets import Status
from trainer.nodekit.nodeinfo import Answer, NodeInfo, NodeState
from trainer.terminal.nodewords import node_object, node_text

INFO = NodeInfo(
    firmware="0.1.0",
    kind="pad",
    board="XIAO nRF52840 Sense",
    converter="HX711",
    chip="010203040506",
    force_rate_hz=92.5,
    imu_rate_hz=104.0,
    cells=("toes", "heel"),
    name="ToeNode",
)
ANSWERS = tuple(Answer(trip_s, Status.OK, 3.92, 2, 1) for trip_s in (0.06, 0.031, 0.043))
STATE = NodeState("F0:18:00:00:00:01", INFO, ANSWERS, 244, -58)


def test_a_node_is_described_line_by_line() -> None:
    assert node_text(STATE, "0.1.0").splitlines() == [
        "ToeNode (F0:18:00:00:00:01)",
        "  firmware      0.1.0, as this program brings it",
        "  kind          pad",
        "  board         XIAO nRF52840 Sense, chip 010203040506",
        "  converter     HX711",
        "  cells         toes, heel",
        "  force         92.5 samples/s, nominal",
        "  motion        104.0 samples/s, nominal",
        "  battery       3.92 V",
        "  signal        -58 dBm, strong",
        "  round trip    43 ms, median of 3; 31 ms at best",
        "  radio packet  244 bytes",
        "  dropped       2 force and 1 motion frames since its start",
    ]


def test_what_is_not_there_or_not_known_is_said_and_troubles_come_last() -> None:
    bare = replace(INFO, force_rate_hz=0.0, imu_rate_hz=0.0, cells=(), converter="none", name="")
    status = Status.LOW_BATTERY | Status.IMU_FAULT
    poor = NodeState("F0", bare, (Answer(0.05, status, None, 0, 0),), 97, None)
    text = node_text(poor, "0.2.0")
    rows = text.splitlines()
    assert rows[0] == "without a name (F0)"
    assert "0.1.0; this program brings 0.2.0: footspring node install" in text
    assert rows[5:8] == ["  cells         none", "  force         none", "  motion        none"]
    assert "  battery       battery LOW" in rows
    assert "  signal        not known" in rows
    assert rows[-2:] == [
        "  trouble       the inertial sensor does not answer",
        "  trouble       the battery is low: charge it",
    ]


def test_firmware_that_is_newer_is_not_to_be_replaced() -> None:
    row = node_text(STATE, "0.0.9").splitlines()[1]
    assert row == "  firmware      0.1.0, newer than the 0.0.9 that this program brings"
    assert "newer" in node_text(replace(STATE, info=replace(INFO, firmware="0.10.0")), "0.9.0")


def test_the_object_says_the_same_with_units_in_its_names() -> None:
    told = json.loads(json.dumps(node_object(STATE, "0.1.0")))
    assert (told["name"], told["battery_v"], told["signal_dbm"]) == ("ToeNode", 3.92, -58)
    assert (told["round_trip_s"], told["least_round_trip_s"]) == (0.043, 0.031)
    assert (told["force_rate_hz"], told["cells"]) == (92.5, ["toes", "heel"])
    assert told["troubles"] == []
