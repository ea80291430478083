"""Packets that wait to be read, however many tasks deliver them."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from trainer.core.packets import Packet


class Inbox:
    """A queue that is emptied at each reading; once closed it takes and gives nothing more."""

    def __init__(self) -> None:
        self._packets: deque[Packet] = deque()
        self._changed = asyncio.Event()
        self._is_closed = False

    def put(self, packets: Sequence[Packet] = ()) -> None:
        """Take packets, or none where only the state of their sender has changed."""
        if not self._is_closed:
            self._packets.extend(packets)
        self._changed.set()

    async def change(self) -> None:
        """Return when something is put, or it is closed."""
        self._changed.clear()
        await self._changed.wait()

    async def take(self, is_over: Callable[[], bool]) -> Sequence[Packet]:
        """Return what has come, at least one packet; none once it is over or closed.

        Whether it is over is asked, and may be answered by an error, only where nothing waits. A
        wait that is cancelled loses nothing.
        """
        while not self._packets and not self._is_closed and not is_over():
            await self.change()
        packets = tuple(self._packets)
        self._packets.clear()
        return packets

    def close(self) -> None:
        """Throw away what waits, and let whoever waits go."""
        self._is_closed = True
        self._packets.clear()
        self._changed.set()
