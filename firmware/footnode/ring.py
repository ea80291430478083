"""The frames of the last seconds in memory that is made once: drop-oldest, and able to rewind.

Rules:
- A frame stays until it is overwritten, also after it was sent, so that sending can begin again
  at frames that may have died with a link.
- A frame that is overwritten before it was ever sent is dropped, and counted.
"""


class FrameRing:
    """Frames of one stream, the oldest overwritten by the newest."""

    def __init__(self, slots: int, frame_bytes: int) -> None:
        self._slots = [bytearray(frame_bytes) for _ in range(slots)]
        self._lengths = [0] * slots
        self._first = 0
        """Number of the oldest frame that may be sent again; all count from boot."""
        self._next = 0
        """Number of the frame that is sent next."""
        self._fresh = 0
        """Number of the oldest frame that was never sent."""
        self._end = 0
        self.dropped = 0

    @property
    def waiting(self) -> int:
        """Return the frames that are to be sent."""
        return self._end - self._next

    @property
    def is_full(self) -> bool:
        """Return whether the next frame costs one that was never sent."""
        return self._end - self._fresh == len(self._slots)

    def push(self, frame: bytearray, length: int) -> None:
        """Keep the first `length` bytes of a frame."""
        if self.is_full:
            self._fresh += 1
            self.dropped += 1
        place = self._end % len(self._slots)
        self._slots[place][:length] = memoryview(frame)[:length]
        self._lengths[place] = length
        self._end += 1
        self._first = max(self._first, self._end - len(self._slots))
        self._next = max(self._next, self._first)

    def peek(self) -> "bytearray | memoryview":
        """Return the frame that is sent next, good until the next push; only while one waits."""
        place = self._next % len(self._slots)
        slot = self._slots[place]
        length = self._lengths[place]
        return slot if length == len(slot) else memoryview(slot)[:length]

    def advance(self) -> None:
        """Take the frame that `peek` returned as sent."""
        self._next += 1
        self._fresh = max(self._fresh, self._next)

    def rewind(self, frames: int) -> None:
        """Send the last frames that were sent again, as far as they are still there."""
        self._next = max(self._first, self._fresh - frames)

    def clear(self) -> None:
        """Forget all frames; those that were never sent count as dropped."""
        self.dropped += self._end - self._fresh
        self._first = self._next = self._fresh = self._end
