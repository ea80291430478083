"""A part: what one phase does; by default a phase does nothing about anything."""

from typing import ClassVar, Final

from trainer.coach.flow import Flow
from trainer.coach.words import PHASES
from trainer.core.cues import TareAsked
from trainer.core.hold import Hold
from trainer.core.texts import tr

PROMPT_S: Final = 5.0
"""Silence after a request that is then said again: well beyond any reaction time."""


class Part:
    """One phase of a session; all methods are called at `flow.now_s`."""

    is_timed: ClassVar[bool] = False
    """Whether the seconds left are shown."""
    is_training: ClassVar[bool] = False
    """Whether how the foot presses is of any weight."""
    asks_force: ClassVar[bool] = False
    """Whether a press is asked for, so that a lasting overload stops the session."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    @property
    def word(self) -> str:
        """Return the cue in one word."""
        return tr(PHASES.get(self.flow.phase, self.flow.phase.value.upper()))

    @property
    def is_force_wanted(self) -> bool:
        """Return whether the force should be in the band now."""
        return False

    @property
    def goal_s(self) -> float:
        """Return how long the hold that is asked for should last, 0 where none is."""
        return 0.0

    @property
    def left_s(self) -> float:
        """Return the seconds left as shown, 0 where nothing runs out."""
        return self.flow.timer.left_s(self.flow.now_s) if self.is_timed else 0.0

    def enter(self) -> None:
        """Begin the phase."""

    def ring(self) -> None:
        """Act on the timer that ran out."""

    def go_on(self) -> None:
        """Act on the person's Next."""

    def skipped(self) -> None:
        """Act on the person's wish to make no maximal presses."""

    def zero(self) -> None:
        """Act on the person's wish to set the cells to zero again."""
        tare_s = self.flow.exercise.tare_s
        self.flow.say(TareAsked(self.flow.now_s, tare_s))
        self.flow.timer.extend(self.flow.now_s, tare_s)

    def renamed(self) -> None:
        """Act on another name of the athlete or the foot."""

    def resume(self) -> None:
        """Go on after stale data; the timer goes on by itself."""

    def started(self) -> None:
        """Act on the lamp; `flow.lamp_s` is the provisional start."""

    def released(self) -> None:
        """Act on the lamp going out."""

    def compensated(self) -> None:
        """Act on a calf that does the toes' work; `flow.is_compensating` is set."""

    def tired(self) -> None:
        """Act on a set that shows fatigue; `flow.decline_pct` is set."""

    def withdrawn(self) -> None:
        """Act on a lamp that was lit by no hold."""

    def settled(self, hold: Hold) -> None:
        """Act on a settled hold."""

    def settled_stale(self, hold: Hold) -> None:
        """Act on a hold that settles while data are stale."""

    def ended(self) -> None:
        """Close what is open: the session ends in this phase."""

    def overloaded(self) -> None:
        """Act on a cell at the end of its range."""
