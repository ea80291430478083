"""A folder that watch files come into: each is read once it has stood still for a while.

A file that is still being copied or synchronised grows; two seconds without a change end that.
One that was cut off is told, and read again when it changes.
"""

import queue
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from trainer.app.runfiles import Collection, is_run_file
from trainer.app.running import Importer, tally_lines
from trainer.app.runs import Tell, opened
from trainer.app.runshelf import RunShelf
from trainer.core.clock import SystemClock
from trainer.core.errors import UsageError
from trainer.core.texts import tr

QUIET_S: Final = 2.0
"""Copying programs write at least once a second."""
_LOOK_S: Final = 0.25
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Arrivals:
    """Which files have come and stood still; time is handed in."""

    def __init__(self, quiet_s: float = QUIET_S) -> None:
        self._quiet_s = quiet_s
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}

    def note(self, path: Path, at_s: float) -> None:
        """Take that something happened to a file."""
        if is_run_file(path.name) or path.suffix.lower() == ".zip":
            self._seen[path] = ((-1, -1), at_s)

    def take(self, at_s: float) -> tuple[Path, ...]:
        """Return the files that have stood still, each once, in order of their names."""
        ready: list[Path] = []
        for path, (before, since_s) in list(self._seen.items()):
            try:
                facts = path.stat()
            except OSError:
                # Renamed or removed before it was whole: its new name is told on its own.
                del self._seen[path]
                continue
            now = (facts.st_size, facts.st_mtime_ns)
            if now != before:
                self._seen[path] = (now, at_s)
            elif at_s - since_s >= self._quiet_s:
                del self._seen[path]
                ready.append(path)
        return tuple(sorted(ready))


class _Listener(FileSystemEventHandler):
    def __init__(self, heard: "queue.SimpleQueue[Path]") -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type in {"deleted", "opened", "closed_no_write"}:
            return
        for name in (event.src_path, event.dest_path):
            if name:
                self._heard.put(Path(str(name)))


def watch_folder(athlete: str | None, folder: Path, tell: Tell) -> int:
    """Read what lies in a folder and what comes into it, until a signal."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder. Name the one that the watch's files come into.")
    stop = threading.Event()
    heard: queue.SimpleQueue[Path] = queue.SimpleQueue()
    observer = Observer()
    with opened(athlete) as (shelf, _), _until_signal(stop):
        # Listening first: what comes during the first reading is not missed.
        observer.schedule(_Listener(heard), str(folder), recursive=True)
        observer.start()
        try:
            _read(shelf, [folder], tell)
            tell(tr("watching {folder}; Ctrl-C ends it").format(folder=folder))
            _watch(shelf, heard, stop, tell)
        finally:
            observer.stop()
            observer.join()
    return 0


def _watch(
    shelf: RunShelf, heard: "queue.SimpleQueue[Path]", stop: threading.Event, tell: Tell
) -> None:
    arrivals, clock = Arrivals(), SystemClock()
    while not stop.wait(_LOOK_S):
        while not heard.empty():
            arrivals.note(heard.get(), clock.monotonic_s())
        ready = arrivals.take(clock.monotonic_s())
        if ready:
            _read(shelf, ready, tell)


def _read(shelf: RunShelf, paths: list[Path] | tuple[Path, ...], tell: Tell) -> None:
    importer = Importer(shelf, SystemClock())
    with Collection() as collection:
        for path in paths:
            collection.add(path)
        importer.take_all(collection, lambda _done, _total, _where: None)
    for line in tally_lines(importer.tally):
        tell(line)


@contextmanager
def _until_signal(stop: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # Python hands signals to the main thread only
        return

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    before = {number: signal.signal(number, hear) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
