"""Stance on one leg, live: who stands, for how long, and how much ankle and centre sway."""

import math

import numpy as np

from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import ForceBlock
from trainer.core.cues import BalanceAsked
from trainer.core.events import StanceSeen
from trainer.core.findings import Sway
from trainer.core.pad import PadSettings
from trainer.core.track import EvenTrack
from trainer.detect.onleg import TICK_S, LegWatch, Tick
from trainer.detect.sway import FORWARD, measure_sway, pressure_centre
from trainer.signal.stance import even_stance

MEASURED_S = 1.0
"""The figures of the whole stance are taken anew so often, and at its end."""


class Legs:
    """One request to stand on one leg."""

    def __init__(self, asked: BalanceAsked, pad: PadSettings) -> None:
        self._asked = asked
        self._pad = pad
        self._watch = LegWatch(asked.at_s)
        self._forces: list[ForceBlock] = []
        self._turns: list[AttitudeBlock] = []
        self._newest: tuple[float | None, Sway] = (None, Sway())
        self._is_over = False

    def turn(self, block: AttitudeBlock) -> None:
        """Take in how foot or board turns."""
        self._turns.append(block)
        self._watch.push_turns(block.time_s, block.turn_dps)

    def take(self, block: ForceBlock) -> list[StanceSeen]:
        """Return what is known by the end of a block of force."""
        if self._is_over:
            return []
        self._forces.append(block)
        self._watch.push_load(block.time_s, block.force_n[:, :-1].sum(axis=1))
        return [self._seen(tick) for tick in self._watch.look(float(block.time_s[-1]))]

    def _seen(self, tick: Tick) -> StanceSeen:
        is_done = tick.stood_s >= self._asked.duration_s
        self._is_over = self._is_over or is_done
        per_figure = round(MEASURED_S / TICK_S)
        number = round((tick.at_s - self._asked.at_s) / TICK_S)
        if is_done or number % per_figure == 0:
            self._newest = self._measure()
        rate_dps, sway = self._newest
        return StanceSeen(
            tick.at_s,
            tick.is_standing,
            tick.stood_s,
            tick.step_offs,
            tick.wobble_dps,
            rate_dps,
            sway.mean_speed_cm_s,
            sway.medial_excursions,
        )

    def _measure(self) -> tuple[float | None, Sway]:
        """Return the rate in the frontal plane and the sway of the longest stretch up to now."""
        tilt = self._tilt()
        rate_dps = None
        if tilt is not None and len(tilt.time_s):
            sideways = tilt.values[:, FORWARD] - tilt.values[:, FORWARD].mean()
            rate_dps = math.sqrt(float(sideways @ sideways) / len(sideways))
        return rate_dps, measure_sway(self._centre(), tilt, self._asked.side)

    def _centre(self) -> EvenTrack | None:
        if not self._forces:
            return None
        time_s = np.concatenate([block.time_s for block in self._forces])
        cells_n = np.concatenate([block.force_n[:, :-1] for block in self._forces])
        centre_cm = pressure_centre(cells_n, self._forces[0].channels, self._pad)
        is_known = np.isfinite(centre_cm).any(axis=0)
        if not is_known.any():
            return None
        return self._track(time_s, centre_cm[:, is_known])

    def _tilt(self) -> EvenTrack | None:
        if not self._turns:
            return None
        time_s = np.concatenate([block.time_s for block in self._turns])
        rows = [np.column_stack((b.roll_deg, b.turn_dps[:, :2])) for b in self._turns]
        return self._track(time_s, np.concatenate(rows))

    def _track(self, time_s: FloatArray, values: FloatArray) -> EvenTrack:
        """Return the longest stretch of standing; what was seen beside it is left out."""
        values = values.copy()
        values[~self._watch.is_stood_at(time_s)] = np.nan
        return even_stance(time_s, values)
