"""Reading a file that a person named: all of its bytes, or why not and what to do."""

from pathlib import Path

from trainer.core.errors import RecordingError, RecordingFault


def read_whole(path: Path) -> bytes:
    """Return the bytes of `path`. Raises RecordingError: missing, a folder, not readable, empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise RecordingError(
            f"{path}: there is no such file. Check the name; `footspring sessions` lists your "
            "own recordings.",
            RecordingFault.MISSING,
        ) from error
    except IsADirectoryError as error:
        raise RecordingError(
            f"{path}: is a folder, not a recording. Name one file in it.",
            RecordingFault.UNREADABLE,
        ) from error
    except OSError as error:
        raise RecordingError(
            f"{path}: cannot be read ({error.strerror or error}). Make it readable for you.",
            RecordingFault.UNREADABLE,
        ) from error
    if not data:
        raise RecordingError(
            f"{path}: is empty (0 bytes). Use another recording.", RecordingFault.EMPTY
        )
    return data
