"""What can go wrong in a calibration: one root, and refusals that say what to do next."""

from enum import StrEnum


class CalibrationError(Exception):
    """Root of all errors of a calibration."""


class Refusal(StrEnum):
    """Why readings cannot become a calibration."""

    FEW_MASSES = "few masses"
    NO_DOWN = "no way down"
    ONE_CYCLE = "one cycle"
    NO_ZERO = "no unloaded reading"
    NOT_LOADED = "cell never loaded"
    UNIT = "wrong unit"
    UNKNOWN = "unknown name"
    SATURATED = "saturated"
    NOT_STILL = "not still"
    NO_ANSWER = "cell does not answer"
    SWAPPED = "cells swapped"
    POLARITY = "polarity reversed"
    NOT_MONOTONE = "not monotone"
    OUTLIER = "reading off the line"
    CONDITION = "cells cannot be told apart"


class RefusedError(CalibrationError):
    """Readings that make no calibration: the reason, and which of them to repeat."""

    def __init__(self, message: str, reason: Refusal, readings: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.reason = reason
        self.readings = readings
        """Indices of the readings to repeat; empty where it is not a matter of single ones."""


class DamagedError(CalibrationError):
    """A stored calibration that cannot be read."""
