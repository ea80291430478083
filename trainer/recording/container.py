"""Writing a recording's container, through the public writer of the mcap library."""

from typing import IO, cast

from mcap.writer import CompressionType, IndexType, Writer

from trainer.recording.layout import (
    ENCODINGS,
    HEADER_NAME,
    PROFILE,
    TOPIC_NAMES,
    RawMessage,
    Topic,
)


class ContainerWriter:
    """Turn messages into the bytes of an MCAP file; `take` hands over what is ready."""

    def __init__(self, header_json: str) -> None:
        self._header = {"json": header_json}
        self._sink = _Sink()
        self._writer = Writer(
            cast("IO[bytes]", self._sink),
            compression=CompressionType.ZSTD,
            index_types=IndexType.CHUNK | IndexType.METADATA,
        )
        self._writer.start(profile=PROFILE)
        self.add_metadata(HEADER_NAME, self._header)
        for topic in Topic:
            self._writer.register_channel(TOPIC_NAMES[topic], ENCODINGS[topic], schema_id=0)

    def add(self, message: RawMessage) -> None:
        """Add one message to the chunk in the making."""
        self._writer.add_message(
            message.topic, message.log_ns, message.data, message.log_ns, message.sequence
        )

    def add_metadata(self, name: str, table: dict[str, str]) -> None:
        """Add one metadata record, outside the chunks."""
        self._writer.add_metadata(name, table)

    def end_chunk(self) -> None:
        """Close the chunk in the making, so that `take` returns all that was added."""
        self._writer.flush()  # type: ignore[no-untyped-call] # mcap names no return type

    def finish(self) -> None:
        """Add the header's copy and the index: nothing can be added afterwards."""
        self._writer.flush()  # type: ignore[no-untyped-call] # mcap names no return type
        self.add_metadata(HEADER_NAME, self._header)
        self._writer.finish()  # type: ignore[no-untyped-call] # mcap names no return type

    def take(self) -> bytes:
        """Return the bytes made ready since the last call."""
        return self._sink.take()


class _Sink:
    """Stands in for a file: what the MCAP writer hands it waits in memory and cannot fail."""

    def __init__(self) -> None:
        self._ready = bytearray()
        self._taken = 0

    def write(self, data: bytes) -> int:
        self._ready += data
        return len(data)

    def tell(self) -> int:
        return self._taken + len(self._ready)

    def flush(self) -> None:
        """Do nothing: the bytes wait for `take`."""

    def take(self) -> bytes:
        data = bytes(self._ready)
        self._taken += len(data)
        self._ready.clear()
        return data
