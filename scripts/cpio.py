"""Writes an archive that a Linux kernel unpacks at its start (cpio, format newc)."""

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MAGIC: Final = "070701"
_END: Final = "TRAILER!!!"
_ALIGN: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, folder, link or device of an archive."""

    name: str
    mode: int
    data: bytes = b""
    device: tuple[int, int] = (0, 0)
    """Major and minor number, of a device only."""


def folder(name: str) -> Entry:
    """Return a folder that everybody may read."""
    return Entry(name, stat.S_IFDIR | 0o755)


def file(name: str, data: bytes) -> Entry:
    """Return a file that only is read."""
    return Entry(name, stat.S_IFREG | 0o644, data)


def program(name: str, data: bytes) -> Entry:
    """Return a file that can be run."""
    return Entry(name, stat.S_IFREG | 0o755, data)


def link(name: str, target: str) -> Entry:
    """Return a symbolic link."""
    return Entry(name, stat.S_IFLNK | 0o777, target.encode())


def console(name: str) -> Entry:
    """Return the character device that a kernel writes to."""
    return Entry(name, stat.S_IFCHR | 0o600, device=(5, 1))


def archive(entries: Iterable[Entry]) -> bytes:
    """Return the bytes of the archive. A folder stands before what lies in it."""
    listed = [*entries, Entry(_END, 0)]
    return b"".join(_packed(entry, number) for number, entry in enumerate(listed, 1))


def _packed(entry: Entry, number: int) -> bytes:
    name = entry.name.encode() + b"\0"
    owner, group, links, at_s, checksum = 0, 0, 1, 0, 0
    fields = (number, entry.mode, owner, group, links, at_s, len(entry.data), 0, 0)
    numbers = (*fields, *entry.device, len(name), checksum)
    head = (_MAGIC + "".join(f"{value:08X}" for value in numbers)).encode() + name
    return _padded(head) + _padded(entry.data)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGN)
