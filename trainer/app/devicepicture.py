"""Where the pictures of devices lie, and how one is written for its owner's eyes alone."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from trainer.core.errors import StorageError, StorageFault, UsageError
from trainer.core.folders import make_private, user_folders
from trainer.core.texts import tr

KINDS: Final = frozenset({".svg", ".png"})


def picture_path(asked: Path | None, name: str) -> Path:
    """Return the file that was asked for, else one of that name in the own folder.

    Raises UsageError: it ends with neither .svg nor .png.
    """
    if asked is None:
        return make_private(user_folders().data / "devices") / f"{name}.png"
    if asked.suffix.lower() not in KINDS:
        raise UsageError(
            tr(
                "--picture {path}: ends with '{suffix}'; name a file that ends with .svg or .png."
            ).format(path=asked, suffix=asked.suffix)
        )
    return asked.absolute()


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
