"""The rows of a CSV as numbers: fast where all is well, row by row around what is damaged."""

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from trainer.core.arrays import FloatArray

_COMMENT: Final = re.compile(rb"^[ \t]*#[^\r\n]*", re.MULTILINE)
_LOST: Final = ("", "nan", "NaN", "NAN")
"""How a lost sample is written."""
LATEST_S: Final = 1e11
"""Either way from zero: three thousand years, and less than today in milliseconds since 1970."""

_PIECE: Final = 32_768
"""Bytes read at a time where something is damaged: five seconds to half a minute of rows."""

_LONGEST_SHOWN: Final = 40
"""Characters of a field that a message quotes."""

_NAMED: Final = 5
"""Damaged rows named one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class Body:
    """The part of a CSV below its header."""

    data: bytes
    delimiter: str
    names: tuple[str, ...]
    first_line: int
    """Its line number in the file."""
    decimal: str = "."
    """What stands before the decimals."""


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers in the order of the columns asked for; a lost sample is NaN."""

    values: FloatArray
    """(row, column)"""
    left_out: tuple[str, ...]
    """Damaged rows, by line number."""


def read_table(body: Body, wanted: Sequence[int]) -> Table:
    """Return the columns at the positions `wanted`; the first one must be a number in every row.

    A row with another number of fields than the header, or with a field that is no number, is left
    out and named. A row without anything in these columns is as good as an empty line, and empty
    fields beyond the header's are as good as none: spreadsheets write both.
    """
    if b"#" in body.data:
        body = replace(body, data=_COMMENT.sub(b"", body.data))
    values = _read_sound(body, wanted)
    if values is None:
        return _read_damaged(body, wanted)
    return Table(_finite_or_lost(values), ())


def _read_sound(body: Body, wanted: Sequence[int]) -> FloatArray | None:
    """Return the numbers, or None where any row is damaged."""
    values = _read_fast(body, wanted)
    if values is None or _are_stamps(values[:, 0]):
        return values
    values = values[~np.isnan(values).all(axis=1)]
    return values if _are_stamps(values[:, 0]) else None


def _read_fast(body: Body, wanted: Sequence[int]) -> FloatArray | None:
    """Return the numbers, or None where any field is none."""
    if not body.data.strip():
        return np.empty((0, len(wanted)))
    labels = [str(position) for position in range(len(body.names))]
    needed = [labels[position] for position in wanted]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(body.data),
            read_options=pacsv.ReadOptions(column_names=labels),
            parse_options=pacsv.ParseOptions(delimiter=body.delimiter),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(needed, pa.float64()),
                include_columns=needed,
                null_values=list(_LOST),
                decimal_point=body.decimal,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return np.column_stack([table.column(label).to_numpy() for label in needed])


def _read_damaged(body: Body, wanted: Sequence[int]) -> Table:
    """Return what can be read, piece by piece: only those with a damaged row take long."""
    data = body.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    pieces: list[FloatArray] = []
    damaged: list[str] = []
    start, line = 0, body.first_line
    while start < len(data):
        end = data.find(b"\n", start + _PIECE) + 1 or len(data)
        piece = replace(body, data=data[start:end], first_line=line)
        values = _read_sound(piece, wanted)
        if values is None:
            values, faults = _read_slowly(piece, wanted)
            damaged += faults
        pieces.append(values)
        line += data.count(b"\n", start, end)
        start = end
    if len(damaged) > _NAMED:
        damaged[_NAMED:] = [f"and {len(damaged) - _NAMED} more damaged rows"]
    return Table(_finite_or_lost(np.concatenate(pieces)), tuple(damaged))


def _read_slowly(body: Body, wanted: Sequence[int]) -> tuple[FloatArray, list[str]]:
    rows: list[list[float]] = []
    damaged: list[str] = []
    for number, fields in _rows(body):
        fault = _count_fault(fields, body.names)
        if fault is None:
            row, fault = _numbers(fields, wanted, body)
            if fault is None:
                rows += [row] if row else []
                continue
        damaged.append(f"line {number}: {fault}")
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(wanted)), damaged


def _rows(body: Body) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(body.data.splitlines(), body.first_line):
        line = row.decode("utf-8", errors="replace")
        if line.strip():
            # One line at a time: a stray quotation mark must not swallow the rows after it.
            try:
                yield number, next(csv.reader([line], delimiter=body.delimiter))
            except csv.Error:
                # A field longer than any table has; whatever it is, it is one.
                yield number, [line]


def _count_fault(fields: Sequence[str], names: Sequence[str]) -> str | None:
    count = len(names)
    if len(fields) == count or (len(fields) > count and not "".join(fields[count:]).strip()):
        return None
    return f"{len(fields)} fields, expected {count}"


def _numbers(
    fields: Sequence[str], wanted: Sequence[int], body: Body
) -> tuple[list[float], str | None]:
    """Return the numbers of a row, none where it holds nothing, and what is wrong with it."""
    row: list[float] = []
    for position in wanted:
        text = fields[position].strip()
        try:
            row.append(math.nan if text in _LOST else _number(text, body.decimal))
        except ValueError:
            comma = " with a decimal comma" if body.decimal == "," else ""
            return row, f"'{_shown(text)}' in column '{body.names[position]}' is no number{comma}"
    if abs(row[0]) <= LATEST_S:
        return row, None
    name = body.names[wanted[0]]
    if math.isfinite(row[0]):
        return row, f"{row[0]:g} in column '{name}' is no time in seconds"
    if all(math.isnan(number) for number in row):
        return [], None
    return row, f"no time in column '{name}'"


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _are_stamps(time_s: FloatArray) -> bool:
    return bool((np.abs(time_s) <= LATEST_S).all())


def _number(text: str, decimal: str) -> float:
    if "_" in text:
        raise ValueError("Python's own way to group digits is none of a file")
    if decimal == ".":
        return float(text)
    if "." in text:
        raise ValueError("a point beside decimal commas may group thousands")
    return float(text.replace(",", "."))


def _finite_or_lost(values: FloatArray) -> FloatArray:
    """Return the values with infinite ones made lost samples: no cell ever measured one."""
    is_infinite = np.isinf(values)
    return np.where(is_infinite, np.nan, values) if is_infinite.any() else values
