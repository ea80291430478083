"""The coach of a circuit: readiness, warm-up, work, cooldown, set by set, a way out of each.

Rules
1. A pain stop, a sharp pain and a pain of more than 5 lead to STOPPED in one step from every phase.
2. Blocks come in the circuit's order; a loaded set is begun after five minutes of warm-up only.
3. A set on the pad is begun after a tare under its foot only, also where a pause interrupted it.
4. A set is noted once, when it is over, whatever ended it; what is said of it later changes that
   note.
5. Training ends a set before the onset of fatigue, a test goes on into it; both end with a sudden
   loss of force.
"""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from trainer.coach.circuitasking import AskingFlow
from trainer.coach.circuitbalance import Balance
from trainer.coach.circuitbeats import Beats
from trainer.coach.circuitparts import (
    CircuitCountdown,
    CircuitReady,
    CircuitRest,
    Paused,
    Readiness,
)
from trainer.coach.circuitplan import BY_BEATS, CircuitPlan
from trainer.coach.circuitsequence import Sequence
from trainer.coach.circuitsetup import CircuitCheck, CircuitMaxPress
from trainer.coach.circuittaps import Taps
from trainer.coach.circuitwork import LedWork, React
from trainer.coach.conductor import Conductor, Figure, InCircuit
from trainer.coach.dose import Pain, PainAct
from trainer.coach.machine import Trigger
from trainer.coach.maximal import MaxReady, MaxRest
from trainer.coach.part import Part
from trainer.coach.programme import Led
from trainer.coach.setlog import log_session
from trainer.coach.setup import Tare
from trainer.core.commands import (
    Answer,
    Pause,
    RateEase,
    RatePain,
    RateReadiness,
    Reply,
    SkipSet,
    SkipStep,
)
from trainer.core.cues import Cue, StopReason
from trainer.core.diary.training import EndedBy, ReadinessCheck, SessionLog, SetLog
from trainer.core.events import (
    CompensationSeen,
    FatigueSeen,
    HoldSettled,
    LoadSeen,
    MarginSeen,
    StanceSeen,
    TapSeen,
    TapsMeasured,
)
from trainer.core.findings import NOT_JUDGED
from trainer.core.snapshot import Phase, Snapshot

_NEVER_PAUSED: Final = frozenset({Phase.READY, Phase.PAUSED, Phase.DONE, Phase.STOPPED})
_NOTHING_TO_SKIP: Final = _NEVER_PAUSED | {Phase.READINESS}
_ASKING: Final = frozenset({Phase.READINESS, Phase.REST})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands, so that it can go on after a cut."""

    number: int
    """The set that is on, or the next one; from 1."""
    dose_share: float
    warmed_s: float
    lasted_s: float


class CircuitCoach(Conductor):
    """Leads one person through one circuit."""

    def __init__(self, plan: CircuitPlan) -> None:
        flow = self._circuit = AskingFlow(plan)
        led = LedWork(flow)
        self._leads: dict[Led, Part] = {
            **dict.fromkeys(Led, led),
            Led.RHYTHM: Beats(flow),
            Led.REACT: React(flow),
            Led.TAPS: Taps(flow),
            Led.SEQUENCE: Sequence(flow),
        }
        self._shown: tuple[Snapshot, Snapshot] | None = None
        super().__init__(
            flow,
            {
                Phase.READY: CircuitReady(flow),
                Phase.READINESS: Readiness(flow),
                Phase.TARE: Tare(flow),
                Phase.CHECK: CircuitCheck(flow),
                Phase.MVC_READY: MaxReady(flow),
                Phase.MVC_PRESS: CircuitMaxPress(flow),
                Phase.MVC_REST: MaxRest(flow),
                Phase.COUNTDOWN: CircuitCountdown(flow),
                Phase.WORK: led,
                Phase.CLOCK: Balance(flow),
                Phase.REST: CircuitRest(flow),
                Phase.PAUSED: Paused(flow),
            },
        )
        flow.choose = self._choose
        self._choose(flow.item.drill.led)

    @property
    def logs(self) -> dict[int, SetLog]:
        """Return the records of the sets that are over, by their number."""
        return self._circuit.logs

    @property
    def readiness(self) -> ReadinessCheck | None:
        """Return the answers of the readiness check; None until all three were given."""
        return self._circuit.readiness

    @property
    def due_s(self) -> float:
        """Return when the coach acts by itself, in stream time; infinite where it waits."""
        return self._circuit.timer.due_s

    @property
    def device(self) -> str:
        """Return the device of the set that is prepared, on or just done; empty for none."""
        return self._circuit.device

    @property
    def stopping_pain(self) -> Pain | None:
        """Return the answer about pain that stopped the session; None where none did."""
        return self._circuit.stopping_pain

    @property
    def has_begun(self) -> bool:
        """Return whether its first set was begun."""
        return self._circuit.times.has_begun

    @property
    def standing(self) -> Standing:
        """Return where the session stands."""
        flow = self._circuit
        if flow.is_over:
            return Standing(flow.next_number, flow.share, flow.warmed_s, flow.lasted_s)
        is_between = flow.phase in {Phase.READY, Phase.READINESS, Phase.REST} or flow.is_filling
        index = flow.upcoming if is_between else flow.labels.set_index
        last = len(flow.order.agenda)
        number = min(last, index + 1)
        return Standing(number, flow.share, flow.warmed_s, flow.lasted_s)

    def session_log(self) -> SessionLog:
        """Return the record of the session as it stands."""
        flow = self._circuit
        reason = "" if flow.stop_reason is None else flow.stop_reason.value
        return flow.sum_up(log_session(flow.order, flow.logs, flow.lasted_s, reason))

    def stale(self, is_stale: bool, at_s: float) -> tuple[Cue, ...]:  # noqa: FBT001 - as above it
        """Take in that data have stopped or arrive again; silence warms nobody up."""
        flow = self._circuit
        since_s = flow.stale_s
        cues = super().stale(is_stale, at_s)
        if since_s is not None and flow.stale_s is None and flow.phase is not Phase.PAUSED:
            flow.times.idle_s += max(0.0, flow.now_s - since_s)
        return cues

    def view(self) -> Snapshot:
        """Return the session as a screen shows it; the same object while nothing changed."""
        base = super().view()
        if self._shown is None or self._shown[0] is not base:
            self._shown = (base, self._picture(base))
        return self._shown[1]

    def _picture(self, base: Snapshot) -> Snapshot:
        flow = self._circuit
        item = flow.item
        part = self._part
        is_own = flow.is_on or item.number in flow.done
        is_margin = isinstance(part, LedWork) and part.is_margin_watched
        return replace(
            base,
            link=replace(base.link, is_there=flow.order.has_pad),
            set_number=item.number,
            rep=self._rep(base.rep),
            reps=item.beats if is_own and item.drill.led in BY_BEATS else base.reps,
            block=flow.block.value,
            question=flow.question,
            is_yes_no=flow.is_yes_no,
            margin_pct=flow.margin_pct if is_margin else None,
            is_margin_watched=is_margin,
            trace=part.course if isinstance(part, LedWork) else (),
            is_standing=part.is_standing if isinstance(part, Balance) else None,
            load_n=part.load_n if isinstance(part, Sequence) else None,
            load_band_n=flow.load_band_n if isinstance(part, Sequence) else None,
            plane=part.word if isinstance(part, Sequence) else "",
            wobble_dps=part.wobble_dps if isinstance(part, Balance) else None,
        )

    def _rep(self, counted: int) -> int:
        """Return what is counted in the set that is on or just done: taps, pulses, or reps."""
        flow = self._circuit
        done = flow.done.get(flow.item.number)
        if done is None and not flow.is_on:
            return counted
        marks = flow.marks if done is None else done.marks
        match flow.item.drill.led:
            case Led.TAPS:
                return len(marks.taps_s) if marks.taps is None else marks.taps.count
            case Led.PULSE:
                return min(flow.item.beats, len(marks.pulses_s))
            case Led.SEQUENCE:
                return marks.beats
            case _:
                return counted

    def _choose(self, led: Led) -> None:
        self._parts[Phase.WORK] = self._leads[led]

    def _obey_in_circuit(self, command: InCircuit) -> None:
        flow = self._circuit
        match command:
            case Pause():
                self._pause()
            case SkipSet():
                self._skip(is_step=False)
            case SkipStep():
                self._skip(is_step=True)
            case Answer():
                self._act(flow.answer(command.figure))
            case Reply():
                flow.reply(is_yes=command.is_yes)
                self._act(PainAct.GO_ON)
            case RateEase():
                self._act(flow.rate_ease(command.ease))
            case RatePain():
                self._act(flow.rate_pain(Pain(command.pain, command.is_sharp, command.site)))
            case RateReadiness():
                said = (command.pain, command.stiffness, command.tiredness)
                self._act(flow.rate_readiness(*said))
            case _:
                assert_never(command)

    def _act(self, act: PainAct) -> None:
        """Stop where an answer says so, else ask on."""
        if act is PainAct.STOP:
            self._stop(StopReason.PAIN, self._circuit.now_s)
        elif isinstance(self._part, Readiness | CircuitRest):
            self._part.ask()

    def _pause(self) -> None:
        flow = self._circuit
        if flow.phase in _NEVER_PAUSED:
            return
        flow.interrupted = (flow.phase, flow.timer.left_s(flow.now_s))
        flow.lamp_s = None
        flow.move(Trigger.PAUSE)

    def _skip(self, *, is_step: bool) -> None:
        """Leave out the set that is on or next, and those of its step where that is asked."""
        flow = self._circuit
        if flow.phase in _NOTHING_TO_SKIP or flow.is_filling:
            return
        is_rest = flow.phase is Phase.REST
        item = flow.next_item if is_rest else flow.item
        if item is None:
            flow.reply(is_yes=None)
            self._act(PainAct.GO_ON)
            return
        if flow.is_on:
            flow.close_set(EndedBy.SKIPPED)
        else:
            flow.skip(item)
        flow.upcoming = item.number
        while is_step and flow.next_item and flow.next_item.step_number == item.step_number:
            flow.skip(flow.next_item)
            flow.upcoming += 1
        if flow.next_item is None:
            flow.end_all()
        elif is_rest:
            self._part.enter()
        else:
            flow.move(Trigger.SET_OVER)

    def _stop(self, reason: StopReason, at_s: float) -> None:
        flow = self._circuit
        flow.now_s = max(flow.now_s, at_s)
        if flow.is_on:
            is_pain = reason in {StopReason.PAIN, StopReason.BUTTON}
            flow.close_set(EndedBy.PAIN if is_pain else EndedBy.CUT_OFF)
        super()._stop(reason, at_s)

    def _end(self, *, is_complete: bool) -> None:
        if self._circuit.is_on:
            self._circuit.close_set(EndedBy.ENDED)
        super()._end(is_complete=is_complete)

    def _take_warning(self, event: CompensationSeen | FatigueSeen) -> None:
        if isinstance(event, FatigueSeen):
            self._circuit.is_abrupt = event.is_abrupt
        elif self._is_unguarded:
            return
        super()._take_warning(event)

    def _take_hold(self, event: HoldSettled) -> None:
        if self._is_unguarded:
            # Calf work is done with the calf: its help is no flaw, and is not spoken of.
            event = replace(event, hold=replace(event.hold, compensation=NOT_JUDGED))
        super()._take_hold(event)

    @property
    def _is_unguarded(self) -> bool:
        flow = self._circuit
        return flow.is_on and not flow.item.drill.is_guarded

    def _take_margin(self, event: MarginSeen) -> None:
        flow, part = self._circuit, self._part
        if flow.is_stale or not isinstance(part, LedWork):
            return
        flow.margin_pct = event.margin_pct
        part.margin_seen()

    def _take_figure(self, event: Figure) -> None:
        flow, part = self._circuit, self._part
        if isinstance(event, StanceSeen | LoadSeen):
            self._run_to(event.at_s)
            self._take_stand(event)
            return
        is_tap = isinstance(event, TapSeen | TapsMeasured)
        if flow.is_on and not flow.is_stale and is_tap is isinstance(part, Taps):
            flow.marks.take(event, flow.set_from_s)

    def _take_stand(self, event: StanceSeen | LoadSeen) -> None:
        if self._circuit.is_stale:
            return
        match event, self._part:
            case StanceSeen(), Balance() as part:
                part.seen(event)
            case LoadSeen(), Sequence() as part:
                part.seen(event)
            case _:
                pass
