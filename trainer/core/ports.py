"""Ports: the interfaces behind which devices, stages, clocks and screens are swapped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from trainer.core.block import Block
from trainer.core.commands import Command
from trainer.core.cues import Cue
from trainer.core.link import Vitals
from trainer.core.packets import Packet, StreamInfo
from trainer.core.ring import Ring
from trainer.core.snapshot import Snapshot


class Clock(Protocol):
    """Where now comes from: durations from `monotonic_s`, instants from `now`."""

    def monotonic_s(self) -> float:
        """Return seconds that never step back."""
        ...

    def now(self) -> datetime:
        """Return the instant in UTC (aware)."""
        ...

    def zone_name(self) -> str:
        """Return the name of the local time zone, as in the tz database where it is known."""
        ...


class Source(Protocol):
    """A device, a file or the simulated pad: the same contract suite runs on each."""

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return the streams, known once `open` has returned."""
        ...

    @property
    def is_replay(self) -> bool:
        """Return whether the recording leads and the coach follows."""
        ...

    @property
    def is_simulated(self) -> bool:
        """Return whether no real foot is behind the samples."""
        ...

    @property
    def vitals(self) -> Vitals:
        """Return how the link to the device stands; safe from any thread."""
        ...

    async def open(self) -> None:
        """Connect; raises SourceError with the next step."""
        ...

    async def read(self) -> Sequence[Packet]:
        """Return the next packets, at least one; an empty sequence at the end."""
        ...

    def hear(self, cue: Cue) -> None:
        """Take notice of a cue; devices ignore it."""
        ...

    async def close(self) -> None:
        """Let go of the device; safe to call twice."""
        ...


class Stage(Protocol):
    """A causal step that keeps its state; any cutting of the signal gives the same result."""

    def push(self, block: Block) -> object:
        """Return what follows from the block: a block, or events."""
        ...

    def reset(self) -> None:
        """Forget everything, as at the start."""
        ...


class EnginePort(Protocol):
    """What a screen may ask of a running session; safe from any thread."""

    @property
    def ring(self) -> Ring:
        """Return the curves: each cell above rest, then their detected sum, last."""
        ...

    @property
    def snapshot(self) -> Snapshot:
        """Return the newest snapshot; reading it costs an attribute load."""
        ...

    @property
    def heartbeat_s(self) -> float:
        """Return the host monotonic time at which the engine last answered."""
        ...

    @property
    def rate_hz(self) -> float:
        """Return the rate of the ring's columns."""
        ...

    @property
    def is_finished(self) -> bool:
        """Return whether the session is over and its files are closed."""
        ...

    def send(self, command: Command) -> None:
        """Queue a command for the session."""
        ...

    def pain_stop(self) -> None:
        """Stop at once: sets a flag that is read before every block; never queued."""
        ...

    @property
    def stop_asked_s(self) -> float | None:
        """Return the host monotonic time at which a stop was first asked; None while none was."""
        ...

    def press_button(self, *, is_held: bool = False) -> None:
        """Take a contact of the foot button: Next where that is offered between two presses.

        Anywhere else it stops at once, as a pain stop does, and asks afterwards whether it was
        pain. One that is merely held stops, and never goes on. Never waits.
        """
        ...

    def deny_pain(self) -> None:
        """Answer that question with no; where it is not being asked this changes nothing.

        The answer yes is `pain_stop`.
        """
        ...

    def end(self) -> None:
        """End the session, saved and without a reason of safety; never queued either."""
        ...

    def leave(self) -> None:
        """End the session and keep nothing of it, where it still waits to begin.

        Once something was asked of the person this changes nothing; a stop goes before it.
        """
        ...
