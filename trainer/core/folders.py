"""The user's folders, readable by their owner only."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from trainer.core.errors import StorageError, StorageFault

APP = "footspring"

_PRIVATE: Final = 0o700


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the library, the recordings, the reports and the settings lie."""

    data: Path
    config: Path

    @property
    def recordings(self) -> Path:
        """Return the folder of the recordings."""
        return self.data / "recordings"

    @property
    def reports(self) -> Path:
        """Return the folder of the reports."""
        return self.data / "reports"

    @property
    def calibrations(self) -> Path:
        """Return the folder of the calibrations that were made, and of their checks."""
        return self.data / "calibrations"

    @property
    def database(self) -> Path:
        """Return the file of the session list."""
        return self.data / "library.sqlite3"

    @property
    def settings(self) -> Path:
        """Return the file of the settings."""
        return self.config / "settings.toml"

    @property
    def calibration(self) -> Path:
        """Return the file of the pad's calibration."""
        return self.config / "calibration.toml"

    @property
    def pad(self) -> Path:
        """Return the file of the pad's geometry and the own clean press."""
        return self.config / "pad.toml"

    @property
    def pins(self) -> Path:
        """Return the file of what differs in the pad's wiring."""
        return self.config / "pins.toml"


def user_folders() -> Folders:
    """Return the folders of the user who runs the command (XDG on Linux)."""
    return Folders(
        data=Path(platformdirs.user_data_dir(APP, appauthor=False)),
        config=Path(platformdirs.user_config_dir(APP, appauthor=False)),
    )


def make_private(folder: Path) -> Path:
    """Make the folder and return it, mode 0700. Raises StorageError with the next step."""
    try:
        # Parents too: the XDG base directory specification asks for 0700 where one is missing.
        for missing in reversed([p for p in (folder, *folder.parents) if not p.exists()]):
            missing.mkdir(mode=_PRIVATE, exist_ok=True)
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & ~_PRIVATE:
            # Closed to others, and no wider for its owner: who made it read-only meant it.
            folder.chmod(mode & _PRIVATE)
        # The mode alone does not tell of a read-only disk.
        refusal = errno.EROFS if mode & _PRIVATE == _PRIVATE else errno.EACCES
        cause = None if os.access(folder, os.W_OK | os.X_OK) else os.strerror(refusal)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageError(
                f"{folder}: cannot be made ({error.strerror}). Free some space on that disk.",
                StorageFault.FULL,
            ) from error
        cause = error.strerror or str(error)
    if cause is not None:
        raise StorageError(
            f"{folder}: cannot be made or written ({cause}). Make it writable for you, or set "
            "XDG_DATA_HOME to a folder that is.",
            StorageFault.READ_ONLY,
        )
    return folder
