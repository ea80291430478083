"""The words that both the live screen and the plain lines show."""

from typing import Final, assert_never

from trainer.core.link import Vitals
from trainer.core.linkwords import LOW_BATTERY, standing_words, trouble_words
from trainer.core.snapshot import LATE_S, LinkState, Phase, Snapshot
from trainer.core.watchdog import Alarm

PAIN_QUESTION: Final = "PAIN?"
"""The cue while it is asked whether the foot button's stop was for pain."""


def clean(text: str) -> str:
    """Return text that a person typed without what would steer the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def name_words(snapshot: Snapshot) -> tuple[str, ...]:
    """Return exercise and athlete, as far as they have names."""
    return tuple(clean(name) for name in (snapshot.exercise, snapshot.athlete) if name)


def foot_words(snapshot: Snapshot) -> str:
    """Return the foot in words: the pad cannot know which stands on it."""
    return f"{snapshot.side.value.upper()} FOOT"


def badge_words(snapshot: Snapshot) -> str:
    """Return what the samples are where they do not come from a foot on the pad now.

    In its place a battery that is low, for that ends a session.
    """
    if snapshot.is_simulated:
        return "SIMULATED"
    if snapshot.phase is Phase.FOLLOW:
        return "REPLAY"
    return LOW_BATTERY if snapshot.link.vitals.health.is_battery_low else ""


def cue_words(snapshot: Snapshot, alarm: Alarm) -> str:
    """Return the cue in one word; STOPPED from the moment a pain stop is asked."""
    if alarm in {Alarm.STOPPING, Alarm.UNANSWERED}:
        return "STOPPED"
    if snapshot.is_pain_asked:
        return PAIN_QUESTION
    return "NO ANSWER" if alarm is Alarm.SILENT else clean(snapshot.cue)


def message_words(snapshot: Snapshot, alarm: Alarm) -> str:
    """Return the sentence that says what to do next, or what is wrong."""
    match alarm:
        case Alarm.UNANSWERED:
            return (
                "Take the foot off the pad. The program does not answer; what was recorded up to "
                "now is kept. Ctrl-C leaves."
            )
        case Alarm.STOPPING:
            return "Take the foot off the pad."
        case Alarm.SILENT:
            return "The program does not answer. Take the foot off the pad; Ctrl-C stops."
        case Alarm.NONE:
            message = clean(snapshot.message)
            if snapshot.phase is Phase.STOPPED and snapshot.stop_reason:
                return f"Stopped: {snapshot.stop_reason}. {message}".strip()
            return message
        case _:
            assert_never(alarm)


def link_words(link: LinkState) -> str:
    """Return how well samples arrive."""
    rate = "rate unknown" if link.rate_hz is None else f"{link.rate_hz:.1f} Hz"
    gaps = f"{link.gaps} gap" if link.gaps == 1 else f"{link.gaps} gaps"
    state = "NO DATA" if link.is_stale else "link"
    late = f", {1000 * link.late_s:.0f} ms late" if link.late_s >= LATE_S else ""
    lost = f"{link.lost_samples} lost, {link.rejected_samples} rejected"
    return f"{state} {rate}, {lost}, {gaps}{late}"


def device_words(vitals: Vitals) -> str:
    """Return how battery and link of the device stand; empty where nothing is known."""
    health = vitals.health
    battery = "battery " * (health.battery_v is not None or health.battery_pct is not None)
    return battery + ", ".join((*standing_words(vitals), *trouble_words(vitals)))


def target_words(snapshot: Snapshot) -> str:
    """Return the target band, and that it is estimated where it is; empty before one is known."""
    low_n, high_n = snapshot.target_low_n, snapshot.target_high_n
    if low_n is None or high_n is None:
        return ""
    estimated = ", estimated" if snapshot.is_target_estimated else ""
    return f"target {low_n:.1f} to {high_n:.1f} N{estimated}"


def count_words(snapshot: Snapshot) -> str:
    """Return rep and set, or which maximal press."""
    if snapshot.mvc_trials:
        return f"max press {snapshot.mvc_trial} of {snapshot.mvc_trials}"
    if not snapshot.set_number and snapshot.sets:
        return f"{snapshot.sets} {'set' if snapshot.sets == 1 else 'sets'} of {snapshot.reps}"
    rep, group = str(snapshot.rep), str(snapshot.set_number)
    if snapshot.reps:
        rep += f" of {snapshot.reps}"
    if snapshot.sets:
        group += f" of {snapshot.sets}"
    if snapshot.margin_pct is not None:
        group += f"   {snapshot.margin_pct:.0f} % to fatigue"
    tired = "" if snapshot.decline_pct is None else f"   tiring -{snapshot.decline_pct:.0f} %"
    return f"rep {rep}   set {group}{tired}"


def clock_words(snapshot: Snapshot) -> str:
    """Return the time that matters now: of the hold, or what is left of a rest or a countdown."""
    if snapshot.hold_s > 0 and snapshot.hold_goal_s > 0:
        return f"hold {snapshot.hold_s:.1f} of {snapshot.hold_goal_s:.1f} s"
    if snapshot.hold_s > 0:
        return f"hold {snapshot.hold_s:.1f} s"
    if snapshot.left_s <= 0:
        return ""
    word = _LEFT_WORD.get(snapshot.phase, "")
    return f"{word} {snapshot.left_s:.0f} s".strip()


_LEFT_WORD = {
    Phase.TARE: "zero in",
    Phase.MVC_READY: "starts in",
    Phase.MVC_PRESS: "press",
    Phase.MVC_REST: "rest",
    Phase.COUNTDOWN: "starts in",
    Phase.REST: "rest",
    Phase.READINESS: "goes on in",
    Phase.CLOCK: "left",
    Phase.STOPPED: "counts as pain in",
}
