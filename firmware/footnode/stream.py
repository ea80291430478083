"""One converter's way into its ring: settling, holes, status, frames.

Rules:
- The first four conversions after the converter woke, or after it lost power, are thrown away:
  an HX711 settles in four (data sheet: 50 ms at 80 samples/s).
- A frame holds conversions without a hole: one that is missed, or is no sample, ends it early.
- A converter that is silent for five periods is at fault; silent for a second it is woken anew.
"""

from footnode.pacer import Pacer
from footnode.ring import FrameRing
from footnode.status import POWER_DOWN, QUEUE_OVERFLOW, UNUSABLE
from footwire import FrameWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from footnode.ports import Chip

SETTLING = 4
SILENT_PERIODS = 5
REVIVAL_US = 1_000_000
WAKING_US = 200_000
"""Silence that is no fault after waking: 80 ms of the gyroscope, 50 ms of an HX711, and more."""


class Stream:
    """Samples of one converter, as frames."""

    def __init__(self, kind: int, chip: "Chip", channels: int, samples: int, slots: int) -> None:
        self.kind = kind
        self._chip = chip
        self._sample = [0] * channels
        self._pacer = Pacer(chip.rate_10s)
        self.writer = FrameWriter(kind, channels, samples)
        self.ring = FrameRing(slots, len(self.writer.buffer))
        self.is_awake = False
        self.status = 0
        """Bits that the next frame carries."""
        self.is_silent = False
        """Whether the converter is at fault."""
        self._settling = 0
        self._heard_us = 0
        self._revived_us = 0

    def wake(self, now_us: int) -> None:
        """Begin anew with an empty ring."""
        self.sleep()
        self.ring.clear()
        self._begin(now_us)
        self._heard_us = now_us + WAKING_US
        self.status = 0
        self.is_silent = False
        self.is_awake = True

    def sleep(self) -> None:
        """Stop the converter; what is gathered stays in the ring."""
        self._chip.sleep()
        if self.is_awake:
            self._close(0)
        self.is_awake = False
        self.is_silent = False

    def take(self, now_us: int, common: int) -> None:
        """Take what is ready now; `common` are bits that every frame carries."""
        if not self.is_awake:
            return
        if not self._chip.is_ready():
            self._wait(now_us, common)
            return
        bits = self._chip.read(self._sample)
        if bits & UNUSABLE:
            self._close(common)
            self.status |= bits
            if bits & POWER_DOWN:
                self._settling = SETTLING
            return
        self._heard_us = now_us
        self.is_silent = False
        missed = self._pacer.push(now_us)
        if missed:
            self._close(common)
        if self._settling:
            self._settling -= 1
            return
        self.status |= bits
        if self.writer.add(self._pacer.stamp_us, self._sample):
            self._close(common)

    def due_us(self) -> int:
        """Return when the next sample is expected, device clock."""
        return self._heard_us + self._pacer.period_us16 // 16

    def _begin(self, now_us: int) -> None:
        self._chip.wake()
        self._pacer.restart()
        self._settling = SETTLING
        self._revived_us = now_us

    def _wait(self, now_us: int, common: int) -> None:
        silent_us = now_us - self._heard_us
        if silent_us * 16 > SILENT_PERIODS * self._pacer.period_us16 and not self.is_silent:
            self.is_silent = True
            self._close(common)
        if silent_us > REVIVAL_US and now_us - self._revived_us > REVIVAL_US:
            self._chip.sleep()
            self._begin(now_us)

    def _close(self, common: int) -> None:
        length = self.writer.close(self.status | common, self._pacer.period_us16, self.ring.dropped)
        if not length:
            return
        dropped = self.ring.dropped
        self.ring.push(self.writer.buffer, length)
        self.status = QUEUE_OVERFLOW if self.ring.dropped != dropped else 0
