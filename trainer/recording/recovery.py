"""Finishing what a killed program left: every part file whose owner is dead becomes a recording."""

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from trainer.core.errors import RecordingError
from trainer.recording.container import ContainerWriter
from trainer.recording.layout import HEADER_NAME, RECOVERED_NAME, Topic, unpack_note
from trainer.recording.partfile import (
    PART_SUFFIX,
    lock_if_free,
    part_path,
    replace_whole,
    storage_error,
    sync_folder,
)
from trainer.recording.reader import describe_damage, read_contents
from trainer.recording.salvage import Contents

DAMAGED_SUFFIX: Final = ".damaged"
"""Added to a part file in which nothing of a recording was found."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A recording that was cut off and is finished now, or why it could not be."""

    path: Path
    """Where it lies now."""
    session_id: str | None = None
    packets: int = 0
    duration_s: float = 0.0
    """From the first packet's arrival to the last one's."""
    note_counts: Mapping[str, int] = field(default_factory=dict)
    """How many notes there are of each kind."""
    left_out: tuple[str, ...] = ()
    problem: str | None = None
    """Why it could not be finished; None when it was."""


def recover_recordings(folder: Path) -> tuple[Recovered, ...]:
    """Finish the cut recordings in `folder` whose owner is dead; leave the living ones alone.

    Never raises for a single file: what cannot be finished stays and is reported.
    """
    parts = sorted(folder.glob(f"*.mcap{PART_SUFFIX}"))
    found = (_recover_locked(part) for part in parts)
    return tuple(recovered for recovered in found if recovered is not None)


def is_being_written(path: Path) -> bool:
    """Return whether a living program is writing the recording `path`."""
    part = part_path(path)
    if not part.exists():
        return False
    descriptor = lock_if_free(part)
    if descriptor is None:
        return part.exists()
    os.close(descriptor)
    return False


def _recover_locked(part: Path) -> Recovered | None:
    try:
        descriptor = lock_if_free(part)
    except OSError as error:
        return Recovered(part, problem=str(storage_error(part, error)))
    if descriptor is None:
        return None
    try:
        return _recover(part)
    except OSError as error:
        return Recovered(part, problem=str(storage_error(part, error)))
    finally:
        os.close(descriptor)


def _recover(part: Path) -> Recovered | None:
    data = part.read_bytes()
    if not data:
        # Killed between making the file and its first byte: there is nothing to keep.
        part.unlink()
        return None
    try:
        contents, header = read_contents(part, data)
    except RecordingError as error:
        return _set_aside(part, str(error))
    path = part.with_name(part.name.removesuffix(PART_SUFFIX))
    left_out = tuple(describe_damage(contents))
    replace_whole(path, _finished(contents, left_out))
    part.unlink()
    sync_folder(part.parent)
    return Recovered(
        path=path,
        session_id=header.session_id,
        packets=sum(message.topic != Topic.NOTES for message in contents.messages),
        duration_s=_duration_s(contents),
        note_counts=_note_counts(contents),
        left_out=left_out,
    )


def _finished(contents: Contents, left_out: tuple[str, ...]) -> bytes:
    """Return the bytes of a closed recording that holds what was read."""
    container = ContainerWriter(contents.metadata[HEADER_NAME]["json"])
    container.add_metadata(RECOVERED_NAME, {"json": json.dumps(left_out)})
    for message in contents.messages:
        container.add(message)
    container.finish()
    return container.take()


def _set_aside(part: Path, why: str) -> Recovered:
    aside = part.with_name(part.name + DAMAGED_SUFFIX)
    part.rename(aside)
    return Recovered(aside, problem=f"{why} Nothing was deleted: the file is now {aside.name}.")


def _duration_s(contents: Contents) -> float:
    times = [m.log_ns for m in contents.messages if m.topic != Topic.NOTES]
    return (max(times) - min(times)) / 1e9 if times else 0.0


def _note_counts(contents: Contents) -> dict[str, int]:
    notes = (unpack_note(m.data) for m in contents.messages if m.topic == Topic.NOTES)
    return dict(Counter(note.kind for note in notes if note is not None))
