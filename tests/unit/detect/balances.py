"""A foot on four cells, solved from its two balances: for the tests of compensation only."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.unit.detect.traces import make_hold
from trainer.core.arrays import FloatArray
from trainer.core.hold import Hold

CELLS = ("hallux", "toes", "ball", "heel")
X_M = np.array([0.185, 0.165, 0.120, -0.045])
REST_N = np.array([3.0, 2.0, 20.0, 60.0])


def changes_of(
    toe_n: float, ankle_nm: float, leg_n: float = 0.0, share: float = 0.55
) -> FloatArray:
    """Return (4,) newtons of toes, ankle moment and leg push: both balances solved at once."""
    toes = np.array([share * toe_n, (1 - share) * toe_n])
    balance = np.array([[1.0, 1.0], X_M[2:]])
    rest = np.linalg.solve(balance, [leg_n - toe_n, ankle_nm - float(toes @ X_M[:2])])
    return np.asarray(np.concatenate([toes, rest]), np.float64)


def toe_moment(toe_n: float, share: float = 0.55) -> float:
    """Return the moment of the toe forces about the ball in newton metres."""
    return toe_n * (share * 0.065 + (1 - share) * 0.045)


def hold_of(
    changes_n: FloatArray,
    cells: Sequence[str] = CELLS,
    rest_n: FloatArray = REST_N,
    *,
    number: int = 0,
) -> Hold:
    """Return a hold of 2 s with the changes of the cells that the pad has."""
    kept = [CELLS.index(cell) for cell in cells]
    plain = make_hold(float(changes_n[0] + changes_n[1]), 2.0, 4.0 * number)
    return replace(
        plain,
        cell_changes_n=tuple(changes_n[kept].tolist()),
        cell_rest_n=tuple(rest_n[kept].tolist()),
        heel_change_n=float(changes_n[3]) if "heel" in cells else None,
    )


def presses(
    count: int, helped_nm: dict[int, float] | None = None, *, ratio: float = 1.1, seed: int = 1
) -> list[FloatArray]:
    """Return the changes of presses of a ratio that scatters by a tenth, some of them helped."""
    rng = np.random.default_rng(seed)
    found: list[FloatArray] = []
    for number in range(count):
        toe_n = float(rng.uniform(25, 50))
        clean_nm = ratio * (1 + rng.normal(0, 0.1)) * toe_moment(toe_n) + rng.normal(0, 0.15)
        extra_nm = (helped_nm or {}).get(number, 0.0)
        found.append(changes_of(toe_n, clean_nm + extra_nm, float(rng.normal(0, 6))))
    return found


def holds_of(
    changes: Sequence[FloatArray], cells: Sequence[str] = CELLS, rest_n: FloatArray = REST_N
) -> list[Hold]:
    """Return the presses as holds, one every four seconds."""
    return [hold_of(one, cells, rest_n, number=number) for number, one in enumerate(changes)]
