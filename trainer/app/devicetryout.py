"""The try-out of a device: a session's sets summed up in a verdict, with the curve drawn."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np

from trainer.app.analysis import Analysis
from trainer.app.devicepicture import picture_path
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.devicesource import analysis_of_session, find_session, holds_by_set
from trainer.app.notebook import Answer
from trainer.app.outcome import trace
from trainer.app.privatefile import write_picture
from trainer.core.diary.training import SetLog
from trainer.core.errors import RecordingError, UsageError
from trainer.core.hold import Hold
from trainer.core.texts import tr, trn
from trainer.devices.tryout import TriedSet, try_out
from trainer.library.records import SessionRecord
from trainer.report.devicepage import SetCurve, TryOutPage, write_try_out

STEADY_PCT: Final = 0.5
"""A decline below this is written as none: rounded it is 0."""


def try_device(
    shelf: DeviceShelf,
    device_id: str,
    session: str | None,
    comfort: float,
    picture: Path | None = None,
) -> Answer:
    """Judge a device by its newest session, or by the one that is named, and draw the curve."""
    shelf.find(device_id)
    shelf.refuse_blocked(device_id)
    path = picture_path(picture, f"{device_id}-tryout")
    record, noted = _sets_of(shelf, device_id, session)
    analysis = _analysis(record)
    sets = [_tried(log) for log in noted] or _recorded(analysis)
    limits = (shelf.limits.least_comfort, shelf.limits.most_compensated_pct)
    found = try_out(device_id, record.session_id, comfort, sets, limits)
    shelf.book.note(found, is_simulated=record.is_simulated)
    lines = [found.verdict]
    if found.plateau_n is not None:
        lines.append(_curve_line(len(sets), found.plateau_n, found.decline_pct))
    if record.is_simulated:
        lines.append(tr("from a simulated pad"))
    if analysis is None:
        lines.append(tr("no picture: the session has no recording"))
    else:
        page = _page(analysis, device_id, record, " ".join(lines[:2]))
        write_picture(path, lambda part: write_try_out(page, part))
        lines.append(tr("picture: {path}").format(path=path))
    table = {**asdict(found), "picture": None if analysis is None else f"{path}"}
    return Answer(tuple(lines), table, status=int(not found.is_suitable))


def _sets_of(
    shelf: DeviceShelf, device_id: str, session: str | None
) -> tuple[SessionRecord, list[SetLog]]:
    """Return the session and its sets with the device. Raises UsageError: it was not used."""
    logs = [entry.said for entry in shelf.sets() if entry.said.is_measured]
    used = [log for log in logs if log.device == device_id]
    order = f"`footspring run --circuit try_out --device {device_id}`"
    if session is None:
        if not used:
            raise UsageError(
                tr("'{device}' was used in no session yet: {order} first, three minutes.").format(
                    device=device_id, order=order
                )
            )
        record = shelf.book.library.session(used[-1].session_id)
    else:
        record = find_session(shelf, session)
    own = [log for log in logs if log.session_id == record.session_id]
    tried = [log for log in own if log.device == device_id]
    if own and not tried:
        others = ", ".join(dict.fromkeys(log.device or tr("no device") for log in own))
        raise UsageError(
            tr("session {session} was done with {others}, not with '{device}': {order}.").format(
                session=record.session_id, others=others, device=device_id, order=order
            )
        )
    return record, tried


def _analysis(record: SessionRecord) -> Analysis | None:
    try:
        return analysis_of_session(record)
    except RecordingError:
        # The sets stand in the diary: a verdict needs no recording, only the picture does.
        return None


def _tried(log: SetLog) -> TriedSet:
    return TriedSet(
        log.counted_reps,
        log.compensated_reps,
        log.plateau_n,
        log.decline_pct,
        log.tempo_cv_pct,
        log.ended_by,
        log.pain,
    )


def _recorded(analysis: Analysis | None) -> list[TriedSet]:
    sets = [] if analysis is None else [holds for _, holds in holds_by_set(analysis) if holds]
    return [TriedSet(len(holds), _helped(holds).count(True), _middle_n(holds)) for holds in sets]


def _helped(holds: Sequence[Hold]) -> list[bool]:
    return [hold.compensation.is_compensated is True for hold in holds]


def _middle_n(holds: Sequence[Hold]) -> float:
    return float(np.median([hold.plateau_n for hold in holds]))


def _curve_line(sets: int, plateau_n: float, decline_pct: float | None) -> str:
    curve = tr("curve: {sets}, plateau {plateau:.1f} N").format(
        sets=trn("{n} set", "{n} sets", sets), plateau=plateau_n
    )
    if decline_pct is None:
        return curve
    if decline_pct < STEADY_PCT:
        return curve + tr(", none lost from first to last reps")
    return curve + tr(", lost {decline:.0f} % from first to last reps").format(decline=decline_pct)


def _page(analysis: Analysis, device_id: str, record: SessionRecord, told: str) -> TryOutPage:
    time_s, force_n = trace(analysis)
    curves = [
        SetCurve(
            f"{number} {side}".strip(),
            tuple(hold.plateau_n for hold in holds),
            tuple(_helped(holds)),
            holds[0].start_s,
            holds[-1].end_s,
        )
        for number, (side, holds) in enumerate(holds_by_set(analysis), 1)
        if holds
    ]
    return TryOutPage(
        title=tr("Try-out of {device}, {day}").format(
            device=device_id, day=f"{record.local_started_at:%Y-%m-%d %H:%M}"
        ),
        note=told,
        time_s=time_s,
        force_n=force_n,
        sets=curves,
        is_simulated=record.is_simulated,
    )
