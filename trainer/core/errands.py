"""Errands: what a session that waits to begin may be left for, to come back to a fresh one."""

from enum import Enum


class Errand(Enum):
    """Something that needs the session's pad for itself."""

    CHECK = "check"
    """Is the pad all right?"""
    CALIBRATE = "calibrate"
    """Newtons anew, with known weights."""
