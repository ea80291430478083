"""Signs: what light and buzzer say of a snapshot.

The light             | means
----------------------|------------------------------------------------------------------
on, off, even and slow| the button goes on here
quick                 | press
steady                | hold
dark                  | let go, or wait; the button stops
a wink every 2 s      | rest; the button goes on
two flashes           | stopped: was it pain?
long, slow            | stopped
shivering             | the program does not answer, or the button is stuck: it cannot stop
"""

from enum import Enum
from typing import Final

from trainer.core.snapshot import Phase, Snapshot
from trainer.core.watchdog import Alarm

Beats = tuple[float, ...]
"""Seconds on, off, on, off and so on."""


class Light(Enum):
    """How the light burns: its beats, over and over.

    At most three flashes a second (WCAG 2.3.1) but for the shiver, which must be noticed.
    """

    READY = (0.6, 0.6)
    PRESS = (0.17, 0.17)
    HOLD = (1.0, 0.0)
    DARK = (0.0, 1.0)
    REST = (0.1, 1.9)
    ASKED = (0.2, 0.2, 0.2, 1.0)
    STOPPED = (1.5, 1.5)
    FAULT = (0.06, 0.06)


class Tone(Enum):
    """What the buzzer says, once."""

    START = (0.4,)
    """A set or a maximal press begins."""
    TARGET = (0.08,)
    """The force has come into the target."""
    REST = (0.12, 0.12, 0.12)
    STOP = (0.5, 0.15, 0.5, 0.15, 0.5)
    HALF = (0.05, 0.05, 0.05)
    """One of the two holds that say no pain was long enough."""
    TICK = (0.03,)
    """A beat of a circuit: press from here on."""
    TOCK = (0.03, 0.06, 0.03)
    """Its other beat: let go from here on."""


STOPPING: Final = frozenset({Alarm.STOPPING, Alarm.UNANSWERED})

_PHASE_LIGHT: Final = {
    Phase.READY: Light.READY,
    Phase.CHECK: Light.READY,
    Phase.MVC_READY: Light.READY,
    Phase.MVC_REST: Light.REST,
    Phase.REST: Light.REST,
    Phase.READINESS: Light.READY,
    Phase.PAUSED: Light.READY,
    Phase.STOPPED: Light.STOPPED,
}


def light_of(snapshot: Snapshot, alarm: Alarm, *, is_stuck: bool = False) -> Light:
    """Return how the light burns."""
    if alarm in STOPPING:
        return Light.STOPPED
    if is_stuck or alarm is Alarm.SILENT:
        return Light.FAULT
    if snapshot.is_pain_asked:
        return Light.ASKED
    is_pressing = snapshot.is_press_asked or snapshot.phase is Phase.MVC_PRESS
    if is_pressing and not snapshot.link.is_stale:
        return Light.HOLD if snapshot.hold_s > 0 else Light.PRESS
    return _PHASE_LIGHT.get(snapshot.phase, Light.DARK)


def is_lit(light: Light, since_s: float) -> bool:
    """Return whether the light is on after `since_s` seconds of burning so."""
    return _is_on(light.value, since_s % sum(light.value))


def is_sounding(tone: Tone, since_s: float) -> bool:
    """Return whether the buzzer sounds `since_s` seconds after the tone began."""
    return _is_on(tone.value, since_s)


def _is_on(beats: Beats, at_s: float) -> bool:
    is_on = True
    for beat_s in beats:
        if at_s < beat_s:
            return is_on
        at_s -= beat_s
        is_on = not is_on
    return False
