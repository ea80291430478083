"""What the stages cost per sample, from single samples to a whole recording at once.

The path is calibration, low-pass, band-pass and difference (the bank), tare and hysteresis (the
detector); its floors are a plain copy and public sosfilt calls, its peers one stage of others.
"""

import json
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from scipy.signal import butter, sosfilt

from calibration import Calibration
from trainer.app import peerstage
from trainer.app.figures import Figure
from trainer.app.stopwatch import best_s
from trainer.core.arrays import FloatArray
from trainer.core.block import Block
from trainer.core.packets import StreamInfo
from trainer.core.settings import DetectionSettings
from trainer.detect.holds import HoldDetector
from trainer.signal.bank import BAND_HZ, LOWPASS_HZ, FilterBank
from trainer.signal.guard import Guard

BLOCK: Final = 8
SIZES: Final = (1, 4, 8, 16, 80, 800, 72_000)
"""Samples in a block: of a radio's smallest packet, ours, a second, ten, and fifteen minutes."""

GRID_HZ: Final = 80.0
SAMPLES: Final = 4000
"""Least samples that a block size is measured on: 50 s at 80 Hz."""

NANO: Final = "ns per sample and channel"
LONGEST_PEERS_S: Final = 120.0

Peers = Mapping[str, Mapping[str, object]]
"""What peerstage.py printed, by peer."""


def measure_blocks(
    info: StreamInfo, calibration: Calibration, python: Path | None
) -> Iterator[Figure]:
    """Measure the path by block size; `python` is an interpreter that has the peers."""
    time_s = np.arange(SAMPLES) / GRID_HZ
    half = np.where(time_s < time_s[-1] / 2, 0.0, 1.0)
    waves = np.clip(np.sin(time_s * 2 * np.pi / 4), 0, None)
    bench = _Bench(info, calibration)
    path_us = 0.0
    for name, shape in (
        ("whole path, 8 samples x 4 channels, half at rest and half in a hold", half),
        ("the same, with a hold that ends and is settled every 4 s", waves),
    ):
        blocks = bench.blocks(40 * shape, BLOCK)
        path_s, floor_s = best_s((partial(bench.path, blocks), partial(bench.sosfilt, blocks)))
        yield Figure(
            name,
            1e6 * path_s / len(blocks),
            "us",
            "one public sosfilt call, same block",
            1e6 * floor_s / len(blocks),
            limit="12 us, and a third of that call",
        )
        if shape is half:
            path_us = 1e6 * path_s / len(blocks)
    yield from _guard_figures(bench, 40 * half)
    for size in SIZES:
        yield from _figures_of_size(bench, size)
    yield _whole_figure(bench)
    yield from measure_peers(path_us, run_peers(python) if python else None)


def run_peers(python: Path) -> Peers:
    """Return what the peers' interpreter measured, or why nothing, as `missing` of all."""
    command = [str(python), str(Path(peerstage.__file__)), *map(str, SIZES)]
    try:
        done = subprocess.run(  # noqa: S603 - an interpreter that the caller names
            command, capture_output=True, text=True, timeout=LONGEST_PEERS_S, check=True
        )
        found: Peers = json.loads(done.stdout.splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
        return {name: {"missing": f"{python}: {error}"} for name in peerstage.PEERS}
    return found


class _Bench:
    """The stages and what they are held against, on one pad."""

    def __init__(self, info: StreamInfo, calibration: Calibration) -> None:
        self._info = info
        self._calibration = calibration
        self._bank = FilterBank(calibration, GRID_HZ)
        self._detector = HoldDetector(DetectionSettings(), GRID_HZ)
        self._low = butter(2, LOWPASS_HZ, fs=GRID_HZ, output="sos")
        self._band = butter(2, BAND_HZ, "bandpass", fs=GRID_HZ, output="sos")

    def blocks(self, toes_n: FloatArray, size: int) -> list[Block]:
        """Return blocks of raw counts in which both toe cells carry (n,) newtons, and noise."""
        rng = np.random.default_rng(1)
        counts = self._calibration.zero() + rng.normal(0, 300, (len(toes_n), 4))
        counts[:, :2] += toes_n[:, None] / np.diag(self._calibration.matrix())[:2]
        time_s = np.arange(len(toes_n)) / GRID_HZ
        quality = np.zeros(len(toes_n), dtype=np.uint8)
        cuts = [slice(first, first + size) for first in range(0, len(toes_n), size)]
        return [
            Block(self._info, cut.start, time_s[cut], counts[cut], quality[cut], cut.start == 0)
            for cut in cuts
        ]

    def path(self, blocks: Sequence[Block]) -> None:
        self._bank.reset()
        self._detector.reset()
        for block in blocks:
            self._detector.push(self._bank.push(block))

    def bank(self, blocks: Sequence[Block]) -> None:
        self._bank.reset()
        for block in blocks:
            self._bank.push(block)

    def guard(self, blocks: Sequence[Block]) -> None:
        guard = Guard(self._calibration)
        for block in blocks:
            guard.push(block)

    def sosfilt(self, blocks: Sequence[Block]) -> None:
        """Filter with the band-pass alone, rows in the order that costs least."""
        rows = np.ascontiguousarray(blocks[0].data.T)
        state = np.zeros((len(self._band), len(rows), 2))
        for _ in blocks:
            sosfilt(self._band, rows, axis=-1, zi=state)

    def both_filters(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            for sections in (self._low, self._band):
                state = np.zeros((len(sections), 2, block.data.shape[1]))
                sosfilt(sections, block.data, axis=0, zi=state)

    def copy(self, blocks: Sequence[Block]) -> None:
        room = np.empty_like(blocks[0].data)
        for block in blocks:
            np.copyto(room[: len(block.data)], block.data)


def _figures_of_size(bench: _Bench, size: int) -> Iterator[Figure]:
    count = max(SAMPLES, size)
    time_s = np.arange(count) / GRID_HZ
    blocks = bench.blocks(40 * np.clip(np.sin(time_s * 2 * np.pi / 4), 0, None), size)
    tasks: tuple[Callable[[], object], ...] = tuple(
        partial(task, blocks) for task in (bench.path, bench.bank, bench.sosfilt, bench.copy)
    )
    path, bank, filtered, copied = (1e9 * took / (count * 4) for took in best_s(tasks))
    floor = "one public sosfilt call, 4-12 Hz"
    yield Figure(f"whole path, blocks of {size}, a hold every 4 s", path, NANO, floor, filtered)
    yield Figure(f"its filter bank alone, blocks of {size}", bank, NANO, "copyto", copied)


def _whole_figure(bench: _Bench) -> Figure:
    blocks = bench.blocks(np.zeros(SIZES[-1]), SIZES[-1])
    bank_s, floor_s = best_s((partial(bench.bank, blocks), partial(bench.both_filters, blocks)), 15)
    return Figure(
        f"filter bank over {SIZES[-1]} samples x 4 channels at once",
        1e3 * bank_s,
        "ms",
        "public sosfilt of the same sections, whole array",
        1e3 * floor_s,
        limit="ratio at most 3, go for 1.5",
    )


def _guard_figures(bench: _Bench, toes_n: FloatArray) -> Iterable[Figure]:
    blocks = bench.blocks(toes_n, BLOCK)
    (guard_s,) = best_s((partial(bench.guard, blocks),))
    yield Figure(
        "guard against glitches, 8 samples x 4 channels", 1e6 * guard_s / len(blocks), "us"
    )


def measure_peers(path_us: float, peers: Peers | None) -> Iterator[Figure]:
    """Yield the path beside one stage of each peer, and what could not be measured."""
    if peers is None:
        peers = {name: {"missing": "no --peers PYTHON was given"} for name in peerstage.PEERS}
    for name, found in peers.items():
        ns = found.get("ns")
        if not isinstance(ns, dict):
            yield Figure(f"{name}, one band-pass", None, NANO, note=str(found.get("missing")))
            continue
        yield Figure(
            f"whole path beside {name}, {BLOCK} samples x 4 channels",
            path_us,
            "us",
            f"one band-pass of {name}",
            1e-3 * ns[str(BLOCK)] * BLOCK * peerstage.CHANNELS,
            limit="ratio below 1",
        )
        for size in SIZES:
            label = f"{name} {found['version']}, one band-pass, blocks of {size}"
            yield Figure(label, ns[str(size)], NANO)
