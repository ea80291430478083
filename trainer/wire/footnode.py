"""Our own node's dialect: what it is, its clock, its streams; the bytes are those of footwire.py.

The conversation: read INFO, ask for the time, START, and ask for the time again and again: each
answer bounds the node's clock from both sides (timing/nodeclock.py) and brings the battery along.
"""

from collections.abc import Sequence
from typing import Final

from trainer.core.link import Health
from trainer.core.packets import (
    CELL_ROLES,
    IMU_AXES,
    ClockPacket,
    Status,
    Stream,
    StreamInfo,
)
from trainer.core.units import Unit
from trainer.wire import footwire
from trainer.wire.dialect import Advert, Dialect, Heard, Read, Request, Wish, Write
from trainer.wire.frames import split_frames

HX711_DELAY_PERIODS: Final = 2.0
"""Four conversions settle (data sheet: 50 ms at 80 samples a second), so the mean delay is two."""

PACKET_BYTES: Final = 16 + 5 * 4 * 3 + 2
"""A force frame of five samples of four cells; an inertial one of five samples is as long."""

_EAGER: Final = ((16, 0.1), (46, 2.0))
"""(pings, least seconds between them): at first at every look, as the clock is not known yet; then
for a minute every 2 s."""
_SETTLED_S: Final = 5.0
"""Seconds between pings later."""
_ANSWER_S: Final = 1.0
"""A ping that is not answered by then is asked again: 20 intervals of a slow link."""
_STREAM_BITS: Final = {Stream.FORCE: 1, Stream.IMU: 2}
_DATA: Final = {footwire.FORCE_UUID: Stream.FORCE, footwire.IMU_UUID: Stream.IMU}


class FootSpeech:
    """One conversation with a foot node."""

    def __init__(self, advert: Advert, wish: Wish) -> None:
        self._address = advert.address
        self._wish = wish
        self._streams: tuple[StreamInfo, ...] = ()
        self._asked_s: dict[int, float] = {}
        self._mark = 0
        self._last_ping_s: float | None = None
        self._is_started = False
        self._health = Health()

    @property
    def characteristics(self) -> tuple[str, ...]:
        """Return the streams that are wanted, then the clock."""
        data = [uuid for uuid, stream in _DATA.items() if stream in self._wish.streams]
        return (*data, footwire.CLOCK_UUID)

    @property
    def streams(self) -> tuple[StreamInfo, ...]:
        """Return what the node has of what is wanted; empty until INFO is read."""
        return self._streams

    def greet(self) -> Sequence[Request]:
        """Return the question what the node is."""
        return (Read(footwire.INFO_UUID),)

    def sending(self, request: Request, at_s: float) -> None:
        """Note when a ping goes out."""
        if isinstance(request, Write) and request.data[:1] == bytes([footwire.PING]):
            _, mark, _, _ = footwire.decode_command(request.data)
            self._last_ping_s = at_s
            self._asked_s = {mark: at_s}

    def hear(self, characteristic: str, data: bytes, at_s: float) -> Heard:
        """Return the frames in a notification, or what an answer led to."""
        if characteristic in _DATA:
            return self._hear_frames(data, at_s)
        if characteristic == footwire.CLOCK_UUID:
            return self._hear_report(data, at_s)
        if characteristic == footwire.INFO_UUID:
            return self._hear_info(data)
        return Heard(bad_bytes=len(data))

    def tick(self, at_s: float) -> Sequence[Request]:
        """Return a ping where one is due."""
        if not self._streams:
            return ()
        pause_s = self._pause_s() if self._is_started else _ANSWER_S
        if self._last_ping_s is not None and at_s - self._last_ping_s < pause_s:
            return ()
        return (self._ping(),)

    def part(self) -> Sequence[Request]:
        """Return the end of the streams."""
        return (Write(footwire.CONTROL_UUID, footwire.encode_stop()),)

    def _ping(self) -> Request:
        self._mark = (self._mark + 1) & 0xFFFF
        return Write(footwire.CONTROL_UUID, footwire.encode_ping(self._mark))

    def _pause_s(self) -> float:
        return next((pause_s for pings, pause_s in _EAGER if self._mark <= pings), _SETTLED_S)

    def _hear_frames(self, data: bytes, at_s: float) -> Heard:
        batch = split_frames(data, at_s)
        is_low = any(packet.status & Status.LOW_BATTERY for packet in batch.packets)
        health = None
        if batch.packets and is_low != self._health.is_battery_low:
            health = self._health = Health(self._health.battery_v, is_battery_low=is_low)
        return Heard(batch.packets, batch.bad_bytes, health=health)

    def _hear_report(self, data: bytes, at_s: float) -> Heard:
        try:
            status, mark, received_us, sent_us, battery_mv, _, _, _ = footwire.decode_report(data)
        except ValueError:
            return Heard(bad_bytes=len(data))
        battery_v = battery_mv / 1000 if battery_mv else None
        is_low = bool(status & footwire.LOW_BATTERY)
        self._health = Health(battery_v, is_battery_low=is_low)
        requests: tuple[Request, ...] = ()
        if self._streams and not self._is_started:
            self._is_started = True
            requests = (self._start(),)
        asked_s = self._asked_s.pop(mark, None)
        answers: tuple[ClockPacket, ...] = ()
        if asked_s is not None and self._streams and received_us <= sent_us:
            stream = self._streams[0].stream
            answers = (ClockPacket(stream, asked_s, received_us, sent_us, at_s),)
        return Heard(answers, requests=requests, health=self._health)

    def _start(self) -> Request:
        bits = sum(_STREAM_BITS[info.stream] for info in self._streams)
        mode = footwire.RESUME if self._wish.is_resumed else footwire.FRESH
        return Write(footwire.CONTROL_UUID, footwire.encode_start(bits, mode))

    def _hear_info(self, data: bytes) -> Heard:
        try:
            refusal = version_refusal(data, self._address)
            if refusal:
                return Heard(refusal=refusal)
            _, _, _, converter, _, force_rate, imu_rate, roles, _ = footwire.decode_info(data)
            streams = _streams(converter, force_rate, imu_rate, roles, self._wish)
        except (ValueError, IndexError):
            return Heard(
                bad_bytes=len(data),
                refusal=f"{self._address}: what the node says of itself is damaged. Switch it "
                "off and on; if that does not help, give it its firmware anew: footspring node "
                "install.",
            )
        if not streams:
            wanted = " and ".join(sorted(self._wish.streams))
            return Heard(
                refusal=f"{self._address}: this node has no {wanted} sensor. Choose another one: "
                "footspring scan lists what is near."
            )
        self._streams = streams
        return Heard(requests=(self._ping(),))


def version_refusal(data: bytes, who: str) -> str:
    """Return why the version that INFO tells does not fit, and what to do; empty where it does.

    Raises ValueError where the bytes tell none.
    """
    table, frame, firmware = footwire.info_versions(data)
    if (table, frame) == (footwire.TABLE_VERSION, footwire.VERSION):
        return ""
    is_newer = (table, frame) > (footwire.TABLE_VERSION, footwire.VERSION)
    step = (
        "Update footspring."
        if is_newer
        else "Connect the node by USB and give it this version's firmware: footspring node install."
    )
    return (
        f"{who}: the node's firmware {'.'.join(map(str, firmware))} speaks table {table} and frame "
        f"{frame}; this program speaks table {footwire.TABLE_VERSION} and frame "
        f"{footwire.VERSION}. {step}"
    )


def _streams(
    converter: int, force_rate: int, imu_rate: int, roles: Sequence[int], wish: Wish
) -> tuple[StreamInfo, ...]:
    """Return the node's streams that are wanted. Raises IndexError for an unknown role."""
    found: list[StreamInfo] = []
    cells = tuple(footwire.ROLES[role] for role in roles)
    if any(cell not in CELL_ROLES for cell in cells) or len(set(cells)) != len(cells):
        raise ValueError("cells of unknown or equal roles")
    if force_rate and cells and Stream.FORCE in wish.streams:
        delay = HX711_DELAY_PERIODS if converter == footwire.HX711 else 0.0
        found.append(
            StreamInfo(Stream.FORCE, cells, Unit.COUNTS, delay_periods=delay, clock=wish.clock)
        )
    if imu_rate and Stream.IMU in wish.streams:
        found.append(StreamInfo(Stream.IMU, IMU_AXES, Unit.COUNTS, clock=wish.clock))
    return tuple(found)


FOOT: Final = Dialect(
    "foot",
    "footspring node",
    matches=lambda advert: footwire.SERVICE_UUID in advert.services,
    speak=FootSpeech,
    packet_bytes=PACKET_BYTES,
)
