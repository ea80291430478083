"""The foot button at the engine: a flag in the same call, a question that fails towards pain."""

import threading
from collections.abc import Callable

import pytest

from tests.unit.app.standins import Blocking, ListeningCoach, Rig, Silent, Unreachable, frames
from tests.unit.coach.person import make_session
from trainer.app.engine import LOOK_S
from trainer.coach.conductor import Follower
from trainer.core.clock import ManualClock
from trainer.core.commands import ChangeSide, EndSession, Next, SkipMvc
from trainer.core.cues import Cue, SessionStopped, Side, StopExplained, StopReason
from trainer.core.errors import EndedError
from trainer.core.snapshot import Phase
from trainer.core.watchdog import ANSWER_S, may_deny

FLOOD = 10_000


class Asked(Silent):
    """Falls silent after its packets, and says when it hears of a stop by the button."""

    def __init__(self) -> None:
        super().__init__(frames(5))
        self.on_stop: Callable[[], None] = lambda: None

    def hear(self, cue: Cue) -> None:
        super().hear(cue)
        if isinstance(cue, SessionStopped):
            self.on_stop()


def stopped_in_a_set() -> tuple[Rig, ManualClock]:
    """Return an engine that was stopped by the button while the pad was set to zero."""
    clock, coach = ManualClock(), ListeningCoach()
    rig = Rig(Asked(), clock=clock, coach=coach)
    begun = threading.Event()
    coach.on_command = lambda _count: begun.set()
    rig.engine.start()
    rig.engine.send(Next())
    assert begun.wait(10.0)
    see(rig, lambda: rig.engine.snapshot.phase is Phase.TARE)
    rig.engine.press_button()
    see(rig, lambda: may_deny(rig.engine.snapshot))
    return rig, clock


def see(rig: Rig, is_so: Callable[[], bool]) -> None:
    """Wait until the engine shows something: it looks again as its clock goes on."""
    for _ in range(2000):
        if is_so():
            return
        if isinstance(rig.clock, ManualClock):
            rig.clock.move(LOOK_S)
        rig.engine.send(ChangeSide(Side.LEFT))
        rig.engine.join(0.001)
    pytest.fail("the engine never shows it")


def test_a_contact_sets_the_flag_within_the_call_though_the_engine_hangs() -> None:
    source, clock = Blocking(frames(5)), ManualClock()
    rig = Rig(source, clock=clock, coach=Follower(make_session()))
    rig.engine.start()
    assert source.is_blocking.wait(10.0)
    clock.move(3.0)
    rig.engine.press_button()
    assert (rig.engine.is_stop_asked, rig.engine.stop_asked_s) == (True, 3.0)
    assert rig.engine.snapshot.phase is Phase.FOLLOW
    rig.engine.end()
    source.release.set()
    assert rig.join().snapshot.stop_reason == StopReason.PAIN


def test_a_contact_in_a_set_is_not_queued_behind_ten_thousand_commands() -> None:
    coach = ListeningCoach()
    rig = Rig(Silent(frames(5)), coach=coach)

    def contact(count: int) -> None:
        if count == 50:
            rig.engine.press_button()
            rig.engine.press_button()

    # The first contact goes on from READY; the second finds that phase left, and stops.
    coach.on_command = contact
    for number in range(FLOOD):
        rig.engine.send(ChangeSide(Side.RIGHT if number % 2 else Side.LEFT))
    rig.engine.send(EndSession())
    session = rig.run()
    assert session.coach.result().stop_reason is StopReason.PAIN
    assert len([command for command in coach.obeyed if isinstance(command, ChangeSide)]) == 50
    assert coach.obeyed[50:] == [Next(), EndSession()]


def test_a_contact_goes_on_from_ready() -> None:
    coach = ListeningCoach()
    rig = Rig(Silent(frames(5)), coach=coach)
    rig.engine.start()
    rig.engine.press_button()
    see(rig, lambda: rig.engine.snapshot.phase is Phase.TARE)
    assert not rig.engine.is_stop_asked
    assert coach.obeyed[0] == Next()
    rig.engine.end()
    assert rig.join().snapshot.phase is Phase.DONE


def test_contacts_before_the_first_sample_start_nothing() -> None:
    rig = Rig(Unreachable([]))

    def attend() -> None:
        rig.engine.press_button()
        rig.engine.end()

    with pytest.raises(EndedError):
        rig.engine.start(attend=attend)
    assert rig.engine.join(20.0)
    assert rig.engine.stop_asked_s is None


def test_a_no_is_told_noted_and_kept() -> None:
    rig, _ = stopped_in_a_set()
    assert rig.engine.snapshot.phase is Phase.STOPPED
    assert ANSWER_S - 2.0 < rig.engine.snapshot.left_s < ANSWER_S
    assert rig.closed == []
    rig.engine.deny_pain()
    session = rig.join()
    assert session.coach.result().stop_reason is StopReason.INTERRUPTED
    assert (session.snapshot.stop_reason, session.snapshot.is_pain_asked) == ("interruption", False)
    assert isinstance(rig.source, Asked)
    assert rig.source.heard[-2:] == [
        SessionStopped(session.at_s, StopReason.BUTTON),
        StopExplained(session.at_s, StopReason.INTERRUPTED),
    ]


def test_a_yes_wins_over_a_no_that_was_given_just_before() -> None:
    rig, _ = stopped_in_a_set()
    rig.engine.pain_stop()
    rig.engine.deny_pain()
    assert rig.join().snapshot.stop_reason == StopReason.PAIN


@pytest.mark.parametrize("leave", ["close", "end", "signal", "nothing"])
def test_whoever_leaves_or_says_nothing_has_said_yes(leave: str) -> None:
    rig, clock = stopped_in_a_set()
    match leave:
        case "close":
            rig.engine.send(EndSession())
        case "end":
            rig.engine.end()
        case "signal":
            rig.engine.pain_stop()
        case _:
            clock.move(ANSWER_S)
            rig.engine.send(SkipMvc())
    assert rig.join().snapshot.stop_reason == StopReason.PAIN


def test_a_second_contact_answers_nothing_and_the_engine_answers_meanwhile() -> None:
    rig, clock = stopped_in_a_set()
    clock.move(ANSWER_S / 2)
    rig.engine.press_button()
    see(rig, lambda: 0.0 < rig.engine.snapshot.left_s <= ANSWER_S / 2)
    assert rig.engine.heartbeat_s > ANSWER_S / 2
    assert rig.engine.snapshot.is_pain_asked
    rig.engine.deny_pain()
    assert rig.join().snapshot.stop_reason == StopReason.INTERRUPTED


def test_a_pain_stop_asks_nothing_and_no_no_changes_it() -> None:
    rig = Rig(Silent(frames(5)))
    rig.engine.start()
    rig.engine.press_button(is_held=True)
    rig.engine.pain_stop()
    rig.engine.deny_pain()
    session = rig.join()
    assert session.coach.result().stop_reason is StopReason.PAIN
    assert isinstance(rig.source, Silent)
    assert not any(isinstance(cue, StopExplained) for cue in rig.source.heard)


def test_a_fault_while_the_question_is_open_leaves_it_at_pain() -> None:
    source = Asked()

    def fail() -> None:
        raise RuntimeError("a wire came off")

    source.on_stop = fail
    rig = Rig(source, coach=(coach := ListeningCoach()))
    coach.on_command = lambda count: rig.engine.press_button() if count == 1 else None
    rig.engine.send(SkipMvc())
    rig.engine.start()
    rig.engine.press_button()
    session = rig.join()
    assert isinstance(rig.engine.error, RuntimeError)
    assert session.snapshot.stop_reason == StopReason.PAIN
