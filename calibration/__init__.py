"""Counts to newtons: the model of a calibrated pad."""

from calibration.model import Calibration, identity

__all__ = ["Calibration", "identity"]
