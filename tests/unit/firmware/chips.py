"""Chips that are emulated bit by bit, as their data sheets have it."""


class EmulatedHx711:
    """An HX711 on an SPI bus: MOSI is its clock, MISO its data line."""

    def __init__(self, count: int = 0) -> None:
        self.count = count
        self.is_ready = True
        self.is_powered = False
        self.stuck: int | None = None
        """Level of a data line that the chip does not drive."""
        self.pulses = 0
        self.log: list[int] = []
        """Pulses of each exchange."""
        self._clock = 0
        self._level = 0

    def begin(self) -> None:
        self.is_powered = True
        self._clock = 0
        self.pulses = 0

    def end(self) -> None:
        self.is_powered = False

    def exchange(self, out: bytes, into: bytearray) -> None:
        assert len(out) == len(into)
        before = self.pulses
        for place, sent in enumerate(out):
            received = 0
            for bit in range(7, -1, -1):
                received = received << 1 | self._tick(sent >> bit & 1)
            into[place] = received
        self.log.append(self.pulses - before)
        if self.pulses >= 25:
            self.pulses = 0
            self.is_ready = False

    def _tick(self, clock: int) -> int:
        if clock and not self._clock:
            self.pulses += 1
        self._clock = clock
        if self.stuck is not None:
            return self.stuck
        if not self.is_ready or not self.is_powered:
            return 1
        if self.pulses == 0:
            return 0
        return self.count >> 24 - self.pulses & 1 if self.pulses <= 24 else 1


class EmulatedLsm6:
    """The registers of an LSM6DS3TR-C."""

    def __init__(self) -> None:
        self.registers = {0x10: 0, 0x11: 0, 0x12: 0, 0x1E: 0}
        self.is_there = True

    def set_sample(self, turn: tuple[int, int, int], acceleration: tuple[int, int, int]) -> None:
        for i, count in enumerate((*turn, *acceleration)):
            self.registers[0x22 + 2 * i] = count & 0xFF
            self.registers[0x23 + 2 * i] = count >> 8 & 0xFF
        self.registers[0x1E] = 3

    def read(self, register: int, into: bytearray) -> None:
        if not self.is_there:
            raise OSError(19)
        for i in range(len(into)):
            into[i] = self.registers[register + i]

    def write(self, register: int, value: int) -> None:
        if not self.is_there:
            raise OSError(19)
        self.registers[register] = value
