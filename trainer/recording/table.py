"""The rows of a CSV as numbers: fast where all is well, row by row where something is damaged."""

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from trainer.core.arrays import FloatArray

_COMMENT: Final = re.compile(rb"^[ \t]*#[^\r\n]*", re.MULTILINE)
_LOST: Final = ("", "nan", "NaN", "NAN")
"""How a lost sample is written."""
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
    out and named.
    """
    clean = Body(_COMMENT.sub(b"", body.data), body.delimiter, body.names, body.first_line)
    values = _read_fast(clean, wanted)
    if values is None or not np.isfinite(values[:, 0]).all():
        return _read_slowly(clean, wanted)
    return Table(_finite_or_lost(values), ())


def _read_fast(body: Body, wanted: Sequence[int]) -> FloatArray | None:
    """Return the numbers, or None where any row is damaged."""
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
            ),
        )
    except pa.ArrowInvalid:
        return None
    return np.column_stack([table.column(label).to_numpy() for label in needed])


def _read_slowly(body: Body, wanted: Sequence[int]) -> Table:
    rows: list[list[float]] = []
    damaged: list[str] = []
    for number, fields in _rows(body):
        fault = _count_fault(fields, body.names)
        if fault is None:
            row, fault = _numbers(fields, wanted, body.names)
            if fault is None:
                rows.append(row)
                continue
        damaged.append(f"line {number}: {fault}")
    if len(damaged) > _NAMED:
        damaged[_NAMED:] = [f"and {len(damaged) - _NAMED} more damaged rows"]
    values = np.array(rows, dtype=np.float64).reshape(len(rows), len(wanted))
    return Table(_finite_or_lost(values), tuple(damaged))


def _rows(body: Body) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(body.data.splitlines(), body.first_line):
        line = row.decode("utf-8", errors="replace")
        if line.strip():
            # One line at a time: a stray quotation mark must not swallow the rows after it.
            yield number, next(csv.reader([line], delimiter=body.delimiter))


def _count_fault(fields: Sequence[str], names: Sequence[str]) -> str | None:
    if len(fields) == len(names):
        return None
    return f"{len(fields)} fields, expected {len(names)}"


def _numbers(
    fields: Sequence[str], wanted: Sequence[int], names: Sequence[str]
) -> tuple[list[float], str | None]:
    row: list[float] = []
    for position in wanted:
        text = fields[position].strip()
        try:
            row.append(math.nan if text in _LOST else _number(text))
        except ValueError:
            return row, f"'{text}' in column '{names[position]}' is no number"
    if not math.isfinite(row[0]):
        return row, f"no time in column '{names[wanted[0]]}'"
    return row, None


def _number(text: str) -> float:
    if "_" in text:
        raise ValueError("Python's own way to group digits is none of a file")
    return float(text)


def _finite_or_lost(values: FloatArray) -> FloatArray:
    """Return the values with infinite ones made lost samples: no cell ever measured one."""
    return np.where(np.isfinite(values), values, np.nan)
