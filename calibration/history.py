"""One calibration as it is kept: with its readings, what was known beside them, and its report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, cast

from calibration.budget import tupled
from calibration.errors import DamagedError, RefusedError
from calibration.fit import fit
from calibration.gravity import Gravity
from calibration.model import Calibration, from_table
from calibration.readings import Phase, Reading, Setup
from calibration.report import CellReport, FitReport
from calibration.weights import Weight

FORMAT: Final = 1
"""Raised when an older program could no longer read what is written."""


@dataclass(frozen=True, slots=True)
class Record:
    """A calibration and all it came from: it can be computed again."""

    pad: str
    """Name of the pad, as its owner calls it."""
    made_at: datetime
    """Aware."""
    calibration: Calibration
    setup: Setup
    readings: tuple[Reading, ...]
    report: FitReport

    def to_json(self) -> str:
        """Return the record as one JSON object."""
        table = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(table, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class History:
    """The calibrations of one pad, oldest first; none is ever changed."""

    records: tuple[Record, ...] = ()

    def with_record(self, record: Record) -> "History":
        """Return the history with one more, in the order in which they were made."""
        ordered = sorted((*self.records, record), key=lambda known: known.made_at)
        return History(tuple(ordered))

    def last(self) -> Record | None:
        """Return the newest calibration; None without one."""
        return self.records[-1] if self.records else None

    def at(self, moment: datetime) -> Record | None:
        """Return the calibration that held at a moment; None before the first."""
        before = [record for record in self.records if record.made_at <= moment]
        return before[-1] if before else None


def make_record(pad: str, made_at: datetime, setup: Setup, readings: Sequence[Reading]) -> Record:
    """Return the record of readings, fitted. Raises RefusedError: why, what to repeat."""
    if made_at.tzinfo is None:
        raise ValueError(f"{made_at.isoformat()} has no UTC offset; give an aware time")
    fitted = fit(setup, readings, made_at.isoformat())
    return Record(pad, made_at, fitted.calibration, setup, tuple(readings), fitted.report)


def from_json(text: str, origin: str) -> Record:
    """Return the record in JSON text; `origin` names the file. Raises DamagedError."""
    try:
        table = cast("Mapping[str, Any]", json.loads(text))
        version = int(table["format"])
        if version > FORMAT:
            raise DamagedError(
                f"{origin}: a calibration in format {version}; this program reads up to {FORMAT}. "
                "Update footspring."
            )
        made_at = _instant(table["made_at"])
        return Record(
            pad=str(table["pad"]),
            made_at=made_at,
            calibration=from_table(table["calibration"]),
            setup=setup_from_table(table["setup"]),
            readings=tuple(reading_from_table(entry) for entry in table["readings"]),
            report=_report(table["report"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RefusedError) as error:
        raise DamagedError(
            f"{origin}: the calibration is damaged ({error!r}). Use a copy of the file if there is "
            "one, or calibrate anew."
        ) from error


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no UTC offset")
    return instant


def reading_from_table(table: Mapping[str, object]) -> Reading:
    """Return a reading from its fields as JSON knows them. Raises TypeError for others."""
    fields = _fields(table)
    fields["phase"] = Phase(fields["phase"])
    return Reading(**fields)


def setup_from_table(table: Mapping[str, object]) -> Setup:
    """Return a setup from its fields as JSON knows them. Raises TypeError for others."""
    fields = _fields(table)
    fields["weights"] = tuple(Weight(**entry) for entry in fields["weights"])
    fields["gravity"] = Gravity(**fields["gravity"])
    return Setup(**fields)


def _report(table: Mapping[str, object]) -> FitReport:
    fields = _fields(table)
    fields["cells"] = tuple(CellReport(**_fields(entry)) for entry in fields["cells"])
    return FitReport(**fields)


def _fields(table: Mapping[str, object]) -> dict[str, Any]:
    return {name: tupled(value) for name, value in table.items()}
