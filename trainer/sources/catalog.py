"""The catalog: what `--source` may say, and which file or device that opens."""

from dataclasses import dataclass
from pathlib import Path

from calibration import Calibration
from trainer.core.errors import SourceError, SourceFault
from trainer.core.ports import Clock, Source
from trainer.recording.recording import Recording
from trainer.recording.stored import load_recording
from trainer.sources.replay import ReplaySource
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.source import SimSource

_REPLAY = "replay:"


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that is not connected yet, and what is known of its pad."""

    name: str
    """As a person wrote it, without folders."""
    source: Source
    calibration: Calibration | None
    recording: Recording | None
    """The recording behind a replay."""


def find_source(name: str, *, speed: float | None, seed: int, clock: Clock) -> Opened:
    """Return the source that `name` means. Raises SourceError or RecordingError."""
    if name == "sim":
        sim = SimSource(SimConfig(seed=seed), speed=speed, clock=clock)
        return Opened(name, sim, sim.calibration, None)
    if name.startswith(_REPLAY):
        recording = load_recording(Path(name.removeprefix(_REPLAY)))
        calibration = recording.header.calibration if recording.header else None
        replay = ReplaySource(recording, speed=speed, clock=clock)
        return Opened(_REPLAY + recording.path.name, replay, calibration, recording)
    raise SourceError(
        f"--source {name}: unknown; give 'sim' or 'replay:FILE'.", SourceFault.UNKNOWN
    )
