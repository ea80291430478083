"""What the node asks of its parts; for type checkers alone, as a board has no `typing`."""

from typing import Protocol


class Chip(Protocol):
    """A converter or an inertial sensor."""

    rate_10s: int
    """Samples in 10 s by its data sheet; what it really does is measured."""

    def wake(self) -> None:
        """Begin to convert."""
        ...

    def sleep(self) -> None:
        """Stop converting and take as little current as can be; harmless when asleep."""
        ...

    def is_ready(self) -> bool:
        """Return whether a conversion waits to be read."""
        ...

    def read(self, into: list[int]) -> int:
        """Put one sample of all channels into the list; return status bits (status.py)."""
        ...


class Converter(Chip, Protocol):
    """The converter of the force cells."""

    cells: list[int]
    """Role of each cell, by its number in footwire.ROLES."""


class Radio(Protocol):
    """The link to the host."""

    @property
    def is_connected(self) -> bool:
        """Return whether a host is connected."""
        ...

    @property
    def connections(self) -> int:
        """Return the links made since boot, so that a short loss is noticed too."""
        ...

    def advertise(self, name: str, interval_ms: int) -> None:
        """Advertise, or go on under another name or interval."""
        ...

    def stop_advertising(self) -> None:
        """Be silent; harmless when silent."""
        ...

    def set_info(self, data: bytes) -> None:
        """Hold these bytes for whoever reads INFO."""
        ...

    def send(self, kind: int, data: bytes | bytearray | memoryview) -> bool:
        """Take a frame; False where there is no room now. The bytes are good during the call."""
        ...

    def report(self, data: bytes) -> None:
        """Send on CLOCK, at once."""
        ...

    def receive(self) -> bytes | None:
        """Return the next write to CONTROL, None where there is none."""
        ...

    def ask_interval(self, interval_ms: int) -> None:
        """Ask the host for a connection interval."""
        ...


class Battery(Protocol):
    """What feeds the node."""

    def millivolts(self) -> int:
        """Return its voltage; 0 where it is not known."""
        ...


class Light(Protocol):
    """What a person sees."""

    def show(self, state: int) -> None:
        """Show a state (lamp.py); told at every turn."""
        ...


class Memory(Protocol):
    """What outlives a reboot."""

    def load(self) -> str:
        """Return the name that was saved; empty where none was."""
        ...

    def save(self, name: str) -> None:
        """Keep a name."""
        ...


class SpiBus(Protocol):
    """An SPI bus whose MOSI line clocks one HX711."""

    def begin(self) -> None:
        """Let MOSI fall and take the bus."""
        ...

    def end(self) -> None:
        """Give the bus back and hold MOSI high."""
        ...

    def exchange(self, out: bytes, into: bytearray) -> None:
        """Send and receive as many bytes."""
        ...


class RegisterBus(Protocol):
    """A chip's registers; OSError where it does not answer."""

    def read(self, register: int, into: bytearray) -> None:
        """Read as many registers as the buffer holds, from that one on."""
        ...

    def write(self, register: int, value: int) -> None:
        """Write one register."""
        ...


class ByteStore(Protocol):
    """Bytes that outlive a reboot."""

    def __getitem__(self, __part: slice) -> bytearray: ...  # noqa: PYI063 - boards know no "/"

    def __setitem__(self, __part: slice, __data: bytes) -> None: ...  # noqa: PYI063 - as above
