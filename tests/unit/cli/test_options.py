"""Arguments: what is taken, and what is refused with the limit."""

import argparse
from collections.abc import Callable

import pytest

from trainer.cli import options


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (options.speed, "max", None),
        (options.speed, "1", 1.0),
        (options.speed, "0.01", 0.01),
        (options.speed, "1e4", 10_000.0),
        (options.newton, "92.5", 92.5),
        (options.newton, "5000", 5000.0),
        (options.tolerance, "0", 0.0),
        (options.tolerance, "2.5", 2.5),
        (options.hold_range, "1:10", (1, 10)),
        (options.hold_range, "7:7", (7, 7)),
        (options.count, "1", 1),
        (options.count, "1000", 1000),
        (options.seed, "0", 0),
        (options.seed, "123456789012345678901234567890", 123456789012345678901234567890),
        (options.name, "  Zoë   Müller ", "Zoë Müller"),
        (options.name, "x" * 60, "x" * 60),
    ],
)
def test_what_is_meant_is_taken(kind: Callable[[str], object], text: str, value: object) -> None:
    assert kind(text) == value


@pytest.mark.parametrize(
    ("kind", "text", "limit"),
    [
        (options.speed, "fast", "0.01 to 10000"),
        (options.speed, "0", "0.01 to 10000"),
        (options.speed, "-1", "0.01 to 10000"),
        (options.speed, "nan", "'max'"),
        (options.speed, "inf", "'max'"),
        (options.tolerance, "-1", "from 0 on"),
        (options.tolerance, "nan", "from 0 on"),
        (options.tolerance, "inf", "from 0 on"),
        (options.tolerance, "x", "from 0 on"),
        (options.hold_range, "3", "as in 3:12"),
        (options.hold_range, "3:", "as in 3:12"),
        (options.hold_range, "-1:3", "as in 3:12"),
        (options.hold_range, "1:2:3", "as in 3:12"),
        (options.hold_range, "0:3", "from 1 to 100000"),
        (options.hold_range, "5:3", "the first not after the last"),
        (options.seconds, "0", "above 0 and up to 3600"),
        (options.seconds, "3601", "above 0 and up to 3600"),
        (options.seconds, "inf", "up to 3600"),
        (options.seconds, "soon", "seconds"),
        (options.newton, "0", "above 0 and up to 5000"),
        (options.newton, "5001", "above 0 and up to 5000"),
        (options.newton, "nan", "above 0"),
        (options.newton, "9.8 N", "newtons"),
        (options.count, "0", "1 to 1000"),
        (options.count, "1001", "1 to 1000"),
        (options.count, "3.0", "whole number"),
        (options.count, "²", "whole number"),
        (options.count, "", "whole number"),
        (options.seed, "-1", "from 0 on"),
        (options.seed, "x", "whole number"),
        (options.node_name, "", "1 to 8 bytes"),
        (options.node_name, "FootNode2", "9 bytes"),
        (options.node_name, "Füßchen", "9 bytes"),
        (options.node_name, " Toe", "no space"),
        (options.node_name, "a\x07b", "can be shown"),
        (options.name, "", "1 to 60"),
        (options.name, "   ", "1 to 60"),
        (options.name, "x" * 61, "1 to 60"),
        (options.name, "a\x1b[31mb", "can be shown"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_value_and_limit(
    kind: Callable[[str], object], text: str, limit: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as raised:
        kind(text)
    assert repr(text) in str(raised.value)
    assert limit in str(raised.value)
