"""What the person may ask for in which phase: the buttons follow this table."""

from typing import Final, TypeAlias

from trainer.core.commands import (
    Answer,
    ChangeAthlete,
    ChangeSide,
    Command,
    EndSession,
    Next,
    Pause,
    RateEase,
    RatePain,
    RateReadiness,
    Reply,
    Retare,
    SkipMvc,
    SkipSet,
    SkipStep,
    Undo,
)
from trainer.core.snapshot import PAUSES, Phase, Snapshot

Asked: TypeAlias = type[Command]

_RUNNING: Final = frozenset(Phase) - {Phase.DONE, Phase.STOPPED}

_IN_CIRCUIT: Final = _RUNNING - {Phase.READY, Phase.FOLLOW, Phase.READINESS}

_CIRCUIT_ONLY: Final = frozenset({Pause, SkipSet, SkipStep, RateEase, RatePain, RateReadiness})

_USABLE: Final[dict[Asked, frozenset[Phase]]] = {
    Next: PAUSES,
    SkipMvc: (PAUSES - {Phase.REST}) | {Phase.TARE, Phase.MVC_PRESS},
    ChangeSide: PAUSES | {Phase.TARE, Phase.FOLLOW},
    ChangeAthlete: PAUSES | {Phase.TARE, Phase.FOLLOW},
    Undo: _RUNNING,
    Retare: PAUSES,
    EndSession: _RUNNING,
    Pause: _RUNNING - {Phase.READY, Phase.FOLLOW, Phase.PAUSED},
    SkipSet: _IN_CIRCUIT,
    SkipStep: _IN_CIRCUIT,
    Answer: _RUNNING,
    Reply: frozenset({Phase.REST}),
    RateEase: _IN_CIRCUIT,
    RatePain: _IN_CIRCUIT,
    RateReadiness: frozenset({Phase.READINESS}),
}


CIRCUIT_KEYS: Final[dict[str, Command]] = {
    "w": Pause(),
    "k": SkipSet(),
    "j": SkipStep(),
    **{str(figure): Answer(float(figure)) for figure in range(10)},
    "+": Answer(10.0),
    "y": Reply(is_yes=True),
    "n": Reply(is_yes=False),
}
"""Letters that mean something in a circuit, the same as in the terminal."""


def is_usable(asked: Asked, snapshot: Snapshot) -> bool:
    """Return whether a command means something in the phase shown."""
    if asked is Undo and not snapshot.can_undo:
        return False
    if asked is Next and snapshot.phase is Phase.WORK:
        # A tired foot's set may be ended early.
        return snapshot.decline_pct is not None
    if asked is Answer and not snapshot.question:
        return False
    if asked is Reply and not snapshot.is_yes_no:
        return False
    if asked in _CIRCUIT_ONLY and not snapshot.block:
        return False
    return snapshot.phase in _USABLE[asked]
