"""The impulse wheel: the week's load by muscle and by foot, and jumps in it.

No ratio of short to long load is used (Impellizzeri 2020). A single session more than 10 % beyond
the largest of the 30 days before it is told, as Frandsen 2025 (10.1136/bjsports-2024-109380) found
for single runs; that it holds for sets of foot exercises too is our guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Final

from trainer.coach.programme import Programme
from trainer.core.cues import Side
from trainer.core.diary.entry import Entry
from trainer.core.diary.planning import Figure
from trainer.core.diary.training import SessionKind, SetLog
from trainer.core.texts import tr
from trainer.plan.days import DAY, WEEK, monday, since
from trainer.plan.records import Reason, Records

_MONTH: Final = timedelta(days=30)
_SESSION_JUMP: Final = 1.1
_WEEK_JUMP: Final = 1.3
"""Over the median of the four weeks before; a setting of ours, no paper's."""
_LEAST_WEEKS: Final = 3
_LEAST_N_S: Final = 0.5
"""A muscle with less was not loaded: it would be told as 0."""
_UNEVEN: Final = 0.15


@dataclass(frozen=True, slots=True)
class Spoke:
    """The week's impulse on one muscle, in newton seconds; a set counts for each of its muscles."""

    target: str
    left_n_s: float
    right_n_s: float


def turn_wheel(records: Records, week: date) -> tuple[Spoke, ...]:
    """Return the spokes of a week, the most loaded first."""
    entries: list[Entry[SetLog]] = []
    for entry in reversed(records.sets):
        # Zones shift a local day by one at most.
        if entry.local_day < week - DAY:
            break
        if monday(entry.local_day) == week:
            entries.append(entry)
    loads: dict[str, dict[Side, float]] = {}
    for entry in entries:
        for target in _targets(records.programme, entry.said.exercise):
            feet = loads.setdefault(target, dict.fromkeys(Side, 0.0))
            for side in (entry.said.side,) if entry.said.side else tuple(Side):
                feet[side] += entry.said.impulse_n_s / (1 if entry.said.side else 2)
    spokes = (Spoke(name, feet[Side.LEFT], feet[Side.RIGHT]) for name, feet in loads.items())
    loaded = [each for each in spokes if max(each.left_n_s, each.right_n_s) >= _LEAST_N_S]
    return tuple(sorted(loaded, key=lambda each: (-each.left_n_s - each.right_n_s, each.target)))


def find_spike(records: Records, now: datetime) -> Reason | None:
    """Return the newest jump of load: a session against 30 days, the week against four."""
    from_at = now.astimezone(UTC) - _MONTH - WEEK
    # A baseline goes to fatigue every four weeks: it is no jump of the training.
    baselines = {
        entry.said.session_id
        for entry in since(records.sessions, from_at)
        if entry.said.kind is SessionKind.BASELINE
    }
    sets = since(records.sets, from_at)
    entries = [entry for entry in sets if entry.said.session_id not in baselines]
    return _session_spike(entries, now) or _week_spike(entries, now.date())


def first_side(records: Records, now: datetime) -> Side:
    """Return the foot that begins: the one that did less in four weeks, the left one if even."""
    loads = dict.fromkeys(Side, 0.0)
    for entry in since(records.sets, now.astimezone(UTC) - 4 * WEEK):
        if entry.said.side is not None:
            loads[entry.said.side] += entry.said.impulse_n_s
    more, less = max(loads.values()), min(loads.values())
    is_uneven = more > 0 and (more - less) / more > _UNEVEN
    return Side.RIGHT if is_uneven and loads[Side.RIGHT] == less else Side.LEFT


def _targets(programme: Programme, exercise: str) -> tuple[str, ...]:
    drill = programme.drills.get(exercise)
    return drill.targets if drill is not None else ()


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for key, amount in pairs:
        sums[key] = sums.get(key, 0.0) + amount
    return sums


def _session_spike(entries: Sequence[Entry[SetLog]], now: datetime) -> Reason | None:
    month = [entry for entry in entries if entry.at >= now.astimezone(UTC) - _MONTH]
    loads = _sums((entry.said.session_id, entry.said.impulse_n_s) for entry in month)
    if len(loads) < _LEAST_WEEKS:
        return None
    newest = month[-1].said.session_id
    most = max(load for session, load in loads.items() if session != newest)
    if most <= 0 or loads[newest] <= _SESSION_JUMP * most:
        return None
    text = tr(
        "The newest session's impulse, {load:.0f} Ns, is {more:.0f} % beyond the largest of 30 "
        "days, {most:.0f} Ns: nothing gets harder this week."
    )
    more = 100 * (loads[newest] / most - 1)
    figures = (Figure("impulse", round(loads[newest]), "Ns"), Figure("before", round(most), "Ns"))
    return Reason("spike", text.format(load=loads[newest], more=more, most=most), figures)


def _week_spike(entries: Sequence[Entry[SetLog]], today: date) -> Reason | None:
    weeks = _sums((str(monday(entry.local_day)), entry.said.impulse_n_s) for entry in entries)
    this = weeks.pop(str(monday(today)), 0.0)
    if len(weeks) < _LEAST_WEEKS or not 0 < _WEEK_JUMP * median(weeks.values()) < this:
        return None
    usual = median(weeks.values())
    text = tr(
        "This week's impulse, {load:.0f} Ns, is {more:.0f} % above the usual {usual:.0f} Ns: "
        "nothing gets harder this week."
    )
    figures = (Figure("impulse", round(this), "Ns"), Figure("usual", round(usual), "Ns"))
    sentence = text.format(load=this, more=100 * (this / usual - 1), usual=usual)
    return Reason("spike", sentence, figures)
