"""What `analyse` costs on stored recordings, reading included, and how much memory it takes."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from calibration import Calibration
from trainer.app.figures import Figure
from trainer.app.review import review
from trainer.app.stopwatch import best_s
from trainer.core.arrays import FloatArray
from trainer.recording.stored import load_recording
from trainer.timing.assemble import Assembler

COPIES: Final = 8
"""Of a recording of 15 minutes: two hours."""

_ANALYSE: Final = """
import sys
from trainer.cli.main import main
status = main()
with open("/proc/self/status") as file:
    print(next(line for line in file if line.startswith("VmHWM")).split()[1], file=sys.stderr)
raise SystemExit(status)
"""
"""The command, and then the most memory that it held, kB. What wait4 tells of a child is at least
what its parent held, and so of no use here."""


def measure_analyse(own: Path, calibration: Calibration, folder: Path) -> Iterator[Figure]:
    """Measure the analysis of an own recording, of its samples as CSV, and of two hours."""
    samples = _newtons(own, calibration)
    plain = folder / "bench.csv"
    _write_csv(plain, samples, calibration.channels)
    stream_s = float(samples[-1, 0] - samples[0, 0])
    for name, path in (("plain CSV", plain), ("an own recording", own)):
        (took_s,) = best_s((partial(_analyse, path),))
        yield Figure(
            f"analyse {stream_s / 60:.0f} min of four cells from {name}, reading included",
            stream_s / took_s,
            "x real time",
            limit="10000 x real time",
        )
    long = folder / "long.csv"
    _write_csv(long, _repeated(samples), calibration.channels)
    short_mb, peak_mb = _peak_mb(plain), _peak_mb(long)
    yield Figure(
        f"peak memory of analysing {COPIES * stream_s / 3600:.1f} h of four cells from CSV, "
        f"{long.stat().st_size / 1e6:.0f} MB",
        peak_mb,
        "MB",
        "the same of 15 min",
        short_mb,
        note="" if peak_mb is not None else "this system does not tell",
    )


def _analyse(path: Path) -> None:
    review(path).to_json()


def _newtons(own: Path, calibration: Calibration) -> FloatArray:
    """Return (n, 1 + cell): stamps and newtons of an own recording."""
    recording = load_recording(own)
    assembled = Assembler(recording.streams[0]).push(recording.packets)
    time_s = np.concatenate([block.time_s for block in assembled.blocks])
    counts = np.concatenate([block.data for block in assembled.blocks])
    return np.column_stack([time_s, calibration.to_newton(counts)])


def _repeated(samples: FloatArray) -> FloatArray:
    length_s = samples[-1, 0] - samples[0, 0] + 1 / 80
    copies = np.tile(samples, (COPIES, 1))
    copies[:, 0] += length_s * np.repeat(np.arange(COPIES), len(samples))
    return copies


def _write_csv(path: Path, samples: FloatArray, channels: tuple[str, ...]) -> None:
    header = ",".join(["t_s", *(f"{role}_n" for role in channels)])
    np.savetxt(path, samples, "%.4f", ",", header=header, comments="")


def _peak_mb(path: Path) -> float | None:
    """Return the most memory that the command held, in a process of its own; None if untold."""
    command = [sys.executable, "-c", _ANALYSE, "analyse", str(path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    lines = done.stderr.split()
    return int(lines[-1]) / 1024 if lines and lines[-1].isdecimal() else None
