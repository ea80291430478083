"""What guest and host say to each other: one JSON object in a line.

Guest to host: {"ask": word, ...} is answered by one object; {"result": {...}} is not.
"""

import json
from typing import Final, TypeAlias

Said: TypeAlias = dict[str, object]

SOCKET: Final = "channel"
"""In the folder of the run."""
PORT: Final = "/dev/vport0p1"
"""Where the guest finds it: the first free number beside the console (qemu, nr=1)."""


def line(said: Said) -> bytes:
    """Return an object as it goes over the channel."""
    return json.dumps(said).encode() + b"\n"


class Lines:
    """Puts lines together from whatever pieces come."""

    def __init__(self) -> None:
        self._rest = b""

    def push(self, data: bytes) -> list[Said]:
        """Return the objects that are complete now."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(text) for text in whole if text.strip()]
