"""What a session is left for: the plan's session of today, or its pad checked or calibrated."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from calibration import Instruction, State
from calibration.view import View
from trainer.app.again import SIGNALS
from trainer.app.calibrate import telling
from trainer.app.calibrationbench import Bench
from trainer.app.calibrationorder import SIM, CalibrateOrder
from trainer.app.calibrationshelf import CalibrationShelf
from trainer.app.doctor import CheckRun, DoctorOrder, prepare
from trainer.app.launch import Place
from trainer.app.notebook import Notebook
from trainer.app.order import Order
from trainer.app.planning import todays_order
from trainer.app.servicelink import ServiceLink
from trainer.coach.plan import Feet
from trainer.core.errands import Errand
from trainer.core.errors import TrainerError, UsageError
from trainer.core.texts import tr
from trainer.doctor.finding import Finding
from trainer.doctor.steps import Picture

if TYPE_CHECKING:
    from trainer.dashboard.stage import Stage

FRESH: Final = timedelta(days=1)
"""A calibration that was left is gone on with for so long: a zero wanders from day to day."""


class Closable(Protocol):
    """A window, as far as a signal needs it."""

    def close(self) -> bool:
        """Close it, and with it what it shows."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """Where an errand is shown, and who is to hear that it goes on."""

    stage: "Stage"
    is_simulated: bool
    closing: Callable[[Closable], None]
    """Lets signals close its window."""
    attend: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """A calibration that cannot begin, and why (CalibrationPort)."""

    view: View

    def say(self, word: object) -> None:
        """Do nothing: there is nothing to do but to read."""

    def leave(self) -> None:
        """Do nothing, as above."""


@dataclass(frozen=True, slots=True)
class Found:
    """An examination that was over before it began (CheckPort)."""

    picture: Picture

    def stop(self) -> None:
        """Do nothing: it is over."""


def run_errand(
    errand: Errand, order: Order, place: Place, stage: "Stage", link: ServiceLink
) -> Order | None:
    """Run it until its window closes; return the order of the session that follows.

    None where a signal ended it: then none follows.
    """
    with _heard() as (heard, closing):
        screen = Screen(stage, order.source == SIM, closing, link.beat)
        if errand is Errand.TODAY:
            order = _todays(order, place, screen)
        elif errand is Errand.CHECK:
            link.status("checking the pad")
            _check(order, place, screen)
        else:
            link.status("calibrating the pad")
            order = _calibrate(order, place, screen)
    return None if heard else order


def calibrate_order(order: Order, shelf: CalibrationShelf, now: datetime) -> CalibrateOrder:
    """Return what is calibrated for a session's order: what was left, else as it was last time.

    Raises UsageError where nobody has said yet which weights there are.
    """
    left = shelf.unfinished(order.source)
    is_fresh = left is not None and now - left.saved_at < FRESH
    is_known = is_fresh or shelf.newest(order.source) is not None
    if not is_known and order.source != SIM:
        raise UsageError(
            tr(
                "The weights are not known yet. Calibrate once by command: footspring calibrate "
                "--source {pad} --weights 1,2,5 --weigh-tolerance 5g. This button then uses the "
                "same weights."
            ).format(pad=order.source)
        )
    return CalibrateOrder(
        source=order.source,
        is_resumed=is_fresh,
        is_like_last=True,
        speed=order.speed,
        seed=order.seed,
        screen="window",
    )


def _todays(order: Order, place: Place, screen: Screen) -> Order:
    """Return the order of what the plan asks for today; where that is nothing, say why."""
    from trainer.dashboard.noticestart import show_notice  # noqa: PLC0415 - loads Qt

    screen.stage.cover(tr("Looking at the plan."))
    try:
        today = todays_order(Notebook(place.library, order.athlete, place.clock))
    except TrainerError as error:
        told = (tr("NO PLAN"), str(error))
    else:
        if today.is_something:
            # The plan says which foot begins; both are trained.
            return today.onto(replace(order, feet=Feet.BOTH.value))
        told = (tr("NOTHING TODAY"), f"{today.sentence} {today.later}".strip())
    show_notice(*told, screen.stage, on_ready=screen.closing, attend=screen.attend)
    return order


def _check(order: Order, place: Place, screen: Screen) -> None:
    from trainer.dashboard.checkstart import show_check  # noqa: PLC0415 - loads Qt

    wanted = DoctorOrder(order.source, calibration=order.calibration, seed=order.seed)
    made = prepare(wanted, place.folders, is_watched=True)
    run = Found(_done(made)) if isinstance(made, tuple) else CheckRun(made)
    if isinstance(run, CheckRun):
        run.start()
    show_check(
        run,
        screen.stage,
        is_simulated=screen.is_simulated,
        on_ready=screen.closing,
        attend=screen.attend,
    )
    screen.stage.cover(tr("Letting go of the pad."))
    if isinstance(run, CheckRun):
        # What ended it early was read in its window.
        with contextlib.suppress(TrainerError):
            run.findings()


def _calibrate(order: Order, place: Place, screen: Screen) -> Order:
    """Calibrate; what is made stands above a file that the session was ordered with."""
    from trainer.dashboard.calibrationstart import show_calibration  # noqa: PLC0415 - loads Qt

    shelf = CalibrationShelf(place.folders.calibrations)
    try:
        with telling():
            wanted = calibrate_order(order, shelf, place.clock.now())
            run = Bench(wanted, place.folders, place.clock).prepare(is_alone=False)
    except TrainerError as error:
        said = Instruction(State.ABORTED, str(error), 0, 0, None)
        refused = Refused(View(said, is_done=True))
        show_calibration(refused, screen.stage, on_ready=screen.closing, attend=screen.attend)
        return order
    run.start()
    show_calibration(
        run,
        screen.stage,
        is_simulated=screen.is_simulated,
        on_ready=screen.closing,
        attend=screen.attend,
    )
    run.leave()
    screen.stage.cover(tr("Letting go of the pad."))
    # What ended it early was read in its window.
    with contextlib.suppress(TrainerError):
        view = run.join()
        return replace(order, calibration=None) if view.result else order
    return order


def _done(findings: tuple[Finding, ...]) -> Picture:
    return Picture(tr("DONE"), findings=findings, share=1.0, is_done=True)


@contextlib.contextmanager
def _heard() -> Iterator[tuple[list[int], Callable[[Closable], None]]]:
    """Yield the signals that came, and what lets them close a window; none is lost in between."""
    heard: list[int] = []
    windows: list[Closable] = []

    def hear(number: int, _frame: object) -> None:
        heard.append(number)
        for window in windows:
            window.close()

    def closing(window: Closable) -> None:
        # The window's timer runs Python often enough for signals to be acted on at once.
        windows.append(window)
        if heard:
            window.close()

    before = {number: signal.signal(number, hear) for number in SIGNALS}
    try:
        yield heard, closing
    finally:
        windows.clear()
        for number, handler in before.items():
            signal.signal(number, handler)
