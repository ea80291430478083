"""The session's figures as JSON that stands inside the page, for whoever wants to compute on."""

import dataclasses
import json
import math

from trainer.report.decline import Decline
from trainer.report.model import RepData, ReportData, SetData

COURSE = "course_n"
"""A hold's curve, 50 ms a value: the recording has it, a hundred times finer."""

FORMAT = 1
"""Keys may be added; a change of meaning raises this number."""


def embed_json(data: ReportData, lines: tuple[Decline | None, ...]) -> str:
    """Return the session as JSON text that may stand inside a script element.

    The curves are not in it: they are the recording's.
    """
    body = {
        "format": FORMAT,
        "session": data.session_id,
        "title": data.title,
        "athlete": data.athlete,
        "exercise": data.exercise,
        "started_local": data.started_local,
        "duration_s": data.duration_s,
        "status": data.status,
        "simulated": data.is_simulated,
        "replay": data.is_replay,
        "first_sample_s": float(data.time_s[0]) if data.time_s.size else None,
        "mvc": [dataclasses.asdict(m) for m in data.mvc],
        "sets": [_set(s, line) for s, line in zip(data.sets, lines, strict=True)],
        "link": dataclasses.asdict(data.link),
        "incidents": [dataclasses.asdict(i) for i in data.incidents],
        "left_out": list(data.left_out),
        "warnings": list(data.warnings),
        "calibration": data.calibration,
        "calibration_note": data.calibration_note,
        "settings": dict(data.settings),
        "versions": dict(data.versions),
    }
    text = json.dumps(_finite(body), ensure_ascii=False, allow_nan=False, indent=1)
    # Inside a script element only these could end it or open a comment; JSON reads them back.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _set(one_set: SetData, line: Decline | None) -> dict[str, object]:
    return {
        "number": one_set.number,
        "side": one_set.side,
        "asked_reps": one_set.asked_reps,
        "target_low_n": one_set.target_low_n,
        "target_high_n": one_set.target_high_n,
        "target_estimated": one_set.is_target_estimated,
        "decline": None if line is None else _decline(line),
        "fatigue": None if one_set.fatigue is None else dataclasses.asdict(one_set.fatigue),
        "reps": [_rep(r) for r in one_set.reps],
    }


def _decline(line: Decline) -> dict[str, object]:
    return {
        "pct_per_rep": line.pct,
        "low_pct_per_rep": line.low_pct,
        "high_pct_per_rep": line.high_pct,
        "first_n": line.first_n,
        "distinguishable": line.is_distinct,
    }


def _rep(rep: RepData) -> dict[str, object]:
    return {
        "rep": rep.rep if rep.is_counted else None,
        "counted": rep.is_counted,
        "reject_reason": rep.reject_reason,
        **{key: kept for key, kept in dataclasses.asdict(rep.hold).items() if key != COURSE},
    }


def _finite(value: object) -> object:
    """Return the value with every NaN and infinity replaced by null, which JSON lacks."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value
