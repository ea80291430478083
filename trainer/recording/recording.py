"""What every reader of recordings hands on: one value for own recordings and for CSV."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trainer.core.arrays import FloatArray
from trainer.core.packets import Packet, StreamInfo
from trainer.recording.header import RecordingHeader


@dataclass(frozen=True, slots=True)
class Note:
    """An event, cue or command that was recorded beside the packets."""

    at_s: float
    """Stream time."""
    kind: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Recording:
    """All that could be read of a recording."""

    path: Path
    header: RecordingHeader | None
    """None for a file from elsewhere."""
    streams: tuple[StreamInfo, ...]
    packets: tuple[Packet, ...]
    """In the order of their arrival; a CSV gives one packet per stream."""
    notes: tuple[Note, ...] = ()
    left_out: tuple[str, ...] = ()
    """What could not be read or is not used, one sentence each."""
    is_cut_off: bool = False
    """True where the writer never closed the recording, also after it was recovered."""
    recorded_calibration: str = ""
    """Name of the calibration it was recorded with, where another was applied later."""
    columns: Mapping[str, FloatArray] = field(default_factory=dict)
    """(n,) per name: centre of pressure `copx_cm`, `copy_cm` with its `t_s`; else empty."""
