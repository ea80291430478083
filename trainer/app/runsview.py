"""What the runs tell, as lines and as JSON: the list, the weeks, the single-run rule, trends."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from trainer.core.diary.entry import Entry
from trainer.core.diary.running import Run
from trainer.core.texts import tr, trn
from trainer.running.beside import Interval, trend_per_week
from trainer.running.claims import contact_trend, mixed, no_ratio, proxy, room_line, spike_line
from trainer.running.spike import Spike, room, spikes
from trainer.running.weeks import METRICS, WEEK, Week, sources_of, weeks

SHOWN: Final = 8
"""Letters of a hash that name a run."""
_COLUMNS: Final = (
    ("spm", 0),
    ("step_m", 2),
    ("gct_ms", 0),
    ("gct_cv_pct", 1),
    ("gct_balance_pct", 1),
    ("vo_mm", 0),
    ("vertical_ratio_pct", 1),
)
"""What is shown of the watch's figures, and its decimals."""


def none_yet() -> str:
    """Return what is said where there are no runs."""
    return tr("no runs yet: `footspring runs import FILE_OR_FOLDER` adds some")


def list_lines(runs: Sequence[Entry[Run]]) -> tuple[str, ...]:
    """Return the runs as a table, newest first."""
    if not runs:
        return (none_yet(),)
    rows = [
        (tr("run"), tr("started"), "km", "min", *_heads(), tr("from"), tr("said")),
    ]
    rows += [_row(entry) for entry in reversed(runs)]
    return _table(rows)


def list_json(runs: Sequence[Entry[Run]]) -> str:
    """Return the runs as JSON, in order of time."""
    return json.dumps([run_object(entry) for entry in runs], indent=1, ensure_ascii=False)


def run_object(entry: Entry[Run]) -> dict[str, object]:
    """Return one run as JSON has it."""
    return {"start": entry.local_at.isoformat(), **asdict(entry.said)}


def show_lines(runs: Sequence[Entry[Run]], now: datetime, count: int) -> tuple[str, ...]:
    """Return the last weeks, the single-run rule and the trend of contact time beside load."""
    if not runs:
        return (none_yet(),)
    held = weeks(runs, _today(runs, now), count)
    lines = [*_table([_week_head(), *(_week_row(week) for week in held)]), ""]
    unknown = sum(week.unknown_km for week in held)
    if unknown:
        lines.append(
            trn(
                "{n} run has no usable distance: the kilometres of its week are too low.",
                "{n} runs have no usable distance: the kilometres of their weeks are too low.",
                unknown,
            )
        )
    found = _spikes_within(runs, held)
    lines += [spike_line(spike) for spike in found] or [tr("No single-run spike in these weeks.")]
    lines.append(room_line(room(runs, now)))
    contact, load, speed, n = _trends(held)
    lines += [contact_trend(contact, load, speed, n), *_mixed(runs, held), no_ratio(), proxy()]
    return tuple(lines)


def show_json(runs: Sequence[Entry[Run]], now: datetime, count: int) -> str:
    """Return the same as JSON."""
    held = weeks(runs, _today(runs, now), count)
    contact, load, speed, n = _trends(held)
    left = room(runs, now)
    found: Mapping[str, object] = {
        "format": 1,
        "weeks": [{**asdict(week), "monday": week.monday.isoformat()} for week in held],
        "units": METRICS,
        "spikes": [
            {**asdict(s), "at": s.at.isoformat(), "beyond_pct": s.beyond_pct}
            for s in _spikes_within(runs, held)
        ],
        "most_km_within_the_rule": None if left is None else left.most_km,
        "base_km": None if left is None else left.base_km,
        "contact_trend": {
            "weeks": n,
            "gct_ms_per_week": None if contact is None else asdict(contact),
            "km_per_week": None if load is None else asdict(load),
            "speed_m_s_per_week": None if speed is None else asdict(speed),
        },
        "notes": [*_mixed(runs, held), no_ratio(), proxy()],
    }
    return json.dumps(found, indent=1, ensure_ascii=False)


def _trends(
    held: Sequence[Week],
) -> tuple[Interval | None, Interval | None, Interval | None, int]:
    """Return the changes a week of contact, load and speed, over the weeks with a contact time."""
    measured = [week for week in held if "gct_ms" in week.medians]
    contact = {week.monday: week.medians["gct_ms"] for week in measured}
    speed = {w.monday: w.medians["speed_m_s"] for w in measured if "speed_m_s" in w.medians}
    load = {week.monday: week.km for week in measured}
    return (
        trend_per_week(contact),
        trend_per_week(load),
        trend_per_week(speed),
        len(measured),
    )


def _mixed(runs: Sequence[Entry[Run]], held: Sequence[Week]) -> tuple[str, ...]:
    first = held[0].monday
    return mixed(sources_of((e.said for e in runs if e.local_day >= first), "gct_ms"))


def _spikes_within(runs: Sequence[Entry[Run]], held: Sequence[Week]) -> tuple[Spike, ...]:
    first, end = held[0].monday, held[-1].monday + WEEK
    return tuple(spike for spike in spikes(runs) if first <= spike.at.date() < end)


def _today(runs: Sequence[Entry[Run]], now: datetime) -> date:
    """Return today where the last run was: a runner abroad has that day."""
    return now.astimezone(runs[-1].local_at.tzinfo).date() if runs else now.date()


def _week_head() -> tuple[str, ...]:
    return tr("week of"), tr("runs"), "km", tr("longest"), "min", tr("key"), *_heads()


def _heads() -> tuple[str, ...]:
    return (
        tr("steps/min"),
        tr("step m"),
        tr("contact ms"),
        tr("spread %"),
        tr("left %"),
        tr("osc. mm"),
        tr("vert. %"),
    )


def _week_row(week: Week) -> tuple[str, ...]:
    return (
        f"{week.monday:%Y-%m-%d}",
        str(week.runs),
        f"{week.km:.1f}",
        _figure(week.longest_km, 1),
        f"{week.minutes:.0f}",
        str(week.key_runs),
        *(_figure(week.medians.get(name), digits) for name, digits in _COLUMNS),
    )


def _row(entry: Entry[Run]) -> tuple[str, ...]:
    run = entry.said
    said = [run.shoe, run.surface, tr("key") if run.is_key else ""]
    doubts = trn("{n} field left out", "{n} fields left out", len(run.doubts)) if run.doubts else ""
    return (
        run.sha256[:SHOWN],
        f"{entry.local_at:%Y-%m-%d %H:%M}",
        _figure(run.km, 2),
        f"{run.duration_s / 60:.0f}",
        *(_figure(getattr(run, name), digits) for name, digits in _COLUMNS),
        run.source,
        ", ".join(word for word in (*said, doubts) if word),
    )


def _figure(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _table(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return tuple(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
