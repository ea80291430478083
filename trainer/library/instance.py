"""One session at a time: a lock that its owner's death releases."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from trainer.core.errors import StorageError, StorageFault
from trainer.core.folders import Folders, make_private

_NAME: Final = "session.lock"


class InstanceLock:
    """Held while a session runs; raises StorageError, IN_USE, where another program holds it."""

    def __init__(self, folders: Folders) -> None:
        self._path = make_private(folders.data) / _NAME
        self._descriptor: int | None = _open(self._path)
        if not _take(self._descriptor):
            owner = os.read(self._descriptor, 32).decode(errors="replace").strip()
            self.release()
            raise StorageError(
                f"{self._path}: another footspring, process {owner or 'unknown'}, runs a session. "
                "End that session first; two cannot share one pad.",
                StorageFault.IN_USE,
            )
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let the next one in; safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def is_session_running(folders: Folders) -> bool:
    """Return whether any program, this one included, holds the lock."""
    path = folders.data / _NAME
    if not path.exists():
        return False
    descriptor = _open(path)
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be opened for writing ({error.strerror or error}). Make it a file "
            "that is writable for you, or set XDG_DATA_HOME to a folder that is.",
            StorageFault.READ_ONLY,
        ) from error


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
