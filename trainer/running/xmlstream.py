"""XML as a stream of elements within bounded memory: no entities, no endless text, no depths."""

from collections.abc import Iterator
from typing import Final, Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from trainer.running.measures import RunFileError

MOST_PENDING: Final = 1 << 20
"""Bytes read without the end of a whole unit: a lap, a workout or a point has a few kilobytes."""


class Readable(Protocol):
    """Where bytes come from, piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes, none at the end."""
        ...


class _Meter:
    """Counts what was read since the last whole unit."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.pending = 0

    def read(self, size: int = -1, /) -> bytes:
        piece = self._file.read(size)
        self.pending += len(piece)
        if self.pending > MOST_PENDING:
            raise RunFileError(
                f"one element of the XML has more than {MOST_PENDING >> 20} MB, as no watch writes"
            )
        return piece


def units(file: Readable, names: frozenset[str]) -> Iterator[tuple[str, Element]]:
    """Yield the elements of these names once they are whole; each is emptied after its turn.

    Raises RunFileError: not XML, cut off, entities, an element without end.
    """
    meter = _Meter(file)
    path: list[Element] = []
    try:
        for event, element in iterparse(meter, events=("start", "end"), forbid_entities=True):
            if event == "start":
                path.append(element)
                continue
            path.pop()
            name = local_name(element)
            if name in names:
                yield name, element
                meter.pending = 0
            if name in names or len(path) == 1:
                element.clear()
                if path:
                    path[-1].remove(element)
                meter.pending = 0
    except ParseError as error:
        raise RunFileError(f"the XML is cut off or damaged ({error})") from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise RunFileError(f"the XML is refused ({type(error).__name__})") from error


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def text_of(element: Element, name: str) -> str | None:
    """Return the text of the first element of a name below, whatever its namespace."""
    for below in element.iter():
        if below is not element and local_name(below) == name:
            return (below.text or "").strip()
    return None


def number_of(element: Element, name: str) -> float | None:
    """Return the number of the first element of a name below, None without one."""
    return number(text_of(element, name))


def number(text: str | None) -> float | None:
    """Return the number that a text is; None where it is none."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
