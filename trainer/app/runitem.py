"""One file in which runs may lie, wherever it lies: its bytes, within bounds."""

import errno
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, TypeVar

from trainer.running.measures import RunFileError
from trainer.running.readers import MOST_BYTES, Stream, stream_of
from trainer.running.strava import Listed
from trainer.running.xmlstream import Readable

Got = TypeVar("Got")
_SUFFIXES: Final = frozenset({".fit", ".tcx", ".gpx", ".csv", ".xml"})
_PACKED: Final = ".gz"
_HEAD: Final = 1 << 16
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the zip reader raises: damage, and packing or passwords that it does not know."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file, or one line of a list that has no file."""

    label: str
    """Where it lies, for messages."""
    stream: Callable[[], AbstractContextManager[IO[bytes]]] | None
    size: int = 0
    """Bytes as unpacked, as far as it is told."""
    listed: Listed | None = None
    """What Strava's list says of it."""

    def load(self) -> bytes:
        """Return its bytes. Raises RunFileError: too many, or damaged."""
        with self.open() as file:
            found = reading(lambda: file.read(MOST_BYTES + 1))
        if len(found) > MOST_BYTES:
            raise _too_big(len(found))
        return found

    def head(self) -> bytes:
        """Return its first bytes. Raises RunFileError."""
        with self.open() as file:
            return reading(lambda: file.read(_HEAD))

    @contextmanager
    def flow(self) -> Iterator[Readable]:
        """Yield its bytes piece by piece. Raises RunFileError, also in the midst of it."""
        with self.open() as file:
            yield _Flow(file)

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Return its bytes as a stream. Raises RunFileError where it cannot be opened."""
        assert self.stream is not None
        return reading(self.stream)

    @property
    def kind(self) -> Stream | None:
        """Return which file of any size it is; None for one to be loaded. Raises RunFileError."""
        return stream_of(self.head()) if self.label.lower().endswith(".xml") else None


class _Flow:
    """Bytes whose damage is told as that of any other file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        return reading(lambda: self._file.read(size))


def is_run_file(name: str) -> bool:
    """Return whether a file's name says that it may hold runs."""
    path = PurePosixPath(name.lower())
    if path.name.startswith("."):
        return False
    return (PurePosixPath(path.stem) if path.suffix == _PACKED else path).suffix in _SUFFIXES


def file_item(path: Path, listed: Listed | None = None) -> Item:
    """Return a file of its own."""
    return Item(str(path), lambda: path.open("rb"), listed=listed)


def _too_big(size: int) -> RunFileError:
    return RunFileError(
        f"it has more than {MOST_BYTES >> 20} MB ({size} bytes), as no watch writes"
    )


def reading(step: Callable[[], Got]) -> Got:
    """Return what a step reads. Raises RunFileError: it cannot be read, or is a damaged zip."""
    try:
        return step()
    except OSError as error:
        hint = " (a folder?)" if error.errno == errno.EISDIR else ""
        raise RunFileError(f"cannot be read ({error.strerror or error}){hint}") from error
    except _BROKEN_ZIP as error:
        raise RunFileError(f"the zip is damaged or locked ({error})") from error
