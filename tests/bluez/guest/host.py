"""Asks the host for what happens to the node, and hands it the results."""

import asyncio
import os
from dataclasses import dataclass

from tests.bluez import channel
from tests.bluez.channel import Lines, Said


@dataclass(frozen=True, slots=True)
class Crossed:
    """Frames of one stream that crossed the air since the scenario began."""

    frames: int
    numbers: int
    """Different ones among them: the others were sent again."""


class Host:
    """The channel to the host; the guest ends when the host is gone."""

    def __init__(self) -> None:
        self._port = os.open(channel.PORT, os.O_RDWR | os.O_NONBLOCK)
        self._lines = Lines()
        self._answers: asyncio.Queue[Said] = asyncio.Queue()
        asyncio.get_running_loop().add_reader(self._port, self._on_data)

    async def ask(self, word: str) -> dict[str, Crossed]:
        """Have something done, and return what has crossed the air by now, per stream."""
        os.write(self._port, channel.line({"ask": word}))
        answer = await asyncio.wait_for(self._answers.get(), timeout=20)
        tally = answer["tally"]
        assert isinstance(tally, dict)
        return {stream: Crossed(**counts) for stream, counts in tally.items()}

    def tell(self, result: Said) -> None:
        """Hand over the result of a scenario."""
        os.write(self._port, channel.line({"result": result}))

    def _on_data(self) -> None:
        data = os.read(self._port, 65536)
        if not data:
            # Nobody waits for a result any more; start.sh switches the guest off.
            os._exit(3)
        for said in self._lines.push(data):
            self._answers.put_nowait(said)
