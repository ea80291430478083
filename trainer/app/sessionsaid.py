"""What a person says of the last session, and of the own weight."""

from dataclasses import asdict, replace
from typing import Final

from trainer.app.notebook import Answer, Notebook
from trainer.app.setsaid import SetSaid
from trainer.core.diary.training import BodyWeight, SessionLog
from trainer.core.errors import UsageError
from trainer.core.texts import tr

LEAST_KG: Final = 25.0
MOST_KG: Final = 250.0


def say_of_session(
    book: Notebook, *, breath: bool | None, posture: bool | None, replaced: str | None
) -> Answer:
    """Put what was said into the last session. Raises UsageError: nothing said, or no session."""
    if breath is None and posture is None and replaced is None:
        raise UsageError(
            tr("log session: say what, as in `footspring log session --breath yes --posture no`.")
        )
    sessions = book.entries(SessionLog)
    if not sessions:
        raise UsageError(
            tr("log session: no session yet: `footspring run --circuit ID` makes one.")
        )
    last = sessions[-1]
    said = replace(
        last.said,
        breath=last.said.breath if breath is None else breath,
        posture=last.said.posture if posture is None else posture,
        replaced=last.said.replaced if replaced is None else replaced,
    )
    book.note(SetSaid(last.entry_id, book.exchange(last, said)))
    at = f"{last.local_at:%Y-%m-%d %H:%M}"
    line = tr("noted of {circuit} at {at}: breath {breath}, posture {posture}, replaced {what}")
    words = (_yes_no(said.breath), _yes_no(said.posture), said.replaced or tr("nothing"))
    told = line.format(
        circuit=said.circuit, at=at, breath=words[0], posture=words[1], what=words[2]
    )
    return Answer((told,), asdict(said))


def note_weight(book: Notebook, kg: float) -> Answer:
    """Note the body weight. Raises UsageError: no person weighs so much, or so little."""
    if not LEAST_KG <= kg <= MOST_KG:
        raise UsageError(
            tr("log weight: is {kg:g} kg; allowed: {low:g} to {high:g} kg.").format(
                kg=kg, low=LEAST_KG, high=MOST_KG
            )
        )
    book.note(BodyWeight(kg))
    return Answer((tr("noted: {kg:g} kg").format(kg=kg),), {"kg": kg})


def _yes_no(is_yes: bool | None) -> str:  # noqa: FBT001 - it is the whole of it
    if is_yes is None:
        return tr("not said")
    return tr("good") if is_yes else tr("not good")
