"""The bytes of one file to runs, whatever its name says: kinds are told by what stands inside."""

import re
import zlib
from collections.abc import Iterable
from datetime import datetime, tzinfo
from enum import Enum
from typing import Final

from trainer.running.csvruns import read_csv
from trainer.running.fit import read_fit
from trainer.running.gpx import read_gpx
from trainer.running.limits import judge
from trainer.running.measures import (
    Outcome,
    Passed,
    Refused,
    RunFileError,
    Told,
    hash_of,
)
from trainer.running.tcx import read_tcx

MOST_BYTES: Final = 64 << 20
"""A day's run, one record a second, has some 10 MB as TCX."""
_GZIP: Final = b"\x1f\x8b"
_FIT_AT: Final = slice(8, 12)
_FIT: Final = b".FIT"
_HEAD: Final = 4096
_ROOT: Final = re.compile(rb"<(?:\w+:)?(TrainingCenterDatabase|gpx|HealthData|ClinicalDocument)\b")


class Reader:
    """Reads files as they would be read at one moment, in one home zone."""

    def __init__(self, now: datetime, home: tzinfo) -> None:
        self._now = now
        self._home = home

    def read(self, told: bytes, *, is_known_run: bool = False) -> tuple[Outcome, ...]:
        """Return what became of each activity of a file; bytes that are none are refused."""
        try:
            return self._read(unpacked(told), is_known_run=is_known_run)
        except RunFileError as error:
            return (Refused(str(error)),)

    def judge(self, told: Told, sha256: str) -> Outcome:
        """Return what became of one activity."""
        if isinstance(told, Passed):
            return told
        return judge(told, sha256, self._now, self._home)

    def _read(self, told: bytes, *, is_known_run: bool) -> tuple[Outcome, ...]:
        if not told.strip():
            raise RunFileError("the file is empty")
        if told[_FIT_AT] == _FIT:
            return self._all(read_fit(told), told)
        # Strava's TCX files begin with spaces, which XML does not allow.
        text = told.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not text.startswith(b"<"):
            return tuple(self.judge(*row) for row in read_csv(told))
        root = _ROOT.search(text[:_HEAD])
        match root[1] if root else b"":
            case b"TrainingCenterDatabase":
                return self._all(read_tcx(text), told)
            case b"gpx":
                return self._all(read_gpx(text, is_known_run=is_known_run), told)
            case b"HealthData":
                raise RunFileError(
                    "Apple Health's export inside a packed file: unpack it, then import export.xml"
                )
            case _:
                raise RunFileError("XML, but neither TCX, GPX nor Apple Health's export")

    def _all(self, told: Iterable[Told], file: bytes) -> tuple[Outcome, ...]:
        return tuple(self.judge(one, hash_of(file, place)) for place, one in enumerate(told))


def unpacked(told: bytes) -> bytes:
    """Return the bytes of a gzip file within bounds, others as they are. Raises RunFileError."""
    if not told.startswith(_GZIP):
        return told
    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        found = stream.decompress(told, MOST_BYTES + 1)
    except zlib.error as error:
        raise RunFileError(f"the gzip file is damaged ({error})") from error
    if len(found) > MOST_BYTES:
        raise RunFileError(f"unpacked it has more than {MOST_BYTES >> 20} MB, as no watch writes")
    if not stream.eof:
        raise RunFileError("the gzip file is cut off")
    return found


class Stream(Enum):
    """Files that are too large to be loaded, by what stands at their beginning."""

    APPLE = b"HealthData"
    """Apple Health's export: read as a stream."""
    CLINICAL = b"ClinicalDocument"
    """The same health data in another form, beside it: without workouts."""


def stream_of(head: bytes) -> Stream | None:
    """Return which stream a file that begins so is; None for one that is loaded."""
    root = _ROOT.search(head[: 16 * _HEAD])
    return next((kind for kind in Stream if root is not None and kind.value == root[1]), None)
