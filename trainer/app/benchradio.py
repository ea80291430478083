"""What decoding costs on the radio: ten times the node's rate, from notification to packet."""

import struct
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np

from trainer.app.figures import Figure
from trainer.app.stopwatch import best_s
from trainer.core.packets import CountsPacket, Status, Stream
from trainer.wire import footwire
from trainer.wire.dialect import Advert, Wish
from trainer.wire.footnode import FootSpeech
from trainer.wire.frames import encode_packet

TIMES: Final = 10
RATES_HZ: Final = {Stream.FORCE: (95.0, 4), Stream.IMU: (104.0, 6)}
"""Samples a second and channels of a full node."""
FRAME: Final = 5
DURATION_S: Final = 10.0
_UUIDS: Final = {Stream.FORCE: footwire.FORCE_UUID, Stream.IMU: footwire.IMU_UUID}

Notifications = Sequence[tuple[str, bytes]]


def measure_radio() -> Iterator[Figure]:
    """Measure a full node at ten times its rate, one frame in a notification."""
    notifications = _notifications()
    speech = FootSpeech(Advert("bench", "bench", 0.0), Wish())
    decode_s, floor_s = best_s(
        (partial(_decode, speech, notifications), partial(_read, notifications))
    )
    yield Figure(
        f"decoding of 4 cells at {95 * TIMES} Hz and motion at {104 * TIMES} Hz from the radio",
        100 * decode_s / DURATION_S,
        "% of one core",
        floor="checksum and header alone",
        floor_value=100 * floor_s / DURATION_S,
        limit="2 % at ten times the rate",
    )


def _decode(speech: FootSpeech, notifications: Notifications) -> None:
    for uuid, data in notifications:
        speech.hear(uuid, data, 0.0)


def _read(notifications: Notifications) -> None:
    for _, data in notifications:
        footwire.checksum(data)
        struct.unpack_from(footwire.HEADER, data)


def _notifications() -> Notifications:
    made: list[tuple[float, str, bytes]] = []
    for stream, (rate_hz, channels) in RATES_HZ.items():
        period_s = FRAME / (TIMES * rate_hz)
        counts = np.arange(FRAME * channels, dtype=np.int32).reshape(FRAME, channels)
        for number in range(round(DURATION_S / period_s)):
            at_s = number * period_s
            packet = CountsPacket(
                stream,
                number % 2**16,
                round(at_s * 1e6),
                round(16e6 * period_s / FRAME),
                0,
                Status.OK,
                counts,
                0.0,
            )
            made.append((at_s, _UUIDS[stream], encode_packet(packet)))
    return [(uuid, data) for _, uuid, data in sorted(made)]
