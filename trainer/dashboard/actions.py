"""What the person may ask for in which phase: the buttons follow this table."""

from typing import Final, TypeAlias

from trainer.core.commands import (
    ChangeAthlete,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Retare,
    SkipMvc,
    Undo,
)
from trainer.core.snapshot import PAUSES, Phase, Snapshot

Asked: TypeAlias = type[Command]

_RUNNING: Final = frozenset(Phase) - {Phase.DONE, Phase.STOPPED}

_USABLE: Final[dict[Asked, frozenset[Phase]]] = {
    Next: PAUSES,
    SkipMvc: (PAUSES - {Phase.REST}) | {Phase.TARE, Phase.MVC_PRESS},
    ChangeSide: PAUSES | {Phase.TARE, Phase.FOLLOW},
    ChangeAthlete: PAUSES | {Phase.TARE, Phase.FOLLOW},
    Undo: _RUNNING,
    Retare: PAUSES,
    EndSession: _RUNNING,
}


def is_usable(asked: Asked, snapshot: Snapshot) -> bool:
    """Return whether a command means something in the phase shown."""
    if asked is Undo and not snapshot.can_undo:
        return False
    if asked is Next and snapshot.phase is Phase.WORK:
        # A tired foot's set may be ended early.
        return snapshot.decline_pct is not None
    return snapshot.phase in _USABLE[asked]
