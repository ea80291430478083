"""Tables of runs, one a row: our own column names and those of Garmin's list of activities.

Units stand in the name of a column (`distance_km`, `gct_ms`). Garmin's have none: kilometres,
metres of a step, centimetres of oscillation, milliseconds.
"""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from typing import Final

from trainer.core.diary.running import RunSource
from trainer.running.dates import instant, seconds
from trainer.running.measures import Measures, Passed, RunFileError, Told
from trainer.running.sports import is_run, surface_of
from trainer.running.xmlstream import number

MOST_ROWS: Final = 100_000
MOST_CELLS: Final = 5_000_000
"""Strava's list has some ninety columns and a row for each activity."""
_MILE_KM: Final = 1.609344

_STARTS: Final = ("start", "started", "start_time", "start_date", "date", "datetime")
_TIMES: Final = ("time", "duration", "moving_time", "elapsed_time")
_SPORTS: Final = ("activity_type", "type", "sport")
_NUMBERS: Final[Mapping[str, tuple[str, float]]] = {
    "duration_s": ("duration_s", 1.0),
    "seconds": ("duration_s", 1.0),
    "duration_min": ("duration_s", 60.0),
    "minutes": ("duration_s", 60.0),
    "km": ("km", 1.0),
    "distance": ("km", 1.0),
    "distance_km": ("km", 1.0),
    "distance_m": ("km", 1e-3),
    "distance_mi": ("km", _MILE_KM),
    "miles": ("km", _MILE_KM),
    "spm": ("spm", 1.0),
    "cadence": ("spm", 1.0),
    "cadence_spm": ("spm", 1.0),
    "avg_cadence": ("spm", 1.0),
    "avg_run_cadence": ("spm", 1.0),
    "step_m": ("step_m", 1.0),
    "step_length_m": ("step_m", 1.0),
    "step_length_mm": ("step_m", 1e-3),
    "avg_stride_length": ("step_m", 1.0),
    "gct": ("gct_ms", 1.0),
    "gct_ms": ("gct_ms", 1.0),
    "ground_contact_time": ("gct_ms", 1.0),
    "ground_contact_time_ms": ("gct_ms", 1.0),
    "avg_ground_contact_time": ("gct_ms", 1.0),
    "gct_cv_pct": ("gct_cv_pct", 1.0),
    "gct_balance": ("gct_balance_pct", 1.0),
    "gct_balance_pct": ("gct_balance_pct", 1.0),
    "avg_gct_balance": ("gct_balance_pct", 1.0),
    "vo_mm": ("vo_mm", 1.0),
    "vo_cm": ("vo_mm", 10.0),
    "vertical_oscillation_mm": ("vo_mm", 1.0),
    "avg_vertical_oscillation": ("vo_mm", 10.0),
    "vertical_ratio": ("vertical_ratio_pct", 1.0),
    "vertical_ratio_pct": ("vertical_ratio_pct", 1.0),
    "avg_vertical_ratio": ("vertical_ratio_pct", 1.0),
}
_SHOES: Final = ("shoe", "gear")
_SURFACES: Final = ("surface",)
_BALANCE: Final = re.compile(r"\s*([\d.,]+)\s*%?\s*L\b")
"""The left foot's part of Garmin's `49.8% L / 50.2% R`."""


def read_csv(told: bytes) -> tuple[tuple[Told, str], ...]:
    """Return what each row says, and its hash: rows may be added later. Raises RunFileError."""
    header, rows, has_decimal_comma = table(told)
    names = [column_name(name) for name in header]
    if not set(names) & set(_STARTS) or not set(names) & {*_NUMBERS, *_TIMES}:
        raise RunFileError(
            "no table of runs: it needs a column 'start', one of 'duration_s' or 'time', and "
            f"'km'; found: {', '.join(header[:8])[:120]}"
        )
    return tuple(
        (_told(values, has_decimal_comma=has_decimal_comma), _hash(values))
        for values in (dict(zip(names, row, strict=False)) for row in rows)
        if any(values.values())
    )


def table(told: bytes) -> tuple[list[str], list[list[str]], bool]:
    """Return the header, the rows, and whether numbers have a decimal comma."""
    try:
        text = told.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RunFileError("neither a watch file nor a text in UTF-8") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    if text.count(delimiter) > MOST_CELLS:
        raise RunFileError(f"the table has more than {MOST_CELLS} cells")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RunFileError(f"the table cannot be read ({error})") from error
    if not rows or len(rows[0]) < 2:  # noqa: PLR2004 - a single column is no table
        raise RunFileError("neither a watch file nor a table with a header")
    if len(rows) > MOST_ROWS:
        raise RunFileError(f"the table has {len(rows)} rows; allowed: {MOST_ROWS}")
    return rows[0], rows[1:], delimiter == ";"


def column_name(header: str) -> str:
    """Return a header as the names here are written: small, words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


def _told(values: Mapping[str, str], *, has_decimal_comma: bool) -> Told:
    sport = _first(values, _SPORTS)
    if sport and not is_run(sport):
        return Passed(sport)
    numbers: dict[str, float] = {}
    for name, (field, factor) in _NUMBERS.items():
        found = _number(values.get(name, ""), has_decimal_comma=has_decimal_comma)
        if found is not None:
            numbers.setdefault(field, found * factor)
    duration_s = numbers.pop("duration_s", None)
    return Measures(
        RunSource.CSV,
        instant(_first(values, _STARTS)),
        seconds(_first(values, _TIMES)) if duration_s is None else duration_s,
        shoe=_first(values, _SHOES),
        surface=_first(values, _SURFACES) or surface_of(sport),
        km=numbers.get("km"),
        spm=numbers.get("spm"),
        step_m=numbers.get("step_m"),
        gct_ms=numbers.get("gct_ms"),
        gct_cv_pct=numbers.get("gct_cv_pct"),
        gct_balance_pct=numbers.get("gct_balance_pct"),
        vo_mm=numbers.get("vo_mm"),
        vertical_ratio_pct=numbers.get("vertical_ratio_pct"),
    )


def _number(text: str, *, has_decimal_comma: bool) -> float | None:
    balance = _BALANCE.match(text)
    tidy = (balance[1] if balance else text).strip().removesuffix("%")
    return number(tidy.replace(",", ".") if has_decimal_comma else tidy.replace(",", ""))


def _first(values: Mapping[str, str], names: Sequence[str]) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _hash(values: Mapping[str, str]) -> str:
    known = {*_NUMBERS, *_STARTS, *_TIMES, *_SPORTS, *_SHOES, *_SURFACES}
    said = sorted((name, value.strip()) for name, value in values.items() if name in known)
    return hashlib.sha256(repr(said).encode()).hexdigest()
