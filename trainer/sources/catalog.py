"""The catalog: what `--source` may say, and which file or device that opens."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from calibration import Calibration
from trainer.core.errors import SourceError, SourceFault, UsageError
from trainer.core.ports import Clock, Source
from trainer.recording.recording import Recording
from trainer.recording.stored import load_recording
from trainer.sources.clock import ClockSource
from trainer.sources.replay import ReplaySource
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.source import SimSource

if TYPE_CHECKING:
    from trainer.sources.ble.finder import Target
    from trainer.sources.ble.transport import BleTransport

NONE: Final = "none"
"""In place of a source: no sensor, the clock alone leads."""

_REPLAY: Final = "replay:"
_BLE: Final = "ble"
_PINS: Final = "pins"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to train with."""

    name: str = "sim"
    """What `--source` says."""
    motion: str | None = None
    """What `--balance` says: a second device on the radio."""
    speed: float | None = 1.0
    """Times real time; None as fast as possible."""
    seed: int = 1
    pins: Path | None = None
    """The user's own pin table; it need not exist."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that is not connected yet, and what is known of its pad."""

    name: str
    """As a person wrote it, without folders."""
    source: Source
    calibration: Calibration | None
    recording: Recording | None
    """The recording behind a replay."""

    @property
    def is_without(self) -> bool:
        """Return whether no sensor takes part."""
        return self.name == NONE


def find_source(wanted: Wanted, clock: Clock, transport: "BleTransport | None" = None) -> Opened:
    """Return the source that is wanted; the radio is the system's where none is given.

    Raises SourceError, UsageError or RecordingError.
    """
    name = wanted.name
    if _is_ble(name):
        return Opened(name, _on_radio(wanted, clock, transport), None, None)
    if wanted.motion is not None:
        raise UsageError(
            f"--balance {wanted.motion}: goes with a pad on the radio only, as in --source ble "
            "--balance ble:BOARD."
        )
    if name == "sim":
        sim = SimSource(SimConfig(seed=wanted.seed), speed=wanted.speed, clock=clock)
        return Opened(name, sim, sim.calibration, None)
    if _is_pins(name):
        return Opened(name, _on_pins(wanted, clock), None, None)
    if name.startswith(_REPLAY):
        recording = load_recording(Path(name.removeprefix(_REPLAY)))
        calibration = recording.header.calibration if recording.header else None
        replay = ReplaySource(recording, speed=wanted.speed, clock=clock)
        return Opened(_REPLAY + recording.path.name, replay, calibration, recording)
    raise SourceError(
        f"--source {name}: unknown; give 'sim', 'ble', 'ble:NAME', 'pins' or 'replay:FILE'.",
        SourceFault.UNKNOWN,
    )


def without_source(speed: float | None, clock: Clock) -> Opened:
    """Return what a session gets that nothing is measured in: time alone."""
    return Opened(NONE, ClockSource(speed=speed, clock=clock), None, None)


def _is_ble(name: str) -> bool:
    return name == _BLE or name.startswith(f"{_BLE}:")


def _is_pins(name: str) -> bool:
    return name == _PINS or name.startswith(f"{_PINS}:")


def _on_pins(wanted: Wanted, clock: Clock) -> Source:
    # Only a Pi needs them.
    from trainer.core.pinplan import make_plan, read_table  # noqa: PLC0415
    from trainer.sources.pins.source import PinsSource  # noqa: PLC0415
    from trainer.sources.pins.wiring import jobs_of  # noqa: PLC0415

    if wanted.speed != 1.0:
        raise UsageError(
            f"--speed: a pad on the pins has its own; leave it out with --source {wanted.name}."
        )
    origin = "pins.toml" if wanted.pins is None else str(wanted.pins)
    plan = make_plan(read_table(wanted.pins), wanted.name.partition(":")[2], origin)
    return PinsSource(jobs_of(plan), plan.cells, clock)


def _on_radio(wanted: Wanted, clock: Clock, transport: "BleTransport | None") -> Source:
    # bleak and the bus below it take 0.2 s to load, and who replays a file needs neither.
    from trainer.sources.ble.bluez import system_transport  # noqa: PLC0415
    from trainer.sources.ble.source import BleSource, Sensors  # noqa: PLC0415
    from trainer.wire.dialects import DIALECTS  # noqa: PLC0415

    if wanted.speed != 1.0:
        raise UsageError(
            f"--speed: a sensor on the radio has its own; leave it out with --source {wanted.name}."
        )
    motion = None if wanted.motion is None else _target("--balance", wanted.motion)
    sensors = Sensors(_target("--source", wanted.name), motion)
    return BleSource(sensors, transport or system_transport(), clock, DIALECTS)


def _target(option: str, name: str) -> "Target":
    from trainer.sources.ble.finder import Target  # noqa: PLC0415 - as above

    kind, colon, wanted = name.partition(":")
    if kind != _BLE or (colon and not wanted.strip()):
        raise UsageError(
            f"{option} {name}: give 'ble', or 'ble:' and a name, an address or a kind; footspring "
            "scan lists what is near."
        )
    return Target(wanted.strip())
