"""What reading watch files costs: a thousand FIT files into the diary, beside the decoder alone.

The files are one made-up run without positions, each at another time; what is measured is reading
and storing them, from a folder into an empty library. Memory is that of processes of their own.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from trainer.app.figures import Figure
from trainer.app.running import import_paths
from trainer.app.runshelf import RunShelf
from trainer.core.clock import SystemClock
from trainer.core.folders import Folders
from trainer.library.library import open_library
from trainer.running.fit import decode_alone
from trainer.running.fitwriter import Written, write_fit

FILES: Final = 1000
RECORDS: Final = 600
"""A record a second for ten minutes; watches that record by need write about as many an hour."""
_ATHLETE: Final = "bench"
_HELD: Final = """
with open("/proc/self/status") as file:
    print(next(line for line in file if line.startswith("VmHWM")).split()[1], file=sys.stderr)
"""
_IMPORT: Final = f"""
import sys
from trainer.cli.main import main
main(["runs", "import", sys.argv[1], "--athlete", "{_ATHLETE}"])
{_HELD}"""
_DECODE: Final = f"""
import pathlib, sys
from trainer.running.fit import decode_alone
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    decode_alone(path.read_bytes())
{_HELD}"""


def measure_runs(files: int = FILES, records: int = RECORDS) -> tuple[Figure, ...]:
    """Return files per second of an import and of a second one, beside the decoder alone."""
    with tempfile.TemporaryDirectory(prefix="footspring-bench-") as name:
        place = Path(name)
        watch = place / "watch"
        watch.mkdir()
        paths = _write(watch, files, records)
        floor_s = _timed(lambda: [decode_alone(path.read_bytes()) for path in paths])
        folders = Folders(place / "data", place / "config")
        first_s, stored = _import(folders, watch)
        again_s, still = _import(folders, watch)
        import_mb, decode_mb = (_peak_mb(code, watch, place / "own") for code in (_IMPORT, _DECODE))
    assert stored == still == files, "an import lost a run or kept one twice"
    note = f"{files} files of {records} records"
    return (
        Figure(
            "import of FIT files",
            files / first_s,
            "files/s",
            "fitdecode alone",
            files / floor_s,
            note=note,
        ),
        Figure("the same files again", files / again_s, "files/s", note="known by their hash"),
        Figure(
            "peak memory of the import",
            import_mb,
            "MB",
            "fitdecode alone",
            decode_mb,
            note=note if import_mb is not None else "this system does not tell",
        ),
    )


def _write(folder: Path, files: int, records: int) -> list[Path]:
    usual = Written(seconds=records, metres=3.0 * records)
    paths: list[Path] = []
    for place in range(files):
        path = folder / f"{place:05}.fit"
        path.write_bytes(write_fit(replace(usual, start=usual.start - timedelta(days=place))))
        paths.append(path)
    return paths


def _import(folders: Folders, watch: Path) -> tuple[float, int]:
    began_s = time.perf_counter()
    with open_library(folders) as library:
        shelf = RunShelf(library.diary, _ATHLETE)
        import_paths(shelf, SystemClock(), [watch], lambda _done, _total, _where: None)
        count = len(shelf.runs())
    return time.perf_counter() - began_s, count


def _peak_mb(code: str, watch: Path, own: Path) -> float | None:
    """Return the most memory that code held over the files, in a process of its own."""
    folders = {"XDG_DATA_HOME": str(own / "data"), "XDG_CONFIG_HOME": str(own / "config")}
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(watch)],
        env={**os.environ, **folders},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stderr.split()
    return int(lines[-1]) / 1024 if lines and lines[-1].isdecimal() else None


def _timed(step: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    step()
    return time.perf_counter() - began_s
