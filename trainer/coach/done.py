"""The phase after the last set, or after the person ended the session."""

from trainer.coach.part import Part
from trainer.core.texts import tr, trn


class Done(Part):
    """All was done, or the person ended it."""

    def enter(self) -> None:
        """Say what was done."""
        flow = self.flow
        reps = trn("{n} rep", "{n} reps", flow.book.total)
        text = (
            tr("All done: {reps} counted.")
            if flow.is_complete
            else tr("Ended early: {reps} counted, and all of it is kept.")
        )
        flow.message = text.format(reps=reps)
