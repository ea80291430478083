"""Commands: what the person asks for. A pain stop is no command: it is a flag (ports.py)."""

from dataclasses import dataclass
from typing import TypeAlias

from trainer.core.cues import Side


@dataclass(frozen=True, slots=True)
class Next:
    """Start, or go on: ends the waiting, the rest or the maximal presses' pause."""


@dataclass(frozen=True, slots=True)
class SkipMvc:
    """Do the sets without maximal presses: the target is then estimated."""


@dataclass(frozen=True, slots=True)
class ChangeSide:
    """The foot on the pad, as the person says it is."""

    side: Side


@dataclass(frozen=True, slots=True)
class ChangeAthlete:
    """Who stands on the pad."""

    name: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last change of athlete or foot, or the last counted rep."""


@dataclass(frozen=True, slots=True)
class Retare:
    """Set the cells to zero again."""


@dataclass(frozen=True, slots=True)
class EndSession:
    """End here; what was done is kept."""


Command: TypeAlias = Next | SkipMvc | ChangeSide | ChangeAthlete | Undo | Retare | EndSession
