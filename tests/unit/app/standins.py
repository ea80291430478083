"""Sources that misbehave in one way each, a coach that remembers, and an engine around them."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from calibration import identity
from trainer.app.engine import Engine
from trainer.app.pipeline import Pipeline
from trainer.app.session import Parts, Session
from trainer.app.shelf import shipped_exercises
from trainer.coach.conductor import Coach, Conductor
from trainer.coach.plan import make_plan
from trainer.core.arrays import FloatArray
from trainer.core.clock import SystemClock
from trainer.core.commands import Command
from trainer.core.cues import Cue, MvcMeasured
from trainer.core.events import Event
from trainer.core.link import NO_VITALS
from trainer.core.packets import Packet, Stream, StreamInfo, UnitPacket
from trainer.core.ports import Clock, Source
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings, SafetySettings
from trainer.core.units import Unit

RATE_HZ = 80.0
INFO = StreamInfo(Stream.FORCE, ("force",), Unit.NEWTON, 1 / RATE_HZ)
FRAME = 8
LET_GO_S = 0.2
"""Nobody waits for a stand-in."""


def frames(count: int, *, first: int = 0, force_n: float = 2.0) -> list[Packet]:
    """Return packets of eight samples at one level, with a little noise."""
    return [frame(first + number, np.full(FRAME, force_n)) for number in range(count)]


def frame(number: int, force_n: FloatArray) -> Packet:
    """Return the packet of a number in an even stream."""
    time_s = (number * FRAME + np.arange(FRAME)) / RATE_HZ
    wave_n = 0.02 * np.sin(37.0 * time_s)
    return UnitPacket(Stream.FORCE, time_s, (force_n + wave_n)[:, None], float(time_s[-1]))


class Steady:
    """Delivers its packets one by one, then ends."""

    is_simulated = False
    streams = (INFO,)
    vitals = NO_VITALS

    def __init__(self, packets: Sequence[Packet], *, is_replay: bool = False) -> None:
        self.packets = list(packets)
        self.is_replay = is_replay
        self.heard: list[Cue] = []
        self.reads = 0
        self.is_closed = False

    async def open(self) -> None:
        """Be there at once."""

    async def read(self) -> Sequence[Packet]:
        """Return the next packet, or what comes after the last."""
        self.reads += 1
        await asyncio.sleep(0)
        return (self.packets.pop(0),) if self.packets else await self.after()

    async def after(self) -> Sequence[Packet]:
        """Return the end."""
        return ()

    def hear(self, cue: Cue) -> None:
        """Remember the cue."""
        self.heard.append(cue)

    async def close(self) -> None:
        """Remember it."""
        self.is_closed = True


class Silent(Steady):
    """Falls silent after its packets: read never returns."""

    async def after(self) -> Sequence[Packet]:
        await asyncio.Event().wait()
        return ()


class Stubborn(Steady):
    """Falls silent, and will not be cancelled until it is released."""

    def __init__(self, packets: Sequence[Packet]) -> None:
        super().__init__(packets)
        self.release = threading.Event()

    async def after(self) -> Sequence[Packet]:
        while not self.release.is_set():
            try:
                await asyncio.sleep(0.01)
            except asyncio.CancelledError:
                continue
        return ()


class Blocking(Steady):
    """Blocks the engine's thread itself, as a driver without async does, until it is released."""

    def __init__(self, packets: Sequence[Packet]) -> None:
        super().__init__(packets)
        self.release = threading.Event()
        self.is_blocking = threading.Event()

    async def after(self) -> Sequence[Packet]:
        self.is_blocking.set()
        self.release.wait(30.0)
        return frames(1, first=1000, force_n=40.0)


class HungClose(Steady):
    """Never finishes closing."""

    async def close(self) -> None:
        await asyncio.Event().wait()


class Unreachable(Steady):
    """Never finishes opening."""

    async def open(self) -> None:
        await asyncio.Event().wait()


class Broken(Steady):
    """Fails after its packets."""

    def __init__(self, packets: Sequence[Packet], error: Exception) -> None:
        super().__init__(packets)
        self.error = error

    async def after(self) -> Sequence[Packet]:
        raise self.error


class TickingClock(SystemClock):
    """A clock that moves a little whenever it is looked at, and as far as a test says."""

    def __init__(self, step_s: float = 0.02) -> None:
        super().__init__()
        self.step_s = step_s
        self.now_s = 0.0

    def monotonic_s(self) -> float:
        """Return the time, a step later than the last one."""
        self.now_s += self.step_s
        return self.now_s


class ListeningCoach(Coach):
    """The coach, with a list of what reached it."""

    def __init__(self, *, athlete: str = "Mia", reps: int = 3) -> None:
        plan = make_plan(shipped_exercises()["toe_curl"], athlete=athlete, sets=1, reps=reps)
        super().__init__(plan)
        self.obeyed: list[Command] = []
        self.events: list[Event] = []
        self.on_command: Callable[[int], None] = lambda _count: None

    def obey(self, command: Command, at_s: float) -> tuple[Cue, ...]:
        """Remember the command, then obey."""
        self.obeyed.append(command)
        self.on_command(len(self.obeyed))
        return super().obey(command, at_s)

    def push(self, event: Event) -> tuple[Cue, ...]:
        """Remember the event, then take it."""
        self.events.append(event)
        return super().push(event)


@dataclass
class Rig:
    """An engine around a source, and what it did."""

    source: Source
    clock: Clock = field(default_factory=SystemClock)
    safety: SafetySettings = field(default_factory=SafetySettings)
    coach: Conductor = field(default_factory=ListeningCoach)
    close_error: Exception | None = None
    closed: list[Session] = field(default_factory=list)
    prepared: int = 0

    def __post_init__(self) -> None:
        self.engine = Engine(
            self.source, self.prepare, self.clock, self.safety, self.close, LET_GO_S
        )

    def prepare(self, first: Sequence[Packet]) -> tuple[Parts, Ring]:
        """Build the parts, without files."""
        self.prepared += 1
        pipeline = Pipeline(INFO, identity(INFO.channels), DetectionSettings())
        self.coach.know_rate(pipeline.measure_rate(first) or RATE_HZ)
        parts = Parts(self.source, None, pipeline, self.coach, self.keep_mvc)
        return parts, Ring(("force", "total"), 200)

    def close(self, session: Session) -> None:
        """Remember the session as it was closed."""
        self.closed.append(session)
        if self.close_error is not None:
            raise self.close_error

    def keep_mvc(self, measured: MvcMeasured, athlete: str) -> None:
        """Keep nothing."""

    def run(self) -> Session:
        """Run to the end and return the session."""
        self.engine.start()
        return self.join()

    def join(self) -> Session:
        """Wait for the end and return the session."""
        assert self.engine.join(20.0), "the engine does not end"
        return self.closed[0]
