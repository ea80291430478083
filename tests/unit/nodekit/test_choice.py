"""What a node shall be."""

import tomllib
from collections.abc import Callable
from itertools import permutations, product

import pytest
from footnode.options import Options

from trainer.core.errors import UsageError
from trainer.nodekit.choice import KINDS, MOST_CELLS, NodeChoice, converter_in, settings_text
from trainer.wire import footwire

CELLS = [(), ("toes",), ("hallux", "toes"), ("toes", "toes"), footwire.ROLES[1:5]]
AXES = [
    " ".join(sign + axis for sign, axis in zip(signs, order, strict=True))
    for order in permutations("xyz")
    for signs in product(("+", "-", ""), repeat=3)
]


def _does_firmware_take(choice: dict[str, object]) -> bool:
    try:
        Options(choice.get)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("converter", MOST_CELLS)
@pytest.mark.parametrize("cells", CELLS)
def test_the_firmware_takes_exactly_the_cells_that_can_be_chosen(
    cells: tuple[str, ...], converter: str
) -> None:
    settings: dict[str, object] = {"FOOT_CELLS": ",".join(cells), "FOOT_CONVERTER": converter}
    try:
        choice = NodeChoice(cells, converter)
    except UsageError:
        # Without a converter the firmware does not look at cells.
        assert converter == "none" or not _does_firmware_take(settings)
    else:
        assert _does_firmware_take(tomllib.loads(settings_text(b"", choice).decode()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_firmware_takes_every_kind(kind: str) -> None:
    text = settings_text(b"", NodeChoice(kind=kind, has_imu=False))
    assert _does_firmware_take(tomllib.loads(text.decode()))


def test_the_firmware_takes_exactly_the_axes_that_can_be_chosen() -> None:
    taken = 0
    for axes in [*AXES, "+x +x +z", "x y", ""]:
        try:
            NodeChoice(imu_axes=axes)
        except UsageError:
            assert not _does_firmware_take({"FOOT_IMU_AXES": axes})
        else:
            taken += 1
            assert _does_firmware_take({"FOOT_IMU_AXES": axes})
    assert taken == len(AXES) // 2


@pytest.mark.parametrize(
    "choose",
    [
        lambda: NodeChoice(kind="towel"),
        lambda: NodeChoice(converter="ads1220"),
        lambda: NodeChoice(cells=("little toe",)),
    ],
)
def test_what_the_firmware_does_not_know_is_refused_with_what_it_knows(
    choose: Callable[[], NodeChoice],
) -> None:
    with pytest.raises(UsageError, match="Choose one of"):
        choose()


def test_cells_that_do_not_fit_are_refused_with_what_does() -> None:
    with pytest.raises(UsageError, match="it takes 1 to 2 different ones"):
        NodeChoice(("hallux", "toes", "heel"))


def test_settings_keep_what_is_not_ours() -> None:
    before = b'WIFI = "x" # mine\r\nFOOT_KIND = "balance"\n  FOOT_CELLS="heel"\n\n[table]\na = 1\n'
    text = settings_text(before, NodeChoice(("toes", "heel")))
    assert text.endswith(b'WIFI = "x" # mine\r\n\n[table]\na = 1\n')
    assert tomllib.loads(text.decode()) == {
        "FOOT_KIND": "pad",
        "FOOT_CONVERTER": "hx711",
        "FOOT_CELLS": "toes,heel",
        "FOOT_IMU": "yes",
        "FOOT_IMU_AXES": "+x +y +z",
        "WIFI": "x",
        "table": {"a": 1},
    }


def test_settings_written_twice_are_the_same() -> None:
    once = settings_text(b'OTHER = "\xff"\n', NodeChoice())
    assert settings_text(once, NodeChoice()) == once


def test_the_converter_is_read_back() -> None:
    choice = NodeChoice(footwire.ROLES[1:5], "nau7802")
    assert converter_in(settings_text(b"", choice)) == "nau7802"
    assert converter_in(b"") == "hx711"
