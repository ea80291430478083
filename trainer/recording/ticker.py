"""A thread that does one thing every so many seconds until it is stopped."""

import threading
from collections.abc import Callable


class Ticker:
    """Call `action` every `period_s` seconds, in a thread that never outlives the program."""

    def __init__(self, name: str, period_s: float, action: Callable[[], None]) -> None:
        self._period_s = period_s
        self._action = action
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, and return once an action under way has ended; safe to call twice."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._period_s):
            self._action()
