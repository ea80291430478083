"""The benchmark measures what it names, and says what it could not measure."""

import json
import sys
from pathlib import Path

import pytest

from trainer.app import peerstage
from trainer.app.benchblocks import SIZES, measure_peers, run_peers
from trainer.app.benchradio import measure_radio
from trainer.app.figures import as_text
from trainer.app.stopwatch import best_s
from trainer.core.arrays import FloatArray


def write_interpreter(folder: Path, *lines: str) -> Path:
    """Return a stand-in for an interpreter, which says `lines` whatever it is asked."""
    path = folder / "python"
    path.write_text("#!/bin/sh\n" + "\n".join(f"echo '{line}'" for line in lines) + "\n")
    path.chmod(0o755)
    return path


def test_the_best_of_interleaved_rounds_is_kept() -> None:
    order: list[str] = []
    found = best_s((lambda: order.append("a"), lambda: order.append("b")), 3)
    assert order == ["a", "b"] * 3
    assert all(0 <= seconds < 1 for seconds in found)


def test_the_best_of_a_stage_is_per_sample_and_channel() -> None:
    shapes: list[tuple[int, ...]] = []

    def make(samples: FloatArray) -> peerstage.Step:
        shapes.append(samples.shape)
        return lambda: None

    found = peerstage.measure(make, [1, 16])
    assert shapes == [(1, 4), (16, 4)]
    assert found["16"] < found["1"]


def test_a_peer_that_is_not_there_is_said_and_not_faked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert peerstage.main([1]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == set(peerstage.PEERS)
    assert all("missing" in found or found["ns"]["1"] > 0 for found in said.values())


def test_peers_are_measured_by_the_interpreter_that_has_them(tmp_path: Path) -> None:
    ns = {str(size): 100.0 for size in SIZES}
    answer = {"BrainFlow": {"version": "5", "ns": ns}, "timeflux_dsp": {"missing": "not installed"}}
    peers = run_peers(write_interpreter(tmp_path, "a warning", json.dumps(answer)))
    assert peers == answer
    text = as_text(list(measure_peers(2.0, peers)))
    assert "whole path beside BrainFlow, 8 samples x 4 channels: 2 us" in text
    assert "one band-pass of BrainFlow: 3.2; ratio 0.62" in text
    assert "timeflux_dsp, one band-pass: not measured (not installed)" in text
    assert "BrainFlow 5, one band-pass, blocks of 72000: 100 ns" in text


@pytest.mark.parametrize("lines", [(), ("no JSON",)])
def test_an_interpreter_that_says_nothing_of_use_is_no_reason_to_fail(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    for python in (write_interpreter(tmp_path, *lines), tmp_path / "none", Path(sys.prefix)):
        peers = run_peers(python)
        assert set(peers) == set(peerstage.PEERS)
        assert all("missing" in found for found in peers.values())


def test_without_an_interpreter_every_peer_is_said_to_be_missing() -> None:
    text = as_text(list(measure_peers(2.0, None)))
    assert [line.split(",")[0] for line in text.splitlines()] == list(peerstage.PEERS)
    assert text.count("not measured (no --peers PYTHON was given)") == len(peerstage.PEERS)


def test_decoding_from_the_radio_is_measured_beside_its_floor() -> None:
    [figure] = measure_radio()
    assert figure.value is not None
    assert figure.floor_value is not None
    # Reading a frame costs more than its checksum, and less than a whole core.
    assert figure.floor_value < figure.value < 100.0
