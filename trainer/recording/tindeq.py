"""The CSV export of the Tindeq app: where its samples stand, and what else it says.

Seen in real exports of 2023 to 2026:

1. A single file starts with the line `date,tag,comment,unit,...` and one line of values; the date
   is year-day-month. Blocks may follow (median values, threshold crossings), each after an empty
   line; the last one is the table `time,weight` in seconds and kilograms.
2. A file of a repeaters' archive (data_set_1.csv) starts with averages and peaks, without names for
   date or unit, a line `,`, and the same table. With two devices the table is
   `time left,weight left,time right,weight right`.
3. info.csv of such an archive has the first two lines and no table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from trainer.core.errors import RecordingError, RecordingFault
from trainer.core.units import Unit
from trainer.recording.csvhead import (
    Line,
    body_below,
    find_delimiter,
    lines,
    split_fields,
)
from trainer.recording.table import Body

NOTE_KIND: Final = "TindeqExport"

_FIRST_NAMES: Final = ("date", "tag", "comment")
_TABLE: Final = re.compile(
    rb"""^[,;\t]?"?time( left)?"?[ ]*[,;\t][ ]*"?weight( left)?"?[ ]*(?=[,;\t\r\n]|\Z)""",
    re.MULTILINE,
)
_UNITS: Final = {
    "": Unit.KILOGRAM,
    "si": Unit.KILOGRAM,
    "kg": Unit.KILOGRAM,
    "lb": Unit.POUND,
    "lbs": Unit.POUND,
    "n": Unit.NEWTON,
}


@dataclass(frozen=True, slots=True)
class Export:
    """An export of the app: its table, and what it says beside it."""

    body: Body
    columns: Mapping[str, str]
    """Role to column, as for --columns."""
    unit: Unit | None
    """None where the file names one that is not known."""
    unit_text: str
    note: Mapping[str, object]
    """Date, tag, comment, the app's own figures and further blocks, all as text."""
    left_out: tuple[str, ...]


def find_export(data: bytes, where: str) -> Export | None:
    """Return the export in a text, None where it is none; `where` names the file in messages.

    Raises RecordingError where it is the description of a session, without samples.
    """
    first = next(lines(data), None)
    if first is None:
        return None
    delimiter = find_delimiter(first.text)
    names = split_fields(first.text, delimiter)
    is_described = names[: len(_FIRST_NAMES)] == _FIRST_NAMES
    is_headed = is_described or not names[0]
    table = _find_table(data, first) if is_headed else first if _TABLE.match(first.text) else None
    if table is None:
        if not is_described:
            return None
        raise RecordingError(
            f"{where}, line {first.number}: describes a session of the Tindeq app and holds no "
            "table 'time,weight'. Give the file with the samples, data_set_1.csv of the same "
            "export.",
            RecordingFault.COLUMNS,
        )
    description = data[first.start : table.start]
    note = _describe(description, delimiter) if is_described else {}
    unit_text = str(note.get("unit", ""))
    body = body_below(data, table, find_delimiter(table.text))
    side = " left" if "time left" in body.names else ""
    return Export(
        body=body,
        columns={"t": f"time{side}", "force": f"weight{side}"},
        unit=_UNITS.get(unit_text.lower()),
        unit_text=unit_text,
        note=note,
        left_out=_other_side(body.names),
    )


def _find_table(data: bytes, first: Line) -> Line | None:
    found = _TABLE.search(data, first.start)
    if found is None:
        return None
    start = found.start()
    line = next(lines(data[start:]))
    breaks = data[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
    return Line(line.text, breaks + 1, start, start + line.end)


def _other_side(names: Sequence[str]) -> tuple[str, ...]:
    if "time left" not in names or "weight right" not in names:
        return ()
    sentence = (
        "columns 'time right' and 'weight right': one side at a time; analyse them with "
        "--columns 't=time right,force=weight right'"
    )
    return (sentence,)


def _describe(description: bytes, delimiter: str) -> dict[str, object]:
    """Return the second line's fields by name, the date in ISO, and the further blocks."""
    rows = [split_fields(line.text, delimiter) for line in lines(description)]
    names, values = rows[0], rows[1] if len(rows) > 1 else ()
    note: dict[str, object] = dict(zip(names, values, strict=False))
    note["date"] = _iso_date(str(note.get("date", "")))
    blocks = [row for row in rows[2:] if any(row)]
    if blocks:
        note["further"] = blocks
    return note


def _iso_date(text: str) -> str:
    """Return a year-day-month date in ISO 8601; text that is none comes back as it is."""
    for shape in ("%Y-%d-%m %H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, shape).isoformat()  # noqa: DTZ007 - the app names no zone
        except ValueError:
            continue
    return text
