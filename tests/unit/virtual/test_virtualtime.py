"""Virtual time: hours pass at once, in order, and what would hang says so."""

import asyncio
import itertools
import time

import pytest

from tests.virtual.virtualtime import (
    EPOCH,
    START_S,
    DeadLoopError,
    TimeUpError,
    VirtualClock,
    run_virtual,
)


def test_an_hour_passes_at_once() -> None:
    async def sleep() -> float:
        await asyncio.sleep(3000.0)
        return asyncio.get_running_loop().time()

    began_s = time.process_time()
    assert run_virtual(sleep()) == pytest.approx(START_S + 3000.0, abs=1e-6)
    assert time.process_time() - began_s < 1.0


def test_timers_fire_in_their_order_at_their_time() -> None:
    async def sleep_all() -> list[tuple[float, str]]:
        fired: list[tuple[float, str]] = []

        async def sleep(seconds: float, name: str) -> None:
            await asyncio.sleep(seconds)
            fired.append((asyncio.get_running_loop().time() - START_S, name))

        await asyncio.gather(sleep(3.0, "c"), sleep(1.0, "a"), sleep(2.0, "b"))
        return fired

    fired = run_virtual(sleep_all())
    assert [name for _, name in fired] == ["a", "b", "c"]
    assert [at_s for at_s, _ in fired] == pytest.approx([1.0, 2.0, 3.0])


def test_who_waits_for_what_never_comes_is_named() -> None:
    async def wait_for_nothing() -> None:
        await asyncio.Event().wait()

    with pytest.raises(DeadLoopError, match="wait_for_nothing"):
        run_virtual(wait_for_nothing())


def test_a_run_beyond_its_limit_ends_and_names_who_waits() -> None:
    async def tick_for_ever() -> None:
        for _ in itertools.count():
            await asyncio.sleep(0.5)

    with pytest.raises(TimeUpError, match=r"(?s)10\.0 s.*tick_for_ever"):
        run_virtual(tick_for_ever(), limit_s=10.0)


def test_a_wait_with_a_limit_ends_in_virtual_time() -> None:
    async def wait_a_minute() -> float:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 60.0)
        return asyncio.get_running_loop().time()

    assert run_virtual(wait_a_minute()) == pytest.approx(START_S + 60.0)


def test_what_would_run_in_a_thread_runs_at_once_and_its_error_arrives() -> None:
    async def call() -> tuple[int, float]:
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(lambda: 1 // 0)
        return await asyncio.to_thread(lambda: 42), asyncio.get_running_loop().time()

    found, at_s = run_virtual(call())
    assert found == 42
    assert at_s == pytest.approx(START_S)


def test_the_clock_shows_virtual_time() -> None:
    async def look() -> tuple[float, float]:
        clock = VirtualClock()
        await asyncio.sleep(90.0)
        return clock.monotonic_s(), (clock.now() - EPOCH).total_seconds()

    assert run_virtual(look()) == pytest.approx((START_S + 90.0, 90.0))


def test_no_timer_fires_before_its_time() -> None:
    async def sleep_often() -> list[float]:
        loop = asyncio.get_running_loop()
        early_s: list[float] = []
        until_s = loop.time()
        for _ in range(3000):
            until_s += 0.1 / 3
            await asyncio.sleep(until_s - loop.time())
            early_s.append(until_s - loop.time())
        return early_s

    assert max(run_virtual(sleep_often())) <= 0.0


def test_who_only_looks_at_the_clock_sees_it_go_on() -> None:
    async def look() -> int:
        loop = asyncio.get_running_loop()
        until_s = loop.time() + 1e-6
        looks = 0
        while loop.time() < until_s:
            looks += 1
            await asyncio.sleep(0)
        return looks

    assert run_virtual(look()) == pytest.approx(1000, abs=10)


def test_an_error_in_a_callback_ends_the_run() -> None:
    async def wait() -> None:
        asyncio.get_running_loop().call_later(1.0, lambda: 1 // 0)
        await asyncio.sleep(10.0)

    with pytest.raises(ZeroDivisionError):
        run_virtual(wait())
