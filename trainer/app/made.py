"""A circuit made for one day, as it is noted: what was cut off goes on with it."""

from dataclasses import dataclass

from trainer.coach.programme import Circuit
from trainer.core.cues import Side


@dataclass(frozen=True, slots=True)
class Made:
    """A circuit with the day's dose."""

    circuit: Circuit
    programme: str
    """Id of the programme whose exercises it names."""
    rung: str
    """The ladder's rung it was made for."""
    first_side: Side = Side.LEFT
    """The foot that begins where the feet take turns."""


def made_key(session_id: str) -> str:
    """Return the key under which it stands: no other record of the session has it."""
    return f"{session_id}/made"
