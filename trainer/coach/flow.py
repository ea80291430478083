"""The flow: what all phases of one session share, and the way from one to the next."""

import math
from collections.abc import Mapping
from typing import Final, Protocol

from trainer.coach.book import Book
from trainer.coach.labels import Labels
from trainer.coach.machine import Trigger, is_over, lead
from trainer.coach.maxima import Maxima
from trainer.coach.plan import SessionPlan
from trainer.coach.target import Target, aim
from trainer.coach.timer import Timer
from trainer.core.cues import Cue, MvcMeasured, RejectReason, StopReason
from trainer.core.hold import Hold
from trainer.core.snapshot import Phase

LABELS_OPEN: Final = frozenset(
    {Phase.READY, Phase.TARE, Phase.CHECK, Phase.MVC_READY, Phase.MVC_REST, Phase.REST}
    | {Phase.FOLLOW, Phase.READINESS}
)
"""Phases in which athlete and foot may be renamed: no press that counts is asked for in them."""

_REPS_OPEN: Final = frozenset({Phase.WORK, Phase.REST})
"""Phases in which the newest set's last rep may be taken back."""

MIN_RATE_HZ: Final = 10.0
"""Slowest rate of the converters in use (HX711 data sheet: 10 or 80 a second), taken while the rate
is not known, so that too many rather than too few losses are suspected."""


class Enters(Protocol):
    """What the flow needs of a phase."""

    def enter(self) -> None:
        """Begin the phase."""
        ...


class Flow:
    """State of one session; `now_s` is the moment in stream time that is being dealt with."""

    def __init__(self, plan: SessionPlan, phase: Phase) -> None:
        self.plan = plan
        self.exercise = plan.exercise
        self.phase = phase
        self.parts: Mapping[Phase, Enters] = {}
        self.labels = Labels(plan)
        self.maxima = Maxima(plan.known_mvc, plan.exercise.mvc.trials)
        self.book = Book()
        self.timer = Timer()
        self.now_s = -math.inf
        self.entered_s = self.now_s
        """When the phase began."""
        self.lamp_s: float | None = None
        """Provisional start of the hold now on; None while the foot rests."""
        self.is_compensating = False
        """True while the calf does the toes' work in the press that is on."""
        self.decline_pct: float | None = None
        """How far the set's presses have fallen; None until that is fatigue."""
        self.rate_hz = MIN_RATE_HZ
        self.target: Target | None = None
        self.message = ""
        self.is_checked = False
        """True once the press-here check was passed or skipped."""
        self.is_complete = False
        self.stop_reason: StopReason | None = None
        self.stale_s: float | None = None
        """Since when data are stale; None while they arrive."""
        self.version = 0
        """Counts what may have changed the picture."""
        self._voids: list[tuple[float, float, RejectReason]] = []
        self._cues: list[Cue] = []
        self.aim()

    @property
    def is_estimating(self) -> bool:
        """Return whether the presses of now are to set the target."""
        return self.target is None

    @property
    def is_over(self) -> bool:
        """Return whether nothing can happen any more."""
        return is_over(self.phase)

    @property
    def mvc_n(self) -> float | None:
        """Return the maximum of the present foot in newtons, where it is known."""
        return self.maxima.force_n(self.labels.athlete, self.labels.side)

    @property
    def is_stale(self) -> bool:
        """Return whether a session that is still on lacks data."""
        return self.stale_s is not None and not self.is_over

    @property
    def can_undo(self) -> bool:
        """Return whether a change of athlete or foot, or a counted rep, can be taken back."""
        return self.labels.can_undo or (self.phase in _REPS_OPEN and self.book.counted > 0)

    def move(self, trigger: Trigger) -> None:
        """Go where the table leads, if it leads anywhere from here."""
        phase = lead(self.phase, trigger)
        if phase is self.phase:
            return
        if self.phase is Phase.MVC_REST:
            # Only now is it certain which foot it was: until then the person may correct it.
            measured = self.maxima.take_untold(self.labels.side)
            if measured is not None:
                self.say(MvcMeasured(self.now_s, *measured.named))
        self.phase = phase
        self.entered_s = self.now_s
        self.timer.clear()
        self._voids.clear()
        if phase not in LABELS_OPEN:
            self.labels.keep()
        if self.is_over:
            self.lamp_s = None
        self.aim()
        self.parts[phase].enter()

    def go_to_set(self) -> None:
        """Go to what the foot on the pad still needs before its next set."""
        is_wanted = self.maxima.is_wanted(self.labels.athlete, self.labels.side)
        self.move(Trigger.MAX_WANTED if is_wanted else Trigger.SET_DUE)

    def say(self, cue: Cue) -> None:
        """Hand a cue to whoever called."""
        self._cues.append(cue)

    def take_cues(self) -> tuple[Cue, ...]:
        """Return the cues said since the last call, in order."""
        cues = tuple(self._cues)
        self._cues.clear()
        return cues

    def aim(self) -> None:
        """Set the target band anew: the foot, its maximum or its reps have changed."""
        is_replay = self.phase is Phase.FOLLOW
        plateaus_n = [] if is_replay else self.book.plateaus_n(self.labels.side)
        self.target = aim(self.exercise, self.mvc_n, plateaus_n)

    def void(self, from_s: float, to_s: float, reason: RejectReason) -> None:
        """Let no hold count that has a part in the span."""
        self._voids.append((from_s, to_s, reason))

    def void_reason(self, hold: Hold) -> RejectReason | None:
        """Return why a hold is void; None where nothing happened during it."""
        for from_s, to_s, reason in self._voids:
            if hold.start_s <= to_s and hold.end_s >= from_s:
                return reason
        return None

    def shift(self, by_s: float) -> None:
        """Follow a stream clock that was set back."""
        self.now_s += by_s
        self.entered_s += by_s
        self.timer.shift(by_s)
        self._voids = [(a + by_s, b + by_s, reason) for a, b, reason in self._voids]
        if self.lamp_s is not None:
            self.lamp_s += by_s
        if self.stale_s is not None:
            self.stale_s += by_s
