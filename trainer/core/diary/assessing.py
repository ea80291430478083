"""What is noted of assessments: one result per metric, foot and trial of a fixed protocol."""

from dataclasses import dataclass

from trainer.core.cues import Side


@dataclass(frozen=True, slots=True)
class Assessment:
    """One metric of one foot in one trial; its entry's key is visit, part, foot, trial, metric."""

    metric: str
    """Id in trainer/progress/metrics.py."""
    side: Side | None
    """None where it belongs to both feet."""
    trial: int
    """From 1."""
    value: float | None
    """None where it could not be told; `reason` says why."""
    unit: str
    protocol: str
    """Id of the circuit that was kept to."""
    protocol_version: int
    visit: str
    """Day of the visit, YYYY-MM-DD, or the name that was given: it may be split over days."""
    is_practice: bool
    """One of the first two visits: who learns the task gets better without getting stronger."""
    device: str = ""
    """Name of the pad's calibration."""
    position: str = ""
    """How the person sat or stood: seated, standing ..."""
    pitch_deg: float | None = None
    """Heel above toes, as the person set the pad up; None where not said."""
    source: str = ""
    """Session id, or the file's name."""
    reason: str = ""
    """Why there is no value."""
    note: str = ""
    """What a reader of the value must know."""
