"""How the device of a session pressed into the sole: too hard, rigidly, or slipping."""

from dataclasses import asdict
from typing import Final

import numpy as np

from trainer.app.analysis import AS_RECORDED, Analysis, find_person
from trainer.app.deviceshelf import DeviceShelf
from trainer.app.devicesource import analysis_of, holds_by_set, is_simulated
from trainer.app.notebook import Answer
from trainer.core.arrays import FloatArray
from trainer.core.texts import tr, trn
from trainer.devices.contact import Slip, TooHard, is_rigid, slips, too_hard, unexplained

_HEEL: Final = "heel"
_SHOWN: Final = 5
"""Slips that are told one by one."""


def contact_of(shelf: DeviceShelf, session: str) -> Answer:
    """Return what a session's forces tell of the device under the sole."""
    analysis = analysis_of(shelf, session)
    time_s = np.concatenate([block.time_s for block in analysis.blocks])
    cells_n = np.concatenate([block.force_n for block in analysis.blocks])[:, :-1]
    hard = _too_hard(shelf, analysis, time_s, cells_n)
    slipped = _slips(shelf, analysis, time_s, cells_n)
    judged = [hold.compensation.is_rigid for hold in analysis.holds]
    is_still, rigid = is_rigid(judged), judged.count(True)
    lines = [one.sentence(shelf.limits.ceiling_n) for one in hard]
    lines += _slip_lines(slipped)
    if is_still:
        lines.append(
            tr(
                "{n} of {all} presses of high force without any movement: the device may lie "
                "rigidly under the sole. Move it, or take a softer one."
            ).format(n=rigid, all=len(judged))
        )
    has_found = bool(lines)
    if slipped is None:
        lines.append(tr("where its cells lie is not known: slips cannot be told"))
    if judged and is_still is None:
        lines.append(
            tr(
                "rigid placement cannot be told: no press lasted long enough with the load of a "
                "resting foot on two cells"
            )
        )
    if not has_found:
        lines.insert(
            0, trn("nothing found in {n} press", "nothing found in {n} presses", len(judged))
        )
    if is_simulated(analysis):
        lines.append(tr("from a simulated pad"))
    table = {
        "too_hard": [asdict(one) for one in hard],
        "slips": None if slipped is None else [asdict(one) for one in slipped],
        "is_rigid": is_still,
        "rigid_presses": rigid,
        "presses": len(judged),
    }
    return Answer(tuple(lines), table, status=int(has_found))


def _too_hard(
    shelf: DeviceShelf, analysis: Analysis, time_s: FloatArray, cells_n: FloatArray
) -> tuple[TooHard, ...]:
    """Judge what the front of the foot presses beyond its resting weight: no leg's load is that."""
    front = [n for n, role in enumerate(analysis.pipeline.channels) if role != _HEEL]
    force_n = cells_n[:, front].sum(axis=1)
    if analysis.holds:
        starts_s = [hold.start_s for hold in analysis.holds]
        rests_n = [sum(hold.cell_rest_n[n] for n in front) for hold in analysis.holds]
        force_n = force_n - np.interp(time_s, starts_s, rests_n)
        force_n = np.where(_in_sets(analysis, time_s), force_n, 0.0)
    limits = shelf.limits
    return too_hard(time_s, force_n, ceiling_n=limits.ceiling_n, ceiling_s=limits.ceiling_s)


def _slips(
    shelf: DeviceShelf, analysis: Analysis, time_s: FloatArray, cells_n: FloatArray
) -> tuple[Slip, ...] | None:
    places_cm = _places_cm(analysis)
    if places_cm is None:
        return None
    found = slips(time_s, cells_n, places_cm, slip_cm=shelf.limits.slip_cm)
    edges_s = [at_s for hold in analysis.holds for at_s in (hold.start_s, hold.end_s)]
    spans_s = _spans_s(analysis) or [(float(time_s[0]), float(time_s[-1]))]
    return unexplained(found, spans_s, edges_s)


def _slip_lines(slipped: tuple[Slip, ...] | None) -> list[str]:
    found = slipped or ()
    lines = [
        tr("slip at {at:.1f} s: the centre of pressure jumped by {jump:.1f} cm").format(
            at=one.at_s, jump=one.jump_cm
        )
        for one in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        lines.append(trn("and {n} slip more", "and {n} slips more", len(found) - _SHOWN))
    return lines


def _spans_s(analysis: Analysis) -> list[tuple[float, float]]:
    sets = [holds for _, holds in holds_by_set(analysis) if holds]
    return [(holds[0].start_s, holds[-1].end_s) for holds in sets]


def _in_sets(analysis: Analysis, time_s: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    is_in = np.zeros(len(time_s), bool)
    for start_s, end_s in _spans_s(analysis):
        is_in |= (time_s >= start_s) & (time_s <= end_s)
    return is_in


def _places_cm(analysis: Analysis) -> FloatArray | None:
    places = find_person(analysis.recording, AS_RECORDED).pad.cells
    roles = analysis.pipeline.channels
    if len(roles) < 2 or any(role not in places for role in roles):  # noqa: PLR2004 - one has no centre
        return None
    return 100 * np.array([places[role].x_m for role in roles], np.float64)
