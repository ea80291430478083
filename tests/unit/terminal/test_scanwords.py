"""What a scan says, and what it proposes to type."""

from dataclasses import replace

import pytest

from tests.unit.terminal.nearby import NODE, SCALE, STRANGER
from trainer.terminal.scanwords import Wants, ago_words, hints, name_words, signal_words
from trainer.wire.weightscale import WEIGHTSCALE

TWIN = replace(NODE, is_namesake=True)
OTHER_TWIN = replace(TWIN, address="F0:18:00:00:00:02")


def test_a_node_is_proposed_to_train_with_by_its_name() -> None:
    assert hints([SCALE, NODE], Wants()) == [
        "to train with it:  footspring run --source ble:ToeNode",
        "more about it:     footspring node info ToeNode",
    ]


def test_a_scan_for_nodes_tells_first_how_to_learn_more() -> None:
    assert hints([NODE], Wants(is_nodes_only=True))[0].endswith("footspring node info ToeNode")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Toe Node", "'ble:Toe Node'"),
        ("$(reboot)", "'ble:$(reboot)'"),
        ("", "ble:F0:18:00:00:00:01"),
        ("a\nb", "ble:F0:18:00:00:00:01"),
    ],
)
def test_what_is_proposed_can_be_pasted_whatever_the_name(name: str, called: str) -> None:
    found = hints([replace(NODE, name=name)], Wants())
    assert found[0] == f"to train with it:  footspring run --source {called}"


def test_namesakes_are_called_by_their_address() -> None:
    found = hints([TWIN, OTHER_TWIN], Wants())
    assert found[0].endswith("--source ble:F0:18:00:00:00:01")
    assert found[-1].endswith("or footspring node rename F0:18:00:00:00:01 NEW.")
    assert len(found) == 3


def test_namesakes_of_another_maker_cannot_be_renamed_here() -> None:
    found = hints([replace(SCALE, is_namesake=True)], Wants())
    assert found[-1].startswith("* another device")
    assert "rename" not in found[-1]


def test_what_is_gone_or_gives_no_curve_is_proposed_last() -> None:
    gone = replace(NODE, ago_s=30.0)
    weights = replace(SCALE, name="Weights", dialect=WEIGHTSCALE)
    assert "ble:IF_B7" in hints([gone, weights, SCALE], Wants())[0]


def test_where_nothing_is_heard_it_says_what_to_do() -> None:
    (silence,) = hints([], Wants())
    assert "Switch it on" in silence
    assert "foot node" in hints([], Wants(is_nodes_only=True))[0]
    assert hints([STRANGER], Wants())[1] == "1 device of an unknown kind is near: --all lists it."
    assert "2 of unknown kinds are" in hints([STRANGER, STRANGER], Wants())[1]
    assert len(hints([STRANGER], Wants(is_all=True))) == 1


def test_a_device_that_cannot_be_used_as_it_is_says_why() -> None:
    assert hints([replace(SCALE, trouble="Press its button.")], Wants())[-1] == "Press its button."


def test_a_name_that_would_steer_the_terminal_is_shown_harmless() -> None:
    assert name_words(replace(NODE, name="\x1b[2Jx")) == "?[2Jx"
    assert name_words(STRANGER) == "without a name"


@pytest.mark.parametrize(("ago_s", "words"), [(0.4, "now"), (3.2, "3 s"), (185.0, "3 min")])
def test_how_long_ago_a_device_was_heard(ago_s: float, words: str) -> None:
    assert ago_words(replace(NODE, ago_s=ago_s)) == words


def test_a_signal_has_a_figure_and_a_word() -> None:
    assert signal_words(NODE) == "-52 dBm strong"
    assert signal_words(replace(NODE, signal_dbm=None)) == "signal unknown"
