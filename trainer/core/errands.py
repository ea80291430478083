"""Errands: what a session that waits to begin may be left for, to come back to a fresh one."""

from enum import Enum


class Errand(Enum):
    """Something else that needs the session's pad, or its place."""

    TODAY = "today"
    """What the plan asks for today."""

    CHECK = "check"
    """Is the pad all right?"""
    CALIBRATE = "calibrate"
    """Newtons anew, with known weights."""
