"""Clocks: the system's, and one that a test moves by hand."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class SystemClock:
    """The machine's own clock."""

    def __init__(self, localtime: Path = Path("/etc/localtime")) -> None:
        self._localtime = localtime

    def monotonic_s(self) -> float:
        """Return seconds that never step back."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the instant in UTC."""
        return datetime.now(UTC)

    def zone_name(self) -> str:
        """Return the local zone's tz database name, or its offset where none is configured."""
        # The variable outranks the file, here as in the C library.
        named = os.environ.get("TZ")
        if named is None:
            parts = self._localtime.resolve().parts
            named = "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else ""
        name = named.removeprefix(":")
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return self.now().astimezone().strftime("%z")


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
