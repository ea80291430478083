"""What the shelf of calibrations tells: what was made and checked, and whether a pad is due."""

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from calibration import Record, due_again
from trainer.app.calibrationshelf import CalibrationShelf
from trainer.core.clock import SystemClock
from trainer.core.folders import user_folders


def list_calibrations(pad: str | None) -> int:
    """Print the calibrations and checks of a pad, of all for None; return 0."""
    shelf = CalibrationShelf(user_folders().calibrations)
    rows = [(record.made_at, _record_row(path.stem, record)) for path, record in shelf.records(pad)]
    rows += [
        (datetime.fromisoformat(str(table["at"])), _check_row(table)) for table in shelf.checks(pad)
    ]
    for _, row in sorted(rows, key=lambda entry: entry[0], reverse=True):
        _say(row)
    if not rows:
        _say("no calibrations yet: `footspring calibrate` makes one")
    return 0


def tell_due(pad: str) -> int:
    """Print whether a pad is due for calibration, and why; return 1 where it is."""
    shelf = CalibrationShelf(user_folders().calibrations)
    found = due_again(shelf.newest(pad), SystemClock().now(), shelf.events(pad))
    for one in found:
        _say(f"{pad}: due again. {one.reason}")
    if not found:
        _say(f"{pad}: not due.")
    return int(bool(found))


def _record_row(name: str, record: Record) -> str:
    worst = max(cell.expanded_n for cell in record.report.cells)
    cells = ", ".join(record.setup.cells)
    return (
        f"{record.made_at.astimezone():%Y-%m-%d %H:%M}  {record.pad}  calibration of {cells}; "
        f"U at the largest load {worst:.2f} N at most; {name}"
    )


def _check_row(found: Mapping[str, Any]) -> str:
    verdict = "passed" if found.get("passed") else "FAILED"
    at = datetime.fromisoformat(found["at"]).astimezone()
    return (
        f"{at:%Y-%m-%d %H:%M}  {found['pad']}  check of {found['cell']} {verdict}: "
        f"{found['found_n']:.2f} N found, {found['force_n']:.2f} N known, "
        f"limit {found['limit_n']:.2f} N"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
