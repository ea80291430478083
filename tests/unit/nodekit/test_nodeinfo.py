"""What a node says of itself, byte by byte."""

import pytest

from trainer.core.packets import Status
from trainer.nodekit.nodeinfo import parse_answer, parse_info
from trainer.wire import footwire

CHIP = b"\xaa\1\2\3\4\5"


def test_what_is_not_known_to_this_version_is_told_by_its_number() -> None:
    data = footwire.encode_info(((1, 2, 3), 7, 9, 8, CHIP, 905, 0, [2, 77, 0], "A"))
    info = parse_info(data, "who")
    assert (info.kind, info.board, info.converter) == ("unknown (7)", "unknown (9)", "unknown (8)")
    assert info.cells == ("toes", "unknown (77)", "unknown (0)")
    assert (info.force_rate_hz, info.imu_rate_hz, info.firmware) == (90.5, 0.0, "1.2.3")
    assert info.chip == "aa0102030405"


def test_an_answer_is_timed_without_what_the_node_took() -> None:
    data = footwire.encode_report((32, 5, 1_000_000, 1_010_000, 3405, 7, 65535, 3))
    answer = parse_answer(data, 5, 10.0, 10.05)
    assert answer is not None
    assert answer.round_trip_s == pytest.approx(0.04)
    assert answer.status == Status.LOW_BATTERY
    assert (answer.battery_v, answer.force_dropped, answer.imu_dropped) == (3.405, 7, 65535)


def test_an_answer_to_another_ping_and_damaged_bytes_are_none() -> None:
    data = footwire.encode_report((0, 5, 0, 0, 0, 0, 0, 0))
    assert parse_answer(data, 6, 0.0, 1.0) is None
    assert parse_answer(data[:-1] + b"\0", 5, 0.0, 1.0) is None
    found = parse_answer(data, 5, 0.0, 1.0)
    assert found is not None
    assert found.battery_v is None
