"""A folder that watch files come into: each is read once it is whole.

A file that was cut off is told, and read again when it changes. The folder itself is locked while
it is watched, so that no second program reads it too.
"""

import fcntl
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from trainer.app.arrivals import Arrivals, Happening
from trainer.app.runfiles import Collection
from trainer.app.running import Importer, tally_lines
from trainer.app.runs import Tell, opened
from trainer.app.runshelf import RunShelf
from trainer.core.clock import SystemClock
from trainer.core.errors import StorageError, StorageFault, UsageError
from trainer.core.texts import tr

_LOOK_S: Final = 0.25
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_HAPPENINGS: Final = {
    "created": Happening.CAME,
    "moved": Happening.CAME,
    "modified": Happening.WRITTEN,
    "closed": Happening.CLOSED,
}
"""What is heard; that a file was read or removed is nothing new."""
_Heard = queue.SimpleQueue[tuple[Path, Happening]]


class _Listener(FileSystemEventHandler):
    def __init__(self, heard: _Heard) -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        what = _HAPPENINGS.get(event.event_type)
        if what is not None and not event.is_directory:
            self._heard.put((Path(os.fsdecode(event.dest_path or event.src_path)), what))


def watch_folder(athlete: str | None, folder: Path, tell: Tell) -> int:
    """Read what lies in a folder and what comes into it, until a signal or until it is gone."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder. Name the one that the watch's files come into.")
    stop = threading.Event()
    heard: _Heard = queue.SimpleQueue()
    with (
        _alone(folder),
        opened(athlete) as (shelf, _),
        _until_signal(stop),
        # Listening first: what comes during the first reading is not missed.
        _listening(folder, heard) as is_listening,
    ):
        _read(shelf, [folder], tell, stop)
        if not stop.is_set():
            tell(tr("watching {folder}; Ctrl-C ends it").format(folder=folder))
        _watch(shelf, heard, stop, tell, lambda: is_listening() and folder.is_dir())
    if stop.is_set():
        return 0
    tell(tr("{folder} is gone: nothing is watched any more").format(folder=folder))
    return 1


def _watch(
    shelf: RunShelf,
    heard: _Heard,
    stop: threading.Event,
    tell: Tell,
    is_there: Callable[[], bool],
) -> None:
    arrivals, clock = Arrivals(), SystemClock()
    while not stop.wait(_LOOK_S) and is_there():
        while not heard.empty():
            path, what = heard.get()
            arrivals.note(path, clock.monotonic_s(), what)
        ready = arrivals.take(clock.monotonic_s())
        if ready:
            _read(shelf, ready, tell, stop)


def _read(shelf: RunShelf, paths: Sequence[Path], tell: Tell, stop: threading.Event) -> None:
    importer = Importer(shelf, SystemClock())
    with Collection() as collection:
        for path in paths:
            collection.add(path)
        importer.take_all(collection, lambda _done, _total, _where: None, stop.is_set)
    for line in tally_lines(importer.tally):
        tell(line)


@contextmanager
def _listening(folder: Path, heard: _Heard) -> Iterator[Callable[[], bool]]:
    """Yield what tells whether the folder is still listened to."""
    observer = Observer()
    observer.schedule(_Listener(heard), str(folder), recursive=True)
    try:
        observer.start()
    except OSError as error:
        raise StorageError(
            f"{folder}: cannot be watched ({error.strerror or error}). Where the system has no "
            "watches left, name a smaller folder; `footspring runs import` reads it once.",
            StorageFault.IN_USE,
        ) from error
    try:
        yield observer.is_alive
    finally:
        observer.stop()
        observer.join()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder; the kernel lets go of it when the program ends, however it does."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be read ({error.strerror}). Name a folder that is readable for you."
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise StorageError(
            f"{folder}: is watched already, by another `footspring runs watch`. End that one "
            "first, or let it go on.",
            StorageFault.IN_USE,
        ) from error
    except OSError:
        pass  # Some network file systems have no locks; two programs then do each file twice.
    try:
        yield
    finally:
        os.close(descriptor)


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
