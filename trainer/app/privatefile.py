"""Files that hold what is private: their owner alone can read them."""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from trainer.core.errors import StorageError, StorageFault


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        way_out = "Free some space on that disk" if is_full else "Make its folder writable for you"
        raise StorageError(
            f"{path}: cannot be written ({error.strerror or error}). {way_out}, then write the "
            "report again; the recording is not touched.",
            StorageFault.FULL if is_full else StorageFault.READ_ONLY,
        ) from error


def write_picture(path: Path, draw: Callable[[Path], object]) -> None:
    """Let `draw` write a picture beside the file, then put it in its place, mode 0600.

    Raises StorageError where it cannot be written.
    """
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        draw(part)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"{path}: cannot be written ({error.strerror or error}). Name a file in a folder that "
            "is writable for you.",
            StorageFault.READ_ONLY,
        ) from error
