"""Results: what a session did, for the library and the report."""

from dataclasses import dataclass

from trainer.coach.target import Target
from trainer.core.cues import RejectReason, Side, StopReason
from trainer.core.hold import Hold


@dataclass(frozen=True, slots=True)
class RepResult:
    """One hold of a set and what became of it."""

    rep: int
    """Number in its set, from 1; for a hold that was not counted, the rep it was meant to be."""
    hold: Hold
    is_counted: bool
    reject_reason: RejectReason | None
    """None where it was counted, and where the person took it back."""
    target: Target | None
    """The band that was asked for; None where there was none yet."""

    @property
    def is_taken_back(self) -> bool:
        """Return whether the person undid the rep."""
        return not self.is_counted and self.reject_reason is None


@dataclass(frozen=True, slots=True)
class SetResult:
    """One set of one foot."""

    number: int
    """From 1, in order of time."""
    side: Side
    asked_reps: int | None
    """How many the plan asked for; None in a replay."""
    start_s: float
    end_s: float | None
    """None where the set was not ended: still on, or stopped for safety."""
    reps: tuple[RepResult, ...]
    """Every hold of the set in order, counted or not."""

    @property
    def counted(self) -> tuple[RepResult, ...]:
        """Return the counted reps in order."""
        return tuple(rep for rep in self.reps if rep.is_counted)

    @property
    def target(self) -> Target | None:
        """Return the newest band that was asked for."""
        return next((rep.target for rep in reversed(self.reps) if rep.target), None)


@dataclass(frozen=True, slots=True)
class MvcResult:
    """A maximum measured in this session."""

    side: Side
    force_n: float
    """Highest 0.5 s mean of all presses."""
    at_s: float
    """Stream time at which the best press began."""
    presses: tuple[Hold, ...]
    """The valid presses in order."""
    exercise: str = ""
    """Whose maximum it is; empty for the session's own exercise."""

    @property
    def named(self) -> tuple[Side, float, str]:
        """Return foot, newtons and exercise."""
        return self.side, self.force_n, self.exercise


@dataclass(frozen=True, slots=True)
class SessionResult:
    """All that a session did up to now."""

    exercise_id: str
    athlete: str
    sets: tuple[SetResult, ...]
    mvcs: tuple[MvcResult, ...]
    """Newly measured ones, in order of measuring."""
    is_over: bool
    is_complete: bool
    """All sets done, or a replay shown to its end."""
    stop_reason: StopReason | None
