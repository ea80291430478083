"""What a source calls the sport, and what that tells of the surface."""

from typing import Final

_RUNS: Final = ("run", "jog")
_STRAVA_GPX_RUN: Final = "9"
"""Strava's number for a run in its older GPX files."""
_SURFACES: Final = (
    ("treadmill", "treadmill"),
    ("indoor", "treadmill"),
    ("virtual", "treadmill"),
    ("trail", "trail"),
    ("track", "track"),
)


def is_run(sport: str) -> bool:
    """Return whether a sport's name means running."""
    name = sport.strip().lower()
    return name == _STRAVA_GPX_RUN or any(word in name for word in _RUNS)


def surface_of(sport: str) -> str:
    """Return the surface that a sport's name tells of, empty where it tells none."""
    name = sport.lower()
    return next((surface for word, surface in _SURFACES if word in name), "")
