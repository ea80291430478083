"""Virtual time: an event loop whose clock jumps to the next timer instead of waiting for it."""

import asyncio
import io
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

Result = TypeVar("Result")

START_S = 1000.0
"""What the clock shows at the start: not zero, so that nobody takes a time for a duration."""

TURN_S = 1e-9
"""What a turn of the loop takes, so that time passes for who only looks at the clock."""

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""The instant at the start."""


class DeadLoopError(Exception):
    """Everything waits and nothing is due: in real time this would hang for ever."""


class TimeUpError(Exception):
    """The virtual time that was allowed is over."""


class _Leap:
    """Where an event loop waits for sockets: here the time is moved to the end of the wait."""

    def __init__(self) -> None:
        self.now_s = START_S
        self.until_s = float("inf")
        self.failure: BaseException | None = None
        """What a callback raised and nobody caught."""

    def select(self, timeout_s: float | None) -> list[object]:
        """Return no event, after the wait that is asked for has passed in no time."""
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        if timeout_s is None:
            raise DeadLoopError
        self.now_s += timeout_s + TURN_S
        if self.now_s > self.until_s:
            raise TimeUpError
        return []

    def close(self) -> None:
        """Let go of nothing."""


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop without sockets, in virtual time; the same run takes the same course."""

    def __init__(self) -> None:
        super().__init__()
        self._leap = _Leap()
        self._selector = self._leap
        # No timer may fire before its time: who looks at the clock would set it again for ever.
        self._clock_resolution = 0.0

    def time(self) -> float:
        """Return the virtual monotonic time in seconds."""
        return self._leap.now_s

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Let an error that nobody caught end the run; a log line would hide it from the test."""
        super().call_exception_handler(context)
        self._leap.failure = self._leap.failure or context.get("exception")

    def limit(self, at_s: float) -> None:
        """Let no time after this pass."""
        self._leap.until_s = at_s

    def _process_events(self, event_list: list[object]) -> None:
        """Do nothing: without sockets there are no events."""

    def _write_to_self(self) -> None:
        """Do nothing: nobody sleeps who would have to be woken."""

    def run_in_executor(  # pyright: ignore[reportIncompatibleMethodOverride] - fewer callers
        self, _executor: object, call: Callable[..., Any], *arguments: object
    ) -> asyncio.Future[Any]:
        """Return the outcome of a call that was made at once: a thread would keep real time."""
        outcome = self.create_future()
        try:
            outcome.set_result(call(*arguments))
        except Exception as error:  # noqa: BLE001 - handed on to who awaits it
            outcome.set_exception(error)
        return outcome


def run_virtual(coroutine: Coroutine[Any, Any, Result], limit_s: float = 3600.0) -> Result:
    """Return what the coroutine returns; raises where it dies or takes longer in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        loop.limit(loop.time() + limit_s)
        try:
            return runner.run(coroutine)
        except DeadLoopError:
            message = f"nothing is ready and no timer is set at {loop.time():.6f} s of virtual time"
            raise DeadLoopError(f"{message}. Who waits:\n{_who_waits(loop)}") from None
        except TimeUpError:
            waiting = _who_waits(loop)
            raise TimeUpError(
                f"not finished after {limit_s} s of virtual time. Who waits:\n{waiting}"
            ) from None
        finally:
            # What is cancelled now may take its time to end.
            loop.limit(float("inf"))


def _who_waits(loop: asyncio.AbstractEventLoop) -> str:
    said = io.StringIO()
    for task in sorted(asyncio.all_tasks(loop), key=asyncio.Task.get_name):
        task.print_stack(file=said)
    return said.getvalue()


class VirtualClock:
    """The clock of trainer/core/ports.py on the running virtual loop."""

    def monotonic_s(self) -> float:
        """Return the virtual monotonic time in seconds."""
        return asyncio.get_running_loop().time()

    def now(self) -> datetime:
        """Return the instant that belongs to the virtual time."""
        return EPOCH + timedelta(seconds=self.monotonic_s() - START_S)

    def zone_name(self) -> str:
        """Return UTC."""
        return "UTC"
