"""The technique gate: what the newest sessions on a rung must have shown before the next one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from trainer.coach.programme import Gate
from trainer.core.diary.planning import Figure
from trainer.core.diary.training import Block, SetLog
from trainer.core.texts import tr


@dataclass(frozen=True, slots=True)
class Check:
    """One figure of a session against its limit."""

    name: str
    found: float | None
    """None where the session does not tell it: then the gate stays shut."""
    limit: float
    is_least: bool = False
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """Return whether the limit is kept."""
        if self.found is None:
            return False
        return self.found >= self.limit if self.is_least else self.found <= self.limit

    @property
    def figure(self) -> Figure | None:
        """Return it as a decision keeps it; None where nothing was told."""
        return None if self.found is None else Figure(self.name, round(self.found, 3), self.unit)

    def text(self) -> str:
        """Return it with its limit."""
        found = tr("not told") if self.found is None else f"{self.found:.3g} {self.unit}".rstrip()
        bound = tr("least") if self.is_least else tr("most")
        return f"{self.name} {found} ({bound} {self.limit:g})"


def check_session(gate: Gate, sets: Sequence[SetLog], pains: Iterable[float]) -> tuple[Check, ...]:
    """Return the checks that a gate asks of one session."""
    work = [log for log in sets if log.block is Block.WORK]
    scored = [log for log in work if log.is_measured]
    counted = sum(log.counted_reps for log in scored)
    helped = sum(log.compensated_reps for log in scored)
    asked = sum(log.asked_reps for log in work)
    done = sum(log.counted_reps for log in work if log.asked_reps)
    hurts = [*pains, *(log.pain for log in sets if log.pain is not None)]
    checks = (
        (tr("tempo error"), _middle(log.tempo_error_s for log in scored), gate.most_tempo_error_s),
        (tr("tempo CV"), _middle(log.tempo_cv_pct for log in scored), gate.most_tempo_cv_pct),
        (tr("compensated"), _share(helped, counted), gate.most_compensated_pct),
        (tr("done"), _share(done, asked), gate.least_done_pct),
        (tr("ease"), _middle(log.ease for log in work), gate.least_ease),
        # Pain is only ever told where there is some.
        (tr("pain"), max(hurts, default=0.0), gate.most_pain),
    )
    units = ("s", "%", "%", "%", "", "")
    least = (False, False, False, True, True, False)
    return tuple(
        Check(name, found, limit, is_least, unit)
        for (name, found, limit), unit, is_least in zip(checks, units, least, strict=True)
        if limit is not None
    )


def _middle(told: Iterable[float | None]) -> float | None:
    known = [each for each in told if each is not None]
    return median(known) if known else None


def _share(part: int, whole: int) -> float | None:
    return 100.0 * part / whole if whole else None
