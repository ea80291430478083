"""Figures of sets that are led rep by rep: tempo, smoothness, endurance, control, reaction."""

from collections.abc import Iterator
from typing import Final

from trainer.app.assessfound import Found, Told, middle, of_trial, told
from trainer.app.assessscene import BEFORE_S, Scene, Trial
from trainer.coach.programme import Direction
from trainer.coach.tracing import rep_trace
from trainer.core.hold import Hold
from trainer.core.texts import tr
from trainer.detect.fatigue import judge_fatigue
from trainer.detect.tempo import AskedRep, cycle_variation, tempo_errors
from trainer.progress.measure import smoothness_pct, steepest_n_s, tracking_pct
from trainer.progress.measureset import (
    ENDS,
    DoneRep,
    compensated_pct,
    control_pct,
    endurance_pct,
    reaction_s,
    usual_reaction_s,
)

BAND_SHARE: Final = 0.2
"""Half of the width of the band that is shown for a rep (exercises.toml)."""

FEWEST: Final = 3
"""Reps that a set's median is taken of at least. Proposed."""

LONG: Final = 2 * ENDS
"""Reps of a set that is to tire."""

CONTROLS: Final = {
    Direction.FLEXION: "flexion_pct",
    Direction.ADDUCTION: "adduction_pct",
    Direction.ABDUCTION: "abduction_pct",
}


def judge_curls(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield the figures of a set of curls; of endurance where it is long enough to tell any."""
    if trial.log.asked_reps >= LONG:
        yield from _fatigue(trial)
        yield of_trial(trial, "endurance_pct", _endurance(trial))
    yield from _tempo(trial)
    yield of_trial(trial, "smoothness_pct", _smoothness(scene, trial))
    yield of_trial(trial, "compensated_pct", _compensated(trial))
    yield of_trial(trial, "tracking_pct", judge_tracking(scene, trial))
    yield of_trial(trial, "ankle_lead_s", _ankle_lead(trial))


def judge_control(trial: Trial) -> Iterator[Found]:
    """Yield the score of the direction that a set works in; none for the others."""
    metric = CONTROLS.get(trial.drill.direction)
    if metric is not None:
        yield of_trial(trial, metric, _control(trial))


def judge_speed(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield how fast force rises in a set of quick presses."""
    few = tr("fewer than {n} presses were felt").format(n=FEWEST)
    enough = trial.holds if len(trial.holds) >= FEWEST else ()
    yield of_trial(trial, "rfd_n_s", middle([hold.rfd_n_s for hold in enough], few))
    yield of_trial(trial, "peak_speed_n_s", middle([rise_n_s(scene, h) for h in enough], few))


def judge_reaction(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield the reaction time of a set; its first cue follows a countdown and was foreseen."""
    asked = [] if trial.noted is None else trial.noted.asked[1:]
    found: list[float] = []
    for cue in asked:
        later = (h for h in trial.holds if cue.at_s <= h.start_s)
        hold = min(later, key=lambda h: h.start_s, default=None)
        if hold is not None:
            time_s, force_n = scene.curve(cue.at_s - BEFORE_S, hold.end_s)
            found.append(reaction_s(cue.at_s, time_s, force_n - hold.rest_n, hold.plateau_n))
    none = tr("no press followed a cue that could not be foreseen within a second")
    note = tr("counted from when the cue was given: the way to the screen is in it")
    yield of_trial(trial, "reaction_s", told(usual_reaction_s(found), none), note)


def judge_tracking(scene: Scene, trial: Trial) -> Told:
    """Return how far the force was from the trace that was shown."""
    if not trial.targets_n:
        return None, tr("no target was known yet, so no trace was shown")
    found: list[float | None] = []
    for cue in _aimed(trial):
        near = [h for h in trial.holds if abs(h.start_s - cue.at_s) < cue.hold_s + BEFORE_S]
        if near:
            hold = min(near, key=lambda one: abs(one.start_s - cue.at_s))
            trace = rep_trace(trial.step, cue.at_s, trial.targets_n[cue.at_s])
            time_s, force_n = scene.curve(trace[0][0], trace[-1][0])
            found.append(tracking_pct(time_s, force_n - hold.rest_n, trace))
    return middle(found, tr("no press followed a trace"))


def rise_n_s(scene: Scene, hold: Hold) -> float | None:
    """Return the steepest rise of a press in N/s."""
    time_s, above_n = scene.around(hold)
    is_rise = time_s <= (hold.start_s + hold.end_s) / 2
    found = steepest_n_s(time_s[is_rise], above_n[is_rise])
    return None if found is None else found[1]


def _fatigue(trial: Trial) -> Iterator[Found]:
    found = judge_fatigue(trial.holds, 1)
    if found is None:
        why = tr("too few reps, or too uneven ones, to tell fatigue")
        rep = since_s = None
    else:
        why = tr("no onset of fatigue within {n} reps").format(n=len(trial.holds))
        rep = found.onset_rep
        since_s = None if found.onset_s is None else found.onset_s - trial.start_s
    yield of_trial(trial, "onset_rep", told(None if rep is None else float(rep), why))
    yield of_trial(trial, "onset_s", told(since_s, why))


def _clean(trial: Trial) -> list[Hold]:
    return [hold for hold in trial.holds if not hold.compensation.is_compensated]


def _endurance(trial: Trial) -> Told:
    plateaus_n = [hold.plateau_n for hold in _clean(trial)]
    return told(endurance_pct(plateaus_n), tr("fewer than ten reps without help of the calf"))


def _tempo(trial: Trial) -> Iterator[Found]:
    asked = [] if trial.noted is None else trial.noted.asked
    timings = [one for one in tempo_errors(asked, trial.holds).reps if one is not None]
    errors_s = [abs(t.length_error_s) for t in timings if t.length_error_s is not None]
    few = tr("fewer than {n} reps were timed").format(n=FEWEST)
    yield of_trial(trial, "tempo_error_s", middle(errors_s if len(errors_s) >= FEWEST else [], few))
    yield of_trial(trial, "tempo_cv_pct", told(cycle_variation(trial.holds), few))


def _smoothness(scene: Scene, trial: Trial) -> Told:
    values = [smoothness_pct(*scene.around(hold)) for hold in trial.holds]
    few = tr("fewer than {n} reps were counted").format(n=FEWEST)
    return middle(values if len(values) >= FEWEST else [], few)


def _compensated(trial: Trial) -> Told:
    helped = [hold.compensation.is_compensated for hold in trial.holds]
    return told(compensated_pct(helped), tr("this pad cannot tell whether the calf helped"))


def _ankle_lead(trial: Trial) -> Told:
    leads = [hold.compensation.ankle_lead_s for hold in trial.holds]
    return middle(leads, tr("in no press did the ankle do enough for its begin to be timed"))


def _control(trial: Trial) -> Told:
    """Return the score of the reps that had a target."""
    aimed = _aimed(trial)
    if not aimed:
        return None, tr("no target was known yet")
    reps = [
        DoneRep(
            trial.holds[timing.hold - 1].plateau_n,
            trial.targets_n[cue.at_s],
            timing.length_error_s,
            _is_still(trial.holds[timing.hold - 1]),
        )
        for cue, timing in zip(aimed, tempo_errors(aimed, trial.holds).reps, strict=True)
        if timing is not None
    ]
    value = control_pct(reps, len(aimed), BAND_SHARE)
    return told(value, tr("this pad cannot tell whether the ankle was still"))


def _aimed(trial: Trial) -> list[AskedRep]:
    """Return the reps that were asked for with a target."""
    asked = [] if trial.noted is None else trial.noted.asked
    return [cue for cue in asked if cue.at_s in trial.targets_n]


def _is_still(hold: Hold) -> bool | None:
    helped = hold.compensation.is_compensated
    return None if helped is None else not helped
