"""What was noted in the diary, each record in one line of words."""

from trainer.app.setsaid import set_words
from trainer.coach.painwords import level_words, place_words
from trainer.core.diary.devices import DeviceUse, MorningCheck
from trainer.core.diary.entry import Entry
from trainer.core.diary.training import (
    BodyWeight,
    DespitePain,
    PainReport,
    SessionKind,
    SessionLog,
    SetLog,
)
from trainer.core.texts import tr


def is_activation(entry: Entry[SessionLog]) -> bool:
    """Return whether a session was gentle activation."""
    return entry.said.kind is SessionKind.ACTIVATION


def words(said: object) -> str:  # noqa: PLR0911 - one case per kind
    """Return a record in one line."""
    match said:
        case PainReport():
            sharp = tr(", sharp") if said.is_sharp else ""
            morning = tr(", next morning") if said.is_next_morning else ""
            place = place_words(said.side, said.site)
            return tr("pain, {place}: {level}").format(place=place, level=level_words(said)) + (
                sharp + morning + (f", {said.device}" if said.device else "")
            )
        case DespitePain():
            return tr("despite pain: {reason}").format(reason=said.reason)
        case MorningCheck():
            return tr("morning: pain {pain:g} of 10").format(pain=said.pain)
        case DeviceUse():
            return tr("device: {device}").format(device=said.device_id or "-")
        case BodyWeight():
            return tr("weight: {kg:g} kg").format(kg=said.kg)
        case SetLog():
            return set_words(said)
        case SessionLog():
            return tr("activation, {minutes:g} min").format(minutes=round(said.duration_s / 60, 1))
        case _:
            return tr("what was said of the last set or session")
