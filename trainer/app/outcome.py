"""A session's report data, computed again from its recording."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final

import numpy as np

from trainer.app.analysis import Analysis
from trainer.app.calibrationshare import tell
from trainer.app.logbook import Logbook, NotedRep, NotedSet, match_hold
from trainer.app.person import storable_pad
from trainer.coach.exercises import Exercise
from trainer.core.arrays import FloatArray
from trainer.core.block import Quality
from trainer.core.events import FramesDropped
from trainer.core.hold import Hold
from trainer.core.pad import PadSettings
from trainer.core.texts import noted, tr
from trainer.detect.fatigue import judge_fatigue
from trainer.detect.sets import SET_REST_S, group_sets
from trainer.detect.tempo import tempo_errors
from trainer.recording.header import RecordingHeader
from trainer.report.incidents import find_incidents
from trainer.report.model import LinkData, MvcData, RepData, ReportData, SetData
from trainer.sources.catalog import NONE

SAME_MAXIMUM: Final = 1e-6
"""A maximum is stored as it was measured: what differs by more came from another press."""

_UNMEASURED: Final = noted(
    "No sensor took part: the clock led, and what was done is noted as unmeasured."
)


def session_report(
    analysis: Analysis,
    header: RecordingHeader,
    book: Logbook,
    exercise: Exercise,
    status: str,
) -> ReportData:
    """Return the report of one of our own sessions."""
    started = local_time(header)
    mvcs = {side: mvc_n for side, mvc_n, _ in book.mvcs}
    mvcs = {**_known_mvcs(header.settings), **mvcs}
    is_without = header.source == NONE
    time_s, force_n = (np.zeros(0), np.zeros(0)) if is_without else trace(analysis)
    return ReportData(
        title=f"{header.settings.get('circuit', exercise.title)}: {header.athlete or 'session'}",
        session_id=header.session_id,
        athlete=header.athlete,
        started_local=f"{started:%Y-%m-%d %H:%M} ({header.zone})",
        duration_s=analysis.pipeline.duration_s,
        status=status,
        exercise=exercise.title,
        is_simulated=header.is_simulated,
        sets=tuple(_set(noted, analysis, exercise, mvcs) for noted in book.sets),
        mvc=tuple(
            MvcData(
                side,
                mvc_n,
                "this session" if side in measured_sides(book) else "earlier",
                _maximum_u_n(mvc_n, analysis.holds),
            )
            for side, mvc_n in mvcs.items()
        ),
        time_s=time_s,
        force_n=force_n,
        link=LinkData() if is_without else link(analysis),
        incidents=find_incidents(analysis.pipeline.events),
        left_out=analysis.recording.left_out,
        warnings=(tr(_UNMEASURED),) if is_without else _warnings(analysis),
        calibration=analysis.pipeline.calibration_label,
        calibration_note=_calibration_note(analysis),
        settings=_shown_settings(header),
        versions=dict(header.versions),
    )


def replay_report(analysis: Analysis, exercise: Exercise) -> ReportData:
    """Return the report of a recording from elsewhere: sets are told by their rests."""
    time_s, force_n = trace(analysis)
    return ReportData(
        title=f"Recording {analysis.recording.path.name}",
        session_id="",
        athlete="",
        started_local="",
        duration_s=analysis.pipeline.duration_s,
        status="replayed",
        exercise=exercise.title,
        is_replay=True,
        sets=tuple(
            SetData(
                number,
                "",
                tuple(
                    RepData(rep, hold)
                    for rep, hold in enumerate(analysis.holds[first - 1 : last], 1)
                ),
                fatigue=judge_fatigue(analysis.holds[first - 1 : last], 1),
            )
            for number, (first, last) in enumerate(group_sets(analysis.holds), 1)
        ),
        time_s=time_s,
        force_n=force_n,
        link=link(analysis),
        incidents=find_incidents(analysis.pipeline.events),
        left_out=analysis.recording.left_out,
        warnings=_warnings(analysis),
        calibration=analysis.pipeline.calibration_label,
        calibration_note=_calibration_note(analysis),
    )


def measured_sides(book: Logbook) -> frozenset[str]:
    """Return the feet whose maximum was measured in the session."""
    return frozenset(side for side, _, _ in book.mvcs)


def local_time(header: RecordingHeader) -> datetime:
    """Return the start as the clock on the wall showed it then and there."""
    zone = timezone(timedelta(seconds=header.utc_offset_s))
    return header.started_at.astimezone(zone)


def link(analysis: Analysis) -> LinkData:
    """Return how well the samples arrived."""
    pipeline = analysis.pipeline
    dropped = (e.count for e in pipeline.events if isinstance(e, FramesDropped))
    return LinkData(
        rate_hz=pipeline.assembler.rate_hz,
        samples=pipeline.assembler.samples,
        lost_samples=pipeline.assembler.lost_samples,
        rejected_samples=pipeline.rejected_samples,
        dropped_frames=sum(dropped),
    )


def trace(analysis: Analysis) -> tuple[FloatArray, FloatArray]:
    """Return (n,) stamps and detected force above the session's rest level, NaN where lost."""
    if not analysis.blocks:
        return np.zeros(0), np.zeros(0)
    time_s = np.concatenate([block.time_s for block in analysis.blocks])
    force_n = np.concatenate([block.force_n[:, -1] for block in analysis.blocks])
    quality = np.concatenate([block.quality for block in analysis.blocks])
    above = force_n - _rest_line(time_s, force_n, analysis)
    above[(quality & Quality.HELD) > 0] = np.nan
    return time_s, above


def _rest_line(time_s: FloatArray, force_n: FloatArray, analysis: Analysis) -> FloatArray:
    """Return the rest level from hold to hold: what a curve is drawn above."""
    holds = [hold for hold in analysis.holds if np.isfinite(hold.rest_n)]
    if not holds:
        return np.full(len(time_s), float(np.median(force_n)))
    starts = np.array([hold.start_s for hold in holds])
    order = np.argsort(starts, kind="stable")
    starts, levels = starts[order], np.array([hold.rest_n for hold in holds])[order]
    line = np.interp(time_s, starts, levels)
    # Across a rest between sets the foot may have moved: there each half keeps its own level.
    after = np.clip(np.searchsorted(starts, time_s), 1, len(starts) - 1) if len(starts) > 1 else 0
    before = np.maximum(after - 1, 0)
    is_long = starts[after] - starts[before] > SET_REST_S
    is_nearer = time_s - starts[before] < starts[after] - time_s
    return np.where(is_long, np.where(is_nearer, levels[before], levels[after]), line)


def _set(
    noted: NotedSet, analysis: Analysis, exercise: Exercise, mvcs: Mapping[str, float]
) -> SetData:
    half = exercise.band_pct / 100
    target = noted.target_n
    reps = tuple(_reps(noted.reps, analysis))
    return SetData(
        number=noted.number,
        side=noted.side,
        reps=reps,
        target_low_n=None if target is None else target * (1 - half),
        target_high_n=None if target is None else target * (1 + half),
        is_target_estimated=target is not None and noted.side not in mvcs,
        asked_reps=noted.asked_reps or None,
        fatigue=judge_fatigue([rep.hold for rep in reps if rep.is_counted], 1),
        tempo=tempo_errors(noted.asked, [rep.hold for rep in reps]),
    )


def _reps(noted: Sequence[NotedRep], analysis: Analysis) -> list[RepData]:
    matched = ((rep, match_hold(rep, analysis.holds)) for rep in noted)
    return [
        RepData(rep.rep, hold, rep.is_counted, rep.reject_reason)
        for rep, hold in matched
        if hold is not None
    ]


def _shown_settings(header: RecordingHeader) -> dict[str, str]:
    """Return the settings as shown; the pad only where it is not the usual one."""
    usual = {"pad": storable_pad(PadSettings())}
    return {key: str(kept) for key, kept in header.settings.items() if kept != usual.get(key, ...)}


def _warnings(analysis: Analysis) -> tuple[str, ...]:
    """Return what a person must know who reads the report."""
    return tuple(f"{line[0].upper()}{line[1:]}." for line in analysis.result.warnings)


def _maximum_u_n(mvc_n: float, holds: Sequence[Hold]) -> float | None:
    """Return how sure a maximum is that one of these holds gave; None of one from elsewhere."""
    for hold in holds:
        best_n = hold.best_half_second_n
        if best_n is not None and math.isclose(best_n, mvc_n, rel_tol=SAME_MAXIMUM):
            return hold.shown_uncertainty.plateau_n
    return None


def _calibration_note(analysis: Analysis) -> str:
    facts = analysis.result.calibration
    return "" if facts is None else f"{tell(facts)}."


def _known_mvcs(settings: Mapping[str, object]) -> dict[str, float]:
    known = settings.get("known_mvc_n")
    if not isinstance(known, Mapping):
        return {}
    return {str(side): float(mvc_n) for side, mvc_n in known.items()}
