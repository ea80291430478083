"""How a packet or a note lies in a recording.

A recording is an MCAP file, so any MCAP tool lists its times and topics. Its rules:

1. Profile `footspring`. The header is a metadata record named `footspring.header`, key `json`: the
   first record, repeated when the file is closed, so that no single damaged place takes it away.
2. Six channels, always these numbers:

   number  topic          message
   ------  -------------  ---------------------------------------------------------------------
   1       force/frames   arrival, then the node's frame exactly as it came (wire/footwire.py)
   2       imu/frames     the same for the inertial sensor
   3       force/samples  arrival, samples n (u32), channels c (u32), n times, n rows of c values
   4       imu/samples    the same for the inertial sensor
   5       notes          JSON: at_s, kind, body
   6       clock/answers  arrival, when it was asked, u64 device us when the question was seen, u64
                          the same when the answer was sent, u8 the stream: 1 force, 2 inertial

3. `arrival` and the time of asking (host monotonic seconds), times (device seconds) and values are
   float64; everything is little endian. A message's log time is its arrival as nanoseconds since
   1970, UTC, for other tools to show; what is computed again uses `arrival`.
4. A file that was cut off and finished later also holds a metadata record `footspring.recovered`,
   key `json`: the list of what was left out.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np

from trainer.core.packets import ClockPacket, CountsPacket, Packet, Stream, UnitPacket
from trainer.recording.recording import Note
from trainer.wire.frames import decode_frames, encode_packet, split_frames

PROFILE: Final = "footspring"
HEADER_NAME: Final = "footspring.header"
RECOVERED_NAME: Final = "footspring.recovered"


class Topic(IntEnum):
    """The channels, by their number in the file."""

    FORCE_FRAMES = 1
    IMU_FRAMES = 2
    FORCE_SAMPLES = 3
    IMU_SAMPLES = 4
    NOTES = 5
    CLOCK = 6


TOPIC_NAMES: Final = {
    Topic.FORCE_FRAMES: "force/frames",
    Topic.IMU_FRAMES: "imu/frames",
    Topic.FORCE_SAMPLES: "force/samples",
    Topic.IMU_SAMPLES: "imu/samples",
    Topic.NOTES: "notes",
    Topic.CLOCK: "clock/answers",
}
ENCODINGS: Final = {
    Topic.FORCE_FRAMES: "footspring.frame",
    Topic.IMU_FRAMES: "footspring.frame",
    Topic.FORCE_SAMPLES: "footspring.samples",
    Topic.IMU_SAMPLES: "footspring.samples",
    Topic.NOTES: "json",
    Topic.CLOCK: "footspring.clock",
}

FRAMES: Final = frozenset({int(Topic.FORCE_FRAMES), int(Topic.IMU_FRAMES)})
"""The channels that hold frames as they came."""

_FRAMES: Final = {Stream.FORCE: Topic.FORCE_FRAMES, Stream.IMU: Topic.IMU_FRAMES}
_SAMPLES: Final = {Stream.FORCE: Topic.FORCE_SAMPLES, Stream.IMU: Topic.IMU_SAMPLES}
_STREAM_OF_SAMPLES: Final[dict[int, Stream]] = {
    Topic.FORCE_SAMPLES: Stream.FORCE,
    Topic.IMU_SAMPLES: Stream.IMU,
}
_STREAM_NUMBERS: Final = {Stream.FORCE: 1, Stream.IMU: 2}
_NUMBERED: Final = {number: stream for stream, number in _STREAM_NUMBERS.items()}
_ARRIVAL: Final = struct.Struct("<d")
_SHAPE: Final = struct.Struct("<dII")
_CLOCK: Final = struct.Struct("<ddQQB")


class RawMessage(NamedTuple):
    """A message as it lies in the file; a tuple, for a recording holds a hundred thousand."""

    topic: int
    sequence: int
    """Counts the messages of all topics from the start of the recording."""
    log_ns: int
    data: bytes


def pack_packet(packet: Packet) -> tuple[Topic, bytes]:
    """Return the topic and the message of a packet."""
    if isinstance(packet, CountsPacket):
        message = _ARRIVAL.pack(packet.arrival_s) + (packet.frame or encode_packet(packet))
        return _FRAMES[packet.stream], message
    if isinstance(packet, ClockPacket):
        return Topic.CLOCK, _CLOCK.pack(
            packet.arrival_s,
            packet.asked_s,
            packet.received_us,
            packet.sent_us,
            _STREAM_NUMBERS[packet.stream],
        )
    rows, channels = packet.values.shape
    message = (
        _SHAPE.pack(packet.arrival_s, rows, channels)
        + packet.time_s.astype("<f8", copy=False).tobytes()
        + packet.values.astype("<f8", copy=False).tobytes()
    )
    return _SAMPLES[packet.stream], message


def unpack_packets(messages: Sequence[RawMessage]) -> list[Packet | None]:
    """Return what `unpack_packet` returns of each message, in less time."""
    found: list[Packet | None] = [None] * len(messages)
    places: list[int] = []
    frames: list[bytes] = []
    arrivals: list[bytes] = []
    size = _ARRIVAL.size
    for place, (topic, _, _, data) in enumerate(messages):
        if topic not in FRAMES:
            found[place] = unpack_packet(topic, data)
        elif len(data) >= size:
            places.append(place)
            arrivals.append(data[:size])
            frames.append(data[size:])
    arrivals_s: list[float] = np.frombuffer(b"".join(arrivals), "<f8").tolist()
    for place, packet in zip(places, decode_frames(frames, arrivals_s), strict=True):
        found[place] = packet
    return found


def unpack_packet(topic: int, message: bytes) -> Packet | None:
    """Return the packet of a message, or None where the message holds none."""
    if topic in FRAMES:
        if len(message) < _ARRIVAL.size:
            return None
        (arrival_s,) = _ARRIVAL.unpack_from(message)
        packets = split_frames(message[_ARRIVAL.size :], arrival_s).packets
        return packets[0] if packets else None
    if topic == Topic.CLOCK:
        return _unpack_clock(message)
    stream = _STREAM_OF_SAMPLES.get(topic)
    if stream is None or len(message) < _SHAPE.size:
        return None
    arrival_s, rows, channels = _SHAPE.unpack_from(message)
    if len(message) != _SHAPE.size + 8 * rows * (1 + channels):
        return None
    numbers = np.frombuffer(message, "<f8", offset=_SHAPE.size)
    return UnitPacket(
        stream=stream,
        time_s=numbers[:rows],
        values=numbers[rows:].reshape(rows, channels),
        arrival_s=arrival_s,
    )


def _unpack_clock(message: bytes) -> ClockPacket | None:
    if len(message) != _CLOCK.size:
        return None
    arrival_s, asked_s, received_us, sent_us, number = _CLOCK.unpack(message)
    stream = _NUMBERED.get(number)
    if stream is None:
        return None
    return ClockPacket(stream, asked_s, received_us, sent_us, arrival_s)


def pack_note(at_s: float, kind: str, body: Mapping[str, object]) -> bytes:
    """Return the message of a note; `body` must be plain JSON values."""
    return json.dumps({"at_s": at_s, "kind": kind, "body": dict(body)}).encode()


def unpack_note(message: bytes) -> Note | None:
    """Return the note in a message, or None where it holds none."""
    try:
        table = json.loads(message)
        return Note(float(table["at_s"]), str(table["kind"]), dict(table["body"]))
    except (ValueError, KeyError, TypeError):
        return None
