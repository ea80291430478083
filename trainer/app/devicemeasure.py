"""Devices by measurement: characteristic, try-out, contact with the sole, results compared."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import numpy as np

from trainer.app.analysis import AS_RECORDED, Analysis, analyse, find_person
from trainer.app.devices import characteristic_line, tension_of
from trainer.app.deviceshelf import DeviceShelf, said_last
from trainer.app.notebook import Answer
from trainer.core.arrays import FloatArray
from trainer.core.diary.devices import Characteristic
from trainer.core.diary.training import SetLog
from trainer.core.errors import RecordingError, RecordingFault, UsageError
from trainer.core.folders import user_folders
from trainer.core.settings import DetectionSettings
from trainer.core.texts import tr
from trainer.detect.footwork import HIGH_N
from trainer.devices.comparison import DeviceResult, by_device, with_and_without
from trainer.devices.contact import is_rigid, slips, too_hard
from trainer.devices.stiffness import StretchStep, characterise
from trainer.devices.stretchsteps import steps_of_table, steps_of_trace
from trainer.devices.tryout import TriedSet, try_out
from trainer.devices.wear import Wear, wear
from trainer.recording.reader import read_recording

MOST_TABLE_BYTES: Final = 1_000_000
"""Ten thousand rows: more is a recording, no table of stretches."""


def characterise_device(
    shelf: DeviceShelf, device_id: str, source: str, stretches_mm: Sequence[float]
) -> Answer:
    """Measure a device's resistance from a table or a recording, and compare it with before."""
    device = shelf.find(device_id)
    steps, is_simulated = _steps(shelf, source, stretches_mm)
    tension = tension_of(shelf, device)
    now = characterise(device_id, steps, tension=tension, source=Path(source).name)
    earlier = [
        entry for entry in shelf.book.entries(Characteristic) if entry.said.tension == tension
    ]
    before: Characteristic | None = said_last(tuple(earlier), device_id)
    shelf.book.note(now, is_simulated=is_simulated)
    lines = [f"{device_id}: {characteristic_line(now)}"]
    found = wear(before, now) if before else None
    if found:
        lines.append(_wear_line(found))
    if is_simulated:
        lines.append(tr("from a simulated pad"))
    table = {
        **asdict(now),
        "loss_pct": found and found.loss_pct,
        "loss_u_pct": found and found.u_pct,
    }
    return Answer(tuple(lines), table, status=int(found is not None and found.has_lost))


def try_device(shelf: DeviceShelf, device_id: str, session: str, comfort: float) -> Answer:
    """Judge a device by its try-out: the session's sets as noted, else as recorded."""
    shelf.find(device_id)
    shelf.refuse_blocked(device_id)
    record = shelf.book.library.session(_last_or(shelf, session))
    noted = [e.said for e in shelf.sets() if e.said.session_id == record.session_id]
    if noted:
        sets = [_tried(log) for log in noted if log.counted_reps]
    else:
        sets = _recorded_sets(_analysis(shelf, session))
    limits = (shelf.limits.least_comfort, shelf.limits.most_compensated_pct)
    found = try_out(device_id, record.session_id, comfort, sets, limits)
    shelf.book.note(found, is_simulated=record.is_simulated)
    lines = [found.verdict]
    if found.plateau_n is not None:
        curve = tr("curve: {n} sets, plateau {plateau:.1f} N").format(
            n=len(sets), plateau=found.plateau_n
        )
        if found.decline_pct is not None:
            curve += tr(", lost {decline:.0f} % from first to last reps").format(
                decline=found.decline_pct
            )
        lines.append(curve)
    if record.is_simulated:
        lines.append(tr("from a simulated pad"))
    return Answer(tuple(lines), asdict(found), status=int(not found.is_suitable))


def contact_of(shelf: DeviceShelf, session: str) -> Answer:
    """Return how the device of a session pressed into the sole: too hard, rigid, slipping."""
    analysis, limits = _analysis(shelf, session), shelf.limits
    time_s = np.concatenate([block.time_s for block in analysis.blocks])
    force_n = np.concatenate([block.force_n for block in analysis.blocks])
    cells_n = force_n[:, :-1]
    hard = too_hard(
        time_s, cells_n.sum(axis=1), ceiling_n=limits.ceiling_n, ceiling_s=limits.ceiling_s
    )
    lines = [one.sentence(limits.ceiling_n) for one in hard]
    places = _places_cm(analysis)
    jumps = slips(time_s, cells_n, places, slip_cm=limits.slip_cm) if places is not None else ()
    lines += [
        tr("slip at {at:.1f} s: the centre of pressure jumped by {jump:.1f} cm").format(
            at=one.at_s, jump=one.jump_cm
        )
        for one in jumps
    ]
    rigid = 0
    for hold in analysis.holds:
        is_on = (time_s >= hold.start_s) & (time_s <= hold.end_s)
        if places is not None and is_on.any():
            rigid += is_rigid(time_s[is_on], cells_n[is_on], places, high_n=HIGH_N) or False
    if rigid:
        lines.append(
            tr(
                "{n} presses of high force without any movement: the device may lie rigidly under "
                "the sole. Move it, or take a softer one."
            ).format(n=rigid)
        )
    if places is None:
        lines.append(
            tr("where its cells lie is not known: slips and rigid placement cannot be told")
        )
    table = {
        "too_hard": [asdict(one) for one in hard],
        "slips": None if places is None else [asdict(one) for one in jumps],
        "rigid_presses": None if places is None else rigid,
    }
    has_found = bool(hard or jumps or rigid)
    return Answer(tuple(lines) or (tr("nothing found"),), table, status=int(has_found))


def compare_devices(shelf: DeviceShelf, exercise: str | None) -> Answer:
    """Return results by device; supports apart, and beside the same without them."""
    logs = [e.said for e in shelf.sets() if exercise in {None, e.said.exercise}]
    results = by_device(logs, shelf.assistive())
    own = [one for one in results if not one.is_assistive]
    supported = [one for one in results if one.is_assistive]
    lines = [_result_line(one) for one in own] or [tr("no measured sets yet")]
    if supported:
        lines += [tr("with a support (kept apart):"), *map(_result_line, supported)]
        lines += [one.sentence() for one in with_and_without(results)]
    return Answer(tuple(lines), [asdict(one) for one in results])


def _steps(
    shelf: DeviceShelf, source: str, stretches_mm: Sequence[float]
) -> tuple[tuple[StretchStep, ...], bool]:
    path = Path(source)
    if path.is_file() and path.stat().st_size < MOST_TABLE_BYTES and not stretches_mm:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(
                f"{path}: is no table. Name the stretches of a recording with --stretches 0,10,20."
            ) from error
        return steps_of_table(text, path.name), False
    if not stretches_mm:
        raise UsageError(
            f"'{source}': name the stretches that were held, in order: --stretches 0,10,20,30,20,10"
        )
    analysis = _analysis(shelf, source)
    time_s = np.concatenate([block.time_s for block in analysis.blocks])
    force_n = np.concatenate([block.force_n[:, -1] for block in analysis.blocks])
    header = analysis.recording.header
    is_simulated = header is not None and header.is_simulated
    return steps_of_trace(time_s, force_n, stretches_mm, source), is_simulated


def _analysis(shelf: DeviceShelf, source: str) -> Analysis:
    """Return the analysis of a file or of a session's recording."""
    path = Path(source)
    if not path.is_file():
        record = shelf.book.library.session(_last_or(shelf, source))
        if not record.recording:
            raise RecordingError(
                f"session {record.session_id}: has no recording. Choose one that has: `footspring "
                "sessions` lists them.",
                RecordingFault.MISSING,
            )
        path = user_folders().data / record.recording
    return analyse(read_recording(path), DetectionSettings())


def _last_or(shelf: DeviceShelf, session: str) -> str:
    if session != "last":
        return session
    sessions = shelf.book.library.sessions()
    if not sessions:
        raise UsageError("no sessions yet: `footspring run` starts one.")
    return sessions[0].session_id


def _places_cm(analysis: Analysis) -> FloatArray | None:
    places = find_person(analysis.recording, AS_RECORDED).pad.cells
    roles = analysis.pipeline.channels
    if len(roles) < 2 or any(role not in places for role in roles):  # noqa: PLR2004 - one has no centre
        return None
    return 100 * np.array([places[role].x_m for role in roles], np.float64)


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


def _recorded_sets(analysis: Analysis) -> list[TriedSet]:
    sets = []
    for one in analysis.result.sets:
        holds = analysis.holds[one.first_hold - 1 : one.last_hold]
        helped = [hold.compensation.is_compensated for hold in holds].count(True)
        decline_pct = one.fatigue.decline_pct if one.fatigue else None
        plateau_n = float(np.median([hold.plateau_n for hold in holds]))
        sets.append(TriedSet(len(holds), helped, plateau_n, decline_pct))
    return sets


def _wear_line(found: Wear) -> str:
    change = tr("against before: {loss:+.1f} % ± {u:.1f} ({by})").format(
        loss=-found.loss_pct, u=found.u_pct, by=tr(found.by)
    )
    if found.has_lost:
        return change + tr(": it has LOST RESISTANCE. Replace it, or take this as its new figure.")
    return change + tr(": no loss seen beyond the uncertainty")


def _result_line(one: DeviceResult) -> str:
    words = [f"{one.exercise}, {one.side or tr('both')}, {one.device or tr('no device')}"]
    words.append(tr("{n} sets").format(n=one.sets))
    if one.plateau_n is not None:
        u = f" ± {1.96 * one.plateau_u_n:.1f}" if one.plateau_u_n is not None else ""
        words.append(tr("plateau {plateau:.1f}{u} N").format(plateau=one.plateau_n, u=u))
    if one.compensated_pct is not None:
        words.append(
            tr("compensated {share:.0f} % ({low:.0f} to {high:.0f})").format(
                share=one.compensated_pct,
                low=one.compensated_low_pct,
                high=one.compensated_high_pct,
            )
        )
    if one.ease is not None:
        words.append(tr("ease {ease:.1f} of 10").format(ease=one.ease))
    return ", ".join(words)
