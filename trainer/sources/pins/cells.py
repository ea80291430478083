"""What a driver of converters must do, and why a reading may be thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from trainer.core.errors import SourceFault

SETTLING: Final = 4
"""Conversions that an HX711 needs after a reset (data sheet: 50 ms at 80 samples a second)."""


class Doubt(StrEnum):
    """Why a conversion gave no sample; each is counted under this name."""

    STRETCHED = "clock held high too long"
    """The chip may have powered down: it does so after 60 us (data sheet)."""
    UNCHECKED = "check bits wrong"
    LATE = "read across a new conversion"
    SETTLING = "settling"
    MISSED = "not read in time"


class PinsFaultError(Exception):
    """The converters cannot go on; the message is one for a person, with the next step."""

    def __init__(self, message: str, reason: SourceFault) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Shift:
    """One reading of all converters."""

    start_ns: int
    """Before the first clock edge."""
    end_ns: int
    """After the last one."""
    doubt: Doubt | None
    status: int
    """Bits of footwire's rules that the sample carries."""


class Levels(Protocol):
    """A pin that is read, or several at once; the face that adafruit_hx711 works on."""

    @property
    def value(self) -> int:
        """Return the level, or the levels."""
        ...


class ClockLine(Levels, Protocol):
    """A pin that is driven."""

    @property
    def value(self) -> int:
        """Return the level that was set last."""
        ...

    @value.setter
    def value(self, level: int) -> None: ...


class I2cDevice(Protocol):
    """What of the library's way to the registers is used."""

    def write_then_readinto(self, out: bytes, into: bytearray) -> None:
        """Write, then read as many bytes as the buffer holds."""
        ...


class Cells(Protocol):
    """Converters that are read together."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return what each converter is called in a message: role and pin."""
        ...

    @property
    def channels(self) -> int:
        """Return the counts of one sample."""
        ...

    def look(self) -> Sequence[bool]:
        """Return for each converter whether a conversion waits."""
        ...

    def shift(self, into: list[int]) -> Shift:
        """Read all converters, one count per channel; raises OSError where a bus does not answer.

        In doubt the list may hold anything.
        """
        ...

    def reset(self) -> None:
        """Begin anew after silence; what follows must settle."""
        ...

    def close(self) -> None:
        """Let go of pins and buses."""
        ...
