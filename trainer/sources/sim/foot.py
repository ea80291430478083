"""The will of the simulated foot: cues heard become presses planned, obeyed more or less.

Every cue acts after a reaction time, never on what has been delivered already. A countdown and
the rhythm of the reps are all that the foot can anticipate.
"""

import math
from dataclasses import replace
from typing import assert_never

import numpy as np

from trainer.core.cues import (
    BalanceAsked,
    CheckAsked,
    ClockStarted,
    CountdownStarted,
    Cue,
    LoadAsked,
    MaxPressAsked,
    MvcMeasured,
    PauseStarted,
    PressAsked,
    RelaxAsked,
    RepCounted,
    RepRejected,
    RepTakenBack,
    RestStarted,
    SessionEnded,
    SessionStopped,
    SetEnded,
    SetRated,
    SetStarted,
    Side,
    StopExplained,
    TapsAsked,
    TareAsked,
)
from trainer.sources.sim.bands import Band
from trainer.sources.sim.config import SimConfig
from trainer.sources.sim.fatigue import Fatigue
from trainer.sources.sim.fidgets import Fidgets
from trainer.sources.sim.limb import Limb
from trainer.sources.sim.press import Intent, Press
from trainer.sources.sim.stance import STEP_S, Stance
from trainer.sources.sim.truth import PressTruth, Purpose, SetTruth

BREATH_S = 0.1
"""Shortest pause between two presses."""
FIRST_HOLD_S = 1.5
"""Intended hold of a false start before any press was asked for."""
TAP_S = 0.4
"""Time of one tap at first, assumed: 2.5 a second, well below what a tired foot can."""
TAP_SLOWING = 0.3
"""Share by which that may grow to the end, assumed."""
UNSTEADY = 0.3
"""How often a stance on one leg is broken off once, assumed ..."""
DOWN_S = 1.5
"""... and for how long the other foot is down then, assumed."""
STRONGEST = 0.98
"""Share of the maximum that nobody exceeds when a target asks for it."""


class Foot:
    """Presses as it is told, with its own errors; its draws depend on the cues and their times."""

    def __init__(
        self, config: SimConfig, stance: Stance, fidgets: Fidgets, rng: np.random.Generator
    ) -> None:
        self._config = config
        self._stance = stance
        self._fidgets = fidgets
        self._rng = rng
        self._limb = Limb(config.foot, rng)
        self._fatigues = {side: Fatigue(config.fatigue, rng) for side in Side}
        self._side: Side | None = None
        self._set_number = 0
        self._sets: list[tuple[int, Side]] = []
        self._presses: list[Press] = []
        self._settled = 0
        self._done: list[PressTruth] = []
        self._foreseen_s = math.inf
        self._ahead: Press | None = None
        self._reps = self._rep = 0
        self._hold_s = FIRST_HOLD_S
        self._relaxed_s: float | None = None
        self._rhythm_s: float | None = None
        self._target_n: float | None = None
        self._ready_s = 0.0
        self._has_left = False

    def hear(self, cue: Cue, now_s: float) -> None:  # noqa: C901, PLR0912 - one case per cue
        """Take notice of a cue at the stream time up to which all is delivered."""
        if self._has_left:
            return
        match cue:
            case TareAsked():
                self._let_go(now_s)
                self._keep_still(now_s + cue.duration_s + 0.3)
            case CheckAsked():
                self._press_gently(now_s)
            case MaxPressAsked():
                self._press_hard(cue, now_s)
            case CountdownStarted():
                self._foresee(now_s + cue.duration_s)
            case SetStarted():
                self._start_set(cue, now_s)
            case PressAsked():
                self._press_rep(cue, now_s)
            case RelaxAsked():
                self._relax(now_s)
            case ClockStarted() | PauseStarted():
                self._let_go(now_s)
                self._stance.stand_on_both(now_s)
            case BalanceAsked():
                self._balance(cue, now_s)
            case LoadAsked():
                self._bear(cue, now_s)
            case TapsAsked():
                self._tap(cue, now_s)
            case SetEnded():
                self._let_go(now_s)
                self._set_number = 0
                self._fatigue.end_set(now_s)
            case RestStarted():
                self._let_go(now_s)
                self._stance.stand_on_both(now_s)
                self._stand_on(cue.next_side, now_s)
            case SessionEnded() | SessionStopped():
                self._leave(now_s)
            case (
                RepCounted()
                | RepRejected()
                | RepTakenBack()
                | MvcMeasured()
                | StopExplained()
                | SetRated()
            ):
                pass
            case _:
                assert_never(cue)

    def active(self, first_s: float, last_s: float) -> list[Press]:
        """Return the presses that are under way within the span, later than all spans before."""
        if self._foreseen_s < last_s:
            self._ahead = self._plan_rep(self._foreseen_s, self._hold_s, is_early=True)
            self._foreseen_s = math.inf
        under_way = self._presses[self._settled :]
        return [p for p in under_way if p.start_s < last_s and p.end_s > first_s]

    def recent(self) -> list[Press]:
        """Return the presses under way, and the last two settled: they may just be over."""
        return self._presses[max(0, self._settled - 2) :]

    def settle(self, wander: Band, now_s: float) -> None:
        """Work out the truth of the presses that are over; each leaves the foot a little moved."""
        while self._settled < len(self._presses):
            press = self._presses[self._settled]
            if press.end_s >= now_s:
                return
            truth = press.settle(wander, now_s)
            self._settled += 1
            if truth is not None:
                self._done.append(truth)
            self._stance.resettle(now_s, press.shape.fall_s)

    def presses(self, wander: Band, now_s: float) -> tuple[PressTruth, ...]:
        """Return what was pressed so far, in order, the unfinished last."""
        begun = [p.settle(wander, now_s) for p in self._presses[self._settled :]]
        return (*self._done, *(t for t in begun if t is not None))

    def sets(self, presses: tuple[PressTruth, ...]) -> tuple[SetTruth, ...]:
        """Return the sets that hold at least one of the presses."""
        decline = self._config.fatigue.decline_per_rep
        found = (find_set(number, side, presses, decline) for number, side in self._sets)
        return tuple(s for s in found if s is not None)

    def _balance(self, cue: BalanceAsked, now_s: float) -> None:
        """Stand on the foot alone until something else is asked for; step down once at times."""
        self._let_go(now_s)
        if cue.side is not None:
            self._stand_on(cue.side, now_s)
        up_s = max(self._ready_s, now_s) + self._limb.reaction_s() + STEP_S
        self._stance.stand_on_one(up_s)
        is_unsteady, when = self._rng.random(2)
        if is_unsteady < UNSTEADY:
            down_s = up_s + (0.2 + 0.6 * when) * cue.duration_s
            self._stance.stand_on_both(down_s)
            self._stance.stand_on_one(down_s + STEP_S + DOWN_S)

    def _bear(self, cue: LoadAsked, now_s: float) -> None:
        """Shift the weight until the foot bears what is asked for, not quite rightly."""
        self._let_go(now_s)
        if cue.high_n is not None:
            wanted_n = 0.5 * (cue.low_n + cue.high_n) * self._limb.spread(0.05)
            self._stance.bear(wanted_n, self._after(now_s + self._limb.reaction_s()))

    def _tap(self, cue: TapsAsked, now_s: float) -> None:
        """Tap as fast as it goes, slower towards the end, now and then out of step."""
        self._let_go(now_s)
        at_s = self._after(now_s + self._limb.reaction_s())
        slowing = TAP_SLOWING * self._rng.random()
        while at_s < now_s + cue.duration_s:
            done = (at_s - now_s) / cue.duration_s
            period_s = TAP_S * (1 + slowing * done) * self._limb.spread(0.06)
            level_n = 0.15 * self._mvc_n * self._limb.spread(0.2)
            press = self._plan(at_s, at_s, level_n, Intent(Purpose.REP, self._standing))
            press.shape = replace(press.shape, rise_s=0.3 * period_s, fall_s=0.3 * period_s)
            press.release_s = at_s + 0.35 * period_s
            at_s += period_s

    def _press_gently(self, now_s: float) -> None:
        self._let_go(now_s)
        level_n = 0.15 * self._mvc_n * self._limb.spread(0.2)
        start_s = self._after(now_s + self._limb.reaction_s())
        release_s = start_s + 0.8 * self._limb.spread(0.2)
        self._plan(start_s, release_s, level_n, Intent(Purpose.CHECK, self._standing))

    def _press_hard(self, cue: MaxPressAsked, now_s: float) -> None:
        self._let_go(now_s)
        self._stand_on(cue.side, now_s)
        self._fatigue.recover(now_s)
        share, length = self._rng.standard_normal(2)
        level_n = self._mvc_n * self._fatigue.capacity * min(1.0, 0.94 + 0.04 * share)
        start_s = self._after(now_s + self._limb.reaction_s())
        release_s = start_s + max(1.5, cue.duration_s + 0.2 * length)
        self._plan(start_s, release_s, level_n, Intent(Purpose.MAX, cue.side))

    def _start_set(self, cue: SetStarted, now_s: float) -> None:
        self._stand_on(cue.side, now_s)
        self._set_number = cue.set_number
        self._sets.append((cue.set_number, cue.side))
        self._reps, self._rep = cue.reps, 0
        self._fatigue.start_set(cue.reps, now_s)
        self._relaxed_s = self._rhythm_s = None
        if self._ahead is not None:
            self._fatigue.press()
            self._ahead.intent = replace(
                self._ahead.intent, set_number=cue.set_number, side=cue.side
            )

    def _press_rep(self, cue: PressAsked, now_s: float) -> None:
        self._target_n = cue.target_n
        self._rep = cue.rep
        self._hold_s = cue.hold_s
        if self._relaxed_s is not None:
            self._rhythm_s = now_s - self._relaxed_s
            self._relaxed_s = None
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.release_s > now_s:
            ahead.release_s = now_s + self._hold_limit(cue.hold_s)
            return
        self._let_go(now_s)
        absent, late, delay = self._rng.random(3)
        if absent < self._config.habits.absent:
            return
        is_late = bool(late < self._config.habits.late)
        start_s = now_s + self._limb.reaction_s() + (0.6 + 1.2 * delay if is_late else 0.0)
        press = self._plan_rep(start_s, cue.hold_s, is_late=is_late)
        if cue.pulse_s:
            press.pulse_s = cue.pulse_s * self._limb.spread(0.02)

    def _plan_rep(
        self, start_s: float, hold_s: float, *, is_early: bool = False, is_late: bool = False
    ) -> Press:
        habits = self._config.habits
        weak, weakness, short, shortness, calf = self._rng.random(5)
        is_weak, is_short = bool(weak < habits.weak), bool(short < habits.short)
        extra_nm = habits.compensation_nm * float(np.clip(self._limb.spread(0.25), 0.6, 1.7))
        is_lowered = self._set_number > 0 and self._fatigue.press()
        level_n = self._aim() * (0.15 + 0.25 * weakness if is_weak else 1.0)
        start_s = self._after(start_s)
        held_s = (0.2 + 0.5 * shortness) * hold_s if is_short else self._hold_limit(hold_s)
        intent = Intent(
            purpose=Purpose.REP,
            side=self._standing,
            set_number=self._set_number,
            extra_moment_nm=extra_nm if calf < habits.compensated else 0.0,
            is_early=is_early,
            is_late=is_late,
            is_weak=is_weak,
            is_short=is_short,
            is_lowered=is_lowered,
        )
        return self._plan(start_s, start_s + held_s, level_n, intent)

    def _aim(self) -> float:
        """Return what is pressed for the target: tired, a share of it, as all else is equal."""
        foot = self._config.foot
        target_n = self._target_n or foot.own_target_share * self._mvc_n
        aimed_n = target_n * self._limb.spread(foot.target_error)
        return min(aimed_n, STRONGEST * self._mvc_n) * self._fatigue.capacity

    def _plan(self, start_s: float, release_s: float, level_n: float, intent: Intent) -> Press:
        shape = self._limb.shape(self._fatigue.depth)
        press = Press(
            start_s=start_s,
            # The hold is counted from the top of the rise, as the person feels it.
            release_s=release_s + shape.rise_s,
            level_n=level_n,
            shape=shape,
            intent=intent,
            cells_per_n=self._limb.cells_per_n(intent.extra_moment_nm, level_n),
        )
        self._presses.append(press)
        return press

    def _relax(self, now_s: float) -> None:
        self._let_go(now_s)
        self._relaxed_s = now_s
        if self._rhythm_s is not None and self._rep < self._reps:
            self._foresee(now_s + self._rhythm_s)

    def _foresee(self, cue_s: float) -> None:
        """Now and then plan to press ahead of a cue that should come."""
        is_early, lead = self._rng.random(2)
        if is_early < self._config.habits.early:
            self._foreseen_s = self._after(cue_s - 0.15 - 0.35 * lead)

    def _let_go(self, now_s: float) -> None:
        """Release what is pressed and give up what is planned, after the reaction time."""
        heard_s = now_s + self._limb.reaction_s()
        self._foreseen_s = math.inf
        self._ahead = None
        while self._presses and self._presses[-1].start_s >= heard_s:
            self._presses.pop()
        for press in self._presses[self._settled :]:
            press.release_s = min(press.release_s, max(heard_s, press.start_s + BREATH_S))

    def _keep_still(self, until_s: float) -> None:
        self._stance.keep_still(until_s)
        self._fidgets.keep_still(until_s)

    def _stand_on(self, side: Side, now_s: float) -> None:
        """Change feet where the other one is wanted; the first one named stands already."""
        has_changed = self._side is not None and side is not self._side
        self._side = side
        if not has_changed:
            return
        off_s = now_s + 1.0 + self._rng.random()
        on_s = off_s + STEP_S + 1.5 + self._rng.random()
        self._stance.step_off(off_s)
        self._stance.step_on(on_s)
        self._ready_s = on_s + STEP_S
        self._keep_still(self._ready_s)

    def _leave(self, now_s: float) -> None:
        self._let_go(now_s)
        self._has_left = True
        self._stance.step_off(now_s + 1.5 + self._rng.random())
        self._keep_still(math.inf)

    def _after(self, start_s: float) -> float:
        """Return the start, put off until the last press is over and the foot stands."""
        last_s = self._presses[-1].end_s + BREATH_S if self._presses else 0.0
        return max(start_s, last_s, self._ready_s)

    def _hold_limit(self, hold_s: float) -> float:
        return hold_s + self._config.foot.patience_s

    @property
    def _standing(self) -> Side:
        return self._side or Side.LEFT

    @property
    def _fatigue(self) -> Fatigue:
        return self._fatigues[self._standing]

    @property
    def _mvc_n(self) -> float:
        return self._config.foot.mvc_n(self._standing)


def find_set(
    set_number: int, side: Side, presses: tuple[PressTruth, ...], decline: float
) -> SetTruth | None:
    """Return the set's place among the presses, counted from 1; None where it has none."""
    own = [i for i, p in enumerate(presses, 1) if (p.set_number, p.side) == (set_number, side)]
    if not own:
        return None
    onset = next((i for i in own if presses[i - 1].is_lowered), None)
    return SetTruth(set_number, side, own[0], own[-1], onset, decline)
