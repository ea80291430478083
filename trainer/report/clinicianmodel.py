"""What a report for a clinician is made of: facts that were noted, and no diagnosis."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from trainer.core.texts import tr
from trainer.devices.footmap import Mark, Spot
from trainer.progress.load import WeekLoad
from trainer.progress.painplaces import Place
from trainer.progress.verdicts import Shown


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device in these weeks."""

    name: str
    kind: str
    sets: int
    last_on: date | None
    state: str
    """Empty, or why it is blocked or a support."""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week beside its load."""

    load: WeekLoad
    set_pain: float | None
    """The highest level said of a set; None where nothing was said."""
    morning: float | None
    """The highest level of a morning."""
    run_km: float
    runs: int


@dataclass(frozen=True, slots=True)
class ClinicianReport:
    """Everything that stands in the report."""

    athlete: str
    day: date
    mondays: tuple[date, ...]
    is_simulated: bool
    weeks: tuple[WeekRow, ...] = ()
    places: tuple[Place, ...] = ()
    marks: Mapping[Spot, Mark] = field(default_factory=dict[Spot, Mark])
    """The worst of these weeks at each place."""
    devices: tuple[DeviceRow, ...] = ()
    shown: tuple[Shown, ...] = ()
    dialled_back: tuple[str, ...] = ()
    """What the plan lowered in these weeks, each with its day."""
    questions: tuple[str, ...] = ()


def report_title(report: ClinicianReport) -> str:
    """Return the title."""
    return tr("Foot training: report of {athlete} for a clinician").format(athlete=report.athlete)


def report_period(report: ClinicianReport) -> str:
    """Return which weeks it is of."""
    text = tr("{first} to {day}, {weeks} weeks; written {day} by footspring.")
    return text.format(first=report.mondays[0], day=report.day, weeks=len(report.mondays))


def opening() -> str:
    """Return what the report is, before anything else."""
    return tr(
        "What the person trained, felt and measured at home, as it was noted. It holds no "
        "diagnosis and asks for none to be read from it."
    )


def limits() -> tuple[str, ...]:
    """Return what the figures cannot say."""
    return (
        tr(
            "The pad is home-made; its measures have not been validated on feet and it is not a "
            "medical device."
        ),
        tr(
            "Forces are of toes and arch against a pad, by a person who presses as hard as they "
            "like: pain, mood and practice move them. They name no muscle, tendon or nerve."
        ),
        tr(
            "MDC95 is the smallest difference of two visits that is more than error. Where it is "
            "published, not own, it comes from other people on other devices; below it nothing "
            "has been shown, neither a gain nor a loss."
        ),
        tr(
            "Pain is what the person said, 0 none to 10 worst; a week without an entry is not a "
            "week without pain."
        ),
        tr(
            "Impulse counts the measured, counted reps only; what was done without a sensor is "
            "counted in sets. Nothing relates load to injury here."
        ),
        tr(
            "Foot strengthening lowered injuries in one trial of 118 runners after four to eight "
            "months (Taddei 2020, NCT02306148); in 13 pooled trials it did not lower pain."
        ),
    )
