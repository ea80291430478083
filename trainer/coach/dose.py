"""The dose of the day: what readiness, pain and effort leave of what was planned.

Pain is judged by a model that was tested on the Achilles tendon alone: up to 3 of 10 is safe, 4 and
5 are acceptable, more is not (Thomee 1997; Silbernagel 2007). Anywhere else pain of 4 and 5 is let
pass only where it is known and dull; what is sharp or new stops. Shares marked as proposed have no
source: they are ours to be put right.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from trainer.core.diary.training import PainSite, ReadinessCheck

SAFE_PAIN: Final = 3.0
"""Thomee 1997: safe up to here."""
MOST_PAIN: Final = 5.0
"""Thomee 1997: beyond this it is not acceptable."""

DIALLED_SHARE: Final = 0.8
"""Proposed: what dialling back leaves of reps, seconds and target."""
SORE_SHARE: Final = 0.7
"""Proposed: of the dose with a pain of 4 or 5 before the session."""
TIRED_SHARE: Final = 0.8
"""Proposed: of the dose with stiffness or tiredness above TIRED."""
TIRED: Final = 6.0
"""Proposed."""

HEAVY_EFFORT: Final = 6.0
"""An effort above 6 of 10 after two reps is too heavy for 12 to 15 of them (Buckley and Borg
2011)."""
HEAVY_AFTER: Final = 2
"""Reps after which effort tells that."""
HEAVY_UNTIL: Final = 3
"""Counted reps up to which an answer is one about those two."""
HEAVY_REPS: Final = 12
"""The fewest reps for which the rule was found."""
LIGHTER_SHARE: Final = 0.9
"""Proposed: of the target, for the sets after one that was too heavy."""
FULL: Final = 10.0
"""Of every scale: effort is taken as ten minus ease, which is assumed."""


class PainAct(Enum):
    """What follows from an answer about pain."""

    GO_ON = "go on"
    DIAL_BACK = "dial back"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Pain:
    """One answer about pain."""

    level: float
    is_sharp: bool = False
    site: PainSite = PainSite.NOT_SAID


def judge_pain(pain: Pain, *, is_known: bool) -> PainAct:
    """Return what follows; `is_known` says that this pain was told of before the session."""
    if pain.is_sharp or pain.level > MOST_PAIN:
        return PainAct.STOP
    if pain.level <= SAFE_PAIN:
        return PainAct.GO_ON
    return PainAct.DIAL_BACK if is_known or pain.site is PainSite.ACHILLES else PainAct.STOP


def judge_readiness(pain: float, stiffness: float, tiredness: float) -> ReadinessCheck:
    """Return the check with the share of the dose it leaves; 0 means no session today."""
    share = 1.0
    if max(stiffness, tiredness) > TIRED:
        share = TIRED_SHARE
    if pain > SAFE_PAIN:
        share = min(share, SORE_SHARE)
    if pain > MOST_PAIN:
        share = 0.0
    return ReadinessCheck(pain, stiffness, tiredness, share)


def is_too_heavy(ease: float, counted: int, reps: int) -> bool:
    """Return whether an ease said within a set tells that its load is too heavy for its reps."""
    is_asked = HEAVY_AFTER <= counted <= HEAVY_UNTIL and reps >= HEAVY_REPS
    return is_asked and FULL - ease > HEAVY_EFFORT


def lessen(amount: int, share: float) -> int:
    """Return what a share leaves of a number of reps, at least one."""
    return max(1, round(amount * share))
