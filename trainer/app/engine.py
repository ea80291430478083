"""The engine: a session in a thread of its own, with its event loop; screens read, and never wait.

A pain stop is a flag: it is read before every block and before every command, and it wakes the loop
at once, so that neither a queue full of commands nor a source that hangs can hold it up.
"""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from trainer.app.session import Parts, Session
from trainer.core.commands import Command
from trainer.core.cues import StopReason
from trainer.core.errors import TrainerError
from trainer.core.packets import Packet
from trainer.core.ports import Clock, Source
from trainer.core.ring import Ring
from trainer.core.settings import SafetySettings
from trainer.core.snapshot import Snapshot

BEAT_S: Final = 0.025
"""How often the engine answers while no packet comes: four times within the 100 ms that a screen
waits before it shows STOPPED by itself."""

LOOK_S: Final = 0.008
"""Snapshots are no closer than this: twice as many as a 60 Hz screen shows."""

MOST_COMMANDS: Final = 16
"""Commands obeyed between two packets; the rest waits, and so does a person who presses faster."""

Prepare = Callable[[Sequence[Packet]], tuple[Parts, Ring]]
"""Builds the parts once the first packets show what the source delivers."""


class Engine:
    """Run one session; the screens' port (core/ports.py: EnginePort)."""

    def __init__(
        self,
        source: Source,
        prepare: Prepare,
        clock: Clock,
        safety: SafetySettings,
        close: Callable[[Session], None],
    ) -> None:
        self._source = source
        self._prepare = prepare
        self._clock = clock
        self._safety = safety
        self._close = close
        self._commands: deque[Command] = deque()
        # A plain flag: a signal handler may set it in the midst of anything.
        self._is_pain = False
        self._is_ready = threading.Event()
        self._is_done = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None
        self._session: Session | None = None
        self._ring: Ring | None = None
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
        self._is_pain = True
        self._rouse()

    def start(self) -> None:
        """Open the source and wait for its first packets; raises what went wrong."""
        self._thread.start()
        self._is_ready.wait()
        if self.error is not None:
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
        except Exception as error:  # noqa: BLE001 - whatever it is, the person must be told
            self.error = error
            if self._session is not None and not self._session.is_over:
                self._session.stop(StopReason.ENGINE)
                self._session.look()
        finally:
            try:
                if self._session is not None:
                    self._close(self._session)
            except TrainerError as error:
                self.error = self.error or error
            self._is_ready.set()
            self._is_done.set()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        try:
            await self._source.open()
            first = await self._source.read()
            parts, self._ring = self._prepare(first)
            self._session = Session(parts, self._ring)
            self._session.take(first)
            self._session.look()
            self._is_ready.set()
            await self._attend(self._session, self._wake)
            self._session.look()
            self._session.finish()
            self._session.look()
        finally:
            await self._source.close()

    async def _attend(self, session: Session, wake: asyncio.Event) -> None:
        """Read, obey and watch until the session is over or the source has ended."""
        heard_s = looked_s = self._clock.monotonic_s()
        reading = asyncio.ensure_future(self._source.read())
        waking = asyncio.ensure_future(wake.wait())
        try:
            while not session.is_over:
                await asyncio.wait(
                    {reading, waking}, timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED
                )
                self._heartbeat_s = self._clock.monotonic_s()
                if waking.done():
                    wake.clear()
                    waking = asyncio.ensure_future(wake.wait())
                if self._stop_for_pain(session):
                    return
                self._obey_some(session)
                if reading.done() and not session.is_over:
                    packets = reading.result()
                    if not packets:
                        return
                    heard_s = self._heartbeat_s
                    session.note_silence(is_stale=False)
                    session.take(packets)
                    reading = asyncio.ensure_future(self._source.read())
                self._watch_silence(session, self._heartbeat_s - heard_s)
                if self._heartbeat_s - looked_s >= LOOK_S:
                    looked_s = self._heartbeat_s
                    session.look()
        finally:
            for task in (reading, waking):
                task.cancel()
            await asyncio.gather(reading, waking, return_exceptions=True)

    def _stop_for_pain(self, session: Session) -> bool:
        if not self._is_pain:
            return False
        session.stop(StopReason.PAIN)
        return True

    def _obey_some(self, session: Session) -> None:
        for _ in range(MOST_COMMANDS):
            if not self._commands or self._stop_for_pain(session) or session.is_over:
                return
            session.obey(self._commands.popleft())
        if self._commands:
            self._rouse()

    def _watch_silence(self, session: Session, silent_s: float) -> None:
        if self._source.is_replay:
            return
        if silent_s > self._safety.stop_after_stale_s:
            session.stop(StopReason.STALE)
        elif silent_s > self._safety.stale_s:
            session.note_silence(is_stale=True)
