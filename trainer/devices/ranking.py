"""The guided ranking of one's devices for what is weak now, with a reason for every place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.core.diary.devices import Device, FitForm, Level, SafetyCheck
from trainer.core.texts import tr
from trainer.devices.catalogue import Kind
from trainer.devices.levels import is_open
from trainer.devices.standing import Blocked

MATCH_POINTS: Final = 10.0
"""For each weak quality that it trains: as much as the whole of comfort, since a comfortable
device that trains something else is no help. All points are proposals; no study weighs them."""

WORN_POINTS: Final = MATCH_POINTS
"""Off for lost resistance: a fresh one of its kind comes before it."""

SPLAY_POINTS: Final = 3.0
SIZE_POINTS: Final = 4.0
ADJUSTABLE_POINTS: Final = 2.0
SHOE_POINTS: Final = 1.0
UNTRIED_COMFORT: Final = 5.0
"""The middle of 0 to 10, until its owner has said."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device with what is known of it."""

    device: Device
    kind: Kind
    fit: FitForm | None = None
    check: SafetyCheck | None = None
    """The newest one."""
    block: Blocked | None = None
    lost_pct: float | None = None
    """Resistance lost since the first measurement; None where no loss was seen."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A device's place: usable ones first, the best first."""

    device_id: str
    points: float
    is_usable: bool
    reasons: tuple[str, ...]


def rank(
    candidates: Iterable[Candidate], weak: Sequence[str], highest: Level
) -> tuple[Ranked, ...]:
    """Return the candidates in order; who may not be used stands last and says why."""
    ranked = [_rank(candidate, weak, highest) for candidate in candidates]
    return tuple(sorted(ranked, key=lambda one: (not one.is_usable, -one.points, one.device_id)))


def _rank(candidate: Candidate, weak: Sequence[str], highest: Level) -> Ranked:
    against = _against(candidate, highest)
    points, reasons = _fitting(candidate)
    matched = [quality for quality in weak if quality in candidate.kind.qualities]
    if matched:
        points += MATCH_POINTS * len(matched)
        reasons.insert(0, tr("trains what is weak: {names}").format(names=", ".join(matched)))
    elif weak and not candidate.kind.is_assistive:
        reasons.append(tr("trains something else than what is weak"))
    return Ranked(candidate.device.device_id, points, not against, (*against, *reasons))


def _against(candidate: Candidate, highest: Level) -> list[str]:
    """Return why a device must not be used now; empty where it may."""
    found = []
    if candidate.block is not None:
        found.append(tr("blocked: {reason}").format(reason=candidate.block.reason))
    if candidate.check is not None and not candidate.check.is_passed:
        found.append(tr("its last safety check found a fault"))
    if not is_open(candidate.kind.level, highest):
        found.append(
            tr("{level}: opens with a later gate ({highest} is open now)").format(
                level=candidate.kind.level, highest=highest
            )
        )
    return found


def _fitting(candidate: Candidate) -> tuple[float, list[str]]:
    fit, kind = candidate.fit, candidate.kind
    points, reasons = UNTRIED_COMFORT, []
    if fit is None:
        reasons.append(tr("comfort not told yet"))
    else:
        points = fit.comfort + SIZE_POINTS * fit.is_right_size + SHOE_POINTS * fit.fits_shoe
        reasons.append(tr("comfort {comfort:g} of 10").format(comfort=fit.comfort))
        if not fit.is_right_size:
            reasons.append(tr("not your size"))
        if fit.fits_shoe:
            reasons.append(tr("fits the shoe"))
    if fit.is_adjustable if fit else candidate.device.is_adjustable:
        points += ADJUSTABLE_POINTS
        reasons.append(tr("adjustable"))
    if kind.allows_splay:
        points += SPLAY_POINTS
        reasons.append(tr("the toes can spread"))
    if kind.is_assistive:
        points -= MATCH_POINTS
        reasons.append(tr("a support: it takes work off the foot, results are kept apart"))
    if candidate.lost_pct is not None:
        points -= WORN_POINTS
        reasons.append(tr("lost {loss:.0f} % of its resistance").format(loss=candidate.lost_pct))
    return points, reasons
