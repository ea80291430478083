"""The head of a CSV: its header line, what separates its fields and what its decimals.

Comma, semicolon or tab separate; the header decides which, or a first line `sep=;`, as Excel writes
it. Where the separator is no comma, decimals may be written with one, as Excel does in half of
Europe: whichever of `1,5` and `1.5` is the more frequent in the file's first part.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trainer.recording.table import Body

DELIMITERS: Final = (",", ";", "\t")

_LINE: Final = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_SEPARATOR: Final = re.compile(rb"""^"?sep=([,;\t]?)"?$""", re.IGNORECASE)
_COMMA: Final = re.compile(rb"\d,\d")
_POINT: Final = re.compile(rb"\d\.\d")
_SEEN: Final = 100_000
"""Bytes that are searched for decimals: a thousand rows and more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file."""

    text: bytes
    """Without its end and without spaces around it."""
    number: int
    """From 1."""
    start: int
    end: int
    """Where the next line starts."""


def lines(data: bytes) -> Iterator[Line]:
    """Yield the lines that are neither empty nor comments."""
    at, number = 0, 0
    while at < len(data):
        found = _LINE.match(data, at)
        assert found is not None, "the pattern fits the empty text too"
        number += 1
        text = found[1].strip()
        if text and not text.startswith(b"#"):
            yield Line(text, number, at, found.end())
        at = found.end()


def split_fields(line: bytes, delimiter: str) -> tuple[str, ...]:
    """Return the fields of a line without quotes and without spaces around them."""
    text = line.decode("utf-8", errors="replace")
    try:
        fields = next(csv.reader([text], delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        # A field beyond the reader's limit: whatever it is, it names no column.
        fields = text.split(delimiter)
    return tuple(field.strip() for field in fields)


def find_delimiter(line: bytes) -> str:
    """Return what separates the fields of a header line: the most frequent, comma in doubt."""
    return max(DELIMITERS, key=lambda delimiter: line.count(delimiter.encode()))


def read_head(data: bytes) -> Body | None:
    """Return what lies below the header line, with its names; None where there is no line."""
    delimiter = None
    for line in lines(data):
        separator = _SEPARATOR.match(line.text)
        if separator and delimiter is None:
            # A tab at the end went with the spaces around the line.
            delimiter = separator[1].decode() or "\t"
            continue
        return body_below(data, line, delimiter or find_delimiter(line.text))
    return None


def body_below(data: bytes, header: Line, delimiter: str) -> Body:
    """Return what lies below a header line."""
    rows = data[header.end :]
    names = split_fields(header.text, delimiter)
    return Body(rows, delimiter, names, header.number + 1, _find_decimal(rows, delimiter))


def _find_decimal(rows: bytes, delimiter: str) -> str:
    if delimiter == ",":
        return "."
    seen = rows[:_SEEN]
    return "," if len(_COMMA.findall(seen)) > len(_POINT.findall(seen)) else "."
