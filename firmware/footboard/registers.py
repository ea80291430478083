"""The registers of a chip on an I2C bus."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import busio


class Registers:
    """One chip; OSError where it does not answer."""

    def __init__(self, bus: "busio.I2C", address: int) -> None:
        self._bus = bus
        self._address = address
        self._place = bytearray(1)
        self._pair = bytearray(2)

    def read(self, register: int, into: bytearray) -> None:
        """Read as many registers as the buffer holds, from that one on."""
        self._place[0] = register
        self._take()
        try:
            self._bus.writeto_then_readfrom(self._address, self._place, into)
        finally:
            self._bus.unlock()

    def write(self, register: int, value: int) -> None:
        """Write one register."""
        self._pair[0] = register
        self._pair[1] = value
        self._take()
        try:
            self._bus.writeto(self._address, self._pair)
        finally:
            self._bus.unlock()

    def _take(self) -> None:
        if not self._bus.try_lock():
            raise OSError("the I2C bus is taken")
