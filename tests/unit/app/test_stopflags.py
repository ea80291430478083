"""The stop flags, held against a model: one contact stops, and only an explicit no is no pain."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.coach.person import Person, make_session
from trainer.app.stopflags import StopFlags
from trainer.coach.conductor import Coach
from trainer.coach.plan import Feet
from trainer.core.commands import Next, SkipMvc
from trainer.core.cues import SessionStopped, StopExplained, StopReason
from trainer.core.snapshot import PAUSES, Phase, Snapshot
from trainer.core.watchdog import ANSWER_S, OVER, THINK_S, may_deny

ASKED = Snapshot(phase=Phase.STOPPED, is_pain_asked=True, left_s=10.0)
IN_A_SET = [Phase.COUNTDOWN, Phase.WORK, Phase.MVC_PRESS, Phase.TARE, Phase.FOLLOW]


@pytest.mark.parametrize("phase", IN_A_SET)
def test_a_contact_where_no_next_is_offered_stops_and_says_when(phase: Phase) -> None:
    flags = StopFlags()
    flags.press(Snapshot(phase=phase), 3.0, is_held=False)
    flags.press(Snapshot(phase=phase), 4.0, is_held=False)
    assert (flags.is_asked, flags.reason, flags.asked_s) == (True, StopReason.BUTTON, 3.0)


@pytest.mark.parametrize("phase", sorted(PAUSES))
def test_a_contact_in_a_pause_goes_on_once(phase: Phase) -> None:
    flags = StopFlags()
    flags.press(Snapshot(phase=phase), 3.0, is_held=False)
    assert not flags.is_asked
    assert flags.take_next(phase, 3.1)
    assert not flags.take_next(phase, 3.2)
    assert (flags.is_asked, flags.asked_s) == (False, None)


def test_a_contact_whose_pause_is_over_when_it_is_read_stops() -> None:
    flags = StopFlags()
    flags.press(Snapshot(phase=Phase.REST), 3.0, is_held=False)
    assert not flags.take_next(Phase.COUNTDOWN, 3.1)
    assert (flags.reason, flags.asked_s) == (StopReason.BUTTON, 3.1)


def test_a_button_that_is_merely_held_stops_and_never_goes_on() -> None:
    flags = StopFlags()
    flags.press(Snapshot(phase=Phase.REST), 3.0, is_held=True)
    assert not flags.take_next(Phase.REST, 3.1)
    assert not flags.is_asked
    flags.press(Snapshot(phase=Phase.WORK), 4.0, is_held=True)
    assert flags.reason is StopReason.BUTTON


@pytest.mark.parametrize("phase", sorted(Phase))
def test_a_session_is_left_while_it_waits_to_begin_and_a_late_wish_is_forgotten(
    phase: Phase,
) -> None:
    flags = StopFlags()
    assert not flags.take_leave(Phase.READY)
    flags.leave()
    assert flags.take_leave(phase) is (phase is Phase.READY)
    assert not flags.take_leave(Phase.READY)
    assert not flags.is_asked


def test_a_stop_or_an_end_goes_before_leaving() -> None:
    for ask in (lambda flags: flags.pain(1.0), StopFlags.end):
        flags = StopFlags()
        flags.leave()
        ask(flags)
        assert not flags.take_leave(Phase.READY)


@pytest.mark.parametrize("phase", sorted(OVER))
def test_a_contact_after_the_end_is_nothing(phase: Phase) -> None:
    flags = StopFlags()
    flags.press(Snapshot(phase=phase, is_pain_asked=True), 3.0, is_held=False)
    assert not flags.is_asked
    assert flags.answer(10.0, is_closed=False) is None


@pytest.mark.parametrize(
    "shown",
    [
        Snapshot(phase=Phase.WORK),
        replace(ASKED, left_s=0.0),
        replace(ASKED, left_s=ANSWER_S),
        replace(ASKED, left_s=ANSWER_S - 0.9 * THINK_S),
    ],
)
def test_a_no_before_the_question_can_have_been_read_is_none(shown: Snapshot) -> None:
    flags = StopFlags()
    flags.deny(shown)
    assert flags.answer(10.0, is_closed=False) is None


@pytest.mark.parametrize(
    ("is_hurt", "is_ended", "is_closed", "left_s"),
    [
        (True, False, False, 10.0),
        (False, True, False, 10.0),
        (False, False, True, 10.0),
        (False, False, False, 0.0),
    ],
)
def test_a_no_yields_to_whatever_else_is_said(
    is_hurt: bool, is_ended: bool, is_closed: bool, left_s: float
) -> None:
    flags = StopFlags()
    flags.deny(ASKED)
    assert flags.answer(10.0, is_closed=False) is False
    if is_hurt:
        flags.pain(1.0)
    if is_ended:
        flags.end()
    assert flags.answer(left_s, is_closed=is_closed) is True


class Session(RuleBasedStateMachine):
    """A coach, a person with a button, and an engine that reads the flags now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.person = Person(Coach(make_session(Feet.BOTH, sets=2, reps=1)))
        self.flags = StopFlags()
        self.shown = self.person.view()
        self.is_hurt = self.is_refused = self.is_left = False
        self.left_s = ANSWER_S

    @property
    def is_over(self) -> bool:
        return self.person.conductor.is_over

    @rule(seconds=st.sampled_from([0.1, 2.0, 7.0, 70.0]))
    def wait(self, seconds: float) -> None:
        self.person.wait(seconds)
        if self.person.conductor.is_pain_asked:
            self.left_s -= seconds

    @rule(command=st.sampled_from([Next(), Next(), SkipMvc()]))
    def command(self, command: Next | SkipMvc) -> None:
        self.person.do(command)

    @precondition(lambda self: not self.is_over)
    @rule(length_s=st.sampled_from([0.3, 2.0, 4.2]))
    def push(self, length_s: float) -> None:
        self.person.press(length_s)

    @rule()
    def look(self) -> None:
        left_s = self.left_s if self.person.conductor.is_pain_asked else 0.0
        self.shown = replace(self.person.view(), left_s=left_s)

    @rule()
    def contact(self) -> None:
        """Press, by what is shown: at times older than what is."""
        is_new = not self.flags.is_asked and not self.is_over
        before = self.person.view().phase
        self.flags.press(self.shown, self.person.at_s, is_held=False)
        self.read()
        if is_new and before not in PAUSES and self.shown.phase not in OVER:
            assert self.person.view().phase is Phase.STOPPED

    @rule()
    def hurt(self) -> None:
        self.is_hurt = self.is_hurt or not self.is_over or self.person.conductor.is_pain_asked
        self.flags.pain(self.person.at_s)

    @rule()
    def deny(self) -> None:
        shows_question = may_deny(self.shown)
        self.is_refused = self.is_refused or shows_question
        self.flags.deny(self.shown)

    @rule()
    def leave(self) -> None:
        self.is_left = True

    @rule()
    def read(self) -> None:
        """Do with the flags what an engine does."""
        conductor, at_s = self.person.conductor, self.person.at_s
        while self.flags.take_next(conductor.phase, at_s):
            self.person.do(Next())
        if self.flags.reason is not None:
            self.person.cues += conductor.stop(self.flags.reason, at_s)
        answer = self.flags.answer(self.left_s, is_closed=self.is_left)
        if conductor.is_pain_asked and answer is not None:
            self.person.cues += conductor.explain(is_pain=answer, at_s=at_s)

    @invariant()
    def only_an_explicit_no_is_no_pain(self) -> None:
        reason = self.person.conductor.result().stop_reason
        if reason is StopReason.INTERRUPTED:
            assert self.is_refused
            assert not self.is_hurt
        stops = self.person.heard(SessionStopped)
        explained = self.person.heard(StopExplained)
        assert len(explained) <= len(stops) <= 1
        if stops and stops[0].reason is StopReason.PAIN:
            assert reason is StopReason.PAIN
            assert explained == []

    @invariant()
    def a_stop_stays_a_stop(self) -> None:
        if self.person.heard(SessionStopped):
            assert self.person.view().phase is Phase.STOPPED


class HurtIsNeverForgotten(Session):
    """The same, read at once after every pain stop."""

    @rule()
    def hurt(self) -> None:
        was_open = not self.is_over or self.person.conductor.is_pain_asked
        super().hurt()
        self.read()
        if was_open:
            assert self.person.conductor.result().stop_reason is StopReason.PAIN


for machine in (Session, HurtIsNeverForgotten):
    machine.TestCase.settings = settings(max_examples=30, stateful_step_count=25)

TestSession = Session.TestCase
TestHurtIsNeverForgotten = HurtIsNeverForgotten.TestCase
