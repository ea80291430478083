"""Pain of today ends the day: no session starts after it without a reason that is noted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from trainer.app.logwords import words
from trainer.app.notebook import Notebook
from trainer.coach.dose import MOST_PAIN
from trainer.core.cues import StopReason
from trainer.core.diary.training import DespitePain, PainReport
from trainer.core.errors import UsageError
from trainer.core.texts import tr


@dataclass(frozen=True, slots=True)
class PainToday:
    """What ended the day."""

    at: datetime
    """Aware."""
    is_simulated: bool
    words: str


def note_reason(book: Notebook, reason: str | None) -> None:
    """Note why there is a session all the same. Raises UsageError: no word in it."""
    if reason is None:
        return
    if not reason.strip():
        raise UsageError("--despite-pain: takes a reason, as in --despite-pain 'it was no pain'.")
    book.note(DespitePain(reason.strip()))


def heed_pain(book: Notebook, *, is_simulated: bool) -> str:
    """Return in one sentence what a real foot would be refused; empty where nothing is.

    Raises UsageError: a foot hurt today. Simulated pain refuses nothing: nobody is hurt, and
    whoever tries the program out is not to be locked out of it.
    """
    found = find_pain(book)
    if found is None or (found.is_simulated and not is_simulated):
        return ""
    if found.is_simulated:
        text = tr("Simulated, {pain}: with a foot it would end the day, and nothing would start.")
        return text.format(pain=found.words)
    clock = f"{found.at.astimezone(book.now().tzinfo):%H:%M}"
    raise UsageError(
        tr(
            "Today at {clock}, {pain}: that ends the day. Start again tomorrow, if the foot is "
            "well, or say why it does not: `--despite-pain 'it was no pain'` notes the reason and "
            "starts."
        ).format(clock=clock, pain=found.words)
    )


def find_pain(book: Notebook) -> PainToday | None:
    """Return what ended the day and was answered by no reason since; of several a real one."""
    now = book.now()
    reasons = [entry.at for entry in book.entries(DespitePain) if entry.local_day == now.date()]
    found = [*_reports(book, now.date()), *_button_stops(book, now.date())]
    standing = [pain for pain in found if not reasons or pain.at > max(reasons)]
    return max(standing, key=lambda pain: (not pain.is_simulated, pain.at), default=None)


def _reports(book: Notebook, today: date) -> Iterator[PainToday]:
    for entry in book.entries(PainReport):
        is_end = entry.said.is_sharp or entry.said.level > MOST_PAIN
        if entry.local_day == today and is_end:
            yield PainToday(entry.at, entry.is_simulated, words(entry.said))


def _button_stops(book: Notebook, today: date) -> Iterator[PainToday]:
    """Yield stops by foot of which nobody has said whether it was pain; others have a report."""
    told = tr("stopped by the foot button, which counts as pain until it is said to be none")
    for session in book.library.sessions():
        if session.local_day < today:
            return
        is_own = session.athlete == book.athlete and session.local_day == today
        if is_own and session.stop_reason == StopReason.BUTTON.value:
            yield PainToday(session.started_at, session.is_simulated, told)
