"""Figures of long holds, taps, stance and maximal presses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trainer.app.assesscurls import judge_tracking, rise_n_s
from trainer.app.assessfound import Found, Told, middle, not_done, of_trial, told
from trainer.app.assessscene import MaxTrial, Scene, Trial
from trainer.app.tasks import centre_track, count_taps, tilt_track
from trainer.coach.programme import Sensor
from trainer.core.cues import Side
from trainer.core.findings import Squeeze
from trainer.core.hold import Hold
from trainer.core.texts import tr
from trainer.core.track import EvenTrack
from trainer.detect.squeeze import judge_squeeze
from trainer.detect.sway import measure_sway
from trainer.progress.measure import RELEASE_S, best_mean_n, rise_time_s, steepest_n_s
from trainer.progress.measureset import left_share_pct, rate_rms

TAPS_S: Final = 30.0
STANCE_S: Final = 30.0
"""What a set of taps, and one on one leg, lasts: counts of another length are none of 30 s."""

UNBROKEN: Final = 0.9
"""Share of a stance that one unbroken stretch has to cover. Proposed."""

DOME: Final = "dome"
ROLL_RATE: Final = 1
"""Column of a tilt track: turns about the axis that points forward, in deg/s."""


def judge_long_hold(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield the figures of a set of one long hold: of an arch squeeze, or of the toes."""
    name = "squeeze" if trial.drill.sensor is Sensor.DOME else "hold"
    note = dome_note(scene, trial)
    found = _longest(scene, trial)
    if found is None:
        found = Squeeze(0, None, None, None)
    none = tr("no hold was counted in this set")
    why = none if not trial.holds else tr("the hold was too short to tell")
    own = tr("no target was known: the band lies about the hold's own plateau")
    band_note = "; ".join(one for one in (note, "" if trial.target_n else own) if one)
    yield of_trial(trial, f"{name}_in_band_s", told(found.time_in_band_s, why), band_note)
    yield of_trial(trial, f"{name}_cv_pct", told(found.cv_pct, why), note)
    yield of_trial(trial, f"{name}_decay_pct", told(found.decay_pct, why), note)
    if name == "hold":
        yield of_trial(trial, "tracking_pct", judge_tracking(scene, trial))


def judge_dome(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield how slowly a dome was pressed in, and how steeply it was let go."""
    rises: list[float | None] = []
    releases: list[float | None] = []
    for hold in trial.holds:
        time_s, above_n = scene.around(hold)
        rises.append(rise_time_s(time_s, above_n, scene.plateau_n(hold)))
        is_release = time_s >= (hold.start_s + hold.end_s) / 2
        slopes = steepest_n_s(time_s[is_release], above_n[is_release], RELEASE_S)
        releases.append(None if slopes is None else -slopes[0])
    none, note = tr("no hold was counted in this set"), dome_note(scene, trial)
    yield of_trial(trial, "dome_rise_s", middle(rises, none), note)
    yield of_trial(trial, "dome_release_n_s", middle(releases, none), note)


def judge_dome_max(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield what each maximal doming shows; a set of them is one trial a press."""
    reason = not_done(trial)
    if scene.channels != (DOME,):
        # Beside other cells it is they that presses are found in.
        reason = reason or tr("told by a pad whose one cell lies under the dome")
    for nth in range(1, trial.step.reps + 1):
        hold = trial.holds[nth - 1] if nth <= len(trial.holds) else None
        why = reason or _spoilt(hold)
        force_n = None if hold is None or why else hold.best_half_second_n
        yield Found("mvc_dome_n", trial.log.side, nth, *told(force_n, why))


def judge_taps(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield count, evenness and slowing of the taps."""
    lasts_s = trial.step.duration_s
    taps = count_taps(scene.traces(trial.start_s, trial.start_s + lasts_s))
    few = tr("fewer than four taps were seen")
    counted: Told = (None, few)
    if taps is not None and taps.count:
        other = tr("asked for {s:g} s, not for 30").format(s=lasts_s)
        counted = (float(taps.count), "") if lasts_s == TAPS_S else (None, other)
    yield of_trial(trial, "taps", counted)
    cv_pct, slowing_pct = (None, None) if taps is None else (taps.interval_cv_pct, taps.slowing_pct)
    yield of_trial(trial, "tap_cv_pct", told(cv_pct, few))
    yield of_trial(trial, "tap_slowing_pct", told(slowing_pct, few))


def judge_stance(scene: Scene, trial: Trial) -> Iterator[Found]:
    """Yield sway, wobble and medial excursions of a stance on one leg."""
    lasts_s = trial.step.duration_s
    stand = _watched(scene, trial) if trial.log.stood_s is not None else _led_by_clock(scene, trial)
    note = stand.note
    broken = tr("no unbroken stretch covers nine tenths of it")
    is_whole = stand.lasts_s is None or stand.lasts_s >= UNBROKEN * lasts_s
    speed, rate = (stand.speed_cm_s, stand.rate_dps) if is_whole else (None, None)
    why = tr("no centre of pressure") if is_whole else broken
    yield of_trial(trial, "sway_cm_s", told(speed, why), note)
    why = tr("no inertial sensor") if is_whole else broken
    yield of_trial(trial, "frontal_rate_dps", told(rate, why))
    if lasts_s != STANCE_S:
        other = tr("stood for {s:g} s, not for 30").format(s=lasts_s)
        yield of_trial(trial, "medial_excursions", (None, other))
        return
    count = stand.excursions if is_whole else None
    yield of_trial(trial, "medial_excursions", told(None if count is None else float(count), why))


def judge_presses(scene: Scene) -> Iterator[Found]:
    """Yield what each maximal press shows, and the left foot's share of each pair."""
    best: dict[tuple[Side, int], float] = {}
    for press in scene.presses:
        hold, why = press.hold, _spoilt(press.hold)
        whole_n = None if hold is None or why else hold.best_half_second_n
        if whole_n is not None:
            best[press.side, press.nth] = whole_n
        yield _press(press, "mvc_n", (whole_n, why))
        for role in ("hallux", "toes"):
            yield _press(press, f"mvc_{role}_n", _cell(scene, hold, role, why))
        rfd = None if hold is None or why else hold.rfd_n_s
        yield _press(press, "rfd_n_s", told(rfd, why or tr("its rise was not seen whole")))
        speed = None if hold is None or why else rise_n_s(scene, hold)
        yield _press(press, "peak_speed_n_s", told(speed, why))
    for nth in sorted({press.nth for press in scene.presses}):
        left_n, right_n = best.get((Side.LEFT, nth)), best.get((Side.RIGHT, nth))
        share = None if left_n is None or right_n is None else left_share_pct(left_n, right_n)
        one_foot = tr("the maximum of one foot is not known")
        yield Found("left_share_pct", None, nth, *told(share, one_foot))


def dome_note(scene: Scene, trial: Trial) -> str:
    """Return what must be known of a dome that no cell of its own saw."""
    if trial.drill.sensor is not Sensor.DOME or DOME in scene.channels:
        return ""
    return tr("no cell under the dome: told by the force under the toes")


def _longest(scene: Scene, trial: Trial) -> Squeeze | None:
    if not trial.holds:
        return None
    hold = max(trial.holds, key=lambda one: one.duration_s)
    time_s, above_n = scene.around(hold)
    # A dome has no maximum to take a target from: then steadiness is all that a band can show.
    return judge_squeeze((hold,), time_s, above_n, trial.target_n or hold.plateau_n)


@dataclass(frozen=True, slots=True)
class _Stand:
    """What is known of one stance."""

    lasts_s: float | None
    speed_cm_s: float | None
    rate_dps: float | None
    excursions: int | None
    note: str = ""


def _watched(scene: Scene, trial: Trial) -> _Stand:
    """Return a stance that was seen as it was done: its time off the leg is left out already."""
    log = trial.log
    off = tr("of the longest stretch on one leg: the foot came down in between")
    centre = centre_track(scene.traces(trial.start_s, trial.end_s))
    notes = (_row_note(centre), off if log.step_offs else "")
    return _Stand(
        log.stood_s,
        log.sway_cm_s,
        log.frontal_rate_dps,
        log.medial_excursions,
        "; ".join(note for note in notes if note),
    )


def _row_note(centre: EvenTrack | None) -> str:
    is_row = centre is not None and centre.values.shape[1] == 1
    return tr("forward and back alone: the cells lie in one row") if is_row else ""


def _led_by_clock(scene: Scene, trial: Trial) -> _Stand:
    """Return a stance that nobody watched, from all that its time holds."""
    traces = scene.traces(trial.start_s, trial.start_s + trial.step.duration_s)
    centre, tilt = centre_track(traces), tilt_track(traces.attitude)
    sway = measure_sway(centre, tilt, trial.log.side)
    lasts_s = [track.duration_s for track in (centre, tilt) if track is not None]
    return _Stand(
        min(lasts_s, default=None),
        sway.mean_speed_cm_s,
        None if tilt is None else rate_rms(tilt.values[:, ROLL_RATE]),
        sway.medial_excursions,
        _row_note(centre),
    )


def _press(press: MaxTrial, metric: str, said: Told) -> Found:
    return Found(metric, press.side, press.nth, *said)


def _spoilt(hold: Hold | None) -> str:
    if hold is None:
        return tr("no press was felt")
    if hold.is_saturated:
        return tr("the press overloaded the pad")
    if not hold.is_finished or hold.best_half_second_n is None:
        return tr("the press was cut off or too short")
    return ""


def _cell(scene: Scene, hold: Hold | None, role: str, why: str) -> Told:
    if role not in scene.channels:
        return None, tr("the pad has no cell of its own there")
    if hold is None or why:
        return None, why
    column = scene.channels.index(role)
    time_s, force_n = scene.curve(hold.start_s, hold.end_s, column)
    return told(best_mean_n(time_s, force_n - hold.cell_rest_n[column]), why)
