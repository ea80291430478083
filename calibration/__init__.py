"""Counts to newtons: the model of a calibrated pad, how it is found, and how sure it is."""

from calibration.budget import Budget, Term
from calibration.due import Due, Happening, PadEvent, due_again
from calibration.errors import CalibrationError, DamagedError, Refusal, RefusedError
from calibration.fit import Fitted, fit
from calibration.gravity import ANYWHERE, Gravity, gravity_at
from calibration.history import History, Record, from_json, make_record
from calibration.instruction import Instruction, State
from calibration.model import Calibration, identity
from calibration.procedure import Captured, Command, Finished, Procedure, Refused
from calibration.progress import Progress, progress_from_json
from calibration.readings import Phase, Reading, Setup
from calibration.report import CellReport, FitReport
from calibration.verify import Check, KnownForce, check, known_weight
from calibration.weights import MassClass, Weight, of_class, weighed

__all__ = [
    "ANYWHERE",
    "Budget",
    "Calibration",
    "CalibrationError",
    "Captured",
    "CellReport",
    "Check",
    "Command",
    "DamagedError",
    "Due",
    "Finished",
    "FitReport",
    "Fitted",
    "Gravity",
    "Happening",
    "History",
    "Instruction",
    "KnownForce",
    "MassClass",
    "PadEvent",
    "Phase",
    "Procedure",
    "Progress",
    "Reading",
    "Record",
    "Refusal",
    "Refused",
    "RefusedError",
    "Setup",
    "State",
    "Term",
    "Weight",
    "check",
    "due_again",
    "fit",
    "from_json",
    "gravity_at",
    "identity",
    "known_weight",
    "make_record",
    "of_class",
    "progress_from_json",
    "weighed",
]
