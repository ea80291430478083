"""The plan of one circuit session: what is done, by whom, and where it begins."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from trainer.coach.agenda import LOADED_KINDS, Item
from trainer.coach.dose import lessen
from trainer.coach.exercises import CueWords, Exercise
from trainer.coach.plan import KnownMvc
from trainer.coach.programme import Circuit, Led, Sensor
from trainer.core.cues import Side
from trainer.core.diary.training import SessionKind, SetLog
from trainer.core.settings import CircuitSettings
from trainer.core.texts import noted

PRESSED: Final = frozenset({Sensor.TOES, Sensor.HALLUX})
"""Sensors whose force is the detected one: the maximal presses are made with these."""

BY_BEATS: Final = frozenset({Led.PULSE, Led.SEQUENCE})
"""Led beat by beat: what counts is none of its holds."""

WARM_UP_S: Final = 300.0
"""Least warm-up before a loaded set: five to seven minutes are asked for."""

LEAST_RELAX_S: Final = 1.0
"""A hold settles within half a second of its release: by then it is known whether it counts."""

HELD_SHARE: Final = 0.5
"""Proposed: a hold that was let go before half of it is no rep."""

_WORDS: Final = {
    Led.REACT: CueWords(noted("NOW"), noted("HOLD"), noted("WAIT")),
    Led.PULSE: CueWords(noted("PRESS"), noted("PULSE"), noted("RELAX")),
    Led.RHYTHM: CueWords(noted("PRESS"), noted("PRESS"), noted("RELAX")),
}


@dataclass(frozen=True, slots=True)
class CircuitPlan:
    """What a circuit session sets out to do."""

    circuit: Circuit
    agenda: tuple[Item, ...]
    base: Exercise
    """Gives what no circuit says: maximal presses, countdown, tare, the width of the band."""
    athlete: str
    programme: str = ""
    session_id: str = ""
    recording: str = ""
    """Id of the session that records it; another one where a session goes on."""
    known_mvc: tuple[KnownMvc, ...] = ()
    devices: Mapping[str, str] = field(default_factory=dict[str, str])
    """Kind of device to the id of the athlete's own."""
    has_known_pain: bool = False
    most_n: Mapping[Side, float] = field(default_factory=dict[Side, float])
    """What a foot is not to press beyond; empty for who is not new."""
    weight_n: float | None = None
    """Body weight in newtons; None where nobody noted it."""
    has_pad: bool = True
    """Whether any sensor takes part; False: the clock alone leads."""
    has_motion: bool = False
    """Whether an inertial sensor on foot or board sees how somebody stands."""
    settings: CircuitSettings = field(default_factory=CircuitSettings)
    luck: tuple[float, ...] = (0.5,)
    """Numbers from 0 to 1, taken in turn: by how much a cue of reaction comes late."""
    rung: str = ""
    cap_s: float = math.inf
    """Most seconds from the begin of the warm-up to the end of the cooldown."""
    first: int = 0
    """Index in the agenda at which to begin: above 0 where a session goes on."""
    dose_share: float | None = None
    """What the readiness check left; None where it is still to be asked."""
    warmed_s: float = 0.0
    lasted_s: float = 0.0
    """How long the session had lasted before it was cut off."""
    earlier: Mapping[int, SetLog] = field(default_factory=dict[int, SetLog])
    """Sets that were done before it was cut off, by their number."""

    @property
    def is_loaded(self) -> bool:
        """Return whether its loaded sets want a warm-up."""
        return self.circuit.kind in LOADED_KINDS

    @property
    def is_to_fatigue(self) -> bool:
        """Return whether its sets go on into fatigue: those of a test do, training does not."""
        return self.circuit.kind in {SessionKind.BASELINE, SessionKind.STANDARD_SET}

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return a foot for every set; where none is meant, that of the set before."""
        sides: list[Side] = []
        for item in self.agenda:
            sides.append(item.side or (sides[-1] if sides else Side.LEFT))
        return tuple(sides)


def exercise_of(item: Item, base: Exercise, load_share: float) -> Exercise:
    """Return a set's exercise as the parts of a session know one."""
    step, drill = item.step, item.drill
    hold_s = step.hold_s or step.tempo.up_s + step.tempo.hold_s
    if drill.led is Led.PULSE:
        hold_s = item.beats * step.tempo.rep_s
    elif drill.led is Led.HOLD and not step.hold_s and step.duration_s:
        hold_s = step.duration_s
    is_long = drill.led in {Led.HOLD, Led.PULSE}
    return replace(
        base,
        id=drill.id,
        title=drill.title,
        how=drill.how,
        words=_WORDS.get(drill.led, base.words),
        hold_s=hold_s,
        relax_s=max(LEAST_RELAX_S, step.tempo.down_s),
        min_hold_s=HELD_SHARE * hold_s if is_long else min(base.min_hold_s, hold_s / 2),
        target_pct_mvc=load_share * (step.target_pct_mvc or base.target_pct_mvc),
        rest_s=step.rest_s,
    )


def maximum_of(item: Item, base: Exercise) -> str:
    """Return the exercise whose maximum a set's target is a share of; empty for the base's own.

    All presses of all toes have one; the great toe, a dome, a band have each their own.
    """
    return "" if item.drill.sensor is Sensor.TOES or item.drill.id == base.id else item.drill.id


def reps_of(item: Item, share: float) -> int:
    """Return how many reps are asked for; a set without any lasts for its time."""
    step = item.step
    if item.is_by_clock or item.drill.led in {Led.TAPS, Led.SEQUENCE}:
        return 0
    if item.drill.led is Led.PULSE:
        return 1
    reps = step.reps
    if not reps:
        reps = item.beats if item.drill.led in {Led.RHYTHM, Led.REPS, Led.REACT} else 1
    return lessen(reps, share) if item.is_loaded else reps
