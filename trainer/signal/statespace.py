"""Second-order sections as one state space, and as one matrix for a whole block of samples.

The states are those of scipy.signal.sosfilt (transposed direct form II), so that a block may be
filtered by either and the other continue: zi[k] = state[2k:2k+2].
"""

from dataclasses import dataclass

import numpy as np

from trainer.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class StateSpace:
    """s' = A s + B x, y = C s + D x for one input and one output."""

    a: FloatArray
    """(m, m)"""
    b: FloatArray
    """(m,)"""
    c: FloatArray
    """(m,)"""
    d: float


def from_sections(sections: FloatArray) -> StateSpace:
    """Return the state space of (k, 6) second-order sections; m = 2 k."""
    size = 2 * len(sections)
    a = np.zeros((size, size))
    b = np.zeros(size)
    c = np.zeros(size)
    d = 1.0
    for k, (b0, b1, b2, _, a1, a2) in enumerate(sections):
        first, second = 2 * k, 2 * k + 1
        out_c = b0 * c
        out_c[first] += 1.0
        out_d = b0 * d
        a[first] = b1 * c - a1 * out_c
        a[first, second] += 1.0
        b[first] = b1 * d - a1 * out_d
        a[second] = b2 * c - a2 * out_c
        b[second] = b2 * d - a2 * out_d
        c, d = out_c, out_d
    return StateSpace(a, b, c, float(d))


def steady_state(system: StateSpace) -> FloatArray:
    """Return the (m,) state that a constant input of 1 settles to."""
    return np.linalg.solve(np.eye(len(system.b)) - system.a, system.b).astype(np.float64)


def block_response(system: StateSpace, count: int) -> tuple[FloatArray, FloatArray]:
    """Return (count + m, count) for the outputs and (count + m, m) for the state after a block.

    [x | s] @ outputs gives the outputs of `count` samples x that start in state s.
    """
    size = len(system.b)
    powers = [np.eye(size)]
    for _ in range(count):
        powers.append(powers[-1] @ system.a)
    impulse = np.array([system.d, *(system.c @ powers[k] @ system.b for k in range(count - 1))])
    delay = np.arange(count) - np.arange(count)[:, None]
    outputs = np.empty((count + size, count))
    outputs[:count] = np.where(delay >= 0, impulse[delay], 0.0)
    outputs[count:] = np.transpose([system.c @ powers[k] for k in range(count)])
    final = np.empty((count + size, size))
    final[:count] = [powers[count - 1 - k] @ system.b for k in range(count)]
    final[count:] = powers[count].T
    return outputs, final
