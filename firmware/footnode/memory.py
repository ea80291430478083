"""The node's name in memory that outlives a reboot.

byte  what
   0  length of the name, 1 to 8
   1  the name, then zeros
   9  u16 CRC over all before it, little endian
"""

import footwire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from footnode.ports import ByteStore

_END = 1 + footwire.NAME_BYTES


class Memory:
    """The first bytes of a store, such as the board's nvm."""

    def __init__(self, store: "ByteStore") -> None:
        self._store = store

    def load(self) -> str:
        """Return the name that was saved; empty where none was, or where it is damaged."""
        kept = bytes(self._store[0 : _END + 2])
        length = kept[0]
        if not 0 < length <= footwire.NAME_BYTES or not footwire.is_intact(kept, 0, _END + 2):
            return ""
        return kept[1 : 1 + length].decode()

    def save(self, name: str) -> None:
        """Keep a name of 1 to 8 bytes."""
        called = name.encode()
        body = bytes([len(called)]) + called + bytes(footwire.NAME_BYTES - len(called))
        crc = footwire.checksum(body)
        # In one piece: each assignment erases and writes a page of flash.
        self._store[0 : _END + 2] = body + bytes([crc & 0xFF, crc >> 8])
