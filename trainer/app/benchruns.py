"""What reading watch files costs: a thousand FIT files into the diary, beside the decoder alone.

The files are one made-up run without positions, each at another time; what is measured is reading
and storing them, from a folder into an empty library.
"""

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


def _timed(step: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    step()
    return time.perf_counter() - began_s
