"""Keeps a training circuit within the caps of a new user: lower targets, and a week's impulse."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from trainer.coach.plan import SessionPlan
from trainer.coach.programme import Circuit, Step
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import SessionKind, SessionLog, SetLog
from trainer.core.errors import UsageError
from trainer.core.settings import DeviceSettings
from trainer.core.texts import tr
from trainer.devices.newuser import Caps, beyond, caps
from trainer.library.diary import Diary

WEEK: Final = timedelta(days=7)
_TESTS: Final = frozenset({SessionKind.BASELINE, SessionKind.STANDARD_SET})


def refuse_above_caps(
    circuit: Circuit,
    plan: SessionPlan,
    sets: Sequence[Entry[SetLog]],
    now: datetime,
    limits: DeviceSettings,
) -> None:
    """Raise UsageError where a foot's week is above its cap; only training is refused."""
    if circuit.kind is not SessionKind.TRAINING:
        return
    for mvc in plan.known_mvc:
        own = [e.said for e in sets if e.at >= now - WEEK and e.said.side is mvc.side]
        week_n_s = sum(log.impulse_n_s for log in own)
        told = beyond(_caps(sets, now, mvc.force_n, limits), None, week_n_s)
        if told:
            raise UsageError(
                tr(
                    "{foot} foot: {told}. `footspring run --circuit activation` is open; the limit "
                    "is new_user_week_s in settings.toml."
                ).format(foot=tr(mvc.side), told=told[0])
            )


def caution(diary: Diary, plan: SessionPlan, now: datetime, limits: DeviceSettings) -> str:
    """Return in one sentence whose presses of the last week were above the cap; empty: none.

    Those of tests are not held against it.
    """
    sessions = diary.entries(plan.athlete, SessionLog, now - WEEK)
    tests = {e.said.session_id for e in sessions if e.said.kind in _TESTS}
    sets = diary.entries(plan.athlete, SetLog)
    told = []
    for mvc in plan.known_mvc:
        own = [e.said for e in sets if e.at >= now - WEEK and e.said.side is mvc.side]
        pressed_n = [
            log.peak_n for log in own if log.peak_n is not None and log.session_id not in tests
        ]
        cap = _caps(sets, now, mvc.force_n, limits)
        found = beyond(cap, max(pressed_n, default=None), 0.0)
        told += [f"{tr(mvc.side)}: {one}" for one in found]
    return tr("Last week, {told}.").format(told="; ".join(told)) if told else ""


def keep_caps(
    circuit: Circuit,
    plan: SessionPlan,
    sets: Sequence[Entry[SetLog]],
    now: datetime,
    limits: DeviceSettings,
) -> Circuit:
    """Return a training circuit whose bands end below a new user's cap of peak force."""
    is_new = _caps(sets, now, 1.0, limits).peak_n is not None
    if circuit.kind is not SessionKind.TRAINING or not is_new:
        return circuit
    most_pct = limits.new_user_peak_pct / (1 + plan.exercise.band_pct / 100)
    return replace(circuit, steps=tuple(_lowered(step, most_pct) for step in circuit.steps))


def most_forces_n(
    circuit: Circuit,
    plan: SessionPlan,
    sets: Sequence[Entry[SetLog]],
    now: datetime,
    limits: DeviceSettings,
) -> dict[Side, float]:
    """Return what each foot of a new user is not to press beyond in a training set, newtons."""
    if circuit.kind is not SessionKind.TRAINING:
        return {}
    found = {mvc.side: _caps(sets, now, mvc.force_n, limits).peak_n for mvc in plan.known_mvc}
    return {side: force_n for side, force_n in found.items() if force_n is not None}


def _caps(
    sets: Sequence[Entry[SetLog]], now: datetime, mvc_n: float, limits: DeviceSettings
) -> Caps:
    first = min((entry.local_day for entry in sets if entry.said.is_measured), default=None)
    numbers = (limits.new_user_weeks, limits.new_user_peak_pct, limits.new_user_week_s)
    return caps(first, now.date(), mvc_n, numbers)


def _lowered(step: Step, most_pct: float) -> Step:
    pct = step.target_pct_mvc
    return step if pct is None else replace(step, target_pct_mvc=min(pct, most_pct))
