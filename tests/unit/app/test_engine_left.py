"""A session that is left before it began: the pad is let go, and a stop is still a stop."""

import asyncio
from collections.abc import Callable, Sequence

from tests.unit.app.standins import HungClose, Rig, Silent, frames
from trainer.core.commands import Next
from trainer.core.cues import StopReason
from trainer.core.packets import Packet
from trainer.core.snapshot import Phase


class Slow(Silent):
    """Takes long to let go, and says when it has begun to."""

    def __init__(self, packets: Sequence[Packet]) -> None:
        super().__init__(packets)
        self.on_close: Callable[[], None] = lambda: None

    async def close(self) -> None:
        """Call, then hang."""
        self.on_close()
        await asyncio.Event().wait()


def test_a_session_that_waits_to_begin_is_left_and_lets_its_pad_go() -> None:
    source = Silent(frames(5))
    rig = Rig(source)
    rig.engine.start()
    rig.engine.leave()
    session = rig.join()
    assert rig.engine.is_left
    assert source.is_closed
    assert session.snapshot.phase is Phase.DONE
    assert rig.engine.error is None
    assert not rig.engine.is_stop_asked


def test_one_that_has_begun_is_not_left() -> None:
    rig = Rig(Silent(frames(5)))
    rig.engine.send(Next())
    rig.engine.leave()
    rig.engine.start()
    rig.engine.end()
    session = rig.join()
    assert not rig.engine.is_left
    assert session.snapshot.phase is Phase.DONE


def test_a_pad_that_does_not_let_go_is_not_waited_for() -> None:
    rig = Rig(HungClose(frames(5) * 1000))
    rig.engine.start()
    rig.engine.leave()
    rig.join()
    assert rig.engine.is_left


def test_a_pain_stop_while_the_pad_is_let_go_is_a_stop_and_is_kept() -> None:
    source = Slow(frames(5))
    rig = Rig(source)
    source.on_close = rig.engine.pain_stop
    rig.engine.start()
    rig.engine.leave()
    session = rig.join()
    assert not rig.engine.is_left
    assert session.snapshot.phase is Phase.STOPPED
    assert session.snapshot.stop_reason == StopReason.PAIN


def test_a_session_that_was_never_left_says_so() -> None:
    rig = Rig(Silent(frames(5)))
    rig.engine.start()
    rig.engine.pain_stop()
    rig.join()
    assert not rig.engine.is_left
