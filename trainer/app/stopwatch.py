"""Timing for the benchmarks: the best of interleaved rounds."""

import time
from collections.abc import Callable, Sequence
from typing import Final

ROUNDS: Final = 7


def best_s(tasks: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """Return the seconds that each task takes at best, in rounds of all of them.

    What else runs on the machine then falls upon all alike, and the best round on none.
    """
    best = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for index, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            best[index] = min(best[index], time.perf_counter() - start)
    return best
