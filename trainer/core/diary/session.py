"""What is noted of a circuit session while it is under way, so that it can go on after a cut."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a session stands; its entry's key is `resume`: one of each athlete."""

    session_id: str
    """The session's first id: its sets are noted under it wherever they are done."""
    programme: str
    """As it was asked for; empty: the usual one."""
    circuit: str
    feet: str
    """left, right or both."""
    number: int
    """The set to go on with, from 1."""
    sets: int
    """Of the whole session."""
    dose_share: float
    """What the readiness check left of the dose."""
    warmed_s: float
    lasted_s: float
    stop_reason: str = ""
    """Why it was stopped, or that the person ended it; empty while it is on, or was cut off."""


RESUME = "resume"
"""The key of the one record of an athlete."""
