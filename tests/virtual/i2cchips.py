"""An I2C bus with a TCA9548A, NAU7802s and an LSM6DSOX: registers as in their data sheets.

The libraries that drive them run on it unchanged; each talk over the bus takes virtual time.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import pytest

from trainer.sources.pins.driver import load_driver
from trainer.sources.pins.emulated import VirtualTime

SWITCH = 0x70
NAU = 0x2A
IMU = 0x6A
_RATES_SPS = {0: 10, 1: 20, 2: 40, 3: 80, 7: 320}
"""Of a NAU7802 by bits 6 to 4 of its second control register."""


class I2cChip(Protocol):
    """What hangs on a bus."""

    def write(self, register: int, value: int) -> None: ...

    def read(self, register: int) -> int: ...


class EmulatedNau7802:
    """A converter that free-runs; `pace` is how fast its oscillator is, `code` gives its counts."""

    def __init__(self, time: VirtualTime, code: Callable[[int], int], pace: float = 1.0) -> None:
        self.is_there = True
        self.has_cell = True
        """False: it cannot zero its amplifier."""
        self.truth: int | None = None
        """The count that was read last, where all its bytes are of one conversion."""
        self._time = time
        self.code = code
        self._pace = pace
        self._registers = bytearray(32)
        self._read = 0
        self._high = 0

    @property
    def is_on(self) -> bool:
        """Return whether its digital and its analog part have power."""
        return self._registers[0] & 6 == 6

    @property
    def settings(self) -> bytes:
        """Return its registers, without the conversions."""
        return bytes(self._registers)

    def lose_power(self) -> None:
        """Forget everything."""
        self._registers = bytearray(32)

    def write(self, register: int, value: int) -> None:
        if register == 0 and value & 1:
            self.lose_power()
        if register == 2:
            # A calibration is done at once.
            value = value & ~0x0C | (0 if self.has_cell else 8)
        # Two bits of the first register are the chip's own.
        self._registers[register] = value if register else value & ~0x28

    def read(self, register: int) -> int:
        if register == 0:
            return self._control()
        if 0x12 <= register <= 0x14:
            return self._output(register)
        return self._registers[register]

    def _control(self) -> int:
        is_ready = self.is_on and self._number() > self._read
        value = self._registers[0]
        return value | (8 if value & 2 else 0) | (0x20 if is_ready else 0)

    def _output(self, register: int) -> int:
        number = self._number()
        if register == 0x12:
            self._high = number
        if register == 0x14:
            self._read = number
            self.truth = self.code(number) if number == self._high else None
        return (self.code(number) & 0xFFFFFF) >> 8 * (0x14 - register) & 0xFF

    def _number(self) -> int:
        rate_hz = _RATES_SPS[self._registers[2] >> 4 & 7] * self._pace
        return int(self._time.now_ns() * rate_hz / 1e9)


class EmulatedLsm6dsox:
    """An inertial sensor at 104 Hz whose six counts are those that `code` gives."""

    def __init__(self, time: VirtualTime, code: Callable[[int], Sequence[int]]) -> None:
        self._time = time
        self.code = code
        self._registers = bytearray(128)
        self._registers[0x0F] = 0x6C
        self._read = {0x22: 0, 0x28: 0}
        """Conversion that was read last, by the first register of turn and acceleration."""

    def write(self, register: int, value: int) -> None:
        # A reset is done at once.
        self._registers[register] = value & ~1 if register == 0x12 else value

    def read(self, register: int) -> int:
        number = int(self._time.now_ns() * 104 / 1e9)
        if register == 0x1E:
            return (number > self._read[0x28]) | (number > self._read[0x22]) << 1
        if not 0x22 <= register < 0x2E:
            return self._registers[register]
        if register in self._read:
            self._read[register] = number
        place = (register - 0x22) // 2
        # The chip has its turn first.
        count = self.code(number)[(place + 3) % 6] & 0xFFFF
        return count >> 8 * (register % 2) & 0xFF


class VirtualI2c:
    """The bus; one that `needs_lock` refuses whoever has not locked it, as CircuitPython's does."""

    def __init__(
        self,
        time: VirtualTime,
        naus: Sequence[EmulatedNau7802] = (),
        imu: EmulatedLsm6dsox | None = None,
        *,
        talk_ns: int = 150_000,
        needs_lock: bool = False,
    ) -> None:
        self.has_switch = True
        """False: it was unplugged."""
        self.is_locked = False
        self._time = time
        self._naus = tuple(naus)
        self._imu = imu
        self._talk_ns = talk_ns
        self._needs_lock = needs_lock
        self._branches = 0

    def try_lock(self) -> bool:
        assert not self.is_locked, "whoever waits here waits for ever"
        self.is_locked = True
        return True

    def unlock(self) -> None:
        self.is_locked = False

    def writeto(
        self, address: int, out: bytes, *, start: int = 0, end: int | None = None, **_: int
    ) -> None:
        self._talk()
        data = bytes(out)[start:end]
        if address == SWITCH:
            self._check(is_there=self.has_switch)
            self._branches = data[0] if data else self._branches
            return
        chip = self._chip(address)
        for place, byte in enumerate(data[1:]):
            chip.write(data[0] + place, byte)

    def writeto_then_readfrom(
        self,
        address: int,
        out: bytes,
        into: bytearray,
        *,
        in_start: int = 0,
        in_end: int | None = None,
        **_: int,
    ) -> None:
        self._talk()
        chip = self._chip(address)
        for place in range(in_start, len(into) if in_end is None else in_end):
            self._time.pass_ns(self._talk_ns // 4, "on the bus")
            into[place] = chip.read(out[0] + place - in_start)

    def readfrom_into(self, address: int, into: bytearray, **_: int) -> None:
        self._talk()
        self._chip(address)
        into[0] = 0

    def _talk(self) -> None:
        assert self.is_locked or not self._needs_lock
        self._time.pass_ns(self._talk_ns, "on the bus")

    def _chip(self, address: int) -> I2cChip:
        if address == IMU and self._imu is not None:
            return self._imu
        branch = self._branches.bit_length() - 1
        self._check(is_there=address == NAU and self.has_switch and 0 <= branch < len(self._naus))
        chip = self._naus[branch]
        self._check(is_there=chip.is_there)
        return chip

    @staticmethod
    def _check(*, is_there: bool) -> None:
        if not is_there:
            raise OSError(121, "Remote I/O error")


@contextmanager
def sleeping_in(time: VirtualTime) -> Iterator[None]:
    """Let the two chips' libraries sleep in virtual time."""

    def sleep(seconds: float) -> None:
        time.pass_ns(int(seconds * 1e9), "asleep")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BLINKA_OS_AGNOSTIC", "1")
        sleeper = type("Sleeper", (), {"sleep": staticmethod(sleep)})
        patch.setattr(load_driver("cedargrove_nau7802"), "time", sleeper)
        patch.setattr(load_driver("adafruit_lsm6ds"), "sleep", sleep)
        yield
