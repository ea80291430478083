"""The steps of an examination: what a person is asked to do, and for how long."""

from dataclasses import dataclass
from typing import Final, Protocol

from trainer.core.texts import noted, tr
from trainer.doctor.finding import Finding

REST: Final = "rest"
TILT: Final = "tilt"

SETTLE_S: Final = 5.0
"""Time to do what is asked before it is measured."""
PRESS_S: Final = 4.0
TILT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `id` is `REST`, `TILT`, or the cell to press."""

    id: str
    heading: str
    detail: str
    settle_s: float
    """Countdown before it is measured; 0 where nobody is asked."""
    measure_s: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What a screen shows of an examination."""

    heading: str = noted("WAIT")
    detail: str = noted("Looking for the pad.")
    left_s: float = 0.0
    """Of this step, countdown included."""
    is_counting_down: bool = False
    share: float = 0.0
    """Of the whole examination, 0 to 1."""
    findings: tuple[Finding, ...] = ()
    """All of them, once it is over."""
    is_done: bool = False


class CheckPort(Protocol):
    """What a screen may ask of an examination that runs; safe from any thread."""

    @property
    def picture(self) -> Picture:
        """Return the newest picture."""
        ...

    def stop(self) -> None:
        """End it early; what was not measured is not found."""
        ...


def plan_steps(
    cells: tuple[str, ...], rest_s: float, *, has_motion: bool, is_guided: bool
) -> tuple[Step, ...]:
    """Return the steps; nobody is asked to press or to tilt where nobody is there."""
    settle_s = SETTLE_S if is_guided else 0.0
    rest = Step(
        REST, tr("HANDS OFF"), tr("Nothing on the pad, and nobody touches it."), settle_s, rest_s
    )
    if not is_guided:
        return (rest,)
    presses = tuple(
        Step(
            cell,
            tr("PRESS {cell}").format(cell=tr(cell).upper()),
            tr(
                "With a thumb on the middle of the {cell} cell, and hold. Nothing else touches it."
            ).format(cell=tr(cell)),
            settle_s,
            PRESS_S,
        )
        for cell in cells
    )
    return (rest, *presses, *((_tilt(settle_s),) if has_motion else ()))


def _tilt(settle_s: float) -> Step:
    detail = tr("Lift the heel end by a hand's breadth, slowly, toes down, and hold it there.")
    return Step(TILT, tr("LIFT HEEL END"), detail, settle_s, TILT_S)
