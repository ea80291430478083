"""A person who clicks everything, on a pad that does anything: what holds in every circuit."""

from copy import deepcopy
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.unit.coach.circuits import COOLDOWN, CURLS, TEMPO, WARM_UP, plan
from tests.unit.coach.person import EXERCISE, make_hold
from trainer.coach.circuit import CircuitCoach
from trainer.coach.circuitplan import WARM_UP_S
from trainer.coach.machine import TRANSITIONS
from trainer.coach.programme import Sides, Step
from trainer.core.commands import (
    Answer,
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
    ClockStarted,
    Cue,
    PauseStarted,
    RepCounted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetStarted,
    Side,
    StopReason,
    TareAsked,
)
from trainer.core.diary.training import SessionKind, SetLog
from trainer.core.events import (
    Event,
    FatigueSeen,
    HoldReleased,
    HoldSettled,
    HoldStarted,
    HoldWithdrawn,
    LoadSeen,
    MarginSeen,
    PulseSeen,
    SaturationSeen,
    SqueezeSeen,
    StanceSeen,
    TapSeen,
    TapsMeasured,
)
from trainer.core.snapshot import Phase

STEPS = (
    WARM_UP,
    CURLS,
    Step("rhythm", reps=4, sides=Sides.LEFT, tempo=TEMPO, target_pct_mvc=20.0),
    Step("pulse", reps=3, sides=Sides.RIGHT, tempo=TEMPO, target_pct_mvc=20.0),
    Step("react", reps=2, sides=Sides.LEFT, tempo=TEMPO),
    Step("taps", duration_s=5.0, sides=Sides.ALTERNATE),
    Step("balance", duration_s=5.0, sides=Sides.ALTERNATE),
    Step("sequence", duration_s=5.0, sides=Sides.LEFT, target_pct_bw=40.0),
    COOLDOWN,
)
QUICK = replace(EXERCISE, mvc=replace(EXERCISE.mvc, trials=1, pause_s=6.0))
OVER = {Phase.DONE, Phase.STOPPED}

commands = st.sampled_from(
    [
        *[Next()] * 8,
        Pause(),
        SkipSet(),
        SkipStep(),
        Answer(5.0),
        Answer(2.0),
        Reply(is_yes=True),
        Reply(is_yes=False),
        RateEase(2.0),
        RatePain(2.0),
        RateReadiness(1.0, 7.0, 1.0),
        ChangeSide(Side.RIGHT),
        Retare(),
        Undo(),
        SkipMvc(),
    ]
)


class Clicker(RuleBasedStateMachine):
    """Anything at any time; the invariants are the circuit's rules."""

    @initialize(
        kind=st.sampled_from([SessionKind.TRAINING, SessionKind.BASELINE]), is_known=st.booleans()
    )
    def begin(self, kind: SessionKind, is_known: bool) -> None:
        made = plan(*STEPS, kind=kind, base=QUICK, has_motion=is_known, weight_n=700.0)
        self.plan = made if is_known else replace(made, known_mvc=())
        self.coach = CircuitCoach(self.plan)
        self.coach.know_rate(80.0)
        self.at_s = 0.0
        self.phase = Phase.READY
        self.is_stale = False
        self.is_tared = False
        self.stood_s = 0.0
        self.stopped_from: set[Phase] = set()
        self.noted: dict[int, SetLog] = {}
        self.last_set = 0
        self.ends = 0

    @rule(command=commands)
    def obey(self, command: Command) -> None:
        self.take(self.coach.obey(command, self.at_s))

    @rule(is_rushed=st.booleans())
    def go_ahead(self, is_rushed: bool) -> None:
        """Do what leads to the next set on the pad; rushed, leave out what the clock leads."""
        for _ in range(40):
            phase = self.coach.phase
            if self.is_stale or phase in OVER | {Phase.WORK}:
                return
            if phase in {Phase.READY, Phase.CHECK, Phase.PAUSED, Phase.READINESS}:
                self.obey(Next())
            elif is_rushed and phase is Phase.CLOCK:
                self.obey(SkipSet())
                self.wait(3.0)
            else:
                self.wait(3.0 if is_rushed else 30.0)

    @rule(seconds=st.sampled_from([0.3, 1.0, 3.0, 8.0, 30.0, 120.0, 400.0]))
    def wait(self, seconds: float) -> None:
        self.at_s += seconds
        if not self.is_stale:
            self.take(self.coach.advance(self.at_s))

    @rule(
        length_s=st.sampled_from([0.1, 0.5, 1.4, 4.0]),
        force_n=st.floats(2.0, 90.0),
        flaw=st.sampled_from(["", "", "", "cut", "saturated", "lost"]),
        is_lit=st.booleans(),
    )
    def press(self, length_s: float, force_n: float, flaw: str, is_lit: bool) -> None:
        hold = make_hold(self.at_s, length_s, force_n)
        if flaw == "cut":
            hold = replace(hold, is_finished=False)
        elif flaw == "saturated":
            hold = replace(hold, is_saturated=True)
        elif flaw == "lost":
            hold = replace(hold, lost_samples=1000)
        events: list[Event] = [HoldSettled(hold.end_s + 0.3, hold)]
        if is_lit:
            events[:0] = [HoldStarted(self.at_s + 0.05, self.at_s), HoldReleased(hold.end_s)]
        before = self.is_stale
        for event in events:
            cues = self.coach.push(event)
            counted = [cue for cue in cues if isinstance(cue, RepCounted)]
            assert not (counted and (flaw or before)), "a rep was counted from bad data"
            self.take(cues)
        self.at_s = hold.end_s + 0.3

    @rule(margin_pct=st.sampled_from([100.0, 60.0, 10.0]), is_abrupt=st.sampled_from([None, True]))
    def tire(self, margin_pct: float, is_abrupt: bool | None) -> None:
        self.take(self.coach.push(MarginSeen(self.at_s, margin_pct)))
        if is_abrupt is not None:
            self.take(self.coach.push(FatigueSeen(self.at_s, 30.0, is_abrupt=is_abrupt)))

    @rule(is_standing=st.booleans(), seconds=st.sampled_from([0.25, 2.0, 4.0]))
    def stand(self, is_standing: bool, seconds: float) -> None:
        self.at_s += seconds
        self.stood_s += seconds * is_standing
        self.take(self.coach.push(StanceSeen(self.at_s, is_standing, self.stood_s)))
        self.take(self.coach.push(LoadSeen(self.at_s, 280.0 if is_standing else 0.0)))

    @rule()
    def see(self) -> None:
        """Feed what a set shows beside its holds, in whatever set it comes."""
        for event in (
            TapsMeasured(self.at_s, 5, None, None),
            PulseSeen(self.at_s),
            SqueezeSeen(self.at_s, self.at_s, 1.0, None),
        ):
            self.take(self.coach.push(event))

    @rule()
    def fuss(self) -> None:
        for event in (HoldWithdrawn(self.at_s), TapSeen(self.at_s), SaturationSeen(self.at_s, "x")):
            self.take(self.coach.push(event))

    @rule(is_stale=st.booleans())
    def silence(self, is_stale: bool) -> None:
        self.take(self.coach.stale(is_stale, self.at_s))
        self.is_stale = is_stale and self.coach.phase not in OVER

    @invariant()
    def a_pain_stop_is_one_step_away_and_every_phase_has_a_way_out(self) -> None:
        if not hasattr(self, "coach"):
            return
        view = self.coach.view()
        assert view.phase in OVER or {Phase.STOPPED, Phase.DONE} <= set(
            TRANSITIONS[view.phase].values()
        )
        assert view.message
        assert view.left_s >= 0.0
        # Somebody waits for something: for the person, for a press, or for a time to be over.
        is_waiting = view.phase in {Phase.READY, Phase.PAUSED}
        is_running = self.coach.due_s < float("inf") or self.is_stale
        assert view.phase in OVER or is_waiting or is_running
        if view.phase not in OVER | self.stopped_from:
            self.stopped_from.add(view.phase)
            other = deepcopy(self.coach)
            other.stop(StopReason.PAIN, self.at_s)
            assert other.phase is Phase.STOPPED
            assert other.view().stop_reason == "pain"

    @invariant()
    def each_set_is_noted_once_and_blocks_come_in_order(self) -> None:
        if not hasattr(self, "coach"):
            return
        logs = self.coach.logs
        assert set(self.noted) <= set(logs)
        for number, log in self.noted.items():
            assert (logs[number].exercise, logs[number].ended_by, logs[number].duration_s) == (
                log.exercise,
                log.ended_by,
                log.duration_s,
            )
        self.noted = logs
        assert sorted(logs) == list(range(1, len(logs) + 1))

    def teardown(self) -> None:
        """From wherever it came to, a pain stop, an end and mere waiting lead out."""
        if not hasattr(self, "coach") or self.coach.phase in OVER:
            return
        way = len(self.noted) % 3
        if way == 0:
            self.coach.stop(StopReason.PAIN, self.at_s)
            assert self.coach.phase is Phase.STOPPED
        elif way == 1:
            self.coach.obey(EndSession(), self.at_s)
            assert self.coach.phase is Phase.DONE
        else:
            self.wait_it_out()

    def wait_it_out(self) -> None:
        """Press Next where the session waits for the person alone; all else ends by itself."""
        self.silence(False)
        for _ in range(600):
            if self.coach.phase in OVER:
                return
            if self.coach.phase in {Phase.READY, Phase.PAUSED}:
                self.obey(Next())
            self.wait(10.0)
        raise AssertionError(f"still in {self.coach.phase} after an hour and a half")

    def take(self, cues: tuple[Cue, ...]) -> None:
        """Hold what is said against the rules of order."""
        for cue in cues:
            assert not self.ends, f"{cue} after the end"
            match cue:
                case TareAsked():
                    self.is_tared = True
                # A rest between two maximal presses of one foot is none between sets.
                case ClockStarted() | PauseStarted() | SetEnded():
                    self.is_tared = False
                case SetStarted():
                    assert self.is_tared, "a press is asked for on a pad that was not zeroed"
                    assert cue.set_number >= self.last_set
                    item = self.plan.agenda[cue.set_number - 1]
                    assert not item.is_loaded or self.coach.standing.warmed_s >= WARM_UP_S - 1e-6
                    self.last_set = cue.set_number
                case SessionEnded() | SessionStopped():
                    self.ends += 1
                case _:
                    pass


TestClicker = Clicker.TestCase
TestClicker.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
