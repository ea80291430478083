"""The phase after the last set, or after the person ended the session."""

from trainer.coach.part import Part


class Done(Part):
    """All was done, or the person ended it."""

    def enter(self) -> None:
        """Say what was done."""
        flow = self.flow
        total = flow.book.total
        reps = "1 rep" if total == 1 else f"{total} reps"
        flow.message = (
            f"All done: {reps} counted."
            if flow.is_complete
            else f"Ended early: {reps} counted, and all of it is kept."
        )
