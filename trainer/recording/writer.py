"""The live recording: one append-only file that a killed program leaves readable.

Three threads share the work, so that whoever hands in packets never waits for the disk: the caller
packs the bytes and queues them; one ticker moves the queue to the operating system, also when no
packet comes any more; another asks the operating system to write through, against a power cut.
"""

import os
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from trainer.core.errors import StorageError, StorageFault
from trainer.core.folders import make_private
from trainer.core.packets import Packet
from trainer.core.ports import Clock
from trainer.core.settings import RecordingSettings
from trainer.recording.container import ContainerWriter
from trainer.recording.header import RecordingHeader
from trainer.recording.layout import RawMessage, Topic, pack_note, pack_packet
from trainer.recording.partfile import (
    create_locked,
    part_path,
    storage_error,
    sync_folder,
    write_all,
)
from trainer.recording.ticker import Ticker

_NS_PER_S: Final = 1e9
_HEADROOM: Final = 0.8
"""Share of the allowed waiting that the ticker waits; the rest is for packing and writing."""


class RecordingWriter:
    """Write packets and notes to `path` (`.mcap`), which carries `.part` until it is closed.

    Raises StorageError when the file cannot be made, and from every later call while the disk
    refuses what is waiting. What is handed in is kept all the same, in memory: it is written as
    soon as the disk takes it again, and what was written before is never touched.
    """

    def __init__(
        self, path: Path, header: RecordingHeader, clock: Clock, settings: RecordingSettings
    ) -> None:
        self._path = path
        self._part = part_path(path)
        self._clock = clock
        # Monotonic times become instants, for other tools that show the file.
        self._epoch_s = header.started_at.timestamp() - clock.monotonic_s()
        self._queue: deque[RawMessage] = deque()
        self._sequence = 0
        self._container = ContainerWriter(header.to_json())
        self._unsaved = b""
        self._saved_bytes = 0
        self._lock = threading.Lock()
        self._fault: StorageError | None = None
        self._sync_fault: StorageError | None = None
        self._is_fault_told = False
        self._is_closed = False
        self._descriptor = self._create()
        self._tickers = (
            Ticker("recording-flush", _HEADROOM * settings.flush_s, self._save_queue),
            Ticker("recording-sync", settings.sync_s, self._sync),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, packets: Sequence[Packet]) -> None:
        """Record packets as they came; returns before they are on the disk."""
        for packet in packets:
            topic, message = pack_packet(packet)
            self._enqueue(topic, packet.arrival_s, message)
        self._tell_fault()

    def note(self, at_s: float, kind: str, body: Mapping[str, object]) -> None:
        """Record an event, cue or command at stream time `at_s`; `body` is plain JSON."""
        self._enqueue(Topic.NOTES, self._clock.monotonic_s(), pack_note(at_s, kind, body))
        self._tell_fault()

    def flush(self) -> None:
        """Hand all that waits to the operating system now: it then survives a killed program."""
        self._save_queue()
        self._tell_fault()

    def close(self) -> Path:
        """Finish the file and return where it lies; safe to call twice.

        On a full disk the part file stays, to be finished when the library is next opened; raises
        StorageError if no earlier call has said so.
        """
        if self._is_closed:
            return self._path
        self._is_closed = True
        for ticker in self._tickers:
            ticker.stop()
        self._save_queue()
        if self._fault is None:
            self._finish()
        os.close(self._descriptor)
        if not self._is_fault_told:
            self._tell_fault()
        return self._path if self._fault is None else self._part

    def discard(self) -> None:
        """Leave nothing of it on the disk; raises StorageError where the disk refuses that."""
        if self._is_closed:
            return
        self._is_closed = True
        for ticker in self._tickers:
            ticker.stop()
        try:
            # Before the lock goes with the descriptor: no recovery finds it in between.
            self._part.unlink()
            sync_folder(self._path.parent)
        except OSError as error:
            raise storage_error(self._part, error) from error
        finally:
            os.close(self._descriptor)

    def _create(self) -> int:
        if not self._path.parent.is_dir():
            make_private(self._path.parent)
        try:
            is_taken = self._path.exists() or self._part.exists()
            descriptor = -1 if is_taken else create_locked(self._part)
        except OSError as error:
            raise storage_error(self._part, error) from error
        if is_taken:
            raise StorageError(
                f"{self._path}: exists already, and a recording is never written over. Move it "
                "away, or start the session again to get a new name.",
                StorageFault.IN_USE,
            )
        try:
            self._descriptor = descriptor
            self._save()
        except OSError as error:
            self._part.unlink()
            os.close(descriptor)
            raise storage_error(self._part, error) from error
        return descriptor

    def _enqueue(self, topic: Topic, host_s: float, message: bytes) -> None:
        self._sequence += 1
        log_ns = max(0, round((self._epoch_s + host_s) * _NS_PER_S))
        self._queue.append(RawMessage(topic, self._sequence, log_ns, message))

    def _tell_fault(self) -> None:
        fault = self._fault or self._sync_fault
        if fault is not None:
            self._is_fault_told = True
            raise fault

    def _save_queue(self) -> None:
        with self._lock:
            for _ in range(len(self._queue)):
                self._container.add(self._queue.popleft())
            self._container.end_chunk()
            self._try_saving()

    def _try_saving(self) -> None:
        try:
            self._save()
        except OSError as error:
            self._fault = storage_error(self._part, error)
        else:
            self._fault = None

    def _save(self) -> None:
        """Append all that is ready, or nothing: a torn chunk is cut off again."""
        self._unsaved += self._container.take()
        try:
            write_all(self._descriptor, self._unsaved)
        except OSError:
            os.ftruncate(self._descriptor, self._saved_bytes)
            os.lseek(self._descriptor, self._saved_bytes, os.SEEK_SET)
            raise
        self._saved_bytes += len(self._unsaved)
        self._unsaved = b""

    def _sync(self) -> None:
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            # Stays: what the disk failed to take once is not offered to it again.
            self._sync_fault = storage_error(self._part, error)

    def _finish(self) -> None:
        self._container.finish()
        try:
            self._save()
            os.fsync(self._descriptor)
            self._part.rename(self._path)
            sync_folder(self._path.parent)
        except OSError as error:
            self._fault = storage_error(self._part, error)
