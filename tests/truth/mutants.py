"""Products broken on purpose: each must fall below a floor that the sound one keeps.

| broken | how | must fall |
|---|---|---|
| fixed 5 N | thresholds stand still at 5 N | F1 of weak presses |
| no re-tare | the first rest level stays for good | F1 of hard recordings |
| tare during a hold | rest is followed within 2 s at all times | plateaus of easy recordings |
| minimum hold .5 s | shorter holds are left out | F1 of easy recordings |
| low-passed times | times are read behind a causal 15 Hz low-pass | starts of easy recordings |
| gaps filled | straight lines are drawn into gaps | cut-off holds of hard recordings |
| last hold dropped | what the end cuts off is not reported | cut-off holds of easy recordings |
| spikes kept | the converter's glitches go through | false lamps of easy ones with glitches |
| nominal rate | stamps are counted at 80 a second | F1 of easy recordings |
| everything compensated | every hold is called compensated | specificity with four cells |
| never fatigued | no alarm, no onset | delay of the alarm, onsets found |
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast
from unittest import mock

import numpy as np
from scipy.signal import butter, sosfilt, sosfilt_zi

from tests.truth.frontdoor import Columns, Found
from tests.truth.generator import Take
from tests.truth.laws import Samples
from tests.truth.part_holds import Draw
from tests.truth.scene import draw_easy, draw_glitchy, draw_hard, draw_weak
from tests.truth.scoring import ask_take
from trainer.core.arrays import FloatArray
from trainer.core.block import Block
from trainer.core.events import CompensationSeen, FatigueSeen
from trainer.core.findings import Witness
from trainer.detect.rest import RestLevel
from trainer.detect.thresholds import Thresholds
from trainer.signal.guard import Guard, Guarded

FIXED_N: Final = 5.0
TARE_S: Final = 2.0
LEAST_S: Final = 0.5
LOW_PASS_HZ: Final = 15.0
NOMINAL_HZ: Final = 80.0
ONSET_KEYS: Final = ("onset_s", "onset_rep", "onset_rep_low", "onset_rep_high")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken product: what it does to its input, its insides or its answer."""

    name: str
    falls: str
    """The floor that it must fall below"""
    draw: Draw
    """... on this family of recordings"""
    on_input: Callable[[Columns], Columns] = lambda columns: columns
    on_answer: Callable[[Found], Found] = lambda found: found
    inside: Mapping[str, type] = field(default_factory=dict)
    """Classes put in the place of the product's, by dotted name"""

    def ask(self, take: Take, folder: Path) -> Found:
        """Return what the broken product finds in a recording."""
        with self._broken():
            return self.on_answer(ask_take(take, folder, self.on_input))

    @contextmanager
    def _broken(self) -> Iterator[None]:
        # Thresholds, rest level and guard are made inside the pipeline: a sound product needs no
        # door through which they could be handed in, so here they are put in its place.
        patches = [mock.patch(place, kind) for place, kind in self.inside.items()]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()


class FixedThresholds(Thresholds):
    """5 N, whoever presses."""

    def _derive(self) -> None:
        self.least_n = self.on_n = self.lamp_n = FIXED_N


class StillRest(RestLevel):
    """The first rest level, for good."""

    def start(self, levels_n: FloatArray) -> None:
        """Take the first levels."""
        super().start(levels_n)
        self._is_still = True

    def __setattr__(self, name: str, value: object) -> None:
        # However the level is moved: once it stands, it stays.
        if "level" not in name or not getattr(self, "_is_still", False):
            super().__setattr__(name, value)


class BlindGuard(Guard):
    """No glitch is told from force."""

    def push(self, block: Block) -> Guarded:
        """Return the block as it came."""
        return Guarded(block, ())


def _forces(columns: Columns, change: Callable[[Samples, float], Samples]) -> Columns:
    """Return columns with every force changed; the change is told the period in seconds."""
    period_s = float(np.median(np.diff(columns["t_s"])))
    return {
        name: values if name == "t_s" else change(_held(values), period_s)
        for name, values in columns.items()
    }


def _held(values: Samples) -> Samples:
    """Return values with the last one in the place of a lost one."""
    is_lost = np.isnan(values)
    index = np.maximum.accumulate(np.where(is_lost, 0, np.arange(len(values))))
    return np.nan_to_num(values[index])


def follow_rest_always(columns: Columns) -> Columns:
    """Return forces of which a running mean was taken off, in holds too."""

    def change(force: Samples, period_s: float) -> Samples:
        sos = butter(1, 1 / (2 * np.pi * TARE_S), "highpass", output="sos", fs=1 / period_s)
        return np.asarray(sosfilt(sos, force, zi=sosfilt_zi(sos) * force[0])[0])

    return _forces(columns, change)


def low_pass(columns: Columns) -> Columns:
    """Return forces behind a causal low-pass, whose delay nobody takes off."""

    def change(force: Samples, period_s: float) -> Samples:
        sos = butter(2, LOW_PASS_HZ, output="sos", fs=1 / period_s)
        return np.asarray(sosfilt(sos, force, zi=sosfilt_zi(sos) * force[0])[0])

    return _forces(columns, change)


def fill_gaps(columns: Columns) -> Columns:
    """Return columns with straight lines in the gaps."""
    time_s = columns["t_s"]
    steps_s = np.diff(time_s)
    period_s = float(np.median(steps_s))
    parts = []
    for at in np.flatnonzero(steps_s > 1.5 * period_s):
        count = round(steps_s[at] / period_s)
        parts.append(time_s[at] + np.arange(1, count) * steps_s[at] / count)
    # Sorting mends a clock that stepped back as badly as it would any other gap.
    merged_s = np.unique(np.concatenate([time_s, *parts]))
    order = np.argsort(time_s, kind="stable")
    filled: Columns = {"t_s": merged_s}
    for name, values in columns.items():
        if name != "t_s":
            filled[name] = np.interp(merged_s, time_s[order], _held(values)[order])
    return filled


def count_at_nominal_rate(columns: Columns) -> Columns:
    """Return columns whose stamps are counted from the first at 80 a second."""
    time_s = columns["t_s"]
    return {**columns, "t_s": time_s[0] + np.arange(len(time_s)) / NOMINAL_HZ}


def drop_short(found: Found) -> Found:
    """Return the answer without short holds."""
    kept = tuple(hold for hold in found.holds if hold["end_s"] - hold["start_s"] >= LEAST_S)
    return replace(found, holds=kept)


def drop_last(found: Found) -> Found:
    """Return the answer without the last hold, where it is cut off."""
    is_cut = bool(found.holds) and not found.holds[-1]["finished"]
    return replace(found, holds=found.holds[:-1]) if is_cut else found


def call_all_compensated(found: Found) -> Found:
    """Return the answer in which the ankle helped with every press."""
    holds = [hold.copy() for hold in found.holds]
    for hold in holds:
        hold["compensated"] = True
    seen = [CompensationSeen(hold["start_s"] + 0.3, Witness.MOMENT, None) for hold in holds]
    return replace(found, holds=tuple(holds), events=(*found.events, *seen))


def never_tire(found: Found) -> Found:
    """Return the answer in which nobody ever tires."""
    awake = tuple(event for event in found.events if not isinstance(event, FatigueSeen))
    said = cast("Mapping[str, object] | None", found.answer["fatigue"])
    rested = None if said is None else {**said, **dict.fromkeys(ONSET_KEYS)}
    return replace(found, answer={**found.answer, "fatigue": rested}, events=awake)


MUTANTS: Final = (
    Mutant(
        "fixed 5 N",
        "F1",
        draw_weak,
        inside={"trainer.detect.holds.Thresholds": FixedThresholds},
    ),
    Mutant("no re-tare", "F1", draw_hard, inside={"trainer.detect.holds.RestLevel": StillRest}),
    Mutant("tare during a hold", "plateau, median", draw_easy, on_input=follow_rest_always),
    Mutant("minimum hold .5 s", "F1", draw_easy, on_answer=drop_short),
    Mutant("low-passed times", "start, median", draw_easy, on_input=low_pass),
    Mutant("gaps filled", "cut-off holds told", draw_hard, on_input=fill_gaps),
    Mutant("last hold dropped", "cut-off holds told", draw_easy, on_answer=drop_last),
    Mutant(
        "spikes kept",
        "false lamps per 15 min",
        draw_glitchy,
        inside={"trainer.app.pipeline.Guard": BlindGuard},
    ),
    Mutant("nominal rate", "F1", draw_easy, on_input=count_at_nominal_rate),
)
"""Those of holds; the two that conclude wrongly are functions of an answer, above."""
