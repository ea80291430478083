"""What opens with the ladder: minutes in minimalist shoes, drill surfaces, levels of devices.

Minimalist minutes stay shut until phase one is passed: in the work that Ridge 2019 (MSSE 51:104)
cites, half of those who merely switched had a bone stress injury within ten weeks.
"""

from datetime import date, datetime
from typing import Final

from trainer.core.diary.planning import Figure
from trainer.core.texts import tr
from trainer.plan.days import WEEK, monday
from trainer.plan.pain import Hurt
from trainer.plan.position import Position, is_foundation, rung_at
from trainer.plan.records import Reason, Records

_PAIN_STEPS: Final = 2
"""Steps down for a week with pain."""
SURFACES: Final = ("floor", "grass", "foam")
"""From easy to demanding."""
LEVELS: Final = ("entry", "moderate", "advanced")


def minimalist_minutes(
    records: Records, position: Position, hurts: tuple[Hurt, ...], now: datetime
) -> tuple[float, Reason]:
    """Return the minutes a week that are open, and why: a step up for each kept week."""
    if is_foundation(records.programme, position.index):
        text = tr("Minimalist shoes and barefoot running: 0 min until phase one is passed.")
        return 0.0, Reason("minimalist", text, (Figure("open", 0.0, "min"),))
    started = power_since(records, position)
    allowed_min = _climb(records, hurts, monday(started.astimezone(now.tzinfo).date()), now.date())
    text = tr(
        "Minimalist shoes and barefoot running: {minutes:.0f} min this week, {step:g} % more after "
        "each week within it, less after pain."
    )
    step_pct = records.facts.minimalist_ladder[1]
    sentence = text.format(minutes=allowed_min, step=step_pct)
    return allowed_min, Reason("minimalist", sentence, (Figure("open", allowed_min, "min"),))


def open_surface(records: Records, position: Position) -> str:
    """Return the most demanding surface: grass after the first rung, foam in phase two."""
    if not is_foundation(records.programme, position.index):
        return SURFACES[2]
    return SURFACES[min(position.index, 1)]


def open_level(records: Records, position: Position) -> int:
    """Return the highest level of devices: entry for new users, the next with each gate."""
    if not is_foundation(records.programme, position.index):
        return len(LEVELS)
    return 1 + min(position.index, 1)


def power_since(records: Records, position: Position) -> datetime:
    """Return since when the rungs of phase two are stood on without a break."""
    foundation = {
        rung_at(records.programme, index).id
        for index in range(position.index)
        if is_foundation(records.programme, index)
    }
    assert position.since is not None, "nobody is in phase two before the start"
    entered = position.rung_since or position.since
    for entry in reversed(records.decisions):
        if entry.said.rung in foundation:
            break
        if entry.said.rung:
            entered = min(entered, entry.at)
    return entered


def _climb(records: Records, hurts: tuple[Hurt, ...], week: date, today: date) -> float:
    start_min, step_pct = records.facts.minimalist_ladder
    factor, allowed_min = 1 + step_pct / 100, start_min
    painful = {monday(hurt.day) for hurt in hurts}
    while week < monday(today):
        ran_min = records.facts.minimalist_min.get(week, 0.0)
        if week in painful:
            allowed_min = max(start_min, allowed_min / factor**_PAIN_STEPS)
        elif 0.0 < ran_min <= allowed_min:
            # Nothing rises for a week that was not used, or in which more was run.
            allowed_min *= factor
        week += WEEK
    return allowed_min
