"""Clocks: the system's, and one that a test moves by hand."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's own clock."""

    def monotonic_s(self) -> float:
        """Return seconds that never step back."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the instant in UTC."""
        return datetime.now(UTC)

    def zone_name(self) -> str:
        """Return the local zone's tz database name, or its offset where none is configured."""
        try:
            target = Path("/etc/localtime").resolve(strict=True)
        except OSError:
            return datetime.now().astimezone().strftime("%z")
        parts = target.parts
        if "zoneinfo" in parts:
            return "/".join(parts[parts.index("zoneinfo") + 1 :])
        return datetime.now().astimezone().strftime("%z")


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime | None = None, zone: str = "UTC") -> None:
        self._monotonic_s = 0.0
        self._now = now or datetime(2026, 1, 1, tzinfo=UTC)
        self._zone = zone

    def monotonic_s(self) -> float:
        """Return the seconds moved so far."""
        return self._monotonic_s

    def now(self) -> datetime:
        """Return the instant set at the start plus what was moved."""
        return self._now

    def zone_name(self) -> str:
        """Return the zone that was handed in."""
        return self._zone

    def move(self, seconds: float) -> None:
        """Let time pass for both readings."""
        self._monotonic_s += seconds
        self._now += timedelta(seconds=seconds)

    def jump(self, seconds: float) -> None:
        """Let the wall clock jump, as a time server does; durations do not notice."""
        self._now += timedelta(seconds=seconds)
