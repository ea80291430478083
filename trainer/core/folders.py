"""The user's folders, readable by their owner only."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from trainer.core.errors import StorageError, StorageFault

APP = "footspring"


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
    def database(self) -> Path:
        """Return the file of the session list."""
        return self.data / "library.sqlite3"

    @property
    def settings(self) -> Path:
        """Return the file of the settings."""
        return self.config / "settings.toml"


def user_folders() -> Folders:
    """Return the folders of the user who runs the command (XDG on Linux)."""
    return Folders(
        data=Path(platformdirs.user_data_dir(APP, appauthor=False)),
        config=Path(platformdirs.user_config_dir(APP, appauthor=False)),
    )


def make_private(folder: Path) -> Path:
    """Make the folder and return it, mode 0700. Raises StorageError with the next step."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StorageError(
            f"{folder}: cannot be made or written ({error.strerror or error}). Make it writable "
            "for you, or set XDG_DATA_HOME to a folder that is.",
            StorageFault.READ_ONLY,
        ) from error
    return folder
