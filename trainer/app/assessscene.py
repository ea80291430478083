"""What an assessment looks at: the sets of a session, each with its holds and curves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from trainer.app.analysis import AS_RECORDED, Analysis, find_person
from trainer.app.logbook import Logbook, NotedSet, match_hold, read_logbook
from trainer.app.tasks import Traces
from trainer.coach.programme import Circuit, Drill, Sensor, Step
from trainer.core.arrays import FloatArray
from trainer.core.attitude import AttitudeBlock
from trainer.core.block import ForceBlock
from trainer.core.cues import MaxPressAsked, PressAsked, RestStarted, SetStarted, Side
from trainer.core.diary.training import Block, EndedBy, SetLog
from trainer.core.hold import Hold
from trainer.recording.recording import Note

BEFORE_S: Final = 1.0
"""Looked at before a press and after it: rise and release lie within."""

AHEAD_S: Final = 0.5
"""A press may begin so much before it was asked for."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One set of one foot: the nth of its exercise."""

    log: SetLog
    drill: Drill
    step: Step
    nth: int
    """From 1, within its foot."""
    start_s: float
    end_s: float
    noted: NotedSet | None
    """What was asked for in it; None of a set led by the clock."""
    holds: tuple[Hold, ...]
    """Those that were counted, in order."""
    targets_n: Mapping[float, float]
    """Middle of the band that each cue asked for, by the cue's time; those without one left out."""

    @property
    def is_whole(self) -> bool:
        """Return whether it went to its end, as the protocol has it."""
        return self.log.ended_by in {EndedBy.DONE, EndedBy.ABRUPT_LOSS}

    @property
    def target_n(self) -> float | None:
        """Return the middle of the band that was asked for last; None without one."""
        return None if self.noted is None else self.noted.target_n


@dataclass(frozen=True, slots=True)
class MaxTrial:
    """One maximal press that was asked for."""

    side: Side
    nth: int
    hold: Hold | None
    """None where none was felt."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One session's recording, and what was done in it when."""

    analysis: Analysis
    trials: tuple[Trial, ...]
    presses: tuple[MaxTrial, ...]
    time_s: FloatArray
    force_n: FloatArray
    """(n, cell + 1) newtons, rest load included; the detected force last."""

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the roles of the cells."""
        return self.analysis.pipeline.channels

    def curve(
        self, first_s: float, last_s: float, column: int = -1
    ) -> tuple[FloatArray, FloatArray]:
        """Return stamps and newtons of a cell between two times, of the newest clock."""
        rows = np.flatnonzero((self.time_s >= first_s) & (self.time_s <= last_s))
        back = np.flatnonzero(np.diff(self.time_s[rows]) <= 0)
        rows = rows[back[-1] + 1 :] if len(back) else rows
        return self.time_s[rows], self.force_n[rows, column]

    def around(self, hold: Hold) -> tuple[FloatArray, FloatArray]:
        """Return the curve of a hold above its rest, from before its rise to after its release."""
        time_s, force_n = self.curve(hold.start_s - BEFORE_S, hold.end_s + BEFORE_S)
        return time_s, force_n - hold.rest_n

    def plateau_n(self, hold: Hold) -> float:
        """Return the median of a hold's middle half above the rest before it.

        Where force is let go over seconds, the rest after it is taken too early, and what is
        measured above both is too low.
        """
        quarter_s = hold.duration_s / 4
        _, force_n = self.curve(hold.start_s + quarter_s, hold.end_s - quarter_s)
        return float(np.median(force_n)) - hold.rest_n if len(force_n) else hold.plateau_n

    def traces(self, first_s: float, last_s: float) -> Traces:
        """Return what the stages handed on between two times."""
        whole = self.analysis
        blocks = tuple(part for block in whole.blocks for part in _cut(block, first_s, last_s))
        attitude = tuple(
            part for block in whole.attitude for part in _cut_turns(block, first_s, last_s)
        )
        pad = find_person(whole.recording, AS_RECORDED).pad
        return Traces(blocks, attitude, whole.pipeline.assembler.rate_hz, pad)

    def of(self, exercise: str) -> tuple[Trial, ...]:
        """Return the sets of an exercise in order."""
        return tuple(trial for trial in self.trials if trial.drill.id == exercise)


def find_scene(
    analysis: Analysis, circuit: Circuit, drills: Mapping[str, Drill], sets: Mapping[int, SetLog]
) -> Scene:
    """Return the scene of a session whose sets, by number, lie in this recording."""
    notes = analysis.recording.notes
    book = read_logbook(notes)
    blocks = analysis.blocks
    return Scene(
        analysis=analysis,
        trials=tuple(_trials(analysis, book, circuit, drills, sets)),
        presses=_presses(notes, analysis.holds, sets, drills),
        time_s=np.concatenate([block.time_s for block in blocks]),
        force_n=np.concatenate([block.force_n for block in blocks]),
    )


def _trials(
    analysis: Analysis,
    book: Logbook,
    circuit: Circuit,
    drills: Mapping[str, Drill],
    sets: Mapping[int, SetLog],
) -> Iterable[Trial]:
    counts: dict[tuple[str, Side | None], int] = {}
    for number, log in sorted(sets.items()):
        step = _step(log.exercise, circuit, drills) if log.block is Block.WORK else None
        if step is None:
            continue
        key = log.exercise, log.side
        counts[key] = counts.get(key, 0) + 1
        if log.start_s is None or log.end_s is None:
            continue
        noted = next((one for one in reversed(book.sets) if one.number == number), None)
        yield Trial(
            log=log,
            drill=drills[log.exercise],
            step=step,
            nth=counts[key],
            start_s=log.start_s,
            end_s=log.end_s,
            noted=noted,
            holds=() if noted is None else _counted(noted, analysis.holds),
            targets_n=_targets_n(analysis.recording.notes, log.start_s, log.end_s),
        )


def _step(exercise: str, circuit: Circuit, drills: Mapping[str, Drill]) -> Step | None:
    """Return the step of an exercise, or of the one whose place it took; None where there is none.

    A substitute takes the place of an exercise whose device is blocked.
    """
    work = [step for step in circuit.steps if step.block is Block.WORK]
    own = next((step for step in work if step.exercise == exercise), None)
    if own is not None or exercise not in drills:
        return own if exercise in drills else None
    known = (step for step in work if step.exercise in drills)
    stood = next((step for step in known if drills[step.exercise].substitute == exercise), None)
    return None if stood is None else replace(stood, exercise=exercise, device="")


def _counted(noted: NotedSet, holds: Sequence[Hold]) -> tuple[Hold, ...]:
    found = (match_hold(rep, holds) for rep in noted.reps if rep.is_counted)
    return tuple(hold for hold in found if hold is not None)


def _targets_n(notes: Sequence[Note], first_s: float, last_s: float) -> dict[float, float]:
    return {
        float(str(note.body["at_s"])): float(str(note.body["target_n"]))
        for note in notes
        if note.kind == PressAsked.__name__
        and first_s <= note.at_s <= last_s
        and note.body["target_n"] is not None
    }


def _presses(
    notes: Sequence[Note],
    holds: Sequence[Hold],
    sets: Mapping[int, SetLog],
    drills: Mapping[str, Drill],
) -> tuple[MaxTrial, ...]:
    """Return the maximal presses of all toes; one that was repeated counts as it was done last."""
    kinds = {MaxPressAsked.__name__, RestStarted.__name__, SetStarted.__name__}
    turns = [note for note in notes if note.kind in kinds]
    found: dict[tuple[Side, int], MaxTrial] = {}
    for place, (note, after) in enumerate(pairwise(turns)):
        if note.kind != MaxPressAsked.__name__:
            continue
        log = _set_after(turns[place:], sets)
        drill = None if log is None else drills.get(log.exercise)
        # A great toe's maximum is asked for before its own sets.
        if drill is not None and drill.sensor is not Sensor.TOES:
            continue
        # The set's note may have been put right; a press's cue never is.
        side = (log and log.side) or Side(str(note.body["side"]))
        nth = int(str(note.body["trial"]))
        own = [h for h in holds if note.at_s - AHEAD_S <= h.start_s <= after.at_s]
        longest = max(own, key=lambda hold: hold.duration_s, default=None)
        found[side, nth] = MaxTrial(side, nth, longest)
    return tuple(found.values())


def _set_after(turns: Sequence[Note], sets: Mapping[int, SetLog]) -> SetLog | None:
    """Return the set that maximal presses were made for: it comes right after them."""
    started = next((note for note in turns if note.kind == SetStarted.__name__), None)
    return None if started is None else sets.get(int(str(started.body["set_number"])))


def _cut(block: ForceBlock, first_s: float, last_s: float) -> Iterable[ForceBlock]:
    start, stop = block.time_s.searchsorted((first_s, last_s)).tolist()
    if stop <= start:
        return
    rows = slice(start, stop)
    yield ForceBlock(
        channels=block.channels,
        first_index=block.first_index + start,
        time_s=block.time_s[rows],
        force_n=block.force_n[rows],
        lowpass_n=block.lowpass_n[rows],
        band_n=block.band_n[rows],
        slope_n_s=block.slope_n_s[rows],
        quality=block.quality[rows],
        starts_run=block.starts_run and start == 0,
    )


def _cut_turns(block: AttitudeBlock, first_s: float, last_s: float) -> Iterable[AttitudeBlock]:
    start, stop = block.time_s.searchsorted((first_s, last_s)).tolist()
    if stop <= start:
        return
    rows = slice(start, stop)
    yield AttitudeBlock(
        first_index=block.first_index + start,
        time_s=block.time_s[rows],
        pitch_deg=block.pitch_deg[rows],
        roll_deg=block.roll_deg[rows],
        turn_dps=block.turn_dps[rows],
        accel_ms2=block.accel_ms2[rows],
        quality=block.quality[rows],
        starts_run=block.starts_run and start == 0,
    )
