"""The conductors of a session: Coach leads a person, Follower follows a recording.

Everything that happens is dealt with in the order of stream time: before an event or a command the
timers that were due by then act, each at its own due time, so that it makes no difference how often
`advance` is called. A time older than the newest one known counts as the newest.
"""

import math
from collections.abc import Mapping
from typing import assert_never

from trainer.coach.done import Done
from trainer.coach.flow import Flow
from trainer.coach.follow import Follow
from trainer.coach.machine import Trigger
from trainer.coach.maximal import MaxPress, MaxReady, MaxRest
from trainer.coach.naming import rename, undo
from trainer.coach.overload import Overload
from trainer.coach.part import Part
from trainer.coach.plan import SessionPlan
from trainer.coach.results import SessionResult
from trainer.coach.sets import Countdown, Rest
from trainer.coach.setup import Check, Ready, Tare
from trainer.coach.view import View
from trainer.coach.words import STOPPED
from trainer.coach.work import Work
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
from trainer.core.cues import (
    Cue,
    RejectReason,
    SessionEnded,
    SessionStopped,
    StopExplained,
    StopReason,
)
from trainer.core.events import (
    CompensationSeen,
    ContactEnded,
    ContactStarted,
    Event,
    FatigueSeen,
    FramesDropped,
    GapFound,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
    LoadSeen,
    MarginSeen,
    PulseSeen,
    SamplesLost,
    SamplesRejected,
    SaturationSeen,
    SqueezeSeen,
    StanceSeen,
    TapSeen,
    TapsMeasured,
)
from trainer.core.snapshot import Phase, Snapshot
from trainer.core.texts import tr

Figure = TapSeen | TapsMeasured | PulseSeen | SqueezeSeen | StanceSeen | LoadSeen

InCircuit = Pause | SkipSet | SkipStep | Answer | Reply | RateEase | RatePain | RateReadiness
"""Commands that mean something in a circuit alone."""


class Conductor:
    """Turns events, commands and stream time into cues; one phase after the other, by the table."""

    def __init__(self, flow: Flow, parts: Mapping[Phase, Part]) -> None:
        self._flow = flow
        self._parts = {**parts, Phase.DONE: Done(flow), Phase.STOPPED: Part(flow)}
        flow.parts = self._parts
        self._overload = Overload()
        self._view = View()
        self._part.enter()

    def push(self, event: Event) -> tuple[Cue, ...]:  # noqa: C901 - one case per event
        """Return the cues that follow from an event, those of timers due before it included."""
        flow = self._flow
        if flow.is_over:
            return ()
        match event:
            case HoldStarted() | HoldReleased() | HoldWithdrawn():
                self._run_to(event.at_s)
                self._take_lamp(event)
            case HoldSettled():
                # What a gap or the end cut off may bear a stamp of either clock: it moves none.
                is_cut = not event.hold.is_finished and math.isfinite(flow.now_s)
                self._run_to(flow.now_s if is_cut else event.at_s)
                self._take_hold(event)
            case SaturationSeen():
                self._run_to(event.at_s)
                self._take_overload(event)
            case GapFound():
                if event.end_s < event.start_s:
                    flow.shift(event.end_s - event.start_s)
                    self._overload.forget()
            case SamplesLost() | SamplesRejected() | FramesDropped():
                return ()
            case ContactStarted() | ContactEnded():
                return ()
            case MarginSeen():
                self._run_to(event.at_s)
                self._take_margin(event)
            case (
                TapSeen() | TapsMeasured() | PulseSeen() | SqueezeSeen() | StanceSeen() | LoadSeen()
            ):
                self._take_figure(event)
            case CompensationSeen() | FatigueSeen():
                self._run_to(event.at_s)
                self._take_warning(event)
            case _:
                assert_never(event)
        flow.version += 1
        return flow.take_cues()

    def advance(self, at_s: float) -> tuple[Cue, ...]:
        """Return the cues that are due by a stream time."""
        flow = self._flow
        if at_s < flow.timer.due_s:
            # The usual case, taken with every block.
            flow.now_s = max(flow.now_s, at_s)
            return ()
        self._run_to(at_s)
        return flow.take_cues()

    def obey(  # noqa: C901 - one case per command
        self, command: Command, at_s: float
    ) -> tuple[Cue, ...]:
        """Return the cues that follow from a command; where it means nothing, none."""
        self._run_to(at_s)
        flow, part = self._flow, self._part
        if flow.is_over:
            return flow.take_cues()
        match command:
            case Next():
                part.go_on()
            case SkipMvc():
                flow.maxima.is_skipped = True
                part.skipped()
            case ChangeAthlete() | ChangeSide():
                if rename(flow, command):
                    part.renamed()
            case Undo():
                if undo(flow):
                    part.renamed()
            case Retare():
                part.zero()
            case EndSession():
                self._end(is_complete=False)
            case (
                Pause()
                | SkipSet()
                | SkipStep()
                | Answer()
                | Reply()
                | RateEase()
                | RatePain()
                | RateReadiness()
            ):
                self._obey_in_circuit(command)
            case _:
                assert_never(command)
        flow.version += 1
        return flow.take_cues()

    def stop(self, reason: StopReason, at_s: float) -> tuple[Cue, ...]:
        """Stop for safety, now and for good; a session that is over stays as it is."""
        if self._flow.is_over:
            return ()
        self._stop(reason, at_s)
        return self._flow.take_cues()

    def explain(self, *, is_pain: bool, at_s: float) -> tuple[Cue, ...]:
        """Take in whether the foot button's stop was for pain; no other stop has that question."""
        flow = self._flow
        if flow.stop_reason is not StopReason.BUTTON:
            return ()
        flow.now_s = max(flow.now_s, at_s)
        flow.stop_reason = StopReason.PAIN if is_pain else StopReason.INTERRUPTED
        flow.message = tr(STOPPED[flow.stop_reason])
        flow.say(StopExplained(flow.now_s, flow.stop_reason))
        flow.version += 1
        return flow.take_cues()

    def stale(self, is_stale: bool, at_s: float) -> tuple[Cue, ...]:  # noqa: FBT001 - it is the news itself
        """Take in that data have stopped or arrive again; meanwhile the session stands still.

        That they arrive again is best told after the first samples were taken in, with their time.
        """
        flow = self._flow
        since_s = flow.stale_s
        if flow.is_over or is_stale is (since_s is not None):
            return ()
        flow.version += 1
        if since_s is None:
            self._run_to(at_s)
            self._stand_still()
            return flow.take_cues()
        flow.now_s = max(flow.now_s, at_s)
        flow.void(since_s, flow.now_s, RejectReason.CUT_OFF)
        flow.stale_s = None
        flow.timer.go_on(flow.now_s)
        self._part.resume()
        return flow.take_cues()

    def finish(self, at_s: float) -> tuple[Cue, ...]:
        """End because no more samples will come."""
        return self.obey(EndSession(), at_s)

    def know_rate(self, rate_hz: float) -> None:
        """Take in the measured sample rate, by which lost samples are weighed."""
        self._flow.rate_hz = rate_hz

    @property
    def is_over(self) -> bool:
        """Return whether the session has ended or was stopped."""
        return self._flow.is_over

    @property
    def is_pain_asked(self) -> bool:
        """Return whether a stop by the foot button waits to be explained."""
        return self._flow.stop_reason is StopReason.BUTTON

    @property
    def phase(self) -> Phase:
        """Return where the session is."""
        return self._flow.phase

    def view(self) -> Snapshot:
        """Return the session as a screen shows it; the same object while nothing changed."""
        return self._view.show(self._flow, self._part)

    def result(self) -> SessionResult:
        """Return what was done up to now."""
        flow = self._flow
        return SessionResult(
            exercise_id=flow.exercise.id,
            athlete=flow.labels.athlete,
            sets=flow.book.results(),
            mvcs=flow.maxima.results(),
            is_over=flow.is_over,
            is_complete=flow.is_complete,
            stop_reason=flow.stop_reason,
        )

    @property
    def _part(self) -> Part:
        return self._parts[self._flow.phase]

    def _stop(self, reason: StopReason, at_s: float) -> None:
        flow = self._flow
        flow.now_s = max(flow.now_s, at_s)
        flow.stop_reason = reason
        flow.move(Trigger.STOP)
        flow.message = tr(STOPPED[reason])
        flow.say(SessionStopped(flow.now_s, reason))
        flow.version += 1

    def _stand_still(self) -> None:
        flow = self._flow
        flow.timer.hold(flow.now_s)
        flow.stale_s = flow.now_s
        if flow.lamp_s is not None:
            flow.void(flow.lamp_s, flow.now_s, RejectReason.CUT_OFF)
            flow.lamp_s = None

    def _run_to(self, at_s: float) -> None:
        """Let every timer due by then act at its own time, then let it be then."""
        flow = self._flow
        while flow.timer.due_s <= at_s:
            flow.now_s = max(flow.now_s, flow.timer.due_s)
            flow.timer.clear()
            self._part.ring()
            flow.version += 1
        flow.now_s = max(flow.now_s, at_s)

    def _take_lamp(self, event: HoldStarted | HoldReleased | HoldWithdrawn) -> None:
        flow = self._flow
        flow.lamp_s = None
        flow.is_compensating = False
        if flow.is_stale:
            return
        match event:
            case HoldStarted():
                flow.lamp_s = event.start_s
                self._part.started()
            case HoldReleased():
                self._part.released()
            case HoldWithdrawn():
                self._part.withdrawn()
            case _:
                assert_never(event)

    def _take_hold(self, event: HoldSettled) -> None:
        flow = self._flow
        flow.lamp_s = None
        flow.is_compensating = False
        if flow.is_stale:
            self._part.settled_stale(event.hold)
        else:
            self._part.settled(event.hold)

    def _take_warning(self, event: CompensationSeen | FatigueSeen) -> None:
        flow = self._flow
        if flow.is_stale or not self._part.is_training:
            return
        if isinstance(event, FatigueSeen):
            flow.decline_pct = event.decline_pct
            self._part.tired()
        elif flow.lamp_s is not None:
            flow.is_compensating = True
            self._part.compensated()

    def _obey_in_circuit(self, command: InCircuit) -> None:
        """Do what only a circuit knows of."""

    def _take_margin(self, event: MarginSeen) -> None:
        """Take in how far the set is from fatigue."""

    def _take_figure(self, event: Figure) -> None:
        """Take in what the set that is on shows beside its holds."""

    def _take_overload(self, event: SaturationSeen) -> None:
        if not self._part.asks_force:
            self._overload.forget()
            return
        self._part.overloaded()
        if self._overload.see(event.at_s):
            self._stop(StopReason.SATURATED, event.at_s)

    def _end(self, *, is_complete: bool) -> None:
        flow = self._flow
        self._part.ended()
        flow.is_complete = is_complete
        flow.move(Trigger.END)
        flow.say(SessionEnded(flow.now_s, is_complete))
        flow.version += 1


class Coach(Conductor):
    """Leads one person through one session."""

    def __init__(self, plan: SessionPlan) -> None:
        flow = Flow(plan, Phase.READY)
        super().__init__(
            flow,
            {
                Phase.READY: Ready(flow),
                Phase.TARE: Tare(flow),
                Phase.CHECK: Check(flow),
                Phase.MVC_READY: MaxReady(flow),
                Phase.MVC_PRESS: MaxPress(flow),
                Phase.MVC_REST: MaxRest(flow),
                Phase.COUNTDOWN: Countdown(flow),
                Phase.WORK: Work(flow),
                Phase.REST: Rest(flow),
            },
        )


class Follower(Conductor):
    """Follows a recording: no countdown, nothing rejected, over when the recording is."""

    def __init__(self, plan: SessionPlan) -> None:
        flow = Flow(plan, Phase.FOLLOW)
        super().__init__(flow, {Phase.FOLLOW: Follow(flow)})

    def finish(self, at_s: float) -> tuple[Cue, ...]:
        """End with the recording, shown to its end."""
        self._run_to(at_s)
        if not self._flow.is_over:
            self._end(is_complete=True)
        return self._flow.take_cues()
