"""Readings of one loaded cell, sorted: force by weight, counts above the zero of their cycle."""

from collections.abc import Sequence
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
    levels: tuple[tuple[int, ...], ...]
    """Rows of one load, by force, least first."""
    groups: tuple[tuple[int, ...], ...]
    """Rows of one load in one direction: what should repeat from cycle to cycle."""
    loops: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    """Rows up and rows down of the loads that have both."""
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
    tared = np.array([_tared(mine, reading) for reading in rows])
    # Sums of the same weights may differ in their last digit.
    loads = [round(float(force), 9) for force in force_n]
    levels = _grouped([(load, "") for load in loads])
    groups = _grouped([(load, r.phase) for load, r in zip(loads, rows, strict=True)])
    creep, creep_force_n = _creep(setup, mine)
    return Series(
        cell=cell,
        indices=tuple(index for index, _ in loaded),
        force_n=force_n,
        tared=tared,
        incidence=incidence,
        levels=levels,
        groups=groups,
        loops=_loops(levels, rows),
        creep=creep,
        creep_force_n=creep_force_n,
        moved=_moved(mine, len(setup.cells)),
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


def _tared(mine: Sequence[tuple[int, Reading]], reading: Reading) -> FloatArray:
    """Return the counts of a reading above the zero at its time.

    The zero is the line between the unloaded readings before and after: a drift cancels.
    """
    zeros = unloaded([r for _, r in mine], reading.place, reading.cycle)
    before = [zero for zero in zeros if zero.at_s <= reading.at_s] or zeros[:1]
    after = [zero for zero in zeros if zero.at_s > reading.at_s] or zeros[-1:]
    first, last = before[-1], after[0]
    passed_s = last.at_s - first.at_s
    share = (reading.at_s - first.at_s) / passed_s if passed_s > 0 else 0.0
    low, high = np.array(first.mean_counts), np.array(last.mean_counts)
    return np.asarray(np.array(reading.mean_counts) - low - share * (high - low))


def _creep(setup: Setup, mine: Sequence[tuple[int, Reading]]) -> tuple[FloatArray, FloatArray]:
    """Return what the longest hold of each cycle gained since the same load was put on."""
    gained: list[FloatArray] = []
    forces: list[float] = []
    readings = [reading for _, reading in mine]
    held = {r.cycle: r for r in readings if r.phase is Phase.CREEP}
    for cycle, late in held.items():
        before = [
            r
            for r in readings
            if (r.cycle, r.weights) == (cycle, late.weights)
            and r.phase in (Phase.UP, Phase.DOWN)
            and r.at_s < late.at_s
        ]
        if before:
            first = max(before, key=lambda reading: reading.at_s)
            gained.append(_tared(mine, late) - _tared(mine, first))
            masses = [w.mass_kg * late.weights.count(w.name) for w in setup.weights]
            forces.append(setup.gravity.value_ms2 * sum(masses))
    return np.array(gained).reshape(-1, len(setup.cells)), np.array(forces)


def _moved(mine: Sequence[tuple[int, Reading]], channels: int) -> FloatArray:
    readings = [reading for _, reading in mine]
    moved: list[FloatArray] = []
    for cycle in sorted({reading.cycle for reading in readings}):
        zeros = unloaded(readings, readings[0].place, cycle)
        if len(zeros) > 1:
            moved.append(np.array(zeros[-1].mean_counts) - np.array(zeros[0].mean_counts))
    return np.array(moved).reshape(-1, channels)


def _grouped(keys: Sequence[tuple[float, str]]) -> tuple[tuple[int, ...], ...]:
    rows: dict[tuple[float, str], list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
    return tuple(tuple(rows[key]) for key in sorted(rows))


def _loops(
    levels: Sequence[tuple[int, ...]], rows: Sequence[Reading]
) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    loops: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for level in levels:
        up = tuple(row for row in level if rows[row].phase is Phase.UP)
        down = tuple(row for row in level if rows[row].phase is Phase.DOWN)
        if up and down:
            loops.append((up, down))
    return tuple(loops)
