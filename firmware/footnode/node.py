"""The node's main loop: samples to frames to the radio, and the host's commands obeyed.

Rules:
- Nothing is sent before START, and a new link needs a new START.
- After a lost link the converters go on for as long as the rings hold; then they sleep, and a
  START that would resume begins anew. Otherwise it sends the last 16 frames of each stream once
  more, for they may have died in the radio's queue (the host drops what it has), and then
  everything gathered meanwhile.
- Frame numbers begin at random at each boot, so that a reboot cannot look like old frames.
"""

import footwire
from footnode import lamp
from footnode.beacon import Beacon
from footnode.status import IMU_FAULT, LOW_BATTERY, NOT_READY
from footnode.stream import Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from footnode.ports import Battery, Chip, Converter, Light, Memory, Radio
    from footnode.settings import Settings

REWIND_FRAMES = 16
INTERVAL_MS = 15
"""What CircuitPython's stack prefers; 20 frames/s per stream pass at far slower ones too."""
LOW_MV = 3500
"""A lithium polymer cell stays near 3.7 V for most of its charge and sinks to 3.2 V before its
protection cuts it off (Adafruit, Feather guides): below 3.5 V it is time to charge."""
BLINK_US = 5_000_000
BATTERY_US = 10_000_000
BURST = 4
"""Frames handed to the radio in one turn, per stream: more would make the next sample wait."""
LINKED_REST_US = 2000
FAST_REST_US = 20_000
SLOW_REST_US = 250_000
POLL_US = 500
"""Time between looks when a sample is expected, and how long before that they begin."""


class Node:
    """A foot node, made of its parts (ports.py says what each must do)."""

    def __init__(  # noqa: PLR0913, PLR0917 - one part each
        self,
        settings: "Settings",
        converter: "Converter | None",
        imu: "Chip | None",
        radio: "Radio",
        battery: "Battery",
        light: "Light",
        memory: "Memory",
        now_us: "Callable[[], int]",
        random_u16: "Callable[[], int]",
    ) -> None:
        self._settings = settings
        self._converter = converter
        self._imu = imu
        self._radio = radio
        self._battery = battery
        self._light = light
        self._memory = memory
        self._now_us = now_us
        self._streams = self._make_streams(random_u16)
        self._wanted = 0
        """Streams that are sent, as START names them."""
        self._links = radio.connections
        self._is_linked = False
        self._battery_mv = battery.millivolts()
        now = now_us()
        self._looked_us = now
        self._blink_until_us = now
        self._beacon = Beacon(radio, memory.load() or settings.name, now)
        self._sleep()
        self._tell_info()

    @property
    def status(self) -> int:
        """Return the bits that hold for the whole node."""
        bits = LOW_BATTERY if 0 < self._battery_mv < LOW_MV else 0
        for stream in self._streams:
            if stream.is_silent:
                bits |= NOT_READY if stream.kind == footwire.FORCE else IMU_FAULT
        return bits

    def step(self) -> int:
        """Do one turn; return microseconds until the next is worth it."""
        now_us = self._now_us()
        self._follow_link(now_us)
        status = self.status
        for stream in self._streams:
            stream.take(self._now_us(), status)
        if self._wanted:
            self._send()
        self._obey()
        self._plan(now_us)
        self._light.show(self._mood(now_us))
        return self._rest_us()

    def _make_streams(self, random_u16: "Callable[[], int]") -> "list[Stream]":
        settings = self._settings
        samples = settings.frame_samples
        streams = []
        if self._converter is not None:
            cells = len(self._converter.cells)
            streams.append(
                Stream(footwire.FORCE, self._converter, cells, samples, settings.force_slots)
            )
        if self._imu is not None:
            streams.append(Stream(footwire.IMU, self._imu, 6, samples, settings.imu_slots))
        for stream in streams:
            stream.writer.seq = random_u16() & 0xFFFF
        return streams

    def _follow_link(self, now_us: int) -> None:
        radio = self._radio
        is_new = radio.connections != self._links
        if self._is_linked and (is_new or not radio.is_connected):
            self._wanted = 0
            self._is_linked = False
            self._beacon.hurry(now_us)
        self._links = radio.connections
        if radio.is_connected and not self._is_linked:
            self._is_linked = True
            self._beacon.hush()

    def _send(self) -> None:
        for stream in self._streams:
            if not self._wanted & stream.kind:
                continue
            ring = stream.ring
            for _ in range(min(BURST, ring.waiting)):
                if not self._radio.send(stream.kind, ring.peek()):
                    break
                ring.advance()

    def _obey(self) -> None:
        data = self._radio.receive()
        while data is not None:
            seen_us = self._now_us()
            try:
                what, number, mode, name = footwire.decode_command(data)
            except ValueError:
                # Foreign bytes; a host that knows this node never sends them.
                what = number = mode = 0
                name = ""
            if what == footwire.PING:
                self._answer(number, seen_us)
            elif what == footwire.START:
                self._start(number, mode == footwire.RESUME, seen_us)
            elif what == footwire.STOP:
                self._wanted = 0
                self._sleep()
            elif what == footwire.RENAME:
                self._rename(name)
            elif what == footwire.BLINK:
                self._blink_until_us = seen_us + BLINK_US
            data = self._radio.receive()

    def _answer(self, mark: int, seen_us: int) -> None:
        dropped = [0, 0, 0]
        waiting = 0
        for stream in self._streams:
            dropped[stream.kind] = stream.ring.dropped
            waiting += stream.ring.waiting
        status = self.status
        for stream in self._streams:
            status |= stream.status
        self._radio.report(
            footwire.encode_report(
                (
                    status,
                    mark,
                    seen_us,
                    self._now_us(),
                    self._battery_mv,
                    dropped[footwire.FORCE],
                    dropped[footwire.IMU],
                    waiting,
                )
            )
        )

    def _start(self, streams: int, is_resumed: bool, now_us: int) -> None:  # noqa: FBT001 - CircuitPython's way is by place
        for stream in self._streams:
            if not streams & stream.kind:
                stream.sleep()
            elif is_resumed and stream.is_awake:
                stream.ring.rewind(REWIND_FRAMES)
            else:
                stream.wake(now_us)
        self._wanted = streams
        self._radio.ask_interval(INTERVAL_MS)

    def _rename(self, name: str) -> None:
        self._memory.save(name)
        self._beacon.name = name
        self._tell_info()

    def _plan(self, now_us: int) -> None:
        if not self._is_linked:
            self._beacon.plan(now_us)
        if not self._wanted and any(
            stream.is_awake and stream.ring.is_full for stream in self._streams
        ):
            self._sleep()
        if now_us - self._looked_us >= BATTERY_US:
            self._looked_us = now_us
            self._battery_mv = self._battery.millivolts()

    def _sleep(self) -> None:
        for stream in self._streams:
            stream.sleep()

    def _mood(self, now_us: int) -> int:
        if now_us < self._blink_until_us:
            return lamp.BLINKING
        if not self._is_linked and self._beacon.is_slow:
            return lamp.OFF
        if self.status & (NOT_READY | IMU_FAULT):
            return lamp.FAULT
        if self.status & LOW_BATTERY:
            return lamp.LOW
        if self._wanted:
            return lamp.STREAMING
        return lamp.LINKED if self._is_linked else lamp.WAITING

    def _rest_us(self) -> int:
        rest_us = LINKED_REST_US
        if not self._is_linked:
            rest_us = SLOW_REST_US if self._beacon.is_slow else FAST_REST_US
        now_us = self._now_us()
        for stream in self._streams:
            if stream.is_awake:
                rest_us = min(rest_us, stream.due_us() - POLL_US - now_us)
        return max(POLL_US, rest_us)

    def _tell_info(self) -> None:
        settings = self._settings
        converter = self._converter
        self._radio.set_info(
            footwire.encode_info(
                (
                    settings.firmware,
                    settings.kind,
                    settings.board,
                    settings.converter if converter is not None else 0,
                    settings.chip,
                    converter.rate_10s if converter is not None else 0,
                    self._imu.rate_10s if self._imu is not None else 0,
                    converter.cells if converter is not None else [],
                    self._beacon.name,
                )
            )
        )
