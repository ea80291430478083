"""Naming: what follows from another name of the athlete or the foot, and from taking it back."""

from trainer.coach.flow import LABELS_OPEN, Flow
from trainer.core.commands import ChangeAthlete, ChangeSide
from trainer.core.cues import RepTakenBack, Side
from trainer.core.snapshot import Phase
from trainer.core.texts import tr


def rename(flow: Flow, command: ChangeAthlete | ChangeSide) -> bool:
    """Say who trains, or which foot it is; return whether that is news."""
    if flow.phase not in LABELS_OPEN:
        return False
    labels = flow.labels
    before = labels.side
    if isinstance(command, ChangeAthlete):
        is_news = labels.name_athlete(command.name)
    else:
        # In a rest the next set's foot is meant: the last set has been measured and stays.
        is_rest = flow.phase is Phase.REST
        is_news = labels.name_side(command.side, labels.set_index + is_rest)
    _carry_over(flow, before)
    return is_news


def undo(flow: Flow) -> bool:
    """Take back the newest name, else the last counted rep; return whether it was a name."""
    if flow.labels.can_undo:
        before = flow.labels.side
        flow.labels.undo()
        _carry_over(flow, before)
        return True
    if flow.can_undo:
        flow.say(RepTakenBack(flow.now_s, flow.book.counted))
        flow.book.take_back()
        flow.aim()
        flow.message = tr("The last rep was taken back.")
    return False


def _carry_over(flow: Flow, before: Side) -> None:
    """Let what is known of the foot on the pad follow its name."""
    side = flow.labels.side
    if side is not before:
        flow.labels.tared = None if flow.labels.tared is None else side
        if flow.phase is Phase.MVC_REST:
            flow.maxima.relabel(before, side)
        if flow.phase is Phase.FOLLOW:
            flow.book.relabel(side)
    flow.aim()
