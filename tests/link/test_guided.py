"""A guided set over the radio: what a lost link takes away is marked, and never a rep."""

import asyncio
from collections.abc import Sequence

from calibration import Calibration
from tests.link.scene import play
from tests.unit.app.standins import ListeningCoach
from tests.virtual.footperipheral import FootOptions, FootPeripheral
from tests.virtual.rig import Rig
from trainer.app.pipeline import Pipeline
from trainer.app.session import Parts, Session
from trainer.core.commands import Next, SkipMvc
from trainer.core.cues import Cue, RejectReason, RepCounted, RepRejected
from trainer.core.events import GapFound
from trainer.core.packets import Packet, Stream
from trainer.core.ring import Ring
from trainer.core.settings import DetectionSettings
from trainer.core.snapshot import Phase
from trainer.sources.ble.finder import Target
from trainer.sources.ble.source import BleSource, Sensors
from trainer.wire.dialects import DIALECTS

RATE_HZ = 95.0
CELLS = ("toes", "heel")
N_PER_COUNT = 1e-3
EVERY_S, FROM_S = 3.0, 1.5
"""A press of 1.5 s, at the end of every three."""
SET_S = 6.0
"""By then zeroing and countdown are over."""
OPTIONS = FootOptions(cells=(2, 4), force_hz=RATE_HZ)


def felt(number: int) -> list[int]:
    """Return counts of a foot that presses 40 N with the toes, again and again."""
    is_pressed = (number / RATE_HZ) % EVERY_S > FROM_S
    shake = number % 7 - 3
    return [(40_000 if is_pressed else 2_000) + shake, 100_000 - shake]


class Listening(BleSource):
    """The product's source, which remembers the cues that it hears."""

    def __init__(self, rig: Rig) -> None:
        super().__init__(Sensors(Target()), rig.transport, rig.clock, DIALECTS)
        self.heard: list[Cue] = []

    def hear(self, cue: Cue) -> None:
        """Remember the cue."""
        self.heard.append(cue)


class Guided:
    """A session in its first set, on a source on the radio."""

    def __init__(self, source: Listening) -> None:
        info = next(info for info in source.streams if info.stream is Stream.FORCE)
        rows = ((N_PER_COUNT, 0.0), (0.0, N_PER_COUNT))
        pipeline = Pipeline(info, Calibration(CELLS, (0.0, 0.0), rows), DetectionSettings())
        self.coach = ListeningCoach(reps=50)
        parts = Parts(source, None, pipeline, self.coach, lambda _mvc, _athlete: None)
        self.session = Session(parts, Ring((*CELLS, "total"), 500))
        for command in (SkipMvc(), Next()):
            self.session.obey(command)
        self._source = source

    async def follow(self, for_s: float) -> None:
        """Take what comes for a while."""
        loop = asyncio.get_running_loop()
        until_s = loop.time() + for_s
        while (left_s := until_s - loop.time()) > 0.0:
            try:
                packets: Sequence[Packet] = await asyncio.wait_for(self._source.read(), left_s)
            except TimeoutError:
                return
            self.session.take(packets)
            if self.session.snapshot.phase is not Phase.WORK and self.session.at_s > 2.5:
                self.session.obey(Next())


def test_a_press_that_a_lost_link_cuts_off_is_no_rep_and_the_gap_is_marked() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, _ear: object) -> None:
        foot.converter.felt = felt
        source = Listening(rig)
        try:
            await source.open()
            guided = Guided(source)
            # The link dies in the midst of a press, for longer than the node's ring holds.
            await guided.follow(20.2)
            rig.link.silence()
            await guided.follow(9.0)
            rig.link.clear()
            await guided.follow(20.0)
        finally:
            await source.close()
        [gap] = [event for event in guided.coach.events if isinstance(event, GapFound)]
        assert gap.end_s - gap.start_s > 5.0
        reps = [cue for cue in source.heard if isinstance(cue, RepCounted)]
        cut = [cue for cue in source.heard if isinstance(cue, RepRejected)]
        # One press was on when the link died, and another when it came back.
        assert [cue.reason for cue in cut] == [RejectReason.CUT_OFF] * 2
        # Each press that was whole, before and after, and none else: nothing crosses the gap.
        assert len(reps) >= 8
        assert all(not gap.start_s < cue.at_s <= gap.end_s for cue in reps)
        before = [cue for cue in reps if cue.at_s <= gap.start_s]
        assert len(before) == whole_presses(SET_S, gap.start_s)

    play(scene, OPTIONS)


def test_a_short_silence_that_the_nodes_ring_bridges_costs_no_rep() -> None:
    async def scene(rig: Rig, foot: FootPeripheral, _ear: object) -> None:
        foot.converter.felt = felt
        source = Listening(rig)
        try:
            await source.open()
            guided = Guided(source)
            await guided.follow(20.2)
            rig.link.silence()
            await guided.follow(2.0)
            rig.link.clear()
            await guided.follow(20.0)
        finally:
            await source.close()
        assert not [event for event in guided.coach.events if isinstance(event, GapFound)]
        assert not [cue for cue in source.heard if isinstance(cue, RepRejected)]
        reps = [cue for cue in source.heard if isinstance(cue, RepCounted)]
        assert len(reps) == whole_presses(SET_S, guided.session.at_s)
        assert source.vitals.reconnects == 1

    play(scene, OPTIONS)


def whole_presses(from_s: float, to_s: float) -> int:
    """Return the presses that begin and end, and are settled half a second later, in that time."""
    starts_s = [EVERY_S * number + FROM_S for number in range(int(to_s / EVERY_S) + 1)]
    return sum(from_s <= at_s and at_s + FROM_S + 0.5 <= to_s for at_s in starts_s)
