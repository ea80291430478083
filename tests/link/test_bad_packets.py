"""Damaged, doubled, mixed up and foreign notifications: counted, never fatal, never a sample."""

from collections import deque
from collections.abc import Callable, Iterable

import numpy as np
import pytest

from tests.link.judge import Verdict, judge
from tests.link.scene import Ear, play
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.core.events import FramesDropped
from trainer.wire import footwire

Disturb = Callable[[int, bytes], Iterable[bytes]]


def disturbed(disturb: Disturb, seconds: float = 20.0) -> tuple[Verdict, int, int]:
    """Return verdict on the force, bytes that meant nothing and links made, of a disturbed node."""

    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> tuple[Verdict, int, int]:
        await ear.open()
        await ear.for_s(seconds)
        verdict = judge(ear.packets, ear.source.streams[0], foot.converter)
        return verdict, ear.source.vitals.bad_bytes, rig.adapter.connections_made

    return play(scene, FootOptions(disturb=disturb))


def test_a_frame_that_is_cut_off_is_lost_alone() -> None:
    cut: list[bytes] = []

    def disturb(kind: int, frame: bytes) -> list[bytes]:
        if kind == footwire.FORCE and frame[2] % 16 == 0:
            cut.append(frame[:40])
            return cut[-1:]
        return [frame]

    verdict, bad_bytes, links = disturbed(disturb)
    assert links == 1
    assert len(cut) > 15
    assert bad_bytes == pytest.approx(40 * len(cut), abs=40)
    dropped = [event for event in verdict.events if isinstance(event, FramesDropped)]
    assert len(dropped) == pytest.approx(len(cut), abs=1)
    assert all(event.count == 1 for event in dropped)
    assert verdict.numbers == sorted(set(verdict.numbers))
    assert verdict.p99_s() < 0.01


def test_a_frame_with_a_flipped_bit_is_lost_alone() -> None:
    draw = np.random.default_rng(1)

    def disturb(kind: int, frame: bytes) -> list[bytes]:
        if kind == footwire.FORCE and frame[2] % 16 == 0:
            damaged = bytearray(frame)
            damaged[draw.integers(len(frame))] ^= 1 << int(draw.integers(8))
            return [bytes(damaged)]
        return [frame]

    verdict, bad_bytes, links = disturbed(disturb)
    assert links == 1
    assert bad_bytes > 15 * 78
    assert verdict.numbers == sorted(set(verdict.numbers))
    # Every number that came is one that was taken, at its own time.
    assert verdict.p99_s(1.0) < 0.02


def test_frames_that_come_twice_count_once() -> None:
    verdict, bad_bytes, links = disturbed(lambda _kind, frame: [frame, frame])
    assert (bad_bytes, links) == (0, 1)
    assert verdict.is_complete
    assert (verdict.lost_samples, verdict.gaps) == (0, 0)


def test_frames_of_seconds_ago_change_nothing() -> None:
    sent: deque[bytes] = deque(maxlen=60)

    def disturb(_kind: int, frame: bytes) -> list[bytes]:
        sent.append(frame)
        return [frame, sent[0]]

    verdict, bad_bytes, links = disturbed(disturb)
    assert (bad_bytes, links) == (0, 1)
    assert verdict.is_complete
    assert (verdict.lost_samples, verdict.gaps) == (0, 0)


def test_a_frame_that_was_overtaken_is_lost_and_never_put_in_the_wrong_place() -> None:
    waiting: list[bytes] = []

    def disturb(kind: int, frame: bytes) -> list[bytes]:
        if kind != footwire.FORCE:
            return [frame]
        if waiting:
            return [frame, waiting.pop()]
        if frame[2] % 16 == 0:
            waiting.append(frame)
            return []
        return [frame]

    verdict, bad_bytes, links = disturbed(disturb)
    assert (bad_bytes, links) == (0, 1)
    assert verdict.numbers == sorted(set(verdict.numbers))
    assert verdict.p99_s(1.0) < 0.02


def test_two_frames_in_one_notification_are_two_frames() -> None:
    waiting: dict[int, bytes] = {}

    def disturb(kind: int, frame: bytes) -> list[bytes]:
        if kind in waiting:
            return [waiting.pop(kind) + frame]
        waiting[kind] = frame
        return []

    verdict, bad_bytes, links = disturbed(disturb)
    assert (bad_bytes, links) == (0, 1)
    assert verdict.is_complete
    assert (verdict.lost_samples, verdict.gaps) == (0, 0)


def test_more_frames_than_a_notification_holds_leave_those_that_fit() -> None:
    waiting: list[bytes] = []

    def disturb(kind: int, frame: bytes) -> list[bytes]:
        if kind != footwire.FORCE:
            return [frame]
        waiting.append(frame)
        if len(waiting) < 4:
            return []
        together = b"".join(waiting)
        waiting.clear()
        return [together]

    verdict, bad_bytes, links = disturbed(disturb)
    assert links == 1
    # Three frames of 78 bytes and ten bytes of the fourth fit in 244.
    assert bad_bytes > 0
    assert bad_bytes % 10 == 0
    assert verdict.numbers == sorted(set(verdict.numbers))
    assert len(verdict.numbers) == pytest.approx(0.75 * 20 * 95, rel=0.05)


def test_foreign_bytes_between_the_frames_are_counted_and_nothing_else() -> None:
    draw = np.random.default_rng(2)
    foreign: list[bytes] = []

    def disturb(_kind: int, frame: bytes) -> list[bytes]:
        # Never the first byte of a frame, so that all of it is known to be foreign.
        foreign.append(draw.integers(0x30, 0x100, draw.integers(1, 60), np.uint8).tobytes())
        return [frame, foreign[-1]]

    verdict, bad_bytes, links = disturbed(disturb)
    assert links == 1
    assert bad_bytes == pytest.approx(sum(map(len, foreign)), abs=200)
    assert verdict.is_complete
    assert (verdict.lost_samples, verdict.gaps) == (0, 0)


def test_nothing_but_foreign_bytes_is_silence() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, ear: Ear) -> None:
        await ear.open()
        await ear.for_s(3.0)
        foot.options.disturb = lambda _kind, frame: [bytes(len(frame))]
        await ear.for_s(2.0)
        assert "silent" in ear.source.vitals.news
        assert ear.source.vitals.bad_bytes > 1000
        await ear.for_s(4.0)
        assert rig.adapter.connections_made == 2

    play(scene)
