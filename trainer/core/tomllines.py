"""Finds the line on which each key of a TOML text stands, for messages.

The standard library's parser keeps no lines. This scanner takes text that it has accepted, so it
checks nothing: it walks from statement to statement and skips values.
"""

import re
from collections import Counter
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str, ...]
"""Keys from the root; an element of an array of tables adds its index, `("sets", "0", "reps")`."""

_BLANK: Final = re.compile(r"(?:\s|#[^\n]*)*")
_KEY: Final = re.compile(
    r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*([.=\]])"""
)
_VALUE_PART: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|#[^\n]*"
    r"|[][{}\n]"
    r"|[^]\[{}\n\"'#]+",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of every key and table header outside inline tables."""
    lines: dict[KeyPath, int] = {}
    elements: Counter[KeyPath] = Counter()
    table: KeyPath = ()
    at = _skip_blank(text, 0)
    while at < len(text):
        line = text.count("\n", 0, at) + 1
        if text[at] == "[":
            is_element = text.startswith("[[", at)
            keys, at = _read_key(text, at + 2 if is_element else at + 1)
            at += is_element
            table = _resolve(keys[:-1], elements) + keys[-1:]
            if is_element:
                elements[table] += 1
                lines.setdefault(table, line)
            table = _resolve(table[-1:], elements, table[:-1])
            lines.setdefault(table, line)
        else:
            keys, at = _read_key(text, at)
            for depth in range(1, len(keys) + 1):
                lines.setdefault(table + keys[:depth], line)
            at = _skip_value(text, at)
        at = _skip_blank(text, at)
    return lines


def _skip_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _read_key(text: str, at: int) -> tuple[KeyPath, int]:
    keys: list[str] = []
    while found := _KEY.match(text, at):
        keys.append(next(part for part in found.groups()[:3] if part is not None))
        at = found.end()
        if found[4] != ".":
            return tuple(keys), at
    # Not reached on text that a TOML parser accepted; ends the walk on any other.
    return (*keys, ""), len(text)


def _skip_value(text: str, at: int) -> int:
    depth = 0
    while found := _VALUE_PART.match(text, at):
        at = found.end()
        if found[0] == "\n" and depth == 0:
            return at
        depth += (found[0] in "[{") - (found[0] in "]}")
    return len(text)


def _resolve(keys: KeyPath, elements: Counter[KeyPath], start: KeyPath = ()) -> KeyPath:
    """Return the path of a header's keys: the newest element stands for its array of tables."""
    path = start
    for key in keys:
        path = (*path, key)
        if path in elements:
            path = (*path, str(elements[path] - 1))
    return path
