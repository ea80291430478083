"""The queue between those who deliver packets and the one who reads them."""

import asyncio
from collections.abc import Sequence

import pytest

from trainer.core.packets import ClockPacket, Packet, Stream
from trainer.sources.inbox import Inbox

PACKETS = tuple(ClockPacket(Stream.FORCE, 0.0, mark, 0, 0.0) for mark in range(3))


def _going_on() -> bool:
    return False


def test_all_that_waits_is_taken_at_once_and_in_order() -> None:
    async def scene() -> Sequence[Packet]:
        inbox = Inbox()
        inbox.put(PACKETS[:1])
        inbox.put(PACKETS[1:])
        return await inbox.take(_going_on)

    assert asyncio.run(scene()) == PACKETS


def test_a_wait_that_is_cancelled_loses_nothing() -> None:
    async def scene() -> Sequence[Packet]:
        inbox = Inbox()
        waiting = asyncio.create_task(inbox.take(_going_on))
        await asyncio.sleep(0)
        inbox.put(PACKETS)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return await inbox.take(_going_on)

    assert asyncio.run(scene()) == PACKETS


def test_what_came_before_an_error_is_taken_before_it_is_raised() -> None:
    def fail() -> bool:
        raise ValueError("lost")

    async def scene() -> None:
        inbox = Inbox()
        inbox.put(PACKETS)
        assert await inbox.take(fail) == PACKETS
        with pytest.raises(ValueError, match="lost"):
            await inbox.take(fail)

    asyncio.run(scene())


def test_a_sender_that_is_over_ends_the_wait() -> None:
    async def scene() -> Sequence[Packet]:
        inbox = Inbox()
        over: list[bool] = []
        waiting = asyncio.create_task(inbox.take(lambda: bool(over)))
        await asyncio.sleep(0)
        over.append(True)
        inbox.put()
        return await waiting

    assert asyncio.run(scene()) == ()


def test_once_closed_it_lets_the_reader_go_and_gives_no_more() -> None:
    async def scene() -> list[Sequence[Packet]]:
        inbox = Inbox()
        waiting = asyncio.create_task(inbox.take(_going_on))
        await asyncio.sleep(0)
        inbox.close()
        inbox.put(PACKETS)
        return [await waiting, await inbox.take(_going_on)]

    assert asyncio.run(scene()) == [(), ()]
