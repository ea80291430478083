"""Instants as watches, web pages and tables write them."""

from datetime import UTC, datetime
from typing import Final

_FORMS: Final = (
    "%Y-%m-%d %H:%M:%S %z",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%b %d, %Y, %I:%M:%S %p",
)
"""Besides ISO 8601: Apple's, German tables, and Strava's; month before day is not guessed."""


def instant(text: str | None) -> datetime | None:
    """Return the instant that a text is, without a zone where it has none; None for no instant."""
    if text is None:
        return None
    # Some write a narrow space before AM and PM.
    tidy = " ".join(text.split())
    try:
        return _plain(datetime.fromisoformat(tidy))
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return _plain(datetime.strptime(tidy, form))  # noqa: DTZ007 - some have no zone
        except ValueError:
            continue
    return None


def seconds(text: str | None) -> float | None:
    """Return the seconds of `1:02:03.4`, `12:34` or a plain number; None for anything else."""
    parts = (text or "").strip().split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    total_s = 0.0
    for part in numbers:
        total_s = total_s * 60 + part
    return total_s


def _plain(found: datetime) -> datetime:
    """Return the same instant; zero offset as UTC itself, which says nothing of where it was."""
    offset = found.utcoffset()
    return found.replace(tzinfo=UTC) if offset is not None and not offset else found
