"""The parts of `footspring node`, and the order that an installation becomes."""

from pathlib import Path

import pytest

from trainer.cli.main import build_parser, main
from trainer.cli.node import install_order
from trainer.nodekit.choice import NodeChoice


@pytest.mark.parametrize("part", ["scan", "info", "rename", "blink", "install"])
def test_every_part_has_its_help(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["node", part, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: footspring node {part}")


def test_an_installation_is_ordered_as_it_was_typed() -> None:
    typed = "node install /media/pi/CIRCUITPY --cells toes,heel --converter nau7802 --name Left"
    order = install_order(build_parser().parse_args(typed.split()))
    assert order.folder == Path("/media/pi/CIRCUITPY")
    assert order.choice == NodeChoice(("toes", "heel"), "nau7802")
    assert order.name == "Left"
    plain = install_order(build_parser().parse_args(["node", "install"]))
    assert (plain.folder, plain.choice, plain.name) == (None, None, None)


def test_a_name_that_is_too_long_is_refused_with_its_bytes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["node", "rename", "FootNode", "FootNode2"])
    assert end.value.code == 2
    assert "9 bytes; give 1 to 8 bytes" in capsys.readouterr().err
