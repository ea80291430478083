"""A session that a test moves by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from trainer.core.clock import ManualClock
from trainer.core.commands import Command
from trainer.core.cues import Side
from trainer.core.ring import Ring
from trainer.core.snapshot import LinkState, Phase, Snapshot

WORK = Snapshot(
    phase=Phase.WORK,
    exercise="Toe curl",
    athlete="Anna",
    side=Side.LEFT,
    cue="HOLD",
    message="Hold it there.",
    set_number=1,
    sets=3,
    rep=7,
    reps=20,
    hold_s=1.2,
    hold_goal_s=1.5,
    force_n=20.0,
    target_low_n=18.0,
    target_high_n=22.0,
    mvc_n=50.0,
    is_simulated=True,
    link=LinkState(rate_hz=87.7, lost_samples=3, rejected_samples=1, gaps=1),
)


@dataclass
class FakeEngine:
    """An engine port that does what its script says: one step each time the clock is moved."""

    clock: ManualClock
    script: list[Callable[["FakeEngine"], None]] = field(default_factory=list)
    snapshot: Snapshot = WORK
    is_finished: bool = False
    is_hung: bool = False
    heartbeat_s: float = 0.0
    rate_hz: float = 87.7
    sent: list[Command] = field(default_factory=list)
    pain_stops: int = 0
    ends: int = 0
    presses: list[bool] = field(default_factory=list)
    denials: int = 0
    stop_asked_s: float | None = None
    on_pain_stop: Callable[[], None] = lambda: None

    @property
    def ring(self) -> Ring:
        """Return an empty ring: no terminal draws curves."""
        return Ring(("total",), 8)

    def send(self, command: Command) -> None:
        """Remember the command."""
        self.sent.append(command)

    def pain_stop(self) -> None:
        """Remember the stop, and stop unless hung."""
        self.pain_stops += 1
        self.on_pain_stop()
        if not self.is_hung:
            self.snapshot = replace(
                self.snapshot, phase=Phase.STOPPED, cue="STOPPED", stop_reason="pain"
            )
            self.is_finished = True

    def press_button(self, *, is_held: bool = False) -> None:
        """Remember the contact, and ask whether it was pain unless hung."""
        self.presses.append(is_held)
        if not self.is_hung:
            self.snapshot = replace(self.snapshot, phase=Phase.STOPPED, is_pain_asked=True)

    def deny_pain(self) -> None:
        """Remember the answer, and be over."""
        self.denials += 1
        self.snapshot = replace(self.snapshot, is_pain_asked=False, stop_reason="interruption")
        self.is_finished = True

    def leave(self) -> None:
        """Do nothing: no terminal asks."""

    def end(self) -> None:
        """Remember the end, and end unless hung."""
        self.ends += 1
        if not self.is_hung:
            self.snapshot = replace(self.snapshot, phase=Phase.DONE, cue="DONE")
            self.is_finished = True

    def show(self, **changes: object) -> None:
        """Replace fields of the snapshot."""
        self.snapshot = replace(self.snapshot, **changes)  # type: ignore[arg-type] # by name

    def step(self, seconds: float) -> None:
        """Let time pass and the script go one step further; its end is the session's."""
        self.clock.move(seconds)
        if not self.is_hung:
            self.heartbeat_s = self.clock.monotonic_s()
        if self.script:
            self.script.pop(0)(self)
        else:
            assert not self.is_hung, "nobody left the hung engine"
            self.is_finished = True


@dataclass
class FakeKeys:
    """Keys that come one read after the other; waiting moves the engine."""

    engine: FakeEngine
    reads: list[bytes | None] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def wait(self, timeout_s: float) -> bytes | None:
        """Return the next read."""
        self.waits.append(timeout_s)
        self.engine.step(timeout_s)
        return self.reads.pop(0) if self.reads else b""
