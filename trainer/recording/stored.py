"""A stored recording of either kind: our own, or a CSV from elsewhere."""

from pathlib import Path
from typing import Final

from trainer.recording.csvfile import read_csv
from trainer.recording.reader import is_recording, read_recording
from trainer.recording.recording import Recording

_MAGIC_BYTES: Final = 8


def load_recording(path: Path) -> Recording:
    """Return an own recording or a CSV file, told apart by the first bytes."""
    return read_recording(path) if is_own_recording(path) else read_csv(path)


def is_own_recording(path: Path) -> bool:
    """Return whether a file begins as our own recordings do; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return is_recording(file.read(_MAGIC_BYTES))
    except OSError:
        return False
