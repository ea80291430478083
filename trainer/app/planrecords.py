"""The diary of one athlete as the planner takes it, with figures of runs, shoes and devices."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from trainer.app.notebook import Notebook
from trainer.app.planstandard import (
    StandardVisit,
    standard_mdc95,
    standard_results,
    standard_visits,
)
from trainer.app.programmes import load_programme
from trainer.core.diary.devices import (
    Characteristic,
    Device,
    DeviceStanding,
    Exposure,
    Level,
    SafetyCheck,
    Shoe,
)
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import (
    Decision,
    Goal,
    Holiday,
    KeyWorkout,
    Overruled,
    PainFreeDay,
    Race,
    Season,
    What,
)
from trainer.core.diary.running import Run
from trainer.core.diary.training import (
    PainReport,
    ReadinessCheck,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.core.folders import user_folders
from trainer.core.settings import DeviceSettings, Settings, read_settings
from trainer.devices.checks import next_check
from trainer.devices.shoes import Worn, softness, weekly
from trainer.devices.standing import blocked_devices
from trainer.devices.worn import worn_devices
from trainer.plan.days import monday
from trainer.plan.records import Facts, KeyRun, LongRun, OwnDevice, Records

T = TypeVar("T")

_SETS: Final = timedelta(weeks=20)
"""The own error of a standard set takes seven of them, and a season may have one a fortnight."""
_PAINS: Final = timedelta(weeks=26)
_RUNS: Final = timedelta(weeks=10)
_MINIMALIST: Final = timedelta(weeks=60)
_LEVELS: Final = {Level.ENTRY: 1, Level.MODERATE: 2, Level.ADVANCED: 3}


def read_records(book: Notebook, programme: str | None = None) -> Records:
    """Return everything that the planner looks at. Raises StorageError, SettingsError."""
    now = book.now()
    decisions = book.entries(Decision)
    every = book.entries(SessionLog)
    every_set = book.entries(SetLog, now - _SETS)
    # The simulated pad is to try the plan with; beside a real session nothing of it counts.
    is_real = was_trained(every, every_set)
    sessions = of_feet(every, is_real)
    sets = of_feet(every_set, is_real)
    return Records(
        programme=load_programme(programme or followed(decisions) or None),
        sessions=sessions,
        sets=sets,
        readiness=of_feet(book.entries(ReadinessCheck, now - _SETS), is_real),
        pains=of_feet(book.entries(PainReport, now - _PAINS), is_real),
        pain_free=book.entries(PainFreeDay, now - _PAINS),
        goals=book.entries(Goal),
        races=book.entries(Race),
        workouts=book.entries(KeyWorkout),
        holidays=book.entries(Holiday),
        seasons=book.entries(Season),
        decisions=decisions,
        overruled=book.entries(Overruled),
        facts=_facts(book, now, standard_visits(sessions, sets)),
        left_out=len(every) - len(sessions),
    )


def was_trained(sessions: Iterable[Entry[SessionLog]], sets: Iterable[Entry[SetLog]]) -> bool:
    """Return whether a foot was loaded or measured: gentle minutes noted by hand are neither."""
    return any(
        not entry.is_simulated and entry.said.kind is not SessionKind.ACTIVATION
        for entry in sessions
    ) or any(not entry.is_simulated and entry.said.is_measured for entry in sets)


def of_feet(entries: Iterable[Entry[T]], is_real: bool) -> tuple[Entry[T], ...]:  # noqa: FBT001
    """Return the entries, without those of the simulated pad where feet were measured too."""
    return tuple(entry for entry in entries if not (is_real and entry.is_simulated))


def followed(decisions: Iterable[Entry[Decision]]) -> str:
    """Return the id of the programme that was started last; empty before the first start."""
    started = [entry.said.programme for entry in decisions if entry.said.what is What.START]
    return started[-1] if started else ""


def _facts(book: Notebook, now: datetime, standard: Sequence[StandardVisit]) -> Facts:
    settings = _device_settings()
    shoes = {entry.said.name: entry.said for entry in book.entries(Shoe)}
    every = book.entries(Run, now - _MINIMALIST)
    runs = tuple(entry for entry in every if entry.at >= now - _RUNS)
    soft = softness(
        ((entry.said.shoe, entry.said.km) for entry in runs if entry.said.km),
        shoes,
        settings.high_stack_mm,
    )
    return Facts(
        weekly_km=_weekly_km(runs),
        runs=tuple(LongRun(entry.at, entry.said.km) for entry in runs if entry.said.km),
        key_runs=tuple(KeyRun(entry.local_day, entry.at) for entry in every if entry.said.is_key),
        high_stack_share=None if soft.soft_pct is None else soft.soft_pct / 100,
        minimalist_min=_minimalist(book, now, every, shoes),
        minimalist_ladder=(settings.minimalist_start_min, settings.minimalist_step_pct),
        devices=tuple(_devices(book)),
        checks_due=tuple(_checks_due(book, now.date(), settings.check_days)),
        devices_worn=tuple(sorted(worn_devices(book.entries(Characteristic)))),
        standard=standard_results(standard),
        mdc95=standard_mdc95(standard),
    )


def _device_settings() -> DeviceSettings:
    file = user_folders().settings
    return (read_settings(file, Settings) if file.exists() else Settings()).devices


def _weekly_km(runs: Iterable[Entry[Run]]) -> dict[date, float]:
    weeks: dict[date, float] = {}
    for entry in runs:
        week = monday(entry.local_day)
        weeks[week] = weeks.get(week, 0.0) + (entry.said.km or 0.0)
    return weeks


def _minimalist(
    book: Notebook, now: datetime, every: Iterable[Entry[Run]], shoes: Mapping[str, Shoe]
) -> dict[date, float]:
    runs = (
        Worn(entry.local_day, entry.said.shoe, entry.said.surface, entry.said.duration_s / 60)
        for entry in every
    )
    others = (
        Worn(entry.local_day, entry.said.shoe, entry.said.surface, entry.said.minutes)
        for entry in book.entries(Exposure, now - _MINIMALIST)
    )
    minutes: dict[date, float] = {}
    for week in weekly((*runs, *others), shoes):
        minutes[week.monday] = minutes.get(week.monday, 0.0) + week.minimalist_min
    return minutes


def _devices(book: Notebook) -> Iterable[OwnDevice]:
    blocked = blocked_devices(book.entries(DeviceStanding), book.entries(PainReport))
    for entry in book.entries(Device):
        said = entry.said
        is_blocked = said.device_id in blocked
        if not said.tensions:
            yield OwnDevice(said.device_id, 1, is_blocked)
        for tension in said.tensions:
            yield OwnDevice(said.device_id, _LEVELS[tension.level], is_blocked, tension.name)


def _checks_due(book: Notebook, today: date, every_days: int) -> Iterable[str]:
    """Yield the devices that may be used and are to be looked over."""
    checked = {entry.said.device_id: entry.local_day for entry in book.entries(SafetyCheck)}
    blocked = blocked_devices(book.entries(DeviceStanding), book.entries(PainReport))
    for entry in book.entries(Device):
        device_id = entry.said.device_id
        due = next_check(checked.get(device_id), today, every_days)
        if due.is_due and device_id not in blocked:
            yield device_id
