"""Reading a file that a person named: all of its bytes, or why not and what to do."""

import codecs
from pathlib import Path
from typing import Final

from trainer.core.errors import RecordingError, RecordingFault

_WIDE: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ZIP: Final = b"PK\x03\x04"
"""First bytes of a zip archive, and so of a spreadsheet (APPNOTE.TXT 4.3.7)."""


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


def read_text(path: Path) -> bytes:
    """Return the file's text as UTF-8 without a byte order mark; UTF-16 as spreadsheets write it.

    Raises RecordingError: as `read_whole`, or no text. Bytes that are no UTF-8 stay as they are.
    """
    data = read_whole(path)
    if data.startswith(_ZIP):
        raise RecordingError(
            f"{path}: is a zip archive or a spreadsheet, not a CSV file. Unpack it and give the "
            "CSV in it (data_set_1.csv of a Tindeq export), or save the sheet as CSV.",
            RecordingFault.FORMAT,
        )
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            # A cut-off last character, and halves of one, become a damaged row and nothing worse.
            data = data.removeprefix(mark).decode(encoding, errors="replace").encode()
    if b"\x00" in data:
        raise RecordingError(
            f"{path}: is no text in UTF-8 or UTF-16 but a binary file. Export it as CSV with a "
            "header line.",
            RecordingFault.FORMAT,
        )
    if b"\n" not in data:
        # Line ends of old Macs, which some spreadsheets still offer.
        data = data.replace(b"\r", b"\n")
    return data.removeprefix(codecs.BOM_UTF8)
