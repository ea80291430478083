"""What a person says of the last loaded set, or of another of its session: ease, pain, device."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from trainer.app.notebook import Answer, Notebook
from trainer.coach.dose import MOST_PAIN
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr

NOT_DONE: Final = (EndedBy.SKIPPED, EndedBy.IDLE)


@dataclass(frozen=True, slots=True)
class SetSaid:
    """What was said of a set after it: the record that it replaced, and the one in its place."""

    old_id: int
    new_id: int


def say_of_set(
    book: Notebook,
    *,
    ease: float | None = None,
    pain: float | None = None,
    device: str | None = None,
    number: int | None = None,
) -> Answer:
    """Put what was felt, and the device, into a set: of its session's loaded ones the `number`-th.

    Without a number it is the last loaded one: no breathing after it. Raises UsageError: none.
    """
    sets = loaded_sets(book.entries(SetLog))
    if not sets:
        raise UsageError(
            tr(
                "no set yet: after one say `footspring log set 7 0`; pain at any time by its "
                "place, `footspring log pain arch left 3`."
            )
        )
    number = len(sets) if number is None else number
    if not 1 <= number <= len(sets):
        known = "; ".join(f"{n} {_figures(one.said)}" for n, one in enumerate(sets, 1))
        raise UsageError(
            tr("--set {n}: the last session has the sets 1 to {last}: {known}.").format(
                n=number, last=len(sets), known=known
            )
        )
    last = sets[number - 1]
    said = replace(
        last.said,
        ease=last.said.ease if ease is None else ease,
        pain=last.said.pain if pain is None else pain,
        device=last.said.device if device is None else device,
    )
    new_id = book.exchange(last, said)
    book.note(SetSaid(last.entry_id, new_id))
    at = f"{last.local_at:%Y-%m-%d %H:%M}"
    lines = [
        tr("noted of set {n} of {all}, {at}: {what}").format(
            n=number, all=len(sets), at=at, what=_figures(said)
        )
    ]
    if pain:
        lines.append(
            tr("Where did it hurt? `footspring log pain PLACE left|right {pain:g}`").format(
                pain=pain
            )
        )
    if (pain or 0) > MOST_PAIN:
        lines.append(
            tr("Above {most:g} of 10: stop for today; if it stays, ask a clinician.").format(
                most=MOST_PAIN
            )
        )
    return Answer(tuple(lines), asdict(said), status=int((pain or 0) > MOST_PAIN))


def loaded_sets(sets: Sequence[Entry[SetLog]]) -> list[Entry[SetLog]]:
    """Return the sets of the main part that were done in the newest session that has one, in order.

    Where none was ever done, what there is: a warm-up can hurt, too.
    """
    found = [one for one in sets if one.said.ended_by not in NOT_DONE]
    found = [one for one in found if one.said.block is Block.WORK] or found
    return sorted(
        (one for one in found if one.said.session_id == found[-1].said.session_id), key=_place
    )


def _place(entry: Entry[SetLog]) -> int:
    """Return a set's number in its session; what was said of one must not move it."""
    number = entry.key.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0


def set_words(said: SetLog) -> str:
    """Return a set in one line: exercise, foot, device, load, ease, pain."""
    return tr("set: {what}").format(what=_figures(said))


def _figures(said: SetLog) -> str:
    told = [said.exercise, said.side or "", said.device or tr("no device"), said.surface]
    load_n = said.load_n if said.plateau_n is None else said.plateau_n
    if load_n is not None:
        told.append(f"{load_n:.0f} N")
    elif said.target_pct_mvc is not None:
        told.append(tr("asked {share:g} % of the maximum").format(share=said.target_pct_mvc))
    if said.ease is not None:
        told.append(tr("ease {ease:g}").format(ease=said.ease))
    if said.pain is not None:
        told.append(tr("pain {pain:g}").format(pain=said.pain))
    return ", ".join(one for one in told if one)
