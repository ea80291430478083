"""Any bytes at all, through every dialect: nothing raises, every byte has a meaning or is counted.

Half of what is sent is a valid message, so that conversations get somewhere; the rest is one that
was cut, lengthened, bent, spliced or made up. Messages come in any order, and again and again.
"""

import gc
import math
import random
import types
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from tests.unit.wire.messages import MESSAGES, Message
from trainer.core.packets import ClockPacket, CountsPacket, Packet, UnitPacket
from trainer.wire.dialect import Advert, Broadcast, Dialect, Heard, Request, Speech, Wish
from trainer.wire.dialects import DIALECTS
from trainer.wire.frames import split_frames

NOTIFICATIONS = 50_000
SOAK_NOTIFICATIONS = 1_000_000
TALK = 400
"""Notifications of one conversation."""
LONGEST = 250

ADVERT = Advert("AA:BB:CC:DD:EE:FF", "", 7.0)


def _cut(draw: random.Random, data: bytes, _other: bytes) -> bytes:
    return data[: int(draw.random() * len(data))]


def _lengthen(draw: random.Random, data: bytes, _other: bytes) -> bytes:
    return data + draw.randbytes(1 + int(draw.random() * 12))


def _bend(draw: random.Random, data: bytes, _other: bytes) -> bytes:
    bent = bytearray(data)
    for _ in range(1 + int(draw.random() * 3)):
        bent[int(draw.random() * len(bent))] ^= 1 << int(draw.random() * 8)
    return bytes(bent)


def _splice(draw: random.Random, data: bytes, other: bytes) -> bytes:
    start = int(draw.random() * (len(other) + 1))
    return data[: 1 + int(draw.random() * len(data))] + other[start:]


def _repeat(draw: random.Random, data: bytes, _other: bytes) -> bytes:
    return (data * (2 + int(draw.random() * 3)))[:LONGEST]


def _make_up(draw: random.Random, _data: bytes, _other: bytes) -> bytes:
    return draw.randbytes(int(draw.random() * 40))


DAMAGES: Sequence[Callable[[random.Random, bytes, bytes], bytes]] = (
    _cut,
    _lengthen,
    _bend,
    _splice,
    _repeat,
    _make_up,
)


def notifications(draw: random.Random, valid: Sequence[Message], count: int) -> Iterator[Message]:
    """Yield valid and damaged messages, half and half, in any order."""
    for _ in range(count):
        message = draw.choice(valid)
        if draw.random() < 0.5:
            damage = draw.choice(DAMAGES)
            other = draw.choice(valid)
            place = other.place if draw.random() < 0.1 else message.place
            message = Message(place, damage(draw, message.data, other.data))
        yield message


def judge(heard: Heard, data: bytes, has_learnt: bool) -> None:
    """Assert the law: what was heard means something, or all its bytes are counted."""
    assert 0 <= heard.bad_bytes <= len(data)
    if not (heard.packets or heard.health or heard.requests or heard.refusal or has_learnt):
        assert heard.bad_bytes == len(data)
    for packet in heard.packets:
        judge_packet(packet)


def judge_packet(packet: Packet) -> None:
    """Assert that a packet can be counted upon by what comes after."""
    match packet:
        case UnitPacket():
            assert packet.values.shape == (len(packet.time_s), 1)
            assert len(packet.time_s) > 0
            assert np.isfinite(packet.values).all()
            assert np.isfinite(packet.time_s).all()
        case CountsPacket():
            assert packet.counts.size > 0
        case ClockPacket():
            assert packet.received_us <= packet.sent_us
    assert math.isfinite(packet.arrival_s)


def weight(thing: object) -> int:
    """Return how many objects a conversation keeps, code and classes aside."""
    seen: dict[int, object] = {}
    waiting = [thing]
    while waiting:
        found = waiting.pop()
        is_code = isinstance(found, type | types.FunctionType | types.ModuleType)
        if id(found) not in seen and not is_code:
            seen[id(found)] = found
            waiting += gc.get_referents(found)
    return len(seen)


class Talk:
    """Many conversations with one kind of sensor, one after the other."""

    def __init__(self, dialect: Dialect, draw: random.Random) -> None:
        assert dialect.speak is not None
        self._speak = dialect.speak
        self._draw = draw
        self._at_s = 7.0
        self._heard = 0
        self.speech: Speech = self._begin()

    def _begin(self) -> Speech:
        speech = self._speak(ADVERT, Wish(is_resumed=self._draw.random() < 0.5))
        self._send(speech, speech.greet())
        return speech

    def _send(self, speech: Speech, requests: Sequence[Request]) -> None:
        for request in requests:
            speech.sending(request, self._at_s)

    def take(self, message: Message) -> None:
        """Hand over a notification and judge what it led to; now and then begin anew."""
        self._heard += 1
        if self._heard % TALK == 0:
            self._send(self.speech, self.speech.part())
            self.speech = self._begin()
        self._at_s += 0.02
        streams = self.speech.streams
        heard = self.speech.hear(str(message.place), message.data, self._at_s)
        judge(heard, message.data, self.speech.streams != streams)
        self._send(self.speech, heard.requests)
        if self._heard % 10 == 0:
            self._send(self.speech, self.speech.tick(self._at_s))


class Eavesdropping:
    """Listening to one kind of sensor."""

    def __init__(self, dialect: Dialect) -> None:
        assert dialect.listen is not None
        self._listen = dialect.listen
        self._at_s = 7.0
        self._heard = 0
        self.speech: Broadcast = self._listen(ADVERT)

    def take(self, message: Message) -> None:
        """Hand over an advertisement and judge what it led to; now and then begin anew."""
        self._heard += 1
        if self._heard % TALK == 0:
            self.speech = self._listen(ADVERT)
        # Later than one advertisement that is reported twice.
        self._at_s += 0.03
        makers = {int(message.place): message.data}
        advert = Advert(ADVERT.address, "", self._at_s, makers=makers)
        judge(self.speech.overhear(advert), message.data, has_learnt=False)


def fuzz(dialect: Dialect, seed: int, count: int) -> None:
    """Send `count` notifications through a dialect."""
    draw = random.Random(f"{dialect.id} {seed}")  # noqa: S311 - damage, no secret
    talk = Talk(dialect, draw) if dialect.speak else Eavesdropping(dialect)
    heaviest = 0
    for number, message in enumerate(notifications(draw, MESSAGES[dialect.id], count)):
        talk.take(message)
        if number % 997 == 0:
            heaviest = max(heaviest, weight(talk.speech))
    assert 0 < heaviest < 1_000


def fuzz_frames(seed: int, count: int) -> None:
    """Send `count` notifications through the reader of frames."""
    draw = random.Random(seed)  # noqa: S311 - damage, no secret
    for message in notifications(draw, MESSAGES["foot"], count):
        batch = split_frames(message.data, 7.0)
        judge(Heard(batch.packets, batch.bad_bytes), message.data, has_learnt=False)
        frames = sum(len(packet.frame) for packet in batch.packets)
        assert frames + batch.bad_bytes == len(message.data)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.id)
def test_any_bytes_mean_something_or_are_counted(dialect: Dialect) -> None:
    fuzz(dialect, seed=1, count=NOTIFICATIONS)


def test_any_bytes_are_frames_or_counted() -> None:
    fuzz_frames(seed=1, count=NOTIFICATIONS)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.id)
def test_a_long_conversation_is_remembered_in_bounded_memory(dialect: Dialect) -> None:
    draw = random.Random(2)  # noqa: S311 - damage, no secret
    talk = Talk(dialect, draw) if dialect.speak else Eavesdropping(dialect)
    weights: list[int] = []
    for message in notifications(draw, MESSAGES[dialect.id], TALK - 1):
        talk.take(message)
        weights.append(weight(talk.speech))
    assert max(weights[TALK // 2 :]) <= max(weights[: TALK // 2]) + 20


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.id)
def test_a_million_notifications(dialect: Dialect, seed: int) -> None:
    fuzz(dialect, seed, SOAK_NOTIFICATIONS)
    if dialect.id == "foot":
        fuzz_frames(seed, SOAK_NOTIFICATIONS)
