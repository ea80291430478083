"""The ring: the newest seconds of every curve, one writer, any number of readers, no locks."""

import numpy as np
import numpy.typing as npt

from trainer.core.arrays import FloatArray


class Ring:
    """Keep the last `capacity` columns of `channels` curves, always as one contiguous view.

    Storage is doubled, so a window never wraps. The writer stores the samples first and the head
    last; `slack` columns beyond the window keep a reader clear of the columns being overwritten.
    """

    def __init__(self, channels: tuple[str, ...], capacity: int, slack: int = 256) -> None:
        self.channels = channels
        self.capacity = capacity
        self._size = capacity + slack
        self._store: npt.NDArray[np.float32] = np.zeros(
            (len(channels), 2 * self._size), dtype=np.float32
        )
        self.head = 0
        """Columns ever written."""

    def push(self, columns: FloatArray) -> None:
        """Append (n, channel) samples."""
        newest = columns[-self._size :]
        count = newest.shape[0]
        head = self.head + columns.shape[0]
        start = (head - count) % self._size
        first = min(count, self._size - start)
        for offset in (0, self._size):
            self._store[:, start + offset : start + offset + first] = newest[:first].T
            if first < count:
                self._store[:, offset : offset + count - first] = newest[first:].T
        self.head = head

    def window(self) -> tuple[int, npt.NDArray[np.float32]]:
        """Return the head and the (channel, capacity) view that ends at it; zeros at first."""
        head = self.head
        end = head % self._size + self._size
        return head, self._store[:, end - self.capacity : end]
