"""The face: what the flooded panels say for a snapshot, as words, shape, flood and fractions."""

import math
from dataclasses import dataclass
from typing import Final

from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import noted, tr, trn
from trainer.core.watchdog import Alarm
from trainer.dashboard.band import Band
from trainer.dashboard.shapes import Shape
from trainer.dashboard.theme import Flood
from trainer.dashboard.words import NO_DATA

MVC: Final = frozenset({Phase.MVC_READY, Phase.MVC_PRESS, Phase.MVC_REST})

TIMER_WORDS: Final[dict[Phase, str]] = {
    Phase.TARE: noted("to zero"),
    Phase.COUNTDOWN: noted("to start"),
    Phase.REST: noted("s rest"),
    Phase.READINESS: noted("to answer"),
    Phase.CLOCK: noted("s left"),
    Phase.MVC_READY: noted("to press"),
    Phase.MVC_PRESS: noted("to press"),
    Phase.MVC_REST: noted("s rest"),
}
"""Phases in which the dial counts down, and what the number means."""

HOLDING: Final = frozenset({Phase.WORK, Phase.FOLLOW})
"""Phases in which the dial counts a hold."""

CALF: Final = noted("CALF")

OVER: Final = frozenset({Phase.DONE, Phase.STOPPED})


@dataclass(frozen=True, slots=True)
class CueFace:
    """The cue panel."""

    flood: Flood
    shape: Shape
    shape_word: str
    cue: str


@dataclass(frozen=True, slots=True)
class CounterFace:
    """The counter: a huge number, what it is out of, and a line below."""

    big: str
    small: str
    below: str


@dataclass(frozen=True, slots=True)
class DialFace:
    """The dial: a number, a word below it, and how full the ring is (0 to 1)."""

    number: str
    word: str
    filled: float


_PHASE_CUES: dict[Phase, tuple[Flood, Shape, str]] = {
    Phase.READY: (Flood.WAIT, Shape.PLAY, noted("NEXT")),
    Phase.TARE: (Flood.RELAX, Shape.CIRCLE, noted("TO ZERO")),
    Phase.CHECK: (Flood.MORE, Shape.UP, noted("TRY")),
    Phase.MVC_READY: (Flood.SOON, Shape.HOURGLASS, noted("SOON")),
    Phase.MVC_PRESS: (Flood.MAXIMUM, Shape.TWO_UP, noted("PRESS")),
    Phase.MVC_REST: (Flood.RELAX, Shape.BARS, noted("PAUSE")),
    Phase.READINESS: (Flood.WAIT, Shape.BARS, noted("HOW IS IT")),
    Phase.CLOCK: (Flood.RELAX, Shape.HOURGLASS, ""),
    Phase.PAUSED: (Flood.WAIT, Shape.BARS, noted("NEXT")),
    Phase.COUNTDOWN: (Flood.SOON, Shape.HOURGLASS, noted("SOON")),
    Phase.WORK: (Flood.RELAX, Shape.CIRCLE, noted("LET GO")),
    Phase.REST: (Flood.RELAX, Shape.BARS, noted("PAUSE")),
    Phase.FOLLOW: (Flood.WAIT, Shape.CIRCLE, ""),
    Phase.DONE: (Flood.WAIT, Shape.TICK, ""),
    Phase.STOPPED: (Flood.STOP, Shape.SQUARE, ""),
}

_STANCE_CUES: dict[bool, tuple[Flood, Shape]] = {
    True: (Flood.GOOD, Shape.DISC),
    False: (Flood.MORE, Shape.UP),
}
"""While it is asked to stand on one leg, and seen whether somebody does."""

_BAND_CUES: dict[Band, tuple[Flood, Shape]] = {
    Band.BELOW: (Flood.MORE, Shape.UP),
    Band.IN: (Flood.GOOD, Shape.DISC),
    Band.ABOVE: (Flood.LESS, Shape.DOWN),
}


def cue_face(snapshot: Snapshot, band: Band, alarm: Alarm) -> CueFace:
    """Return what the cue panel shows; silence of the engine or the pad goes before all else."""
    cue = snapshot.cue
    if alarm is Alarm.SILENT:
        return CueFace(Flood.LESS, Shape.ALERT, "", tr("NO ANSWER"))
    warning = _warning(snapshot)
    if warning:
        return CueFace(Flood.LESS, Shape.ALERT, warning, cue)
    if band is not Band.NONE:
        flood, shape = _BAND_CUES[band]
        return CueFace(flood, shape, tr(band.value), cue)
    if snapshot.is_press_asked:
        # No target is known yet: any hold is a good one.
        is_held = snapshot.hold_s > 0
        flood, shape = _BAND_CUES[Band.IN if is_held else Band.BELOW]
        return CueFace(flood, shape, "", cue)
    return _phase_face(snapshot)


def _phase_face(snapshot: Snapshot) -> CueFace:
    """Return what the phase says where no press is asked for."""
    cue = snapshot.cue
    if snapshot.phase is Phase.MVC_PRESS and snapshot.left_s <= 0:
        return CueFace(Flood.RELAX, Shape.CIRCLE, tr("LET GO"), cue)
    if snapshot.is_standing is not None:
        return CueFace(*_STANCE_CUES[snapshot.is_standing], "", cue)
    if snapshot.plane:
        # Nobody knows what is to be borne: nothing is too little, and nothing is to be let go.
        return CueFace(Flood.WAIT, Shape.CIRCLE, "", cue)
    flood, shape, word = _PHASE_CUES[snapshot.phase]
    return CueFace(flood, shape, tr(word), cue)


def _warning(snapshot: Snapshot) -> str:
    """Return what goes before band and phase, in a word; empty where nothing does."""
    if snapshot.link.is_stale and snapshot.phase not in OVER:
        return tr(NO_DATA)
    return tr(CALF) if snapshot.is_compensating else ""


def counter_face(snapshot: Snapshot) -> CounterFace:
    """Return what the counter shows: reps, maximal presses, or the plan before the first set."""
    if snapshot.phase in MVC:
        return _out_of(snapshot.mvc_trial, snapshot.mvc_trials, tr("MAXIMAL PRESS"))
    if snapshot.phase in {Phase.READY, Phase.TARE, Phase.CHECK}:
        return CounterFace(str(snapshot.reps or ""), "", _plan(snapshot))
    return _out_of(snapshot.rep, snapshot.reps, _below(snapshot))


def dial_face(snapshot: Snapshot, longest_s: float) -> DialFace:
    """Return what the dial shows; `longest_s` is the time left when its phase began."""
    if snapshot.phase in TIMER_WORDS:
        left_s = max(0.0, snapshot.left_s)
        filled = min(1.0, left_s / longest_s) if longest_s > 0 else 0.0
        return DialFace(str(math.ceil(left_s)), tr(TIMER_WORDS[snapshot.phase]), filled)
    if snapshot.load_n is not None:
        return _load_dial(snapshot.load_n, snapshot.load_band_n)
    if snapshot.phase in HOLDING:
        goal_s = snapshot.hold_goal_s
        filled = min(1.0, snapshot.hold_s / goal_s) if goal_s > 0 else 0.0
        word = tr("of {goal:g} s").format(goal=goal_s) if goal_s > 0 else tr("s held")
        return DialFace(f"{snapshot.hold_s:.1f}", word, filled)
    if snapshot.phase in OVER:
        return DialFace("", "", 0.0)
    return DialFace(f"{max(0.0, snapshot.force_n):.0f}", tr("newtons"), 0.0)


def _load_dial(load_n: float, band_n: tuple[float, float] | None) -> DialFace:
    """Return what the foot bears and is to bear, the ring full in the middle of the band."""
    number = f"{max(0.0, load_n):.0f}"
    if band_n is None:
        return DialFace(number, tr("newtons"), 0.0)
    filled = min(1.0, max(0.0, 2 * load_n / sum(band_n)))
    return DialFace(number, f"{band_n[0]:.0f}-{band_n[1]:.0f} N", filled)


def _out_of(number: int, total: int, below: str) -> CounterFace:
    return CounterFace(str(number), f"/{total}" if total else "", below)


def _plan(snapshot: Snapshot) -> str:
    if not (snapshot.sets and snapshot.reps):
        return ""
    return trn("REPS, {n} SET", "REPS, {n} SETS", snapshot.sets)


def _below(snapshot: Snapshot) -> str:
    """Return the line below the reps: how tired, else which set, and how far from fatigue."""
    if snapshot.decline_pct is not None:
        return tr("TIRING -{decline:.0f} %").format(decline=snapshot.decline_pct)
    total = f"/{snapshot.sets}" if snapshot.sets else ""
    below = tr("REPS")
    if snapshot.set_number:
        below = tr("SET {number}").format(number=f"{snapshot.set_number}{total}")
    beside = _margin(snapshot) or _load(snapshot) or _wobble(snapshot)
    return f"{below}   {beside}".rstrip()


def _margin(snapshot: Snapshot) -> str:
    """Return how far the set is from fatigue, or that this is not known yet."""
    if snapshot.margin_pct is not None:
        return tr("MARGIN {margin:.0f} %").format(margin=snapshot.margin_pct)
    return tr("MARGIN NOT YET") if snapshot.is_margin_watched else ""


def _load(snapshot: Snapshot) -> str:
    """Return what the foot bears, where it is to bear something."""
    if snapshot.load_n is None:
        return ""
    return tr("LOAD {load:.0f} N").format(load=snapshot.load_n)


def _wobble(snapshot: Snapshot) -> str:
    """Return how much the ankle turns to the side, on one leg."""
    if snapshot.wobble_dps is None:
        return ""
    return tr("WOBBLE {wobble:.0f} °/s").format(wobble=snapshot.wobble_dps)
