"""Counts to newtons: the model of a calibrated pad, how it is found, and how sure it is."""

from calibration.budget import Budget, Term
from calibration.errors import CalibrationError, DamagedError, Refusal, RefusedError
from calibration.fit import Fitted, fit
from calibration.gravity import ANYWHERE, Gravity, gravity_at
from calibration.model import Calibration, identity
from calibration.readings import Phase, Reading, Setup
from calibration.report import CellReport, FitReport
from calibration.weights import MassClass, Weight, of_class, weighed

__all__ = [
    "ANYWHERE",
    "Budget",
    "Calibration",
    "CalibrationError",
    "CellReport",
    "DamagedError",
    "FitReport",
    "Fitted",
    "Gravity",
    "MassClass",
    "Phase",
    "Reading",
    "Refusal",
    "RefusedError",
    "Setup",
    "Term",
    "Weight",
    "fit",
    "gravity_at",
    "identity",
    "of_class",
    "weighed",
]
