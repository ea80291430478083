"""Statics of the foot on the pad: cell forces to moments about the ankle and the toes' axis.

The shank hands its load to the foot at the ankle axis, so what the leg pushes has no lever there,
and the sum of x dF over all cells is the muscles' own ankle moment. Where the ball or the heel has
no cell, moments are taken about the place of that cell instead: its unknown force has no lever
there, and the leg's push enters with the distance between that place and the ankle.
"""

from collections.abc import Sequence

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.packets import TOE_ROLES
from trainer.core.pad import CellPlace, PadSettings


class Statics:
    """What the cells of one pad show of moments; x is forward of the ankle axis."""

    def __init__(self, pad: PadSettings, cells: tuple[str, ...]) -> None:
        places = {**PadSettings().cells, **pad.cells}
        toes: tuple[str, ...] = tuple(role for role in TOE_ROLES if role in cells)
        self.is_toe_place_assumed = not toes and "force" in cells
        """A single cell of unknown place is taken to lie under the lesser toes."""
        if self.is_toe_place_assumed:
            places["force"] = pad.cells.get("force", places["toes"])
            toes = ("force",)
        self.unplaced = tuple(role for role in cells if role not in places)
        """Cells whose place is not known: what they carry is missing from the moment."""
        has_ball = "ball" in cells
        self._cells = cells
        self.has_heel = "heel" in cells
        """Whether the heel's unloading is seen at all."""
        self.has_toe_moment = bool(toes)
        self.has_moment = self.has_toe_moment and has_ball
        """Whether the moment shows the ankle's work: about the heel where that has no cell."""
        self.has_heel_moment = self.has_toe_moment and self.has_heel and not has_ball
        """Whether the heel's change can be compared with what clean toes do to it."""
        self.has_leg_push = self.has_moment and self.has_heel
        """Whether the leg's push is known as the sum of all cells."""
        self.pivot_x_m = self._pivot(pad, places)
        """Where moments are taken about: 0, the ankle, with all cells."""
        self._toe_levers_m = _levers(cells, {role: places[role].x_m for role in toes})
        self._toe_levers_m[self._toe_levers_m != 0] -= pad.ball_x_m
        placed = {role: places[role].x_m for role in cells if role in places}
        self._levers_m = _levers(cells, placed)
        self._levers_m[[role in placed for role in cells]] -= self.pivot_x_m

    def moments(self, changes_n: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return ankle and toe moments, (n,) newton metres each, from (n, cell) changes from rest.

        The first is about `pivot_x_m`, the second about the metatarsal heads.
        """
        return changes_n @ self._levers_m, changes_n @ self._toe_levers_m

    def excess_weights_m(self, ratio: float, axis_shift_m: float) -> FloatArray:
        """Return (cell,) metres that turn changes into the moment beyond the clean one."""
        return self._levers_m - axis_shift_m - ratio * self._toe_levers_m

    def heel_of(self, cells_n: Sequence[float]) -> float:
        """Return the heel cell's newtons of (cell,) newtons."""
        return cells_n[self._cells.index("heel")]

    @property
    def toe_levers_m(self) -> FloatArray:
        """Return (cell,) levers of the toe cells about the metatarsal heads; 0 for the others."""
        return self._toe_levers_m

    def _pivot(self, pad: PadSettings, places: dict[str, CellPlace]) -> float:
        if self.has_heel_moment:
            return pad.ball_x_m
        if self.has_moment and not self.has_heel:
            return places["heel"].x_m
        return 0.0


def _levers(cells: tuple[str, ...], x_m: dict[str, float]) -> FloatArray:
    return np.array([x_m.get(role, 0.0) for role in cells])
