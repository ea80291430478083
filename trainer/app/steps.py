"""Steps that change a machine: told first, done only when asked, and the same when done twice."""

import contextlib
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from trainer.core.errors import StorageError, StorageFault, TrainerError


@dataclass(frozen=True, slots=True)
class Write:
    """Write a file, and the folders above it."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a file, or a folder where nothing is left in it."""

    path: Path


@dataclass(frozen=True, slots=True)
class Call:
    """Run a command."""

    words: tuple[str, ...]


Step: TypeAlias = Write | Remove | Call
Runner: TypeAlias = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a command to its end and returns its exit status and what it said."""


class StepError(TrainerError):
    """A command of the system refused."""


def told(steps: Iterable[Step]) -> list[str]:
    """Return what the steps would do, line by line, files with what goes into them."""
    lines: list[str] = []
    for step in steps:
        match step:
            case Write(path, text) if _holds(path, text):
                lines.append(f"would leave {path} as it is: it is right already")
            case Write(path, text):
                lines.append(f"would write {path}:")
                lines += [f"    {line}".rstrip() for line in text.splitlines()]
            case Remove(path):
                lines.append(f"would remove {path}")
            case Call(words):
                lines.append(f"would run: {' '.join(words)}")
    return lines


def carry_out(steps: Iterable[Step], run: Runner) -> list[str]:
    """Do the steps in their order, and return what was done. Raises StorageError, StepError."""
    done: list[str] = []
    for step in steps:
        match step:
            case Write(path, text):
                done.append(_write(path, text))
            case Remove(path):
                done.append(_remove(path))
            case Call(words):
                _call(words, run)
                done.append(f"ran: {' '.join(words)}")
    return done


def run_here(words: Sequence[str]) -> tuple[int, str]:
    """Run a command of this system, without input."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands, their words filled in by us
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout


def _holds(path: Path, text: str) -> bool:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8") == text
    return False


def _write(path: Path, text: str) -> str:
    if _holds(path, text):
        return f"left {path} as it is"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
    except OSError as error:
        raise _refused(path, "written", error) from error
    return f"wrote {path}"


def _remove(path: Path) -> str:
    try:
        if path.is_dir():
            if any(path.iterdir()):
                return f"left {path}: there is more in it"
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(path, "removed", error) from error
    return f"removed {path}"


def _refused(path: Path, deed: str, error: OSError) -> StorageError:
    return StorageError(
        f"{path}: cannot be {deed} ({error.strerror or error}). Correct that and give the same "
        "command again: what is done already is left as it is.",
        StorageFault.READ_ONLY,
    )


def _call(words: Sequence[str], run: Runner) -> None:
    status, said = run(words)
    if status != 0:
        raise StepError(
            f"{' '.join(words)}: ended with status {status} ({' '.join(said.split())}). Correct "
            "that and give the same command again: what is done already is left as it is."
        )
