"""A try-out: three minutes of the standard set with a device, summed up in one verdict."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from trainer.coach.dose import SAFE_PAIN
from trainer.core.diary.devices import TryOut
from trainer.core.diary.training import EndedBy
from trainer.core.texts import tr

LEAST_REPS: Final = 10
"""Fewer show no rate of compensation: one of ten is the smallest that can be told from none."""


@dataclass(frozen=True, slots=True)
class TriedSet:
    """What one set of the try-out gave."""

    counted_reps: int
    compensated_reps: int
    plateau_n: float | None = None
    decline_pct: float | None = None
    tempo_cv_pct: float | None = None
    ended_by: EndedBy = EndedBy.DONE
    pain: float | None = None


def try_out(
    device_id: str,
    session_id: str,
    comfort: float,
    sets: Sequence[TriedSet],
    limits: tuple[float, float],
) -> TryOut:
    """Return the try-out of a device; `limits` are the least comfort and most compensation in %."""
    counted = sum(one.counted_reps for one in sets)
    compensated = sum(one.compensated_reps for one in sets)
    against = _against(sets, comfort, counted, compensated, limits)
    return TryOut(
        device_id=device_id,
        session_id=session_id,
        comfort=comfort,
        counted_reps=counted,
        compensated_reps=compensated,
        plateau_n=_middle([one.plateau_n for one in sets]),
        decline_pct=_middle([one.decline_pct for one in sets]),
        tempo_cv_pct=_middle([one.tempo_cv_pct for one in sets]),
        is_suitable=not against,
        verdict=_verdict(device_id, against, comfort, counted, compensated),
    )


def share_pct(part: int, whole: int) -> tuple[float, float, float]:
    """Return a share in percent with the bounds of its 95 % interval (Wilson 1927)."""
    z2 = 1.96**2
    share = part / whole
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = math.sqrt(z2 * share * (1 - share) / whole + (z2 / (2 * whole)) ** 2) / (1 + z2 / whole)
    return 100 * share, 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def _against(
    sets: Sequence[TriedSet],
    comfort: float,
    counted: int,
    compensated: int,
    limits: tuple[float, float],
) -> list[str]:
    least_comfort, most_compensated_pct = limits
    found = []
    if any(one.ended_by is EndedBy.PAIN for one in sets):
        found.append(tr("it hurt: do not use it"))
    worst = max((one.pain or 0 for one in sets), default=0)
    if worst > SAFE_PAIN:
        found.append(tr("pain {pain:g} of 10 is above {most:g}").format(pain=worst, most=SAFE_PAIN))
    if comfort < least_comfort:
        found.append(
            tr("comfort {comfort:g} of 10 is below {least:g}").format(
                comfort=comfort, least=least_comfort
            )
        )
    if counted < LEAST_REPS:
        found.append(
            tr("{n} counted reps are too few to judge by, try {least}").format(
                n=counted, least=LEAST_REPS
            )
        )
    elif 100 * compensated / counted > most_compensated_pct:
        found.append(
            tr("the calf helped in {n} of {all} reps, more than {most:g} %").format(
                n=compensated, all=counted, most=most_compensated_pct
            )
        )
    return found


def _verdict(
    device_id: str, against: Sequence[str], comfort: float, counted: int, compensated: int
) -> str:
    if against:
        return tr("'{device}' does not suit you as it was used: {why}.").format(
            device=device_id, why="; ".join(against)
        )
    return tr(
        "'{device}' suits you: comfort {comfort:g} of 10, the calf helped in {n} of {all} reps."
    ).format(device=device_id, comfort=comfort, n=compensated, all=counted)


def _middle(values: Sequence[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return median(known) if known else None
