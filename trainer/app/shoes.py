"""What `footspring shoe` does: the list of shoes, minutes by surface, the minimalist ladder."""

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Final

from trainer.app.deviceshelf import DeviceShelf
from trainer.app.notebook import Answer
from trainer.app.planopen import minimalist_open
from trainer.core.diary.devices import BARE_FEET, Exposure, Shoe
from trainer.core.diary.running import Run
from trainer.core.errors import UsageError
from trainer.core.texts import tr
from trainer.devices.shoes import (
    MinimalistWeek,
    Softness,
    Worn,
    is_minimalist,
    monday_of,
    softness,
    weekly,
)

LOOKED_BACK = timedelta(weeks=4)
"""For the share of high-stack kilometres."""

_BARE: Final = frozenset({"barefoot", "bare", "bare feet"})


class ShoeShelf:
    """The shoes of one athlete, and what was worn where."""

    def __init__(self, devices: DeviceShelf) -> None:
        self.devices, self.book, self.limits = devices, devices.book, devices.limits

    @property
    def shoes(self) -> dict[str, Shoe]:
        """Return the shoes by name."""
        return {entry.said.name: entry.said for entry in self.book.entries(Shoe)}

    def worn(self) -> tuple[Worn, ...]:
        """Return all minutes: those that were noted, and those of runs in a named shoe."""
        noted = [
            Worn(e.local_day, e.said.shoe, e.said.surface, e.said.minutes)
            for e in self.book.entries(Exposure)
        ]
        runs = [
            Worn(e.local_day, e.said.shoe, e.said.surface, e.said.duration_s / 60)
            for e in self.book.entries(Run)
        ]
        return (*noted, *runs)

    def minimalist(self) -> MinimalistWeek:
        """Return this week's place on the ladder of minimalist minutes."""
        shoes, this = self.shoes, monday_of(self.book.now().date())
        done_min = sum(
            one.minutes
            for one in self.worn()
            if monday_of(one.on) == this and is_minimalist(one.shoe, shoes)
        )
        allowed_min, why = minimalist_open(self.book)
        return MinimalistWeek(allowed_min, done_min, why)

    def softness(self) -> Softness:
        """Return how much of the newest four weeks was run in high-stack shoes."""
        runs = self.book.entries(Run, self.book.now() - LOOKED_BACK)
        pairs = [(e.said.shoe, e.said.km) for e in runs if e.said.km is not None]
        return softness(pairs, self.shoes, self.limits.high_stack_mm)


def add_shoe(shelf: ShoeShelf, shoe: Shoe) -> Answer:
    """Add a pair of shoes. Raises UsageError: it is there already, or its figures cannot be."""
    if shoe.name in shelf.shoes or shoe.name == BARE_FEET:
        raise UsageError(
            tr("'{shoe}' is there already: choose another name.").format(shoe=shoe.name)
        )
    if abs(shoe.drop_mm) > shoe.stack_mm:
        raise UsageError(
            tr(
                "'{shoe}': a drop of {drop:g} mm is more than its stack of {stack:g} mm. Swap them?"
            ).format(shoe=shoe.name, drop=shoe.drop_mm, stack=shoe.stack_mm)
        )
    shelf.book.note(shoe, key=shoe.name)
    lines = [_line(shoe)]
    if is_minimalist(shoe.name, {shoe.name: shoe}):
        lines.append(_ladder_line(shelf.minimalist()))
    return Answer(tuple(lines), asdict(shoe))


def list_shoes(shelf: ShoeShelf) -> Answer:
    """Return the shoes, the last weeks' minutes by surface, the ladder and the softness."""
    shoes = shelf.shoes
    lines = [_line(shoe) for shoe in shoes.values()] or [tr("no shoes yet: `footspring shoe add`")]
    weeks = weekly(shelf.worn(), shoes)
    lines += [
        tr("week of {monday}: {minutes:.0f} min on {surface}").format(
            monday=one.monday, minutes=one.minutes, surface=one.surface or tr("unknown ground")
        )
        for one in weeks[-12:]
    ]
    ladder, soft = shelf.minimalist(), shelf.softness()
    lines.append(_ladder_line(ladder))
    low, high = soft.per_week
    many = f"{low}" if low == high else f"{low}-{high}"
    lines.append(tr("foot sessions a week: {many} ({why})").format(many=many, why=soft.why))
    table = {
        "shoes": [asdict(shoe) for shoe in shoes.values()],
        "weeks": [asdict(one) for one in weeks],
        "minimalist": asdict(ladder),
        "softness": asdict(soft),
    }
    return Answer(tuple(lines), table)


def wear_shoe(shelf: ShoeShelf, exposure: Exposure) -> Answer:
    """Note minutes in a shoe or bare; tells when it is more than the ladder allows."""
    if exposure.shoe.lower() in _BARE and exposure.shoe not in shelf.shoes:
        exposure = replace(exposure, shoe=BARE_FEET)
    if exposure.shoe != BARE_FEET and exposure.shoe not in shelf.shoes:
        raise UsageError(
            tr("no shoe '{shoe}'. `footspring shoe list` shows all; `{bare}` means none.").format(
                shoe=exposure.shoe, bare=BARE_FEET
            )
        )
    shelf.book.note(exposure)
    line = tr("noted: {minutes:g} min in {shoe} on {surface}").format(
        minutes=exposure.minutes, shoe=exposure.shoe, surface=exposure.surface
    )
    if not is_minimalist(exposure.shoe, shelf.shoes):
        return Answer((line,), asdict(exposure))
    ladder = shelf.minimalist()
    return Answer((line, _ladder_line(ladder)), asdict(exposure), status=int(ladder.is_beyond))


def undo(shelf: ShoeShelf) -> Answer:
    """Take back what was noted last of shoes."""
    entry = shelf.book.newest(Shoe, Exposure)
    if entry is None:
        return Answer((tr("nothing to take back"),), status=1)
    shelf.book.library.diary.take_back(entry.entry_id)
    name = entry.said.name if isinstance(entry.said, Shoe) else entry.said.shoe
    return Answer((tr("taken back: {name}").format(name=name),))


def _line(shoe: Shoe) -> str:
    return tr("{name}: {kind}, stack {stack:g} mm, drop {drop:g} mm").format(
        name=shoe.name, kind=shoe.shoe_type, stack=shoe.stack_mm, drop=shoe.drop_mm
    )


def _ladder_line(week: MinimalistWeek) -> str:
    line = tr("minimalist or barefoot this week: {done:.0f} of {allowed:.0f} min").format(
        done=week.done_min, allowed=week.allowed_min
    )
    line += tr(": MORE THAN ALLOWED, no more this week") if week.is_beyond else ""
    return f"{line}. {week.why}"
