"""Results by device, like with like: one exercise and foot, supports apart from all others."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import mean, stdev

from trainer.core.cues import Side
from trainer.core.diary.training import SetLog
from trainer.core.texts import tr
from trainer.devices.tryout import share_pct


@dataclass(frozen=True, slots=True)
class DeviceResult:
    """What sets with one device gave, in one exercise of one foot."""

    exercise: str
    side: Side | None
    device: str
    """Empty: none."""
    is_assistive: bool
    sets: int
    visits: int
    """Sessions that the sets were done in."""
    plateau_n: float | None
    """Mean of the sets' plateaus."""
    plateau_u_n: float | None
    """Standard uncertainty of that mean: the own error of a visit over the root of the visits where
    it is known, else from the sets' own spread; None with a single set."""
    is_own_error: bool
    """Whether the uncertainty comes from the own error."""
    compensated_pct: float | None
    compensated_low_pct: float | None
    """95 % interval."""
    compensated_high_pct: float | None
    ease: float | None
    comfort: float | None
    """Of the device, as its owner said last."""


def by_device(
    logs: Iterable[SetLog],
    assistive: Container[str],
    own_error_n: Mapping[str, float] | None = None,
    comfort: Mapping[str, float] | None = None,
) -> tuple[DeviceResult, ...]:
    """Return the results in order of exercise, foot, unsupported first, device.

    `own_error_n` is the person's typical error of one visit's plateau by exercise.
    """

    def group(log: SetLog) -> tuple[str, str, bool, str]:
        return log.exercise, log.side or "", log.device in assistive, log.device

    measured = sorted((log for log in logs if log.is_measured), key=group)
    errors, comforts = own_error_n or {}, comfort or {}
    return tuple(
        _result(list(sets), is_assistive, errors, comforts)
        for (_, _, is_assistive, _), sets in groupby(measured, key=group)
    )


def _result(
    logs: Sequence[SetLog],
    is_assistive: bool,  # noqa: FBT001 - told by the group's key
    errors: Mapping[str, float],
    comforts: Mapping[str, float],
) -> DeviceResult:
    first = logs[0]
    visits = len({log.session_id for log in logs})
    own_n = errors.get(first.exercise)
    plateaus = [log.plateau_n for log in logs if log.plateau_n is not None]
    counted = sum(log.counted_reps for log in logs)
    compensated = sum(log.compensated_reps for log in logs)
    low = high = share = None
    if counted:
        share, low, high = share_pct(min(compensated, counted), counted)
    eases = [log.ease for log in logs if log.ease is not None]
    return DeviceResult(
        first.exercise,
        first.side,
        first.device,
        is_assistive,
        len(logs),
        visits,
        mean(plateaus) if plateaus else None,
        _u_n(plateaus, visits, own_n),
        own_n is not None,
        share,
        low,
        high,
        mean(eases) if eases else None,
        comforts.get(first.device),
    )


def _u_n(plateaus: Sequence[float], visits: int, own_error_n: float | None) -> float | None:
    if plateaus and own_error_n is not None:
        # Sets of one visit share its day: more of them make it no surer than another visit would.
        return own_error_n / math.sqrt(visits)
    return stdev(plateaus) / math.sqrt(len(plateaus)) if len(plateaus) > 1 else None


@dataclass(frozen=True, slots=True)
class WithAndWithout:
    """An exercise with a support beside the same without any."""

    supported: DeviceResult
    bare: DeviceResult
    difference_n: float
    """With minus without."""
    u_n: float | None
    """Standard uncertainty of the difference; None where one side is a single set."""

    def sentence(self) -> str:
        """Return what the support changed, and which figure counts."""
        names = {
            "device": self.supported.device,
            "with_n": f"{self.supported.plateau_n:.0f}",
            "bare_n": f"{self.bare.plateau_n:.0f}",
        }
        seen = tr("with '{device}' {with_n} N, without {bare_n} N").format(**names)
        if self.u_n is None:
            told = tr("too few sets to tell a difference")
        elif abs(self.difference_n) <= 1.96 * self.u_n:
            told = tr("no difference seen yet")
        elif self.difference_n > 0:
            told = tr("the support lifts the figure: it may cover a weakness")
        else:
            told = tr("the support lowers the figure")
        return f"{seen}: {told}. " + tr("Progress is judged by the sets without it.")


def with_and_without(results: Sequence[DeviceResult]) -> tuple[WithAndWithout, ...]:
    """Return each support beside the sets of the same exercise and foot with no device."""
    bare = {(one.exercise, one.side): one for one in results if not one.device}
    found = []
    for one in results:
        other = bare.get((one.exercise, one.side))
        if not one.is_assistive or other is None:
            continue
        if one.plateau_n is None or other.plateau_n is None:
            continue
        has_u = one.plateau_u_n is not None and other.plateau_u_n is not None
        u_n = math.hypot(one.plateau_u_n or 0.0, other.plateau_u_n or 0.0) if has_u else None
        found.append(WithAndWithout(one, other, one.plateau_n - other.plateau_n, u_n))
    return tuple(found)
