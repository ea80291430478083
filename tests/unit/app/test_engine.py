"""The engine: a pain stop that nothing holds up, silence, faults, and files closed before all."""

import asyncio
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from tests.unit.app.standins import (
    Blocking,
    Broken,
    HungClose,
    ListeningCoach,
    Rig,
    Silent,
    Steady,
    Stubborn,
    TickingClock,
    Unreachable,
    frame,
    frames,
)
from trainer.app.engine import MOST_COMMANDS
from trainer.core.arrays import FloatArray
from trainer.core.clock import ManualClock
from trainer.core.commands import ChangeSide, EndSession, Next, SkipMvc
from trainer.core.cues import SessionStopped, Side, StopReason
from trainer.core.errors import EndedError, SourceError, SourceFault, StorageError, StorageFault
from trainer.core.link import Vitals
from trainer.core.packets import ClockPacket, Packet, Stream, UnitPacket
from trainer.core.settings import SafetySettings
from trainer.core.snapshot import Phase

FLOOD = 10_000


def test_a_session_runs_to_the_end_of_its_source_and_is_closed_once() -> None:
    rig = Rig(Steady(frames(20)))
    session = rig.run()
    assert rig.engine.error is None
    assert len(rig.closed) == 1
    assert session.snapshot.phase is Phase.DONE
    assert session.at_s == pytest.approx(159 / 80.0)
    assert rig.engine.is_finished
    assert rig.engine.ring.head == 160
    assert isinstance(rig.source, Steady)
    assert rig.source.is_closed


def test_a_pain_stop_is_not_queued_behind_ten_thousand_commands() -> None:
    coach = ListeningCoach()
    rig = Rig(Silent(frames(5)), coach=coach)
    coach.on_command = lambda count: rig.engine.pain_stop() if count == 50 else None
    for number in range(FLOOD):
        rig.engine.send(ChangeSide(Side.RIGHT if number % 2 else Side.LEFT))
    session = rig.run()
    assert session.snapshot.phase is Phase.STOPPED
    assert session.snapshot.stop_reason == StopReason.PAIN
    # The flag is read before every command: the one that was being obeyed is the last.
    assert len([command for command in coach.obeyed if command != EndSession()]) == 50


def test_a_pain_stop_is_read_before_every_block() -> None:
    coach = ListeningCoach()
    rig = Rig(Steady(frames(5000)), coach=coach)
    coach.on_command = lambda _count: rig.engine.pain_stop()
    rig.engine.send(Next())
    session = rig.run()
    assert session.snapshot.phase is Phase.STOPPED
    # Next was obeyed before the second block: that is the newest one that was taken.
    assert session.at_s == pytest.approx(7 / 80.0)


def test_commands_are_obeyed_in_their_order_and_between_them_packets_are_taken() -> None:
    coach = ListeningCoach()
    rig = Rig(Steady(frames(60)), coach=coach)
    seen: list[float] = []
    coach.on_command = lambda _count: seen.append(rig.engine.snapshot.at_s)
    sent = [ChangeSide(Side.RIGHT if number % 2 else Side.LEFT) for number in range(100)]
    for command in sent:
        rig.engine.send(command)
    rig.run()
    assert coach.obeyed[:100] == sent
    assert MOST_COMMANDS < 100
    assert len(rig.coach.view().message) > 0


def test_pain_wins_over_an_end_that_was_asked_just_before() -> None:
    coach = ListeningCoach()
    rig = Rig(Silent(frames(5)), coach=coach)

    def ask_for_both(_count: int) -> None:
        rig.engine.send(EndSession())
        rig.engine.pain_stop()

    coach.on_command = ask_for_both
    rig.engine.send(ChangeSide(Side.RIGHT))
    session = rig.run()
    assert session.snapshot.phase is Phase.STOPPED
    assert session.coach.result().stop_reason is StopReason.PAIN


def test_an_end_is_no_pain_stop_and_is_not_queued_either() -> None:
    coach = ListeningCoach()
    rig = Rig(Silent(frames(5)), coach=coach)
    coach.on_command = lambda count: rig.engine.end() if count == 50 else None
    for number in range(FLOOD):
        rig.engine.send(ChangeSide(Side.RIGHT if number % 2 else Side.LEFT))
    session = rig.run()
    assert session.snapshot.phase is Phase.DONE
    assert session.snapshot.stop_reason == ""
    assert rig.engine.is_stop_asked
    assert {*coach.obeyed[50:]} == {EndSession()}


def test_pain_wins_over_an_end_asked_at_the_same_time() -> None:
    coach = ListeningCoach()
    rig = Rig(Silent(frames(5)), coach=coach)

    def ask_for_both(_count: int) -> None:
        rig.engine.end()
        rig.engine.pain_stop()

    coach.on_command = ask_for_both
    rig.engine.send(ChangeSide(Side.RIGHT))
    assert rig.run().coach.result().stop_reason is StopReason.PAIN


def test_an_end_before_the_first_sample_is_no_fault() -> None:
    rig = Rig(Unreachable([]))
    seen: list[float] = []

    def attend() -> None:
        seen.append(rig.engine.heartbeat_s)
        rig.engine.end()

    with pytest.raises(EndedError, match="nothing was recorded"):
        rig.engine.start(attend=attend)
    assert rig.engine.join(20.0)
    assert len(seen) >= 1
    assert rig.closed == []


def test_a_session_that_has_ended_is_not_stopped_any_more() -> None:
    rig = Rig(Steady(frames(5)))
    session = rig.run()
    rig.engine.pain_stop()
    rig.engine.send(Next())
    assert session.snapshot.phase is Phase.DONE
    assert rig.engine.snapshot.phase is Phase.DONE


def test_a_source_that_never_answers_holds_up_no_pain_stop() -> None:
    source = Silent(frames(5))
    rig = Rig(source, clock=ManualClock())
    rig.engine.start()
    rig.engine.pain_stop()
    session = rig.join()
    assert session.snapshot.phase is Phase.STOPPED
    assert source.heard == [SessionStopped(session.at_s, StopReason.PAIN)]
    assert source.is_closed


def test_a_source_that_will_not_be_cancelled_holds_up_neither_stop_nor_files() -> None:
    source = Stubborn(frames(5))
    rig = Rig(source)
    rig.engine.start()
    rig.engine.pain_stop()
    session = rig.join()
    assert session.snapshot.phase is Phase.STOPPED
    assert len(rig.closed) == 1
    source.release.set()


def test_a_source_that_does_not_close_is_left_behind_once_the_files_are_closed() -> None:
    rig = Rig(HungClose(frames(5)))
    session = rig.run()
    assert session.snapshot.phase is Phase.DONE
    assert rig.engine.is_finished
    assert rig.engine.error is None


def test_while_a_source_blocks_the_engine_its_heartbeat_stands_still() -> None:
    source = Blocking(frames(5))
    coach = ListeningCoach()
    rig = Rig(source, coach=coach)
    rig.engine.start()
    assert source.is_blocking.wait(10.0)
    beat_s = rig.engine.heartbeat_s
    rig.engine.pain_stop()
    assert rig.engine.heartbeat_s == beat_s
    assert rig.engine.snapshot.phase is Phase.READY
    source.release.set()
    session = rig.join()
    # The block that came with the stop is not taken.
    assert session.snapshot.phase is Phase.STOPPED
    assert session.at_s == pytest.approx(39 / 80.0)


def test_a_pain_stop_before_the_first_packet_ends_the_waiting() -> None:
    for source in (Silent([]), Unreachable([]), Steady(frames(50))):
        rig = Rig(source)
        rig.engine.pain_stop()
        with pytest.raises(SourceError, match="nothing was recorded") as raised:
            rig.engine.start()
        assert raised.value.reason is SourceFault.LOST
        assert rig.engine.join(10.0)
        assert rig.prepared == 0
        assert rig.closed == []
        assert source.is_closed


def test_a_source_that_connects_and_delivers_nothing_is_given_up() -> None:
    rig = Rig(Silent([]), clock=TickingClock(0.5))
    with pytest.raises(SourceError, match="no sample came within 10 s") as raised:
        rig.engine.start()
    assert "Check the pad's power" in str(raised.value)


def test_a_source_that_cannot_be_opened_says_why() -> None:
    class Absent(Steady):
        async def open(self) -> None:
            raise SourceError("the pad is not there. Switch it on.", SourceFault.NOT_FOUND)

    rig = Rig(Absent([]))
    with pytest.raises(SourceError, match="Switch it on"):
        rig.engine.start()
    assert rig.engine.join(10.0)


def test_silence_is_shown_and_then_stops_the_session() -> None:
    clock = TickingClock(0.02)
    seen: set[bool] = set()
    rig = Rig(Silent(frames(5)), clock=clock)
    rig.engine.start()
    while not rig.engine.join(0.001):
        seen.add(rig.engine.snapshot.link.is_stale)
        clock.step_s = 0.1
    session = rig.join()
    assert seen == {False, True}
    assert session.snapshot.phase is Phase.STOPPED
    assert session.snapshot.stop_reason == StopReason.STALE
    assert isinstance(rig.engine.error, SourceError)
    assert "no sample came for 1" in str(rig.engine.error)


def test_other_sensors_that_go_on_keep_no_session_alive_without_force() -> None:
    class ForceLost(Steady):
        """Goes on with the inertial sensor alone, a packet every 20 ms."""

        async def after(self) -> Sequence[Packet]:
            clock.move(0.02)
            return (UnitPacket(Stream.IMU, np.zeros(1), np.zeros((1, 6)), clock.monotonic_s()),)

    clock = ManualClock()
    rig = Rig(ForceLost(frames(5)), clock=clock)
    session = rig.run()
    assert session.snapshot.stop_reason == StopReason.STALE
    assert isinstance(rig.engine.error, SourceError)


def test_a_session_begins_with_the_first_force_whatever_else_comes_before() -> None:
    others: list[Packet] = [
        UnitPacket(Stream.IMU, np.zeros(1), np.zeros((1, 6)), 0.0),
        ClockPacket(Stream.FORCE, 0.0, 1, 2, 0.1),
    ]
    rig = Rig(Steady([*others, *frames(3)]))
    session = rig.run()
    assert rig.engine.error is None
    assert session.at_s == pytest.approx(23 / 80.0)


def test_somebody_who_waits_is_told_what_the_source_does() -> None:
    class Searching(Steady):
        """Says what it does, twice the same, before it opens."""

        async def open(self) -> None:
            for news in ("looking", "connecting"):
                self.vitals = Vitals(news=news)
                told.acquire(timeout=10.0)

    told = threading.Semaphore(0)
    said: list[str] = []

    def tell(news: str) -> None:
        said.append(news)
        told.release()

    rig = Rig(Searching(frames(3)))
    rig.engine.start(tell)
    rig.join()
    assert said == ["looking", "connecting"]


def test_a_silent_replay_is_never_stopped() -> None:
    source = Silent(frames(5), is_replay=True)
    clock = TickingClock(2.0)
    rig = Rig(source, clock=clock)
    rig.engine.start()
    while clock.now_s < 100.0:
        assert not rig.engine.join(0.01)
    assert not rig.engine.snapshot.link.is_stale
    rig.engine.send(EndSession())
    assert rig.join().snapshot.phase is Phase.DONE


def test_an_engine_that_was_away_itself_blames_no_source_for_silence() -> None:
    clock = TickingClock(0.0)

    class Sleepy(Steady):
        async def after(self) -> Sequence[Packet]:
            clock.now_s += 30.0
            await asyncio.sleep(0.1)
            return ()

    session = Rig(Sleepy(frames(5)), clock=clock).run()
    assert session.snapshot.phase is Phase.DONE


def test_what_was_pressed_during_silence_and_comes_late_in_one_go_is_no_rep() -> None:
    class Stalling(Steady):
        """Connected, silent until data are stale, then all that was missed at once."""

        late = tuple(frame(n, pressing(n)) for n in range(70, 160))

        async def after(self) -> Sequence[Packet]:
            while not rig.engine.snapshot.link.is_stale:
                clock.step_s = 0.05
                await asyncio.sleep(0.001)
            clock.step_s = 0.0
            late, self.late = self.late, ()
            return late

    clock = TickingClock(0.0)
    on_time = [frame(n, pressing(n)) for n in range(70)]
    counted = []
    for source in (Steady([*on_time, *Stalling.late]), Stalling(on_time)):
        rig = Rig(source, clock=clock, coach=in_set())
        counted.append(len(rig.run().coach.result().sets[0].counted))
    assert counted == [3, 0]


def test_an_error_of_the_source_stops_the_session_and_is_told() -> None:
    rig = Rig(Broken(frames(5), SourceError("the pad went away. Restart it.", SourceFault.LOST)))
    session = rig.run()
    assert session.snapshot.phase is Phase.STOPPED
    assert session.snapshot.stop_reason == StopReason.ENGINE
    assert "went away" in str(rig.engine.error)


def test_an_error_while_files_are_closed_is_told_and_the_engine_ends() -> None:
    full = StorageError("the disk is full. Free some space.", StorageFault.FULL)
    for error in (full, ZeroDivisionError("a fault of ours")):
        rig = Rig(Steady(frames(5)), close_error=error)
        rig.run()
        assert rig.engine.error is error


def test_the_first_error_is_the_one_that_is_told() -> None:
    first = SourceError("the pad went away. Restart it.", SourceFault.LOST)
    rig = Rig(Broken(frames(5), first), close_error=ZeroDivisionError())
    rig.run()
    assert rig.engine.error is first


def test_snapshots_are_numbered_and_the_last_one_is_the_end() -> None:
    rig = Rig(Steady(frames(200)))
    session = rig.run()
    assert rig.engine.snapshot is session.snapshot
    assert session.snapshot.seq >= 3
    assert session.snapshot.link.rate_hz == pytest.approx(80.0)
    assert rig.engine.rate_hz == pytest.approx(80.0)


def test_limits_of_silence_come_from_the_settings() -> None:
    clock = TickingClock(0.05)
    rig = Rig(
        Silent(frames(5)),
        clock=clock,
        safety=SafetySettings(stale_s=0.2, stop_after_stale_s=60.0),
    )
    rig.engine.start()
    while not rig.engine.snapshot.link.is_stale:
        assert not rig.engine.join(0.001)
    assert clock.now_s < 60.0
    rig.engine.pain_stop()
    assert rig.join().snapshot.stop_reason == StopReason.PAIN


def pressing(number: int) -> FloatArray:
    """Return (8,) newtons of a frame: presses of 1.5 s every 3 s."""
    time_s = (number * 8 + np.arange(8)) / 80.0
    return np.where((time_s % 3.0) > 1.5, 40.0, 2.0)


def in_set() -> ListeningCoach:
    """Return a coach in its first set, which began at 5.5 s."""
    coach = ListeningCoach()
    for command in (SkipMvc(), Next()):
        coach.obey(command, 0.0)
    coach.obey(Next(), 2.5)
    coach.advance(6.0)
    assert coach.view().phase is Phase.WORK
    return coach
