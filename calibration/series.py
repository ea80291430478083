"""Readings of one loaded cell, sorted: force by weight, counts above the zero of their cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.budget import FloatArray
from calibration.readings import Phase, Reading, Setup


@dataclass(frozen=True, slots=True)
class Series:
    """All loads up and down of one cell."""

    cell: int
    indices: tuple[int, ...]
    """Of the readings."""
    force_n: FloatArray
    """(n,) by nominal masses."""
    tared: FloatArray
    """(n, channel) counts above the unloaded cell."""
    incidence: FloatArray
    """(n, weight) which weights stand on it."""
    level_mean: FloatArray
    """(level, n) takes the mean of each load, least first."""
    group_mean: FloatArray
    """(group, n) takes the mean of each load and direction: what repeats from cycle to cycle."""
    loop_half: FloatArray
    """(loop, n) takes half of down less up of each load that has both."""
    creep: FloatArray
    """(m, channel) counts that a load gained while it stayed; empty where nothing was held."""
    creep_force_n: FloatArray
    """(m,) its force."""
    moved: FloatArray
    """(cycle, channel) counts that the zero moved from before to after."""


def sort_readings(setup: Setup, readings: Sequence[Reading], cell: int) -> Series:
    """Return the readings of one loaded cell."""
    name = setup.cells[cell]
    mine = [(index, reading) for index, reading in enumerate(readings) if reading.place == name]
    loaded = [(index, r) for index, r in mine if r.phase in (Phase.UP, Phase.DOWN)]
    rows = [reading for _, reading in loaded]
    incidence = np.array([_incidence(setup, reading) for reading in rows])
    masses = np.array([weight.mass_kg for weight in setup.weights])
    force_n = setup.gravity.value_ms2 * incidence @ masses
    zeros = {r.cycle: unloaded(readings, name, r.cycle) for r in rows}
    # Sums of the same weights may differ in their last digit.
    loads = [round(float(force), 9) for force in force_n]
    groups = [(load, r.phase.value) for load, r in zip(loads, rows, strict=True)]
    creep, creep_force_n = _creep(setup, [reading for _, reading in mine], zeros)
    return Series(
        cell=cell,
        indices=tuple(index for index, _ in loaded),
        force_n=force_n,
        tared=np.array([_tared(zeros[reading.cycle], reading) for reading in rows]),
        incidence=incidence,
        level_mean=_means([(load, "") for load in loads]),
        group_mean=_means(groups),
        loop_half=_halves(groups),
        creep=creep,
        creep_force_n=creep_force_n,
        moved=_moved(zeros, len(setup.cells)),
    )


def unloaded(readings: Sequence[Reading], place: str, cycle: int) -> list[Reading]:
    """Return the unloaded readings of one cycle, first one first."""
    found = [
        reading
        for reading in readings
        if (reading.place, reading.cycle, reading.phase) == (place, cycle, Phase.UNLOADED)
    ]
    return sorted(found, key=lambda reading: reading.at_s)


def _incidence(setup: Setup, reading: Reading) -> list[float]:
    return [float(reading.weights.count(weight.name)) for weight in setup.weights]


def _tared(zeros: Sequence[Reading], reading: Reading) -> FloatArray:
    """Return the counts of a reading above the zero at its time.

    The zero is the line between the unloaded readings before and after: a drift cancels.
    """
    before = [zero for zero in zeros if zero.at_s <= reading.at_s] or zeros[:1]
    after = [zero for zero in zeros if zero.at_s > reading.at_s] or zeros[-1:]
    first, last = before[-1], after[0]
    passed_s = last.at_s - first.at_s
    share = (reading.at_s - first.at_s) / passed_s if passed_s > 0 else 0.0
    low, high = np.array(first.mean_counts), np.array(last.mean_counts)
    return np.asarray(np.array(reading.mean_counts) - low - share * (high - low))


def _creep(
    setup: Setup, mine: Sequence[Reading], zeros: Mapping[int, Sequence[Reading]]
) -> tuple[FloatArray, FloatArray]:
    """Return what the longest hold of each cycle gained since the same load was put on."""
    gained: list[FloatArray] = []
    forces: list[float] = []
    held = {r.cycle: r for r in mine if r.phase is Phase.CREEP}
    for cycle, late in held.items():
        before = [
            r
            for r in mine
            if (r.cycle, r.weights) == (cycle, late.weights)
            and r.phase in (Phase.UP, Phase.DOWN)
            and r.at_s < late.at_s
        ]
        if before:
            first = max(before, key=lambda reading: reading.at_s)
            gained.append(_tared(zeros[cycle], late) - _tared(zeros[cycle], first))
            masses = [w.mass_kg * late.weights.count(w.name) for w in setup.weights]
            forces.append(setup.gravity.value_ms2 * sum(masses))
    return np.array(gained).reshape(-1, len(setup.cells)), np.array(forces)


def _moved(zeros: Mapping[int, Sequence[Reading]], channels: int) -> FloatArray:
    moved = [
        np.array(found[-1].mean_counts) - np.array(found[0].mean_counts) for found in zeros.values()
    ]
    return np.array(moved).reshape(-1, channels)


def _means(keys: Sequence[tuple[float, str]]) -> FloatArray:
    """Return the (key, n) matrix that takes the mean of what has the same key, in their order."""
    same = np.array([[key == other for other in keys] for key in sorted(set(keys))])
    return np.asarray(same / same.sum(axis=1, keepdims=True))


def _halves(keys: Sequence[tuple[float, str]]) -> FloatArray:
    """Return the (loop, n) matrix that takes half of down less up."""
    means = dict(zip(sorted(set(keys)), _means(keys), strict=True))
    loads = sorted({load for load, _ in keys})
    pairs = [(means.get((at, Phase.DOWN.value)), means.get((at, Phase.UP.value))) for at in loads]
    return np.array([(down - up) / 2 for down, up in pairs if down is not None and up is not None])
