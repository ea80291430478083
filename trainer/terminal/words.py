"""The words that both the live screen and the plain lines show."""

from typing import Final, assert_never

from trainer.coach.words import foot_label, stopped
from trainer.core.link import Vitals
from trainer.core.linkwords import LOW_BATTERY, NO_SENSOR, standing_words, trouble_words
from trainer.core.snapshot import LATE_S, LinkState, Phase, Snapshot
from trainer.core.texts import noted, tr, trn
from trainer.core.watchdog import Alarm

PAIN_QUESTION: Final = noted("PAIN?")
"""The cue while it is asked whether the foot button's stop was for pain."""


def clean(text: str) -> str:
    """Return text that a person typed without what would steer the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def name_words(snapshot: Snapshot) -> tuple[str, ...]:
    """Return exercise and athlete, as far as they have names."""
    return tuple(clean(name) for name in (snapshot.exercise, snapshot.athlete) if name)


def foot_words(snapshot: Snapshot) -> str:
    """Return the foot in words: the pad cannot know which stands on it."""
    return foot_label(snapshot.side)


def badge_words(snapshot: Snapshot) -> str:
    """Return what the samples are where they do not come from a foot on the pad now.

    In its place a battery that is low, for that ends a session.
    """
    if snapshot.is_simulated:
        return tr("SIMULATED")
    if snapshot.phase is Phase.FOLLOW:
        return tr("REPLAY")
    return tr(LOW_BATTERY) if snapshot.link.vitals.health.is_battery_low else ""


def cue_words(snapshot: Snapshot, alarm: Alarm) -> str:
    """Return the cue in one word; STOPPED from the moment a pain stop is asked."""
    if alarm in {Alarm.STOPPING, Alarm.UNANSWERED}:
        return tr("STOPPED")
    if snapshot.is_pain_asked:
        return tr(PAIN_QUESTION)
    return tr("NO ANSWER") if alarm is Alarm.SILENT else clean(snapshot.cue)


def message_words(snapshot: Snapshot, alarm: Alarm) -> str:
    """Return the sentence that says what to do next, or what is wrong."""
    match alarm:
        case Alarm.UNANSWERED:
            return tr(
                "Take the foot off the pad. The program does not answer; what was recorded up to "
                "now is kept. Ctrl-C leaves."
            )
        case Alarm.STOPPING:
            return tr("Take the foot off the pad.")
        case Alarm.SILENT:
            return tr("The program does not answer. Take the foot off the pad; Ctrl-C stops.")
        case Alarm.NONE:
            message = clean(snapshot.message)
            if snapshot.phase is Phase.STOPPED and snapshot.stop_reason:
                return f"{stopped(snapshot.stop_reason)} {message}".strip()
            return message
        case _:
            assert_never(alarm)


def link_words(link: LinkState) -> str:
    """Return how well samples arrive."""
    if not link.is_there:
        return tr(NO_SENSOR)
    rate = tr("rate unknown") if link.rate_hz is None else f"{link.rate_hz:.1f} Hz"
    state = tr("NO DATA") if link.is_stale else tr("link")
    parts = [
        f"{state} {rate}",
        tr("{n} lost").format(n=link.lost_samples),
        tr("{n} rejected").format(n=link.rejected_samples),
        trn("{n} gap", "{n} gaps", link.gaps),
    ]
    if link.late_s >= LATE_S:
        parts.append(tr("{late:.0f} ms late").format(late=1000 * link.late_s))
    return ", ".join(parts)


def device_words(vitals: Vitals) -> str:
    """Return how battery and link of the device stand; empty where nothing is known."""
    health = vitals.health
    is_known = health.battery_v is not None or health.battery_pct is not None
    battery = f"{tr('battery')} " * is_known
    return battery + ", ".join((*standing_words(vitals), *trouble_words(vitals)))


def target_words(snapshot: Snapshot) -> str:
    """Return the band of force, or load, and that it is estimated; empty before one is known."""
    if snapshot.load_band_n is not None:
        return tr("bear {low:.0f} to {high:.0f} N").format(
            low=snapshot.load_band_n[0], high=snapshot.load_band_n[1]
        )
    low_n, high_n = snapshot.target_low_n, snapshot.target_high_n
    if low_n is None or high_n is None:
        return ""
    band = tr("target {low:.1f} to {high:.1f} N").format(low=low_n, high=high_n)
    return tr("{band}, estimated").format(band=band) if snapshot.is_target_estimated else band


def count_words(snapshot: Snapshot) -> str:
    """Return rep and set, or which maximal press."""
    if snapshot.mvc_trials:
        text = tr("max press {trial} of {trials}")
        return text.format(trial=snapshot.mvc_trial, trials=snapshot.mvc_trials)
    if not snapshot.set_number and snapshot.sets:
        sets = trn("{n} set", "{n} sets", snapshot.sets)
        return tr("{sets} of {reps}").format(sets=sets, reps=snapshot.reps)
    parts = [
        tr("rep {number}").format(number=_out_of(snapshot.rep, snapshot.reps)),
        tr("set {number}").format(number=_out_of(snapshot.set_number, snapshot.sets)),
    ]
    if snapshot.margin_pct is not None:
        parts.append(tr("{margin:.0f} % to fatigue").format(margin=snapshot.margin_pct))
    elif snapshot.is_margin_watched:
        parts.append(tr("margin not known yet"))
    if snapshot.load_n is not None:
        parts.append(tr("{load:.0f} N on the foot").format(load=snapshot.load_n))
    if snapshot.wobble_dps is not None:
        parts.append(tr("wobble {wobble:.0f} °/s").format(wobble=snapshot.wobble_dps))
    if snapshot.decline_pct is not None:
        parts.append(tr("tiring -{decline:.0f} %").format(decline=snapshot.decline_pct))
    return "   ".join(parts)


def clock_words(snapshot: Snapshot) -> str:
    """Return the time that matters now: of the hold, or what is left of a rest or a countdown."""
    if snapshot.hold_s > 0 and snapshot.hold_goal_s > 0:
        text = tr("hold {held:.1f} of {goal:.1f} s")
        return text.format(held=snapshot.hold_s, goal=snapshot.hold_goal_s)
    if snapshot.hold_s > 0:
        return tr("hold {held:.1f} s").format(held=snapshot.hold_s)
    if snapshot.left_s <= 0:
        return ""
    return tr(_LEFT_WORDS.get(snapshot.phase, "{left:.0f} s")).format(left=snapshot.left_s)


def _out_of(number: int, total: int) -> str:
    return tr("{done} of {asked}").format(done=number, asked=total) if total else str(number)


_LEFT_WORDS: Final = {
    Phase.TARE: noted("zero in {left:.0f} s"),
    Phase.MVC_READY: noted("starts in {left:.0f} s"),
    Phase.MVC_PRESS: noted("press {left:.0f} s"),
    Phase.MVC_REST: noted("rest {left:.0f} s"),
    Phase.COUNTDOWN: noted("starts in {left:.0f} s"),
    Phase.REST: noted("rest {left:.0f} s"),
    Phase.READINESS: noted("goes on in {left:.0f} s"),
    Phase.CLOCK: noted("{left:.0f} s left"),
    Phase.STOPPED: noted("counts as pain in {left:.0f} s"),
}
