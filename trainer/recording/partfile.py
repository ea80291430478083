"""Files under way: made under a lock that dies with its owner, put in place whole.

A lock by flock(2) belongs to the open file: the kernel lets go of it when the owner dies, however
it dies. Nobody has to guess from a process number whether a recording is still being written.
"""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final

from trainer.core.errors import StorageError, StorageFault

PART_SUFFIX: Final = ".part"
"""Added to the name of a recording while it is being written."""

_PRIVATE: Final = 0o600
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def part_path(path: Path) -> Path:
    """Return the name under which the recording `path` is written."""
    return path.with_name(path.name + PART_SUFFIX)


def create_locked(path: Path) -> int:
    """Make `path`, which must not exist, and return its descriptor, locked. Raises OSError."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # Between the two calls a recovery may have found the empty file and removed it.
        if _is_at(descriptor, path):
            return descriptor
        os.close(descriptor)


def lock_if_free(path: Path) -> int | None:
    """Return a locked descriptor of `path`, or None where its owner lives or it is gone."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    if not _is_at(descriptor, path):
        os.close(descriptor)
        return None
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data` to the operating system. Raises OSError where room runs out."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def replace_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` so that a power cut leaves the old file or the new one, never half."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _PRIVATE)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    except OSError:
        fresh.unlink()
        raise
    finally:
        os.close(descriptor)
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage_error(path: Path, error: OSError) -> StorageError:
    """Return the error to raise when writing `path` failed."""
    why = error.strerror or str(error)
    if error.errno in _FULL:
        return StorageError(
            f"{path}: the disk is full ({why}). What was written before is kept. Free some space "
            "in that folder, then start again.",
            StorageFault.FULL,
        )
    return StorageError(
        f"{path}: cannot be written ({why}). Make its folder writable for you, or set "
        "XDG_DATA_HOME to a folder that is.",
        StorageFault.READ_ONLY,
    )


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)
