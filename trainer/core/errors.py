"""Errors: one class per thing a caller can do about it; each message ends with the next step."""

from enum import StrEnum


class TrainerError(Exception):
    """Root of the trainer's errors: what, where, the value, the limit and the next step."""

    exit_status = 1


class UsageError(TrainerError):
    """The command was called wrongly."""

    exit_status = 2


class SettingsError(TrainerError):
    """A settings, exercise or pad file holds something that cannot be used."""

    exit_status = 2


class EndedError(TrainerError):
    """An end was asked before there was a session to end; nothing is wrong."""

    exit_status = 0


class RecordingFault(StrEnum):
    """What is wrong with a recording."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    FORMAT = "unknown format"
    COLUMNS = "wrong columns"
    EMPTY = "empty"
    CALIBRATION = "no calibration"


class RecordingError(TrainerError):
    """A recording cannot be used."""

    exit_status = 2

    def __init__(self, message: str, reason: RecordingFault) -> None:
        super().__init__(message)
        self.reason = reason


class StorageFault(StrEnum):
    """What keeps files from being written."""

    FULL = "disk full"
    READ_ONLY = "not writable"
    IN_USE = "in use"
    DAMAGED = "damaged"
    NEWER = "written by a newer version"


class StorageError(TrainerError):
    """Something cannot be stored or opened in the user's data folder."""

    def __init__(self, message: str, reason: StorageFault) -> None:
        super().__init__(message)
        self.reason = reason


class SourceFault(StrEnum):
    """What is wrong with a source."""

    UNKNOWN = "unknown source"
    NOT_FOUND = "not found"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"
    """It answers, and cannot be used."""


class SourceError(TrainerError):
    """A device or a file cannot deliver samples."""

    def __init__(self, message: str, reason: SourceFault) -> None:
        super().__init__(message)
        self.reason = reason
