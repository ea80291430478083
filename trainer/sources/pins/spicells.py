"""HX711s clocked by an SPI bus each: no pause of the process can stretch their clock."""

from collections.abc import Callable, Sequence
from typing import Protocol

from trainer.sources.pins.cells import Doubt, Shift
from trainer.wire.hx711spi import LOOK, NOT_READY, POWER_DOWN, READ, RESET, decode, is_waiting


class Bus(Protocol):
    """An SPI bus at 1 MHz, mode 0."""

    def exchange(self, out: bytes) -> bytes:
        """Return what comes back while the bytes go out."""
        ...

    def close(self) -> None:
        """Let go of the bus."""
        ...


class SpiCells:
    """One HX711 on each bus."""

    def __init__(
        self, buses: Sequence[Bus], names: Sequence[str], now_ns: Callable[[], int]
    ) -> None:
        self._buses = tuple(buses)
        self._names = tuple(names)
        self._now_ns = now_ns

    @property
    def names(self) -> tuple[str, ...]:
        """Return what each converter is called in a message."""
        return self._names

    @property
    def channels(self) -> int:
        """Return the number of cells."""
        return len(self._buses)

    def look(self) -> Sequence[bool]:
        """Return on which buses a conversion waits."""
        return [is_waiting(bus.exchange(LOOK)) for bus in self._buses]

    def shift(self, into: list[int]) -> Shift:
        """Read one bus after the other: 0.1 ms each."""
        start_ns = self._now_ns()
        bits = 0
        for place, bus in enumerate(self._buses):
            bits |= decode(bus.exchange(READ), into, place)
        doubt = Doubt.UNCHECKED if bits & (NOT_READY | POWER_DOWN) else None
        return Shift(start_ns, self._now_ns(), doubt, bits)

    def reset(self) -> None:
        """Power all converters down and up again."""
        for bus in self._buses:
            bus.exchange(RESET)

    def close(self) -> None:
        """Let go of the buses."""
        for bus in self._buses:
            bus.close()
