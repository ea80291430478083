"""What a person says of the last set: ease, pain, the device."""

from dataclasses import asdict, dataclass, replace

from trainer.app.notebook import Answer, Notebook
from trainer.coach.dose import MOST_PAIN
from trainer.core.diary.training import SetLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr


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
) -> Answer:
    """Put what was felt, and the device, into the last set. Raises UsageError: there is none."""
    sets = book.entries(SetLog)
    if not sets:
        raise UsageError(
            tr(
                "no set yet: after one say `footspring log set 7 0`; pain at any time by its "
                "place, `footspring log pain arch left 3`."
            )
        )
    last = sets[-1]
    said = replace(
        last.said,
        ease=last.said.ease if ease is None else ease,
        pain=last.said.pain if pain is None else pain,
        device=last.said.device if device is None else device,
    )
    new_id = book.exchange(last, said)
    book.note(SetSaid(last.entry_id, new_id))
    at = f"{last.local_at:%Y-%m-%d %H:%M}"
    lines = [tr("noted at {at}: {what}").format(at=at, what=set_words(said))]
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


def set_words(said: SetLog) -> str:
    """Return a set in one line: exercise, foot, device, load, ease, pain."""
    told = [said.exercise, said.side or "", said.device or tr("no device"), said.surface]
    if said.plateau_n is not None:
        told.append(f"{said.plateau_n:.0f} N")
    if said.ease is not None:
        told.append(tr("ease {ease:g}").format(ease=said.ease))
    if said.pain is not None:
        told.append(tr("pain {pain:g}").format(pain=said.pain))
    return tr("set: {what}").format(what=", ".join(one for one in told if one))
