"""The engine: a session in a thread of its own, with its event loop; screens read, and never wait.

A pain stop is a flag: it is read before every block and before every command, and it wakes the loop
at once, so that neither a queue full of commands nor a source that hangs can hold it up. So is a
polite end; where both were asked it is a pain stop. The foot button's stop is such a flag too; then
the session waits for the answer whether it was pain, and all but an explicit no means yes. Once the
session is over its files are closed before the source is: one that hangs there costs nothing.
A session that is left before it began is the other way round: it lets go of its source first, for
as long as that takes a stop is a stop and is kept, and then nothing of it is.
"""

import asyncio
import contextlib
import gc
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from trainer.app.session import Parts, Session
from trainer.app.stopflags import StopFlags
from trainer.core.commands import Command, EndSession, Next
from trainer.core.cues import StopReason
from trainer.core.errors import EndedError, SourceError, SourceFault
from trainer.core.packets import Packet, is_force
from trainer.core.ports import Clock, Source
from trainer.core.ring import Ring
from trainer.core.settings import SafetySettings
from trainer.core.snapshot import Snapshot
from trainer.core.watchdog import ANSWER_S

BEAT_S: Final = 0.025
"""How often the engine answers while no packet comes: four times within the 100 ms that a screen
waits before it shows STOPPED by itself."""

ASLEEP_S: Final = 0.25
"""Ten beats: for longer than that the engine did not listen, and blames no source for it."""

LOOK_S: Final = 0.008
"""Snapshots are no closer than this: twice as many as a 60 Hz screen shows."""

MOST_COMMANDS: Final = 16
"""Commands obeyed between two packets; the rest waits, and so does a person who presses faster."""

LET_GO_S: Final = 5.0
"""How long a source may take to let go once the session is over and saved: a disconnect takes up
to 2.8 s on BlueZ 5.66 (measured)."""

NEWS_S: Final = 0.2
"""How often somebody who waits for the first sample is told what is being done."""

Prepare = Callable[[Sequence[Packet]], tuple[Parts, Ring]]
"""Builds the parts once the first packets show what the source delivers."""

Found = TypeVar("Found")


class Engine:
    """Run one session; the screens' port (core/ports.py: EnginePort)."""

    def __init__(
        self,
        source: Source,
        prepare: Prepare,
        clock: Clock,
        safety: SafetySettings,
        close: Callable[[Session], None],
        let_go_s: float = LET_GO_S,
    ) -> None:
        self._source = source
        self._prepare = prepare
        self._clock = clock
        self._safety = safety
        self._close = close
        self._let_go_s = let_go_s
        self._commands: deque[Command] = deque()
        self._flags = StopFlags()
        self._is_ready = threading.Event()
        self._is_done = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._session: Session | None = None
        self._ring: Ring | None = None
        self._is_left = False
        self._heartbeat_s = clock.monotonic_s()
        self.error: Exception | None = None
        """What ended the engine early; raised to the person by the command."""
        self._thread = threading.Thread(target=self._main, name="engine", daemon=True)

    @property
    def ring(self) -> Ring:
        """Return the curves."""
        assert self._ring is not None
        return self._ring

    @property
    def snapshot(self) -> Snapshot:
        """Return the newest snapshot."""
        return self._session.snapshot if self._session else Snapshot()

    @property
    def heartbeat_s(self) -> float:
        """Return the host monotonic time at which the engine last answered."""
        return self._heartbeat_s

    @property
    def rate_hz(self) -> float:
        """Return the rate of the ring's columns."""
        return self.snapshot.link.rate_hz or 0.0

    @property
    def is_finished(self) -> bool:
        """Return whether the session is over and its files are closed."""
        return self._is_done.is_set()

    def send(self, command: Command) -> None:
        """Queue a command for the session."""
        self._commands.append(command)
        self._rouse()

    def pain_stop(self) -> None:
        """Stop at once."""
        self._flags.pain(self._clock.monotonic_s())
        self._rouse()

    @property
    def stop_asked_s(self) -> float | None:
        """Return when a stop was first asked."""
        return self._flags.asked_s

    def press_button(self, *, is_held: bool = False) -> None:
        """Take a contact of the foot button; none counts before the first packets."""
        if self._session is not None:
            self._flags.press(self.snapshot, self._clock.monotonic_s(), is_held=is_held)
            self._rouse()

    def deny_pain(self) -> None:
        """Answer no to the question whether it was pain."""
        self._flags.deny(self.snapshot)
        self._rouse()

    def end(self) -> None:
        """End as `EndSession` does, but at once, also while the first packets are waited for."""
        self._flags.end()
        self._rouse()

    def leave(self) -> None:
        """End it and keep nothing, where it still waits to begin."""
        self._flags.leave()
        self._rouse()

    @property
    def is_left(self) -> bool:
        """Return whether it was left before it began: nothing of it is to be kept."""
        return self._is_left

    @property
    def is_stop_asked(self) -> bool:
        """Return whether a pain stop, a stop by the button or an end was asked."""
        return self._flags.is_asked

    def start(
        self,
        tell: Callable[[str], None] | None = None,
        attend: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the source and wait for its first packets; raises what kept them from coming.

        `tell` is told what the source is doing meanwhile, whenever that is something new; `attend`
        is called all the while.
        """
        self._thread.start()
        said = ""
        while not self._is_ready.wait(NEWS_S):
            attend()
            news = self._source.vitals.news
            if tell is not None and news and news != said:
                tell(news)
            said = news
        if self._session is None and self.error is not None:
            raise self.error

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of the session; return whether it has come."""
        return self._is_done.wait(timeout_s)

    def _rouse(self) -> None:
        loop, wake = self._loop, self._wake
        if loop is not None and wake is not None:
            with contextlib.suppress(RuntimeError):  # the loop has closed: nothing left to wake
                loop.call_soon_threadsafe(wake.set)

    def _main(self) -> None:
        try:
            asyncio.run(self._run())
        finally:
            self._is_ready.set()
            self._is_done.set()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        try:
            await self._conduct(self._wake)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person must be told
            self.error = error
            with contextlib.suppress(Exception):  # what came first is what is told
                self._stop(StopReason.ENGINE)
        self._close_question()
        self._save()
        self._is_ready.set()
        await self._let_go()
        # Before the loop closes: that waits for a source that refuses to be cancelled.
        self._is_done.set()

    async def _conduct(self, wake: asyncio.Event) -> None:
        """Lead the session from the first packets to its end."""
        await self._wait_for(self._source.open())
        first = await self._wait_for(self._read_force(), self._safety.stop_after_stale_s)
        parts, self._ring = self._prepare(first)
        session = self._session = Session(parts, self._ring)
        # What was loaded until now stays: the collector need not look at it again in mid-session.
        gc.collect()
        gc.freeze()
        if not self._stop_if_asked():
            session.take(first)
            session.look()
            self._is_ready.set()
            await self._attend(session, wake)
        if session.is_pain_asked:
            await self._ask(session, wake)
        session.look()
        session.finish()
        session.look()

    async def _read_force(self) -> Sequence[Packet]:
        """Return all that comes up to the first force; empty where the source ends before."""
        first: list[Packet] = []
        while not any(map(is_force, first)):
            packets = await self._source.read()
            if not packets:
                return ()
            first += packets
        return first

    async def _wait_for(self, step: Awaitable[Found], limit_s: float = float("inf")) -> Found:
        """Return what the source answers; raises SourceError on a pain stop, or past the limit."""
        asked_s = self._clock.monotonic_s()
        task = self._spawn(step)
        while not task.done():
            await asyncio.wait({task}, timeout=BEAT_S)
            self._beat()
            if self._flags.is_pain:
                raise SourceError(
                    "stopped before the first sample came; nothing was recorded. Start again when "
                    "you are ready.",
                    SourceFault.LOST,
                )
            if self._flags.is_ended:
                raise EndedError("ended before the first sample came; nothing was recorded.")
            if self._heartbeat_s - asked_s > limit_s and not task.done():
                raise SourceError(
                    f"no sample came within {limit_s:g} s of connecting; nothing was recorded. "
                    "Check the pad's power and cable, then start again.",
                    SourceFault.LOST,
                )
        return task.result()

    async def _attend(self, session: Session, wake: asyncio.Event) -> None:
        """Read, obey and watch until the session is over or the source has ended."""
        heard_s = looked_s = self._heartbeat_s = self._clock.monotonic_s()
        reading = self._spawn(self._source.read())
        waking = self._spawn(wake.wait())
        while not session.is_over:
            await asyncio.wait(
                {reading, waking}, timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED
            )
            heard_s += self._beat()
            if waking.done():
                wake.clear()
                waking = self._spawn(wake.wait())
            self._obey_some(session)
            if self._stop_if_asked() or session.is_over:
                return
            if self._flags.take_leave(session.coach.phase):
                await self._leave()
                return
            if reading.done():
                packets = reading.result()
                if not packets:
                    return
                session.take(packets)
                if any(map(is_force, packets)):
                    heard_s = self._heartbeat_s
                    # After the samples: what was pressed meanwhile is settled first, and not
                    # counted.
                    session.note_silence(is_stale=False)
                reading = self._spawn(self._source.read())
            self._watch_silence(session, self._heartbeat_s - heard_s)
            if self._heartbeat_s - looked_s >= LOOK_S:
                looked_s = self._heartbeat_s
                session.look()

    async def _leave(self) -> None:
        """Let go of the source while a pain stop still stops a session; then it is left."""
        letting_go = asyncio.ensure_future(self._let_go())
        while not (letting_go.done() or self._flags.is_pain):
            await asyncio.wait({letting_go}, timeout=BEAT_S)
            self._beat()
        self._is_left = not self._flags.is_pain
        if not self._is_left:
            self._stop(StopReason.PAIN)

    async def _ask(self, session: Session, wake: asyncio.Event) -> None:
        """Wait for the answer whether it was pain; what closes the session is no answer."""
        self._is_ready.set()
        session.assume_pain()
        asked_s = self._clock.monotonic_s()
        while session.is_pain_asked:
            self._beat()
            left_s = ANSWER_S - (self._heartbeat_s - asked_s)
            is_pain = self._flags.answer(left_s, is_closed=EndSession() in self._commands)
            if is_pain is not None:
                session.explain(is_pain=is_pain)
                return
            session.wait_for_answer(left_s)
            session.look()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), BEAT_S)
            wake.clear()

    def _beat(self) -> float:
        """Take the time, and return the seconds for which the engine itself was away."""
        now_s = self._clock.monotonic_s()
        away_s = now_s - self._heartbeat_s - ASLEEP_S
        self._heartbeat_s = now_s
        return max(0.0, away_s)

    def _spawn(self, step: Awaitable[Found]) -> asyncio.Task[Found]:
        task = asyncio.ensure_future(step)
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # looked at: asyncio prints what nobody looked at

    def _stop_if_asked(self) -> bool:
        session, flags = self._session, self._flags
        while session is not None and flags.take_next(session.coach.phase, self._heartbeat_s):
            session.obey(Next())
        if flags.reason is not None:
            self._stop(flags.reason)
        elif flags.is_ended and session is not None and not session.is_over:
            session.obey(EndSession())
            session.look()
        return flags.is_asked

    def _stop(self, reason: StopReason) -> None:
        """Stop, and show it at once."""
        if self._session is not None and not self._session.is_over:
            self._session.stop(reason)
            self._session.look()

    def _obey_some(self, session: Session) -> None:
        for _ in range(MOST_COMMANDS):
            if not self._commands or self._stop_if_asked() or session.is_over:
                return
            session.obey(self._commands.popleft())
        if self._commands:
            self._rouse()

    def _watch_silence(self, session: Session, silent_s: float) -> None:
        if self._source.is_replay or session.is_over:
            return
        if silent_s > self._safety.stop_after_stale_s:
            self._stop(StopReason.STALE)
            self.error = SourceError(
                f"stopped: no sample came for {silent_s:.0f} s. What was recorded is kept. Check "
                "the pad's power and cable, then start again.",
                SourceFault.LOST,
            )
        elif silent_s > self._safety.stale_s:
            session.note_silence(is_stale=True)

    def _close_question(self) -> None:
        """Let it have been pain where a fault kept the question from being answered."""
        if self._session is not None and self._session.is_pain_asked:
            with contextlib.suppress(Exception):  # a source that cannot hear it is no reason
                self._session.explain(is_pain=True)
            self._session.look()

    def _save(self) -> None:
        try:
            if self._session is not None:
                self._close(self._session)
        except Exception as error:  # noqa: BLE001 - as above; a screen waits for the end
            self.error = self.error or error

    async def _let_go(self) -> None:
        """Close the source, waiting a moment for it: what is saved has nothing to lose."""
        for task in self._tasks:
            task.cancel()
        self._spawn(self._source.close())
        await asyncio.wait(set(self._tasks), timeout=self._let_go_s)
