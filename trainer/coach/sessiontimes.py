"""The times of one session: how long it has lasted, and how long the feet were warmed up."""


class SessionTimes:
    """Counts from the first set on; what went before a cut is added."""

    def __init__(self, lasted_s: float, warmed_s: float) -> None:
        self._lasted_before_s = lasted_s
        self._warmed_before_s = warmed_s
        self._begun_s: float | None = None
        self._ended_s: float | None = None
        self.idle_s = 0.0
        """Time since the begin in which nobody moved: pauses and silence."""

    @property
    def has_begun(self) -> bool:
        """Return whether the first set was begun."""
        return self._begun_s is not None

    @property
    def has_ended(self) -> bool:
        """Return whether the last set has ended, and questions follow it."""
        return self._ended_s is not None

    def begin(self, now_s: float) -> None:
        """Note that the session, and its warm-up, are on."""
        if self._begun_s is None:
            self._begun_s = now_s

    def end(self, now_s: float) -> None:
        """Note that the last set is over: what is asked after it is none of the session."""
        self._ended_s = now_s

    def lasted_s(self, now_s: float) -> float:
        """Return how long the session has lasted."""
        ended_s = now_s if self._ended_s is None else self._ended_s
        begun_s = ended_s if self._begun_s is None else self._begun_s
        return self._lasted_before_s + max(0.0, ended_s - begun_s)

    def warmed_s(self, now_s: float) -> float:
        """Return how long the feet were warmed up."""
        if self._begun_s is None:
            return self._warmed_before_s
        return self._warmed_before_s + max(0.0, now_s - self._begun_s - self.idle_s)

    def shift(self, by_s: float) -> None:
        """Follow a stream clock that was set back."""
        self._begun_s = None if self._begun_s is None else self._begun_s + by_s
        self._ended_s = None if self._ended_s is None else self._ended_s + by_s
