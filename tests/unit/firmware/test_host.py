"""The node's frames on the host's time line: what the node stamps, the host takes as it was."""

import random

import footwire
import pytest

from tests.unit.firmware.fakes import Chip, Rig
from trainer.timing.ticks import Place, TickTrack
from trainer.wire.frames import split_frames


def _live(rig: Rig, for_us: int, longest_stall_us: int) -> None:
    """Let the node run on a slow board whose loop stalls now and then."""
    chance = random.Random(rig.converter.period_us)  # noqa: S311 - no secret
    rig.radio.connect()
    rig.run(10_000)
    rig.tell(footwire.encode_start(3, footwire.FRESH))
    until_us = rig.clock.us + for_us
    while rig.clock.us < until_us:
        rig.clock.us += rig.node.step() + chance.randint(300, 1000)
        if chance.random() < 0.01:
            rig.clock.us += chance.randint(0, longest_stall_us)


def _places(rig: Rig, kind: int, chip: Chip) -> list[tuple[Place, float]]:
    """Return where the host puts each frame, and by how many microseconds that is late."""
    track = TickTrack(0.0)
    found = []
    for frame in rig.radio.sent:
        if frame[0] & 0xF != kind:
            continue
        (packet,) = split_frames(frame, 0.0).packets
        place = track.place(packet)
        assert place is not None
        assert track.origin_us is not None
        # The pretended count is the number of the conversion.
        ready_us = chip.woken_us + (3 + int(packet.counts[0, 0])) * chip.period_us
        found.append((place, place.first_s * 1e6 + track.origin_us - ready_us))
    return found


@pytest.mark.parametrize("period_us", [10_752, 12_500, 13_700])
def test_a_loop_that_stalls_for_less_than_a_period_loses_nothing(period_us: int) -> None:
    rig = Rig()
    rig.converter.period_us = period_us
    _live(rig, 10_000_000, 8000)
    places = _places(rig, footwire.FORCE, rig.converter)
    assert len(places) > 100
    assert {place.jump for place, _ in places[1:]} == {1}
    assert max(abs(late_us) for _, late_us in places[20:]) < 2500


def test_conversions_that_are_lost_are_lost_on_the_host_too() -> None:
    rig = Rig()
    _live(rig, 3_000_000, 0)
    rig.clock.us += 30_000
    rig.run(1_000_000)
    places = _places(rig, footwire.FORCE, rig.converter)
    assert max(place.jump for place, _ in places[1:]) == 3
    assert max(abs(late_us) for _, late_us in places[40:]) < 1000
