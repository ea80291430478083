"""The whole diagnosis: every finding of a pad from what its steps gave, in the order of a list."""

from dataclasses import dataclass
from typing import Final

from calibration import Calibration
from trainer.core.link import NO_VITALS, Vitals
from trainer.core.units import Unit
from trainer.doctor.checks import (
    DRIFT,
    HEADROOM,
    NOISE_COUNTS,
    NOISE_N,
    PAD_CHECKS,
    SAMPLES,
    STEP,
    ZERO,
)
from trainer.doctor.finding import Finding, Verdict
from trainer.doctor.linked import LINK_CHECKS, link_findings
from trainer.doctor.machine import MACHINE_CHECKS
from trainer.doctor.motion import motion_findings
from trainer.doctor.pace import pace_findings
from trainer.doctor.press import Press, press_findings
from trainer.doctor.rest import bit_finding, rest_findings, rest_of
from trainer.doctor.take import Take

CHECKS: Final = (*PAD_CHECKS, *LINK_CHECKS, *MACHINE_CHECKS)
"""All checks, in the order in which their findings are listed."""

NEEDS_REST: Final = (NOISE_COUNTS, NOISE_N, HEADROOM, DRIFT, STEP, ZERO)
"""What tells nothing of a pad that somebody stands on."""

_ORDER: Final = {check.id: number for number, check in enumerate(CHECKS)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the steps of an examination gave."""

    rest: Take
    """Of the force, nothing on the pad."""
    motion: Take | None = None
    """Of the inertial sensor at the same time; None for a pad without one."""
    presses: tuple[Press, ...] = ()
    tilt: Take | None = None
    """Of the inertial sensor, the heel end raised."""
    calibration: Calibration | None = None
    vitals: Vitals = NO_VITALS
    is_live: bool = True
    """False for a recording: when its packets come tells nothing."""
    is_at_rest: bool = True
    """False for a recording: somebody may stand on the pad."""


def examine(evidence: Evidence) -> tuple[Finding, ...]:
    """Return all findings of a pad."""
    rest = evidence.rest
    if len(rest.data) == 0:
        return (SAMPLES.tell(Verdict.FAIL, "none"),)
    told = [SAMPLES.tell(Verdict.OK, f"{rest.received:,} of {', '.join(rest.channels)}")]
    told += pace_findings(rest)
    told += [_at_rest(found, evidence) for found in rest_findings(rest, evidence.calibration)]
    if rest.info.unit is Unit.COUNTS:
        told.append(bit_finding(rest))
    told += press_findings(evidence.presses, rest_of(rest), evidence.calibration)
    if evidence.motion is not None:
        told += motion_findings(evidence.motion, evidence.tilt)
    told += link_findings(rest, evidence.vitals, is_live=evidence.is_live)
    return in_order(told)


def _at_rest(found: Finding, evidence: Evidence) -> Finding:
    """Return a finding, not known where it needs a pad with nothing on it."""
    check = next((check for check in NEEDS_REST if check.id == found.id), None)
    if evidence.is_at_rest or check is None:
        return found
    return check.unknown("somebody may stand on the pad in a recording")


def no_source(words: str) -> Finding:
    """Return that the pad could not be opened, in the words of its error."""
    return SAMPLES.tell(Verdict.FAIL, "the pad cannot be opened", words)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the list of checks."""
    return tuple(sorted(findings, key=lambda found: _ORDER[found.id]))
