"""A result as one plain object: what `footspring analyse --json` prints.

Keys and meanings are a fixed interface (analysis.schema.json): keys may be added, never renamed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final, TypeAlias, cast

from trainer.app.calibrationshare import CalibrationFacts
from trainer.app.result import Facts, Result, SetFinding, TaskFindings
from trainer.core.findings import Fatigue
from trainer.core.hold import UNKNOWN, Hold
from trainer.recording.recording import Recording

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

FORMAT: Final = 1


def summarise(result: Result) -> dict[str, Json]:
    """Return what was found; every figure finite, null where there is none."""
    found: dict[str, Json] = {
        "format": FORMAT,
        "recording": _recording(result.recording, result.task, result.facts),
        "holds": [_hold(hold) for hold in result.holds],
        "sets": [_set(one) for one in result.sets],
        "fatigue": _fatigue(result.fatigue),
        **_tasks(result.task_findings),
        "warnings": list(result.warnings),
        "calibration": _calibration(result.calibration),
    }
    return cast("dict[str, Json]", _finite(found))


def _recording(recording: Recording, task: str, facts: Facts) -> dict[str, Json]:
    return {
        "file": recording.path.name,
        "task": task,
        "samples": facts.samples,
        "duration_s": facts.duration_s,
        "rate_hz": facts.rate_hz,
        "lost_samples": facts.lost_samples,
        "gaps": [{"start_s": gap.start_s, "end_s": gap.end_s} for gap in facts.gaps],
        "rejected_samples": facts.rejected_samples,
        "channels": list(facts.channels),
        "left_out": list(recording.left_out),
    }


def _hold(hold: Hold) -> dict[str, Json]:
    judged = hold.compensation
    return {
        "start_s": hold.start_s,
        "end_s": hold.end_s,
        "peak_n": hold.peak_n,
        "plateau_n": hold.plateau_n,
        "mean_n": hold.mean_n,
        "cv_pct": hold.cv_pct,
        "rfd_n_s": hold.rfd_n_s,
        "impulse_n_s": hold.impulse_n_s,
        "finished": hold.is_finished,
        "compensated": judged.is_compensated,
        "ankle_excess_nm": judged.ankle_excess_nm,
        "heel_change_n": hold.heel_change_n,
        "pitch_change_deg": judged.pitch_change_deg,
        "trunk_push_n": hold.trunk_push_n,
        "witness": judged.witness,
        "ankle_excess_u_nm": judged.ankle_excess_u_nm,
        "rigid": judged.is_rigid,
        "slip_cm": judged.slip_cm,
        "ankle_lead_s": judged.ankle_lead_s,
        "pulses": judged.pulses,
        "tremor_n": hold.tremor_n,
        "decrement_pct": hold.decrement_pct,
        "saturated": hold.is_saturated,
        "lost_samples": hold.lost_samples,
        "uncertainty": cast("Json", asdict(hold.uncertainty)),
        "uncertainty_with_calibration": _combined(hold),
        "extrapolated": hold.is_extrapolated,
    }


def _combined(hold: Hold) -> Json:
    """Return the uncertainties with the calibration's share; null where that is not known."""
    return None if hold.combined == UNKNOWN else cast("Json", asdict(hold.combined))


def _calibration(facts: CalibrationFacts | None) -> Json:
    if facts is None:
        return None
    return {
        "label": facts.label,
        "made_at": facts.made_at,
        "uncertainty_known": facts.is_known,
        "range_n": facts.range_n,
        "expanded": [cast("Json", asdict(one)) for one in facts.expanded],
        "standard_pct": facts.share_pct,
        "parts_n": dict(facts.parts),
        "extrapolated": facts.is_extrapolated,
        "due": facts.is_due,
    }


def _set(one: SetFinding) -> dict[str, Json]:
    return {
        "first_hold": one.first_hold,
        "last_hold": one.last_hold,
        "fatigue": _fatigue(one.fatigue),
    }


def _fatigue(found: Fatigue | None) -> dict[str, Json] | None:
    if found is None:
        return None
    return {
        "onset_s": found.onset_s,
        "onset_rep": found.onset_rep,
        "onset_rep_low": found.onset_rep_low,
        "onset_rep_high": found.onset_rep_high,
        "decline_pct": found.decline_pct,
        "abrupt": found.is_abrupt,
    }


def _tasks(found: TaskFindings) -> dict[str, Json]:
    return {
        name: None if figures is None else cast("Json", asdict(figures))
        for name, figures in (
            ("squeeze", found.squeeze),
            ("taps", found.taps),
            ("sway", found.sway),
        )
    }


def _finite(value: Json) -> Json:
    """Return the value with null for every NaN and infinity, which JSON lacks."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_finite(inner) for inner in value]
    return value
