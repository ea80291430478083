"""The shelf of calibrations: one file each, never overwritten, and the one that is in use."""

import contextlib
import errno
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from calibration import (
    Calibration,
    CalibrationError,
    Check,
    DamagedError,
    Happening,
    PadEvent,
    Progress,
    Record,
    Setup,
    from_json,
    progress_from_json,
)
from calibration.history import setup_from_table
from trainer.app.calfile import read_calibration
from trainer.core.errors import SettingsError, StorageError, StorageFault
from trainer.core.folders import make_private

FORMAT: Final = 1
RECORD: Final = "calibration"
CHECK: Final = "check"
OVERLOAD: Final = "overload"
UNFINISHED: Final = "unfinished"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A calibration that was left, and all that is needed to go on."""

    pad: str
    saved_at: datetime
    """Aware: the pad's clock starts anew with each connection, this one goes on."""
    setup: Setup
    progress: Progress


@dataclass(frozen=True, slots=True)
class Checked:
    """A check as it is kept."""

    at: datetime
    made_at: str | None
    """Of the calibration that was checked."""
    check: Check
    zero_moved_n: Mapping[str, float]
    """Per cell: the unloaded pad against the calibration's zero."""


class CalibrationShelf:
    """The calibrations in one folder; every method raises StorageError where it refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, record: Record) -> Path:
        """Store a calibration and return its file; from now on it is the newest of its pad."""
        return self._write_new(_stem(RECORD, record.made_at), record.to_json())

    def keep_check(self, pad: str, checked: Checked) -> Path:
        """Store what came out of a check."""
        found = checked.check
        table = {
            "format": FORMAT,
            "pad": pad,
            "at": checked.at.isoformat(),
            "calibration_made_at": checked.made_at,
            **asdict(found.known),
            "found_n": found.found_n,
            "error_n": found.error_n,
            "limit_n": found.limit_n,
            "en": found.en(),
            "passed": found.has_passed(),
            "zero_moved_n": dict(checked.zero_moved_n),
        }
        return self._write_new(_stem(CHECK, checked.at), json.dumps(table, ensure_ascii=False))

    def keep_unfinished(self, left: Unfinished) -> None:
        """Store how far a calibration has come, in place of what was stored of it before."""
        path = self._unfinished(left.pad)
        table = {
            "format": FORMAT,
            "pad": left.pad,
            "saved_at": left.saved_at.isoformat(),
            "setup": asdict(left.setup),
            "progress": json.loads(left.progress.to_json()),
        }
        with _storing(path):
            self._write_part(path, json.dumps(table, ensure_ascii=False)).replace(path)

    def unfinished(self, pad: str) -> Unfinished | None:
        """Return the calibration of that pad that was left; None without one."""
        path = self._unfinished(pad)
        if not path.exists():
            return None
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
            return Unfinished(
                str(table["pad"]),
                datetime.fromisoformat(table["saved_at"]),
                setup_from_table(table["setup"]),
                progress_from_json(json.dumps(table["progress"]), str(path)),
            )
        except (OSError, ValueError, KeyError, TypeError, CalibrationError) as error:
            raise SettingsError(
                f"{path}: the unfinished calibration is damaged ({error}). Leave --resume out to "
                "begin a new one."
            ) from error

    def forget_unfinished(self, pad: str) -> None:
        """Remove what was stored of an unfinished calibration."""
        with contextlib.suppress(OSError):
            self._unfinished(pad).unlink()

    def records(self, pad: str | None = None) -> Iterator[tuple[Path, Record]]:
        """Yield the calibrations, newest first. Raises SettingsError at one that is damaged."""
        for path in sorted(self._folder.glob(f"{RECORD}-*.json"), reverse=True):
            record = read_record(path)
            if pad is None or record.pad == pad:
                yield path, record

    def newest(self, pad: str, channels: tuple[str, ...] | None = None) -> Record | None:
        """Return the newest calibration of a pad that fits its channels; None without one."""
        for _, record in self.records(pad):
            known = record.calibration
            if channels is None or known.for_channels(channels) is not None:
                return record
        return None

    def checks(self, pad: str | None = None) -> list[Mapping[str, Any]]:
        """Return the checks of a pad, newest first, as they are stored; damaged ones left out."""
        return self._tables(CHECK, pad)

    def _tables(self, kind: str, pad: str | None) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        for path in sorted(self._folder.glob(f"{kind}-*.json"), reverse=True):
            with contextlib.suppress(OSError, ValueError):
                table = cast("Mapping[str, Any]", json.loads(path.read_text(encoding="utf-8")))
                if pad is None or table.get("pad") == pad:
                    found.append(table)
        return found

    def keep_overload(self, pad: str, at: datetime, cell: str, force_n: float) -> None:
        """Store that a cell's converter was at its end in a session."""
        table = {
            "format": FORMAT,
            "pad": pad,
            "at": at.isoformat(),
            "cell": cell,
            "force_n": force_n,
        }
        self._write_new(_stem(OVERLOAD, at), json.dumps(table, ensure_ascii=False))

    def overloads(self, pad: str) -> tuple[PadEvent, ...]:
        """Return the overloads of a pad, newest first; damaged ones left out."""
        found: list[PadEvent] = []
        for table in self._tables(OVERLOAD, pad):
            with contextlib.suppress(KeyError, TypeError, ValueError):
                at, force_n = datetime.fromisoformat(table["at"]), float(table["force_n"])
                found.append(PadEvent(at, Happening.OVERLOAD, force_n, str(table["cell"])))
        return tuple(found)

    def events(self, pad: str) -> tuple[PadEvent, ...]:
        """Return what sessions and checks of a pad tell: overloads, failures, a zero that moved."""
        found = list(self.overloads(pad))
        for table in self.checks(pad):
            with contextlib.suppress(KeyError, TypeError, ValueError):
                at = datetime.fromisoformat(table["at"])
                if not table["passed"]:
                    failed = Happening.CHECK_FAILED
                    found.append(PadEvent(at, failed, float(table["en"]), str(table["cell"])))
                for cell, moved_n in table["zero_moved_n"].items():
                    found.append(PadEvent(at, Happening.ZERO_MOVED, float(moved_n), str(cell)))
        return tuple(found)

    def _unfinished(self, pad: str) -> Path:
        return self._folder / f"{UNFINISHED}-{re.sub(r'[^A-Za-z0-9._-]', '_', pad)}.json"

    def _write_new(self, stem: str, text: str) -> Path:
        path = self._folder / f"{stem}-{secrets.token_hex(2)}.json"
        with _storing(path):
            part = self._write_part(path, text)
            try:
                # Unlike a rename a link never takes the place of what is there.
                os.link(part, path)
            finally:
                part.unlink()
        return path

    def _write_part(self, path: Path, text: str) -> Path:
        make_private(self._folder)
        part = path.with_name(path.name + ".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return part


def read_record(path: Path) -> Record:
    """Return the calibration in a file of the shelf. Raises SettingsError: what to do."""
    try:
        return from_json(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}). Give another file.") from error
    except DamagedError as error:
        raise SettingsError(f"{error} To go on without it, move the file away.") from error


def given_calibration(path: Path) -> Calibration:
    """Return the calibration in a file that a person names: a record, or TOML."""
    return read_record(path).calibration if path.suffix == ".json" else read_calibration(path)


def fitting(record: Record | None) -> Calibration | None:
    """Return the calibration of a record, None without one."""
    return None if record is None else record.calibration


def _stem(kind: str, at: datetime) -> str:
    return f"{kind}-{at:%Y%m%d-%H%M%S}"


@contextlib.contextmanager
def _storing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        way_out = "Free some space on that disk" if is_full else "Make its folder writable for you"
        raise StorageError(
            f"{path}: cannot be written ({error.strerror or error}). {way_out}, then go on with "
            "`footspring calibrate --resume`.",
            StorageFault.FULL if is_full else StorageFault.READ_ONLY,
        ) from error
