"""The golden vectors of the node, on this Python; `make test-firmware` adds a MicroPython."""

from pathlib import Path

from tests.unit.firmware.fakes import Rig
from tests.vectors import noderun
from tests.vectors.vectorcheck import check_all

VECTORS = Path(__file__).parents[2] / "vectors"


def _check(said: list[str]) -> list[str]:
    frames, others, golden = (
        (VECTORS / name).read_text("utf-8") for name in ("frames.json", "node.json", "noderun.txt")
    )
    return check_all(frames, others, said, golden)


def _run() -> list[str]:
    return noderun.run_node(Rig("", noderun.SEED, noderun.START_US, noderun.SLOTS))


def test_every_vector_and_the_whole_run_are_as_they_were() -> None:
    # A node that shall say something else: python -m scripts.firmware build/firmware --write
    lines = _check(_run())
    assert len(lines) > 50
    assert [line for line in lines if not line.startswith("ok ")] == []


def test_a_byte_that_differs_is_told_by_its_line() -> None:
    said = _run()
    said[7] = "00" + said[7][2:]
    failed = [line for line in _check(said) if not line.startswith("ok ")]
    assert len(failed) == 1
    assert failed[0].startswith("FAILED node: a whole run: line 7:")


def test_a_run_that_ends_early_is_told() -> None:
    assert "instead of" in _check(_run()[:-1])[-1]
