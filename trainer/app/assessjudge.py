"""Which sets of a session show which metrics: one exercise for each, so that none is mixed."""

from collections.abc import Iterator
from typing import Final

from trainer.app.assesscurls import judge_control, judge_curls, judge_reaction, judge_speed
from trainer.app.assessfound import Found
from trainer.app.assessholds import (
    judge_dome,
    judge_dome_max,
    judge_long_hold,
    judge_presses,
    judge_stance,
    judge_taps,
)
from trainer.app.assessscene import Scene, Trial
from trainer.coach.programme import Direction, Led, Sensor
from trainer.progress.metrics import METRICS

QUICK_S: Final = 0.5
"""A press that is to rise within this is one for speed."""

_PRESSES: Final = ""
"""In place of an exercise: the maximal presses."""


def judge_scene(scene: Scene) -> tuple[Found, ...]:
    """Return every figure that the session can show, in the order of the catalogue.

    A metric that several exercises show is taken from the first one; from the maximal presses only
    where no exercise shows it.
    """
    names = dict.fromkeys(trial.drill.id for trial in scene.trials)
    told = [(name, one) for name in names for one in _of_exercise(scene, name)]
    told += [(_PRESSES, one) for one in judge_presses(scene)]
    owner: dict[str, str] = {}
    found = [one for name, one in told if owner.setdefault(one.metric, name) == name]
    order = {metric: place for place, metric in enumerate(METRICS)}
    return tuple(sorted(found, key=lambda f: (order[f.metric], f.side or "", f.trial)))


def _of_exercise(scene: Scene, name: str) -> Iterator[Found]:
    for trial in scene.of(name):
        yield from _of_trial(scene, trial)


def _of_trial(scene: Scene, trial: Trial) -> Iterator[Found]:
    match trial.drill.led:
        case Led.REPS:
            yield from _reps(scene, trial)
        case Led.HOLD:
            yield from _hold(scene, trial)
        case Led.TAPS:
            yield from judge_taps(scene, trial)
        case Led.REACT:
            yield from judge_reaction(scene, trial)
        case Led.BALANCE:
            yield from judge_stance(scene, trial)
        case Led.PULSE | Led.RHYTHM | Led.SEQUENCE | Led.CLOCK:
            pass


def _hold(scene: Scene, trial: Trial) -> Iterator[Found]:
    if trial.drill.sensor is Sensor.DOME and trial.step.target_pct_mvc is None:
        yield from judge_dome_max(scene, trial)
        return
    yield from judge_long_hold(scene, trial)
    if trial.drill.sensor is Sensor.DOME:
        yield from judge_dome(scene, trial)


def _reps(scene: Scene, trial: Trial) -> Iterator[Found]:
    if trial.drill.sensor is Sensor.DOME:
        yield from judge_dome(scene, trial)
        return
    if trial.step.tempo.up_s <= QUICK_S:
        yield from judge_speed(scene, trial)
        return
    if trial.drill.direction is Direction.FLEXION:
        yield from judge_curls(scene, trial)
    yield from judge_control(trial)
