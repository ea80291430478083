"""What is known of a device and the way its samples come, beside the samples themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """What a device says of itself."""

    battery_v: float | None = None
    battery_pct: float | None = None
    is_battery_low: bool = False
    about: str = ""
    """Version, number and troubles as it tells them, one line; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the link of a source stands; what is not known is None."""

    health: Health = Health()
    signal_dbm: int | None = None
    """As last advertised: BlueZ does not tell the strength within a connection."""
    reconnects: int = 0
    bad_bytes: int = 0
    """Received bytes that meant nothing."""
    news: str = ""
    """What is being done about the link, one sentence; empty while all is well."""


NO_VITALS = Vitals()
"""Of a source that has no link."""
