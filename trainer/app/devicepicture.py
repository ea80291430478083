"""Where the pictures of devices lie, and how one is written for its owner's eyes alone."""

from pathlib import Path
from typing import Final

from trainer.core.errors import UsageError
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
