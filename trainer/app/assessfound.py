"""One figure of an assessment as it was found, before it is noted; or why there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from trainer.app.assessscene import Trial
from trainer.coach.programme import Led
from trainer.core.cues import Side
from trainer.core.texts import tr


@dataclass(frozen=True, slots=True)
class Found:
    """One metric of one foot in one trial."""

    metric: str
    side: Side | None
    trial: int
    value: float | None
    reason: str = ""
    """Why there is no value."""
    note: str = ""
    """What a reader of the value must know."""


Told = tuple[float | None, str]
"""A value, or why there is none."""


def told(value: float | None, reason: str) -> Told:
    """Return a value, or the reason where there is none."""
    return value, "" if value is not None else reason


def of_trial(trial: Trial, metric: str, said: Told, note: str = "") -> Found:
    """Return a trial's figure; a set that was not done as the protocol has it gives none."""
    reason = not_done(trial)
    value, reason = (None, reason) if reason else said
    return Found(metric, trial.log.side, trial.nth, value, reason, "" if reason else note)


def not_done(trial: Trial) -> str:
    """Return why a set shows nothing that could be compared; empty where it was done."""
    log, step = trial.log, trial.step
    if not trial.is_whole:
        text = tr("the set was not done to its end ({how})")
        return text.format(how=log.ended_by.value)
    if trial.drill.led is Led.REPS and log.asked_reps < step.reps:
        text = tr("only {n} of the protocol's {m} reps were asked for")
        return text.format(n=log.asked_reps, m=step.reps)
    return ""


def middle(values: Sequence[float | None], reason: str) -> Told:
    """Return the median of what is known; the reason where nothing is."""
    known = [value for value in values if value is not None]
    return (median(known), "") if known else (None, reason)


Measure = Callable[[Trial], Told]
